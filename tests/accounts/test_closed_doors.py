"""Who is not signed in learns nothing, and nobody is led away or has words put in their mouth."""

import re
from itertools import chain

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from projects.worlds.models import World
from studio.accounts.models import User
from tests.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db
SAMPLES = (
    "1",
    "256",
    "2026-11-25",
    "0b0e7a5e-6a0e-4a40-9c7c-3d1f9a1f2b3c",
    "x",
    "0" * 64 + ".webp",
    "scenes",
    "csv",
)


@pytest.fixture(autouse=True)
def no_earlier_tries(db):
    cache.clear()


def addresses(resolver=None, prefix="/"):
    """Every address with samples in its gaps, and its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, where)
        elif isinstance(entry, URLPattern):
            yield filled(where, entry.pattern.converters), entry.callback


def filled(where, gaps):
    """The address with a sample in each gap."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: sample(gaps[gap[1]]), where)


def sample(converter):
    """The first sample that fits."""
    return next(each for each in SAMPLES if re.fullmatch(converter.regex, each))


def private():
    """What a person who has signed in sees; tools have a door of their own (test_tokens.py)."""
    return [
        where
        for where, view in addresses()
        if getattr(view, "login_required", True) and not where.startswith("/api/")
    ]


def test_a_stranger_is_sent_to_the_door_whether_or_not_a_thing_exists(client, owner):
    World.objects.create(pk=1, title="计算宇宙")
    told = {
        where: (answer.status_code, answer["Location"])
        for where in private()
        if (answer := client.get(where))
    }
    assert told == {where: (302, f"/sign-in/?next={where}") for where in private()}
    assert "/worlds/1/" in told
    answers = [
        client.get(f"/worlds/{pk}/", headers={"Accept": "application/json"}) for pk in (1, 2)
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content


def test_a_stranger_cannot_change_anything_either(owner):
    client = Client()
    for where in private():
        for method in (client.post, client.put, client.delete):
            answer = method(where)
            assert (answer.status_code in {302, 401}, "calculation" in answer.text) == (True, False)


def test_no_address_takes_a_form_without_its_token(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    taken = []
    for where, _ in addresses():
        answer = client.post(where, {"title": "x", "passphrase": "x", "password": "x"})
        if answer.status_code not in {401, 403, 405}:  # refused, or no address for forms
            taken.append((where, answer.status_code))
    assert taken == []
    assert client.post("/settings/").status_code == 403


def test_an_unknown_address_gives_the_same_page_in_our_design_to_all(client, studio_client):
    for visitor in (client, studio_client):
        for where in ("/nowhere/", "/scenes/x/edit/", "/.env", "/计算宇宙/"):
            answer = visitor.get(where)
            assert (where, answer.status_code) == (where, 404)
            assert '<main class="lost" id="main">' in answer.text
            assert "Nothing has been written here." in answer.text


def test_the_owner_gets_that_page_for_a_thing_that_is_not_there(studio_client):
    for where in ("/worlds/999/", "/scenes/999/edit/", "/images/999/", "/concepts/999/"):
        answer = studio_client.get(where)
        assert (where, answer.status_code) == (where, 404)
        assert "Nothing has been written here." in answer.text


def test_the_page_speaks_chinese_to_whoever_asks_for_it(client, owner):
    answer = client.get("/无处/", headers={"Accept-Language": "zh-CN"})
    assert (answer.status_code, answer["Content-Language"]) == (404, "zh-hans")
    assert '<html lang="zh-Hans"' in answer.text


ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "https:elsewhere.example",
    "https:///elsewhere.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //elsewhere.example",
    "\t//elsewhere.example",
    "http://testserver@elsewhere.example/",
    "http://localhost:9999/",
    "//127.0.0.1/",
    "http://[::1",
]


@pytest.mark.parametrize("back", ELSEWHERE)
def test_sign_in_leads_to_no_other_site(client, owner, back):
    for given in ({"query_params": {"next": back}}, {"data": {"next": back}}):
        data = {"password": PASSPHRASE, **given.get("data", {})}
        answer = client.post("/sign-in/", data, query_params=given.get("query_params"))
        assert (answer.status_code, answer["Location"]) == (302, "/")
        client.logout()


@pytest.mark.parametrize("back", ELSEWHERE)
def test_nor_does_the_toggle_or_a_page_for_whoever_is_in(studio_client, back):
    toggled = studio_client.post("/settings/theme/", {"theme": "dark", "next": back})
    assert toggled["Location"] == "/"
    passed = studio_client.get("/sign-in/", query_params={"next": back})
    assert (passed.status_code, passed["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("here", "back"),
    [
        ("http://testserver/scenes/1/edit/?a=1", "%2Fscenes%2F1%2Fedit%2F%3Fa%3D1"),
        ("http://[::1", "%2F"),
        ("", "%2F"),
    ],
)
def test_htmx_comes_back_to_a_page_of_ours(client, owner, here, back):
    answer = client.get("/settings/", headers={"HX-Request": "true", "HX-Current-URL": here})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, f"/sign-in/?next={back}")


def test_the_session_is_a_new_one_after_sign_in_and_gone_after_sign_out(client, owner):
    client.cookies["sid"] = "a" * 32  # put there by somebody else
    client.post("/sign-in/", {"password": PASSPHRASE})
    key = client.cookies["sid"].value
    assert key != "a" * 32
    thief = Client()
    thief.cookies["sid"] = key
    assert thief.get("/settings/").status_code == 200
    client.post("/sign-out/")
    assert thief.get("/settings/").status_code == 302


def test_the_cookie_of_the_session_is_kept_from_scripts_and_other_sites(client, owner):
    cookie = client.post("/sign-in/", {"password": PASSPHRASE}).cookies["sid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["domain"] == ""


def wrong_tries(networks):
    """Five from each of so many networks."""
    for number in range(networks):
        for _ in range(5):
            Client().post("/sign-in/", {"password": "wrong"}, REMOTE_ADDR=f"203.0.113.{number}")


def test_an_hour_of_wrong_tries_from_one_network_leaves_the_door_open_to_others(client, owner):
    wrong_tries(12)  # as many as one network may make in an hour
    assert client.post("/sign-in/", {"password": PASSPHRASE}).status_code == 302


def test_a_hundred_wrong_tries_from_everywhere_close_it_for_a_while(client, owner):
    wrong_tries(20)
    answer = client.post("/sign-in/", {"password": PASSPHRASE})
    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session


def test_the_count_of_wrong_codes_outlives_a_flood_of_other_counts(client):
    from studio.accounts import setup_code

    code = setup_code.issue()
    for _ in range(20):
        client.get("/welcome/?code=WRONG")
    for number in range(400):
        cache.set(f"z.{number}", 1)
    assert client.get("/welcome/", {"code": code}).status_code == 429


def test_the_health_check_answers_anyone_and_tells_nothing(client, owner):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text, answer["Content-Type"]) == (200, "ok\n", "text/plain")
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/healthz").status_code == 405
    assert dict(chain(client.cookies.items())) == {}


@pytest.mark.parametrize("email", ["", "lin@example.org"])
def test_an_owner_made_by_a_script_needs_no_mail_and_goes_to_work(
    client, monkeypatch, capsys, email
):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSPHRASE)
    given = ["--email", email] if email else []
    call_command("createsuperuser", "--noinput", "--username", "林远", *given)
    made = User.objects.get()
    assert (made.username, made.email) == ("林远", email)
    call_command("setup_link")
    assert "Set it up here" not in capsys.readouterr().out
    assert client.post("/sign-in/", {"password": PASSPHRASE})["Location"] == "/"
    assert client.get("/").status_code == 200
