"""The door for tools: /api/ is opened by a token, never by a cookie."""

import time
from collections.abc import Callable

from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from studio.accounts.models import Token

PATH = "/api/"
WRONG = (20, 300)  # wrong keys from one network, in so many seconds
CALLS = (600, 60)  # of one key


class TokenDoor:
    """Who calls /api/ is who its token says: "Authorization: Bearer tl_…"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PATH):
            return self.get_response(request)
        request.user = AnonymousUser()
        network = f"token.wrong:{get_ip(request)}"
        if counted(network, WRONG) >= WRONG[0]:
            return too_often()
        token = bearer(request)
        if token is None:
            count(network, WRONG)
            words = _("Send a token of this studio: “Authorization: Bearer …”.")
            headers = {"WWW-Authenticate": 'Bearer realm="Throughline"'}
            return JsonResponse({"error": words}, status=401, headers=headers)
        if count(f"token.calls:{token.pk}", CALLS) > CALLS[0]:
            return too_often()
        token.use()
        request.user = token.user
        return self.get_response(request)


def bearer(request: HttpRequest) -> Token | None:
    """The token a request carries, if it is one of ours."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return None
    return Token.objects.known(secret.strip())


def counted(name: str, limit: tuple[int, int]) -> int:
    """How often it was counted in this stretch of time."""
    return int(cache.get(window(name, limit), 0))


def count(name: str, limit: tuple[int, int]) -> int:
    """Count it once more; how often it was by now."""
    often = counted(name, limit) + 1
    cache.set(window(name, limit), often, limit[1])
    return often


def window(name: str, limit: tuple[int, int]) -> str:
    """The count of this stretch of time."""
    return f"{name}:{int(time.time() // limit[1])}"


def too_often() -> HttpResponse:
    """Wait a little."""
    words = _("Too many requests; wait a minute.")
    return JsonResponse({"error": words}, status=429, headers={"Retry-After": "60"})
