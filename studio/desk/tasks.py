"""Slow work on what can be found."""

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.desk import index
from studio.desk.sources import SOURCES
from studio.store.models import called, progress


@task()
@called(_("Find: a long text"))
def find_again(kind: str, target: int) -> None:
    """Make the places of one thing."""
    source = next(source for source in SOURCES if source.kind == kind)
    row = source.model._base_manager.filter(pk=target).first()
    if row is None:
        index.forget(kind, target)
    else:
        index.place(source, row)


@task()
@called(_("Find: everything anew"))
def find_everything_again() -> None:
    """Make all places."""
    for done, total in index.everything():
        if done % 50 == 0 or done == total:
            progress(done, total)
