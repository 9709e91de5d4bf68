"""Pages printed once and handed out many times, until something is published or withdrawn.

Each process keeps its own prints. Whether they still hold is seen by the stamp (one look at a file,
no query), so a withdrawn page is gone from every process at once; and a print is made anew after
PRINT_LASTS seconds in any case.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from studio.public import stamp

PRINT_LASTS = 60.0
MOST_PRINTS = 512
CACHE = "public, max-age=60, s-maxage=3600, stale-while-revalidate=86400, stale-if-error=604800"
_gzip = re.compile(r"(?:^|[,\s])(?:gzip|\*)(?!\s*;\s*q=0(?:\.0*)?(?:[,\s]|$))", re.IGNORECASE)


@dataclass(frozen=True)
class Print:
    """The bytes of one answer and what is said about them."""

    body: bytes
    packed: bytes
    kind: str
    etag: str
    modified: int | None

    @classmethod
    def of(cls, text: str, kind: str, modified: datetime | None) -> "Print":
        """Print `text`; a strong ETag, since the same bytes have the same one."""
        body = text.encode()
        digest = hashlib.sha256(body).hexdigest()[:32]
        when = int(modified.timestamp()) if modified else None
        return cls(body, gzip.compress(body, 6, mtime=0), kind, digest, when)


# (data folder, scheme and host, path) -> (stamp, when it was printed, print)
_prints: dict[tuple[str, str, str], tuple[tuple[int, int], float, Print]] = {}


def place_of(request: HttpRequest) -> tuple[str, str, str]:
    """Which print answers this request; a host that is not ours is refused."""
    return (str(settings.STUDIO_DATA), root_of(request), request.path_info)


def found(request: HttpRequest) -> HttpResponse | None:
    """The print that still holds, if there is one."""
    if request.method not in {"GET", "HEAD"}:
        return None
    kept = _prints.get(place_of(request))
    if kept is None or kept[0] != stamp.read() or time.monotonic() - kept[1] > PRINT_LASTS:
        return None
    return served(request, kept[2])


def answer(request: HttpRequest, make: Callable[[], Print]) -> HttpResponse:
    """Print the page and keep it.

    Only for addresses of which there are few: a print is kept for each, and for each host.
    """
    seen, now = stamp.read(), time.monotonic()  # before the rows are read: never too new
    page = make()
    if len(_prints) >= MOST_PRINTS:
        _prints.clear()
    _prints[place_of(request)] = (seen, now, page)
    return served(request, page)


def served(request: HttpRequest, page: Print) -> HttpResponse:
    """`page` in the form the reader takes, or word that it has not changed."""
    packed = bool(_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    etag = f'"{page.etag}{"-gz" if packed else ""}"'
    told = {"ETag": etag, "Cache-Control": CACHE, "Vary": "Accept-Encoding"}
    if page.modified:
        told["Last-Modified"] = http_date(page.modified)
    if "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META:
        unchanged = get_conditional_response(request, etag, page.modified)
        if unchanged is not None:
            for name, value in told.items():
                unchanged[name] = value
            return unchanged
    body = page.packed if packed else page.body
    if packed:
        told["Content-Encoding"] = "gzip"
    told["Content-Length"] = str(len(body))
    return HttpResponse(
        b"" if request.method == "HEAD" else body, content_type=page.kind, headers=told
    )


def root_of(request: HttpRequest) -> str:
    """Scheme and host, checked: what a page says of its own address."""
    host = request.get_host()
    return settings.SITE_URL or f"{request.scheme}://{host}"
