"""Find or jump to."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from studio.desk.find import find
from studio.lib.htmx import render


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the query finds, as a page, or as the results in the find box."""
    query = request.GET.get("q", "")
    context = {"here": "search", "query": query, "groups": find(query)}
    return render(request, "desk/search.html", context, parts=("found",))
