"""The whole of it: two pictures in, their changed areas out."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from PIL import Image

from . import areas, exact, perceptual, registration
from .colour import FLARE, Floats, oklab
from .copies import Copy, copy_of
from .grade import Grade
from .planes import IDENTITY, Affine, Mask


@dataclass(frozen=True)
class Floor:
    """What cannot be seen: changes below `distance` (OKLab times 100) or narrower than `pixels`
    pixels of A. 0 and 0 where nothing is overlooked: all that was not changed is the same bits."""

    distance: float
    pixels: int


@dataclass(frozen=True, eq=False)
class Analysis:
    """What changed from A to B.

    `matrix` takes A's relative points to B's, None where the framing differs; `mask` is True
    where A was changed, `strength` how many spreads each pixel stands out from the noise, both of
    A's analysis copy, shape (h, w); `share` is of A's frame.
    """

    registration: registration.Registration
    matrix: Affine | None
    floor: Floor
    grade: Grade
    mask: Mask
    strength: Floats
    regions: list[areas.Region]
    share: float

    def as_json(self) -> dict[str, Any]:
        """All but the planes."""
        return {
            "registration": self.registration._asdict(),
            "matrix": list(self.matrix) if self.matrix else None,
            "floor": asdict(self.floor),
            "grade": self.grade._asdict(),
            "share": self.share,
            "regions": [each._asdict() for each in self.regions],
        }


def analyse(a: Image.Image, b: Image.Image) -> Analysis:
    """What changed from picture `a` to picture `b`, decoded ones of any mode and size."""
    return analyse_copies(copy_of(a), copy_of(b))


def analyse_copies(a: Copy, b: Copy) -> Analysis:
    """The same of analysis copies; both are brought to the size of the smaller one."""
    a, b = common(a, b)
    changed = exact.changed(a, b)
    lab_a, lab_b = (oklab(each.colours, FLARE) for each in (a, b))
    if changed is not None:
        told = registration.told(IDENTITY, a.size)
        strength = perceptual.plain(lab_a, lab_b)
        return _found(told, IDENTITY, Floor(0.0, 0), Grade.none(), changed, strength)
    matrix = IDENTITY
    if not lie_alike(a, b):
        matrix = registration.register(lab_a[..., 0], lab_b[..., 0])
    aspects = a.size[0] / a.size[1], b.size[0] / b.size[1]
    framing = registration.framing(lab_a[..., 0], lab_b[..., 0], matrix, aspects)
    told = registration.told(matrix, a.size, framing)
    if framing == "different":
        nothing = np.zeros(lab_a.shape[:2], np.bool_)
        empty = nothing.astype(np.float32)
        return _found(told, None, Floor(0.0, 0), Grade.none(), nothing, empty)
    seen = perceptual.changed(a, b, lab_a, lab_b, matrix)
    pixels = round(seen.width * a.size[0] / a.shape[0])
    floor = Floor(seen.distance, pixels)
    return _found(told, matrix, floor, seen.grade, seen.mask, seen.strength)


def _found(
    told: registration.Registration,
    matrix: Affine | None,
    floor: Floor,
    grade: Grade,
    mask: Mask,
    strength: Floats,
) -> Analysis:
    """With the areas of the mask."""
    regions, share = areas.regions(mask), float(mask.mean())
    return Analysis(told, matrix, floor, grade, mask, strength, regions, share)


def common(a: Copy, b: Copy) -> tuple[Copy, Copy]:
    """Both with A's proportions, at the size of the smaller one."""
    ratio = min(1.0, max(b.shape) / max(a.shape))
    size = (max(1, round(a.shape[0] * ratio)), max(1, round(a.shape[1] * ratio)))
    return a.at(size), b.at(size)


def lie_alike(a: Copy, b: Copy) -> bool:
    """Whether much of both is the very same point by point, which no shifted picture is."""
    same = (a.colours == b.colours).all(2)
    rises = (a.colours[:, 1:] != a.colours[:, :-1]).any(2)
    there = int(rises.sum())
    return int((same[:, 1:] & same[:, :-1] & rises).sum()) >= 0.2 * there
