"""Golden numbers for the tests of metrics, statistics, analysis and projection.

Everything is computed from the definitions with plain NumPy, or by SciPy and scikit-learn, in double precision; nothing
is shared with the code under test. The results are checked in. To make them again, from the root of the repository:

    /usr/bin/python3 test/golden/make_golden.py

It needs numpy, scipy and scikit-learn.
"""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.spatial import procrustes
from scipy.stats import binomtest
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.preprocessing import StandardScaler

HERE = Path(__file__).resolve().parent
TIE_MARGIN = 1e-6
HEAD = {
    "madeBy": f"NumPy {np.__version__}, SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}",
    "rerun": "/usr/bin/python3 test/golden/make_golden.py",
}


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def pair_numbers(x, y, zx, zy):
    """Numbers of one language pair. x, y: unit rows [n, d]; zx, zy: the same, z-scored."""
    n = len(x)
    cosines = x @ y.T
    off = ~np.eye(n, dtype=bool)
    matched = np.diag(cosines)
    rivals = np.where(off, cosines, -np.inf)
    row_rival, column_rival = rivals.max(1), rivals.max(0)
    ranks_forth = 1 + (rivals > matched[:, None] + TIE_MARGIN).sum(1)
    ranks_back = 1 + (rivals > matched[None, :] + TIE_MARGIN).sum(0)
    best_rival = np.maximum(row_rival, column_rival)
    floor = cosines[off].mean() if n > 1 else np.nan
    total = ((zx - zy) ** 2).mean()
    centroid = ((zx.mean(0) - zy.mean(0)) ** 2).mean()
    residual = (((zx - zx.mean(0)) - (zy - zy.mean(0))) ** 2).mean()
    assert abs(total - centroid - residual) < 1e-12
    return {
        "facts": n,
        "meanCosine": matched.mean(),
        "floor": floor,
        "calibrated": (matched.mean() - floor) / (1 - floor),
        "precisionAToB": (ranks_forth == 1).mean(),
        "precisionBToA": (ranks_back == 1).mean(),
        "ranksAToB": ranks_forth,
        "ranksBToA": ranks_back,
        "mexa": (matched > best_rival + TIE_MARGIN).mean(),
        "ties": int((np.abs(matched - best_rival) <= TIE_MARGIN).sum()),
        "rivalInB": row_rival,
        "rivalInA": column_rival,
        "bias": total,
        "biasCentroid": centroid,
        "biasResidual": residual,
    }


def variance_shares(cube):
    """Two-way analysis of variance. cube: unit rows [L, n, d] of complete facts, z-scored with their own scaler."""
    languages, facts, d = cube.shape
    z = StandardScaler().fit_transform(cube.reshape(-1, d)).reshape(cube.shape)
    fact_means, language_means = z.mean(0), z.mean(1)
    interaction = z - fact_means[None] - language_means[:, None]
    parts = {
        "fact": (fact_means**2).sum(1).mean() / d,
        "language": (language_means**2).sum(1).mean() / d,
        "interaction": (interaction**2).sum(2).mean() / d,
    }
    assert abs(sum(parts.values()) - (z**2).mean()) < 1e-12
    return {name: value / (z**2).mean() for name, value in parts.items()} | {"facts": facts}


def centroid_distances(cube, present):
    """1 - cosine of each rendering with the mean of the fact's other renderings; None for a hole. [facts, L]"""
    languages, facts, _ = cube.shape
    table = []
    for i in range(facts):
        line = []
        for l in range(languages):
            others = [k for k in range(languages) if k != l and present[k, i]]
            if not present[l, i] or not others:
                line.append(None)
                continue
            mean = cube[others, i].mean(0)
            line.append(1 - cube[l, i] @ mean / np.linalg.norm(mean) / np.linalg.norm(cube[l, i]))
        table.append(line)
    return table


def analyze(raw, present):
    """All numbers of a corpus. raw: [L, N, d], any length; present: [L, N]. A pair without a shared fact is left out."""
    cube = unit(raw)
    languages = len(cube)
    scaler = StandardScaler().fit(cube[present])
    z = ((cube.reshape(-1, cube.shape[2]) - scaler.mean_) / scaler.scale_).reshape(cube.shape)
    pairs = []
    for a, b in combinations(range(languages), 2):
        both = present[a] & present[b]
        if both.any():
            numbers = pair_numbers(cube[a, both], cube[b, both], z[a, both], z[b, both])
            pairs.append({"a": a, "b": b, **numbers})
    complete = present.all(0)
    return {
        "pairs": pairs,
        "variance": variance_shares(cube[:, complete]) if complete.sum() > 1 else None,
        "centroidDistance": centroid_distances(cube, present),
    }


def three_languages():
    """The hand-sized example of the metrics' definitions, checked against the numbers printed there."""
    raw = np.array(
        [
            [[2, 1, 0, 0], [0, 2, 1, 0], [0, 0, 2, 1], [1, 0, 0, 2], [1, 1, 1, 0]],
            [[2, 1, 0, 1], [0, 2, 1, 1], [0, 0, 2, 2], [1, 0, 1, 2], [1, 1, 0, 1]],
            [[1, 0, 1, 1], [0, 1, 2, 0], [1, 0, 1, 2], [0, 2, 0, 2], [2, 1, 1, 1]],
        ]
    )
    result = analyze(raw.astype(float), np.ones((3, 5), bool))
    en_de, en_sw, de_sw = result["pairs"]
    printed = [
        (en_de, [0.870793, 0.470020, 0.8, 0.8, 0.8, 0.669318, 0.275883, 0.393436]),
        # Printed there: 0.4 back, where an argmax broke the tie of sw's fourth fact (0.632456 twice); by rank it is a hit.
        (en_sw, [0.710404, 0.519464, 0.4, 0.6, 0.2, 1.461346, 0.163704, 1.297642]),
    ]
    names = ["meanCosine", "floor", "precisionAToB", "precisionBToA", "mexa", "bias", "biasCentroid", "biasResidual"]
    for pair, numbers in printed:
        assert np.allclose([pair[name] for name in names], numbers, rtol=0, atol=6e-7), (pair, numbers)
    assert np.allclose([de_sw[name] for name in names[5:]], [1.258166, 0.083574, 1.174591], rtol=0, atol=6e-7)
    assert list(en_de["ranksAToB"]) == [1, 1, 1, 1, 3] and list(en_sw["ranksAToB"]) == [2, 1, 3, 4, 1]
    shares = [result["variance"][name] for name in ("fact", "language", "interaction")]
    assert np.allclose(shares, [0.623463, 0.058129, 0.318408], rtol=0, atol=6e-7), shares
    mean_bias = np.mean([pair["bias"] for pair in result["pairs"]])
    assert abs(mean_bias - 1.129610) < 6e-7 and abs(mean_bias - 3 * (1 - shares[0])) < 1e-12
    return {**HEAD, "languages": ["en", "de", "sw"], "raw": raw, **result}


def pca_picture(rows):
    """Two principal components of the rows; the largest loading of each is positive."""
    fitted = PCA(n_components=2, svd_solver="full").fit(rows)
    signs = [np.sign(axis[np.abs(axis).argmax()]) for axis in fitted.components_]
    return fitted.transform(rows) * signs


def random_facts():
    """Facts with a decaying spectrum, language offsets and growing noise; two facts are duplicates, some cells holes."""
    rng = np.random.default_rng(20240)
    languages, facts, d = 5, 40, 24
    spectrum = 1.4 * 0.9 ** np.arange(d)
    turn = np.linalg.qr(rng.normal(size=(d, d)))[0]
    shared = rng.normal(size=(facts, d)) * spectrum
    offsets = 0.35 * rng.normal(size=(languages, 1, d))
    noise = np.array([0.15, 0.3, 0.45, 0.7, 1.0])[:, None, None] * rng.normal(size=(languages, facts, d))
    raw = (shared + offsets + noise) @ turn
    raw[:, 38] = raw[:, 3]
    raw[[0, 2], 39] = raw[[0, 2], 12]
    raw = raw.round(6)
    present = rng.random((languages, facts)) > 0.15
    # Language 3 and 4 share nothing; fact 5 stands in one language alone.
    present[3, 20:] = False
    present[4, :20] = False
    present[:, 5] = [True, False, False, False, False]
    assert (present[3] & present[4]).sum() == 0 and present[:4].all(0).sum() > 3
    everything = np.ones_like(present)

    rows = unit(raw).transpose(1, 0, 2)  # [facts, L, d]
    distinct = rows[:38].reshape(-1, d)
    picture = (pca_picture(distinct) + 0.15 * rng.normal(size=(len(distinct), 2))).round(5)
    return {
        **HEAD,
        "languages": ["en", "de", "ru", "hi", "sw"],
        "raw": raw,
        "complete": analyze(raw, everything),
        "withHoles": {"present": present.astype(int), **analyze(raw, present)},
        "fourWithHoles": analyze(raw[:4], present[:4]),
        # Rows fact by fact, languages in order.
        "principalComponents": pca_picture(rows.reshape(-1, d)),
        # Of the first 38 facts, which have no duplicates: scikit-learn breaks ties of distance arbitrarily.
        "picture": picture,
        "trustworthiness": [
            {"k": k, "value": trustworthiness(distinct, picture, n_neighbors=k, metric="cosine")} for k in (3, 10, 25)
        ],
    }


def sfc32(seed, count):
    """First outputs of PractRand's sfc32, its state filled by splitmix32 and mixed twelve times."""
    mask = 0xFFFFFFFF

    def splitmix32():
        nonlocal seed
        seed = (seed + 0x9E3779B9) & mask
        z = ((seed ^ (seed >> 16)) * 0x21F0AAAD) & mask
        z = ((z ^ (z >> 15)) * 0x735A2D97) & mask
        return z ^ (z >> 15)

    a, b, c, counter = splitmix32(), splitmix32(), splitmix32(), 1
    outputs = []
    for _ in range(12 + count):
        outputs.append((a + b + counter) & mask)
        counter += 1
        a, b = b ^ (b >> 9), (c + (c << 3)) & mask
        c = (((c << 21) | (c >> 11)) + outputs[-1]) & mask
    return outputs[12:]


def statistics():
    """Random numbers, intervals and quantiles, and principal components of a cloud whose leading eigenvalues are close."""
    rng = np.random.default_rng(7)
    counts = [(0, 1), (1, 1), (0, 20), (1, 20), (10, 20), (20, 20), (3, 7), (66, 67), (499, 1000)]
    values = rng.normal(size=11).round(6)
    cloud = rng.normal(size=(60, 8)).round(6)
    return {
        **HEAD,
        "sfc32": [{"seed": seed, "outputs": sfc32(seed, 4)} for seed in (0, 1, 2024, 2**31)],
        "wilson": [
            {"hits": hits, "n": n, "interval": list(binomtest(hits, n).proportion_ci(0.95, method="wilson"))}
            for hits, n in counts
        ],
        "quantiles": {
            "sorted": np.sort(values),
            "table": [{"p": p, "value": np.quantile(values, p, method="linear")} for p in (0, 0.025, 0.1, 0.5, 0.975, 1)],
        },
        "roundCloud": {
            "rows": cloud,
            "eigenvalues": np.linalg.eigvalsh(np.cov(cloud.T))[::-1],
            "principalComponents": pca_picture(cloud),
        },
        "procrustes": aligned_pictures(),
    }


def aligned_pictures():
    """Two pictures of the same points, the second turned (and mirrored), scaled, moved and blurred; SciPy's Procrustes."""
    rng = np.random.default_rng(11)
    onto = rng.normal(size=(30, 2)).round(6) * [3, 1] + [5, -2]
    turn = np.array([[np.cos(1.1), -np.sin(1.1)], [np.sin(1.1), np.cos(1.1)]])
    cases = []
    for mirror in (1, -1):
        picture = (onto @ (turn * [1, mirror]) * 0.3 + [7, 1] + 0.05 * rng.normal(size=onto.shape)).round(6)
        standard_onto, standard_fitted, disparity = procrustes(onto, picture)
        # Back from SciPy's standard frame, in which `onto` has mean 0 and norm 1.
        norm = np.linalg.norm(onto - onto.mean(0))
        assert np.allclose(standard_onto * norm + onto.mean(0), onto)
        cases.append({"picture": picture, "fitted": standard_fitted * norm + onto.mean(0), "misfit": disparity})
    return {"onto": onto, "cases": cases}


def plain(value):
    """NumPy values as JSON's own; numbers to 8 digits, NaN as null."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(inner) for inner in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(f"{value:.8g}")
    return int(value) if isinstance(value, (int, np.integer)) else value


def laid_out(value, indent="\n"):
    """JSON with one line for each list of numbers."""
    if isinstance(value, dict):
        lines = [f"{json.dumps(key)}: {laid_out(inner, indent + '  ')}" for key, inner in value.items()]
        return "{" + indent + "  " + f",{indent}  ".join(lines) + indent + "}"
    if isinstance(value, list) and any(isinstance(inner, (list, dict)) for inner in value):
        return "[" + indent + "  " + f",{indent}  ".join(laid_out(inner, indent + "  ") for inner in value) + indent + "]"
    return json.dumps(value)


def main():
    for make in (three_languages, random_facts, statistics):
        path = HERE / f"{make.__name__.replace('_', '-')}.json"
        path.write_text(laid_out(plain(make())) + "\n")
        print(path)


if __name__ == "__main__":
    main()
