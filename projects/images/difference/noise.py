"""What two pictures differ by where nothing was changed, as this very pair shows it.

Recompression, resampling and generators that decode the whole anew leave more behind where there
is more detail. So the noise is fitted in bins of how steep the picture is, each with its own
middle and spread, and a difference is judged by how many spreads it stands out.
"""

import numpy as np

from .colour import Floats
from .planes import Mask

BINS = 8
ROUNDS, CUT = 10, 6.0
LEAST = 0.35  # the least spread: half a step of 8 bits, in OKLab times 100
BEGIN = 0.3  # of the values of a bin, the smallest: edits reach them last


def standing_out(far: Floats, steep: Floats, among: Mask, seen: float) -> tuple[Floats, float]:
    """By how many spreads each difference stands out, and the distance `seen` spreads are where
    the noise is strongest.

    `far` is the distance of each pixel, `steep` how steep the picture is there, `among` what may
    be looked at.
    """
    out = np.zeros(far.shape, np.float32)
    if not among.any():
        return out, 0.0
    edges = np.quantile(steep[among][::7], np.linspace(0, 1, BINS + 1)[1:-1])
    which = np.searchsorted(edges, steep.ravel()).reshape(steep.shape)
    counts = np.bincount(which[among], minlength=BINS)
    noise = [fitted(far[(which == each) & among]) for each in range(BINS)]
    middles = calmer([middle for middle, _ in noise], counts)
    spreads = calmer([spread for _, spread in noise], counts)
    for each in range(BINS):
        here = which == each
        out[here] = (far[here] - middles[each]) / spreads[each]
    return out, max(m + seen * s for m, s in zip(middles, spreads, strict=True))


def calmer(values: list[float], counts: "np.ndarray") -> list[float]:
    """Never more in a flatter bin than in a steeper one: more there is an edit, not noise."""
    least = float("inf")
    done = []
    for value, count in zip(reversed(values), reversed(counts.tolist()), strict=True):
        least = min(least, value) if count else least
        done.append(least)
    return done[::-1]


def fitted(values: Floats) -> tuple[float, float]:
    """Middle and spread of what is noise among `values`.

    Grown from the smallest ones: all that lies within six spreads of what was taken so far is
    taken too, until there is a gap. So a bin of which the most was edited still tells its noise.
    """
    if not values.size:
        return 0.0, LEAST
    count = max(1, int(BEGIN * values.size))
    kept = np.partition(values, count - 1)[:count]
    middle, spread = 0.0, LEAST
    for _ in range(ROUNDS):
        middle = float(np.median(kept))
        spread = max(LEAST, 1.4826 * float(np.median(np.abs(kept - middle))))
        more = values[values < middle + CUT * spread]
        if more.size == kept.size:
            break
        kept = more
    return middle, spread
