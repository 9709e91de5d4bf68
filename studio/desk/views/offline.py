"""Without a network: the worker that answers for the studio then, and the page it shows."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from studio.lib.importmap import importmap_json
from studio.lib.styles import sheet_addresses

# What the pages of the writing room need beside the styles and scripts of every page.
SHEETS = (
    "pages/writing",
    "pages/revisions",
    "pages/reading",
    "pages/book",
    "pages/world",
    "pages/charts",
    "pages/passes",
    "pages/remarks",
    "components/anchors",
    "pages/doors",
)
MORE = (
    "django_htmx/htmx-2.min.js",
    "fonts/hanken-grotesk-latin-wght-normal.woff2",
    "fonts/source-serif-4-latin-opsz-normal.woff2",
    "fonts/source-serif-4-latin-opsz-italic.woff2",
    "icons/seal.svg",
    "icons/door.svg",
)


@cache
def worker() -> str:
    """The worker's script, told which files belong to this build."""
    source = (Path(settings.BASE_DIR) / "static" / "sw.js").read_text(encoding="utf-8")
    modules = dict.fromkeys(json.loads(importmap_json())["imports"].values())
    sheets = [one for name in SHEETS for one in sheet_addresses(name)]
    files = [*sheet_addresses(), *sheets, *map(static, MORE), *modules]
    build = "\n".join([settings.VERSION, source, *files])
    shell = {
        "version": hashlib.sha256(build.encode()).hexdigest()[:16],
        "files": files,
        "unhashed": not settings.STATIC_IS_BUILT,
        "static": settings.STATIC_URL,
        "offline": reverse("desk:offline"),
        "signIn": reverse("accounts:sign_in"),
        "signOut": reverse("accounts:sign_out"),
    }
    return f"const SHELL = {json.dumps(shell)};\n{source}"


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Public, and the same for everyone; asked for anew each time, so that a new build is seen."""
    response = HttpResponse(worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown when the studio does not answer; who does reach it goes on to Today."""
    if request.user.is_authenticated:
        return redirect("desk:today")
    return render(request, "desk/offline.html")
