"""A picture on the compare page, for the tests that look at it."""

import pytest

from projects.images import child, renditions
from projects.images.picture import decoded, facts_of

from .compare import Stage, image_with


@pytest.fixture
def decoded_here(monkeypatch):
    """The same decoding, but not in a process of its own for each of a hundred small pictures."""
    monkeypatch.setattr(child, "make", renditions.make)
    monkeypatch.setattr(
        child, "check", lambda path, *_, **_more: {"facts": facts_of(decoded(path))._asdict()}
    )


@pytest.fixture
def image(transactional_db, run_jobs):
    return image_with(3, run_jobs)


@pytest.fixture
def stage(page, image):
    return Stage(page, image, "?v=1&v=2")


@pytest.fixture
def phone(phone_page, image):
    return Stage(phone_page, image, "?v=1&v=2")
