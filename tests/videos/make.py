"""Films for tests."""

from typing import Any

from projects.videos.models import Concept


def concept(title: str = "Waiting for Light", **fields: Any) -> Concept:
    return Concept.objects.create_next(title=title, **fields)


def titles(stage: str) -> list[str]:
    """What stands in a column, in order."""
    found = Concept.objects.filter(stage=stage).on_the_board()
    return list(found.values_list("title", flat=True))
