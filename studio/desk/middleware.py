"""What the shell of every page shows: whose work this is, and by which light; and where the address
of a deed leads that is opened as if it were a page."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from projects.tools.models import Trial
from projects.worlds.models import World
from studio.lib.prepared import prepared

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Brand:
    """The world's name stands where a product's logo would; and how many tests are due."""

    title: str = ""
    other_title: str = ""
    other_lang: str = "en"
    pk: int | None = None
    due: int = 0
    seal: str = ""  # the outline of the author's own, where there is one


@prepared
def first_world(day: date) -> Any:
    """The world that was there first, with the number of tests that are due."""
    return World.objects.annotate(due=Trial.objects.due(day).counted()).order_by("pk")[:1]


def brand() -> Brand:
    """The first world's names; the number of tests comes in the same query."""
    day = timezone.localdate()
    world = next(iter(first_world(day)), None)
    if world is None:
        return Brand(due=Trial.objects.due(day).count())
    return Brand(
        world.title, world.other_title, world.other_language, world.pk, world.due, world.seal_path
    )


class Shell:
    """Sets request.brand (read only when a page shows it) and request.theme."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        theme = request.COOKIES.get("theme", "")
        request.theme = theme if theme in THEMES else ""  # type: ignore[attr-defined]
        signed_in = request.user.is_authenticated
        request.brand = SimpleLazyObject(brand) if signed_in else Brand()  # type: ignore[attr-defined]
        return self.get_response(request)


class Upwards:
    """Leads who opens an address that only takes forms to the page above it.

    A form without a script leaves the address of its deed behind when it answers with a page; to
    load that again, or to come back to it by the history, would show a blank 405.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        opened = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if response.status_code != 405 or not opened or "HX-Request" in request.headers:
            return response
        return HttpResponseRedirect(above(request.path_info))


def above(path: str) -> str:
    """The nearest address above `path` that there is: "/time/forecast/" -> "/time/"."""
    parts = path.strip("/").split("/")
    for end in range(len(parts) - 1, 0, -1):
        address = f"/{'/'.join(parts[:end])}/"
        with suppress(Resolver404):
            resolve(address)
            return address
    return "/"
