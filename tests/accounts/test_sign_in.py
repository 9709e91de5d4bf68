from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from studio.accounts.models import User
from tests.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_earlier_tries(db):
    cache.clear()


def sign_in(client, **given):
    return client.post("/sign-in/", {"password": PASSPHRASE, **given})


def test_with_one_account_the_passphrase_is_enough(client, owner):
    assert 'name="login"' not in client.get("/sign-in/").text
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(owner.pk)


@pytest.mark.parametrize("name", ["lin", "LIN", "Lin Yuan", " lin yuan "])
def test_with_two_accounts_the_name_is_asked_too(client, owner, name):
    User.objects.create_user("wei", password="another passphrase altogether", name="魏明")
    assert 'name="login"' in client.get("/sign-in/").text
    assert sign_in(client, login=name)["Location"] == "/"
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_a_chinese_name_signs_in(client, owner):
    wei = User.objects.create_user("wei", password="一万一千公里的盐和一盏灯", name="魏明")
    sign_in(client, login="魏明", password="一万一千公里的盐和一盏灯")
    assert client.session["_auth_user_id"] == str(wei.pk)


def test_a_wrong_passphrase_says_so_and_keeps_the_door_closed(client, owner):
    answer = sign_in(client, password="not this one")
    assert answer.status_code == 422
    assert "That is not the passphrase." in answer.text
    assert "not this one" not in answer.text
    assert "_auth_user_id" not in client.session


def test_a_wrong_name_and_a_wrong_passphrase_read_the_same(client, owner):
    User.objects.create_user("wei", password="another passphrase altogether")
    sentence = "This name and this passphrase do not belong together."
    for given in ({"login": "nobody"}, {"login": "lin", "password": "wrong wrong wrong"}):
        answer = sign_in(client, **given)
        assert (answer.status_code, sentence in answer.text) == (422, True)


def test_an_account_that_was_closed_does_not_open(client, owner):
    User.objects.create_user("wei", password="another passphrase altogether")
    User.objects.create_user("gone", password="a third long passphrase", is_active=False)
    answer = sign_in(client, login="gone", password="a third long passphrase")
    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session


def test_the_sixth_wrong_try_in_a_row_is_refused_and_so_is_the_right_one(client, owner):
    for _ in range(5):
        assert sign_in(client, password="wrong wrong wrong").status_code == 422
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "Too many tries. Wait five minutes, then try once more." in answer.text
    assert "_auth_user_id" not in client.session


def test_wrong_tries_from_elsewhere_do_not_lock_the_owner_out(client, owner):
    for _ in range(6):
        client.post("/sign-in/", {"password": "wrong"}, REMOTE_ADDR="203.0.113.7")
    assert sign_in(client).status_code == 302


def test_staying_signed_in_is_for_thirty_days_else_until_the_browser_closes(client, owner):
    sign_in(client, remember="on")
    assert client.session.get_expire_at_browser_close() is False
    assert client.session.get_expiry_age() == 30 * 24 * 3600
    other = Client()
    sign_in(other)
    assert other.session.get_expire_at_browser_close() is True
    assert other.cookies["sid"]["max-age"] == ""


def test_a_session_ends_at_its_hour_and_another_device_stays_signed_in(client, owner):
    other = Client()
    sign_in(client)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        sign_in(other)
    assert client.get("/settings/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=30, hours=1)):
        assert client.get("/settings/")["Location"] == "/sign-in/?next=/settings/"
        assert other.get("/settings/").status_code == 200


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client, owner):
    asked = client.get("/settings/")
    assert asked["Location"] == "/sign-in/?next=/settings/"
    assert client.post(asked["Location"], {"password": PASSPHRASE})["Location"] == "/settings/"


def test_sign_in_never_leads_to_another_site(client, owner):
    address = "/sign-in/?next=https://elsewhere.example/"
    assert client.post(address, {"password": PASSPHRASE})["Location"] == "/"


def test_the_chosen_light_and_language_come_along_to_a_new_device(client, owner):
    owner.theme, owner.language = "dark", "zh-hans"
    owner.save()
    answer = sign_in(client)
    assert answer.cookies["theme"].value == "dark"
    assert answer.cookies["language"].value == "zh-hans"


def test_sign_out_is_a_post_and_ends_the_session(studio_client):
    asked = studio_client.get("/sign-out/")
    assert asked.status_code == 200
    assert "_auth_user_id" in studio_client.session
    answer = studio_client.post("/sign-out/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "_auth_user_id" not in studio_client.session


def test_nothing_of_the_work_stands_on_the_door(client, owner):
    from projects.worlds.models import World

    World.objects.create(title="The Computational Universe", other_title="计算宇宙")
    for address in ("/sign-in/", "/nowhere/"):
        text = client.get(address).text
        assert "Computational" not in text
        assert "计算宇宙" not in text
        assert "/writing/" not in text


def test_a_save_that_lost_its_session_gets_an_answer_a_script_can_read(client, owner):
    answer = client.put("/settings/", {}, content_type="application/json")
    assert answer.status_code == 401
    assert answer.json() == {
        "error": "You are signed out. Sign in, and it will be sent again.",
        "sign_in": "/sign-in/",
    }


def test_htmx_is_told_to_go_to_the_sign_in_page_and_back(client, owner):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/settings/?a=1"}
    answer = client.get("/settings/", headers=headers)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Fsettings%2F%3Fa%3D1"
    assert answer.content == b""


def test_without_a_token_nothing_is_done_and_the_page_says_what_to_do(owner):
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"password": PASSPHRASE})
    assert answer.status_code == 403
    assert "That page had grown old." in answer.text
