#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Converts a legacy llama2.c checkpoint to an F32 GGUF file. Standard library only.

    python3 training/convert_llama2c.py model.bin tok.bin out.gguf

llama2.c rotates neighbouring pairs, which is what GGUF's `llama` architecture expects, so no rows move.
Source: the file layouts of llama2.c (`export.py`, version 0, and `tokenizer.py`).
"""

import os
import struct
import sys

from gguf_writer import F32, GgufWriter

NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6


class Floats:
    """Hands out consecutive float32 arrays of a file."""

    def __init__(self, data, offset):
        self._data, self._offset = data, offset

    def take(self, *shape):
        size = 4
        for length in shape:
            size *= length
        part = self._data[self._offset : self._offset + size]
        if len(part) != size:
            raise SystemExit("the checkpoint ends too early")
        self._offset += size
        return part


def read_tokenizer(path, count):
    data = open(path, "rb").read()
    offset, tokens, scores, types = 4, [], [], []
    for index in range(count):
        score, length = struct.unpack_from("<fi", data, offset)
        text = data[offset + 8 : offset + 8 + length]
        offset += 8 + length
        kind = NORMAL
        if index == 0:
            text, kind = b"<unk>", UNKNOWN
        elif index in (1, 2):
            text, kind = (b"<s>", b"</s>")[index - 1], CONTROL
        elif len(text) == 6 and text.startswith(b"<0x") and text.endswith(b">"):
            kind = BYTE
        tokens.append(text.replace(b" ", "\u2581".encode("utf-8")))
        scores.append(score)
        types.append(kind)
    return tokens, scores, types


def convert(model_path, tokenizer_path, out_path):
    data = open(model_path, "rb").read()
    dim, hidden, layers, heads, kv_heads, vocab, context = struct.unpack_from("<7i", data)
    shared_head = vocab > 0
    vocab = abs(vocab)
    head_size = dim // heads
    kv_dim = head_size * kv_heads

    floats = Floats(data, 28)
    stacks = {}
    embedding = floats.take(vocab, dim)
    for name, shape in (
        ("attn_norm", (dim,)),
        ("attn_q", (dim, dim)),
        ("attn_k", (kv_dim, dim)),
        ("attn_v", (kv_dim, dim)),
        ("attn_output", (dim, dim)),
        ("ffn_norm", (dim,)),
        ("ffn_gate", (hidden, dim)),
        ("ffn_down", (dim, hidden)),
        ("ffn_up", (hidden, dim)),
    ):
        stacks[name] = [(shape, floats.take(*shape)) for _ in range(layers)]
    final_norm = floats.take(dim)
    floats.take(context, head_size // 2)  # freq_cis_real
    floats.take(context, head_size // 2)  # freq_cis_imag
    head = None if shared_head else floats.take(vocab, dim)

    out = GgufWriter()
    out.string("general.architecture", "llama")
    out.string("general.name", os.path.splitext(os.path.basename(model_path))[0])
    out.uint32("llama.context_length", context)
    out.uint32("llama.embedding_length", dim)
    out.uint32("llama.block_count", layers)
    out.uint32("llama.feed_forward_length", hidden)
    out.uint32("llama.attention.head_count", heads)
    out.uint32("llama.attention.head_count_kv", kv_heads)
    out.float32("llama.attention.layer_norm_rms_epsilon", 1e-5)
    out.uint32("llama.rope.dimension_count", head_size)
    out.float32("llama.rope.freq_base", 10000.0)
    out.uint32("llama.vocab_size", vocab)
    tokens, scores, types = read_tokenizer(tokenizer_path, vocab)
    out.string("tokenizer.ggml.model", "llama")
    out.string("tokenizer.ggml.pre", "default")
    out.strings("tokenizer.ggml.tokens", tokens)
    out.float32s("tokenizer.ggml.scores", scores)
    out.int32s("tokenizer.ggml.token_type", types)
    out.uint32("tokenizer.ggml.unknown_token_id", 0)
    out.uint32("tokenizer.ggml.bos_token_id", 1)
    out.uint32("tokenizer.ggml.eos_token_id", 2)
    out.boolean("tokenizer.ggml.add_bos_token", True)
    out.boolean("tokenizer.ggml.add_space_prefix", True)

    out.tensor("token_embd.weight", (vocab, dim), F32, embedding)
    for layer in range(layers):
        for name, stack in stacks.items():
            shape, values = stack[layer]
            out.tensor("blk.%d.%s.weight" % (layer, name), shape, F32, values)
    out.tensor("output_norm.weight", (dim,), F32, final_norm)
    if head is not None:
        out.tensor("output.weight", (vocab, dim), F32, head)
    out.write(out_path)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit("usage: convert_llama2c.py model.bin tok.bin out.gguf")
    convert(*sys.argv[1:])
