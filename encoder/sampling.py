"""Seeded batches of translation pairs from the packed training data."""

from pathlib import Path

import numpy as np

LANGUAGE_EXPONENT = -0.35
"""A rendering is picked with weight (rows of its language)^this: rare languages come up more often than they are."""
SOURCE_EXPONENT = 0.6
"""A source is picked with weight (its rows)^this."""
WORD_WEIGHT, SENTENCE_TOKENS = 0.4, 6
"""Weight of groups that are words or labels: fewer tokens on average than SENTENCE_TOKENS."""


class Pairs:
    """Pairs of texts (a, b) in different languages that say the same thing."""

    def __init__(self, run: Path, seed: int):
        packed = np.load(run / "packed.npz")
        self.tokens, self.start, self.language = packed["tokens"], packed["text_start"], packed["language"]
        self.groups, self.source = packed["group_start"], packed["source"]
        self.languages = [str(code) for code in packed["languages"]]
        self.english = self.languages.index("en")
        self.rng = np.random.default_rng(seed)
        self.length = np.diff(self.start)
        rows = np.bincount(self.language)
        self.weight = np.concatenate([[0], np.cumsum((rows[self.language] / len(self.language)) ** LANGUAGE_EXPONENT)])
        self.by_language = np.argsort(self.language, kind="stable")
        self.by_language_start = np.concatenate([[0], np.cumsum(rows)])
        size = np.diff(self.groups)
        in_source = np.bincount(self.source, weights=size)
        tokens = np.diff(self.start[self.groups]) / size
        group_weight = np.minimum(size, 16) ** 0.6 * np.where(tokens < SENTENCE_TOKENS, WORD_WEIGHT, 1)
        group_weight *= (in_source ** (SOURCE_EXPONENT - 1))[self.source]
        self.cumulative = np.cumsum(group_weight)
        edges = np.flatnonzero(np.diff(self.source)) + 1
        self.spans = np.stack([np.concatenate([[0], edges]), np.concatenate([edges, [len(size)]])], axis=1)
        ends = self.cumulative[self.spans[:, 1] - 1]
        self.source_share = np.diff(np.concatenate([[0], ends])) / ends[-1]

    def draw(self, low: float, high: float, count: int) -> np.ndarray:
        """Different groups, drawn by weight where the cumulative weight lies in [low, high)."""
        picked = np.searchsorted(self.cumulative, low + self.rng.random(count) * (high - low), side="right")
        return np.unique(np.minimum(picked, len(self.cumulative) - 1))

    def rendering(self, group: np.ndarray) -> np.ndarray:
        low, high = self.weight[self.groups[group]], self.weight[self.groups[group + 1]]
        picked = np.searchsorted(self.weight, low + self.rng.random(len(group)) * (high - low), side="right") - 1
        return np.clip(picked, self.groups[group], self.groups[group + 1] - 1)

    def __call__(self, count: int, one_source: float, english: float) -> tuple[np.ndarray, np.ndarray]:
        """(texts a, texts b), about `count` of each.

        With probability `one_source` most of the batch comes from a single source, so that its negatives are of the same
        kind as its positives. With probability `english`, side a is English wherever the group has an English text: then
        all negatives of side b are of one language.
        """
        group = np.zeros(0, dtype=np.int64)
        if self.rng.random() < one_source:
            first, last = self.spans[self.rng.choice(len(self.spans), p=self.source_share)]
            before = self.cumulative[first - 1] if first else 0
            group = self.draw(before, self.cumulative[last - 1], min(count, (last - first) // 2))
        if len(group) < count:
            group = np.union1d(group, self.draw(0, self.cumulative[-1], count - len(group)))
        self.rng.shuffle(group)
        a, b = self.rendering(group), self.rendering(group)
        if self.rng.random() < english:
            # English rows come first in their group.
            first = self.groups[group]
            a = np.where(self.language[first] == self.english, first, a)
        for _ in range(8):
            same = self.language[a] == self.language[b]
            b[same] = self.rendering(group[same])
        different = self.language[a] != self.language[b]
        return a[different], b[different]

    def text(self, text: int) -> list[int]:
        return self.tokens[self.start[text] : max(self.start[text + 1], self.start[text] + 1)].tolist()

    def another(self, text: int) -> list[int]:
        """A text of the same language, from anywhere in the data."""
        own = self.by_language[self.by_language_start[self.language[text]] : self.by_language_start[self.language[text] + 1]]
        return self.text(own[self.rng.integers(len(own))])

    def bag(self, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(tokens of all texts one after the other, where each text starts)."""
        length = np.maximum(self.length[texts], 1)
        start = np.concatenate([[0], np.cumsum(length)[:-1]])
        position = np.arange(length.sum()) - np.repeat(start, length) + np.repeat(self.start[texts], length)
        return self.tokens[position].astype(np.int64), start
