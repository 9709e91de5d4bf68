"""The slow work, as a person sees it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from studio.lib.htmx import render
from studio.store.models import Job

SHOWN = 100


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """What runs, what waits, what failed, and the last that were done."""
    context = {
        "here": "jobs",
        "unfinished": Job.objects.unfinished().order_by("state", "created")[:SHOWN],
        "failed": Job.objects.filter(state=Job.State.FAILED).order_by("-finished")[:SHOWN],
        "done": Job.objects.filter(state=Job.State.DONE).order_by("-finished")[:10],
    }
    return render(request, "desk/jobs.html", context, parts=("work",))


@require_POST
def job_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a failed job back in the queue."""
    get_object_or_404(Job, pk=pk).try_again()
    messages.success(request, _("It will be tried again."))
    return redirect("desk:jobs")
