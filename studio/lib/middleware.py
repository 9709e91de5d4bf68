"""Headers for every answer, and the language for every request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from studio.lib.importmap import importmap_hash

Answer = Callable[[HttpRequest], HttpResponse]

# `data:` only for pictures: the select's arrow in the stylesheet.
POLICY = (
    "default-src 'none'; script-src 'self' {hash}; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class HouseHeaders:
    """A strict policy on every page; nothing private in any cache.

    Django 6 has a setting for the policy; the hash of the import map depends on the collected
    files, which settings cannot know, so it is put together here.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Content-Security-Policy" not in response:
            response["Content-Security-Policy"] = POLICY.format(hash=importmap_hash())
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cache-Control", "no-store, private")
        return response


class Language:
    """The owner's language and zone; before there is one, the studio's or the browser's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") or request.COOKIES.get("language", "")
        if chosen not in dict(settings.LANGUAGES):
            asked = not settings.LANGUAGE_IS_SET
            chosen = (
                translation.get_language_from_request(request) if asked else settings.LANGUAGE_CODE
            )
        zone = getattr(request.user, "zone", "") or None
        with translation.override(chosen), timezone.override(zone):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response
