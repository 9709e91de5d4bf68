"""What the tests of the page that brings hours in may ask for."""

import pytest

from .importing import ADDRESS, TEXT, upload


@pytest.fixture
def look(studio_client):
    def act(text=TEXT, name="工时.csv", **more):
        return studio_client.post(ADDRESS, {"file": upload(text, name), **more})

    return act


@pytest.fixture
def look_at(studio_client):
    def act(*files, **more):
        sent = {"file": [upload(data, name) for name, data in files], **more}
        return studio_client.post(ADDRESS, sent)

    return act
