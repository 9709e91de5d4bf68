"""Slow work on pictures."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.store.models import called, progress


@task()
@called(_("Previews"))
def derive(blob_pk: int) -> None:
    """Make the previews and tiles of one blob."""
    # By name: the models enqueue this, so importing them here would make a circle.
    apps.get_model("images", "Version").objects.derive(blob_pk)
    apps.get_model("images", "Derivation").objects.relate(blob_pk)


@task()
@called(_("Family trees"))
def relate(blob_pk: int) -> None:
    """Find which versions those of one blob were made from, and which from them."""
    apps.get_model("images", "Derivation").objects.relate(blob_pk)


@task()
@called(_("How pictures were made"))
def read_recipes() -> None:
    """Read how pictures were made that older readers read, or none."""
    versions = apps.get_model("images", "Version").objects
    blobs = list(
        versions.to_read_again().order_by("-blob").values_list("blob", flat=True).distinct()
    )
    for done, blob in enumerate(blobs, 1):
        versions.read_again(blob)
        progress(done, len(blobs))
