"""Recomputes a data allocation plan from an exported run, with NumPy and SciPy.

    npx isogloss plan REPORT_DIR --budget N --select K --out plan.json
    /usr/bin/python3 test/golden/plan.py REPORT_DIR plan.json

compares need, transfer, the greedy curve, its elbow, credits, shares, items by type and the comparison of plan.json with
what it makes of embeddings.npy and rows.csv, and ends with status 1 when a number is off. Without arguments it draws bias
matrices and writes plan.json beside itself, which the tests read:

    /usr/bin/python3 test/golden/plan.py

Written from the formulas; nothing is shared with the code under test. Shares within bounds come from root finding on the
water level, not from the rounds of the planner. Needs numpy and scipy.
"""

import csv
import json
import sys
from itertools import combinations
from math import inf
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import brentq

HERE = Path(__file__).resolve().parent
MIX = {"fact": 37175, "common": 7976, "anchor": 4871}


def need_of(B):
    """B: [L, L], NaN off the diagonal where nothing is shared."""
    off = np.where(np.eye(len(B), dtype=bool), np.nan, B)
    b = np.nanmean(off, axis=1)
    w = b - np.nanmin(b)
    return b, (np.full(len(b), 1 / len(b)) if np.ptp(b) <= 1e-12 * b.max() else w / w.sum())


def transfer_of(B, C, kind):
    L = len(B)
    T = np.exp(-B / np.nanmedian(B[np.triu_indices(L, 1)])) if kind == "bias" else np.clip(C, 0, 1)
    T = np.nan_to_num(T, nan=0.0)
    np.fill_diagonal(T, 1)
    return T


def covered(w, T, S):
    return float((w * T[list(S)].max(axis=0)).sum()) if len(S) else 0.0


def greedy(w, T, candidates):
    S, curve = [], []
    while len(S) < len(candidates):
        values = {s: covered(w, T, S + [s]) for s in candidates if s not in S}
        best = max(values.values())
        s = next(s for s, value in values.items() if value >= best - 1e-14)
        curve.append({"language": s, "gain": values[s] - covered(w, T, S), "covered": values[s]})
        S.append(s)
    return curve


def optimum(w, T, candidates, k):
    return max(covered(w, T, S) for S in combinations(candidates, k))


def elbow(curve):
    F = np.array([0] + [step["covered"] for step in curve])
    height = F / F[-1] - np.linspace(0, 1, len(F))
    return int(np.argmax(height[1:] > height[1:].max() - 1e-12)) + 1


def credits(w, T, S):
    owner = np.array(S)[T[S].argmax(axis=0)]
    for s in S:
        owner[s] = s
    return [float((w * T[s])[owner == s].sum()) for s in S]


def level(total, weights, low, high):
    """Amounts clip(t * weight, low, high) with the sum `total`, by the root t."""
    weights, low, high = map(np.asarray, (weights, low, high))
    at = lambda t: np.clip(t * weights, low, high)
    if at(0).sum() >= total:
        return at(0)
    top = 1.0
    while at(top).sum() < total:
        top *= 2
        if top > 1e300:
            return at(top)
    return at(brentq(lambda t: at(t).sum() - total, 0, top, xtol=1e-300, rtol=8.9e-16))


def whole(total, amounts):
    parts = np.floor(np.asarray(amounts) + 1e-9).astype(int)
    order = np.argsort(-(np.asarray(amounts) - parts), kind="stable")
    for i in order[: total - parts.sum()]:
        parts[i] += 1
    return parts


def in_ratio(total, parts):
    parts = np.asarray(parts, float)
    return whole(total, total * parts / parts.sum())


def spend(total, weights, high):
    amounts = level(total, weights, np.zeros(len(high)), high)
    return whole(int(round(amounts.sum())), amounts)


def planned(B, centroid, C, *, pivot, budget, select, transfer, alpha, mix=MIX, caps=None, include=False):
    L = len(B)
    caps = caps or {}
    b, w = need_of(B)
    T = transfer_of(B, C, transfer)
    candidates = [s for s in range(L) if s != pivot or include]
    curve = greedy(w, T, candidates)
    knee = elbow(curve)
    S = [step["language"] for step in curve][: select or knee]
    facts, commons, anchors = in_ratio(budget, [mix["fact"], mix["common"], mix["anchor"]])
    rest = budget - anchors
    credit = credits(w, T, S)
    bounds = [caps.get(s, (0, inf)) for s in S]
    amounts = level(rest, np.array(credit) ** alpha, [low for low, _ in bounds], [high for _, high in bounds])
    items = whole(int(round(amounts.sum())), amounts)
    share = np.nanmean(np.where(np.eye(L, dtype=bool), np.nan, centroid), axis=1) / b
    base = mix["common"] / (mix["fact"] + mix["common"])
    common = np.clip(base + np.clip(share - share.mean(), -0.2, 0.2), 0, 1)
    rows = []
    for s, own, amount in zip(S, credit, items):
        split = [0, 0, amount] if s == pivot else [*in_ratio(amount, [1 - common[s], common[s]]), 0]
        rows.append(
            {
                "language": s,
                "credit": own,
                "items": int(amount),
                "types": dict(zip(("fact", "common", "anchor"), map(int, split))),
                "shift": 0.0 if s == pivot else 100 * float(common[s] - base),
            }
        )
    plan = np.zeros(L, int)
    for row in rows:
        plan[row["language"]] = row["items"]
    high = [caps.get(s, (0, inf))[1] for s in candidates]

    def judged(items):
        served = np.flatnonzero(items)
        return {
            "items": items.tolist(),
            "covered": covered(w, T, served),
            "perItem": float((items / max(1, items.sum())) @ (T @ w)),
        }

    def over(weights):
        out = np.zeros(L, int)
        out[candidates] = spend(rest, weights, high)
        return out

    return {
        "bias": b.tolist(),
        "need": w.tolist(),
        "centroidShare": share.tolist(),
        "transfer": T.ravel().tolist(),
        "curve": curve,
        "elbow": knee,
        "optima": [optimum(w, T, candidates, k + 1) for k in range(len(candidates))],
        "anchorItems": int(anchors),
        "allocation": rows,
        "leftover": int(rest - items.sum()),
        "comparison": [judged(plan), *(judged(over(weights)) for weights in (np.ones(len(candidates)), 1 / b[candidates], b[candidates]))],
    }


def case(random, L, **settings):
    """Bias as of points in a plane and a shift of each, so that some languages are near each other."""
    points, shift = random.normal(size=(L, 2)), random.uniform(0, 0.4, size=L)
    distance = ((points[:, None] - points[None]) ** 2).sum(-1)
    centroid = (shift[:, None] + shift[None]) * (1 - np.eye(L))
    B = (0.3 + 0.2 * distance) * (1 - np.eye(L)) + centroid
    C = np.where(np.eye(L, dtype=bool), 1, 0.9 - 0.25 * distance)
    caps = settings.pop("caps", {})
    answer = planned(B, centroid, C, caps=caps, **settings)
    bounds = [[s, low, None if high == inf else high] for s, (low, high) in caps.items()]
    inputs = {"L": L, "B": B.ravel().tolist(), "centroid": centroid.ravel().tolist(), "cka": C.ravel().tolist()}
    return {**inputs, "settings": {**settings, "caps": bounds}, "expected": answer}


def write_golden():
    random = np.random.default_rng(7)
    cases = [
        case(random, 6, pivot=0, budget=50022, select=3, transfer="bias", alpha=0.5),
        case(random, 8, pivot=2, budget=1000, select=None, transfer="cka", alpha=1.0),
        case(random, 8, pivot=1, budget=7, select=5, transfer="bias", alpha=0.0),
        case(random, 7, pivot=0, budget=9999, select=6, transfer="bias", alpha=0.5, caps={s: (200 * s, 400 * s + 600) for s in range(1, 7)}),
        case(random, 5, pivot=3, budget=12345, select=4, transfer="bias", alpha=0.5, include=True, caps={0: (0, 10), 1: (5000, inf)}),
        case(random, 2, pivot=0, budget=101, select=4, transfer="bias", alpha=0.5),
    ]
    generator = {"file": "test/golden/plan.py", "numpy": np.__version__, "scipy": scipy.__version__}
    lines = ",\n".join(json.dumps(one) for one in cases)
    (HERE / "plan.json").write_text(f'{{"generator": {json.dumps(generator)}, "cases": [\n{lines}\n]}}\n')


def debiased_cka(x, y):
    def hsic(K, M):
        n = len(K)
        K, M = K - np.diag(np.diag(K)), M - np.diag(np.diag(M))
        one = np.ones(n)
        total = np.trace(K @ M) + K.sum() * M.sum() / ((n - 1) * (n - 2)) - 2 * (one @ K @ M @ one) / (n - 2)
        return total / (n * (n - 3))

    K, M = x @ x.T, y @ y.T
    return hsic(K, M) / np.sqrt(hsic(K, K) * hsic(M, M))


def read_run(folder):
    vectors = np.load(folder / "embeddings.npy").astype(float)
    rows = [(fact, language) for fact, language in csv.reader((folder / "rows.csv").open(encoding="utf-8"))][1:]
    labels = json.loads((folder / "report.json").read_text())["languages"]
    z = (vectors - vectors.mean(0)) / vectors.std(0)
    by = {label: {f: r for r, (f, l) in enumerate(rows) if l == label} for label in labels}
    L = len(labels)
    B, centroid, C = np.zeros((L, L)), np.zeros((L, L)), np.eye(L)
    for a, b in combinations(range(L), 2):
        shared = [f for f in by[labels[a]] if f in by[labels[b]]]
        i, j = ([by[labels[l]][f] for f in shared] for l in (a, b))
        difference = z[i] - z[j]
        B[a, b] = B[b, a] = (difference**2).mean() if shared else np.nan
        centroid[a, b] = centroid[b, a] = (difference.mean(0) ** 2).mean() if shared else np.nan
        C[a, b] = C[b, a] = debiased_cka(vectors[i], vectors[j]) if len(shared) >= 4 else np.nan
    return labels, B, centroid, C


def check(folder, file):
    plan = json.loads(Path(file).read_text())
    labels, B, centroid, C = read_run(Path(folder))
    settings = plan["settings"]
    number = lambda value: inf if value is None else value
    caps = {
        labels.index(cap["language"]): (cap["min"], min(number(cap["max"]), number(cap["available"])))
        for cap in settings["caps"]
    }
    mine = planned(
        B,
        centroid,
        C,
        pivot=labels.index(plan["pivot"]),
        budget=settings["budget"],
        select=settings["select"],
        transfer=settings["transfer"],
        alpha=settings["alpha"],
        mix=settings["mix"],
        caps=caps,
        include=settings["includePivot"],
    )
    at = labels.index
    pairs = [
        ("bias", [own["bias"] for own in plan["needs"]], mine["bias"]),
        ("need", [own["need"] for own in plan["needs"]], mine["need"]),
        ("centroid share", [own["centroidShare"] for own in plan["needs"]], mine["centroidShare"]),
        ("transfer", np.ravel(plan["transfer"]), mine["transfer"]),
        ("order", [at(step["language"]) for step in plan["curve"]], [step["language"] for step in mine["curve"]]),
        ("covered", [step["covered"] for step in plan["curve"]], [step["covered"] for step in mine["curve"]]),
        ("elbow", [plan["elbow"]], [mine["elbow"]]),
        ("credit", [row["credit"] for row in plan["allocation"]], [row["credit"] for row in mine["allocation"]]),
        ("items", [row["items"] for row in plan["allocation"]], [row["items"] for row in mine["allocation"]]),
        ("shift", [row["shift"] for row in plan["allocation"]], [row["shift"] for row in mine["allocation"]]),
        ("fact", [row["types"]["fact"] for row in plan["allocation"]], [row["types"]["fact"] for row in mine["allocation"]]),
        ("anchor", [plan["anchorItems"]], [mine["anchorItems"]]),
        ("compared", [row["covered"] for row in plan["comparison"]], [row["covered"] for row in mine["comparison"]]),
        ("per item", [row["perItem"] for row in plan["comparison"]], [row["perItem"] for row in mine["comparison"]]),
    ]
    failed = 0
    for name, theirs, ours in pairs:
        theirs, ours = np.asarray(theirs, float), np.asarray(ours, float)
        # Items may differ by one: vectors are kept in single precision.
        allowed = 1 if name in ("items", "fact") else 1e-3 if name == "shift" else 1e-5
        same = theirs.shape == ours.shape
        off = np.nanmax(np.abs(theirs - ours)) if same else inf
        failed += not off <= allowed
        print(f"{name:15} n = {theirs.size:4}  largest difference {off:.2e}  {'ok' if off <= allowed else 'WRONG'}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        check(*sys.argv[1:])
    else:
        write_golden()
