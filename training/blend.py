#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a checkpoint that lies between the model a training started from and what became of it:

    python3 blend.py --start OUT/start.pt --checkpoint OUT/checkpoint.pt --share 0.6 --out OUT/blended.pt

A short training on other data gains there and forgets elsewhere; on the way between the two most of both is left
(Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). Choose the share on tuning documents.
"""

import argparse

import torch


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--start", required=True, help="what the training started from, grown to its shape: train.py writes it beside the checkpoint")
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--share", type=float, required=True, help="of the checkpoint, 0 to 1")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    before = torch.load(options.start, map_location="cpu")["model"]
    bundle = torch.load(options.checkpoint, map_location="cpu")
    share = options.share
    bundle["model"] = {name: (1 - share) * before[name].float() + share * own.float() for name, own in bundle["model"].items()}
    del bundle["optimizers"]
    torch.save(bundle, options.out)


if __name__ == "__main__":
    main()
