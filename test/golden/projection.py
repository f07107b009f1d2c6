"""Golden numbers for the tests of the projection: its curve, its graph, and the judgement of a picture.

Everything is computed from the published formulas (McInnes, Healy and Melville 2018; Venna and Kaski 2006) with plain
NumPy, or by SciPy and scikit-learn, in double precision; nothing is shared with the code under test. To make them again,
from the root of the repository, after make_golden.py:

    /usr/bin/python3 test/golden/projection.py
"""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.optimize import brentq, curve_fit
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

HERE = Path(__file__).resolve().parent
MIN_DIST, SPREAD = 0.1, 1.0


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def curve():
    """a and b of 1 / (1 + a x^2b) that fit exp(-(x - min_dist) / spread), flat up to min_dist."""
    x = np.linspace(0, 3 * SPREAD, 300)
    y = np.where(x < MIN_DIST, 1.0, np.exp(-(x - MIN_DIST) / SPREAD))
    return list(curve_fit(lambda x, a, b: 1 / (1 + a * x ** (2 * b)), x, y)[0])


def sigma_of(far, rho, least):
    """Root of the sum of memberships, or its lower bound where even sigma 0 gives too much."""
    target = np.log2(len(far) + 1)
    excess = lambda sigma: np.exp(-np.maximum(0, far - rho) / sigma).sum() - target
    if (far <= rho).sum() >= target:
        return least
    return max(least, brentq(excess, 1e-12, 1e6, xtol=1e-15))


def fuzzy(indices, distances):
    """Weights of the symmetric graph, dense. indices, distances: [n, k], the point itself left out."""
    n, k = indices.shape
    directed = np.zeros((n, n))
    for i in range(n):
        far = distances[i]
        rho = far[far > 0].min() if (far > 0).any() else 0.0
        mean = far.sum() / (k + 1) if rho > 0 else distances.sum() / (n * (k + 1))
        sigma = sigma_of(far, rho, 1e-3 * mean)
        with np.errstate(invalid="ignore", divide="ignore"):
            directed[i, indices[i]] = np.where(far <= rho, 1.0, np.exp(-(far - rho) / sigma))
    return directed + directed.T - directed * directed.T


def graph_case(name, rows, k):
    """rows: [n, d], any length. Neighbours by cosine, equal ones in index order."""
    cosines = unit(rows) @ unit(rows).T
    np.fill_diagonal(cosines, -np.inf)
    indices = np.argsort(-cosines.round(12), axis=1, kind="stable")[:, :k]
    # Distances are given to the code under test in single precision, and as 1 - cosine of such.
    near = np.take_along_axis(cosines, indices, 1).astype(np.float32)
    distances = 1 - near.astype(float)
    distances[distances <= 1e-6] = 0
    weights = fuzzy(indices, distances)
    heads, tails = np.nonzero(weights)
    return {
        "name": name,
        "rows": len(rows),
        "k": k,
        "indices": indices.ravel().tolist(),
        "cosines": near.ravel().astype(float).tolist(),
        "offsets": np.searchsorted(heads, np.arange(len(rows) + 1)).tolist(),
        "targets": tails.tolist(),
        "weights": weights[heads, tails].tolist(),
    }


def graphs():
    rng = np.random.default_rng(7)
    cloud = rng.normal(size=(40, 6))
    copies = np.repeat(rng.normal(size=(8, 6)), 5, axis=0)
    far = np.concatenate([rng.normal(size=(12, 6)) * 0.1 + side for side in (np.eye(6)[0], np.eye(6)[1], np.eye(6)[2])])
    return [
        graph_case("a cloud", cloud, 10),
        graph_case("texts that stand there five times, fewer neighbours than copies", copies, 3),
        graph_case("texts that stand there five times, more neighbours than copies", copies, 7),
        graph_case("equal vectors", np.ones((6, 3)), 4),
        graph_case("three groups without an edge between them", far, 5),
        graph_case("one neighbour each", cloud[:9], 1),
        graph_case("all others as neighbours", cloud[:6], 5),
    ]


def picture_quality():
    facts = json.loads((HERE / "random-facts.json").read_text())
    raw = np.array(facts["raw"])
    rows = unit(raw).transpose(1, 0, 2)[:38].reshape(-1, raw.shape[2])
    picture = np.array(facts["picture"])
    nearest = lambda points, k: NearestNeighbors(n_neighbors=k + 1).fit(points).kneighbors(return_distance=False, n_neighbors=k)
    cases = []
    for k, wide in ((3, 5), (10, 15), (25, 25)):
        both = zip(nearest(rows, wide), nearest(picture, wide))
        cases.append(
            {
                "k": k,
                "wide": wide,
                "trustworthiness": trustworthiness(rows, picture, n_neighbors=k, metric="cosine"),
                # What is trustworthiness of the picture is continuity of the way back; unit rows order alike by both metrics.
                "continuity": trustworthiness(picture, rows, n_neighbors=k),
                "recall": float(np.mean([len(set(a) & set(b)) / wide for a, b in both])),
            }
        )
    return cases


result = {
    "madeBy": f"NumPy {np.__version__}, SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}",
    "rerun": "/usr/bin/python3 test/golden/projection.py",
    "curve": curve(),
    "graphs": graphs(),
    "quality": picture_quality(),
}
(HERE / "projection.json").write_text(json.dumps(result))
print(result["curve"], [case["recall"] for case in result["quality"]])
