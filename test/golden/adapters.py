"""Adapters recomputed with NumPy and SciPy: maps of closed form fitted on made-up facts, and a file of them applied.

    /usr/bin/python3 test/golden/adapters.py

writes adapters.json, which the tests read: 3 languages with holes, T2 and T3 onto the mean of the others and onto one
language, and f(x) of the rows of ROWS after every map of test/fixtures/adapters/every-map.json, which Isogloss wrote.

    /usr/bin/python3 test/golden/adapters.py ADAPTER.json BEFORE AFTER

compares the results of two runs of `isogloss analyze`, without and with --adapter, with what it makes of the file, and ends
with status 1 where a number is more than 1e-6 off. Written from the formulas, in double precision by whole matrices;
nothing is shared with the code under test. Needs numpy and scipy.
"""

import base64
import csv
import json
import sys
from pathlib import Path

import numpy as np
import scipy
from scipy.linalg import polar, solve

HERE = Path(__file__).resolve().parent
LANGUAGES, FACTS, DIMENSIONS = 3, 40, 6
STRENGTHS = [0, 0.1, 1]


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def made_up_facts():
    """[languages, facts, d] in single precision, and which of them there are."""
    random = np.random.default_rng(7)
    meaning = random.normal(size=(FACTS, DIMENSIONS))
    languages = []
    for _ in range(LANGUAGES):
        rotation = polar(random.normal(size=(DIMENSIONS, DIMENSIONS)) + 2 * np.eye(DIMENSIONS))[0]
        noise = 0.3 * random.normal(size=(FACTS, DIMENSIONS))
        languages.append(meaning @ rotation + noise + random.normal(size=DIMENSIONS))
    present = random.random((LANGUAGES, FACTS)) > 0.15
    return unit(np.array(languages)).astype(np.float32), present


def sides(cube, present, language, target):
    """Centred rows of a language beside those of its target, on the facts that both have."""
    means = [cube[l][present[l]].mean(0) for l in range(LANGUAGES)]
    centred = np.array([cube[l] - means[l] for l in range(LANGUAGES)])
    others = [l for l in range(LANGUAGES) if l != language] if target == "centroid" else [target]
    x, y = [], []
    for fact in range(FACTS):
        there = [centred[l][fact] for l in others if present[l][fact]]
        if present[language][fact] and there:
            x.append(centred[language][fact])
            y.append(np.mean(there, axis=0))
    return np.array(x), np.array(y)


def procrustes(x, y, rho):
    m = x.T @ y
    return polar(m + rho * np.linalg.norm(m, 2) * np.eye(len(m)))[0]


def ridge(x, y, rho):
    squares = x.T @ x
    a = rho * np.linalg.norm(squares, 2) * np.eye(len(squares))
    return solve(squares + a, x.T @ y + a)


def stored(file, name):
    entry = file["matrices"][name]
    return np.frombuffer(base64.b64decode(entry["data"]), "<f4").reshape(entry["shape"]).astype(float)


def applied(file, language, x):
    """f(x) as the file's `how` says."""
    c = x if language["mean"] is None else x - stored(file, language["mean"])
    linear = language["linear"]
    part = lambda name: stored(file, linear[name])
    if linear["kind"] == "identity":
        y = c
    elif linear["kind"] == "remove":
        y = c - (c @ part("directions").T) @ part("directions")
    elif linear["kind"] == "full":
        y = c @ part("weights")
    else:
        y = c + (c @ part("down")) @ part("up")
    return unit(y)


def write_golden():
    cube, present = made_up_facts()
    cube64 = cube.astype(float)
    fits = []
    for name, fit in {"procrustes": procrustes, "ridge": ridge}.items():
        for target in ["centroid", 1]:
            for rho in STRENGTHS:
                maps = [
                    None if l == target else fit(*sides(cube64, present, l, target), rho).ravel().tolist()
                    for l in range(LANGUAGES)
                ]
                fits.append({"method": name, "target": target, "strength": rho, "maps": maps})
    file = json.loads((HERE / "../fixtures/adapters/every-map.json").read_text())
    rows = unit(np.random.default_rng(8).normal(size=(5, file["dimensions"]))).astype(np.float32)
    golden = {
        "made_with": f"numpy {np.__version__}, scipy {scipy.__version__}",
        "dimensions": DIMENSIONS,
        "cube": cube64.tolist(),
        "present": present.astype(int).tolist(),
        "fits": fits,
        "rows": rows.astype(float).tolist(),
        "applied": {l["tag"]: applied(file, l, rows.astype(float)).tolist() for l in file["languages"]},
    }
    (HERE / "adapters.json").write_text(json.dumps(golden) + "\n")


def compare_runs(adapter, before, after):
    file = json.loads(Path(adapter).read_text())
    languages = {language["tag"]: language for language in file["languages"]}
    manifest = json.loads((Path(after) / "manifest.json").read_text())
    tags = dict(zip(manifest["languages"], manifest["tags"]))
    x, y = (np.load(Path(run) / "embeddings.npy").astype(float) for run in (before, after))
    rows = list(csv.DictReader((Path(after) / "rows.csv").open(encoding="utf-8")))
    largest = 0
    for label, tag in tags.items():
        own = [r for r, row in enumerate(rows) if row["language"] == label]
        largest = max(largest, np.abs(applied(file, languages[tag], x[own]) - y[own]).max())
    print(f"{len(rows)} vectors in {len(tags)} languages: largest difference {largest:.1e}")
    return 0 if largest <= 1e-6 else 1


if __name__ == "__main__":
    sys.exit(compare_runs(*sys.argv[1:]) if len(sys.argv) > 1 else write_golden())
