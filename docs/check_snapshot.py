"""Checks a snapshot of `harness train` by PyTorch's automatic differentiation: outputs, loss, the gradient of every trained layer, and the tangent kernel where it is there.

Usage: python3 check_snapshot.py SNAPSHOT.npz... [--tolerance X]

Shares nothing with the harness but the file's layout (docs/cli.md, "train"). A tensor's error is the largest one of its entries, relative to its largest entry. Exit code 1 if any is above the tolerance.
"""

import argparse
import sys

import numpy as np
import torch
import torch.nn.functional as F

FULLY_CONNECTED, CONVOLUTIONAL, RESIDUAL = 0, 1, 2


def summed_losses(y, target):
    """The five losses in the order of `loss_function`, each summed over the samples."""
    squares = (y - target) ** 2
    return [
        lambda: 0.5 * squares.sum(),
        lambda: -(target * F.log_softmax(y, dim=1)).sum(),
        lambda: F.softplus(-target * y, threshold=1e9).sum(),
        lambda: (0.5 * squares + 3 * squares / (1 + squares)).sum() / 7,
        lambda: 0.5 * (squares / (1 + squares)).sum(),
    ]


def convolved(h, weights, filter_shape):
    """A filter that wraps around; its middle, of an even one the later, lies on the output position."""
    height, width = filter_shape
    top, left = height // 2, width // 2
    padded = torch.cat([h[:, :, h.shape[2] - top:], h, h[:, :, :height - 1 - top]], dim=2)
    padded = torch.cat([padded[..., padded.shape[3] - left:], padded, padded[..., :width - 1 - left]], dim=3)
    return F.conv2d(padded, weights.reshape(weights.shape[0], -1, height, width))


def forward(arrays, layers, x):
    kind, depth = int(arrays["network"][0]), len(layers) - 2
    if kind == CONVOLUTIONAL:
        positions, filter_shape = [[int(v) for v in arrays[name]] for name in ("positions", "filter")]
        h = x.reshape(x.shape[0], -1, *positions)
        for w in layers[:depth]:
            h = torch.relu(convolved(h, w, filter_shape))
        h = torch.relu(h.flatten(1) @ layers[depth].T)
    else:
        h = torch.relu(x @ layers[0].T)
        for w in layers[1:depth]:
            h = torch.relu(h + arrays["tau"][0] * (h @ w.T) if kind == RESIDUAL else h @ w.T)
        h = torch.relu(h @ layers[depth].T)
    return h @ layers[-1].T


def errors(path):
    """Pairs of a name and an error."""
    with np.load(path) as file:
        arrays = {name: torch.from_numpy(file[name].astype(np.float64)) for name in file.files}
    names = ["A"] + [f"W{l}" for l in range(1, 1 + sum(1 for name in arrays if name.startswith("W") and name[1:].isdigit()))] + ["B"]
    trained = [name for name in names if f"grad{name}" in arrays]
    if not set(names[1:-1]) <= set(trained):
        raise SystemExit(f"{path}: a hidden layer has no gradient.")
    layers = [arrays[name].requires_grad_(name in trained) for name in names]
    weights = [arrays[name] for name in trained]
    y = forward(arrays, layers, arrays["X"])
    loss = summed_losses(y, arrays["Y"])[int(arrays["loss_function"][0])]()

    def error(value, reference):
        return float((value - reference).abs().max() / reference.abs().max().clamp(min=1e-300))

    yield "outputs", error(arrays["outputs"], y.detach())
    yield "loss", error(arrays["loss"][-1:], loss.detach().reshape(1))
    for name, gradient in zip(trained, torch.autograd.grad(loss, weights, retain_graph=True)):
        yield f"grad{name}", error(arrays[f"grad{name}"], gradient)
    if "K" in arrays:
        rows = [torch.cat([g.flatten() for g in torch.autograd.grad(output, weights, retain_graph=True)]) for output in y.flatten()]
        jacobian = torch.stack(rows)
        yield "K", error(arrays["K"], jacobian @ jacobian.T)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("snapshots", nargs="+", metavar="SNAPSHOT.npz")
    parser.add_argument("--tolerance", type=float, default=1e-10)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    is_right = True
    for path in arguments.snapshots:
        for name, error in errors(path):
            verdict = "ok" if error <= arguments.tolerance else "WRONG"
            is_right &= verdict == "ok"
            print(f"{path}: {name} {error:.2e} {verdict}")
    sys.exit(0 if is_right else 1)


if __name__ == "__main__":
    main()
