"""Vectors of the reference texts by another implementation: SentencePiece tokens and a NumPy forward pass in double precision.

Usage: python3 encoder/reference.py SP_MODEL MODEL_FOLDER > MODEL_FOLDER/reference.json
Needs numpy, onnx (to read the weights) and sentencepiece. The page and the shell compare what their device makes of the
same texts with these vectors before they trust it.
"""

import json
import math
import re
import sys
import unicodedata
from pathlib import Path

import numpy as np
import onnx
import sentencepiece
from onnx import numpy_helper

HEADS, MAX_TOKENS = 4, 62


def reference_texts() -> list[str]:
    source = Path(__file__).parent.parent / "src/core/reference-texts.ts"
    return re.findall(r"^  '(.*)',$", source.read_text(encoding="utf-8"), flags=re.M)


def weights_of(folder: Path) -> dict[str, np.ndarray]:
    graph = onnx.load(str(folder / "onnx/model.onnx")).graph
    raw = {w.name: numpy_helper.to_array(w).astype(np.float64) for w in graph.initializer}
    matrices = sorted((n for n in raw if n.startswith("onnx::MatMul")), key=lambda n: int(re.findall(r"\d+", n)[0]))
    names = [f"blocks.{layer}.{part}.weight" for layer in range(len(matrices) // 4) for part in ("qkv", "o", "f1", "f2")]
    named = {name: raw[matrix] for name, matrix in zip(names, matrices)}
    return {**raw, **named, "table": raw["table_q"] * raw["table_scale"]}


def layer_norm(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5) * weight + bias


def forward(w: dict[str, np.ndarray], tokens: list[int]) -> np.ndarray:
    x = w["table"][tokens] + w["pos.weight_h"][: len(tokens)]
    n, d = x.shape
    layers = sum(name.endswith("qkv.bias") for name in w)
    erf = np.vectorize(math.erf)
    for layer in range(layers):
        part = lambda name: w[f"blocks.{layer}.{name}"]
        h = layer_norm(x, part("n1.weight"), part("n1.bias")) @ part("qkv.weight") + part("qkv.bias")
        q, k, v = (y.reshape(n, HEADS, d // HEADS).transpose(1, 0, 2) for y in np.split(h, 3, axis=1))
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(d // HEADS)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        attended = (scores / scores.sum(-1, keepdims=True)) @ v
        x = x + attended.transpose(1, 0, 2).reshape(n, d) @ part("o.weight") + part("o.bias")
        h = layer_norm(x, part("n2.weight"), part("n2.bias")) @ part("f1.weight") + part("f1.bias")
        h = 0.5 * h * (1 + erf(h / math.sqrt(2)))
        x = x + h @ part("f2.weight") + part("f2.bias")
    pooled = x.mean(0)
    return pooled / np.linalg.norm(pooled)


def main() -> None:
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=sys.argv[1])
    weights = weights_of(Path(sys.argv[2]))
    texts = reference_texts()
    vectors = []
    for text in texts:
        tokens = tokenizer.encode(unicodedata.normalize("NFKC", text).lower())[:MAX_TOKENS]
        vectors.append([round(float(value), 7) for value in forward(weights, tokens)])
    made_by = f"NumPy {np.__version__} in double precision, SentencePiece {sentencepiece.__version__}"
    json.dump({"madeBy": made_by, "texts": texts, "vectors": vectors}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
