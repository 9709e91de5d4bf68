"""How each film and each shot of the sample story looks."""

from dataclasses import replace
from typing import Any

from .painter import Look

DAWN = Look(low=(0.6, 0.38, 0.2), high=(0.01, 0.014, 0.03))
NIGHT = Look(low=(0.1, 0.16, 0.3), high=(0.003, 0.006, 0.018), sun=-1)
ASH = Look(low=(0.5, 0.48, 0.46), high=(0.02, 0.02, 0.022), sun=-1, grey=0.85)
SNOW = Look(low=(0.8, 0.85, 0.9), high=(0.35, 0.4, 0.45), sun=-1, stars=0)


def of(base: Look, seed: int, **changes: Any) -> Look:
    """A look like `base`, by other chances and with some things changed."""
    return replace(base, seed=seed, **changes)


COVERS = (
    of(DAWN, 1, planet=0.9, planet_at=(0.5, 0.95), horizon=0.98, sun=0.72),
    of(DAWN, 2, halls=9, figure=0.5, low=(0.5, 0.42, 0.3), stars=0.05, sun_power=0.5),
    of(DAWN, 3, lattice=0.9, rise=0.9, water=True, figure=0.42, sun=0.55),
    of(NIGHT, 4, planet=0.2, planet_at=(0.64, 0.3), water=True, figure=0.3),
    of(NIGHT, 5, beacon=0.45, pillar=0.45, water=True, ridge=0.03),
    of(
        ASH,
        6,
        planet=0.18,
        planet_at=(0.5, 0.45),
        rings=0.7,
        horizon=0.9,
        low=(0.6, 0.25, 0.1),
        grey=0,
    ),
    of(
        ASH, 7, towers=9, low=(0.75, 0.68, 0.5), high=(0.3, 0.28, 0.22), stars=0, haze=0.6, grey=0.2
    ),
    of(SNOW, 8, figure=0.66, ridge=0.1),
    of(NIGHT, 9, water=True, sun=0.5, sun_power=0.5, planet=0.07, planet_at=(0.5, 0.2)),
    of(ASH, 10, rings=0.45, lattice=0.15, horizon=0.95, low=(0.2, 0.2, 0.18), stars=0.1, grey=0.3),
    of(NIGHT, 11, ridge=0.06, rings=1.1),
    of(ASH, 12, rings=1.6, horizon=0.99, stars=0.2),
    of(ASH, 13, halls=7, figure=0.5, sun=0.5, sun_power=0.9),
    of(ASH, 14, planet=0.05, planet_at=(0.6, 0.4), horizon=0.99),
    of(ASH, 15, planet=0.3, planet_at=(0.36, 0.4), horizon=0.99),
    of(ASH, 16, planet=0.75, planet_at=(0.5, 0.35), figure=0.8),
    of(ASH, 17, towers=70, sun=0.4, sun_power=0.4),
    of(ASH, 18, lattice=0.5, rise=0.6),
    of(DAWN, 19, ridge=0.14, low=(0.1, 0.4, 0.3), high=(0.01, 0.03, 0.03), sun=0.3, sun_power=0.3),
    of(ASH, 20, haze=1.6, horizon=0.99),
    of(SNOW, 21, halls=6, figure=0.5, grey=0.7),
    of(DAWN, 22, sun=0.6, ridge=0.05, low=(0.6, 0.25, 0.15), high=(0.05, 0.02, 0.015), stars=0),
    of(ASH, 23, rings=0.8, stars=1, horizon=0.97),
    of(NIGHT, 24, lattice=0.8, rise=1, horizon=0.9, low=(0.2, 0.3, 0.5), grey=0.5),
    of(ASH, 25, planet=0.24, planet_at=(0.56, 0.42), horizon=0.99),
)
SHOTS = (
    of(DAWN, 31, sun=0.6, sun_power=0.4),
    of(ASH, 32, planet=0.8, planet_at=(0.7, 0.4), figure=0.3, grey=0.4),
    of(DAWN, 33, lattice=0.12, rise=0.8, sun=0.7, sun_power=0.5),
    of(NIGHT, 34, rings=0.9, horizon=0.98, low=(0.3, 0.25, 0.2)),
    of(DAWN, 35, water=True, sun=0.4, lattice=0.2),
    of(DAWN, 36, lattice=0.7, rise=0.7, sun=0.5, figure=0.5),
    of(DAWN, 37, lattice=0.9, rise=0.9, water=True, figure=0.42, sun=0.56, beacon=0.9),
    of(DAWN, 38, lattice=1, rise=1.1, horizon=0.72, sun=0.5, low=(0.55, 0.4, 0.25)),
    of(DAWN, 39, haze=1.4, lattice=0.3, rise=1.1, horizon=0.85, sun=0.3),
)
