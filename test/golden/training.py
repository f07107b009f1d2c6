"""Losses of trained adapters, their gradients and AdamW by PyTorch; what T6 is judged by, by NumPy.

Run by hand: python3 test/golden/training.py (torch 1.13, numpy). Writes training.json beside this file.
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
random = np.random.default_rng(7)


def units(*shape):
    x = random.standard_normal(shape).round(4)
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


def numbers(x):
    return np.asarray(x, dtype=np.float64).ravel().round(9).tolist()


N, D, R, TAU = 6, 5, 2, 0.2
raw = units(2, N, D)
raw[0, 1] = raw[0, 0] + 0.05 * units(D)  # one near duplicate, in the first language only
raw[0, 1] /= np.linalg.norm(raw[0, 1])
centred = raw - raw.mean(1, keepdims=True)
centred /= np.linalg.norm(centred, axis=-1, keepdims=True)
raw, centred = raw.astype(np.float32), centred.astype(np.float32)
down = random.standard_normal((3, D, R)).round(4)
up = (0.3 * random.standard_normal((R, D))).round(4)


def parameters():
    return (torch.tensor(down, requires_grad=True), torch.tensor(up, requires_grad=True))


def adapted(c, b, a):
    return F.normalize(c + (c @ b) @ a, dim=-1)


def infonce(shared, same, keep, geometry):
    """Word for word: for each direction a cross entropy over the other language and, if asked, the own one."""
    b, a = parameters()
    x, c = torch.tensor(raw, dtype=torch.float64), torch.tensor(centred, dtype=torch.float64)
    f = [adapted(c[k], b[0 if shared else k], a) for k in (0, 1)]
    loss = torch.zeros(())
    for own, other in ((0, 1), (1, 0)):
        near = x[own] @ x[own].T > 0.95
        for i in range(N):
            terms = [f[own][i] @ f[other][j] for j in range(N) if j == i or not near[i, j]]
            if same:
                terms += [f[own][i] @ f[own][j] for j in range(N) if j != i and not near[i, j]]
            loss = loss + (torch.logsumexp(torch.stack(terms) / TAU, 0) - f[own][i] @ f[other][i] / TAU) / (2 * N)
        loss = loss + keep * ((f[own] - c[own]) ** 2).sum(1).mean() / 2
        loss = loss + geometry * ((f[own] @ f[own].T - c[own] @ c[own].T) ** 2).mean() / 2
    loss.backward()
    return {'shared': shared, 'same': same, 'keep': keep, 'geometry': geometry,
            'loss': loss.item(), 'down': numbers(b.grad), 'up': numbers(a.grad)}


BETA = 0.1
triples = units(3, N, D).astype(np.float32)
noise = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.49])


def preference(kind):
    b, a = parameters()
    c = torch.tensor(triples, dtype=torch.float64)
    q, w, l = (adapted(c[k], b[0], a) for k in range(3))
    h = ((q * w).sum(1) - (q * l).sum(1)) - ((c[0] * c[1]).sum(1) - (c[0] * c[2]).sum(1))
    z = BETA / TAU * h
    eps = torch.tensor(noise if kind == 'conservative' else 0 * noise)
    if kind == 'ipo':
        losses = (h / TAU - 1 / (2 * BETA)) ** 2
    else:
        losses = -(1 - eps) * F.logsigmoid(z) - eps * F.logsigmoid(-z)
    losses.mean().backward()
    return {'kind': kind, 'loss': losses.mean().item(), 'down': numbers(b.grad[0]), 'up': numbers(a.grad)}


def adamw():
    """Three arrays; the second has a gradient at even steps only."""
    start = random.standard_normal((3, 4)).round(3)
    arrays = [torch.tensor(row, requires_grad=True) for row in start]
    gradients = random.standard_normal((12, 3, 4)).round(3)
    optimizer = torch.optim.AdamW(arrays, lr=0.05, weight_decay=0.1)
    for step, rows in enumerate(gradients):
        for k, array in enumerate(arrays):
            array.grad = None if k == 1 and step % 2 else torch.tensor(rows[k])
        torch.nn.utils.clip_grad_norm_(arrays, 1.0)
        optimizer.step()
    return {'start': numbers(start), 'gradients': numbers(gradients), 'end': numbers([a.detach().numpy() for a in arrays])}


def judged():
    """Ten texts, pairs of three groups, two sets of candidates."""
    c = units(10, D).astype(np.float32)
    b, a = 0.4 * random.standard_normal((D, R)).round(3), random.standard_normal((R, D)).round(3)
    f = c + (c @ b) @ a
    f /= np.linalg.norm(f, axis=1, keepdims=True)
    sets = [[4, 5, 6], [7, 8, 9]]
    pairs = [(0, 4, 5, 0, 0), (0, 4, 6, 0, 0), (1, 5, 4, 1, 0), (1, 7, 9, 1, 1), (2, 6, 5, 2, 0), (3, 9, 8, 2, 1)]
    margin = lambda x: np.array([x[q] @ x[w] - x[q] @ x[l] for q, w, l, _, _ in pairs])
    reward = BETA / TAU * (margin(f) - margin(c))

    def policy(x, q, s):
        e = np.exp(x[sets[s]] @ x[q] / TAU)
        return e / e.sum()

    kl = [(policy(f, q, s) * np.log(policy(f, q, s) / policy(c, q, s))).sum()
          for q, s in sorted({(q, s) for q, _, _, _, s in pairs})]
    return {'centred': numbers(c), 'down': numbers(b), 'up': numbers(a), 'sets': sets, 'pairs': pairs,
            'before': (margin(c) > 0).mean(), 'after': (margin(f) > 0).mean(), 'accuracy': (reward > 0).mean(),
            'margin': reward.mean(), 'divergence': np.mean(kl)}


golden = {
    'versions': {'torch': torch.__version__, 'numpy': np.__version__},
    'n': N, 'd': D, 'rank': R, 'temperature': TAU, 'beta': BETA,
    'raw': numbers(raw), 'centred': numbers(centred), 'down': numbers(down), 'up': numbers(up),
    'contrast': [infonce(*case) for case in
                 ((False, True, 0, 0), (True, True, 0, 0), (False, False, 0, 0), (False, True, 0.7, 0.9), (True, False, 0.5, 2.0))],
    'triples': numbers(triples), 'noise': numbers(noise),
    'preference': [preference(kind) for kind in ('dpo', 'conservative', 'ipo')],
    'adamw': adamw(),
    'judged': judged(),
}
target = pathlib.Path(__file__).with_name('training.json')
target.write_text(json.dumps(golden, indent=1) + '\n')
