"""What changed between two versions of a picture, for the viewer."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from projects.images.changes import Changes
from projects.images.models import Comparison, Image, Version

FOREVER = "private, max-age=31536000, immutable"


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """?v=3&v=5: the areas changed from v3 to v5, and what else is known."""
    response = JsonResponse(Changes.between(*pair(request, pk)).as_json())
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def heat(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The heat map of the same, to lie over the first; 404 while there is none."""
    a, b = pair(request, pk)
    found = get_object_or_404(Comparison.objects.select_related("a", "b"), a=a.blob, b=b.blob)
    if not found.is_ready or not found.is_current:
        raise Http404
    response = FileResponse(found.heat_path.open("rb"), content_type="image/png")
    response["Cache-Control"] = FOREVER
    return response


def pair(request: HttpRequest, pk: int) -> tuple[Version, Version]:
    """The two versions asked for by number; raises Http404."""
    image = get_object_or_404(Image, pk=pk)
    asked = request.GET.getlist("v")
    numbers = [int(each) for each in asked if each.isascii() and each.isdecimal() and len(each) < 9]
    if len(asked) != 2 or len(numbers) != 2:
        raise Http404
    rows = image.versions.select_related("blob").filter(number__in=numbers)
    found = {version.number: version for version in rows}
    for version in found.values():
        version.image = image
    if not all(each in found for each in numbers):
        raise Http404
    return found[numbers[0]], found[numbers[1]]
