"""The slow work, as a person sees it."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.images.models import Export, Image
from studio.lib.htmx import render
from studio.store.models import Job

SHOWN = 100


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """What runs, what waits, what failed, and the last that were done."""
    unfinished = list(Job.objects.unfinished().order_by("state", "created")[:SHOWN])
    failed = list(Job.objects.filter(state=Job.State.FAILED).order_by("-finished")[:SHOWN])
    done = list(Job.objects.filter(state=Job.State.DONE).order_by("-finished")[:10])
    things = things_of([*unfinished, *failed, *done])
    context = {
        "here": "jobs",
        "unfinished": [(job, things.get(job.subject)) for job in unfinished],
        "failed": [(job, things.get(job.subject)) for job in failed],
        "done": [(job, things.get(job.subject)) for job in done],
    }
    return render(request, "desk/jobs.html", context, parts=("work",))


class Thing(NamedTuple):
    """What a job is about."""

    title: str
    url: str


def things_of(jobs: Iterable[Job]) -> dict[str, Thing]:
    """By subject, in one query for all of a kind; what is gone has none."""
    subjects = [job.subject.partition(":") for job in jobs]
    things = {}
    kinds: dict[str, QuerySet[Any]] = {
        "image": Image.objects.all(),
        "export": Export.objects.defer("lines"),
    }
    for kind, rows in kinds.items():
        pks = {pk for name, _colon, pk in subjects if name == kind}
        for pk, title in rows.filter(pk__in=pks).values_list("pk", "title"):
            things[f"{kind}:{pk}"] = Thing(title, reverse(f"images:{kind}", args=[pk]))
    return things


@require_POST
def job_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a failed job back in the queue."""
    get_object_or_404(Job, pk=pk).try_again()
    messages.success(request, _("It will be tried again."))
    return redirect("desk:jobs")
