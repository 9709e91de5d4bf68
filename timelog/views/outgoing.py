"""Take hours out: everything, as a file."""

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from studio.store.days import Days
from timelog.outgoing import FORMATS
from timelog.takeout import records


@require_safe
def time_export(request: HttpRequest, format: str) -> StreamingHttpResponse:
    """All hours as CSV, JSON or a calendar, written while they are read."""
    if format not in FORMATS:
        raise Http404
    found = FORMATS[format]
    answer = StreamingHttpResponse(
        found.write(records()), content_type=f"{found.content_type}; charset=utf-8"
    )
    name = f"throughline-hours-{Days.of_the_studio().today()}.{format}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
