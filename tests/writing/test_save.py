"""A word that was said to be saved is never lost."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from projects.writing.models import Behind, Revision, Saved, Scene, Stale, TextRefused, Unchanged

from . import make

pytestmark = pytest.mark.django_db


def texts(scene):
    return [(each.kind, each.text) for each in scene.revisions.with_text().order_by("number")]


def test_a_save_makes_a_revision_and_counts_it():
    scene = make.scene()
    outcome = scene.revise("晶格记得。She counted.", base=0, device="laptop")
    assert isinstance(outcome, Saved)
    assert (scene.text, scene.head) == ("晶格记得。She counted.", 1)
    assert (scene.zishu, scene.words, scene.chars) == (7, 6, 16)
    assert (outcome.revision.device, outcome.revision.base) == ("laptop", None)


def test_the_same_key_again_makes_nothing_new_even_when_the_scene_has_moved_on():
    scene, key = make.scene(), uuid4()
    first = scene.revise("one", base=0, key=key)
    scene.revise("two", base=1, key=uuid4())
    again = scene.revise("one", base=0, key=key)
    assert isinstance(first, Saved) and isinstance(again, Saved)
    assert again.revision == first.revision
    assert (scene.text, texts(scene)) == ("two", [("typed", "one"), ("typed", "two")])


def test_equal_text_makes_no_revision():
    scene = make.scene("同样的话")
    assert scene.revise("同样的话", base=1) == Unchanged(1)
    assert scene.revisions.count() == 1


def test_a_stale_save_keeps_both_texts():
    scene = make.scene("first")
    scene.revise("from the laptop", base=1)
    outcome = scene.revise("手机上写的", base=1, key=uuid4(), device="phone")
    assert isinstance(outcome, Stale)
    assert (outcome.head, outcome.text, outcome.yours.text) == (2, "from the laptop", "手机上写的")
    assert (scene.text, scene.head) == ("from the laptop", 2)
    assert texts(scene)[-1] == ("conflict", "手机上写的")


def test_a_stale_save_sent_twice_is_kept_once():
    scene, key = make.scene("first"), uuid4()
    scene.revise("theirs", base=1)
    one = scene.revise("mine", base=1, key=key)
    two = scene.revise("mine", base=1, key=key)
    assert isinstance(one, Stale) and isinstance(two, Stale)
    assert one.yours == two.yours
    assert scene.revisions.count() == 3


def test_a_stale_save_in_which_nothing_was_written_is_no_conflict():
    scene = make.scene("first")
    scene.revise("theirs", base=1)
    assert scene.revise("first", base=1, key=uuid4(), merge=True) == Behind(2)
    assert (scene.text, scene.head, scene.revisions.count()) == ("theirs", 2, 2)


def test_a_text_that_was_kept_aside_is_not_kept_again_under_another_key():
    scene = make.scene("first")
    scene.revise("theirs", base=1)
    one = scene.revise("mine", base=1, key=uuid4())
    two = scene.revise("mine", base=1, key=uuid4())
    assert isinstance(one, Stale) and isinstance(two, Stale)
    assert (two.yours, scene.revisions.count()) == (one.yours, 3)


def test_a_save_that_comes_again_late_does_not_set_the_clock_of_the_work_back():
    scene, key = make.scene(), uuid4()
    scene.revise("one", base=0, key=key)
    scene.revise("two", base=1)
    worked = scene.worked
    scene.revise("one", base=0, key=key)
    assert scene.worked == worked == scene.revisions.get(number=2).created


def test_two_devices_that_come_to_the_same_words_have_no_conflict():
    scene = make.scene("first")
    scene.revise("same", base=1)
    assert scene.revise("same", base=1, key=uuid4()) == Unchanged(2)


def test_a_conflict_stays_open_until_the_author_settles_it():
    scene = make.scene("first")
    scene.revise("theirs", base=1)
    scene.revise("mine", base=1)
    assert Revision.objects.conflicts().count() == 1
    assert scene.settle_conflicts() == 1
    assert Revision.objects.conflicts().count() == 0
    assert scene.revisions.count() == 3


def test_restoring_makes_a_new_revision():
    scene = make.scene("第一稿")
    scene.revise("第二稿", base=1)
    scene.restore(1)
    assert (scene.text, scene.head) == ("第一稿", 3)
    assert [text for _, text in texts(scene)] == ["第一稿", "第二稿", "第一稿"]


def test_a_revision_is_never_changed():
    revision = make.revision(make.scene(), "as it was")
    revision.text = "as it was not"
    with pytest.raises(TypeError):
        revision.save()


def test_line_ends_become_lf_and_nothing_else_changes():
    scene = make.scene()
    scene.revise("　　缩进\r\ne\u0301 not composed\rend  ", base=0)
    assert scene.text == "　　缩进\ne\u0301 not composed\nend  "


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_what_cannot_be_kept_is_refused_with_a_sentence(text):
    scene = make.scene("before")
    with pytest.raises(TextRefused, match="remove it"):
        scene.revise(text, base=1)
    assert (scene.text, scene.revisions.count()) == ("before", 1)


def test_a_named_revision_is_kept_although_the_text_is_the_same():
    scene = make.scene("settled")
    scene.revise("settled", base=1, kind="named", name="第一次改写")
    assert list(scene.revisions.values_list("number", "name")) == [(2, "第一次改写"), (1, "")]


def test_an_import_is_not_work():
    imported, typed = make.scene(), make.scene()
    imported.revise("从前", base=0, kind="import")
    typed.revise("now", base=0)
    assert (imported.worked, Scene.objects.last_worked()) == (None, typed)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_wins_and_both_texts_are_kept():
    scene = make.scene("base")
    gate = threading.Barrier(2)
    outcomes = []

    def save(text):
        gate.wait()
        try:
            outcomes.append(Scene.objects.get(pk=scene.pk).revise(text, base=1, key=uuid4()))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(text,)) for text in ("左", "right")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Saved", "Stale"]
    assert {text for _, text in texts(scene)} == {"base", "左", "right"}
