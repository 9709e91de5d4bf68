"""Scenes split, joined and sent away: every character stays, and it can be taken back."""

import pytest
from django.contrib.messages import get_messages
from hypothesis import given
from hypothesis import strategies as st

from projects.videos.models import Concept, Passage
from projects.writing import seam
from projects.writing.models import Scene, Status
from projects.writing.models.anchored import quoted

from . import make

TEXT = "The lattice did not shine.\n它只是允许光。\n“You are counting,” it said."
texts = st.text(alphabet="ab晶格。\n\u3000😀 ", max_size=40)


@given(texts, st.integers(-5, 50))
def test_a_cut_conserves_the_text(text, at):
    parts = seam.cut(text, at)
    assert seam.whole(parts) == text
    assert parts.seam in ("", "\n")
    assert text[parts.start :] == parts.second


@given(texts, texts)
def test_texts_are_joined_with_one_line_break(first, second):
    between = "\n" if first and second else ""
    assert seam.whole(seam.joined(first, second)) == first + between + second


@pytest.fixture
def scene(db):
    return make.scene(TEXT)


def texts_of(chapter):
    return [one.text for one in chapter.scenes.order_by("position", "pk")]


def undo_of(answer):
    return next(message.extra_tags for message in get_messages(answer.wsgi_request))


def split(client, scene, at, base=None):
    said = {"at": at, "base": scene.head if base is None else base}
    return client.post(f"/scenes/{scene.pk}/split/", said)


def test_a_split_makes_a_second_scene_right_after_the_first(studio_client, scene):
    last = make.scene("Last.", chapter=scene.chapter)
    answer = split(studio_client, scene, TEXT.index("它"))
    first, second, third = scene.chapter.scenes.order_by("position", "pk")
    assert (first, third) == (scene, last)
    assert answer.url == f"/scenes/{second.pk}/edit/"
    assert f"{first.text}\n{second.text}" == TEXT
    assert [(one.kind, one.number) for one in second.revisions.all()] == [("moved", 1)]
    assert [one.kind for one in first.revisions.all()] == ["moved", "typed"]


def test_a_split_credits_no_work(studio_client, scene):
    before = scene.worked
    split(studio_client, scene, 10)
    scene.refresh_from_db()
    assert scene.worked == before
    assert Scene.objects.exclude(pk=scene.pk).get().worked is None


def test_remarks_go_with_their_words(studio_client, scene):
    for word in ("counting", "shine"):
        scene.remarks.create(body=word, **quoted(TEXT, word))
    split(studio_client, scene, TEXT.index("它"))
    second = Scene.objects.exclude(pk=scene.pk).get()
    assert second.text[second.remarks.get().start :].startswith("counting")
    assert scene.remarks.get().body == "shine"


def test_a_split_is_taken_back_exactly(studio_client, scene):
    scene.remarks.create(body="Nine?", **quoted(TEXT, "counting"))
    back = studio_client.post(undo_of(split(studio_client, scene, 12)))
    assert back.url == f"/scenes/{scene.pk}/edit/"
    assert texts_of(scene.chapter) == [TEXT]
    remark = scene.remarks.get()
    assert (remark.start, remark.state) == (TEXT.index("counting"), "intact")


def test_words_of_a_film_go_along_with_the_half_they_stand_in(studio_client, scene):
    concept = Concept.objects.create_next(title="Mirror")
    Passage.objects.bind(concept, None, scene, "counting")
    back = undo_of(split(studio_client, scene, 12))
    passage = Passage.objects.get()
    second = Scene.objects.exclude(pk=scene.pk).get()
    assert (passage.scene, passage.words, passage.state) == (second, "counting", "intact")
    studio_client.post(back)
    passage = Passage.objects.get()
    assert (passage.scene, passage.words, passage.state) == (scene, "counting", "intact")


def test_a_split_that_was_written_on_is_not_taken_back(studio_client, scene):
    answer = split(studio_client, scene, 12)
    second = Scene.objects.exclude(pk=scene.pk).get()
    second.revise("Other words.", base=second.head)
    studio_client.post(undo_of(answer))
    assert texts_of(scene.chapter) == [TEXT[:12], "Other words."]


@pytest.mark.parametrize("at", [0, len(TEXT), 999, -3, "x", ""])
def test_a_split_needs_words_on_both_sides(studio_client, scene, at):
    answer = split(studio_client, scene, at)
    assert answer.status_code == 409
    assert "A split needs words before it and after it." in answer.content.decode()
    assert texts_of(scene.chapter) == [TEXT]


def test_a_split_of_a_scene_that_has_changed_is_refused(studio_client, scene):
    answer = split(studio_client, scene, 12, base=0)
    assert answer.status_code == 409
    assert "nothing was split" in answer.content.decode()
    assert texts_of(scene.chapter) == [TEXT]


def test_the_page_for_a_split_offers_every_paragraph_but_the_first(studio_client, scene):
    page = studio_client.get(f"/scenes/{scene.pk}/split/").content.decode()
    assert page.count('name="at"') == 2
    assert f'value="{TEXT.index("它")}"' in page


def test_a_join_appends_the_next_scene_and_puts_it_into_the_trash(studio_client, scene):
    second = make.scene("二。", chapter=scene.chapter, synopsis="Then.")
    second.remarks.create(body="二?", **quoted(second.text, "二"))
    studio_client.post(f"/scenes/{scene.pk}/join/")
    scene.refresh_from_db(), second.refresh_from_db()
    assert scene.text == f"{TEXT}\n二。"
    assert second.trashed is not None and second.text == "二。"
    assert scene.synopsis == "Then."
    assert scene.text[scene.remarks.get().start] == "二"
    assert scene.revisions.first().kind == "moved"


def test_a_join_is_taken_back_exactly(studio_client, scene):
    Scene.objects.filter(pk=scene.pk).update(synopsis="First.", notes="A")
    second = make.scene("二。", chapter=scene.chapter, synopsis="Then.", notes="B")
    second.remarks.create(body="二?", **quoted(second.text, "二"))
    studio_client.post(undo_of(studio_client.post(f"/scenes/{scene.pk}/join/")))
    scene.refresh_from_db(), second.refresh_from_db()
    assert texts_of(scene.chapter) == [TEXT, "二。"]
    assert (scene.synopsis, scene.notes, second.synopsis) == ("First.", "A", "Then.")
    assert second.remarks.get().start == 0


def test_the_last_scene_has_none_to_join(studio_client, scene):
    answer = studio_client.post(f"/scenes/{scene.pk}/join/")
    (message,) = get_messages(answer.wsgi_request)
    assert str(message) == "This is the last scene of its chapter; there is none to join."
    assert texts_of(scene.chapter) == [TEXT]


def test_a_scene_goes_to_a_chapter_of_another_book_and_back(studio_client, scene):
    book = scene.chapter.book
    scene.status = Status.objects.create(book=book, label="Draft")
    scene.save()
    rest = make.scene("Rest.", chapter=scene.chapter)
    there = make.chapter("There", book=make.book("Two", world=book.world))
    answer = studio_client.post(f"/scenes/{scene.pk}/move/", {"chapter": there.pk})
    scene = Scene.objects.get(pk=scene.pk)
    assert (scene.chapter, scene.status.book, scene.status.label) == (there, there.book, "Draft")
    assert scene.revisions.count() == 1
    studio_client.post(undo_of(answer))
    scene = Scene.objects.get(pk=scene.pk)
    assert list(scene.siblings()) == [scene, rest]
    assert scene.status.book == book


def test_a_scene_is_not_sent_into_another_language(studio_client, scene):
    book = scene.chapter.book
    there = make.chapter("晶格", book=make.book("晶格", world=book.world, language="zh-Hans"))
    answer = studio_client.post(f"/scenes/{scene.pk}/move/", {"chapter": there.pk})
    assert answer.status_code == 422
    assert "That book is in another language" in answer.content.decode()
    assert "晶格</option>" not in answer.content.decode()


def test_a_chapter_that_is_gone_is_refused(studio_client, scene):
    answer = studio_client.post(f"/scenes/{scene.pk}/move/", {"chapter": 999})
    assert answer.status_code == 422
    assert "That chapter is not there any more" in answer.content.decode()


def test_a_forged_token_undoes_nothing(studio_client, scene):
    assert studio_client.post("/scenes/back/nonsense/").status_code == 302
    assert texts_of(scene.chapter) == [TEXT]
