"""Recomputes what an export says of layers from layers.npy, with plain NumPy, and compares.

    npx isogloss analyze FILES... --out DIR --layers
    /usr/bin/python3 test/golden/layers.py DIR

Checks layers.csv (the metrics that check_export.py recomputes), layers.json (split of variance, pooled MEXA) and probe.json
of every layer, and that the last layer holds the vectors of embeddings.npy. Prints the largest difference of each, and ends
with status 1 when one is beyond 1e-4. Facts with holes count for the pairs that have them. Needs numpy only.
"""

import json
import sys
from itertools import combinations
from pathlib import Path

import numpy as np

from check_export import Checks, check_variance, deviations, number, pair_numbers, read_csv, read_cube


def cube_of(rows, folder):
    """A layer's rows in the places of embeddings.npy. [L, N, d]"""
    _, present, labels, facts = read_cube(folder)
    _, *keys = read_csv(folder / "rows.csv")
    place = {fact: i for i, fact in enumerate(facts)}
    cube = np.zeros((*present.shape, rows.shape[1]))
    for row, (fact, language) in zip(rows, keys):
        cube[labels.index(language), place[fact]] = row
    return cube, present, labels


def table_of(folder):
    """The numbers of layers.csv by layer, languages and metric."""
    header, *rows = read_csv(folder / "layers.csv")
    assert header == ["layer", "a", "b", "metric", "value", "low", "high", "n"], "layers.csv has another header"
    return {tuple(row[:4]): {"value": number(row[4]), "n": number(row[7])} for row in rows}


def check_pairs(checks, table, name, labels, pairs):
    for (a, b), numbers in pairs.items():
        ways = [(labels[a], labels[b], "a_to_b"), (labels[b], labels[a], "b_to_a")]
        for metric in ("mean_cosine", "calibrated", "bias", "bias_centroid", "bias_residual", "mexa"):
            cell = table[name, labels[a], labels[b], metric]
            checks.near(f"layers.csv {metric}", cell["value"], numbers[metric], f"{name} {labels[a]} {labels[b]}")
            checks.near("layers.csv n", cell["n"], numbers["n"], f"{name} {labels[a]} {labels[b]}")
        for one, other, way in ways:
            value = table[name, one, other, "p_at_1"]["value"]
            checks.near("layers.csv p_at_1", value, numbers[way], f"{name} {one} {other}")


def main(folder):
    layers = np.load(folder / "layers.npy").astype(np.float64)
    notes = json.loads((folder / "layers.json").read_text())
    probe = json.loads((folder / "probe.json").read_text())
    table = table_of(folder)
    assert list(probe) == [f"layer_{k}" for k in range(len(layers))], "probe.json has other layers"
    checks = Checks()
    checks.near("last layer and embeddings.npy", np.abs(layers[-1] - np.load(folder / "embeddings.npy")).max(), 0)
    mexa = []
    for k, (rows, note) in enumerate(zip(layers, notes["layers"])):
        cube, present, labels = cube_of(rows, folder)
        deviation = deviations(cube[present])
        pairs = {}
        for a, b in combinations(range(len(labels)), 2):
            both = present[a] & present[b]
            if both.any():
                pairs[a, b] = pair_numbers(cube[a, both], cube[b, both], deviation)
        check_pairs(checks, table, note["name"], labels, pairs)
        check_variance(checks, note, cube, present)
        for (a, b), numbers in pairs.items():
            for one, other in ((a, b), (b, a)):
                key = f"{labels[one]}_{labels[other]}"
                checks.near("probe.json", probe[f"layer_{k}"][key], numbers["bias"], f"layer {k} {key}")
        mexa.append({pair: numbers["mexa"] for pair, numbers in pairs.items()})
    check_pooled(checks, notes["mexa"], labels, mexa)
    print(f"{len(layers)} layers, {len(labels)} languages, {layers.shape[1]} texts of {layers.shape[2]} numbers")
    return checks.finish()


def check_pooled(checks, notes, labels, mexa):
    pivot = labels.index(notes["pivot"])
    for label, pooled in notes["languages"].items():
        pair = tuple(sorted((pivot, labels.index(label))))
        ranges = np.array([layer[pair] for layer in mexa])
        checks.near("layers.json mexa max", pooled["max"], tuple(ranges.max(0)), label)
        checks.near("layers.json mexa mean", pooled["mean"], tuple(ranges.mean(0)), label)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
