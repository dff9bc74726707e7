#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a checkpoint that lies between the model a training started from and what became of it:

    python3 blend.py --start MODEL.gguf --checkpoint OUT/checkpoint.pt --share 0.6 --out OUT/blended.pt

A short training on other data gains there and forgets elsewhere; on the way between the two most of both is left
(Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). Choose the share on tuning documents.
"""

import argparse

import torch

from gguf_reader import read_gguf
from model import grown


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--start", required=True, help="the exported model that the training started from")
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--share", type=float, required=True, help="of the checkpoint, 0 to 1")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    start, _, _ = read_gguf(options.start)
    bundle = torch.load(options.checkpoint, map_location="cpu")
    before = grown(start, bundle["shape"]["layers"]).state_dict()
    share = options.share
    bundle["model"] = {name: (1 - share) * before[name].float() + share * own.float() for name, own in bundle["model"].items()}
    del bundle["optimizers"]
    torch.save(bundle, options.out)


if __name__ == "__main__":
    main()
