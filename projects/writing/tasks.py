"""Work on the manuscript that nobody waits for."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from projects.writing.models import Scene, thin_out

LATELY = timedelta(days=45)  # by then what a scene has is a state a week, and stays so


def thin_lately() -> Iterator[int]:
    """Every hour: thin the revisions of the scenes that were worked on lately, one by one."""
    changed = Scene.objects.filter(updated__gte=timezone.now() - LATELY)
    for scene in changed.order_by("pk").values_list("pk", flat=True):
        yield thin_out(scene)
