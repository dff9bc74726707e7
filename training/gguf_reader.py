# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads back what export_gguf.py wrote: the model with dequantized weights and its vocabulary."""

import mmap
import struct

import torch

from gguf_writer import ALIGNMENT, F32, Q8_0
from model import Reader, Shape
from tokenizer import Tokenizer

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}


class _Cursor:
    def __init__(self, data, offset):
        self.data, self.offset = data, offset

    def take(self, form):
        value = struct.unpack_from("<" + form, self.data, self.offset)[0]
        self.offset += struct.calcsize("<" + form)
        return value

    def string(self):
        length = self.take("Q")
        self.offset += length
        return bytes(self.data[self.offset - length : self.offset]).decode("utf-8")

    def value(self, kind):
        if kind == 8:
            return self.string()
        if kind == 9:
            inner, count = self.take("I"), self.take("Q")
            return [self.value(inner) for _ in range(count)]
        return self.take(_SCALARS[kind])


def _dequantized(raw, shape):
    blocks = torch.frombuffer(bytearray(raw), dtype=torch.uint8).reshape(-1, 34)
    scale = blocks[:, :2].contiguous().view(torch.float16).float()
    return (blocks[:, 2:].contiguous().view(torch.int8).float() * scale).reshape(shape)


def read_gguf(path):
    """(model, tokenizer, metadata); the model computes in float32."""
    with open(path, "rb") as source:
        data = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
    cursor = _Cursor(data, 8)
    tensor_count, pair_count = cursor.take("Q"), cursor.take("Q")
    metadata = {}
    for _ in range(pair_count):
        key = cursor.string()
        metadata[key] = cursor.value(cursor.take("I"))
    table = []
    for _ in range(tensor_count):
        name = cursor.string()
        sizes = [cursor.take("Q") for _ in range(cursor.take("I"))]
        table.append((name, sizes[::-1], cursor.take("I"), cursor.take("Q")))
    begin = -(-cursor.offset // ALIGNMENT) * ALIGNMENT
    weights = {}
    for name, shape, kind, offset in table:
        count = 1
        for size in shape:
            count *= size
        assert kind in (F32, Q8_0), kind
        length = count * 4 if kind == F32 else count // 32 * 34
        raw = data[begin + offset : begin + offset + length]
        if kind == F32:
            weights[name] = torch.frombuffer(bytearray(raw), dtype=torch.float32).reshape(shape).clone()
        else:
            weights[name] = _dequantized(raw, shape)
    get = lambda key: metadata["llama." + key]  # noqa: E731
    shape = Shape(
        get("vocab_size"), get("embedding_length"), get("block_count"), get("attention.head_count"), get("attention.head_count_kv"),
        get("feed_forward_length"), get("context_length"), get("rope.freq_base"), get("attention.layer_norm_rms_epsilon"),
    )  # fmt: skip
    model = Reader(shape)
    model.load_state_dict({name.replace("blk.", "blocks."): weight for name, weight in weights.items()})
    merges = [tuple(text.split(" ")) for text in metadata["tokenizer.ggml.merges"]]
    return model.eval(), Tokenizer(merges), metadata
