"""Which files were filed by a proposal; accept, move, split, and back."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.images.models import AlreadyHere, Image, Version
from projects.images.moving import back, move
from projects.images.weighing import SURE
from studio.lib.htmx import render

PER_PAGE, CHOICES = 24, 24


class Row(NamedTuple):
    """A version and another of its picture to look at beside it, if there is one."""

    version: Version
    beside: Version | None


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """All that nobody has decided, the newest first; each beside the picture it was filed in."""
    rows = Version.objects.proposed().select_related("image", "perhaps", "blob")
    page = Paginator(rows.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    others = beside(page.object_list)
    sure = Version.objects.proposed().filter(confidence__gte=100 * SURE).count()
    newest = Version.objects.proposed().aggregate(last=Max("pk"))["last"]
    context = {
        "here": "images",
        "page": page,
        "rows": [Row(version, others.get(version.pk)) for version in page],
        "sure": sure,
        "newest": newest,
    }
    return render(request, "images/proposals.html", context)


def beside(versions: Iterable[Version]) -> dict[int, Version]:
    """To each of `versions` another of its picture to look at beside it: the one before."""
    mine = list(versions)
    rows = Version.objects.with_previews().filter(image__in={each.image_id for each in mine})
    by_image: dict[int, list[Version]] = {}
    for row in rows.order_by("number"):
        by_image.setdefault(row.image_id, []).append(row)
    found = {}
    for each in mine:
        others = [row for row in by_image.get(each.image_id, []) if row.pk != each.pk]
        before = [row for row in others if row.number < each.number]
        if others:
            found[each.pk] = (before or others[:1])[-1]
    return found


@require_POST
def proposals_confirm(request: HttpRequest) -> HttpResponse:
    """Accept all that is sure; those that came meanwhile were not on the page and stay open."""
    newest = request.POST.get("newest", "")
    if not newest.isdecimal() or len(newest) > 18:
        raise Http404
    sure = Version.objects.proposed().filter(confidence__gte=100 * SURE, pk__lte=int(newest))
    done = list(sure.order_by("pk").values_list("pk", flat=True))
    Version.objects.filter(pk__in=done).update(grouping=Version.Grouping.SAID)
    words = ngettext("%(n)d file accepted.", "%(n)d files accepted.", len(done)) % {"n": len(done)}
    undo = ""
    if done:
        undo = reverse("images:proposals_doubt") + "?of=" + signing.dumps(ranges(done))
    messages.success(request, words, extra_tags=undo)
    return redirect("images:proposals")


@require_POST
def proposals_doubt(request: HttpRequest) -> HttpResponse:
    """Open again what was accepted together."""
    try:
        spans = signing.loads(request.GET.get("of", ""))
    except signing.BadSignature:
        raise Http404 from None
    for first, last in spans:
        rows = Version.objects.filter(pk__range=(first, last), confidence__gte=100 * SURE)
        rows.update(grouping=Version.Grouping.PROPOSED)
    return redirect("images:proposals")


@require_POST
def version_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """It belongs there."""
    version = found(pk)
    version.confirm()
    words = _("Accepted: v%(number)d of “%(title)s”.") % told(version)
    undo = reverse("images:version_doubt", args=[pk])
    messages.success(request, words, extra_tags=f"{undo}?{urlencode({'next': came_from(request)})}")
    return onward(request, version)


@require_POST
def version_doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """Open again."""
    version = found(pk)
    version.doubt()
    return onward(request, version)


@require_http_methods(["GET", "HEAD", "POST"])
def version_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the picture it is a version of; POST with its id, or without for one of its own."""
    version = found(pk)
    if request.method == "POST":
        chosen = request.POST.get("image", "")
        to = get_object_or_404(Image, pk=int(chosen)) if is_number(chosen) else None
        return moved(request, version, to)
    wanted = request.GET.get("q", "").strip()[:100]
    pictures = Image.objects.with_covers().with_counts().exclude(pk=version.image_id)
    page = Paginator(pictures.filter(title__icontains=wanted).order_by("-pk"), CHOICES)
    context = {
        "here": "images",
        "version": version,
        "wanted": wanted,
        "page": page.get_page(request.GET.get("page")),
        "next": request.GET.get("next", ""),
    }
    return render(request, "images/version_move.html", context)


@require_POST
def version_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it where it stood before it was moved."""
    version = found(pk)
    try:
        back(version, request.GET.get("to", ""))
    except signing.BadSignature:
        raise Http404 from None
    except AlreadyHere as already:
        messages.error(request, f"{already}.")
    return onward(request, version)


def moved(request: HttpRequest, version: Version, to: Image | None) -> HttpResponse:
    """Move it, with the way back."""
    try:
        kept = move(version, to)
    except AlreadyHere as already:
        words = _("“%(title)s” has the same file already: v%(number)d.") % told(already.version)
        messages.error(request, words)
        return onward(request, version)
    query = urlencode({"to": kept, "next": came_from(request)})
    undo = f"{reverse('images:version_back', args=[version.pk])}?{query}"
    words = _("Now v%(number)d of “%(title)s”.")
    if to is None:  # it may bear the title of the one it left
        words = _("A picture of its own now: “%(title)s”.")
    messages.success(request, words % told(version), extra_tags=undo)
    return onward(request, version)


def told(version: Version) -> dict[str, Any]:
    """Its number and its picture's title."""
    return {"number": version.number, "title": version.image.title}


def onward(request: HttpRequest, version: Version) -> HttpResponse:
    """Back to the page it was said on, else to its picture."""
    there = came_from(request)
    if url_has_allowed_host_and_scheme(there, allowed_hosts=None):
        return redirect(there)
    return redirect("images:image", version.image_id)


def came_from(request: HttpRequest) -> str:
    """The page it was said on, as a form or the way back tells it."""
    return request.POST.get("next") or request.GET.get("next", "")


def found(pk: int) -> Version:
    """The version with its picture, or 404."""
    return get_object_or_404(Version.objects.select_related("image"), pk=pk)


def is_number(text: str) -> bool:
    """Whether it is the number of a row."""
    return text.isdecimal() and len(text) < 19


def ranges(keys: list[int]) -> list[list[int]]:
    """Ascending keys as stretches without a gap: a short address for many."""
    spans: list[list[int]] = []
    for key in keys:
        if spans and key == spans[-1][1] + 1:
            spans[-1][1] = key
        else:
            spans.append([key, key])
    return spans
