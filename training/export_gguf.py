#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a checkpoint as GGUF: matrices Q8_0, norms F32, vocabulary and chat template included.

    python3 export_gguf.py --checkpoint FOLDER/checkpoint.pt --tokenizer FOLDER/tokenizer.json --out model.gguf

Source: Q8_0 is blocks of 32: a half-precision scale (largest magnitude / 127) and 32 signed bytes.
"""

import argparse
import ctypes

import torch

import tokenizer as tokens
from gguf_writer import F32, Q8_0, GgufWriter
from model import Shape
from tokenizer import Tokenizer

NAME = "Attest Reader"
VERSION = "v7"
CHAT_TEMPLATE = (
    "{% for m in messages %}{% if m['role'] == 'system' %}<|task|>{{ m['content'] }}"
    "{% elif m['role'] == 'user' %}<|doc|>{{ m['content'] }}"
    "{% else %}<|answer|>{{ m['content'] }}<|end|>{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|answer|>{% endif %}"
)
_NORMAL, _CONTROL = 1, 3


def _bytes(tensor):
    tensor = tensor.contiguous()
    return ctypes.string_at(tensor.data_ptr(), tensor.numel() * tensor.element_size())


def q8_0(matrix):
    """The raw blocks of a matrix whose rows are multiples of 32 long."""
    blocks = matrix.detach().float().cpu().reshape(-1, 32)
    scale = blocks.abs().amax(1) / 127.0
    inverse = torch.where(scale > 0, 1.0 / scale.clamp_min(1e-30), torch.zeros_like(scale))
    quants = torch.round(blocks * inverse[:, None]).clamp(-127, 127).to(torch.int8)
    raw = torch.empty(blocks.shape[0], 34, dtype=torch.uint8)
    raw[:, :2] = scale.to(torch.float16).view(torch.uint8).reshape(-1, 2)
    raw[:, 2:] = quants.view(torch.uint8)
    return _bytes(raw)


def write_metadata(out, shape, vocabulary, hints):
    out.string("general.architecture", "llama")
    out.string("general.name", NAME)
    out.string("general.version", VERSION)
    out.string("general.license", "gpl-3.0-or-later")
    out.string("general.description", "Extracts verbatim spans into the fields of a template.")
    out.uint32("general.file_type", 7)
    out.uint32("general.quantization_version", 2)
    out.uint32("llama.context_length", shape.context)
    out.uint32("llama.embedding_length", shape.dim)
    out.uint32("llama.block_count", shape.layers)
    out.uint32("llama.feed_forward_length", shape.hidden)
    out.uint32("llama.attention.head_count", shape.heads)
    out.uint32("llama.attention.head_count_kv", shape.kv_heads)
    out.float32("llama.attention.layer_norm_rms_epsilon", shape.epsilon)
    out.uint32("llama.rope.dimension_count", shape.head_size)
    out.float32("llama.rope.freq_base", shape.rope_base)
    out.uint32("llama.vocab_size", shape.vocabulary)
    out.string("tokenizer.ggml.model", "gpt2")
    out.string("tokenizer.ggml.pre", "smollm")
    out.strings("tokenizer.ggml.tokens", vocabulary.tokens)
    out.int32s("tokenizer.ggml.token_type", [_CONTROL] * 4 + [_NORMAL] * (len(vocabulary.tokens) - 4))
    out.strings("tokenizer.ggml.merges", [" ".join(pair) for pair in vocabulary.merges])
    out.uint32("tokenizer.ggml.eos_token_id", tokens.END)
    out.uint32("tokenizer.ggml.padding_token_id", tokens.END)
    out.boolean("tokenizer.ggml.add_bos_token", False)
    out.boolean("tokenizer.ggml.add_eos_token", False)
    out.string("tokenizer.chat_template", CHAT_TEMPLATE)
    out.uint32("attest.chunk_tokens", hints.chunk_tokens)
    out.uint32("attest.record_chunk_tokens", hints.record_chunk_tokens)
    out.uint32("attest.summary_chunk_tokens", hints.summary_chunk_tokens)
    out.uint32("attest.second_chunk_tokens", hints.second_chunk_tokens)
    out.uint32("attest.second_record_chunk_tokens", hints.second_record_chunk_tokens)
    out.float32("attest.list_agreement", hints.list_agreement)
    out.float32("attest.field_agreement", hints.field_agreement)
    out.float32("attest.list_end_bias", hints.list_end_bias)
    out.float32("attest.null_bias", hints.null_bias)


def export(checkpoint, tokenizer_path, path, hints):
    bundle = torch.load(checkpoint, map_location="cpu")
    shape, weights = Shape(**bundle["shape"]), bundle["model"]
    vocabulary = Tokenizer.load(tokenizer_path)
    assert len(vocabulary.tokens) == shape.vocabulary
    out = GgufWriter()
    write_metadata(out, shape, vocabulary, hints)
    for name, weight in weights.items():
        name = name.replace("blocks.", "blk.")
        if weight.dim() == 1:
            out.tensor(name, weight.shape, F32, _bytes(weight.float().cpu()))
        else:
            out.tensor(name, weight.shape, Q8_0, q8_0(weight))
    out.write(path)
    return bundle["state"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--out", required=True)
    # Keys of the model file: docs/prompt_format.md. What tune_hints.py chose for the model that is shipped.
    parser.add_argument("--chunk-tokens", type=int, default=104)
    parser.add_argument("--record-chunk-tokens", type=int, default=256)
    parser.add_argument("--summary-chunk-tokens", type=int, default=200)
    parser.add_argument("--second-chunk-tokens", type=int, default=130)
    parser.add_argument("--second-record-chunk-tokens", type=int, default=128)
    parser.add_argument("--list-agreement", type=float, default=0.45)
    parser.add_argument("--field-agreement", type=float, default=0.25)
    parser.add_argument("--list-end-bias", type=float, default=0.0)
    parser.add_argument("--null-bias", type=float, default=0.0)
    options = parser.parse_args()
    print(export(options.checkpoint, options.tokenizer, options.out, options))
