"""Two devices write in one scene: what may come together does, and all that was typed stays."""

import json
from uuid import uuid4

import pytest

from projects.writing.models import Behind, Merged, Revision, Stale

from . import make
from .test_scene_edit import address, form, put

pytestmark = pytest.mark.django_db

BASE = "晶格并不发光。\n她数到九。\n天亮了。"
MINE = BASE.replace("九", "十")
THEIRS = BASE.replace("天亮", "天黑")
BOTH = MINE.replace("天亮", "天黑")


def apart():
    """A scene that another device has written on since revision 1."""
    scene = make.scene(BASE)
    scene.revise(THEIRS, base=1, device="phone · Safari")
    return scene


def test_a_stale_save_is_kept_and_then_merged():
    scene = apart()
    outcome = scene.revise(MINE, base=1, key=uuid4(), device="laptop", merge=True)
    assert isinstance(outcome, Merged)
    assert (scene.text, scene.head) == (BOTH, 4)
    found = scene.revisions.order_by("number").with_text()
    rows = [(row.number, row.base, row.kind, row.text) for row in found]
    assert list(rows) == [
        (1, None, "typed", BASE),
        (2, 1, "typed", THEIRS),
        (3, 1, "conflict", MINE),
        (4, 3, "merged", BOTH),
    ]
    assert Revision.objects.conflicts().count() == 0
    assert scene.worked == outcome.revision.created


def test_the_same_key_again_gets_the_same_merge():
    scene, key = apart(), uuid4()
    first = scene.revise(MINE, base=1, key=key, merge=True)
    scene.revise(f"{BOTH}\n雪。", base=4)
    assert scene.revise(MINE, base=1, key=key, merge=True) == first
    assert (scene.head, scene.revisions.count()) == (5, 5)


def test_what_was_typed_while_a_merge_was_made_is_merged_from_the_sent_text():
    scene = apart()
    scene.revise(MINE, base=1, merge=True)
    outcome = scene.revise(MINE.replace("晶格", "大晶格"), base=3, merge=True)
    assert isinstance(outcome, Merged)
    assert scene.text == BOTH.replace("晶格", "大晶格")


def test_an_unchanged_text_makes_nothing_and_learns_what_is_new():
    scene = apart()
    assert scene.revise(BASE, base=1, key=uuid4(), merge=True) == Behind(2)
    assert (scene.text, scene.revisions.count()) == (THEIRS, 2)


@pytest.mark.parametrize("base", [1, 7])
def test_what_collides_or_has_no_known_base_stays_beside(base):
    scene = apart()
    text = MINE if base == 7 else BASE.replace("天亮了", "没有天亮")
    outcome = scene.revise(text, base=base, merge=True)
    assert isinstance(outcome, Stale)
    assert (scene.text, scene.head) == (THEIRS, 2)
    assert Revision.objects.conflicts().count() == 1


def test_a_text_restored_or_brought_in_is_never_merged():
    scene = apart()
    assert isinstance(scene.revise(MINE, base=1, kind="import"), Stale)


def test_the_answer_brings_the_merged_text_and_the_number_of_mine(studio_client):
    scene, key = apart(), str(uuid4())
    answers = [put(studio_client, scene, MINE, 1, key=key) for _ in range(2)]
    said = answers[0].json()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1].json() == said
    assert {name: said[name] for name in ("revision", "head", "merged", "text", "yours")} == {
        "revision": 4,
        "head": 4,
        "merged": True,
        "text": BOTH,
        "yours": 3,
    }


def test_a_page_that_changed_nothing_gets_the_newer_text(studio_client):
    scene = apart()
    said = put(studio_client, scene, BASE, 1).json()
    assert (said["revision"], said["merged"], said["text"]) == (2, True, THEIRS)
    assert "yours" not in said
    assert scene.revisions.count() == 2


def test_who_chooses_a_text_gets_that_text_or_is_asked_again(studio_client):
    scene = apart()
    answer = put(studio_client, scene, MINE, 1, settle=True)
    assert (answer.status_code, answer.json()["text"]) == (409, THEIRS)


def test_a_name_stays_with_what_came_together(studio_client):
    scene = apart()
    put(studio_client, scene, MINE, 1, name="第二稿")
    newest = scene.revisions.first()
    assert (newest.kind, newest.name, newest.text) == ("merged", "第二稿", BOTH)


def test_the_form_merges_too_and_says_so(studio_client):
    scene = apart()
    answer = studio_client.post(address(scene), form(scene, MINE, 1), follow=True)
    scene.refresh_from_db()
    assert (answer.status_code, scene.text) == (200, BOTH)
    assert "merged as revision 4." in answer.text


def test_the_form_without_changes_shows_what_is_new(studio_client):
    scene = apart()
    answer = studio_client.post(address(scene), form(scene, BASE, 1), follow=True)
    assert "You had changed nothing" in answer.text
    assert answer.context["text"] == THEIRS


def test_a_merge_is_listed_as_one(studio_client):
    scene = apart()
    put(studio_client, scene, MINE, 1)
    assert "Merged" in studio_client.get(f"/scenes/{scene.pk}/revisions/").text


def test_a_million_characters_are_saved_and_merged(studio_client):
    text = "她写下时刻，数到九又数到十。\n" * 68_000
    scene = make.scene(text)
    assert len(text) > 1_000_000
    put(studio_client, scene, f"雪。\n{text}", 1)
    said = put(studio_client, scene, f"{text}完。", 1).json()
    scene.refresh_from_db()
    assert (said["merged"], scene.text) == (True, f"雪。\n{text}完。")


def test_naughty_strings_come_back_byte_for_byte_or_are_refused(studio_client, corpus):
    path = corpus / "bad" / "strings" / "blns.json"
    if not path.is_file():
        pytest.skip("the naughty strings are not in the corpus")
    scene = make.scene()
    for text in json.loads(path.read_text()):
        base = scene.head
        answer = put(studio_client, scene, text, base)
        scene.refresh_from_db()
        if "\x00" in text:
            assert (answer.status_code, scene.head) == (422, base)
            assert answer.json()["error"].endswith(".")
        else:
            assert answer.status_code == 200
            assert scene.text == text.replace("\r\n", "\n").replace("\r", "\n")
            page = studio_client.get(address(scene), headers={"Accept": "application/json"})
            assert page.json()["text"] == scene.text
