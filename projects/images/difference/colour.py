"""Colours as the eye tells them apart: OKLab (Ottosson, 2020), and distances in it.

Distances are HyAB (Abasi, Tehran and Fairchild, 2020): lightness and chroma added, which holds
better than the Euclidean one where differences are large. All are given times 100, so that about
2 is what an eye just sees, as with the older deltas.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
# A screen in a room is never black: without this, one step of 8 bits near black would count as much
# as thirty in the middle.
FLARE = 0.005


def _curve() -> Floats:
    """What each of the 256 values of sRGB is in linear light (IEC 61966-2-1)."""
    coded = np.arange(256) / 255
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    return linear.astype(np.float32)


_LINEAR = _curve()


def oklab(pixels: Bytes, flare: float = 0.0) -> Floats:
    """sRGB of 8 bits, shape (…, 3), as OKLab times 100: L 0 to 100, a and b about -40 to 40.

    `flare` is light that the screen sends back beside its own, as a share of white.
    """
    cones = np.cbrt(_LINEAR[pixels] @ _TO_CONES.T + np.float32(flare))
    lab: Floats = (cones @ _TO_LAB.T) * np.float32(100)
    return lab


def hyab(difference: Floats) -> Floats:
    """How far apart two colours of OKLab times 100 are; `difference` has shape (…, 3)."""
    lightness, a, b = (difference[..., n] for n in range(3))
    far: Floats = (np.abs(lightness) + np.hypot(a, b)).astype(np.float32, copy=False)
    return far
