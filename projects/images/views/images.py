"""The list of pictures, and the page of each."""

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from projects.images.destinations import Destination, find
from projects.images.family import Family
from projects.images.forms import ImageForm
from projects.images.grouping import natural, stem_of
from projects.images.marked import marks_of, warn
from projects.images.models import Image, Refused, Version
from projects.images.upload import ReceivedFile, spooled
from studio.lib.htmx import render

from .pages import image_page, versions_context
from .uploads import told as outcome
from .versions import Taken, take

PER_PAGE = 24


@require_http_methods(["GET", "HEAD", "POST"])
@spooled
def image_list(request: HttpRequest) -> HttpResponse:
    """All pictures, the newest first; POST files, and each joins its picture or begins one."""
    taken: list[Taken] = []
    if request.method == "POST":
        there = find(request.GET.get("for", ""), request.GET.get("id", ""))
        if there is None:
            raise Http404
        taken = file_all(there, request.FILES.getlist("files"))  # type: ignore[arg-type]
        if taken and not any(one.state == "refused" for one in taken):
            words = ngettext("%(n)d file came in.", "%(n)d files came in.", len(taken))
            messages.success(request, words % {"n": len(taken)})
            return redirect(there.address)
        taken = taken or [Taken("", "refused", str(Refused("nothing")))]
    pictures = Image.objects.with_covers().with_counts().order_by("-pk")
    page = Paginator(pictures, PER_PAGE).get_page(request.GET.get("page"))
    shown = [picture.pk for picture in page]
    for picture in page:
        picture.beside = shown
    context = {
        "here": "images",
        "page": page,
        "taken": taken,
        "proposed": Version.objects.proposed().count(),
    }
    return render(request, "images/image_list.html", context, status=422 if taken else 200)


def file_all(there: Destination, files: list[ReceivedFile]) -> list[Taken]:
    """Each file where it belongs, v2 before v10."""
    intake = there.intake()
    taken = []
    for file in sorted(files, key=lambda file: natural(Path(file.name or ""))):
        name = file.name or ""
        if file.incoming is None:
            taken.append(Taken(name, "refused", str(Refused(file.refused))))
            continue
        told = outcome(intake.settle(Path(name), file.incoming))
        taken.append(Taken(name, told["state"], told["message"], address=told.get("address", "")))
    return taken


@require_http_methods(["GET", "HEAD", "POST"])
@spooled
def image_new(request: HttpRequest) -> HttpResponse:
    """Begin a picture, with its first versions if there are files."""
    files = request.FILES.getlist("files")
    taken: list[Taken] = []
    form = ImageForm(request.POST or None, has_files=bool(files))
    if request.method == "POST" and form.is_valid():
        new = form.save(commit=False)
        has_title = bool(new.title)
        new.title = new.title or stem_of(files[0].name or "") or _("Untitled")
        new.save()
        taken = take(new, files)  # type: ignore[arg-type]
        if not any(one.state == "refused" for one in taken):
            return redirect("images:image", new.pk)
        if has_title or new.versions.exists():
            return image_page(request, new, taken=taken)
        new.delete()  # it was made for files that cannot be read
    status = 422 if form.is_bound else 200
    context = {"here": "images", "form": form, "taken": taken}
    return render(request, "images/image_new.html", context, status=status)


@require_safe
def image(request: HttpRequest, pk: int) -> HttpResponse:
    """One picture and its versions."""
    return image_page(request, get_object_or_404(Image, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def image_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a picture's title."""
    found = get_object_or_404(Image, pk=pk)
    form = ImageForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("images:image", found.pk)
    context = {"here": "images", "form": form, "image": found}
    return render(request, "images/image_edit.html", context, status=422 if form.is_bound else 200)


@require_safe
def image_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the previews are: the line above the versions, and the cards that changed since.

    `after` is the newest version the page has, `waiting` those it shows as waiting.
    """
    found = get_object_or_404(Image, pk=pk)
    after = request.GET.get("after", "")
    newest = int(after) if after.isdecimal() and len(after) < 19 else 0
    shown = set(request.GET.get("waiting", "").split(","))
    versions = list(found.versions.select_related("blob", "perhaps").order_by("number"))
    for version in versions:
        version.image = found
    warn(marks_of(found, versions), versions)
    context = versions_context(found, versions)
    still = {str(version.pk) for version in context["waiting"]}
    context |= {
        "image": found,
        "live": True,
        "fresh": [version for version in versions if version.pk > newest],
        "changed": [
            version
            for version in versions
            if version.pk <= newest and str(version.pk) in shown - still
        ],
    }
    if context["changed"]:  # what a file says of its family is known before its previews are
        context["family"] = Family.of(found, versions)
    return render(request, "images/_progress.html", context)
