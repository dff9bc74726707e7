# SPDX-License-Identifier: GPL-3.0-or-later
"""Momentum with orthogonalised updates for the matrices inside the blocks; everything else belongs to AdamW.

Source: Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks" (Newton-Schulz, five steps).
"""

import torch


def orthogonalised(matrix, steps=5):
    """Roughly the nearest semi-orthogonal matrix; computed in bfloat16."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix.to(torch.bfloat16)
    flipped = x.shape[0] > x.shape[1]
    if flipped:
        x = x.t()
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        gram = x @ x.t()
        x = a * x + (b * gram + c * (gram @ gram)) @ x
    return (x.t() if flipped else x).to(matrix.dtype)


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, lr, momentum=0.95, weight_decay=0.05):
        super().__init__(parameters, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))
        for group in self.param_groups:
            for parameter in group["params"]:
                self.state[parameter]["momentum"] = torch.zeros_like(parameter)

    @torch.no_grad()
    def step(self, share=0, shares=1):
        """Updates every matrix, or only each `shares`-th one when several processes divide the work."""
        for group in self.param_groups:
            for index, parameter in enumerate(group["params"]):
                if parameter.grad is None or index % shares != share:
                    continue
                momentum = self.state[parameter]["momentum"]
                momentum.mul_(group["momentum"]).add_(parameter.grad)
                update = orthogonalised(parameter.grad + group["momentum"] * momentum)
                # The same root mean square as an Adam update has, whatever the shape.
                scale = 0.2 * max(parameter.shape) ** 0.5
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
                parameter.add_(update, alpha=-group["lr"] * scale)
