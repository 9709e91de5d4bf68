"""The public side, served before anything that knows a visitor.

No session, no cookie, no language asked of the browser: what follows in the list of middleware
never sees a public request, so that an answer is the same for everyone and any cache may keep it.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation

from studio.public import printed
from studio.public.tongues import LANGUAGES

PREFIXES = ("/progress/", "/zh/progress/")
# No script at all, nothing from elsewhere, not even a form.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


class PublicSide:
    """Answers what lies under PREFIXES; everything else goes on into the studio."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(PREFIXES):
            if f"{path}/" in PREFIXES:
                return HttpResponsePermanentRedirect(f"{path}/")
            return self.get_response(request)
        response = printed.found(request) or public_answer(request)
        if response is None:
            return self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        return response


def public_answer(request: HttpRequest) -> HttpResponse | None:
    """The answer of a public view; None for a page of the studio, which asks who is there."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return not_there(request)
    if getattr(match.func, "login_required", True):
        return None
    request.resolver_match = match
    try:
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return not_there(request)
    return answer


def not_there(request: HttpRequest, status: int = 404) -> HttpResponse:
    """Never been (404), or withdrawn (410); says nothing of what it was."""
    lang = "zh-hans" if request.path_info.startswith("/zh/") else "en"
    context = {"lang": lang, "html_lang": LANGUAGES[lang], "gone": status == 410}
    with translation.override(lang):
        text = render_to_string("public/lost.html", context)
    response = HttpResponse(text, status=status)
    response["Cache-Control"] = "public, max-age=60"
    return response
