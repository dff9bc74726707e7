# SPDX-License-Identifier: GPL-3.0-or-later
"""The llama form in PyTorch: RMSNorm, rotary on neighbouring pairs, grouped-query attention, SwiGLU, tied head."""

import math
from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional

import fused


@dataclass
class Shape:
    """Sizes of a model; all of them multiples of 32 where Q8_0 blocks lie along them."""

    vocabulary: int = 4096
    dim: int = 256
    layers: int = 6
    heads: int = 8
    kv_heads: int = 4
    hidden: int = 704
    context: int = 768
    rope_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head_size(self):
        return self.dim // self.heads

    def to_dict(self):
        return asdict(self)


def rotations(shape, length, device):
    """Cosines and sines, (length, head_size / 2)."""
    pair = torch.arange(0, shape.head_size, 2, device=device, dtype=torch.float32)
    angle = torch.outer(torch.arange(length, device=device, dtype=torch.float32), shape.rope_base ** (-pair / shape.head_size))
    return angle.cos(), angle.sin()


def rotate(x, cos, sin):
    """Rotates the neighbouring pairs (2p, 2p+1) of x, (batch, heads, length, head_size)."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


class RmsNorm(nn.Module):
    def __init__(self, dim, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.epsilon = epsilon

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.weight


class Block(nn.Module):
    def __init__(self, shape):
        super().__init__()
        kv = shape.kv_heads * shape.head_size
        self.shape = shape
        self.attn_norm = RmsNorm(shape.dim, shape.epsilon)
        self.attn_q = nn.Linear(shape.dim, shape.dim, bias=False)
        self.attn_k = nn.Linear(shape.dim, kv, bias=False)
        self.attn_v = nn.Linear(shape.dim, kv, bias=False)
        self.attn_output = nn.Linear(shape.dim, shape.dim, bias=False)
        self.ffn_norm = RmsNorm(shape.dim, shape.epsilon)
        self.ffn_gate = nn.Linear(shape.dim, shape.hidden, bias=False)
        self.ffn_up = nn.Linear(shape.dim, shape.hidden, bias=False)
        self.ffn_down = nn.Linear(shape.hidden, shape.dim, bias=False)

    def attend(self, x, cos, sin, mask):
        shape = self.shape
        batch, length, _ = x.shape
        q = self.attn_q(x).view(batch, length, shape.heads, shape.head_size).transpose(1, 2)
        k = self.attn_k(x).view(batch, length, shape.kv_heads, shape.head_size).transpose(1, 2)
        v = self.attn_v(x).view(batch, length, shape.kv_heads, shape.head_size).transpose(1, 2)
        cos, sin = cos.to(q.dtype), sin.to(q.dtype)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        repeat = shape.heads // shape.kv_heads
        k = k.repeat_interleave(repeat, 1)
        v = v.repeat_interleave(repeat, 1)
        if x.is_cuda:
            out = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            scores = torch.matmul(q * (1 / math.sqrt(shape.head_size)), k.transpose(-1, -2))
            out = torch.matmul(torch.softmax(scores + mask.to(scores.dtype), -1, dtype=scores.dtype), v)
        return self.attn_output(out.transpose(1, 2).reshape(batch, length, shape.dim))

    def forward_fused(self, x, h, cos, sin, following, chosen=None):
        """As `forward`, for training on a CPU in bfloat16. `h` is x normalised for this block; returns the same for `following`, a norm.

        With `chosen` only of these places, one row each: where nothing is learnt, the last block need not go on.
        """
        attended = fused.Attend.apply(self.attn_q(h), self.attn_k(h), self.attn_v(h), cos, sin)
        if chosen is not None:
            x, attended = x[chosen], attended[chosen]
        attended = self.attn_output(attended)
        x, h = fused.AddNorm.apply(x, attended, self.ffn_norm.weight, self.ffn_norm.epsilon)
        return fused.AddNorm.apply(x, self.ffn_down(fused.Gate.apply(self.ffn_gate(h), self.ffn_up(h))), following.weight, following.epsilon)

    def forward(self, x, cos, sin, mask):
        x = x + self.attend(self.attn_norm(x), cos, sin, mask)
        h = self.ffn_norm(x)
        return x + self.ffn_down(functional.silu(self.ffn_gate(h)) * self.ffn_up(h))


class Reader(nn.Module):
    """`forward` returns the normalised states, of the `chosen` places only where they are given; `logits` applies the tied head."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.fused = False  # set by training on a CPU
        self.token_embd = nn.Embedding(shape.vocabulary, shape.dim)
        self.blocks = nn.ModuleList([Block(shape) for _ in range(shape.layers)])
        self.output_norm = RmsNorm(shape.dim, shape.epsilon)
        nn.init.normal_(self.token_embd.weight, std=0.02)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2 and not name.startswith("token_embd"):
                std = 0.02 if shape.dim >= 512 else 1 / math.sqrt(3 * shape.dim)
                if "attn_output" in name or "ffn_down" in name:
                    std /= math.sqrt(2 * shape.layers)
                nn.init.normal_(parameter, std=std)

    def forward(self, tokens, chosen=None):
        length = tokens.shape[1]
        cos, sin = rotations(self.shape, length, tokens.device)
        if self.fused and self.training:
            x = self.token_embd(tokens)
            norms = [block.attn_norm for block in self.blocks] + [self.output_norm]
            h = fused.Norm.apply(x, norms[0].weight, norms[0].epsilon)
            for block, following in zip(self.blocks, norms[1:]):
                x, h = block.forward_fused(x, h, cos, sin, following, chosen if block is self.blocks[-1] else None)
            return h
        mask = torch.full((length, length), float("-inf"), device=tokens.device).triu(1)
        x = self.token_embd(tokens)
        for block in self.blocks:
            x = block(x, cos, sin, mask)
        states = self.output_norm(x)
        return states if chosen is None else states[chosen]

    def logits(self, states):
        return functional.linear(states, self.token_embd.weight)
