"""Reading parallel texts: the training corpus, the evaluation files, and what must never be in both."""

import csv
import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

MAX_TOKENS = 128
"""Longer texts are cut, in training as in use."""

Group = list[tuple[str, str]]
"""Texts that say the same thing: (BCP-47 language, text)."""


def clean(text: str) -> str:
    """What the tokenizer reads: NFKC, lower case, single spaces. `tokenizer.json` spells out the same steps."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).lower()).strip()


def letters(text: str) -> str:
    """The form in which texts are compared for overlap: NFKC, case-folded, letters, their marks (vowel signs) and digits only."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if unicodedata.category(c)[0] in "LMN")


def read_groups(folder: Path) -> Iterator[tuple[str, Group]]:
    """(source, group) of every `<source>.tsv.gz` with rows `group_id, language, text`; at least two languages each."""
    for file in sorted(folder.glob("*.tsv.gz")):
        groups: dict[str, Group] = {}
        with gzip.open(file, "rt", encoding="utf-8", newline="\n") as rows:
            for row in rows:
                group, language, text = row.rstrip("\n").split("\t")
                if clean(text):
                    groups.setdefault(group, []).append((language, text))
        source = file.name.removesuffix(".tsv.gz")
        yield from ((source, group) for group in groups.values() if len({language for language, _ in group}) > 1)


def tatoeba(folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    """LASER's Tatoeba pairs: language (ISO 639-3) -> (its sentences, their English), line by line."""
    pairs = {}
    for english in sorted((folder / "tatoeba").glob("tatoeba.*-eng.eng")):
        language = english.name.split(".")[1].split("-")[0]
        pairs[language] = tuple(
            file.read_text(encoding="utf-8").rstrip("\n").split("\n") for file in (english.with_suffix(f".{language}"), english)
        )
    return pairs


def flores(folder: Path) -> dict[str, list[str]]:
    """`flore200.json`: language -> its renderings, in the order of the facts."""
    facts = list(json.loads((folder / "flore200.json").read_text(encoding="utf-8")).values())
    return {language: [fact[language] for fact in facts] for language in facts[0]}


def evaluation_texts(folder: Path) -> Iterator[str]:
    """Every text of the evaluation folder that a model could have been trained on."""
    for texts in tatoeba(folder).values():
        for side in texts:
            yield from side
    for texts in flores(folder).values():
        yield from texts
    for file in sorted((folder / "xquad").glob("*.json")):
        for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                yield paragraph["context"]
                yield from (question["question"] for question in paragraph["qas"])
    for file in sorted((folder / "mkqa").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["question"]
    for file in sorted((folder / "bmlama17").glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as rows:
            yield from (row["Prompt"] for row in csv.DictReader(rows, delimiter="\t"))


def overlap(corpus: Path, evaluation: Path) -> list[str]:
    """Texts of the corpus whose letters equal those of an evaluation text. Must be empty."""
    forbidden = {letters(text) for text in evaluation_texts(evaluation)} - {""}
    return [text for _, group in read_groups(corpus) for _, text in group if letters(text) in forbidden]
