"""Prints held-out lines in all languages with the training tokenizer's ids, for compare-tokens.mjs.

Usage: python3 encoder/tokens.py RUN > LINES
"""

import collections
import gzip
import json
import random
import sys
from pathlib import Path

import sentencepiece

from corpus import clean

LINES = 10_000

run = Path(sys.argv[1])
tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(run / "sp.model"))
with gzip.open(run / "heldout.json.gz", "rt", encoding="utf-8") as file:
    rows = [(language, text) for group in json.load(file) for language, text in group]
random.Random(0).shuffle(rows)
seen = collections.Counter(language for language, _ in rows)
# Rare languages whole, the others up to an even share.
share = next(n for n in range(1, len(rows)) if sum(min(count, n) for count in seen.values()) >= LINES)
taken: collections.Counter[str] = collections.Counter()
lines = []
for language, text in rows:
    taken[language] += 1
    if taken[language] <= share:
        lines.append({"language": language, "text": text, "ids": tokenizer.encode(clean(text))})
json.dump(lines[:LINES], sys.stdout, ensure_ascii=False)
