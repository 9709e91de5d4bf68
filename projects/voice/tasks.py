"""Slow work on voices."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.store.models import called


@task()
@called(_("Measuring the voice"))
def measure_voice(profile_pk: int) -> None:
    """Measure what has changed in one language."""
    # By name: the models enqueue this, so importing them here would make a circle.
    profile = apps.get_model("voice", "Profile").objects.filter(pk=profile_pk).first()
    if profile is not None:  # else the book that was home is gone
        profile.measure()
