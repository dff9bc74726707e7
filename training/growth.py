# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a larger model that computes almost the same as a smaller one, to go on training from.

New blocks are copies that add nothing, new heads and new feed-forward units have an output of zero, and new channels are
read by nothing: each begins to matter only as training lets it. Channels of the word vectors start with small random
numbers, so that every word has some place of its own in them; that changes answers a little, the rest not at all.
"""

import math
from dataclasses import replace

import torch
from torch import nn

from model import Reader

_NEW_CHANNEL = 0.1  # of the old ones' size


def _copy(small, large, scale=1.0):
    """`small` into the upper left corner of `large`."""
    if small.dim() == 1:
        large[: small.shape[0]] = small * scale
    else:
        large[: small.shape[0], : small.shape[1]] = small * scale


def _widen_norm(norm, wide, dim):
    # The mean square is over more channels, of which the new ones hold almost nothing.
    share = math.sqrt(dim / wide.weight.shape[0])
    wide.weight.fill_(norm.weight.mean().item() * share)
    _copy(norm.weight, wide.weight, share)


def _widen_block(block, wide, dim):
    _widen_norm(block.attn_norm, wide.attn_norm, dim)
    _widen_norm(block.ffn_norm, wide.ffn_norm, dim)
    for name in ("attn_q", "attn_k", "attn_v", "ffn_gate", "ffn_up"):
        old, new = getattr(block, name).weight, getattr(wide, name).weight
        new.normal_(std=old.std().item())
        new[: old.shape[0], dim:] = 0  # what was there reads only what was there
        _copy(old, new)
    for name in ("attn_output", "ffn_down"):
        old, new = getattr(block, name).weight, getattr(wide, name).weight
        new.zero_()
        _copy(old, new)


@torch.no_grad()
def _widened(reader, shape):
    wide, dim = Reader(replace(shape, layers=len(reader.blocks))), reader.shape.dim
    old = reader.token_embd.weight
    wide.token_embd.weight.normal_(std=_NEW_CHANNEL * old.std().item())
    _copy(old, wide.token_embd.weight)
    _widen_norm(reader.output_norm, wide.output_norm, dim)
    for block, wide_block in zip(reader.blocks, wide.blocks):
        _widen_block(block, wide_block, dim)
    return wide


def _deepened(reader, layers):
    old = len(reader.blocks)
    deep = Reader(replace(reader.shape, layers=layers))
    deep.token_embd.load_state_dict(reader.token_embd.state_dict())
    deep.output_norm.load_state_dict(reader.output_norm.state_dict())
    added = layers - old
    copied = {(index + 1) * old // added - 1 for index in range(added)}  # each is followed by its copy
    if added != len(copied):
        raise SystemExit("at most one new block can stand behind each of the %d" % old)
    place = 0
    for index, block in enumerate(reader.blocks):
        deep.blocks[place].load_state_dict(block.state_dict())
        place += 1
        if index in copied:
            deep.blocks[place].load_state_dict(block.state_dict())
            nn.init.zeros_(deep.blocks[place].attn_output.weight)
            nn.init.zeros_(deep.blocks[place].ffn_down.weight)
            place += 1
    return deep


def grown(reader, shape):
    """`reader` with at least the sizes of `shape`; heads keep their size, vocabulary and rotation are the reader's."""
    old = reader.shape
    target = replace(
        old,
        dim=max(old.dim, shape.dim),
        layers=max(old.layers, shape.layers),
        heads=max(old.heads, shape.heads),
        kv_heads=max(old.kv_heads, shape.kv_heads),
        hidden=max(old.hidden, shape.hidden),
    )
    if target.head_size != old.head_size or target.heads * old.kv_heads != old.heads * target.kv_heads:
        raise SystemExit("a model grows by whole heads of %d channels, %d to each of keys and values" % (old.head_size, old.heads // old.kv_heads))
    if (target.dim, target.heads, target.kv_heads, target.hidden) != (old.dim, old.heads, old.kv_heads, old.hidden):
        reader = _widened(reader, target)
    return _deepened(reader, target.layers) if target.layers > old.layers else reader
