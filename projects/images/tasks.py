"""Slow work on pictures."""

from collections.abc import Iterator

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


@task(priority=5)  # somebody is looking at the two
@called(_("Changed areas"))
def compare(comparison_pk: int) -> None:
    """Find what changed between two files."""
    comparison = apps.get_model("images", "Comparison").objects.filter(pk=comparison_pk).first()
    if comparison is not None:
        comparison.make()
        apps.get_model("images", "Trace").objects.look_again(comparison)


@task()
@called(_("Where marks stand"))
def follow_marks(image_pk: int) -> None:
    """Find the marks of a picture on its other versions, and what became of each."""
    apps.get_model("images", "Trace").objects.follow(image_pk)


@task(priority=5)
@called(_("A file to take along"))
def make_export(pk: int) -> None:
    """Make a contact sheet or an archive: somebody waits for it, so it goes first."""
    export = apps.get_model("images", "Export").objects.filter(pk=pk).first()
    if export is not None:  # it may have been taken away meanwhile
        export.make()


def drop_old_exports() -> Iterator[object]:
    """A chore: what was made to take along a week ago makes room."""
    exports = apps.get_model("images", "Export").objects
    for export in exports.old():
        export.remove()
        yield export
