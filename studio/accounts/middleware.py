"""Who stands before the door: nobody yet, a stranger, or a page that has been signed out."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from studio.accounts.models import User

OPEN = {"/healthz", "/welcome/"}


class Door:
    """While the studio has no owner, every page leads to the set-up page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.path in OPEN or request.user.is_authenticated
        if not known and not User.objects.exists():
            return redirect("accounts:welcome")
        return self.get_response(request)


class SignInRequired(LoginRequiredMiddleware):
    """Private by default. A script gets an answer it can read instead of the sign-in page."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """401 as JSON for saves, HX-Redirect for htmx, the sign-in page for a person."""
        if request.headers.get("HX-Request") == "true":
            here = request.headers.get("HX-Current-URL", "/")
            back = reverse("accounts:sign_in") + "?" + urlencode({"next": path_of(here)})
            return HttpResponse(status=401, headers={"HX-Redirect": back})
        accepts = request.headers.get("Accept", "")
        if request.method in {"PUT", "DELETE", "PATCH"} or accepts.startswith("application/json"):
            sentence = _("You are signed out. Sign in, and it will be sent again.")
            return JsonResponse(
                {"error": sentence, "sign_in": reverse("accounts:sign_in")}, status=401
            )
        return super().handle_no_permission(request, view_func)


def path_of(address: str) -> str:
    """The address without scheme and host: only our own pages are worth coming back to."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
