# SPDX-License-Identifier: GPL-3.0-or-later
"""`fused.cpp` as differentiable functions; `available()` is False where it cannot be built (then model.py computes alike).

Built once for this processor by PyTorch's own extension builder, which needs g++, ninja and PyTorch's headers
(`installer/setup train` installs them). float32 residual, bfloat16 in between, heads of 32 channels, one thread.
"""

import os
from pathlib import Path

import torch

_functions = None


def available():
    """Builds the functions on the first call; says on the error stream why they cannot be had."""
    global _functions
    if _functions is None:
        _functions = False
        if os.environ.get("ATTEST_TRAIN_PLAIN") != "1":
            try:
                from torch.utils import cpp_extension

                source = Path(__file__).resolve().with_name("fused.cpp")
                _functions = cpp_extension.load("attest_fused", [str(source)], extra_cflags=["-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math"])
            except (ImportError, OSError, RuntimeError) as error:
                import sys

                print("training without fused steps, about half as fast: %s" % str(error).splitlines()[0], file=sys.stderr)
    return bool(_functions)


class Norm(torch.autograd.Function):
    """RMS normalisation: float32 in, bfloat16 out."""

    @staticmethod
    def forward(context, x, weight, epsilon):
        out, inverse = _functions.norm_forward(x, weight, epsilon)
        context.save_for_backward(x, weight, inverse)
        return out

    @staticmethod
    def backward(context, grad):
        return (*_functions.norm_backward(grad.contiguous(), *context.saved_tensors), None)


class AddNorm(torch.autograd.Function):
    """(x + delta in float32, its RMS normalisation in bfloat16) of x in float32 and delta in bfloat16."""

    @staticmethod
    def forward(context, x, delta, weight, epsilon):
        total, out, inverse = _functions.add_norm_forward(x, delta, weight, epsilon)
        context.save_for_backward(total, weight, inverse)
        return total, out

    @staticmethod
    def backward(context, total_grad, grad):
        return (*_functions.add_norm_backward(total_grad.contiguous(), grad.contiguous(), *context.saved_tensors), None)


class Entropy(torch.autograd.Function):
    """(sum of weight * cross-entropy, losses, rightness) of bfloat16 logits (rows, vocabulary)."""

    @staticmethod
    def forward(context, logits, targets, weights):
        losses, right, grad = _functions.entropy(logits, targets, weights)
        context.save_for_backward(grad)
        context.mark_non_differentiable(losses, right)
        return (losses * weights).sum(), losses, right

    @staticmethod
    def backward(context, grad, *_):
        return context.saved_tensors[0] * grad.to(torch.bfloat16), None, None


class Gate(torch.autograd.Function):
    """silu(gate) * up in bfloat16."""

    @staticmethod
    def forward(context, gate, up):
        context.save_for_backward(gate, up)
        return _functions.gate_forward(gate, up)

    @staticmethod
    def backward(context, grad):
        return _functions.gate_backward(grad.contiguous(), *context.saved_tensors)


class Attend(torch.autograd.Function):
    """Causal attention with rotary positions: q, k, v (batch, length, heads * 32) in bfloat16."""

    @staticmethod
    def forward(context, q, k, v, cos, sin):
        out, sums = _functions.attend_forward(q, k, v, cos, sin)
        context.save_for_backward(out, q, k, v, sums, cos, sin)
        return out

    @staticmethod
    def backward(context, grad):
        return (*_functions.attend_backward(grad.contiguous(), *context.saved_tensors), None, None)
