"""The encoder: a table of piece vectors, pre-norm transformer layers on top, mean pooling inside."""

import torch
import torch.nn.functional as F
from torch import nn

from corpus import MAX_TOKENS


class Layer(nn.Module):
    """Pre-norm self-attention and feed-forward. Both outputs start at zero: an untrained layer changes nothing."""

    def __init__(self, width: int, heads: int, hidden: int):
        super().__init__()
        self.heads = heads
        self.norm_attention, self.norm_hidden = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.attended = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.hidden, self.output = nn.Linear(width, hidden), nn.Linear(hidden, width)
        for last in (self.attended, self.output):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        (texts, tokens), width = x.shape[:2], self.attended.out_features
        split = (texts, tokens, self.heads, width // self.heads)
        q, k, v = (part.reshape(split).transpose(1, 2) for part in self.qkv(self.norm_attention(x)).split(width, -1))
        weights = torch.softmax(q @ k.transpose(2, 3) * split[3] ** -0.5 + bias, -1)
        x = x + self.attended((weights.to(v.dtype) @ v).transpose(1, 2).reshape(texts, tokens, width))
        return x + self.output(F.gelu(self.hidden(self.norm_hidden(x))))


class Encoder(nn.Module):
    def __init__(self, vocabulary: int, width: int = 256, layers: int = 3, heads: int = 4, hidden: int = 512):
        super().__init__()
        self.table = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(MAX_TOKENS, width)
        nn.init.normal_(self.table.weight, std=0.1)
        nn.init.zeros_(self.position.weight)
        self.layers = nn.ModuleList(Layer(width, heads, hidden) for _ in range(layers))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """[B, T] ids and mask -> (unit vectors [B, d], mean-pooled table and layer outputs [B, layers + 1, d])."""
        return self.contextualize(self.table(input_ids), attention_mask)

    def contextualize(self, x: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The same from piece vectors [B, T, d]."""
        mask = attention_mask.to(torch.float32)
        bias = ((1 - mask) * -1e4)[:, None, None, :]
        x = x + self.position.weight[: x.shape[1]]
        share = (mask / mask.sum(1, keepdim=True))[:, :, None]
        pooled = [(x * share).sum(1)]
        for layer in self.layers:
            x = layer(x, bias)
            pooled.append((x * share).sum(1))
        return pooled[-1] / pooled[-1].norm(dim=-1, keepdim=True), torch.stack(pooled, 1)
