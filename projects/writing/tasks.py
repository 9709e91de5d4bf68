"""Work on the manuscript that nobody waits for."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.store.models import called

from .measuring import measure
from .models import Scene, thin_out

LATELY = timedelta(days=45)  # by then what a scene has is a state a week, and stays so


@task()
@called(_("Measuring the rewrite"))
def measure_pass(rewrite: int) -> None:
    """Measure what has changed in a pass."""
    measure(rewrite)


def thin_lately() -> Iterator[int]:
    """Every hour: thin the revisions of the scenes that were worked on lately, one by one."""
    changed = Scene.objects.filter(updated__gte=timezone.now() - LATELY)
    for scene in changed.order_by("pk").values_list("pk", flat=True):
        yield thin_out(scene)
