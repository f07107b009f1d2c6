"""Judges a change of vectors with NumPy, as the lab judges an adapter: writes lab.json, which the tests read.

    /usr/bin/python3 test/golden/lab.py

Before: the 40 facts in 5 languages of random-facts.json, at unit length. After: each language less its mean, moved
towards the mean of all languages, at unit length again. Z-scores: of the vectors before. Once with all texts, once with
every seventh of them missing. Measures are those of lenses.py, from the formulas; intervals come from a bootstrap of
20,000 rounds that measures each draw of facts anew (facts are drawn as queries; what they are searched among stays).
"""

import json
from itertools import combinations
from math import comb
from pathlib import Path

import numpy as np

from lenses import (
    TIE,
    average_precisions,
    cka,
    expected_hits,
    hubness,
    nearest,
    neighbor_consistency,
    strong,
)
from make_golden import laid_out, plain, unit

HERE = Path(__file__).resolve().parent
ROUNDS = 20_000
MEXA_AT = 20


def adapted(cube, present):
    """The change under test; the test makes the same one."""
    centred = np.zeros_like(cube)
    for l, own in enumerate(present):
        centred[l, own] = cube[l, own] - cube[l, own].mean(0)
    counts = present.sum(0)[:, None]
    middle = centred.sum(0) / np.maximum(counts, 1)
    return np.where(present[..., None], unit(centred + 0.5 * middle), 0)


def mexa_parts(cube, present):
    """{pair: (facts, expected hit of each)}"""
    found = {}
    for a, b in combinations(range(len(cube)), 2):
        facts = np.flatnonzero(present[a] & present[b])
        S = cube[a, facts] @ cube[b, facts].T
        own = np.diag(S)
        reach = ((S >= own[:, None] - TIE) | (S.T >= own[:, None] - TIE)).sum(1) - 1
        alone = [expected_hits_of_one(MEXA_AT, len(facts), r) for r in reach]
        found[a, b] = facts, np.array(alone)
        assert np.isclose(np.mean(alone), expected_hits(MEXA_AT, reach))
    return found


def expected_hits_of_one(m, n, blockers):
    return comb(n - 1 - int(blockers), m - 1) / comb(n - 1, m - 1)


def pair_means(parts, weights):
    """Mean MEXA of each pair where fact i counts weights[..., i] times. [pairs, rounds]"""
    return np.array([(weights[:, f] @ x) / weights[:, f].sum(1) for f, x in parts.values()])


def language_means(means, pairs, L):
    return np.array([means[[l in pair for pair in pairs]].mean(0) for l in range(L)])


def shares(cube, weights):
    """Fact, language and interaction share where fact i counts weights[..., i] times. cube [L, n, d]; [3, rounds]"""
    n = cube.shape[1]
    total = (weights @ (cube**2).sum(2).mean(0)) / n
    fact = (weights @ (cube.mean(0) ** 2).sum(1)) / n
    centres = np.stack([weights @ own / n for own in cube])
    grand = (centres.mean(0) ** 2).sum(1)
    all_of_it = total - grand
    of_fact = (fact - grand) / all_of_it
    of_language = ((centres**2).sum(2).mean(0) - grand) / all_of_it
    return np.stack([of_fact, of_language, 1 - of_fact - of_language])


def precision_by_fact(cube, present):
    """Sum of average precisions and number of queries, by fact."""
    language, fact = np.nonzero(present)
    found = average_precisions(cube[present], fact)
    asked = ~np.isnan(found)
    n = cube.shape[1]
    return (
        np.bincount(fact[asked], found[asked], n),
        np.bincount(fact[asked], minlength=n),
    )


def measures(cube, present, deviation, weights, of_complete):
    """Each measure for each row of weights (of all facts; of those in every language): [rounds], or one number where it is not resampled."""
    L = len(cube)
    complete = present.all(0)
    pairs = list(combinations(range(L), 2))
    of_fact, of_language, rest = shares(cube[:, complete] / deviation, of_complete)
    parts = mexa_parts(cube, present)
    means = pair_means(parts, weights)
    by_language = language_means(means, pairs, L)
    sums, queries = precision_by_fact(cube, present)
    both = [(cube[a][f], cube[b][f]) for (a, b), (f, _) in parts.items()]
    pool = cube[present]
    lists = nearest(pool @ pool.T, 10, leave_self_out=True)
    return {
        "disparity": 1 - of_fact,
        "fact_share": of_fact,
        "language_share": of_language,
        "interaction_share": rest,
        "mexa": means.mean(0),
        "democratization": by_language.mean(0) / by_language.max(0),
        "worst_language": by_language.min(0),
        "map": (weights @ sums) / (weights @ queries),
        "strong": np.mean([strong(x, y)["strong"] + strong(y, x)["strong"] for x, y in both]) / 2,
        "cka_debiased": np.mean([cka(x, y)["debiased"] for x, y in both]),
        "neighbor_consistency": np.mean([neighbor_consistency(x, y)["softmax"] for x, y in both]),
        "hub_skewness": hubness(lists, len(pool))["skewness"],
    }


def judged(cube, present, rng):
    deviation = cube[present].std(0)
    counts = [cube.shape[1], present.all(0).sum()]
    once = [np.ones((1, n)) for n in counts]
    drawn = [rng.multinomial(n, np.full(n, 1 / n), ROUNDS).astype(float) for n in counts]
    states = [cube, adapted(cube, present)]
    values = [measures(state, present, deviation, *once) for state in states]
    rounds = [measures(state, present, deviation, *drawn) for state in states]
    result = {}
    for name in values[0]:
        before, after = (float(np.ravel(value[name])[0]) for value in values)
        result[name] = {"before": before, "after": after}
        if np.ndim(rounds[0][name]) == 0:
            continue
        apart = rounds[1][name] - rounds[0][name]
        # Around the difference: replicates of shares and of the worst language are biased.
        low, high = np.percentile(apart, [2.5, 97.5]) - (apart.mean() - (after - before))
        result[name] |= {"low": low, "high": high}
    return result


def main():
    facts = json.loads((HERE / "random-facts.json").read_text())
    cube = unit(np.array(facts["raw"]))
    rng = np.random.default_rng(7)
    everywhere = np.ones(cube.shape[:2], dtype=bool)
    language, fact = np.indices(everywhere.shape)
    holes = (5 * language + 3 * fact) % 7 > 0
    found = {
        "madeBy": f"NumPy {np.__version__}",
        "rerun": "/usr/bin/python3 test/golden/lab.py",
        "mexaAt": MEXA_AT,
        "complete": judged(cube, everywhere, rng),
        "withHoles": judged(np.where(holes[..., None], cube, 0), holes, rng),
    }
    (HERE / "lab.json").write_text(laid_out(plain(found)) + "\n")


if __name__ == "__main__":
    main()
