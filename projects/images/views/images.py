"""The list of pictures, and the page of each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from projects.images.forms import ImageForm
from projects.images.grouping import stem_of
from projects.images.models import Image
from projects.images.upload import spooled
from studio.lib.htmx import render

from .pages import image_page, versions_context
from .versions import Taken, take

PER_PAGE = 24


@require_safe
def image_list(request: HttpRequest) -> HttpResponse:
    """All pictures, the newest first."""
    pictures = Image.objects.with_covers().with_counts().order_by("-pk")
    page = Paginator(pictures, PER_PAGE).get_page(request.GET.get("page"))
    shown = [picture.pk for picture in page]
    for picture in page:
        picture.beside = shown
    return render(request, "images/image_list.html", {"here": "images", "page": page})


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
    versions = list(found.versions.select_related("blob").order_by("number"))
    for version in versions:
        version.image = found
    context = versions_context(found, versions)
    still = {str(version.pk) for version in context["waiting"]}
    context |= {
        "image": found,
        "fresh": [version for version in versions if version.pk > newest],
        "changed": [
            version
            for version in versions
            if version.pk <= newest and str(version.pk) in shown - still
        ],
    }
    return render(request, "images/_progress.html", context)
