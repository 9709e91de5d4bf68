"""What every test may ask for."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

# Playwright keeps an event loop in this thread; Django would then refuse every query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSPHRASE = "eleven thousand kilometres of salt"
HERE = Path(__file__).resolve().parent


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    if settings.configured:
        shutil.rmtree(settings.SCRATCH, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test in tests/browser, or with a page, is a browser test, and those need real commits."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if {"page", "phone_page", "browser"} & set(names):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def studio_data(tmp_path: Path, settings: Any) -> Path:
    """An empty data folder for each test."""
    settings.STUDIO_DATA = tmp_path / "data"
    settings.STUDIO_DERIVED = settings.STUDIO_DATA / "derived"
    settings.FILE_UPLOAD_TEMP_DIR = settings.STUDIO_DATA / "spool"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True)
    return settings.STUDIO_DATA


@pytest.fixture
def owner(db: None) -> Any:
    """The person whose studio it is."""
    from studio.accounts.models import User

    return User.objects.create_user("lin", password=PASSPHRASE, name="Lin Yuan")


@pytest.fixture
def studio_client(owner: Any) -> Client:
    """A client that has signed in."""
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Public files to try the studio on; they are not part of the repository."""
    default = HERE.parent.parent / "shared" / "corpus"
    folder = Path(os.environ.get("STUDIO_CORPUS", default))
    if not folder.is_dir():
        pytest.skip("the corpus is not here; set STUDIO_CORPUS to its folder")
    return folder


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Do the slow work that is due, in this process; answers how many jobs that was."""
    from studio.store.worker import run_all

    return run_all


# --- a real browser -----------------------------------------------------------------------------
def find_chromium() -> str | None:
    """Debian's Chromium, or another one on the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all browser tests of this process."""
    chromium = find_chromium()
    if not chromium:
        pytest.skip("Chromium is not installed; `make test` as root installs it")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


LAPTOP = {
    "viewport": {"width": 1440, "height": 900},
    "reduced_motion": "reduce",
    "service_workers": "block",  # they hide requests from the test; those about them allow them
}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
    "reduced_motion": "reduce",
    "service_workers": "block",
}


@pytest.fixture
def new_context(
    browser: Any, transactional_db: None, live_server: Any, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Any]]:
    """Make browser contexts (devices): new_context(), new_context(phone=True, signed_in=False).

    A page's console errors fail the test, unless the test calls `context.expect_errors()`.
    """
    made: list[tuple[Any, list[str]]] = []

    def make(*, phone: bool = False, signed_in: bool = True, **options: Any) -> Any:
        context = browser.new_context(
            base_url=live_server.url, **{**(PHONE if phone else LAPTOP), **options}
        )
        errors: list[str] = []

        def broke(error: Any) -> None:
            # A slow machine gives up fading from one page to the next; nobody misses it.
            if not str(error.error).startswith("Transition was "):
                errors.append(str(error.error))

        context.on("weberror", broke)
        context.on(
            "console",
            lambda message: errors.append(message.text) if message.type == "error" else None,
        )
        context.expect_errors = lambda: errors.append("expected")
        if signed_in:
            client = Client()
            client.force_login(request.getfixturevalue("owner"))
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies(
                [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
            )
        made.append((context, errors))
        return context

    yield make
    for context, _ in made:
        context.close()
    for _, errors in made:
        assert "expected" in errors or errors == []


@pytest.fixture
def page(new_context: Callable[..., Any]) -> Any:
    """A signed-in page on a laptop, 1440x900."""
    return new_context().new_page()


@pytest.fixture
def phone_page(new_context: Callable[..., Any]) -> Any:
    """A signed-in page on a phone, 390x844, with touch."""
    return new_context(phone=True).new_page()
