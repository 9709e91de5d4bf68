"""Slow work on pictures."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.store.models import called


@task()
@called(_("Previews"))
def derive(blob_pk: int) -> None:
    """Make the previews and tiles of one blob."""
    # By name: the models enqueue this, so importing them here would make a circle.
    apps.get_model("images", "Version").objects.derive(blob_pk)
