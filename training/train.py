#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the reader model on generated and real documents, on a wall-clock schedule.

    python3 train.py --out FOLDER --tokenizer FOLDER/tokenizer.json --minutes 80

Run it again with the same folder and it goes on from the last checkpoint; `--until HH:MM` ends the schedule at a time
of day instead.
"""

import argparse
import contextlib
import datetime
import json
import math
import os
import time
from pathlib import Path

import torch
from torch.nn import functional

import fused
from batches import MAX_TOKENS, open_batches
from gguf_reader import read_gguf
from growth import grown
from model import Reader, Shape
from muon import Muon
from tokenizer import Tokenizer

CHECKPOINT_SECONDS = 240


def padded(batch, device):
    """Inputs, targets and target weights of a batch, each (batch, length)."""
    length = max(len(ids) for ids, _ in batch) - 1
    inputs = torch.zeros(len(batch), length, dtype=torch.long)
    targets = torch.zeros(len(batch), length, dtype=torch.long)
    weights = torch.zeros(len(batch), length)
    for row, (ids, own) in enumerate(batch):
        inputs[row, : len(ids) - 1] = torch.tensor(ids[:-1])
        targets[row, : len(ids) - 1] = torch.tensor(ids[1:])
        weights[row, : len(ids) - 1] = torch.tensor(own[1:])
    return inputs.to(device), targets.to(device), weights.to(device)


def autocast(device):
    if device == "cuda":
        return torch.autocast("cuda", dtype=torch.bfloat16)
    return torch.cpu.amp.autocast(dtype=torch.bfloat16) if hasattr(torch.cpu, "amp") else contextlib.nullcontext()


def weighted_loss(model, inputs, targets, weights, device):
    """Mean loss over the weighted targets; also how many answer tokens there were and how many were right."""
    with autocast(device):
        chosen = weights > 0
        logits = model.logits(model(inputs, chosen))
    wanted, weight = targets[chosen], weights[chosen]
    answer = weight == 1
    if model.fused:
        loss, losses, right = fused.Entropy.apply(logits, wanted, weight)
        return loss / weight.sum(), int(answer.sum()), right[answer].sum().item(), losses[answer].sum().item()
    logits = logits.float()
    loss = functional.cross_entropy(logits, wanted, reduction="none")
    right = (logits[answer].argmax(-1) == wanted[answer]).sum().item()
    own = loss[answer].detach().sum().item()
    return (loss * weight).sum() / weight.sum(), int(answer.sum()), right, own


class Schedule:
    """Warm-up over the first steps, then a cosine over the wall-clock time down to a twentieth."""

    def __init__(self, seconds, elapsed):
        self._begin = time.time() - elapsed
        self._seconds = seconds

    def progress(self):
        return min(1.0, (time.time() - self._begin) / self._seconds)

    def elapsed(self):
        return time.time() - self._begin

    def factor(self, step):
        return min(1.0, (step + 1) / 150) * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * self.progress())))


def save(path, model, optimizers, state):
    bundle = {"shape": model.shape.to_dict(), "model": model.state_dict(), "state": state}
    bundle["optimizers"] = [optimizer.state_dict() for optimizer in optimizers]
    torch.save(bundle, str(path) + ".part")
    os.replace(str(path) + ".part", path)


def seconds_of(options, elapsed):
    """Length of the whole schedule, counted from the very first start."""
    if not options.until:
        return options.minutes * 60
    now = datetime.datetime.now()
    hour, minute = map(int, options.until.split(":"))
    end = now.replace(hour=hour, minute=minute, second=0)
    if end < now:
        end += datetime.timedelta(days=1)
    return elapsed + (end - now).total_seconds()


class Team:
    """Processes of one thread each that train one model in shared memory.

    On a busy machine this is several times faster than threads, which wait for each other at every operation: here they
    meet twice a step. A team of one is an ordinary process.
    """

    def __init__(self, size, parameters):
        self.size, self.rank = size, 0
        self._parameters = parameters
        if size > 1:
            context = torch.multiprocessing.get_context("fork")
            self._barrier = context.Barrier(size)
            self._going = context.Value("b", 1)
            self._gradients = [[torch.zeros_like(p).share_memory_() for p in parameters] for _ in range(size)]

    def start(self, work):
        """Runs `work()` in every process; returns when this one is done."""
        context, children = torch.multiprocessing.get_context("fork"), []
        for rank in range(1, self.size):
            self.rank = rank
            child = context.Process(target=work, daemon=True)
            child.start()
            children.append(child)
        self.rank = 0
        work()
        for child in children:
            child.join(30)

    def meet(self):
        if self.size > 1:
            self._barrier.wait(300)  # a lost process ends the others

    @torch.no_grad()
    def share_gradients(self):
        """Afterwards every process has the mean gradient."""
        if self.size == 1:
            return
        for own, parameter in zip(self._gradients[self.rank], self._parameters):
            own.copy_(parameter.grad)
        self.meet()
        for index, parameter in enumerate(self._parameters):
            parameter.grad.copy_(self._gradients[0][index])
            for rank in range(1, self.size):
                parameter.grad.add_(self._gradients[rank][index])
            parameter.grad.div_(self.size)

    def goes_on(self, more):
        """The first process decides for all."""
        if self.size == 1:
            return more
        if self.rank == 0:
            self._going.value = more
        self.meet()
        return bool(self._going.value)


def train(options, device, model, optimizers, state, team):
    muon, adam = optimizers
    outer = adam.param_groups[0]["params"]
    schedule = Schedule(seconds_of(options, state["elapsed"]), state["elapsed"])
    seed = options.seed * 1000003 + state["step"] + 500009 * team.rank
    batches = open_batches(options.workers, options.shared, options.tokenizer, seed, options.batch_tokens)
    # A model that can copy already needs no short beginning.
    first = 0.45 if options.start else 0.0
    saved, sums, began = time.time(), [0.0, 0, 0, 0], time.time()
    while team.goes_on(schedule.progress() < 1.0):
        inputs, targets, weights = padded(batches.next(first + (1 - first) * schedule.progress()), device)
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss, count, right, own = weighted_loss(model, inputs, targets, weights, device)
        loss.backward()
        team.share_gradients()
        torch.nn.utils.clip_grad_norm_(outer, 1.0)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = options.lr * schedule.factor(state["step"])
        muon.step(team.rank, team.size)
        if team.rank == 0:
            adam.step()
        state["step"] += 1
        state["tokens"] += inputs.numel() * team.size
        state["elapsed"] = schedule.elapsed()
        sums = [sums[0] + own, sums[1] + count, sums[2] + right, sums[3] + inputs.numel() * team.size]
        if state["step"] % 50 == 0 and team.rank == 0:
            seconds = time.time() - began
            print("step %d tokens %.2fM loss %.4f right %.4f speed %.0f/s lr %.5f time %.1fmin" % (
                state["step"], state["tokens"] / 1e6, sums[0] / max(sums[1], 1), sums[2] / max(sums[1], 1),
                sums[3] / seconds, options.lr * schedule.factor(state["step"]), state["elapsed"] / 60), flush=True)  # fmt: skip
            sums, began = [0.0, 0, 0, 0], time.time()
        team.meet()
        if time.time() - saved > CHECKPOINT_SECONDS and team.rank == 0:
            save(options.out / "checkpoint.pt", model, optimizers, state)
            saved = time.time()
    if team.rank == 0:
        save(options.out / "checkpoint.pt", model, optimizers, state)
        print("done", json.dumps(state), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--tokenizer", required=True, type=Path)
    parser.add_argument("--shared")
    parser.add_argument("--start", help="an exported model to go on from, instead of random weights; it grows where --dim, --layers, --heads, --kv-heads or --hidden are more than it has")
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--until", help="time of day HH:MM at which the schedule ends")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1, help="processes that share the work on a CPU")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--batch-tokens", type=int, default=4096)
    parser.add_argument("--dim", type=int, default=256)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--heads", type=int, default=8)
    parser.add_argument("--kv-heads", type=int, default=4)
    parser.add_argument("--hidden", type=int, default=704)
    parser.add_argument("--lr", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    started = None
    if options.start:
        started, words, _ = read_gguf(options.start)
        if not options.tokenizer.is_file():
            words.save(options.tokenizer)
        if words.tokens != Tokenizer.load(options.tokenizer).tokens:
            raise SystemExit("%s has another vocabulary than %s" % (options.start, options.tokenizer))
    vocabulary = len(Tokenizer.load(options.tokenizer).tokens)
    shape = Shape(vocabulary, options.dim, options.layers, options.heads, options.kv_heads, options.hidden)
    checkpoint, state, bundle = options.out / "checkpoint.pt", {"step": 0, "tokens": 0, "elapsed": 0.0}, None
    if checkpoint.is_file():
        bundle = torch.load(checkpoint, map_location=device)
        shape, state = Shape(**bundle["shape"]), bundle["state"]
    elif started:
        started = grown(started, shape)
        shape, bundle = started.shape, {"model": started.state_dict()}
        torch.save({"shape": shape.to_dict(), "model": bundle["model"]}, options.out / "start.pt")  # for blend.py
    shape.context = MAX_TOKENS
    model = Reader(shape).to(device)
    model.fused = device == "cpu" and shape.head_size == 32 and options.threads == 1 and fused.available()
    inner = [p for name, p in model.named_parameters() if p.dim() == 2 and not name.startswith("token_embd")]
    outer = [p for name, p in model.named_parameters() if p.dim() != 2 or name.startswith("token_embd")]
    optimizers = [Muon(inner, lr=options.lr), torch.optim.AdamW(outer, lr=options.lr, betas=(0.9, 0.98), weight_decay=0.0)]
    if bundle:
        model.load_state_dict(bundle["model"])
        for optimizer, stored in zip(optimizers, bundle.get("optimizers", [])):
            optimizer.load_state_dict(stored)
    team = Team(options.processes if device == "cpu" else 1, list(model.parameters()))
    if team.size > 1:
        model.share_memory()
        for parameter in inner:
            optimizers[0].state[parameter]["momentum"].share_memory_()
    print(json.dumps({"parameters": sum(p.numel() for p in model.parameters()), "shape": shape.to_dict(), "resumed": state}), flush=True)
    team.start(lambda: train(options, device, model, optimizers, state, team))


if __name__ == "__main__":
    main()
