#!/usr/bin/env python3
"""Checks a certificate of training against its snapshot in exact arithmetic, with nothing but Python's standard library.

    python3 recheck_certificate.py CERT.json SNAPSHOT.npz

For those who trust neither Harness nor floating point: every number of the snapshot is taken as the whole number times a power of two that it is, the network
(arXiv:1811.03962, section 2: h0 = max(A x, 0), h_l = max(W_l h_(l-1), 0), y = B h_L; appendix B: filters that positions share; appendix C: h_l = max(h_(l-1) + tau W_l h_(l-1), 0);
a gate is open where g >= 0) is evaluated without any rounding, and every bound of the certificate is compared with what comes out. Bounds of eigenvalues and of spectral norms are
decided by the signs of the pivots of an exact elimination. Exponentials and logarithms of the losses that have them are taken between rational numbers 2**-300 apart and less.

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
    rows, columns = header["shape"] if len(header["shape"]) == 2 else (1, header["shape"][0])
    values = [Fraction(x) for x in struct.unpack(f"<{rows * columns}{letter}", data[start + size :])]
    if header["fortran_order"]:
        return [[values[j * rows + i] for j in range(columns)] for i in range(rows)]
    return [values[i * columns : (i + 1) * columns] for i in range(rows)]


def vector(archive, name, default):
    """The numbers of a vector, or what stands for it where it is missing."""
    return numbers(archive, name)[0] if name + ".npy" in archive.namelist() else default


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


BITS = 400


def rounded(x):
    """The multiple of 2**-BITS below x: keeps numbers short where exactness is not to be had."""
    return Fraction((x.numerator << BITS) // x.denominator, 1 << BITS)


def exp(x):
    """e**x between two numbers, for x <= 0."""
    if x < -BITS:
        return Fraction(0), Fraction(1, 1 << BITS)
    halvings = 12
    small, total, term, k = rounded(x / 2**halvings), Fraction(1), Fraction(1), 1
    while abs(term) > Fraction(1, 1 << BITS):
        term, k = rounded(term * small / k), k + 1
        total += term
    # Less than 2**-BITS for every term, for the argument and for what is left out.
    low, high = (total + sign * Fraction(k + 4, 1 << BITS) for sign in (-1, 1))
    for _ in range(halvings):
        low, high = rounded(low * low), rounded(high * high) + Fraction(1, 1 << BITS)
    return low, high


def log(x):
    """ln x between two numbers, for x >= 1: 2 artanh((x - 1)/(x + 1)) after dividing by powers of two, whose logarithm is that of 2."""
    if x > 2:
        low, high = log(x / 2)
        low2, high2 = log(Fraction(2))
        return low + low2, high + high2
    z = rounded((x - 1) / (x + 1))
    total, power, k = Fraction(0), z, 1
    while power > Fraction(1, 1 << BITS):
        total, power, k = total + rounded(power / k), rounded(power * z * z), k + 2
    # z <= 1/3, so that what is left out is at most 9/8 of the last power, and the derivative of the series in z is at most 9/8.
    return 2 * total, 2 * (total + Fraction(2 * k + 4, 1 << BITS))


def squared(z, y):
    """f and its gradient, each between two numbers."""
    return point(sum((a - b) ** 2 for a, b in zip(z, y)) / 2), [point(a - b) for a, b in zip(z, y)]


def cross_entropy(z, y):
    largest, weight = max(z), sum(y)
    terms = [exp(a - largest) if a < largest else (Fraction(1), Fraction(1)) for a in z]
    low, high = (sum(term[end] for term in terms) for end in (0, 1))
    linear = sum(b * (a - largest) for a, b in zip(z, y))
    value = (weight * log(low)[0] - linear, weight * log(high)[1] - linear)
    return value, [(weight * term[0] / high - b, weight * term[1] / low - b) for term, b in zip(terms, y)]


def logistic(z, y):
    low, high, gradient = Fraction(0), Fraction(0), []
    for a, b in zip(z, y):
        t = b * a
        e = exp(-abs(t)) if t else (Fraction(1), Fraction(1))
        low, high = low + max(-t, 0) + log(1 + e[0])[0], high + max(-t, 0) + log(1 + e[1])[1]
        ends = [e[0] / (1 + e[0]), e[1] / (1 + e[1])] if t >= 0 else [1 / (1 + e[1]), 1 / (1 + e[0])]
        gradient.append(tuple(sorted(-b * end for end in ends)))
    return (low, high), gradient


def gradient_dominant(z, y):
    value, gradient = Fraction(0), []
    for r in (a - b for a, b in zip(z, y)):
        s = 1 / (1 + r * r)
        value, gradient = value + (r * r / 2 + 3 * r * r * s) / 7, gradient + [point(r * (1 + 6 * s * s) / 7)]
    return point(value), gradient


def bounded(z, y):
    value, gradient = Fraction(0), []
    for r in (a - b for a, b in zip(z, y)):
        s = 1 / (1 + r * r)
        value, gradient = value + r * r * s / 2, gradient + [point(r * s * s)]
    return point(value), gradient


def point(x):
    return x, x


LOSSES = {"squared": squared, "cross-entropy": cross_entropy, "logistic": logistic, "gradient-dominant": gradient_dominant, "bounded": bounded}
NETWORKS = ("fully connected", "convolutional", "residual")


class Network:
    """The snapshot, evaluated exactly."""

    def __init__(self, archive):
        names = {name[: -len(".npy")] for name in archive.namelist()}
        self.depth = next(l for l in range(1, len(names) + 2) if f"W{l + 1}" not in names)
        self.names = ["A"] + [f"W{l}" for l in range(1, self.depth + 1)] + ["B"]
        self.w = [numbers(archive, name) for name in self.names]
        self.kind = NETWORKS[int(vector(archive, "network", [0])[0])]
        self.loss_name = list(LOSSES)[int(vector(archive, "loss_function", [0])[0])]
        self.tau = vector(archive, "tau", [None])[0]
        self.reads = self._reads(*vector(archive, "positions", [1, 1]), *vector(archive, "filter", [1, 1]))
        self.trains_all = any(name in names for name in ("gradA", "gradB", "A_init", "B_init"))
        self.trained = range(0, self.depth + 2) if self.trains_all else range(1, self.depth + 1)
        self.x, self.y = numbers(archive, "X"), numbers(archive, "Y")
        self.initial = {l: numbers(archive, self.names[l] + "_init") for l in self.trained} if "W1_init" in names else None
        passes = [self._forward(x) for x in self.x]
        self.g, self.arguments = [g for g, _ in passes], [arguments for _, arguments in passes]
        self.outputs = [g[-1] for g in self.g]
        evaluated = [LOSSES[self.loss_name](z, y) for z, y in zip(self.outputs, self.y)]
        self.loss = tuple(sum(value[end] for value, _ in evaluated) for end in (0, 1))
        self.v = [[(low + high) / 2 for low, high in gradient] for _, gradient in evaluated]
        self.error = [[(high - low) / 2 for low, high in gradient] for _, gradient in evaluated]

    @staticmethod
    def _reads(height, width, filter_height, filter_width):
        """For every position those that a filter reads there, on a grid that wraps around; the middle of the filter, of an even one the later, lies on the position."""
        height, width, filter_height, filter_width = (int(size) for size in (height, width, filter_height, filter_width))
        return [
            [(j // width + a // filter_width - filter_height // 2) % height * width + (j % width + a % filter_width - filter_width // 2) % width for a in range(filter_height * filter_width)]
            for j in range(height * width)
        ]

    def _is_shared(self, l):
        return self.kind == "convolutional" and l < self.depth

    def _is_step(self, l):
        return self.kind == "residual" and 0 < l < self.depth

    def _read(self, l, h):
        """What W_l multiplies, for every position that shares it."""
        p = len(self.reads)
        return [[h[k * p + at] for k in range(len(h) // p) for at in read] for read in self.reads] if self._is_shared(l) else [h]

    def _forward(self, x):
        """Pre-activations, neuron k at position j of p being number k p + j, and what every layer multiplies."""
        values, arguments, h = [], [], x
        for l, matrix in enumerate(self.w):
            arguments.append(self._read(l, h))
            products = [times(matrix, argument) for argument in arguments[-1]]
            g = [product[k] for k in range(len(matrix)) for product in products]
            values.append([below + self.tau * z for below, z in zip(h, g)] if self._is_step(l) else g)
            h = [max(value, Fraction(0)) for value in values[-1]]
        return values, arguments

    def signals(self, i, v):
        """u_l of sample i for the signal v at the output, for every trained layer and every position: the gradient of W_l is the sum of u h^T over positions (Fact 2.6)."""
        result, above = {}, v
        for l in range(self.depth + 1, self.trained[0] - 1, -1):
            scaled = [self.tau * u for u in above] if self._is_step(l) else above
            p = len(self.arguments[i][l])
            result[l] = [[scaled[k * p + j] for k in range(len(self.w[l]))] for j in range(p)]
            if l == self.trained[0]:
                break
            returned = [times(transposed(self.w[l]), u) for u in result[l]]
            below = [Fraction(0)] * len(self.g[i][l - 1])
            for j, patch in enumerate(returned):
                if self._is_shared(l):
                    for at, value in enumerate(patch):
                        k, a = divmod(at, len(self.reads[0]))
                        below[k * p + self.reads[j][a]] += value
                else:
                    below = patch
            if self._is_step(l):
                below = [b + u for b, u in zip(below, above)]
            above = [b if g >= 0 else Fraction(0) for b, g in zip(below, self.g[i][l - 1])]
        return result

    def product(self, i, u, k, v):
        """The inner product of the gradients that belong to two signals, over all trained layers."""
        return sum(
            (dot(one, other) * dot(h, other_h) for l in self.trained for one, h in zip(u[l], self.arguments[i][l]) for other, other_h in zip(v[l], self.arguments[k][l])), Fraction(0))

    def squared_gradient_norm(self):
        """Of the gradient for signals v that are off by an error, and that error's largest effect on the norm, squared: the trace of the tangent kernel bounds the Jacobian."""
        samples = range(len(self.x))
        u = [self.signals(i, self.v[i]) for i in samples]
        square = sum((self.product(i, u[i], k, u[k]) for i in samples for k in samples), Fraction(0))
        error = sum((e * e for errors in self.error for e in errors), Fraction(0))
        return square, error * sum((self.product(i, one, i, one) for i, one in self._columns()), Fraction(0)) if error else Fraction(0)

    def _columns(self):
        d = len(self.w[-1])
        return [(i, self.signals(i, [Fraction(int(j == k)) for k in range(d)])) for i in range(len(self.x)) for j in range(d)]

    def kernel(self):
        columns = self._columns()
        return [[self.product(i, u, k, v) for k, v in columns] for i, u in columns]

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
    subject = certificate["subject"]
    yield (
        f"it is a {network.kind} network with the {network.loss_name} loss{' and all layers trained' if network.trains_all else ''}",
        (subject["network"], subject["loss"], subject["trainsAllLayers"]) == (network.kind, network.loss_name, network.trains_all),
    )
    low, high = (Fraction(certificate["loss"][end]) for end in ("atLeast", "atMost"))
    yield f"F(W) = {float(network.loss[0])!r} lies within its bounds", low <= network.loss[0] and network.loss[1] <= high
    if certificate["lossBelow"] is not None:
        yield f"F(W) <= {certificate['lossBelow']!r}", network.loss[1] <= Fraction(certificate["lossBelow"])

    leads, claimed = network.leads(), certificate["classification"]
    if claimed is not None:
        right = sum(lead > 0 for lead in leads) if leads else None
        yield (
            f"{claimed['correct']} samples right, {claimed['wrong']} wrong, margins >= {claimed['leastMargin']!r}",
            leads is not None and right >= claimed["correct"] and len(leads) - right >= claimed["wrong"] and min(leads) >= Fraction(claimed["leastMargin"]),
        )
        if certificate["accuracy"] is not None:
            yield f"accuracy >= {certificate['accuracy']!r}", leads is not None and right >= Fraction(certificate["accuracy"]) * len(leads)

    if certificate["gradientNorm"] is not None:
        square, squared_error = network.squared_gradient_norm()
        low, high = (Fraction(certificate["gradientNorm"][end]) for end in ("atLeast", "atMost"))
        error = Fraction(1, 2**250) if squared_error else Fraction(0)
        within = squared_error <= error**2 and (not low or (low + error) ** 2 <= square) and error <= high and square <= (high - error) ** 2
        yield f"the gradient's norm, the root of {float(square)!r}, lies within its bounds", within

    kernel = certificate["kernel"]
    if kernel is not None:
        k = network.kernel()
        below, above = Fraction(kernel["smallestAtLeast"]), Fraction(kernel["largestAtMost"])
        margin = Fraction(1, 2**1000)  # an eigenvalue may be the bound itself; definite is decided, semidefinite is not
        yield f"no eigenvalue of the tangent kernel is below {float(below)!r}", is_positive_definite(shifted(k, 1, margin - below))
        yield f"none is above {float(above)!r}", is_positive_definite(shifted(k, -1, above + margin))

    for entry in certificate["distances"] or []:
        name, l = entry["layer"], network.names.index(entry["layer"])
        difference = [[a - b for a, b in zip(one, other)] for one, other in zip(network.w[l], network.initial[l])]
        rows = difference if len(difference) <= len(difference[0]) else transposed(difference)
        gram = [[dot(a, b) for b in rows] for a in rows]
        low, high = Fraction(entry["range"]["atLeast"]), Fraction(entry["range"]["atMost"])
        margin = Fraction(1, 2**1000)
        yield (
            f"{float(low)!r} <= ||{name} - {name}_init|| <= {float(high)!r}",
            is_positive_definite(shifted(gram, -1, high**2 + margin)) and (not low or not is_positive_definite(shifted(gram, -1, low**2))),
        )


def main(certificate_path, snapshot_path):
    with open(certificate_path, encoding="utf-8") as file:
        certificate = json.load(file)
    if certificate["format"] != "harness-certificate/3":
        raise ValueError(f"{certificate_path} has the format {certificate['format']!r}; this script reads harness-certificate/3")
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
