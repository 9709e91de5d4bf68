"""The door for tools: /api/ is opened by a token, never by a cookie."""

from collections.abc import Callable

from allauth.core import ratelimit
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from studio.accounts.models import Token

PATH = "/api/"


class TokenDoor:
    """Who calls /api/ is who its token says: "Authorization: Bearer tl_…"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PATH):
            return self.get_response(request)
        request.user = AnonymousUser()
        if not ratelimit.consume(request, action="token_failed", dry_run=True):
            return too_often()
        token = bearer(request)
        if token is None:
            ratelimit.consume(request, action="token_failed")
            words = _("Send a token of this studio: “Authorization: Bearer …”.")
            headers = {"WWW-Authenticate": 'Bearer realm="Throughline"'}
            return JsonResponse({"error": words}, status=401, headers=headers)
        if not ratelimit.consume(request, action="token", key=str(token.pk)):
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


def too_often() -> HttpResponse:
    """Wait a little."""
    words = _("Too many requests; wait a minute.")
    return JsonResponse({"error": words}, status=429, headers={"Retry-After": "60"})
