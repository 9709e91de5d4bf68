"""Marks on two shots: what later versions made good, what must stay, and what did not stay."""

from projects.images.models import Image, Mark

PLAIN = (
    ("box", [(0.46, 0.48), (0.54, 0.68)], "todo", "Someone must stand here, or it has no scale."),
    ("box", [(0.02, 0.1), (0.2, 0.6)], "keep", "左侧晶格的疏密"),
    ("box", [(0.1, 0.75), (0.9, 0.95)], "keep", "The empty plain"),
    ("pin", [(0.36, 0.68)], "note", "平原要空。 Nothing else may stand on it."),
)
FIRST_LIGHT = (
    ("box", [(0.29, 0.2), (0.37, 0.4)], "todo", "This light is nobody’s; it must go."),
    ("box", [(0.02, 0.22), (0.18, 0.58)], "keep", "左侧晶格的疏密"),
    ("box", [(0.38, 0.5), (0.46, 0.68)], "keep", "She stands with her back to us"),
    ("pin", [(0.56, 0.62)], "note", "太阳停在地平线上。 No higher than this."),
)
# By the number of the shot: the last version that may carry the marks, and the marks.
MARKS = {6: (1, PLAIN), 7: (5, FIRST_LIGHT)}


def mark(shot: int, image: Image) -> None:
    """Mark a version of one of these shots; a worker finds the marks on those after it."""
    number, marks = MARKS.get(shot, (0, ()))
    version = image.versions.filter(number__lte=number).order_by("number").last()
    if version is None:
        return
    for shape, points, kind, body in marks:
        Mark.objects.draw(version, shape, points, kind=kind, body=body)
