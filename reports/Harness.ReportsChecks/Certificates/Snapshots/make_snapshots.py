"""Writes the snapshots beside this file: NumPy's own files of adversarial networks, for the tests of 'harness certify'.

    python3 make_snapshots.py      (Debian: python3-numpy)

The files are committed, so that the tests need neither; the same NumPy writes the same bytes again.
"""

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
rng = np.random.default_rng(20181109)


def forward(arrays):
    h = np.maximum(arrays["A"] @ arrays["X"].T, 0)
    depth = 1
    while f"W{depth}" in arrays:
        h = np.maximum(arrays[f"W{depth}"] @ h, 0)
        depth += 1
    return (arrays["B"] @ h).T


def network(n, dx, m, depth, d, draw):
    arrays = {"A": draw(m, dx)}
    for l in range(1, depth + 1):
        arrays[f"W{l}"] = draw(m, m)
    return arrays | {"B": draw(d, m), "X": draw(n, dx), "Y": draw(n, d)}


def save(name, arrays):
    np.savez(FOLDER / f"{name}.npz", **arrays)


def normal(*shape):
    return rng.standard_normal(shape)


def whole(*shape):
    return rng.integers(-2, 3, shape).astype(float)


def graded(*shape):
    return normal(*shape) * np.exp2(rng.integers(-30, 31, shape))


# Certifiable: what is stated of them is compared with exact rational arithmetic.
ordinary = network(4, 3, 6, 2, 3, normal)
ordinary |= {f"W{l}_init": ordinary[f"W{l}"] + 0.1 * normal(6, 6) for l in (1, 2)}
save("ordinary", ordinary)
save("fortran-order", {name: np.asfortranarray(array) for name, array in ordinary.items()})
save("single-precision", {name: array.astype(np.float32) for name, array in ordinary.items()})
save("graded", network(3, 3, 5, 2, 2, graded))
save("exact-ties", network(4, 3, 6, 2, 3, whole))
save("large", {name: array * 2.0**40 for name, array in network(3, 2, 4, 2, 2, normal).items()})

# Pre-activations a few units in the last place from zero, on either side: double precision leaves their signs open.
near = network(4, 2, 6, 2, 3, normal)
near["X"] = np.array([[1.0, 1.0], [1.5, 1.5], [-1.25, -1.25], [0.75, 0.75]])
near["A"][:, 1] = -near["A"][:, 0] * (1 + np.array([0, 1, -1, 2, -2, 3]) * 2.0**-52)
near["A"] *= 2.0**40
save("nearly-tied-signs", near)

# The first two outputs differ by a unit in the last place of one weight: double precision leaves the largest one open.
close = network(4, 3, 6, 2, 3, lambda *shape: np.abs(normal(*shape)))
close["B"][0] += 3
close["B"][1] = close["B"][0]
close["B"][1, 0] = np.nextafter(close["B"][1, 0], 0)
close["Y"] = np.tile([1.0, 0.5, 0.0], (4, 1))
save("nearly-tied-outputs", close)

# Targets are the outputs as double precision has them, so F is all rounding error.
interpolated = network(4, 3, 6, 2, 3, normal)
interpolated["Y"] = forward(interpolated)
save("interpolated", interpolated)

# Products of weights and inputs underflow: F differs from ½ by less than anything beside it, and is not ½.
tiny = network(2, 2, 4, 1, 1, normal)
tiny["A"] *= 2.0**-1040
tiny["B"] *= 2.0**400
tiny["Y"] = np.array([[1.0], [0.0]])
save("subnormal", tiny)

# y = φ(φ(x₁)) − φ(φ(x₂)): F = ½(1 − ½)² = 1/8 exactly, no rounding anywhere.
save("one-eighth", {"A": np.eye(2), "W1": np.eye(2), "B": np.array([[1.0, -1.0]]), "X": np.eye(2), "Y": np.array([[1.0], [-0.5]])})

# Refused: each says what, where and what to do.
save("refused-big-endian", {name: array.astype(">f8") for name, array in ordinary.items()})
save("refused-half-precision", {name: array.astype(np.float16) for name, array in ordinary.items()})
save("refused-objects", ordinary | {"W1": ordinary["W1"].astype(object)})
save("refused-vector", ordinary | {"A": ordinary["A"][:, 0]})
save("refused-transposed-inputs", ordinary | {"X": ordinary["X"].T})
save("refused-missing-outputs", {name: array for name, array in ordinary.items() if name != "B"})
save("refused-gap", {("W3" if name == "W2" else name): array for name, array in ordinary.items() if not name.endswith("_init")})
save("refused-overflow", {name: array * 2.0**350 for name, array in network(3, 2, 4, 2, 2, normal).items()})
save("refused-lonely-initial-state", {name: array for name, array in ordinary.items() if name != "W1_init"})
for name, number in (("refused-nan", np.nan), ("refused-infinity", -np.inf)):
    changed = ordinary["W2"].copy()
    changed[3, 1] = number
    save(name, ordinary | {"W2": changed})
whole_file = (FOLDER / "ordinary.npz").read_bytes()
(FOLDER / "refused-truncated.npz").write_bytes(whole_file[: len(whole_file) // 2])
