"""Slow work on manuscripts."""

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.store.models import called

from .measuring import measure


@task()
@called(_("Measuring the rewrite"))
def measure_pass(rewrite: int) -> None:
    """Measure what has changed in a pass."""
    measure(rewrite)
