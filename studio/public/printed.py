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
from typing import Any

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


_prints: dict[Any, tuple[tuple[int, int], float, Print]] = {}


def answer(request: HttpRequest, key: Any, make: Callable[[], Print]) -> HttpResponse:
    """The print kept under `key` for this host, or a new one; 304 when the reader has it.

    `key` must be one of few: prints are kept for every host the studio answers to.
    """
    key = (str(settings.STUDIO_DATA), settings.SITE_URL or root_of(request), key)
    now, seen = time.monotonic(), stamp.read()
    kept = _prints.get(key)
    if kept is None or kept[0] != seen or now - kept[1] > PRINT_LASTS:
        if len(_prints) >= MOST_PRINTS:
            _prints.clear()
        kept = _prints[key] = (seen, now, make())
    return served(request, kept[2])


def served(request: HttpRequest, page: Print) -> HttpResponse:
    """`page` in the form the reader takes, or word that it has not changed."""
    packed = bool(_gzip.search(request.headers.get("Accept-Encoding", "")))
    etag = f'"{page.etag}{"-gz" if packed else ""}"'
    body = page.packed if packed else page.body
    response = HttpResponse(body, content_type=page.kind)
    response["Content-Length"] = str(len(body))
    if packed:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    if page.modified:
        response["Last-Modified"] = http_date(page.modified)
    response["Cache-Control"] = CACHE
    response["Vary"] = "Accept-Encoding"
    unchanged = get_conditional_response(request, etag, page.modified, response)
    if unchanged is response or unchanged is None:
        if request.method == "HEAD":
            response.content = b""
            response["Content-Length"] = str(len(body))
        return response
    unchanged["Cache-Control"] = CACHE
    unchanged["Vary"] = "Accept-Encoding"
    return unchanged


def root_of(request: HttpRequest) -> str:
    """Scheme and host, checked: what a page says of its own address."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
