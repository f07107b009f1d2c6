"""Measures the exported encoder: its stored weights, read back from the ONNX file, and SentencePiece tokens.

Usage: python3 encoder/evaluate.py MODEL_FOLDER RUN CORPUS EVALUATION
Prints the tables of README.md and writes MODEL_FOLDER/trust.json (retrieval by language on held-out rows).
RUN holds what prepare.py wrote: the tokenizer and the held-out rows. Stops if CORPUS holds a text of EVALUATION.
"""

import argparse
import collections
import csv
import gzip
import json
from pathlib import Path

import numpy as np
import onnx
import sentencepiece
import torch
from onnx import numpy_helper

from corpus import MAX_TOKENS, clean, flores, letters, overlap, tatoeba
from model import Encoder
from prepare import english_of

CANDIDATES = 1000
"""Held-out English sentences among which each language's sentences look for their own."""
REPORTED = 20
"""Languages with fewer held-out sentences get no mark."""


class Exported:
    """The encoder as it is shipped."""

    def __init__(self, folder: Path, tokenizer: Path):
        self.tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer))
        config = json.loads((folder / "config.json").read_text())
        self.model = Encoder(
            config["vocab_size"], config["hidden_size"], config["num_hidden_layers"], config["num_attention_heads"],
            config["intermediate_size"],
        )  # fmt: skip
        self.model.load_state_dict(self.weights(folder))
        self.model.eval()

    def weights(self, folder: Path) -> dict[str, torch.Tensor]:
        graph = onnx.load(str(folder / "onnx/model.onnx")).graph
        raw = {w.name.removesuffix(".float16"): numpy_helper.to_array(w).astype(np.float32) for w in graph.initializer}
        raw["table.weight"] = raw.pop("table.int8") * raw.pop("table.scale")
        # The exporter names a transposed matrix after its product; the products stand in the order of the layers.
        products = [node.input[1] for node in graph.node if node.op_type == "MatMul" and node.input[1] in raw]
        names = [f"layers.{i}.{part}.weight" for i in range(len(self.model.layers)) for part in ("qkv", "attended", "hidden", "output")]
        raw.update({name: raw[product].T for name, product in zip(names, products, strict=True)})
        return {name: torch.from_numpy(np.ascontiguousarray(raw[name])) for name in self.model.state_dict()}

    @torch.no_grad()
    def __call__(self, texts: list[str]) -> torch.Tensor:
        """[texts, d] unit vectors."""
        tokens = [ids[:MAX_TOKENS] or [1] for ids in self.tokenizer.encode([clean(text) for text in texts], num_threads=2)]
        order = sorted(range(len(texts)), key=lambda i: len(tokens[i]))
        vectors = torch.zeros(len(texts), self.model.table.embedding_dim)
        for start in range(0, len(order), 256):
            chosen = order[start : start + 256]
            ids = torch.zeros(len(chosen), len(tokens[chosen[-1]]), dtype=torch.long)
            mask = torch.zeros_like(ids)
            for row, i in enumerate(chosen):
                ids[row, : len(tokens[i])] = torch.tensor(tokens[i])
                mask[row, : len(tokens[i])] = 1
            vectors[chosen] = self.model(ids, mask)[0]
        return vectors


def precision_at_1(a: torch.Tensor, b: torch.Tensor) -> float:
    """Share of rows whose own partner is nearest, in percent, mean of both directions."""
    similarity, own = a @ b.T, torch.arange(len(a))
    return 50 * float((similarity.argmax(1) == own).float().mean() + (similarity.argmax(0) == own).float().mean())


def hard_negatives(encode: Exported) -> dict[str, float]:
    """Percent of (fact, anchor language, other language) whose true rendering is nearer to the anchor than the perturbed one."""
    with (Path(__file__).parent / "hard-negatives.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    truth, wrong = encode([row["text"] for row in rows]), encode([row["perturbed"] for row in rows])
    facts = collections.defaultdict(list)
    for place, row in enumerate(rows):
        facts[row["id"]].append(place)
    wins = collections.defaultdict(list)
    for places in facts.values():
        for a in places:
            for b in places:
                if a != b:
                    win = bool(truth[a] @ truth[b] > truth[a] @ wrong[b])
                    for key in ("all", rows[a]["kind"], f"to {rows[b]['language']}"):
                        wins[key].append(win)
    return {key: 100 * sum(won) / len(won) for key, won in wins.items()}


def trust(encode: Exported, held: list[list[list[str]]]) -> dict[str, dict[str, int]]:
    """By language: held-out sentences, and how many are nearer to their own English than to 999 other English sentences."""
    facts = {letters(english_of(group)): group for group in held}
    order = [facts[key] for key in np.random.default_rng(0).permutation(sorted(facts))]
    english = encode([english_of(group) for group in order])
    texts = collections.defaultdict(list)
    for fact, group in enumerate(order):
        for language, text in group:
            if language != "en":
                texts[language].append((fact, text))
    result = {}
    for language, own in sorted(texts.items()):
        fact = torch.tensor([fact for fact, _ in own])
        vectors = encode([text for _, text in own])
        rivals = vectors @ english[:CANDIDATES].T
        rivals[torch.arange(len(own)), fact.clamp(max=CANDIDATES - 1)] = -1
        found = (vectors * english[fact]).sum(1) > rivals.max(1).values
        result[language] = {"sentences": len(own), "found": int(found.sum())}
    return result


def table(title: str, figures: dict[str, float]) -> None:
    print(f"\n{title}: mean {np.mean(list(figures.values())):.1f} %")
    print(", ".join(f"{name} {value:.1f}" for name, value in figures.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("folder", "run", "corpus", "evaluation"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    torch.set_num_threads(2)
    encode = Exported(options.folder, options.run / "sp.model")
    table("Tatoeba", {code: precision_at_1(encode(a), encode(b)) for code, (a, b) in tatoeba(options.evaluation).items()})
    languages = {code: encode(texts) for code, texts in flores(options.evaluation).items()}
    table("FLORES dev", {code: precision_at_1(languages["en"], x) for code, x in languages.items() if code != "en"})
    wins = hard_negatives(encode)
    print(f"\nHard negatives: {wins.pop('all'):.1f} %\n" + ", ".join(f"{name} {value:.1f}" for name, value in wins.items()))
    with gzip.open(options.run / "heldout.json.gz", "rt", encoding="utf-8") as file:
        by_language = trust(encode, json.load(file))
    measured = {code: 100 * t["found"] / t["sentences"] for code, t in by_language.items() if t["sentences"] >= REPORTED}
    table(f"Held-out rows, {len(measured)} languages", measured)
    measure = f"share of held-out sentences whose own English sentence is the nearest of {CANDIDATES:,} held-out English sentences"
    content = {"measure": measure, "candidates": CANDIDATES, "reference": "en", "languages": by_language}
    (options.folder / "trust.json").write_text(json.dumps(content), encoding="utf-8")
    common = overlap(options.corpus, options.evaluation)
    if common:
        raise SystemExit(f"{len(common)} texts of the corpus are evaluation texts, the first: {common[0]}")
    print("\nNo text of the corpus is a text of the evaluation files (letters and digits compared).")


if __name__ == "__main__":
    main()
