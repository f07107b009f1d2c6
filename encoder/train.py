"""Trains the encoder by contrast: first the table of piece vectors alone, then the layers on top, table included.

Usage: python3 encoder/train.py RUN table|context [--steps N] [--pairs N]
Needs what prepare.py wrote to RUN. `table` writes RUN/table.npy; `context` reads it and writes RUN/encoder.pt. Seeded.
"""

import argparse
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from contrast import Contrast
from corpus import MAX_TOKENS
from corruption import Corruption
from model import Encoder
from sampling import Pairs

ONE_SOURCE, ENGLISH = 0.5, 0.9
"""Shares of batches whose negatives come from one source, and whose side a is English."""
CHUNK_TOKENS = 8192
"""Padded tokens that run through the layers at a time."""
AVERAGED = 0.6
"""Share of the trained weights in the average of the table alone and the table with layers."""
CORRUPTED = 0.5
"""Corrupted renderings among the negatives, for each pair."""


class DenseAdam:
    """Adam (Kingma & Ba 2015) in place, for one large table: no temporary copies of it."""

    def __init__(self, weight: torch.Tensor, betas: tuple[float, float] = (0.9, 0.999)):
        self.weight, self.betas, self.steps = weight, betas, 0
        self.mean, self.square = torch.zeros_like(weight), torch.zeros_like(weight)

    @torch.no_grad()
    def step(self, rate: float) -> None:
        gradient, (first, second) = self.weight.grad, self.betas
        self.steps += 1
        self.mean.mul_(first).add_(gradient, alpha=1 - first)
        self.square.mul_(second).addcmul_(gradient, gradient, value=1 - second)
        scale = torch.sqrt(self.square, out=gradient).mul_((1 - second**self.steps) ** -0.5).add_(1e-8)
        self.weight.addcdiv_(self.mean, scale, value=-rate / (1 - first**self.steps))
        self.weight.grad = None


def ahead(make: Callable[[], object], count: int) -> Iterator:
    """`count` results of `make`, drawn in a thread while the caller works."""
    ready: queue.Queue = queue.Queue(maxsize=4)
    threading.Thread(target=lambda: [ready.put(make()) for _ in range(count)], daemon=True).start()
    return (ready.get() for _ in range(count))


def schedule(step: int, steps: int, warm_up: int) -> float:
    """Share of the peak learning rate: a linear rise, then a linear fall to nothing."""
    return min((step + 1) / warm_up, (steps - step) / (steps - warm_up))


class Progress:
    def __init__(self) -> None:
        self.started, self.loss = time.time(), None

    def __call__(self, step: int, loss: float) -> None:
        self.loss = loss if self.loss is None else 0.98 * self.loss + 0.02 * loss
        if step % 100 == 99:
            print(f"step {step + 1}  {time.time() - self.started:.0f} s  loss {self.loss:.3f}", flush=True)


def train_table(run: Path, options: argparse.Namespace) -> None:
    """Mean of piece vectors alone: cheap steps that settle what each piece means."""
    pairs, progress = Pairs(run, options.seed), Progress()

    def batch() -> tuple[int, torch.Tensor, torch.Tensor]:
        a, b = pairs(options.pairs, ONE_SOURCE, ENGLISH)
        return len(a), *map(torch.from_numpy, pairs.bag(np.concatenate([a, b])))

    table = Encoder(options.vocabulary).table.weight.detach().clone().requires_grad_()
    optimizer = DenseAdam(table)
    for step, (count, tokens, starts) in enumerate(ahead(batch, options.steps)):
        vectors = F.normalize(F.embedding_bag(tokens, table, starts, mode="mean"), dim=-1)
        loss = Contrast.apply(vectors, count)
        loss.backward()
        optimizer.step(3e-2 * schedule(step, options.steps, 100))
        progress(step, loss.item())
    np.save(run / "table.npy", table.detach().numpy())


def padded(lengths: np.ndarray, tokens: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Chunks of texts of like length: (their numbers, [texts, longest] places of their tokens; the last place is padding).

    `lengths` are those of texts that lie one after the other; a chunk holds at most `tokens` places.
    """
    order, starts, first = np.argsort(lengths, kind="stable"), np.cumsum(lengths) - lengths, 0
    while first < len(order):
        last = first + 1
        while last < len(order) and lengths[order[last]] * (last + 1 - first) <= tokens:
            last += 1
        chosen = order[first:last]
        place = np.arange(lengths[chosen[-1]])[None]
        places = np.where(place < lengths[chosen, None], starts[chosen, None] + place, lengths.sum())
        yield torch.from_numpy(chosen), torch.from_numpy(places)
        first = last


def encode(model: Encoder, tokens: torch.Tensor, lengths: np.ndarray) -> torch.Tensor:
    """Unit vectors of texts that lie one after the other in `tokens`; the table is read (and its gradient made) once."""
    pieces = torch.cat([model.table(tokens), torch.zeros(1, model.table.embedding_dim)])
    vectors, numbers = [], []
    for chosen, places in padded(lengths, CHUNK_TOKENS):
        with torch.autocast("cpu", torch.bfloat16):
            vectors.append(model.contextualize(pieces[places], places < len(tokens))[0])
        numbers.append(chosen)
    return torch.cat(vectors)[torch.cat(numbers).argsort()]


@torch.no_grad()
def average(model: Encoder, start: torch.Tensor, share: float) -> None:
    """Moves the model back towards the table it started from (weight averaging, Wortsman et al. 2022).

    The layers started with outputs of zero, so the table alone is a point of the same space: short texts gain from the
    layers, long ones from the table, and the average keeps most of both.
    """
    model.table.weight.lerp_(start, 1 - share)
    model.position.weight.mul_(share)
    for layer in model.layers:
        for last in (layer.attended, layer.output):
            last.weight.mul_(share)
            last.bias.mul_(share)


def train_context(run: Path, options: argparse.Namespace) -> None:
    """Table and layers together, with corrupted renderings among the negatives."""
    pairs, progress = Pairs(run, options.seed + 1), Progress()
    corruption = Corruption(run, pairs.languages, pairs.rng)

    def batch() -> tuple[int, torch.Tensor, np.ndarray]:
        a, b = pairs(options.pairs, ONE_SOURCE, ENGLISH)
        rows = np.concatenate([a, b])
        texts = [pairs.text(row) for row in rows]
        for i in pairs.rng.choice(len(rows), round(CORRUPTED * len(a)), replace=False):
            texts.append(corruption(texts[i], pairs.language[rows[i]], pairs.another(rows[i])))
        texts = [text[:MAX_TOKENS] for text in texts]
        return len(a), torch.from_numpy(np.concatenate(texts).astype(np.int64)), np.array([len(text) for text in texts])

    model, start = Encoder(options.vocabulary), torch.from_numpy(np.load(run / "table.npy"))
    model.table.weight.data.copy_(start)
    layers = [parameter for name, parameter in model.named_parameters() if name != "table.weight"]
    table, optimizer = DenseAdam(model.table.weight), torch.optim.AdamW(layers, betas=(0.9, 0.98), weight_decay=0.01)
    for step, (count, tokens, lengths) in enumerate(ahead(batch, options.steps)):
        loss = Contrast.apply(encode(model, tokens, lengths), count)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(layers, 1.0)
        rate = schedule(step, options.steps, 100)
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * rate
        optimizer.step()
        optimizer.zero_grad()
        table.step(3e-3 * rate)
        progress(step, loss.item())
    average(model, start, AVERAGED)
    torch.save(model.state_dict(), run / "encoder.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("phase", choices=["table", "context"])
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--pairs", type=int, default=3072)
    parser.add_argument("--vocabulary", type=int, default=64_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    (train_table if options.phase == "table" else train_context)(options.run, options)


if __name__ == "__main__":
    main()
