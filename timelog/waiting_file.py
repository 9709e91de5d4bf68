"""A file of hours that lies in the spool: looked at on a page, kept there or by a worker."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.store.models import Job, about, called, progress
from studio.store.uploads import Uploads
from timelog.bring_in import bring_in
from timelog.found import Choice, wishes
from timelog.incoming import NotRead, read
from timelog.models import Kind

LATER = 3000  # rows; more are kept by a worker, so that no page waits for them
uploads = Uploads("time")


def waiting(token: str) -> Path:
    """The file a token stands for. Raises NotRead."""
    source = uploads.find(token)
    if source is None:
        raise NotRead("waited")
    return source


@task(priority=5)
@called(_("Hours from a file"))
def keep(
    token: str,
    said: dict[str, str],
    wanted: Mapping[str, int | str],
    bare: int,
    ways: Mapping[str, str] | None = None,
) -> None:
    """Read the file and keep what is new, as the batch that has the number of the token."""
    source = uploads.find(token)
    if source is None:  # a worker before this one finished, and was not believed
        return
    reading = read(source.read_bytes(), "", wishes(**said), source.name)
    progress(0, len(reading.spent))
    kinds = Kind.objects.in_bulk()
    bring_in(
        reading,
        file=source.name,
        wanted={
            name: kinds.get(each, "") if isinstance(each, int) else each
            for name, each in wanted.items()
        },
        without_kind=kinds.get(bare),
        batch=UUID(token),
        ways=ways,
    )
    uploads.drop(token)


def keep_later(
    token: str,
    said: dict[str, str],
    wanted: Mapping[str, Choice],
    without_kind: Kind | None,
    ways: Mapping[str, str] | None = None,
) -> None:
    """Have a worker keep it, once however often it is asked."""
    if job_of(token) is None:
        plain = {name: each.pk if isinstance(each, Kind) else each for name, each in wanted.items()}
        with about(subject(token)):
            bare = without_kind.pk if without_kind else 0
            keep.enqueue(token, said, plain, bare, dict(ways or {}))


def job_of(token: str) -> Job | None:
    """The work on it that was asked for last."""
    return Job.objects.filter(subject=subject(token)).order_by("-created").first()


def subject(token: str) -> str:
    """What the job is about."""
    return f"hours:{UUID(token).hex}"
