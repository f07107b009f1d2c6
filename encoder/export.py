"""Writes a trained encoder as the hub lays models out: ONNX, tokenizer.json, configs, reference vectors.

Usage: python3 encoder/export.py RUN public/models/NAME
Reads RUN/encoder.pt and RUN/sp.model. The table becomes int8 with a scale for each row, other matrices float16; both are
read back as float32 inside the graph. Prints the SHA-256 of each file for src/core/models.ts, and how far the stored
weights move the vectors.
"""

import argparse
import hashlib
import json
import re
from pathlib import Path

import numpy as np
import onnx
import sentencepiece
import torch
from onnx import TensorProto, helper, numpy_helper

from corpus import MAX_TOKENS, clean
from model import Encoder

ROOT = Path(__file__).parent.parent


def load(run: Path) -> Encoder:
    state = torch.load(run / "encoder.pt")
    vocabulary, width = state["table.weight"].shape
    layers = len({name.split(".")[1] for name in state if name.startswith("layers.")})
    model = Encoder(vocabulary, width, layers, hidden=state["layers.0.hidden.weight"].shape[0])
    model.load_state_dict(state)
    return model.eval()


def reference_texts() -> list[str]:
    source = (ROOT / "src/core/reference-texts.ts").read_text(encoding="utf-8")
    return re.findall(r"^  '(.*)',$", source, flags=re.M)


def to_onnx(model: Encoder, file: Path) -> None:
    ids = torch.randint(2, model.table.num_embeddings, (3, 9))
    mask = torch.ones_like(ids)
    mask[1, 5:] = 0
    texts, tokens = {0: "texts"}, {0: "texts", 1: "tokens"}
    torch.onnx.export(
        model,
        (ids, mask),
        str(file),
        input_names=["input_ids", "attention_mask"],
        output_names=["sentence_embedding", "layer_embeddings"],
        dynamic_axes={"input_ids": tokens, "attention_mask": tokens, "sentence_embedding": texts, "layer_embeddings": texts},
        opset_version=14,
    )
    stored = onnx.load(str(file))
    compress(stored.graph, (model.table.num_embeddings, model.table.embedding_dim))
    onnx.checker.check_model(stored)
    onnx.save(stored, str(file))


def compress(graph: onnx.GraphProto, table: tuple[int, int]) -> None:
    """Stores the table as int8 with a scale for each row and other matrices as float16; the runtime widens them when it loads."""
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < 4096:
            continue
        graph.initializer.remove(weight)
        if values.shape == table:
            scale = np.maximum(np.abs(values).max(1, keepdims=True), 1e-8) / 127
            stored = {"table.int8": np.round(values / scale).astype(np.int8), "table.scale": scale.astype(np.float32)}
            widen = [
                helper.make_node("Cast", ["table.int8"], ["table.float"], to=TensorProto.FLOAT),
                helper.make_node("Mul", ["table.float", "table.scale"], [weight.name]),
            ]
        else:
            stored = {f"{weight.name}.float16": values.astype(np.float16)}
            widen = [helper.make_node("Cast", list(stored), [weight.name], to=TensorProto.FLOAT)]
        graph.initializer.extend(numpy_helper.from_array(array, name) for name, array in stored.items())
        for node in reversed(widen):
            graph.node.insert(0, node)


def tokenizer_json(tokenizer: sentencepiece.SentencePieceProcessor) -> dict:
    special = [{"id": i, "content": tokenizer.id_to_piece(i), "single_word": False, "lstrip": False, "rstrip": False,
                "normalized": False, "special": True} for i in (0, 1)]  # fmt: skip
    spaces = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": special,
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "NFKC"},
                {"type": "Lowercase"},
                {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "},
                {"type": "Strip", "strip_left": True, "strip_right": True},
            ],
        },
        "pre_tokenizer": {**spaces, "split": False},
        "post_processor": None,
        "decoder": spaces,
        "model": {
            "type": "Unigram",
            "unk_id": tokenizer.unk_id(),
            "vocab": [[tokenizer.id_to_piece(i), tokenizer.get_score(i)] for i in range(tokenizer.get_piece_size())],
            "byte_fallback": False,
        },
    }


def vectors_of(model: Encoder, tokenizer: sentencepiece.SentencePieceProcessor, texts: list[str]) -> list[list[float]]:
    """Each text alone, in double precision."""
    model = model.double()
    with torch.no_grad():
        ids = [torch.tensor([tokenizer.encode(clean(text))[:MAX_TOKENS]]) for text in texts]
        return [model(tokens, torch.ones_like(tokens))[0][0].tolist() for tokens in ids]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    model = load(options.run)
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(options.run / "sp.model"))
    (options.folder / "onnx").mkdir(parents=True, exist_ok=True)
    to_onnx(model, options.folder / "onnx/model.onnx")
    first = model.layers[0]
    write = lambda name, value: (options.folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    write("tokenizer.json", tokenizer_json(tokenizer))
    write(
        "tokenizer_config.json",
        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAX_TOKENS, "pad_token": "<pad>", "unk_token": "<unk>"},
    )
    write(
        "config.json",
        {
            # Loaders ask for a type that they know; the graph is what README.md says.
            "model_type": "bert",
            "hidden_size": model.table.embedding_dim,
            "num_hidden_layers": len(model.layers),
            "num_attention_heads": first.heads,
            "intermediate_size": first.hidden.out_features,
            "vocab_size": model.table.num_embeddings,
            "max_position_embeddings": MAX_TOKENS,
        },
    )
    texts = reference_texts()
    made_by = f"PyTorch {torch.__version__.split('a')[0]} in double precision, weights before they were stored"
    write("reference.json", {"madeBy": made_by, "texts": texts, "vectors": vectors_of(model, tokenizer, texts)})
    for file in sorted(path for path in options.folder.rglob("*") if path.is_file()):
        print(f"{file.stat().st_size:>10}  '{file.relative_to(options.folder)}': '{hashlib.sha256(file.read_bytes()).hexdigest()}',")


if __name__ == "__main__":
    main()
