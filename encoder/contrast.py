"""The training loss."""

import torch

SCALE = 16.0
"""Inverse temperature."""
BLOCK = 512
"""Anchors whose similarities are held at a time: a block of them stays in the processor's cache."""


class Contrast(torch.autograd.Function):
    """Mean cross-entropy of finding a text's translation among all texts of the batch (NT-Xent, Chen et al. 2020).

    x: [2n + m, d] unit vectors: n texts, their n translations in the same order, m corrupted renderings that nobody's
    translation is. Each of the 2n texts is told from 2n + m - 2 negatives, those of its own side among them: a translation
    must be nearer than any text of the same language (strong alignment, Roy et al. 2020). Cosines are bounded, so no
    maximum is subtracted before the exponential. The gradient is made in the same pass; the matrix is never whole.
    """

    @staticmethod
    def forward(ctx, x: torch.Tensor, pairs: int) -> torch.Tensor:
        low = x.to(torch.bfloat16)
        anchors = torch.arange(2 * pairs)
        partner = (anchors + pairs) % (2 * pairs)
        gradient, loss = torch.zeros_like(x), x.new_zeros(())
        for rows in anchors.split(BLOCK):
            weight = (low[rows] @ low.T).float().mul_(SCALE)
            block = torch.arange(len(rows))
            loss -= weight[block, partner[rows]].sum()
            weight.exp_()
            weight[block, rows] = 0
            total = weight.sum(1, keepdim=True)
            loss += total.log().sum()
            weight.div_(total)
            weight[block, partner[rows]] -= 1
            weight = weight.to(torch.bfloat16)
            gradient[rows] += (weight @ low).float()
            gradient += (weight.T @ low[rows]).float()
        ctx.save_for_backward(gradient.mul_(SCALE / (2 * pairs)))
        return loss / (2 * pairs)

    @staticmethod
    def backward(ctx, output: torch.Tensor) -> tuple[torch.Tensor, None]:
        return output * ctx.saved_tensors[0], None
