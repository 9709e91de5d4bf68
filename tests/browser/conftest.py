"""What the tests of the compare page and of the editor may ask for."""

import pytest

from projects.images import child, renditions
from projects.images.picture import decoded, facts_of
from tests.writing import make

from .compare import Stage, image_with
from .editor import ENGLISH


@pytest.fixture
def decoded_here(monkeypatch):
    """The same decoding, but not in a process of its own for each of a hundred small pictures."""
    monkeypatch.setattr(child, "make", renditions.make)
    monkeypatch.setattr(
        child, "check", lambda path, *_, **_more: {"facts": facts_of(decoded(path))._asdict()}
    )


@pytest.fixture
def image(transactional_db, run_jobs, request):
    """A picture of as many versions as the module says in VERSIONS, else of three."""
    return image_with(getattr(request.module, "VERSIONS", 3), run_jobs)


@pytest.fixture
def stage(page, image):
    return Stage(page, image, "?v=1&v=2")


@pytest.fixture
def phone(phone_page, image):
    return Stage(phone_page, image, "?v=1&v=2")


@pytest.fixture
def scene(db):
    return make.scene(ENGLISH)
