"""Recomputes the numbers of an export from its embeddings, with plain NumPy, and compares.

    npx isogloss analyze FILES... --out DIR
    /usr/bin/python3 test/golden/check_export.py DIR

Reads embeddings.npy and rows.csv; checks matrices/*.csv and .npy, report.json, pairs.csv, drift.csv, facts.csv and
probe.json. Prints the largest difference of each, and ends with status 1 when one is beyond 1e-4 or when a value stands
outside its interval. Of the metrics of language pairs it recomputes those of MATRICES; for the others it checks that
matrices, report.json and pairs.csv say the same, and lenses.py recomputes them. Needs numpy only.
"""

import csv
import json
import sys
from itertools import combinations
from pathlib import Path

import numpy as np

TOLERANCE = 1e-4
TIE_MARGIN = 1e-6
# Kernels sum in float32: a lead this small may fall on either side of a tie.
KERNEL_TOLERANCE = 1e-5
MATRICES = ["mean_cosine", "calibrated", "bias", "bias_centroid", "bias_residual", "p_at_1", "mexa"]
DIAGONAL = dict.fromkeys(MATRICES, 1.0) | dict.fromkeys(["bias", "bias_centroid", "bias_residual"], 0.0)


class Checks:
    """Collects the largest difference under each name."""

    def __init__(self):
        self.largest, self.counts, self.worst = {}, {}, {}

    def near(self, name, actual, expected, where=""):
        """NaN agrees with NaN only; an expectation [low, high] agrees with everything between."""
        low, high = expected if isinstance(expected, tuple) else (expected, expected)
        actual = np.nan if actual is None else float(actual)
        if np.isnan(actual) or np.isnan(low):
            difference = 0.0 if np.isnan(actual) and np.isnan(low) else np.inf
        else:
            difference = max(low - actual, actual - high, 0.0)
        self.counts[name] = self.counts.get(name, 0) + 1
        if difference >= self.largest.get(name, -1):
            self.largest[name], self.worst[name] = difference, where

    def finish(self):
        wrong = [name for name, difference in self.largest.items() if difference > TOLERANCE]
        for name, difference in self.largest.items():
            note = f"  at {self.worst[name]}" if name in wrong else ""
            mark = "DIFFERS" if name in wrong else "agrees"
            print(f"{mark:8}{name:36}{self.counts[name]:7} numbers   largest difference {difference:.2e}{note}")
        return 1 if wrong or not self.largest else 0


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def number(cell):
    return float(cell) if cell != "" else np.nan


def read_cube(folder):
    """Unit vectors [L, N, d] with zeros in holes, presence [L, N], labels, fact ids."""
    vectors = np.load(folder / "embeddings.npy").astype(np.float64)
    header, *keys = read_csv(folder / "rows.csv")
    assert header == ["fact", "language"] and len(keys) == len(vectors), "rows.csv does not fit embeddings.npy"
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.abs(lengths - 1).max() < 1e-5, "the rows of embeddings.npy are not of length 1"
    labels = json.loads((folder / "report.json").read_text())["languages"]
    facts = list(dict.fromkeys(fact for fact, _ in keys))
    cube = np.zeros((len(labels), len(facts), vectors.shape[1]))
    present = np.zeros(cube.shape[:2], bool)
    place = {fact: i for i, fact in enumerate(facts)}
    for row, (fact, language) in zip(vectors, keys):
        l, i = labels.index(language), place[fact]
        assert not present[l, i], f"two rows for fact {fact} in {language}"
        cube[l, i], present[l, i] = row, True
    return cube, present, labels, facts


def deviations(rows):
    """Population standard deviation of each column; 1 where there is none (as scikit-learn's StandardScaler)."""
    deviation = rows.std(0)
    return np.where(deviation > 1e-7, deviation, 1)


def share_of(leads, n):
    """Share of facts with a positive lead, as a range: leads within the kernels' tolerance may go either way."""
    sure = (leads > KERNEL_TOLERANCE).sum()
    open_ones = (np.abs(leads) <= KERNEL_TOLERANCE).sum()
    return (sure / n, (sure + open_ones) / n)


def pair_numbers(x, y, deviation):
    n = len(x)
    cosines = x @ y.T
    matched = np.diag(cosines)
    difference = (x - y) / deviation
    centroid = (difference.mean(0) ** 2).mean()
    numbers = {
        "n": n,
        "mean_cosine": matched.mean(),
        "bias": (difference**2).mean(),
        "bias_centroid": centroid,
        "bias_residual": ((difference - difference.mean(0)) ** 2).mean(),
    }
    if n < 2:
        return numbers | dict.fromkeys(["floor", "calibrated", "a_to_b", "b_to_a", "mexa"], np.nan)
    rivals = np.where(np.eye(n, dtype=bool), -np.inf, cosines)
    floor = (cosines.sum() - matched.sum()) / (n * n - n)
    row, column = rivals.max(1), rivals.max(0)
    return numbers | {
        "floor": floor,
        "calibrated": (matched.mean() - floor) / (1 - floor) if floor < 1 - 1e-6 else np.nan,
        "a_to_b": share_of(matched - row + TIE_MARGIN, n),
        "b_to_a": share_of(matched - column + TIE_MARGIN, n),
        "mexa": share_of(matched - np.maximum(row, column) - TIE_MARGIN, n),
    }


def check_matrices(folder, checks, labels, pairs):
    L = len(labels)
    for name in MATRICES:
        header, *rows = read_csv(folder / f"matrices/{name}.csv")
        assert header == ["", *labels] and [row[0] for row in rows] == labels, f"matrices/{name}.csv has other labels"
        actual = np.array([[number(cell) for cell in row[1:]] for row in rows])
        twin = np.load(folder / f"matrices/{name}.npy")
        for a in range(L):
            checks.near(f"matrices/{name}", actual[a, a], DIAGONAL[name], labels[a])
            for b in range(L):
                checks.near(f"matrices/{name}.npy", twin[a, b], actual[a, b], f"{labels[a]} {labels[b]}")
        for a, b in combinations(range(L), 2):
            numbers = pairs.get((a, b), {})
            forth = numbers.get("a_to_b" if name == "p_at_1" else name, np.nan)
            back = numbers.get("b_to_a" if name == "p_at_1" else name, np.nan)
            checks.near(f"matrices/{name}", actual[a, b], forth, f"{labels[a]} {labels[b]}")
            checks.near(f"matrices/{name}", actual[b, a], back, f"{labels[b]} {labels[a]}")


def check_report(checks, report, labels, pairs):
    assert len(report["pairs"]) == len(pairs), "report.json has another number of pairs"
    for pair in report["pairs"]:
        where = f"{pair['a']} {pair['b']}"
        numbers = pairs[labels.index(pair["a"]), labels.index(pair["b"])]
        for name in ("n", "floor"):
            checks.near(f"report.json pairs {name}", pair[name], numbers[name], where)
        for name in MATRICES:
            forth, back = directions(pair["scores"][name])
            checks.near(f"report.json pairs {name}", forth["value"], numbers.get(name, numbers["a_to_b"]), where)
            checks.near(f"report.json pairs {name}", back["value"], numbers.get(name, numbers["b_to_a"]), where)
        for name, score in pair["scores"].items():
            for estimate in directions(score):
                check_interval(checks, estimate, f"{name} {where}")


def directions(score):
    """The estimates from a to b and from b to a."""
    return (score["a_to_b"], score["b_to_a"]) if "a_to_b" in score else (score, score)


def check_same(folder, checks, report, labels):
    """report.json, matrices and pairs.csv say the same of every metric."""
    header, *rows = read_csv(folder / "pairs.csv")
    tables = {name: np.load(folder / f"matrices/{name}.npy") for name in report["metrics"]}
    assert len(rows) == len(report["pairs"]), "pairs.csv has another number of pairs"
    for pair, row in zip(report["pairs"], rows):
        cells = dict(zip(header, row))
        where = f"{pair['a']} {pair['b']}"
        assert (cells["a"], cells["b"]) == (pair["a"], pair["b"]), f"pairs.csv has other pairs at {where}"
        a, b = labels.index(pair["a"]), labels.index(pair["b"])
        for name in ("n", "ties", "floor"):
            checks.near("pairs.csv n, ties, floor", number(cells[name]), number_or_nan(pair[name]), where)
        for name, score in pair["scores"].items():
            forth, back = directions(score)
            backward = cells.get(f"{name}_back", cells[name])
            for way, estimate, cell in ((tables[name][a, b], forth, cells[name]), (tables[name][b, a], back, backward)):
                value = number_or_nan(estimate["value"])
                checks.near("matrices as in report.json", way, value, f"{name} {where}")
                checks.near("pairs.csv values", number(cell), value, f"{name} {where}")
            for name_of, estimate in ((name, forth), (f"{name}_back", back)):
                if f"{name_of}_low" in cells:
                    ends = estimate["interval"] or [None, None]
                    for end, expected in zip(("low", "high"), ends):
                        cell = number(cells[f"{name_of}_{end}"])
                        checks.near("pairs.csv intervals", cell, number_or_nan(expected), f"{name_of} {where}")


def number_or_nan(value):
    return np.nan if value is None else value


def check_interval(checks, estimate, where):
    if estimate["interval"] is not None:
        checks.near("report.json intervals around values", estimate["value"], tuple(estimate["interval"]), where)


def check_variance(checks, report, cube, present):
    complete = present.all(0)
    if complete.sum() < 2:
        checks.near("report.json variance", np.nan if report["variance"] is None else 0, np.nan)
        return
    whole = cube[:, complete]
    rows = whole.reshape(-1, cube.shape[2])
    z = (whole - rows.mean(0)) / deviations(rows)
    total = (z**2).mean()
    if total < 1e-5:
        checks.near("report.json variance", np.nan if report["variance"] is None else 0, np.nan)
        return
    fact, language = (z.mean(0) ** 2).mean() / total, (z.mean(1) ** 2).mean() / total
    residue = z - z.mean(0)[None] - z.mean(1)[:, None]
    shares = {"fact": fact, "language": language, "interaction": (residue**2).mean() / total}
    for name, share in shares.items():
        checks.near("report.json variance", report["variance"][name], share, name)
        estimate = {"value": report["variance"][name], "interval": report["variance"]["intervals"][name]}
        check_interval(checks, estimate, f"variance {name}")
    checks.near("report.json variance", report["variance"]["facts"], complete.sum(), "facts")


def drift_from(cube, present, pivot):
    """1 - cosine to the pivot's rendering. [L, N]"""
    drift = 1 - np.einsum("lnd,nd->ln", cube, cube[pivot])
    drift[~(present & present[pivot])] = np.nan
    drift[pivot] = np.nan
    return drift


def drift_from_centroid(cube, present):
    """1 - cosine to the mean of the fact's other renderings. [L, N]"""
    others = cube.sum(0)[None] - cube
    lengths = np.linalg.norm(others, axis=2)
    counts = present.sum(0)[None] - present
    with np.errstate(invalid="ignore", divide="ignore"):
        drift = 1 - (others * cube).sum(2) / lengths
    drift[~present | (counts == 0) | (lengths < 1e-9)] = np.nan
    return drift


def summary(values):
    values = values[~np.isnan(values)]
    if len(values) == 0:
        return {"n": 0} | dict.fromkeys(["mean", "median", "q1", "q3", "min", "max"], np.nan)
    q1, median, q3 = np.quantile(values, [0.25, 0.5, 0.75])
    return {
        "n": len(values),
        "mean": values.mean(),
        "median": median,
        "q1": q1,
        "q3": q3,
        "min": values.min(),
        "max": values.max(),
    }


def check_drift(folder, checks, labels, tables):
    header, *rows = read_csv(folder / "drift.csv")
    assert [row[0] for row in rows] == labels, "drift.csv has other languages"
    for l, row in enumerate(rows):
        cells = dict(zip(header, row))
        for prefix, table in tables.items():
            for name, value in summary(table[l]).items():
                checks.near(f"drift.csv {prefix}{name}", number(cells[prefix + name]), value, labels[l])
            low, high = number(cells[f"{prefix}interval_low"]), number(cells[f"{prefix}interval_high"])
            if not np.isnan(low):
                checks.near("drift.csv intervals around means", number(cells[f"{prefix}mean"]), (low, high), labels[l])


def check_facts(folder, checks, labels, facts, drift):
    header, *rows = read_csv(folder / "facts.csv")
    place = {fact: i for i, fact in enumerate(facts)}
    for row in rows:
        cells = dict(zip(header, row))
        i = place.get(cells["fact"])
        for l, label in enumerate(labels):
            expected = np.nan if i is None else drift[l, i]
            checks.near("facts.csv drift", number(cells[f"drift:{label}"]), expected, f"{cells['fact']} {label}")


def check_probe(folder, checks, labels, pairs):
    # The last layer is the final one; with --layers there are others before it.
    layer = list(json.loads((folder / "probe.json").read_text()).values())[-1]
    assert len(layer) == len(labels) * (len(labels) - 1), "probe.json has another number of pairs"
    for (a, b), numbers in pairs.items():
        checks.near("probe.json", layer[f"{labels[a]}_{labels[b]}"], numbers["bias"], f"{labels[a]} {labels[b]}")
        checks.near("probe.json", layer[f"{labels[b]}_{labels[a]}"], numbers["bias"], f"{labels[b]} {labels[a]}")


def main(folder):
    cube, present, labels, facts = read_cube(folder)
    report = json.loads((folder / "report.json").read_text())
    # The scaler of the language bias is fitted over all rows, also of facts that only one language has.
    deviation = deviations(cube[present])
    pairs = {}
    for a, b in combinations(range(len(labels)), 2):
        both = present[a] & present[b]
        if both.any():
            pairs[a, b] = pair_numbers(cube[a, both], cube[b, both], deviation)
    checks = Checks()
    check_matrices(folder, checks, labels, pairs)
    check_report(checks, report, labels, pairs)
    check_same(folder, checks, report, labels)
    check_variance(checks, report, cube, present)
    drift = drift_from(cube, present, labels.index(report["pivot"]))
    check_drift(folder, checks, labels, {"": drift, "centroid_": drift_from_centroid(cube, present)})
    check_facts(folder, checks, labels, facts, drift)
    check_probe(folder, checks, labels, pairs)
    holes = int((~present).sum())
    print(f"{len(facts)} facts, {len(labels)} languages, {int(present.sum())} texts, {holes} holes, {len(pairs)} pairs")
    return checks.finish()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
