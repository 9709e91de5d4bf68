"""Today, search and jobs (stand-in until all rooms stand)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse("ok\n", content_type="text/plain")


def today(request: HttpRequest) -> HttpResponse:
    """Soon."""
    return HttpResponse("")


search = jobs = job_retry = today
