"""Places on a picture in words: nine of them, as one says where something stands."""

from django.utils.translation import gettext_lazy as _

from projects.images.shapes import Point

# By row, then by column, from the upper left.
PLACES = {
    "nw": _("upper left"),
    "n": _("top"),
    "ne": _("upper right"),
    "w": _("left"),
    "c": _("centre"),
    "e": _("right"),
    "sw": _("lower left"),
    "s": _("bottom"),
    "se": _("lower right"),
}
NAMES = tuple(PLACES)


def place_of(point: Point) -> str:
    """Where a point stands, in words."""
    column, row = (min(2, max(0, int(side * 3))) for side in point)
    return str(PLACES[NAMES[3 * row + column]])


def corners(name: str) -> list[Point]:
    """The upper left and the lower right corner of one of the nine places."""
    row, column = divmod(NAMES.index(name), 3)
    return [(column / 3, row / 3), ((column + 1) / 3, (row + 1) / 3)]
