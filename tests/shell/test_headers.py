"""What every answer carries: a strict policy, no cache, no third party, no inline style."""

import base64
import hashlib
import re

import pytest
from django.test import Client

from studio.accounts.forms import SettingsForm
from tests.test_architecture import PUBLIC, addresses

POLICY = (
    "default-src 'none'; script-src 'self' {hash}; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def plain_addresses() -> list[str]:
    """All addresses that need no id."""
    return sorted({pattern for pattern, _, _ in addresses() if "<" not in pattern} - {"/welcome/"})


def pages(client: Client) -> list[tuple[str, str]]:
    """Their addresses and texts: of those that answer a plain request with a page."""
    texts = []
    for address in plain_addresses():
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            texts.append((address, answer.text))
    return [*texts, ("/nowhere/", client.get("/nowhere/").text)]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/settings/", "/sign-in/", "/nowhere/", "/healthz"])
def test_every_answer_carries_the_strict_policy(owner, address):
    client = Client()
    if address == "/settings/":
        client.force_login(owner)
    answer = client.get(address)
    page = client.get("/sign-in/", follow=True).text
    source = re.search(r'<script type="importmap">(.*?)</script>', page).group(1)
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    assert answer["Content-Security-Policy"] == POLICY.format(hash=f"'sha256-{digest}'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Permissions-Policy"].startswith("camera=(), microphone=(), geolocation=()")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_no_page_has_inline_style_or_script_or_handler(studio_client):
    found = []
    for address, text in pages(studio_client):
        bare = re.sub(r'<script type="importmap">.*?</script>', "", text)
        if re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", bare):
            found.append(address)
        if re.search(r"<script(?![^>]*\ssrc=)", bare):
            found.append(address)
    assert found == []


@pytest.mark.django_db
def test_no_page_asks_anything_of_another_host(studio_client):
    loads = re.compile(
        r'(?:src|srcset|action|data|poster)="(?:https?:)?//|'
        r'<link(?![^>]*rel="(?:canonical|alternate)")[^>]*href="(?:https?:)?//'
    )
    assert [address for address, text in pages(studio_client) if loads.search(text)] == []


@pytest.mark.django_db
def test_every_page_names_its_language_its_title_and_one_heading(studio_client):
    for address, text in pages(studio_client):
        language = "zh-Hans" if address.startswith("/zh/") else "en"
        assert f'<html lang="{language}"' in text, address
        assert re.search(r"<title>[^<]+ · [^<]+</title>", text), address
        assert len(re.findall(r"<h1\b", text)) == 1, address
        assert len(re.findall(r"<main\b", text)) == 1, address


@pytest.mark.django_db
def test_no_page_links_to_a_room_that_is_not_there(studio_client):
    links = {
        href
        for _, text in pages(studio_client)
        for href in re.findall(r'<a\b[^>]*\shref="(/[^"#?]*)', text)
        if not href.startswith("/static/")
    }
    dead = [href for href in sorted(links) if studio_client.get(href).status_code == 404]
    assert dead == []


@pytest.mark.django_db
def test_a_stranger_sees_no_page_but_the_doors(client, owner):
    open_pages = {
        address
        for address in plain_addresses()
        if client.get(address).status_code not in {302, 401, 405}
    }
    plain = {address for address in PUBLIC if "<" not in address}
    assert open_pages == plain - {"/welcome/", "/sign-out/"}  # gone, and back to sign-in


@pytest.mark.django_db
def test_a_request_that_cannot_be_a_page_of_ours_is_refused_in_our_design(client, owner):
    answer = client.get("/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "That could not be read." in answer.text
    assert 'class="lost"' in answer.text


@pytest.mark.django_db
def test_a_mistake_of_ours_gives_a_page_that_needs_no_database(studio_client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the secret plot")

    monkeypatch.setattr(SettingsForm, "initial_of", broken)
    studio_client.raise_request_exception = False
    answer = studio_client.get("/settings/")
    assert answer.status_code == 500
    assert "The studio made a mistake." in answer.text
    assert "secret plot" not in answer.text
