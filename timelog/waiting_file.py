"""Files of hours that lie in the spool: looked at on a page, kept there or by a worker."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.store.models import Job, about, called, progress
from studio.store.uploads import Uploads
from timelog.bring_in import bring_in_all
from timelog.found import Choice, wishes
from timelog.incoming import NotRead, Reading, Wishes, read
from timelog.incoming.parcel import Part, files_of, is_archive, read_all
from timelog.models import Kind

LATER = 3000  # rows; more are kept by a worker, so that no page waits for them
uploads = Uploads("time")


def opened(token: str, said: Mapping[str, str]) -> list[Part]:
    """What is read of the files a token stands for, each by itself.

    Raises NotRead when they have waited too long, when there is only one and it cannot be read, and
    when one asks what was not said.
    """
    files = [(path.name, path.read_bytes()) for path in uploads.files(token)]
    if not files:
        raise NotRead("waited")
    if len(files) == 1 and not is_archive(files[0][1]):
        name, data = files[0]
        return [Part(name, read(data, "", wishes(**said), name))]
    parts = read_all(files_of(files), wishes(**said), read_by_itself)
    if len(parts) == 1 and parts[0].error:
        raise parts[0].error
    return parts


def read_by_itself(data: bytes, heard: Wishes, name: str) -> Reading:
    """Read one of several files, of whatever format. Raises NotRead."""
    return read(data, "", heard, name)


def names_of(token: str) -> str:
    """What the files a token stands for are called, a line each."""
    return "\n".join(path.name for path in uploads.files(token))


@task(priority=5)
@called(_("Hours from a file"))
def keep(
    token: str,
    said: dict[str, str],
    wanted: Mapping[str, int | str],
    bare: int,
    ways: Mapping[str, str] | None = None,
) -> None:
    """Read the files and keep what is new, as the batch that has the number of the token."""
    if not uploads.files(token):  # a worker before this one finished, and was not believed
        return
    readings = [part.reading for part in opened(token, said) if part.reading]
    progress(0, sum(len(reading.spent) for reading in readings))
    kinds = Kind.objects.in_bulk()
    bring_in_all(
        readings,
        file=names_of(token),
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
