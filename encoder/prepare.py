"""Split, tokenizer and packed training data.

Usage: python3 encoder/prepare.py CORPUS RUN [--vocabulary 64000]
Writes to RUN: heldout.json.gz (groups kept out of everything that follows), sp.model and sp.vocab (SentencePiece),
packed.npz (token ids of all training texts). Seeded; about four minutes on two cores.
"""

import argparse
import collections
import gzip
import json
import random
from pathlib import Path

import numpy as np
import sentencepiece

from corpus import MAX_TOKENS, Group, clean, letters, read_groups

HELD_OUT = 100
"""Sentences for which groups are kept out, by language; for a smaller one a tenth of its sentences."""
SAMPLE, EXPONENT = 1_000_000, 0.45
"""Texts the tokenizer is trained on, and the exponent that flattens their distribution over languages."""


def english_of(group: Group) -> str | None:
    """The group's English text when it is a sentence: four or more words, twenty or more characters."""
    return next((t for language, t in group if language == "en" and len(t) >= 20 and len(t.split()) >= 4), None)


def hold_out(groups: list[tuple[str, Group]], rng: random.Random) -> tuple[list[Group], list[tuple[str, Group]]]:
    """(held-out groups, training groups). A group is held out when a language of it still lacks held-out sentences."""
    sentences = collections.Counter(language for _, g in groups if english_of(g) for language in {code for code, _ in g})
    quota = {language: min(HELD_OUT, count // 10) for language, count in sentences.items()}
    held, taken, order = set(), collections.Counter(), list(range(len(groups)))
    rng.shuffle(order)
    for index in order:
        group = groups[index][1]
        languages = {language for language, _ in group}
        if not english_of(group) or all(taken[code] >= quota[code] for code in languages - {"en"}):
            continue
        held.add(index)
        taken.update(languages)
    english = {letters(english_of(groups[index][1])) for index in held}
    training = [
        entry
        for index, entry in enumerate(groups)
        if index not in held and not any(language == "en" and letters(t) in english for language, t in entry[1])
    ]
    return [groups[index][1] for index in sorted(held)], training


def train_tokenizer(groups: list[tuple[str, Group]], run: Path, vocabulary: int, rng: random.Random) -> None:
    texts = collections.defaultdict(list)
    for _, group in groups:
        for language, text in group:
            texts[language].append(text)
    share = {language: len(own) ** EXPONENT for language, own in texts.items()}
    sample = [
        clean(text)
        for language, own in sorted(texts.items())
        for text in rng.sample(own, min(len(own), round(SAMPLE * share[language] / sum(share.values()))))
    ]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sample),
        model_prefix=str(run / "sp"),
        vocab_size=vocabulary,
        model_type="unigram",
        character_coverage=0.9998,
        normalization_rule_name="identity",
        num_threads=2,
        max_sentence_length=2400,
        pad_id=0,
        unk_id=1,
        bos_id=-1,
        eos_id=-1,
    )


def pack(groups: list[tuple[str, Group]], run: Path) -> None:
    """Token ids of all texts in one array, with where each text and each group starts."""
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(run / "sp.model"))
    languages = sorted({language for _, group in groups for language, _ in group})
    sources = sorted({source for source, _ in groups})
    texts = [clean(text) for _, group in groups for _, text in group]
    pieces, lengths = [], []
    for start in range(0, len(texts), 200_000):
        for tokens in tokenizer.encode(texts[start : start + 200_000], num_threads=2):
            lengths.append(min(len(tokens), MAX_TOKENS))
            pieces.append(np.array(tokens[:MAX_TOKENS], dtype=np.uint16))
    np.savez(
        run / "packed.npz",
        tokens=np.concatenate(pieces),
        text_start=np.cumsum([0, *lengths]),
        language=np.array([languages.index(code) for _, group in groups for code, _ in group], dtype=np.int16),
        group_start=np.cumsum([0, *(len(group) for _, group in groups)]),
        source=np.array([sources.index(source) for source, _ in groups], dtype=np.int16),
        languages=np.array(languages),
        sources=np.array(sources),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--vocabulary", type=int, default=64_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    rng = random.Random(options.seed)
    held, training = hold_out(list(read_groups(options.corpus)), rng)
    with gzip.open(options.run / "heldout.json.gz", "wt", encoding="utf-8") as file:
        json.dump(held, file, ensure_ascii=False)
    rows = sum(len(group) for _, group in training)
    print(f"{len(held)} groups held out; {len(training)} groups, {rows} texts to train on", flush=True)
    train_tokenizer(training, options.run, options.vocabulary, rng)
    pack(training, options.run)


if __name__ == "__main__":
    main()
