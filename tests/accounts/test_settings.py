from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from projects.worlds.models import World
from studio.store.days import Days
from studio.store.models import Setting
from tests.conftest import PASSPHRASE
from timelog.models import Intention

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "林远",
    "why": "让我的小说活过来。",
    "other_why": "To bring my novels to life.",
    "language": "zh-hans",
    "theme": "dark",
    "zone": "Asia/Shanghai",
    "day_starts_at": "4",
    "forgotten_after": "6",
}


def test_settings_are_kept_and_shown_again(studio_client, owner):
    answer = studio_client.post("/settings/", GIVEN)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/")
    owner.refresh_from_db()
    assert (owner.name, owner.language, owner.theme) == ("林远", "zh-hans", "dark")
    page = studio_client.get("/settings/")
    assert page.context["form"].initial == {
        **GIVEN,
        "day_starts_at": 4,
        "forgotten_after": 6,
        "seal": "",
        "without_keys": False,
    }
    assert '<html lang="zh-Hans" data-theme="dark" data-inside>' in page.text


def test_the_day_begins_where_and_when_the_settings_say(studio_client):
    studio_client.post("/settings/", GIVEN)
    days = Days.of_the_studio()
    assert str(days.of(datetime(2026, 11, 24, 19, 30, tzinfo=UTC))) == "2026-11-24"
    assert str(days.of(datetime(2026, 11, 24, 20, 30, tzinfo=UTC))) == "2026-11-25"


def test_a_new_reason_leaves_the_earlier_one_in_the_history(studio_client):
    Intention.objects.say("To see it.")
    studio_client.post("/settings/", GIVEN)
    assert Intention.objects.current().text == "让我的小说活过来。"
    assert [each.text for each in Intention.objects.exclude(until=None)] == ["To see it."]
    assert "To see it." in studio_client.get("/settings/").text


def test_the_same_reason_is_not_said_twice(studio_client):
    studio_client.post("/settings/", GIVEN)
    studio_client.post("/settings/", {**GIVEN, "theme": "light"})
    assert Intention.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Write the name your studio should call you by."),
        ("why", "  ", "One sentence is enough."),
        ("zone", "Moon/Tycho", "Select a valid choice."),
        ("day_starts_at", "13", "Select a valid choice."),
    ],
)
def test_what_cannot_be_kept_is_said_and_changes_nothing(
    studio_client, owner, field, value, sentence
):
    answer = studio_client.post("/settings/", {**GIVEN, "language": "en", field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    owner.refresh_from_db()
    assert owner.name == "Lin Yuan"
    assert not Intention.objects.exists()
    assert Setting.read("time.zone") is None


def test_the_page_says_where_everything_lies(studio_client, settings):
    assert str(settings.STUDIO_DATA) in studio_client.get("/settings/").text


def test_the_toggle_keeps_the_light_and_returns_to_its_page(studio_client, owner):
    answer = studio_client.post("/settings/theme/", {"theme": "dark", "next": "/time/?week=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/time/?week=1")
    assert answer.cookies["theme"].value == "dark"
    owner.refresh_from_db()
    assert owner.theme == "dark"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_the_toggle_never_leads_to_another_site(studio_client, back):
    answer = studio_client.post("/settings/theme/", {"theme": "light", "next": back})
    assert answer["Location"] == "/"


def test_an_unknown_theme_means_the_system_decides(studio_client, owner):
    answer = studio_client.post("/settings/theme/", {"theme": "sepia"})
    assert answer.cookies["theme"].value == ""
    owner.refresh_from_db()
    assert owner.theme == ""


def test_the_theme_is_changed_by_post_only(studio_client):
    assert studio_client.get("/settings/theme/").status_code == 405


def test_a_new_passphrase_signs_the_other_devices_out(studio_client, owner):
    phone = Client()
    phone.force_login(owner)
    given = {"oldpassword": PASSPHRASE, "password1": "一万一千公里的盐和一盏灯"}
    answer = studio_client.post("/settings/passphrase/", given)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/")
    assert "The passphrase was changed." in studio_client.get("/settings/").text
    assert phone.get("/settings/").status_code == 302
    owner.refresh_from_db()
    assert owner.check_password("一万一千公里的盐和一盏灯")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("wrong", "a fine long passphrase", "That is not the passphrase of today."),
        (PASSPHRASE, "short", "Use at least 10 characters; a few words are easy to keep."),
        (PASSPHRASE, "", "Choose a new passphrase."),
    ],
)
def test_a_passphrase_that_cannot_be_taken_changes_nothing(
    studio_client, owner, old, new, sentence
):
    given = {"oldpassword": old, "password1": new}
    answer = studio_client.post("/settings/passphrase/", given)
    assert answer.status_code == 422
    assert sentence in answer.text
    owner.refresh_from_db()
    assert owner.check_password(PASSPHRASE)


def settings_with(client, **changed):
    """What the page would send, with some of it changed."""
    form = client.get("/settings/").context["form"]
    sent = {name: value for name, value in form.initial.items() if value is not False}
    return client.post("/settings/", {**sent, **changed})


def test_the_author_chooses_a_seal_that_marks_every_page(studio_client):
    World.objects.create(title="计算宇宙")
    Intention.objects.say("Why.")
    assert settings_with(studio_client, seal="晶").status_code == 302
    world = World.objects.get()
    assert world.seal == "晶"
    assert world.seal_path in studio_client.get("/").text
    assert settings_with(studio_client, seal="").status_code == 302
    assert World.objects.get().seal_path == ""


def test_a_seal_that_cannot_be_drawn_is_refused_and_the_page_keeps_the_rest(studio_client):
    World.objects.create(title="计算宇宙")
    Intention.objects.say("Why.")
    answer = settings_with(studio_client, seal="\ue123", name="Another")
    assert answer.status_code == 422
    assert "The font has no" in answer.text
    assert 'value="Another"' in answer.text
    assert World.objects.get().seal == ""


def test_single_letter_keys_can_be_turned_off(studio_client, owner):
    Intention.objects.say("Why.")
    assert "data-no-keys" not in studio_client.get("/").text
    assert settings_with(studio_client, without_keys="on").status_code == 302
    assert "data-no-keys" in studio_client.get("/").text
    assert settings_with(studio_client, without_keys="").status_code == 302
    assert "data-no-keys" not in studio_client.get("/").text


def test_the_page_tells_of_the_last_backup_and_the_room_left(studio_client, tmp_path):
    assert "None yet" in studio_client.get("/settings/").text
    call_command("backup", tmp_path / "studio.zip", stdout=StringIO())
    page = studio_client.get("/settings/").text
    assert str(tmp_path / "studio.zip") in page
    assert "None yet" not in page


def test_pages_tell_the_time_in_the_zone_that_was_chosen(studio_client, owner, tmp_path):
    Intention.objects.say("Why.")
    kept = {"at": "2026-11-19T20:30:00+00:00", "where": "there", "size": 1}
    Setting.write("storage.backup", kept)
    with time_machine.travel("2026-11-20T12:00:00+00:00", tick=False):
        assert settings_with(studio_client, zone="Asia/Shanghai").status_code == 302
        assert "today 04:30" in studio_client.get("/settings/").text
        assert settings_with(studio_client, zone="America/New_York").status_code == 302
        assert "yesterday 15:30" in studio_client.get("/settings/").text
