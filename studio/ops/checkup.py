"""What is wrong with a studio: files, rows, database, settings."""

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.core import checks
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from projects.images.models import Rendition, Version
from projects.images.tasks import derive
from projects.writing.models import Effort, Revision, Scene
from studio.store.models import Blob, Job
from studio.store.remote import Unreachable, digest_of, is_set, name_of
from timelog.models import DayTotal, Kind, TimeEntry

CHUNK = 1024 * 1024
LITTLE_ROOM = 1024**3
BATCH = 200

Grade = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, as a sentence that says what to do."""

    grade: Grade
    about: str
    sentence: str
    what: str = ""

    def as_json(self) -> dict[str, str]:
        """For a script."""
        return asdict(self)


def examine(quick: bool = False) -> Iterator[Finding]:
    """Everything that is wrong; `quick` trusts the lengths of files and does not read them."""
    yield from _migrations()
    yield from _database()
    yield from _originals(quick)
    yield from _bucket(quick)
    yield from _orphans()
    yield from _previews()
    yield from _counts()
    yield from _jobs()
    yield from _settings()


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        names = ", ".join(f"{migration.app_label} {migration.name}" for migration, _ in plan[:5])
        yield Finding(
            "error", "migrations", f"{len(plan)} migrations are missing; run serve.", names
        )


def _database() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(5)")
        wrong = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        astray = cursor.fetchall()
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    for line in wrong:
        yield Finding("error", "database", "The database is damaged; restore a backup.", line)
    if astray:
        yield Finding(
            "error", "database", f"{len(astray)} rows point at rows that are gone.", astray[0][0]
        )
    # Tests and tools may open it otherwise; for `serve` anything else loses words at a power cut.
    if mode not in {"wal", "memory"}:
        yield Finding("warning", "database", f"The journal is “{mode}”; it should be WAL.")


def _originals(quick: bool) -> Iterator[Finding]:
    for blob in Blob.objects.order_by("pk").iterator():
        where = named(blob)
        if not blob.path.exists() and blob.stored_remotely and is_set():
            continue  # it left the disk after it was proven to lie in the bucket
        if not blob.path.exists():
            yield Finding("error", "missing", f"The original of {where} is missing.", blob.sha256)
        elif blob.path.stat().st_size != blob.size or not (quick or _is_intact(blob)):
            yield Finding("error", "damaged", f"The original of {where} is damaged.", blob.sha256)


def _bucket(quick: bool) -> Iterator[Finding]:
    """Originals that left the disk must still be in the bucket."""
    if not is_set():
        return
    waiting = Blob.objects.filter(stored_remotely=None).count()
    if waiting:
        yield Finding("warning", "bucket", f"{waiting} originals are not in the bucket yet.")
    away = [blob for blob in Blob.objects.exclude(stored_remotely=None) if not blob.path.exists()]
    if not away or quick:
        return
    from studio.store import bucket

    for blob in away:
        try:
            intact = digest_of(bucket.read(name_of(blob.sha256))) == blob.sha256
        except Unreachable as error:
            yield Finding("error", "bucket", f"{named(blob)}: {error}", blob.sha256)
            return
        if not intact:
            yield Finding(
                "error", "damaged", f"The original of {named(blob)} is damaged.", blob.sha256
            )


def _is_intact(blob: Blob) -> bool:
    digest = hashlib.sha256()
    with blob.path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == blob.sha256


def named(blob: Blob) -> str:
    """What a person knows it by."""
    version = Version.objects.filter(blob=blob).select_related("image").first()
    return f"“{version.image.title}” v{version.number}" if version else str(blob)


def _orphans() -> Iterator[Finding]:
    known = set(Blob.objects.values_list("sha256", flat=True))
    folder = Path(settings.STUDIO_DATA) / "blobs"
    lost = [path for path in files_in(folder) if path.name not in known]
    if lost:
        size = sum(path.stat().st_size for path in lost)
        yield Finding(
            "warning",
            "orphans",
            f"{len(lost)} files belong to nothing ({size / 2**20:,.1f} MB); they do no harm.",
            lost[0].name,
        )


def files_in(folder: Path) -> Iterator[Path]:
    """All files below."""
    for where, _, names in os.walk(folder):
        yield from (Path(where) / name for name in names)


def _previews() -> Iterator[Finding]:
    lacking = previews_to_make()
    if lacking:
        yield Finding(
            "warning",
            "previews",
            f"{len(lacking)} pictures lack previews; `remake_previews` has them made again.",
        )


def previews_to_make() -> list[int]:
    """Blobs of readable versions whose smaller copies are not all there, and wait for no job."""
    ready = Version.objects.filter(reading=Version.Reading.READY, error="")
    blobs = Blob.objects.filter(pk__in=ready.values("blob"))
    return [blob.pk for blob in blobs if not Rendition.objects.are_whole(blob)]


def repair() -> int:
    """Have missing previews made again; how many. Originals no program can repair."""
    lacking = previews_to_make()
    for pk in lacking:
        derive.enqueue(pk)
    return len(lacking)


def _counts() -> Iterator[Finding]:
    """What is kept beside the rows it was counted from must equal them."""
    days = (
        TimeEntry.objects.closed()
        .filter(day=OuterRef("day"), kind=OuterRef("kind"))
        .order_by()
        .values("day")
        .annotate(sum=Sum("seconds"))
        .values("sum")
    )
    off = _different(DayTotal.objects.all(), days)
    of_kind = (
        TimeEntry.objects.closed()
        .filter(kind=OuterRef("pk"))
        .order_by()
        .values("kind")
        .annotate(sum=Sum("seconds"))
        .values("sum")
    )
    off += _different(Kind.objects.all(), of_kind)
    if off:
        yield Finding("error", "totals", f"{off} totals of hours differ from their entries.")
    yield from _scenes()


def _scenes() -> Iterator[Finding]:
    """A scene's text is that of its newest revision, and its work adds up."""
    lost = set(Scene.everything.filter(head__gt=0).values_list("pk", flat=True))
    heads = Revision.objects.filter(number=F("scene__head")).with_text().select_related("scene")
    for revision in heads.order_by("pk").iterator(BATCH):
        if revision.text == revision.scene.text:
            lost.discard(revision.scene_id)
    for scene in Scene.everything.filter(pk__in=sorted(lost)[:20]).select_related("chapter"):
        yield Finding(
            "error", "scenes", f"The text of “{scene}” is not that of its revision.", str(scene.pk)
        )
    off = not_adding_up()
    if off:
        yield Finding("error", "work", f"The words worked of {len(off)} scenes do not add up.")


def not_adding_up() -> set[int]:
    """Scenes where the text before, what was inserted and deleted, and the text do not agree.

    Or where the work of the revisions is not that of the days.
    """
    rows = Revision.objects.exclude(kind=Revision.Kind.CONFLICT).order_by("scene", "number")
    off, scene, length = set(), 0, 0
    work: Counter[int] = Counter()
    known = rows.values_list("scene", "kind", "chars", "inserted_chars", "deleted_chars")
    for at, kind, chars, came, went in known.iterator(BATCH):
        length = length if at == scene else 0
        if length + came - went != chars:
            off.add(at)
        scene, length = at, chars
        if kind in Revision.CREDITED:
            work[at] += came - went
    for at, came, went in Effort.objects.exclude(scene=None).sums("chars", "scene"):
        work[at] -= came - went
    return off | {at for at, left in work.items() if left}


def _different(rows: "models.QuerySet[Any]", sums: "models.QuerySet[Any, Any]") -> int:
    summed = rows.annotate(found=Coalesce(Subquery(sums), 0))
    count: int = summed.exclude(seconds=F("found")).count()
    return count


def _jobs() -> Iterator[Finding]:
    failed = Job.objects.filter(state=Job.State.FAILED).count()
    if failed:
        yield Finding("warning", "jobs", f"{failed} jobs failed; look at /jobs/.")


def _settings() -> Iterator[Finding]:
    room = shutil.disk_usage(settings.STUDIO_DATA).free
    if room < LITTLE_ROOM:
        yield Finding(
            "warning", "room", f"{room / 2**20:,.0f} MB are left for the data; make room."
        )
    if not settings.SITE_URL and settings.BIND[0] not in {"127.0.0.1", "::1", "localhost"}:
        yield Finding(
            "warning", "settings", "It listens beyond this machine without SITE_URL; set it."
        )
    if settings.SITE_URL.startswith("http://"):
        yield Finding(
            "warning", "settings", "SITE_URL is plain http; offline writing and passkeys need TLS."
        )
    if settings.DEBUG:
        yield Finding("error", "settings", "STUDIO_DEBUG is on; it shows private things to anyone.")
    for message in checks.run_checks(include_deployment_checks=bool(settings.SITE_URL)):
        serious = message.level >= checks.ERROR
        if (serious or message.id not in QUIET) and not message.is_silenced():
            grade: Grade = "error" if serious else "warning"
            yield Finding(grade, "settings", str(message.msg), str(message.id))


# TLS and its headers are settled by SITE_URL, which is looked at above.
QUIET = {"security.W004", "security.W008", "security.W012", "security.W016", "security.W021"}
