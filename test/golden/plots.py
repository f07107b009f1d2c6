"""Writes plots.json: what the plots compute by themselves, with SciPy.

    /usr/bin/python3 test/golden/plots.py
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform
from scipy.stats import gaussian_kde

rng = np.random.default_rng(11)
points = rng.normal(size=(12, 3))
distances = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1)).round(6)
steps = linkage(squareform(distances), method="average")

drifts = np.exp(rng.normal(-1.6, 0.5, size=40)).round(5)
places = np.linspace(0, 1.2, 25)
density = gaussian_kde(drifts, bw_method="silverman")

golden = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "linkage": {
        "size": len(points),
        "distances": distances.ravel().tolist(),
        "merges": [{"pair": sorted((int(a), int(b))), "height": height} for a, b, height, _ in steps],
    },
    "density": {
        "values": drifts.tolist(),
        "bandwidth": float(density.factor * drifts.std(ddof=1)),
        "low": 0,
        "high": 1.2,
        "at": density(places).tolist(),
    },
}
Path(__file__).with_name("plots.json").write_text(json.dumps(golden) + "\n")
