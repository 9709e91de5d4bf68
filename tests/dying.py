"""A page that goes before what it sends arrives."""

import time
from types import ModuleType

import pytest
from django.http import HttpResponse
from playwright.sync_api import Page

LONGEST = 3.0  # seconds a closing page's last call may be under way


def die(page: Page, monkeypatch: pytest.MonkeyPatch, views: ModuleType) -> None:
    """Close `page`; the save it still sends (past what blocks the others) is refused."""
    came = []

    def put(request, row):
        came.append(row)
        return HttpResponse(status=503)

    with monkeypatch.context() as patched:
        patched.setattr(views, "put", put)
        page.close()
        until = time.monotonic() + LONGEST
        while not came and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.3)  # what is sent twice
