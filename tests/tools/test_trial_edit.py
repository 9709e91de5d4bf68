"""Tests by hand: log, correct, remove, bring back, remind later."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from projects.tools.models import Trial

from . import make
from .make import on_the_day  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make.tool(), make.capability()


def log(client, cell, **sent):
    tool, capability = cell
    form = {"state": "partly", "tried_on": "2026-10-02", **sent}
    return client.post(f"/tools/{tool.pk}/{capability.pk}/trials/", form)


def toast(client, address):
    """What the page after says, and where its undo leads."""
    answer = client.get(address)
    return [(str(one), one.extra_tags) for one in answer.context["messages"]]


@pytest.mark.parametrize(
    ("sent", "again_on"),
    [
        ({"state": "not"}, date(2026, 11, 27)),
        ({"state": "partly"}, date(2026, 11, 13)),
        ({"state": "can"}, None),
        ({"state": "not", "again_on": "2026-10-09"}, date(2026, 10, 9)),
        ({"state": "can", "again_on": "2026-12-01"}, date(2026, 12, 1)),
        ({"state": "not", "never": "on"}, None),
    ],
)
def test_a_test_is_logged_and_its_state_suggests_when_to_try_again(
    studio_client, cell, sent, again_on
):
    answer = log(studio_client, cell, note="四个字能站住。 A fifth dissolves.", **sent)
    trial = Trial.objects.get()
    assert answer.url == f"/tools/{trial.tool_id}/{trial.capability_id}/"
    assert (trial.state, trial.tried_on, trial.again_on, trial.note) == (
        sent["state"],
        date(2026, 10, 2),
        again_on,
        "四个字能站住。 A fifth dissolves.",
    )


def test_what_was_logged_can_be_taken_back_at_once(studio_client, cell):
    answer = log(studio_client, cell)
    trial = Trial.objects.get()
    said = toast(studio_client, answer.url)
    assert said == [("Kontext: Partly.", f"/trials/{trial.pk}/delete/")]
    studio_client.post(said[0][1])
    assert not Trial.objects.kept().exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"state": ""}, "Say what the test showed."),
        ({"state": "perhaps"}, "Select a valid choice."),
        ({"tried_on": ""}, "This field is required."),
        ({"tried_on": "2999-01-01"}, "That day is still to come. Write the day of the test."),
        ({"again_on": "2026-10-02"}, "Choose a day after the test."),
    ],
)
def test_a_test_that_cannot_be_is_refused_and_its_text_is_kept(studio_client, cell, sent, sentence):
    answer = log(studio_client, cell, note="第五个字散了。", **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page and "第五个字散了。" in page and "<details open>" in page
    assert not Trial.objects.exists()


def test_a_test_is_corrected(studio_client):
    trial = make.trial("partly", note="四个字", again_on=date(2026, 12, 24))
    page = studio_client.get(f"/trials/{trial.pk}/edit/").content.decode()
    assert "四个字" in page and 'value="2026-12-24"' in page
    form = {"state": "can", "tried_on": "2026-10-03", "note": "五个字 hold.", "again_on": ""}
    answer = studio_client.post(f"/trials/{trial.pk}/edit/", form | {"never": "on"})
    trial.refresh_from_db()
    assert answer.url == f"/tools/{trial.tool_id}/{trial.capability_id}/"
    assert (trial.state, trial.note, trial.again_on) == ("can", "五个字 hold.", None)


def test_a_corrected_state_moves_the_usual_day_but_not_a_chosen_one(studio_client):
    usual = make.trial("partly", again_on=date(2026, 11, 13))
    chosen = make.trial("partly", again_on=date(2026, 12, 24))
    for trial in (usual, chosen):
        form = {"state": "not", "tried_on": "2026-10-02", "again_on": trial.again_on}
        studio_client.post(f"/trials/{trial.pk}/edit/", form)
        trial.refresh_from_db()
    assert (usual.again_on, chosen.again_on) == (date(2026, 11, 27), date(2026, 12, 24))


def test_a_correction_that_cannot_be_changes_nothing(studio_client):
    trial = make.trial("partly", note="四个字")
    form = {"state": "can", "tried_on": "then", "note": "全部的字"}
    answer = studio_client.post(f"/trials/{trial.pk}/edit/", form)
    trial.refresh_from_db()
    assert answer.status_code == 422 and "全部的字" in answer.content.decode()
    assert (trial.state, trial.note) == ("partly", "四个字")


@pytest.mark.parametrize("by", ["form", "script"])
def test_a_test_is_removed_and_undo_brings_it_back(studio_client, by):
    trial = make.trial(note="四个字")
    if by == "form":
        answer = studio_client.post(f"/trials/{trial.pk}/delete/")
    else:
        answer = studio_client.delete(f"/trials/{trial.pk}/")
    assert "四个字" not in studio_client.get(answer.url).content.decode()
    studio_client.post(f"/trials/{trial.pk}/bring-back/")
    assert "四个字" in studio_client.get(answer.url).content.decode()


def test_what_is_gone_for_good_says_so(studio_client):
    answer = studio_client.post("/trials/99/bring-back/")
    assert toast(studio_client, answer.url) == [("That can no longer be undone.", "")]


def test_remind_me_later_counts_from_today_and_undo_puts_the_old_day_back(studio_client):
    today = timezone.localdate()
    trial = make.trial("partly", again_on=today - timedelta(days=3))
    cell = f"/tools/{trial.tool_id}/{trial.capability_id}/"
    later = (today + timedelta(weeks=6)).isoformat()
    assert f'action="/trials/{trial.pk}/again/{later}/"' in studio_client.get(cell).content.decode()
    answer = studio_client.post(f"/trials/{trial.pk}/again/{later}/")
    assert not Trial.objects.due(today).exists()
    undo = toast(studio_client, answer.url)[0][1]
    studio_client.post(undo)
    assert list(Trial.objects.due(today)) == [trial]


@pytest.mark.parametrize("day", ["2026-02-30", "soon", "0000-00-00"])
def test_a_day_that_is_none_is_not_found(studio_client, day):
    trial = make.trial(again_on=make.DAY)
    assert studio_client.post(f"/trials/{trial.pk}/again/{day}/").status_code == 404
    trial.refresh_from_db()
    assert trial.again_on == make.DAY


@pytest.mark.parametrize("path", ["edit/", "delete/", "again/2026-12-24/"])
def test_a_removed_test_can_only_be_brought_back(studio_client, path):
    trial = make.trial()
    trial.remove()
    assert studio_client.post(f"/trials/{trial.pk}/{path}").status_code == 404
