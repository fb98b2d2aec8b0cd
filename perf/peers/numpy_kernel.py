"""Tangent kernel of infinite width in NumPy, for `ratios`: prints one JSON object, {"infinite-width kernel, n = …, 𝔡 = …, L = …|double|threads": median seconds}.

The recursion of arXiv:1806.07572 for rectifiers without biases as a user writes it: whole matrices, one line for each formula.
Usage: python3 numpy_kernel.py THREADS
"""

import json
import statistics
import sys
import time

import numpy

SHAPES = [(2000, 64, 8)]


def tangent_kernel(x, depth):
    norms = numpy.sqrt((x * x).sum(axis=1))
    scale = norms[:, None] * norms[None, :]
    cosine = numpy.clip((x @ x.T) / scale, -1, 1)
    kernel = cosine.copy()
    for _ in range(depth):
        angle = numpy.arccos(cosine)
        gate = (numpy.pi - angle) / numpy.pi
        cosine = numpy.clip((numpy.sqrt(1 - cosine * cosine) + (numpy.pi - angle) * cosine) / numpy.pi, -1, 1)
        kernel = cosine + gate * kernel
    return scale * kernel


def median_seconds(n, dimension, depth, now):
    x = numpy.random.default_rng(1).standard_normal((n, dimension))
    samples = []
    for _ in range(4):
        start = now()
        tangent_kernel(x, depth)
        samples.append(now() - start)
    return statistics.median(samples[1:])


def main():
    threads = int(sys.argv[1])

    # One thread by its processor time, as ratios times the others.
    now = time.process_time if threads == 1 else time.perf_counter
    print(json.dumps({
        f"infinite-width kernel, n = {n}, 𝔡 = {dimension}, L = {depth}|double|{threads}": median_seconds(n, dimension, depth, now)
        for n, dimension, depth in SHAPES
    }))


if __name__ == "__main__":
    main()
