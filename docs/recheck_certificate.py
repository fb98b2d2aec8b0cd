#!/usr/bin/env python3
"""Checks a certificate of training against its snapshot in exact arithmetic, with nothing but Python's standard library.

    python3 recheck_certificate.py CERT.json SNAPSHOT.npz

For those who trust neither Harness nor floating point: every number of the snapshot is taken as the whole number times a power of two that it is, the network
(arXiv:1811.03962, section 2: h0 = max(A x, 0), h_l = max(W_l h_(l-1), 0), y = B h_L; a gate is open where g >= 0) is evaluated without any rounding, and every bound of the
certificate is compared with what comes out. Bounds of eigenvalues and of spectral norms are decided by the signs of the pivots of an exact elimination.

Exact numbers grow with every layer and every pivot: meant for small networks (m and n d up to about a hundred take seconds to minutes). Exit code 0: every statement is true;
10: one is false; 1: the files do not belong together or cannot be read.
"""

import ast
import hashlib
import json
import struct
import sys
import zipfile
from fractions import Fraction
from math import lcm


def numbers(archive, name):
    """The rows of a matrix, as fractions."""
    data = archive.read(name + ".npy")
    if data[:6] != b"\x93NUMPY":
        raise ValueError(f"{name} is not a NumPy array")
    size, start = (struct.unpack("<H", data[8:10])[0], 10) if data[6] == 1 else (struct.unpack("<I", data[8:12])[0], 12)
    header = ast.literal_eval(data[start : start + size].decode("latin1").strip())
    letter = {"<f8": "d", "<f4": "f"}[header["descr"]]
    rows, columns = header["shape"]
    values = [Fraction(x) for x in struct.unpack(f"<{rows * columns}{letter}", data[start + size :])]
    if header["fortran_order"]:
        return [[values[j * rows + i] for j in range(columns)] for i in range(rows)]
    return [values[i * columns : (i + 1) * columns] for i in range(rows)]


def times(matrix, vector):
    return [sum(w * x for w, x in zip(row, vector) if w and x) + Fraction(0) for row in matrix]


def transposed(matrix):
    return [list(column) for column in zip(*matrix)]


def dot(x, y):
    return sum((a * b for a, b in zip(x, y)), Fraction(0))


def is_positive_definite(matrix):
    """By the pivots of Gaussian elimination without exchanges: all of them are positive exactly then. Bareiss's elimination keeps whole numbers whole."""
    scale = lcm(*(x.denominator for row in matrix for x in row))
    a = [[int(x * scale) for x in row] for row in matrix]
    before = 1
    for k in range(len(a)):
        if a[k][k] <= 0:
            return False
        for i in range(k + 1, len(a)):
            for j in range(k + 1, len(a)):
                a[i][j] = (a[i][j] * a[k][k] - a[i][k] * a[k][j]) // before
        before = a[k][k]
    return True


def shifted(matrix, factor, shift):
    """factor * M + shift * I."""
    return [[factor * x + (shift if i == j else 0) for j, x in enumerate(row)] for i, row in enumerate(matrix)]


class Network:
    """The snapshot, evaluated exactly."""

    def __init__(self, archive):
        names = {name[: -len(".npy")] for name in archive.namelist()}
        self.depth = next(l for l in range(1, len(names) + 2) if f"W{l + 1}" not in names)
        self.w = [numbers(archive, "A")] + [numbers(archive, f"W{l}") for l in range(1, self.depth + 1)] + [numbers(archive, "B")]
        self.x, self.y = numbers(archive, "X"), numbers(archive, "Y")
        self.initial = [numbers(archive, f"W{l}_init") for l in range(1, self.depth + 1)] if "W1_init" in names else None
        self.g = [self._forward(x) for x in self.x]
        self.h = [[[max(v, Fraction(0)) for v in layer] for layer in sample[:-1]] for sample in self.g]
        self.outputs = [sample[-1] for sample in self.g]

    def _forward(self, x):
        values = []
        for matrix in self.w:
            values.append(times(matrix, x))
            x = [max(v, Fraction(0)) for v in values[-1]]
        return values

    def signals(self, i, v):
        """u_1 ... u_L of sample i for the signal v at the output: the gradient of W_l is u_l h_(l-1)^T (Fact 2.6)."""
        result, above = [], v
        for l in range(self.depth, 0, -1):
            above = [u if g >= 0 else Fraction(0) for u, g in zip(times(transposed(self.w[l + 1]), above), self.g[i][l])]
            result.insert(0, above)
        return result

    def residual(self, i):
        return [y - target for y, target in zip(self.outputs[i], self.y[i])]

    def loss(self):
        return sum((dot(self.residual(i), self.residual(i)) for i in range(len(self.x))), Fraction(0)) / 2

    def squared_gradient_norm(self):
        samples = range(len(self.x))
        u = [self.signals(i, self.residual(i)) for i in samples]
        return sum((dot(self.h[i][l], self.h[k][l]) * dot(u[i][l], u[k][l]) for l in range(self.depth) for i in samples for k in samples), Fraction(0))

    def kernel(self):
        d = len(self.w[-1])
        columns = [(i, self.signals(i, [Fraction(int(j == k)) for k in range(d)])) for i in range(len(self.x)) for j in range(d)]
        return [[sum((dot(self.h[i][l], self.h[k][l]) * dot(u[l], v[l]) for l in range(self.depth)), Fraction(0)) for k, v in columns] for i, u in columns]

    def leads(self):
        """The lead of the right output of every sample over the others; None where a row of targets names no class."""
        result = []
        for y, target in zip(self.outputs, self.y):
            if len(y) == 1:
                if not target[0]:
                    return None
                result.append(y[0] if target[0] > 0 else -y[0])
                continue
            right = target.index(max(target))
            if target.count(target[right]) > 1:
                return None
            result.append(min(y[right] - other for j, other in enumerate(y) if j != right))
        return result


def statements(certificate, network):
    """Pairs of a statement and whether it is true."""
    loss = network.loss()
    low, high = (Fraction(certificate["loss"][end]) for end in ("atLeast", "atMost"))
    yield f"F(W) = {float(loss)!r} lies within its bounds", low <= loss <= high
    if certificate["lossBelow"] is not None:
        yield f"F(W) <= {certificate['lossBelow']!r}", loss <= Fraction(certificate["lossBelow"])

    leads, claimed = network.leads(), certificate["classification"]
    if claimed is not None:
        right = sum(lead > 0 for lead in leads) if leads else None
        yield (
            f"{claimed['correct']} samples right, {claimed['wrong']} wrong, margins >= {claimed['leastMargin']!r}",
            leads is not None and right >= claimed["correct"] and len(leads) - right >= claimed["wrong"] and min(leads) >= Fraction(claimed["leastMargin"]),
        )
        if certificate["accuracy"] is not None:
            yield f"accuracy >= {certificate['accuracy']!r}", leads is not None and right >= Fraction(certificate["accuracy"]) * len(leads)

    square = network.squared_gradient_norm()
    low, high = (Fraction(certificate["gradientNorm"][end]) for end in ("atLeast", "atMost"))
    yield f"the gradient's norm, the root of {float(square)!r}, lies within its bounds", low**2 <= square <= high**2

    kernel = certificate["kernel"]
    if kernel is not None:
        k = network.kernel()
        below, above = Fraction(kernel["smallestAtLeast"]), Fraction(kernel["largestAtMost"])
        margin = Fraction(1, 2**1000)  # an eigenvalue may be the bound itself; definite is decided, semidefinite is not
        yield f"no eigenvalue of the tangent kernel is below {float(below)!r}", is_positive_definite(shifted(k, 1, margin - below))
        yield f"none is above {float(above)!r}", is_positive_definite(shifted(k, -1, above + margin))

    for l, bounds in enumerate(certificate["distances"] or [], 1):
        difference = [[a - b for a, b in zip(one, other)] for one, other in zip(network.w[l], network.initial[l - 1])]
        columns = transposed(difference)
        gram = [[dot(a, b) for b in columns] for a in columns]
        low, high = Fraction(bounds["atLeast"]), Fraction(bounds["atMost"])
        margin = Fraction(1, 2**1000)
        yield (
            f"{float(low)!r} <= ||W{l} - W{l}_init|| <= {float(high)!r}",
            is_positive_definite(shifted(gram, -1, high**2 + margin)) and (not low or not is_positive_definite(shifted(gram, -1, low**2))),
        )


def main(certificate_path, snapshot_path):
    with open(certificate_path, encoding="utf-8") as file:
        certificate = json.load(file)
    if certificate["format"] != "harness-certificate/2":
        raise ValueError(f"{certificate_path} has the format {certificate['format']!r}; this script reads harness-certificate/2")
    with open(snapshot_path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    if digest != certificate["subject"]["sha256"]:
        raise ValueError(f"{certificate_path} is not about {snapshot_path}: the file's SHA-256 is {digest}")
    with zipfile.ZipFile(snapshot_path) as archive:
        network = Network(archive)

    worst = 0
    for statement, is_true in statements(certificate, network):
        print(f"{'true' if is_true else 'FALSE'}: {statement}")
        worst = worst if is_true else 10
    return worst


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        sys.exit(main(sys.argv[1], sys.argv[2]))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        print(f"recheck_certificate: {error}", file=sys.stderr)
        sys.exit(1)
