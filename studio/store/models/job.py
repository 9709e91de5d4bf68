"""Slow work, kept in the database until it is done: leased, resumable, with progress.

A worker takes a job for a short lease and renews it while it works. When a worker dies, the lease
runs out and the next worker takes the job again; the token of the lease keeps a late one from
writing over it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

LEASE = timedelta(seconds=60)
KEEP_DONE = timedelta(days=7)
Work = TypeVar("Work", bound=Callable[..., Any])
_current: ContextVar["Job | None"] = ContextVar("current_job", default=None)
_subject: ContextVar[str] = ContextVar("job_subject", default="")


class GoOn(Exception):
    """Raised by a task that did a part: the rest is done with these arguments, in its turn."""

    def __init__(self, **kwargs: Any) -> None:
        self.kwargs = kwargs
        super().__init__(kwargs)


class JobQuerySet(models.QuerySet["Job"]):
    """Which jobs."""

    def about(self, kind: str, pk: int) -> "JobQuerySet":
        """Those concerning one thing, as about("image", 12)."""
        return self.filter(subject=f"{kind}:{pk}")

    def unfinished(self) -> "JobQuerySet":
        """Those waiting or being worked on."""
        return self.filter(state__in=[Job.State.READY, Job.State.RUNNING])

    def due(self, now: datetime) -> "JobQuerySet":
        """Those a worker may take: waiting, or left behind by a worker whose lease ran out."""
        return self.filter(
            Q(state=Job.State.READY, run_after__lte=now)
            | Q(state=Job.State.RUNNING, leased_until__lt=now)
        )

    def claim(self, worker: str) -> "Job | None":
        """Take the most pressing due job for `worker`, or nothing."""
        now = timezone.now()
        if not self.due(now).exists():  # a read first: idle workers must not take the write lock
            return None
        with transaction.atomic():
            rows = self.due(now).order_by("-priority", "created")
            if connection.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True)
            job = rows.first()
            if job is None:
                return None
            if job.state == Job.State.RUNNING and job.attempts >= job.most_attempts:
                job.state = Job.State.FAILED
                job.error = gettext_noop("The worker stopped while doing this, more than once.")
                job.finished = now
                job.save()
                return None
            job.state = Job.State.RUNNING
            job.attempts += 1
            job.worker = worker
            job.lease = uuid4()
            job.leased_until = now + LEASE
            job.started = job.started or now
            job.save()
            return job

    def prune(self) -> int:
        """Forget what was done long ago; returns how many."""
        old = self.filter(state=Job.State.DONE, finished__lt=timezone.now() - KEEP_DONE)
        return old.delete()[0]


class Job(models.Model):
    """One call of a task."""

    class State(models.TextChoices):
        """Where it stands."""

        READY = "ready", _("Waiting")
        RUNNING = "running", pgettext_lazy("job", "Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    subject = models.CharField(max_length=80, blank=True, db_index=True)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    most_attempts = models.PositiveSmallIntegerField(default=4)
    run_after = models.DateTimeField(default=timezone.now)
    worker = models.CharField(max_length=80, blank=True)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    created = models.DateTimeField(default=timezone.now)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "run_after"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def name(self) -> str:
        """What the task is called by @called, else its own name, in words."""
        try:
            name = getattr(import_string(self.task).func, "called", "")
        except (ImportError, AttributeError):  # a task of an older release
            name = ""
        return str(name) or self.task.rpartition(".")[2].replace("_", " ")

    def mine(self, lease: UUID | None = None) -> "JobQuerySet":
        """This row, while the lease taken with it still holds."""
        return Job.objects.filter(pk=self.pk, lease=lease or self.lease, state=Job.State.RUNNING)

    def renew(self) -> bool:
        """Hold on to the job; False when another worker has it by now."""
        return bool(self.mine().update(leased_until=timezone.now() + LEASE))

    def report(self, done: int, total: int) -> None:
        """Say how far it is."""
        self.mine().update(done=done, total=total, leased_until=timezone.now() + LEASE)

    def finish(self) -> None:
        """It worked."""
        self.mine().update(
            state=Job.State.DONE, finished=timezone.now(), done=F("total"), error="", lease=None
        )

    def go_on(self, kwargs: dict[str, Any]) -> None:
        """A part of it is done for good; the rest waits, and whatever is more pressing goes first.

        What it was called with and how far it is change in one write: a worker that is killed
        before it begins the part again, one that is killed after it never does.
        """
        self.mine().update(
            state=Job.State.READY, args=[], kwargs=kwargs, attempts=0, error="", lease=None
        )

    def fail(self, error: str) -> None:
        """It did not: try again later, a few times, each time after a longer wait."""
        if self.attempts < self.most_attempts:
            wait = timedelta(seconds=5 * 4 ** (self.attempts - 1))
            self.mine().update(
                state=Job.State.READY, run_after=timezone.now() + wait, error=error, lease=None
            )
        else:
            self.mine().update(
                state=Job.State.FAILED, finished=timezone.now(), error=error, lease=None
            )

    def try_again(self) -> None:
        """Put a failed job back in the queue, as if new."""
        Job.objects.filter(pk=self.pk, state=Job.State.FAILED).update(
            state=Job.State.READY, attempts=0, run_after=timezone.now(), finished=None
        )

    @contextmanager
    def as_current(self) -> Iterator[None]:
        """Make `progress` speak of this job."""
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)


def called(name: Any) -> Callable[[Work], Work]:
    """Below @task(): what a person reads of the work, in their language."""

    def name_it(work: Work) -> Work:
        work.called = name  # type: ignore[attr-defined]
        return work

    return name_it


def progress(done: int, total: int) -> None:
    """Say, from inside a task, that `done` of `total` steps are behind it."""
    job = _current.get()
    if job is not None:
        job.report(done, total)


@contextmanager
def about(subject: str) -> Iterator[None]:
    """Jobs enqueued inside concern `subject`, as "image:12"."""
    token = _subject.set(subject)
    try:
        yield
    finally:
        _subject.reset(token)


def new_job(task: str, args: list[Any], kwargs: dict[str, Any], **fields: Any) -> Job:
    """Queue a call, in the transaction round it, so that work never runs ahead of its data."""
    return Job.objects.create(task=task, args=args, kwargs=kwargs, subject=_subject.get(), **fields)
