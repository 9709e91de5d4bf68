"""Two to ten versions on one camera."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from projects.images.changes import Changes
from projects.images.marked import marks_context
from projects.images.models import Derivation, Image, Rendition, Version
from studio.lib.htmx import render

MODES = ("side", "wipe", "onion", "difference", "heat", "blink", "grid")
MOST = 10
DECISIONS = ("pick", "reject", "clear")
FOREVER = "private, max-age=31536000, immutable"


@dataclass(frozen=True, eq=False)
class Shown:
    """A version with the sizes of its previews: {"256": [w, h], …, "tiles": [w, h]}."""

    version: Version
    sizes: dict[str, list[int]]

    @property
    def largest(self) -> str:
        """The name of its largest preview, else nothing."""
        return next((name for name in ("2048", "1024", "256") if name in self.sizes), "")


@dataclass(frozen=True)
class Side:
    """One of the pictures of the page without script: A, B, and those beside them."""

    letter: str
    shown: Shown

    @property
    def version(self) -> Version:
        """The version."""
        return self.shown.version

    @property
    def largest(self) -> str:
        """The preview to show."""
        return self.shown.largest

    @property
    def srcset(self) -> str:
        """All previews with their widths: on a small screen the script takes a smaller one too."""
        sizes = self.shown.sizes
        names = [name for name in ("256", "1024", "2048") if name in sizes]
        addresses = [reverse("images:rendition", args=[self.version.pk, name]) for name in names]
        return ", ".join(
            f"{address} {sizes[name][0]}w" for name, address in zip(names, addresses, strict=True)
        )

    @property
    def width(self) -> int:
        """Its width."""
        return self.shown.sizes[self.largest][0]

    @property
    def height(self) -> int:
        """Its height."""
        return self.shown.sizes[self.largest][1]


@require_safe
def image_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare versions: ?v=3&v=5&mode=wipe, A and B first. Without v, the newest with what it was
    made from, or with the pick."""
    image = get_object_or_404(Image, pk=pk)
    shown = shown_versions(image)
    if not shown:
        return redirect("images:image", image.pk)
    staged = chosen(image, shown, request.GET.getlist("v"))
    a, b, *others = staged
    asked = request.GET.get("mode", "")
    mode = asked if asked in MODES else "side"
    versions = [each.version for each in shown]
    query = urlencode([*(("v", each.version.number) for each in staged), ("mode", mode)])
    changes = Changes.between(a.version, b.version)
    context: dict[str, Any] = {
        "here": "images",
        "image": image,
        "shown": shown,
        "a": a,
        "b": b,
        "mode": mode,
        "others": others,
        "sides": [Side("A", a), Side("B", b), *(Side("", each) for each in others)],
        "data": [data_of(each) for each in shown],
        "making": changes.making,
        "changes": changes,
        "next": f"{request.path}?{query}",
        "page_keys": "images/_compare_keys.html",
        **marks_context(image, versions, b.version),
    }
    return render(request, "images/image_compare.html", context)


def shown_versions(image: Image) -> list[Shown]:
    """All versions with their previews, in two queries however many there are."""
    versions = list(image.versions.select_related("blob").order_by("number"))
    sizes: dict[int, dict[str, list[int]]] = {}
    rows = Rendition.objects.filter(blob__versions__image=image)
    for blob, name, width, height in rows.values_list("blob", "name", "width", "height"):
        sizes.setdefault(blob, {})[name] = [width, height]
    for version in versions:
        version.image = image
    return [Shown(version, sizes.get(version.blob_id, {})) for version in versions]


def chosen(image: Image, shown: list[Shown], asked: list[str]) -> list[Shown]:
    """What to compare, A and B first: what is asked for by number, else the newest with what it was
    made from, or with the pick, or with the one before.

    Nobody is shown unasked what was set aside or what there is nothing to see of, as long as
    there are others. A and B may be the same; those beside them are not, and are ten at most.
    """
    by_number = {str(each.version.number): each for each in shown}
    wanted = [by_number[number] for number in asked if number in by_number]
    if asked and not wanted:
        raise Http404
    if len(wanted) >= 2:
        both, others = wanted[:2], dict.fromkeys(wanted[2:])
        return [*both, *(each for each in others if each not in both)][:MOST]
    seen = [each for each in shown if each.largest] or shown
    kept = [each for each in seen if each.version.state == Version.State.KEPT] or seen
    newest = wanted[0] if wanted else kept[-1]
    others_kept = [each for each in kept if each is not newest]
    parent = Derivation.objects.nearest_parent(newest.version)
    begun = [each for each in others_kept if each.version.pk == parent]
    picked = [each for each in others_kept if each.version.pk == image.pick_id]
    return [(begun or picked or others_kept[-1:] or [newest])[0], newest]


@require_safe
def tile_index(request: HttpRequest, pk: int) -> HttpResponse:
    """Where each tile lies in the version's pack."""
    version = get_object_or_404(Version, pk=pk)
    found = get_object_or_404(Rendition, blob=version.blob_id, name="tiles")
    response = JsonResponse(found.index)
    response["Cache-Control"] = FOREVER
    return response


def data_of(each: Shown) -> dict[str, Any]:
    """What the viewer's script needs of a version."""
    version = each.version
    pks = [version.pk]
    return {
        "id": version.pk,
        "number": version.number,
        "width": version.width or each.sizes.get("2048", [1, 1])[0],
        "height": version.height or each.sizes.get("2048", [1, 1])[1],
        "thumbs": {
            name: reverse("images:rendition", args=[*pks, name])
            for name in ("256", "1024", "2048")
            if name in each.sizes
        },
        "tiles": reverse("images:tiles", args=pks) if "tiles" in each.sizes else "",
        "index": reverse("images:tile_index", args=pks) if "tiles" in each.sizes else "",
        "waiting": version.reading == Version.Reading.WAITING,
        "trouble": version.trouble,
        "aside": version.state == Version.State.REJECTED,
        **{verb: reverse(f"images:version_{verb}", args=pks) for verb in DECISIONS},
    }
