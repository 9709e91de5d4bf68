import re

import pytest
from django.core.management import call_command
from django.test import Client

from projects.worlds.models import World
from studio.accounts import setup_code
from studio.accounts.models import User
from studio.store.models import Job, Setting
from timelog.models import Intention

pytestmark = pytest.mark.django_db

ENGLISH = {
    "why": "To bring my novels to life.",
    "world": "The Computational Universe",
    "other_title": "计算宇宙",
    "name": "Lin Yuan",
    "passphrase": "eleven thousand kilometres of salt",
    "language": "en",
}
CHINESE = {
    "why": "让我的小说活过来。",
    "world": "计算宇宙",
    "other_title": "The Computational Universe",
    "name": "林远",
    "passphrase": "一万一千公里的盐和一盏灯",
    "language": "zh-hans",
}


def post(client: Client, given: dict[str, str], code: str) -> object:
    return client.post("/welcome/", {**given, "code": code})


@pytest.mark.parametrize(
    "address", ["/", "/settings/", "/sign-in/", "/worlds/", "/nowhere/", "/search/?q=x"]
)
def test_every_page_of_a_new_studio_leads_to_the_set_up(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/welcome/")


def test_the_machine_that_watches_is_not_sent_there(client):
    assert client.get("/healthz").content == b"ok\n"


def test_without_the_code_the_page_says_where_the_code_is(client):
    answer = client.get("/welcome/")
    assert answer.status_code == 200
    assert "in the terminal where the studio was started" in answer.text
    assert 'name="passphrase"' not in answer.text


def test_a_wrong_code_opens_nothing(client):
    setup_code.issue()
    answer = client.get("/welcome/?code=AAAA-BBBB-CCCC-DDDD")
    assert answer.status_code == 403
    assert "That is not the code." in answer.text
    assert post(client, ENGLISH, "AAAA-BBBB-CCCC-DDDD").status_code == 403
    assert not User.objects.exists()


def test_no_code_is_right_while_none_was_issued(client):
    assert client.get("/welcome/?code=x").status_code == 403


def test_the_right_code_opens_also_when_typed_small_and_without_dashes(client):
    code = setup_code.issue().replace("-", " ").lower()
    answer = client.get("/welcome/", {"code": code})
    assert answer.status_code == 200
    assert 'name="passphrase"' in answer.text


def test_a_new_code_closes_the_earlier_one(client):
    first = setup_code.issue()
    setup_code.issue()
    assert client.get("/welcome/", {"code": first}).status_code == 403


def test_only_a_hash_of_the_code_is_kept():
    code = setup_code.issue()
    assert re.fullmatch(r"[0-9a-f]{64}", Setting.read("setup.code"))
    assert code not in Setting.read("setup.code")


def test_after_twenty_wrong_codes_nobody_may_try_for_a_while(client):
    code = setup_code.issue()
    for _ in range(20):
        client.get("/welcome/?code=WRONG")
    answer = client.get("/welcome/", {"code": code})
    assert answer.status_code == 429
    assert "Too many tries." in answer.text
    fresh = setup_code.issue()  # whoever sits at the terminal is not locked out
    assert client.get("/welcome/", {"code": fresh}).status_code == 200


@pytest.mark.parametrize("given", [ENGLISH, CHINESE], ids=["English", "中文"])
def test_set_up_makes_owner_world_and_reason_and_goes_to_work(client, given):
    answer = post(client, given, setup_code.issue())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    owner = User.objects.get()
    assert (owner.name, owner.language) == (given["name"], given["language"])
    assert owner.check_password(given["passphrase"])
    world = World.objects.get()
    assert (world.title, world.other_title) == (given["world"], given["other_title"])
    assert Intention.objects.current().text == given["why"]
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_the_page_is_gone_once_there_is_an_owner(client):
    code = setup_code.issue()
    post(client, ENGLISH, code)
    stranger = Client()
    assert stranger.get("/welcome/", {"code": code}).status_code == 404
    assert post(stranger, CHINESE, code).status_code == 404
    assert User.objects.count() == World.objects.count() == 1
    assert Setting.read("setup.code") is None


def test_the_page_is_gone_too_when_the_owner_was_made_by_a_script(client, owner):
    assert client.get("/welcome/", {"code": setup_code.issue()}).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("why", " ", "One sentence is enough."),
        ("world", "", "Give your world a name."),
        ("name", "", "Write the name your studio should call you by."),
        ("passphrase", "", "Choose a passphrase; it is the only key to the studio."),
        ("passphrase", "salt", "Use at least 10 characters; a few words are easy to keep."),
        ("passphrase", "password1234", "That one stands on every list of guesses."),
        ("passphrase", "Lin-Yuan-Lin", "That is too close to the name."),
        ("passphrase", "the computational universe", "That is the world&#x27;s title."),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_made(
    client, field, value, sentence
):
    given = {**ENGLISH, "why": "为了让小说活过来 & more", field: value}
    answer = post(client, given, setup_code.issue())
    assert answer.status_code == 422
    assert sentence in answer.text
    if field != "why":
        assert "为了让小说活过来 &amp; more" in answer.text
    assert not User.objects.exists()
    assert not World.objects.exists()
    assert ENGLISH["passphrase"] not in answer.text


def test_a_failed_form_does_not_spend_the_code(client):
    code = setup_code.issue()
    post(client, {**ENGLISH, "name": ""}, code)
    assert post(client, ENGLISH, code).status_code == 302


def test_a_code_that_another_device_has_spent_makes_no_second_owner(client, monkeypatch):
    code = setup_code.issue()
    monkeypatch.setattr(setup_code, "spend", lambda code: False)
    assert post(client, ENGLISH, code).status_code == 404
    assert not User.objects.exists()


def test_the_page_can_be_read_in_chinese(client):
    code = setup_code.issue()
    answer = client.get("/welcome/", {"code": code, "language": "zh-hans"})
    assert '<html lang="zh-Hans">' in answer.text
    assert answer.cookies["language"].value == "zh-hans"


def test_the_command_prints_a_link_that_opens_and_later_nothing(client, capsys):
    call_command("setup_link", site="http://studio.test")
    link = capsys.readouterr().out.split()[-1]
    assert link.startswith("http://studio.test/welcome/?code=")
    assert client.get(link.removeprefix("http://studio.test")).status_code == 200
    post(client, ENGLISH, link.rpartition("=")[2])
    call_command("setup_link")
    assert capsys.readouterr().out == ""


def test_a_studio_that_came_back_from_a_backup_asks_for_a_key_only(client, db):
    World.objects.create(title="计算宇宙")
    Intention.objects.say("让我的小说活过来。")
    code = setup_code.issue()
    page = client.get(f"/welcome/?code={code}")
    assert "Everything is back." in page.text
    assert 'name="why"' not in page.text
    assert 'name="world"' not in page.text
    sent = {"code": code, "name": "Lin Yuan", "passphrase": "eleven thousand kilometres of salt"}
    assert client.post("/welcome/", sent).headers["Location"] == "/"
    assert [world.title for world in World.objects.all()] == ["计算宇宙"]
    assert Intention.objects.count() == 1
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("asked", "jobs"), [("", 0), ("on", 1)])
def test_the_sample_story_is_told_by_a_worker_when_it_is_asked_for(client, asked, jobs):
    code = setup_code.issue()
    assert client.post("/welcome/", {**ENGLISH, "code": code, "story": asked}).status_code == 302
    told = Job.objects.filter(task="studio.ops.tasks.tell_story")
    assert told.count() == jobs


def test_the_sample_storys_task_has_the_name_it_is_enqueued_by():
    from studio.accounts.forms import SAMPLE_STORY
    from studio.ops.tasks import tell_story

    assert tell_story.module_path == SAMPLE_STORY
