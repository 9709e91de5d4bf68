"""A change of the whole picture's tones, told apart from edits of parts of it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .colour import Floats, hyab

POINTS = 40_000
ROUNDS = 12


class Grade(NamedTuple):
    """How far the whole was moved: the median shift of lightness and of the two colour axes
    (green to red, blue to yellow) in OKLab times 100, and the median distance."""

    lightness: float
    a: float
    b: float
    distance: float

    @classmethod
    def none(cls) -> "Grade":
        """The whole was left as it was."""
        return cls(0.0, 0.0, 0.0, 0.0)


def fit(a: Floats, b: Floats, among: NDArray[np.bool_]) -> tuple[Floats, Grade]:
    """What the grade makes of `a`, and the grade in numbers.

    a and b are OKLab times 100, shape (h, w, 3), laid over one another; `among` says which pixels
    count. Each axis follows a cubic of lightness and all squares of the three: stiff enough that
    a local edit is not taken for a grade. Each pixel is
    weighed by how well it fits (iteratively reweighted least squares, Tukey's biweight).
    """
    rows, columns = np.nonzero(among)
    step = max(1, len(rows) // POINTS)
    rows, columns = rows[::step], columns[::step]
    if len(rows) < 50:
        return np.zeros_like(a), Grade.none()
    here, there = a[rows, columns].astype(np.float64), b[rows, columns].astype(np.float64)
    shifts = there - here
    terms = _terms(here)
    weights = np.ones(len(here))
    start = np.median(shifts, axis=0)
    off = shifts - start
    found = np.zeros((terms.shape[1], 3))
    for _ in range(ROUNDS):
        far = np.sqrt((off**2).sum(1))
        spread = 1.4826 * float(np.median(far)) + 0.05
        ratio = far / (3.0 * spread)
        weights = np.where(ratio < 1, (1 - ratio**2) ** 2, 0.0)
        heavy = terms * weights[:, None]
        normal = heavy.T @ terms + 1e-3 * np.eye(terms.shape[1]) * weights.sum()
        # Pulled towards the plain shift where nothing says otherwise.
        found = np.linalg.solve(normal, heavy.T @ (shifts - start))
        off = shifts - start - terms @ found
    every = _terms(a.reshape(-1, 3)) @ found.astype(np.float32)
    moved = (every.reshape(a.shape) + start).astype(np.float32)
    return moved, _told(moved)


def _terms(lab: "NDArray[np.floating]") -> "NDArray[np.floating]":
    """What the grade may follow, each about one in size."""
    lightness = (lab[:, 0] - 50) / 50
    red, yellow = lab[:, 1] / 20, lab[:, 2] / 20
    parts = [np.ones_like(lightness), lightness, lightness**2, lightness**3, red, yellow]
    parts += [lightness * red, lightness * yellow, red * yellow, red**2, yellow**2]
    return np.stack(parts, 1)


def _told(moved: Floats) -> Grade:
    few = moved[::4, ::4].reshape(-1, 3)
    lightness, red, yellow = (float(np.median(few[:, n])) for n in range(3))
    return Grade(lightness, red, yellow, float(np.median(hyab(few))))
