"""Steps of gradient descent in PyTorch, for `ratios`: prints one JSON object, {"GD step, n = …, m = …, L = …|float|threads": median seconds}.

The network of arXiv:1811.03962: only the hidden layers are trained, by automatic differentiation of the squared loss, in place, targets zero.
Usage: python3 torch_step.py THREADS
"""

import json
import statistics
import sys
import time

import torch

INPUT_DIMENSION, OUTPUT_DIMENSION = 64, 10
SHAPES = {
    torch.float32: [(64, 1024, 3), (256, 2048, 2), (16, 4096, 2), (64, 256, 5)],
    torch.float64: [(64, 1024, 3)],
}


def stepper(n, m, depth, dtype):
    generator = torch.Generator().manual_seed(1)

    def gaussian(rows, columns, deviation):
        return torch.randn(rows, columns, generator=generator, dtype=dtype) * deviation

    a = gaussian(m, INPUT_DIMENSION, (2 / m) ** 0.5)
    b = gaussian(OUTPUT_DIMENSION, m, OUTPUT_DIMENSION**-0.5)
    hidden = [gaussian(m, m, (2 / m) ** 0.5).requires_grad_() for _ in range(depth)]
    x = gaussian(INPUT_DIMENSION, n, INPUT_DIMENSION**-0.5)

    def step():
        h = torch.relu(a @ x)
        for w in hidden:
            h = torch.relu(w @ h)
        loss = 0.5 * (b @ h).square().sum()
        gradients = torch.autograd.grad(loss, hidden)
        with torch.no_grad():
            for w, gradient in zip(hidden, gradients):
                w.add_(gradient, alpha=-1e-9)

    return step


def median_seconds(step, now):
    for _ in range(3):
        step()
    samples = []
    while len(samples) < 5 or (sum(samples) < 0.3 and len(samples) < 50):
        start = now()
        step()
        samples.append(now() - start)
    return statistics.median(samples)


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)

    # One thread by its processor time, as ratios times the others. Automatic differentiation runs on a thread of its own, so it is the process's.
    now = time.process_time if threads == 1 else time.perf_counter
    names = {torch.float32: "float", torch.float64: "double"}
    print(json.dumps({
        f"GD step, n = {n}, m = {m}, L = {depth}|{names[dtype]}|{threads}": median_seconds(stepper(n, m, depth, dtype), now)
        for dtype, shapes in SHAPES.items()
        for n, m, depth in shapes
    }))


if __name__ == "__main__":
    main()
