"""Marks on the first version of one shot: what later ones made good, and what must stay."""

from projects.images.models import Image, Mark

SHOT = 6
MARKS = (
    ("box", [(0.46, 0.48), (0.54, 0.68)], "todo", "Someone must stand here, or it has no scale."),
    ("box", [(0.02, 0.1), (0.2, 0.6)], "keep", "左侧晶格的疏密"),
    ("box", [(0.1, 0.75), (0.9, 0.95)], "keep", "The empty plain"),
    ("pin", [(0.36, 0.68)], "note", "平原要空。 Nothing else may stand on it."),
)


def mark(image: Image) -> None:
    """Mark the first version; a worker finds the marks on those that came after it."""
    version = image.versions.get(number=1)
    for shape, points, kind, body in MARKS:
        Mark.objects.draw(version, shape, points, kind=kind, body=body)
