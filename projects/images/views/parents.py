"""By hand: which versions a version was made from."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.images.models import Circular, Derivation, Version
from studio.lib.htmx import render

PER_PAGE = 24


@require_safe
def version_parents(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version was made from, and what else to choose: of its own picture, or ?q another."""
    return parents_page(request, found(pk))


def parents_page(
    request: HttpRequest, version: Version, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    """The page, with a sentence where something was not done."""
    wanted = request.GET.get("q", "").strip()[:100]
    others = Version.objects.with_previews().select_related("image").exclude(pk=version.pk)
    if wanted:
        others = others.filter(image__title__icontains=wanted).order_by("-pk")
    else:
        others = others.filter(image=version.image_id).order_by("-number")
    edges = Derivation.objects.filter(child=version).select_related("child", "parent__image")
    context = {
        "here": "images",
        "version": version,
        "edges": edges.order_by("pk"),
        "chosen": {edge.parent_id for edge in edges if edge.state in {"found", "said"}},
        "kinds": Derivation.Kind.choices,
        "page": Paginator(others, PER_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "trouble": trouble,
    }
    return render(request, "images/version_parents.html", context, status=status)


@require_http_methods(["POST", "DELETE"])
def version_parent(request: HttpRequest, pk: int, parent_pk: int) -> HttpResponse:
    """Say that a version was made from another; DELETE refuses it."""
    child, parent = found(pk), get_object_or_404(Version, pk=parent_pk)
    if request.method == "DELETE":
        return refused(request, child, parent)
    kind = request.POST.get("kind", "")
    before = Derivation.objects.filter(child=child, parent=parent).first()
    if kind not in Derivation.Kind.values:
        kind = before.kind if before else Derivation.Kind.UNKNOWN
    try:
        Derivation.objects.say(child, parent, kind)
    except Circular as circle:
        return parents_page(request, child, trouble=str(circle), status=422)
    undo = (
        "version_parent_refuse" if before and before.state == "refused" else "version_parent_forget"
    )
    words = _("v%(child)d was made from v%(parent)d.")
    return done(request, child, parent, words, undo)


@require_POST
def version_parent_refuse(request: HttpRequest, pk: int, parent_pk: int) -> HttpResponse:
    """Say that it was not made from it: what DELETE does, for a form."""
    return refused(request, found(pk), get_object_or_404(Version, pk=parent_pk))


def refused(request: HttpRequest, child: Version, parent: Version) -> HttpResponse:
    """The edge is gone, and no reading brings it back."""
    before = Derivation.objects.filter(child=child, parent=parent).first()
    Derivation.objects.refuse(child, parent)
    said = before is not None and before.state == Derivation.State.SAID
    undo = "version_parent" if said else "version_parent_forget"
    words = _("v%(child)d was not made from v%(parent)d.")
    return done(request, child, parent, words, undo)


@require_POST
def version_parent_forget(request: HttpRequest, pk: int, parent_pk: int) -> HttpResponse:
    """Take back what was said by hand; what the file says holds again."""
    child, parent = found(pk), get_object_or_404(Version, pk=parent_pk)
    Derivation.objects.forget(child, parent)
    return done(request, child, parent, _("Taken back."), "")


def done(
    request: HttpRequest, child: Version, parent: Version, words: str, undo: str
) -> HttpResponse:
    """Back to where one came from, with a word and the way back."""
    numbers = {"child": child.number, "parent": parent.number}
    way = reverse(f"images:{undo}", args=[child.pk, parent.pk]) if undo else ""
    messages.success(request, words % numbers, extra_tags=way)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect(f"{reverse('images:image', args=[child.image_id])}#family")


def found(pk: int) -> Version:
    """The version with its picture, or 404."""
    return get_object_or_404(Version.objects.select_related("image"), pk=pk)
