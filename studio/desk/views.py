"""Today, search and jobs."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse("ok\n", content_type="text/plain")


def today(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def search(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def jobs(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def job_retry(request: HttpRequest, pk: str) -> HttpResponse:
    return HttpResponse("")
