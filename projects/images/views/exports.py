"""Contact sheets and originals to take along: asked for, made by a worker, fetched."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.images.exporting import Offered, of_pictures, of_versions, take_along
from projects.images.models import Export, Image, Version
from studio.lib.htmx import render
from studio.store.models import Job

from .serving import ranged

TYPES = {"pdf": "application/pdf", "png": "image/png", "zip": "application/zip"}
MOST = 400
SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def export_new(request: HttpRequest) -> HttpResponse:
    """Choose what to take along: ?image=3 offers its versions, several images their picks."""
    keys = [int(key) for key in request.GET.getlist("image") if key.isdecimal() and len(key) < 19]
    if not keys:
        if Image.objects.exists():
            messages.error(request, _("Choose one or more pictures first."))
        else:
            messages.info(request, _("There is no picture yet. Add the first one here."))
        return redirect("images:image_list")
    if len(set(keys)) == 1:
        return take_along(request, versions_of(get_object_or_404(Image, pk=keys[0])))
    covers = list(Image.objects.filter(pk__in=keys[:MOST]).with_covers())
    shown = Version.objects.select_related("image", "blob").in_bulk(
        [image.cover for image in covers if image.cover]  # type: ignore[attr-defined]
    )
    order = {key: place for place, key in enumerate(keys)}
    versions = sorted(shown.values(), key=lambda version: order[version.image_id])
    if not versions:
        raise Http404
    count = len(versions)
    title = ngettext("%(n)d picture", "%(n)d pictures", count) % {"n": count}
    return take_along(request, Offered(title, reverse("images:image_list"), of_pictures(versions)))


def versions_of(image: Image) -> Offered:
    """All versions of one picture."""
    versions = list(image.versions.select_related("blob").order_by("number"))
    for version in versions:
        version.image = image
    back = reverse("images:image", args=[image.pk])
    return Offered(image.title, back, of_versions(versions))


@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """What was made to take along, the newest first; it is kept for a week."""
    context = {"here": "images", "exports": Export.objects.order_by("-pk")[:SHOWN]}
    return render(request, "images/export_list.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: how far it is, then the file."""
    found = get_object_or_404(Export, pk=pk)
    job = Job.objects.about("export", pk).order_by("-created").first()
    context = {"here": "images", "export": found, "job": job}
    context["waits"] = job is not None and job.state in {Job.State.READY, Job.State.RUNNING}
    return render(request, "images/export.html", context, parts=("made",))


@require_safe
def export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, whole or in parts, so that a broken download goes on where it stopped."""
    found = get_object_or_404(Export, pk=pk)
    if not found.is_there:
        return redirect("images:export", pk)
    stamp = found.path.stat()
    etag = f'"{pk}-{found.size}-{stamp.st_mtime_ns}"'
    response = ranged(request, found.path, TYPES[found.kind], etag)
    response["Content-Disposition"] = content_disposition_header(True, found.filename) or ""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-cache"
    return response


@require_POST
def export_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it once more."""
    get_object_or_404(Export, pk=pk).remake()
    return redirect("images:export", pk)


@require_POST
def export_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it away."""
    get_object_or_404(Export, pk=pk).remove()
    messages.success(request, _("Removed. The pictures are as they were."))
    return redirect("images:export_list")
