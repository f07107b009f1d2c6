"""Token ids by SentencePiece, for test/encoder/tokenizer.test.ts.

Usage: python3 test/golden/make_tokens.py RUN/sp.model > test/golden/tokens.json
"""

import csv
import hashlib
import json
import sys
from pathlib import Path

import sentencepiece

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "encoder"))
from corpus import clean  # noqa: E402
from export import reference_texts  # noqa: E402

tokenizer = sentencepiece.SentencePieceProcessor(model_file=sys.argv[1])
ids = lambda text: tokenizer.encode(clean(text))
with (ROOT / "encoder/hard-negatives.tsv").open(encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file, delimiter="\t"))
lines: dict[str, list[str]] = {}
for row in rows:
    for column in ("text", "perturbed"):
        lines.setdefault(row["language"], []).append(",".join(map(str, ids(row[column]))))
json.dump(
    {
        "madeBy": f"SentencePiece {sentencepiece.__version__}",
        "reference": {text: ids(text) for text in reference_texts()},
        "hardNegatives": {language: hashlib.sha256("\n".join(own).encode()).hexdigest() for language, own in lines.items()},
    },
    sys.stdout,
    ensure_ascii=False,
    indent=1,
)
print()
