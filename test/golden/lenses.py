"""Recomputes metrics of pairs, languages and of all renderings from embeddings, with NumPy and SciPy.

    npx isogloss analyze FILES... --out DIR
    /usr/bin/python3 test/golden/lenses.py DIR

compares pairs.csv, languages.csv and the pool of report.json with what it makes of embeddings.npy and rows.csv, and ends
with status 1 when a number is more than 1e-4 off. Without a folder it takes the 40 facts in 5 languages
of random-facts.json and writes lenses.json, which the tests read:

    /usr/bin/python3 test/golden/lenses.py

Written from the formulas, by whole matrices in double precision; nothing is shared with the code under test. NaN, null in
JSON, stands for "not defined". Left out is what draws at random: the language probe, bootstraps, permutation tests.
Needs numpy and scipy, and scikit-learn for the module it borrows the writing of JSON from.
"""

import json
import sys
from itertools import combinations
from math import comb
from pathlib import Path

import numpy as np
import scipy
import scipy.stats
from scipy.sparse.csgraph import connected_components
from scipy.stats import skew, spearmanr

from check_export import Checks, number, read_csv, read_cube
from make_golden import laid_out, plain, unit

HERE = Path(__file__).resolve().parent
TIE = 1e-6
NAN = float("nan")


def nearest(cosines, k, leave_self_out=False):
    """Columns of the k largest entries of each row, equal ones in column order. Equal: to nine digits."""
    rounded = cosines.round(9)
    if leave_self_out:
        np.fill_diagonal(rounded, -np.inf)
    return np.argsort(-rounded, axis=1, kind="stable")[:, :k]


# --- one pair, from its cosine matrix ---------------------------------------------------------------------------------


def separability(S):
    n = len(S)
    matched, off = np.diag(S), S[~np.eye(n, dtype=bool)]
    below = np.searchsorted(np.sort(matched), off - TIE, "left")
    at_most = np.searchsorted(np.sort(matched), off + TIE, "right")

    def inner_auc(table):
        lead = matched[:, None] - table
        won = np.where(lead > TIE, 1, np.where(lead < -TIE, 0, 0.5))
        return ((won.sum(1) - won.diagonal()) / (n - 1)).mean()

    spread = np.sqrt((matched.var(ddof=1) + off.var(ddof=1)) / 2)
    return {
        "contrast": matched.mean() - off.mean(),
        "auc": (n - at_most + (at_most - below) / 2).mean() / n,
        "rowAuc": inner_auc(S),
        "columnAuc": inner_auc(S.T),
        "dPrime": (matched.mean() - off.mean()) / spread,
    }


def ranks_of(S):
    return 1 + (S - np.diag(S)[:, None] > TIE).sum(1)


def expected_hits(m, blockers):
    n = len(blockers)
    return np.mean([comb(n - 1 - int(r), m - 1) / comb(n - 1, m - 1) for r in blockers])


def retrieval(S):
    n = len(S)
    matched = np.diag(S)
    off = ~np.eye(n, dtype=bool)
    row = (S + TIE >= matched[:, None]) & off
    column = (S.T + TIE >= matched[:, None]) & off
    either = (row | column).sum(1)
    forth, back = ranks_of(S), ranks_of(S.T)
    sizes = [m for m in (2, 5, 10, 20, 100, n) if m <= n]
    return {
        "eitherReach": either,
        "pAt5": [(ranks <= 5).mean() if n > 5 else NAN for ranks in (forth, back)],
        "mrr": [(1 / ranks).mean() for ranks in (forth, back)],
        "mexa": (either == 0).mean(),
        "sizes": sizes,
        "mexaAt": [expected_hits(m, either) for m in sizes],
        "pAt1At": [expected_hits(m, forth - 1) for m in sizes],
    }


def neighborhood_means(S, k):
    return np.sort(S, axis=1)[:, -k:].mean(1)


def margins(S, k=4):
    r, c = neighborhood_means(S, k), neighborhood_means(S.T, k)
    middle = (r[:, None] + c[None, :]) / 2
    with np.errstate(all="ignore"):
        ratio = np.where(middle > 0, S / middle, NAN)
    return {"ratio": ratio, "distance": S - middle, "absolute": S}


def xsim(S, kind, k=4):
    scores = margins(S, k)[kind]
    candidates = nearest(S, k)
    if np.isnan(np.take_along_axis(scores, candidates, 1)).any():
        return NAN
    own = np.where((candidates == np.arange(len(S))[:, None]).any(1), np.diag(scores), -np.inf)
    return 100 * (np.take_along_axis(scores, candidates, 1).max(1) > own + TIE).mean()


def bitext(S):
    n = len(S)
    rivals = np.where(np.eye(n, dtype=bool), -np.inf, S.round(9))
    found = np.where(ranks_of(S) == 1, np.arange(n), rivals.argmax(1))
    confusion = np.zeros((n, n))
    np.add.at(confusion, (np.arange(n), found), 1)
    hits, predicted = confusion.diagonal(), confusion.sum(0)
    precision = np.divide(hits, predicted, out=np.zeros(n), where=predicted > 0)
    f1 = 2 * precision * hits / np.where(precision + hits > 0, precision + hits, 1)
    return {"f1": f1.mean()}


def hubness(lists, size):
    return hubness_of(np.bincount(lists.ravel(), minlength=size), lists.shape[1])


def hubness_of(counts, k):
    size = len(counts)
    if k >= size:
        return {"counts": counts} | dict.fromkeys(["skewness", "robinHood", "gini", "antihubs", "hubOccurrence"], NAN)
    hubs = counts >= 2 * counts.mean()
    return {
        "counts": counts,
        "skewness": skew(counts) if counts.var() > 0 else NAN,
        "robinHood": 0.5 * np.abs(counts - counts.mean()).sum() / counts.sum(),
        "gini": np.abs(counts[:, None] - counts).sum() / (2 * size**2 * counts.mean()),
        "antihubs": (counts == 0).mean(),
        "hubOccurrence": counts[hubs].sum() / counts.sum(),
        "hubs": sorted(np.flatnonzero(hubs).tolist(), key=lambda text: (-counts[text], text)),
    }


# --- one pair, from its vectors ---------------------------------------------------------------------------------------


def hsic1(K, M):
    """Song et al.'s unbiased estimator, from raw Gram matrices."""
    n = len(K)
    K, M = K - np.diag(np.diag(K)), M - np.diag(np.diag(M))
    one = np.ones(n)
    middle = (one @ K @ one) * (one @ M @ one) / ((n - 1) * (n - 2))
    return (np.trace(K @ M) + middle - 2 / (n - 2) * (one @ K @ M @ one)) / (n * (n - 3))


def cka(x, y):
    n = len(x)
    K, M, H = x @ x.T, y @ y.T, np.eye(n) - 1 / n
    k, m = H @ K @ H, H @ M @ H
    result = {"linear": (k * m).sum() / np.linalg.norm(k) / np.linalg.norm(m)}
    if n < 4:
        return result | {"hsic": NAN, "debiased": NAN}
    own = hsic1(K, K) * hsic1(M, M) if hsic1(K, K) > 0 and hsic1(M, M) > 0 else NAN
    return result | {"hsic": hsic1(K, M), "debiased": hsic1(K, M) / np.sqrt(own)}


def rsa(x, y):
    upper = np.triu_indices(len(x), 1)
    a, b = ((z @ z.T)[upper] for z in (x, y))
    if len(x) < 3 or a.std() < TIE or b.std() < TIE:
        return {"spearman": NAN}
    grid = [np.round(values / TIE) for values in (a, b)]
    return {"spearman": spearmanr(*grid)[0]}


def rank_consistency(a, b, weights):
    return sum(w * len(set(a[: j + 1]) & set(b[: j + 1])) / (j + 1) for j, w in enumerate(weights))


def neighbor_consistency(x, y, depth=10):
    n = len(x)
    if n < 3:
        return {"softmax": NAN, "norm1": NAN, "norm2": NAN}
    k = min(depth, n - 1)
    lists = [nearest(z @ z.T, k, leave_self_out=True).tolist() for z in (x, y)]
    points = np.arange(k, 0, -1)
    weights = {"softmax": np.exp(points - k), "norm1": points, "norm2": points**2}
    return {
        name: np.mean([rank_consistency(a, b, w / w.sum()) for a, b in zip(*lists)]) for name, w in weights.items()
    }


def strong(x, y):
    own = x @ x.T
    np.fill_diagonal(own, -np.inf)
    lead = (x * y).sum(1) - own.max(1)
    return {"strong": (lead > TIE).mean(), "excess": np.maximum(0, -lead).mean()}


def neutral(x, y):
    """Mean matched cosine after language centering, and with 1 and 3 leading directions removed."""

    def without(z, c):
        V = np.linalg.svd(z, full_matrices=False)[2][:c]
        return unit(z - z @ V.T @ V)

    return {
        "centred": (unit(x - x.mean(0)) * unit(y - y.mean(0))).sum(1).mean(),
        "lir1": (without(x, 1) * without(y, 1)).sum(1).mean(),
        "lir3": (without(x, 3) * without(y, 3)).sum(1).mean(),
    }


def pair_numbers(x, y):
    S = x @ y.T
    n = len(S)
    both = {"forth": S, "back": S.T}
    numbers = {"n": n}
    if n < 2:
        return numbers
    numbers |= separability(S) | retrieval(S)
    numbers["bitext"] = {name: bitext(T) for name, T in both.items()}
    numbers["hubness"] = {name: hubness(nearest(T, min(10, n)), n) for name, T in both.items()}
    numbers["strong"] = {"forth": strong(x, y), "back": strong(y, x)}
    numbers["xsim"] = {
        kind: [xsim(T, kind) if n > 4 else NAN for T in both.values()] for kind in ("ratio", "distance", "absolute")
    }
    numbers["ratioMargin"] = np.diag(margins(S)["ratio"]).mean() if n > 4 else NAN
    numbers["csls"] = 2 * np.diag(margins(S, 10)["distance"]).mean() if n > 10 else NAN
    numbers["cka"] = cka(x, y)
    numbers["rsa"] = rsa(x, y)
    numbers["neighborConsistency"] = neighbor_consistency(x, y)
    numbers["neutral"] = neutral(x, y)
    return numbers


# --- weighted facts: what a linearized metric is the derivative of -----------------------------------------------------


def weighted(x, y, ranks=None):
    """Each metric as a function of weights of the facts, by name. Two copies of a fact are no mismatched pair."""
    n = len(x)
    S = x @ y.T
    matched, off = np.diag(S), ~np.eye(n, dtype=bool)
    upper = np.triu_indices(n, 1)
    K, M = x @ x.T, y @ y.T
    if ranks is None:
        ranks = [scipy.stats.rankdata(np.round(z[upper] / TIE)) for z in (K, M)]
    lead = matched[:, None, None] - S[None]
    won = np.where(lead > TIE, 1, np.where(lead < -TIE, 0, 0.5)) if n < 60 else None
    centre = np.eye(n) - 1 / n
    raw = [centre @ z @ centre for z in (K, M)]

    def off_mean(w, table):
        pairs = np.outer(w, w)[off]
        return (pairs * table[off]).sum() / pairs.sum()

    def contrast(w):
        return np.average(matched, weights=w) - off_mean(w, S)

    def calibrated(w):
        return contrast(w) / (1 - off_mean(w, S))

    def d_prime(w):
        N = n * n - n
        spread = (np.average(matched**2, weights=w) - np.average(matched, weights=w) ** 2) * n / (n - 1)
        floor_spread = (off_mean(w, S**2) - off_mean(w, S) ** 2) * N / (N - 1)
        return contrast(w) / np.sqrt((spread + floor_spread) / 2)

    def auc(w):
        if won is not None:
            return off_mean(w, np.tensordot(w / w.sum(), won, 1))
        order = np.argsort(matched)
        below = np.concatenate([[0], np.cumsum(w[order])]) / w.sum()
        lost = (below[np.searchsorted(matched[order], S - TIE)] + below[np.searchsorted(matched[order], S + TIE)]) / 2
        return 1 - off_mean(w, lost)

    def cka(w):
        w = w / w.sum()
        k, m = (z - (z @ w)[:, None] - (w @ z)[None] + w @ z @ w for z in (K, M))
        inner = lambda p, q: w @ (p * q) @ w
        return inner(k, m) / np.sqrt(inner(k, k) * inner(m, m))

    def cka_debiased(w):
        w = n * w / w.sum()

        def hsic(p, q):
            p, q = p - np.diag(np.diag(p)), q - np.diag(np.diag(q))
            middle = (w @ p @ w) * (w @ q @ w) / ((n - 1) * (n - 2))
            return w @ (p * q) @ w + middle - 2 / (n - 2) * (w * (p @ w)) @ (q @ w)

        k, m = raw
        return hsic(k, m) / np.sqrt(hsic(k, k) * hsic(m, m))

    def rsa(w):
        pairs = np.outer(w, w)[upper]
        a, b = (z - np.average(z, weights=pairs) for z in ranks)
        return (pairs * a * b).sum() / np.sqrt((pairs * a * a).sum() * (pairs * b * b).sum())

    def bias_centroid(w):
        return (np.average(x - y, axis=0, weights=w) ** 2).mean()

    metrics = [contrast, calibrated, auc, d_prime, cka, cka_debiased, rsa, bias_centroid]
    return {metric.__name__: metric for metric in metrics}


def linearized(metric, n, step=1e-4):
    """Value plus influence of each fact: n times the derivative along a weight that the others pay for."""
    parts = np.empty(n)
    for i in range(n):
        towards = np.full(n, -1 / n)
        towards[i] += 1
        ends = [metric(np.ones(n) + sign * step * towards) for sign in (1, -1)]
        parts[i] = metric(np.ones(n)) + n * (ends[0] - ends[1]) / (2 * step)
    return parts


def bootstrap_deviations(n=200, d=32, rounds=400):
    """Standard deviation of each metric over bootstrap rounds: recomputed, and as a mean of its parts."""
    random = np.random.default_rng(7)
    shared = random.normal(size=(n, d))
    x, y = (unit(shared + 0.4 * random.normal(size=d) + 0.7 * random.normal(size=(n, d))) for _ in range(2))
    metrics = weighted(x, y)
    upper = np.triu_indices(n, 1)
    values = [(z @ z.T)[upper] for z in (x, y)]
    draws = [np.bincount(random.integers(0, n, n), minlength=n).astype(float) for _ in range(rounds)]

    def reranked(w):
        """RSA with the ranks of the facts that were drawn."""
        pairs = np.outer(w, w)[upper].astype(int)
        return spearmanr(np.repeat(values[0], pairs), np.repeat(values[1], pairs))[0]

    result = {}
    for name, metric in metrics.items():
        parts = linearized(metric, n)
        again = reranked if name == "rsa" else metric
        result[name] = {
            "recomputed": np.std([again(w) for w in draws]),
            "linearized": np.std([(w * parts).mean() for w in draws]),
        }
        ratio = result[name]["linearized"] / result[name]["recomputed"]
        assert 0.85 < ratio < 1.15, f"the parts of {name} spread {ratio:.2f} times as far as the metric"
    return result


# --- all renderings ---------------------------------------------------------------------------------------------------


def average_precisions(vectors, fact):
    """A relevant rendering's precision counts all irrelevant ones that reach it, ties included."""
    result = []
    for q, query in enumerate(vectors):
        cosines = vectors @ query
        others = np.arange(len(vectors)) != q
        relevant = np.sort(cosines[others & (fact == fact[q])])[::-1]
        irrelevant = cosines[others & (fact != fact[q])]
        places = np.arange(1, len(relevant) + 1)
        before = (irrelevant[None, :] + TIE >= relevant[:, None]).sum(1)
        result.append((places / (places + before)).mean() if len(relevant) else NAN)
    return np.array(result)


def isotropy(vectors):
    N, d = vectors.shape
    values = np.clip(np.linalg.eigvalsh(np.atleast_2d(np.cov(vectors.T)))[::-1], 0, None)
    scaled = values * np.sqrt(d) / np.linalg.norm(values)
    defect = np.linalg.norm(scaled - 1) / np.sqrt(2 * (d - np.sqrt(d)))
    share = values[values > 0] / values.sum()
    cosines = vectors @ vectors.T
    return {
        "eigenvalues": values[:10],
        "rank": int((values > 1e-6 * values[0]).sum()),
        "isoScore": ((d - defect**2 * (d - np.sqrt(d))) ** 2 - d) / (d * (d - 1)),
        "participationRatio": values.sum() ** 2 / (values**2).sum(),
        "effectiveRank": np.exp(-(share * np.log(share)).sum()),
        "meanRandomCosine": (cosines.sum() - np.trace(cosines)) / (N * N - N),
    }


def shares(cube):
    """Variance shares of complete facts, not scaled: traces."""
    centred = cube - cube.mean((0, 1))
    total = (centred**2).mean()
    fact, language = (centred.mean(0) ** 2).mean() / total, (centred.mean(1) ** 2).mean() / total
    return {"fact": fact, "language": language, "interaction": 1 - fact - language}


def duplicate_groups(cube, present):
    same = np.zeros((cube.shape[1],) * 2, bool)
    for rows, here in zip(cube, present):
        same |= (rows @ rows.T > 1 - 1e-4) & here[:, None] & here
    labels = connected_components(same, directed=False)[1]
    groups = [np.flatnonzero(labels == label).tolist() for label in range(labels.max() + 1)]
    return sorted(group for group in groups if len(group) > 1)


def hubness_by_language(cube, present):
    """Lists of the 10 nearest in a language, of the renderings in every other one, on the facts that both have."""
    L, N = present.shape
    counts = np.full((L, N), -1)
    for a, b in ((a, b) for a in range(L) for b in range(L) if a != b):
        both = np.flatnonzero(present[a] & present[b])
        if len(both) > 10:
            lists = nearest(cube[a, both] @ cube[b, both].T, 10)
            counts[b, both] = np.maximum(counts[b, both], 0) + np.bincount(lists.ravel(), minlength=len(both))
    result = []
    for own in counts:
        sought = np.flatnonzero(own >= 0)
        found = hubness_of(own[sought], 10)
        result.append(found | {"counts": own, "hubs": sought[np.array(found.get("hubs", []), int)]})
    return result


def lenses(cube, present):
    """cube: unit vectors [L, N, d]; present: [L, N]."""
    L = len(cube)
    language, fact = np.nonzero(present)
    vectors = cube[present]
    pool = nearest(vectors @ vectors.T, 10, leave_self_out=True)
    precisions = average_precisions(vectors, fact)
    complete = present.all(0)
    pairs = []
    for a, b in combinations(range(L), 2):
        both = present[a] & present[b]
        if both.any():
            pairs.append({"a": a, "b": b} | pair_numbers(cube[a, both], cube[b, both]))
    return {
        "pairs": pairs,
        "pool": {
            "meanAveragePrecision": np.nanmean(precisions),
            "byLanguage": [np.nanmean(precisions[language == l]) for l in range(L)],
            "sameLanguageShare": [(language[pool[language == l, 0]] == l).mean() for l in range(L)],
            "hubness": hubness(pool, len(vectors)),
            "hubnessByLanguage": hubness_by_language(cube, present),
            "isotropyByLanguage": [isotropy(cube[l, present[l]]) for l in range(L)],
        },
        "isotropy": isotropy(vectors),
        "sharesUnscaled": shares(cube[:, complete]) if complete.sum() > 1 else None,
        "duplicateGroups": duplicate_groups(cube, present),
    }


def golden():
    facts = json.loads((HERE / "random-facts.json").read_text())
    cube, present = unit(np.array(facts["raw"])), np.array(facts["withHoles"]["present"], bool)
    result = {
        "madeBy": f"NumPy {np.__version__}, SciPy {scipy.__version__}",
        "rerun": "/usr/bin/python3 test/golden/lenses.py",
        "complete": lenses(cube, np.ones_like(present)),
        "withHoles": lenses(cube, present),
        "linearized": {
            name: linearized(metric, cube.shape[1]) for name, metric in weighted(cube[0], cube[3]).items()
        },
        "bootstrap": bootstrap_deviations(),
    }
    path = HERE / "lenses.json"
    path.write_text(laid_out(plain(result)) + "\n")
    print(path)


# --- an export ------------------------------------------------------------------------------------------------------


def pair_columns(numbers):
    """The columns of pairs.csv that are recomputed here, from a to b and from b to a."""
    both = lambda value: (value, value)
    if numbers["n"] < 2:
        return {}
    ways = ("forth", "back")
    columns = {
        "contrast": both(numbers["contrast"]),
        "auc": both(numbers["auc"]),
        "row_auc": (numbers["rowAuc"], numbers["columnAuc"]),
        "d_prime": both(numbers["dPrime"]),
        "mexa": both(numbers["mexa"]),
        "mexa_100": both(dict(zip(numbers["sizes"], numbers["mexaAt"])).get(100, NAN)),
        "p_at_5": numbers["pAt5"],
        "mrr": numbers["mrr"],
        "xsim_error": numbers["xsim"]["ratio"],
        "margin_ratio": both(numbers["ratioMargin"]),
        "csls": both(numbers["csls"]),
        "cka": both(numbers["cka"]["linear"]),
        "cka_debiased": both(numbers["cka"]["debiased"]),
        "rsa": both(numbers["rsa"]["spearman"] if numbers["n"] <= 2000 else NAN),
        "rank_consistency": both(numbers["neighborConsistency"]["softmax"]),
    }
    named = {
        "bitext_f1": ("bitext", "f1"),
        "strong": ("strong", "strong"),
        "same_language_bias": ("strong", "excess"),
        "hub_skewness": ("hubness", "skewness"),
        "robin_hood": ("hubness", "robinHood"),
        "antihubs": ("hubness", "antihubs"),
    }
    return columns | {
        name: [numbers[group][way][field] for way in ways] for name, (group, field) in named.items()
    }


# Cosines come in single precision: a fact on the edge of a tie may have its rank on either side, and a text may name its
# 10th or its 11th nearest where both are equally near. What one such fact or text changes, times n.
EDGES = dict.fromkeys(["mrr", "bitext_f1", "robin_hood", "antihubs", "hub_occurrence"], 1) | {"hub_skewness": 10}
EDGES |= {f"occurrence_{name}": EDGES[column] for name, column in (("skewness", "hub_skewness"), ("robin_hood", "robin_hood"), ("antihubs", "antihubs"))}


def check_pairs(folder, checks, labels, pairs):
    """Answers the values of every column by language, of all its pairs, both ways."""
    header, *rows = read_csv(folder / "pairs.csv")
    table = {(cells["a"], cells["b"]): cells for cells in (dict(zip(header, row)) for row in rows)}
    by_language = [{} for _ in labels]
    for pair in pairs:
        a, b = labels[pair["a"]], labels[pair["b"]]
        cells = table[a, b]
        for name, (forth, back) in pair_columns(pair).items():
            edge = EDGES.get(name, 0) / pair["n"]
            for column, value in ((name, forth), (f"{name}_back", back)):
                actual = number(cells.get(column, cells[name]))
                checks.near(f"pairs.csv {name}", actual, (value - edge, value + edge), f"{a} {b}")
            for language in (pair["a"], pair["b"]):
                by_language[language].setdefault(name, []).extend([forth, back])
    return by_language


def check_languages(folder, checks, labels, by_language, pool, facts):
    header, *rows = read_csv(folder / "languages.csv")
    assert [row[0] for row in rows] == labels, "languages.csv has other languages"
    for l, cells in enumerate(dict(zip(header, row)) for row in rows):
        hubs, shape = pool["hubnessByLanguage"][l], pool["isotropyByLanguage"][l]
        expected = {name: np.nanmean(values) if not np.isnan(values).all() else NAN for name, values in by_language[l].items()}
        expected |= {
            "average_precision": pool["byLanguage"][l],
            "same_language_share": pool["sameLanguageShare"][l],
            "occurrence_skewness": hubs["skewness"],
            "occurrence_robin_hood": hubs["robinHood"],
            "occurrence_antihubs": hubs["antihubs"],
            "hub_occurrence": hubs["hubOccurrence"],
            "hubs": len(hubs["hubs"]),
            "iso_score": shape["isoScore"],
            "participation_ratio": shape["participationRatio"] if shape["rank"] else NAN,
            "effective_rank": shape["effectiveRank"],
            "rank": shape["rank"],
            "mean_random_cosine": shape["meanRandomCosine"],
        }
        for name, value in expected.items():
            edge = EDGES.get(name, 0) / facts
            checks.near(f"languages.csv {name}", number(cells[name]), (value - edge, value + edge), labels[l])
            if cells.get(f"{name}_low"):
                ends = number(cells[f"{name}_low"]), number(cells[f"{name}_high"])
                checks.near("languages.csv intervals around values", number(cells[name]), ends, f"{name} {labels[l]}")


def check_pool(folder, checks, found):
    report = json.loads((folder / "report.json").read_text())
    pool, expected = report["pool"], found["pool"]
    if pool["queryFacts"] == report["facts"]:
        checks.near("pool average precision", pool["averagePrecision"]["value"], expected["meanAveragePrecision"])
    for name in ("skewness", "robinHood", "gini", "antihubs", "hubOccurrence"):
        checks.near(f"pool hubness {name}", pool["hubness"][name], expected["hubness"][name])
    for name in ("rank", "isoScore", "participationRatio", "effectiveRank", "meanRandomCosine"):
        checks.near(f"pool isotropy {name}", pool["isotropy"][name], found["isotropy"][name])
    for name, share in (found["sharesUnscaled"] or {}).items():
        checks.near("pool unscaled variance", pool["unscaledVariance"][name], share, name)
    checks.near("pool language probe, chance", pool["probe"]["chance"], expected["chance"])


def check(folder):
    cube, present, labels, _ = read_cube(folder)
    found = lenses(cube, present)
    found["pool"]["chance"] = present.sum(1).max() / present.sum()
    checks = Checks()
    by_language = check_pairs(folder, checks, labels, found["pairs"])
    check_languages(folder, checks, labels, by_language, found["pool"], cube.shape[1])
    check_pool(folder, checks, found)
    return checks.finish()


def main():
    if len(sys.argv) == 1:
        golden()
    elif len(sys.argv) == 2:
        sys.exit(check(Path(sys.argv[1])))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
