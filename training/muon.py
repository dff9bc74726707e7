# SPDX-License-Identifier: GPL-3.0-or-later
"""Momentum with orthogonalised updates for the matrices inside the blocks; everything else belongs to AdamW.

Source: Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks" (Newton-Schulz, five steps).
"""

import torch


def orthogonalised(matrices, steps=5):
    """Roughly the nearest semi-orthogonal matrices of a stack (count, rows, columns); computed in bfloat16."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrices.to(torch.bfloat16)
    flipped = x.shape[1] > x.shape[2]
    if flipped:
        x = x.transpose(1, 2)
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = torch.bmm(x, x.transpose(1, 2))
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return (x.transpose(1, 2) if flipped else x).to(matrices.dtype)


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
            by_shape = {}
            for index, parameter in enumerate(group["params"]):
                if parameter.grad is not None and index % shares == share:
                    by_shape.setdefault(tuple(parameter.shape), []).append(parameter)
            for shape, parameters in by_shape.items():
                moments = [self.state[parameter]["momentum"] for parameter in parameters]
                for parameter, momentum in zip(parameters, moments):
                    momentum.mul_(group["momentum"]).add_(parameter.grad)
                looks = [parameter.grad + group["momentum"] * momentum for parameter, momentum in zip(parameters, moments)]
                # The same root mean square as an Adam update has, whatever the shape.
                scale = 0.2 * max(shape) ** 0.5
                for parameter, update in zip(parameters, orthogonalised(torch.stack(looks))):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    parameter.add_(update, alpha=-group["lr"] * scale)
