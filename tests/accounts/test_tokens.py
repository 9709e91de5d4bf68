"""Keys for tools: shown once, kept as a digest, revoked; they open /api/ and nothing else."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from studio.accounts.models import Token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_earlier_tries(db):
    cache.clear()


def bearer(secret):
    return {"authorization": f"Bearer {secret}"}


def test_a_key_is_shown_once_and_only_its_digest_is_kept(studio_client):
    page = studio_client.post("/settings/tokens/", {"name": "笔记本 laptop"}).content.decode()
    secret = re.search(r">(tl_[\w-]{43})<", page)[1]
    token = Token.objects.get()
    assert secret not in str(Token.objects.values().get())
    assert (token.name, token.start, token.last_used) == ("笔记本 laptop", secret[:7], None)
    later = studio_client.get("/settings/tokens/").content.decode()
    assert (secret in later, "笔记本 laptop" in later, "never used" in later) == (False, True, True)


def test_a_key_opens_the_door_for_tools_and_says_when_it_was_used(owner, client):
    token, secret = Token.objects.issue(owner, "watch")
    assert client.get("/api/versions/", headers=bearer(secret)).json() == {"versions": []}
    token.refresh_from_db()
    assert token.last_used is not None


def test_a_key_opens_no_page(owner, client):
    _, secret = Token.objects.issue(owner, "watch")
    for path in ("/", "/images/", "/settings/tokens/", "/versions/1/original/"):
        assert client.get(path, headers=bearer(secret)).status_code == 302


def test_a_revoked_key_opens_nothing(studio_client, owner):
    token, secret = Token.objects.issue(owner, "watch")
    studio_client.post(f"/settings/tokens/{token.pk}/revoke/")
    answer = Client().get("/api/versions/", headers=bearer(secret))
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Throughline"')
    assert answer.json() == {"error": "Send a token of this studio: “Authorization: Bearer …”."}


def test_who_is_signed_in_has_no_door_for_tools(studio_client):
    assert studio_client.get("/api/versions/").status_code == 401
    assert studio_client.post("/api/versions/", {}).status_code == 401


def test_a_nameless_key_is_not_made(studio_client):
    answer = studio_client.post("/settings/tokens/", {"name": " "})
    assert (answer.status_code, Token.objects.count()) == (422, 0)
    assert "Give it a name" in answer.content.decode()


def test_who_guesses_keys_has_to_wait(owner, client, monkeypatch):
    monkeypatch.setattr("studio.accounts.tokens.window", lambda name, limit: name)
    _, secret = Token.objects.issue(owner, "watch")
    tries = [
        client.get("/api/versions/", headers=bearer("tl_wrong")).status_code for _ in range(21)
    ]
    assert tries == [401] * 20 + [429]
    answer = client.get("/api/versions/", headers=bearer(secret))
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


def test_the_page_of_keys_asks_as_often_for_three_as_for_one(studio_client, owner):
    from tests.queries import queries

    Token.objects.issue(owner, "one")
    once = queries(studio_client, "/settings/tokens/")
    for name in ("two", "three"):
        Token.objects.issue(owner, name)
    assert queries(studio_client, "/settings/tokens/") == once
