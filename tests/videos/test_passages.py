"""Words of the novel bound to shots and concepts, in Chinese and in English."""

import pytest

from projects.videos.models import Passage
from tests.videos import make
from tests.writing import make as writing

pytestmark = pytest.mark.django_db
ENGLISH = "The lattice did not shine. It permitted shining."
晶格 = "晶格并不发光。\n它只是允许光。"
CONCEPT_QUERIES, SHOT_QUERIES = 13, 10


@pytest.fixture
def shot():
    return make.concept("The Lattice Remembers", other_title="晶格的记忆").add_shot("晶格升起", 7)


def bind(client, shot, source, quote, **fields):
    address = f"/passages/new/?shot={shot.pk}"
    return client.post(address, {"quote": quote, "scene": source.pk} | fields)


@pytest.mark.parametrize("text", [ENGLISH, 晶格])
def test_words_are_bound_to_a_shot_and_lead_into_their_scene(studio_client, shot, text):
    scene = writing.scene(text + "\nAnd on. 还有。")
    answer = bind(studio_client, shot, scene, text.replace("\n", "\r\n"))
    assert answer.url == f"/shots/{shot.pk}/"
    passage = Passage.objects.get()
    assert (passage.quote, passage.start, passage.revision) == (text, 0, 1)
    assert passage.is_intact
    page = studio_client.get(f"/concepts/{shot.concept_id}/").content.decode()
    assert f'href="/chapters/{scene.chapter_id}/#scene-{scene.pk}:~:text=' in page
    assert f'href="/shots/{shot.pk}/">Shot 01</a>' in page
    assert text.split("\n")[-1] in page


@pytest.mark.parametrize("text", [ENGLISH, 晶格])
def test_words_that_are_gone_are_said_to_have_moved_on(studio_client, shot, text):
    scene = writing.scene(text)
    bind(studio_client, shot, scene, text)
    scene.revise("Something new. 别的。", base=scene.head)
    page = studio_client.get(f"/shots/{shot.pk}/").content.decode()
    assert "The scene has moved on; these words are not in it now." in page
    assert f'href="/scenes/{scene.pk}/revisions/1/"' in page
    assert text.split("\n")[0] in page
    scene.revise("Before. " + text, base=scene.head)
    assert "moved on" not in studio_client.get(f"/shots/{shot.pk}/").content.decode()


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("The lattice did not shine.", "The lattice did not shine yet."),
        ("晶格并不发光。", "晶格还并不发光。"),
    ],
)
def test_rewritten_words_are_shown_with_what_changed_and_can_be_quoted_anew(
    studio_client, shot, text, changed
):
    scene = writing.scene(f"Before. 之前。\n{text}\nAfter. 之后。")
    bind(studio_client, shot, scene, text)
    scene.revise(scene.text.replace(text, changed), base=scene.head)
    passage = Passage.objects.get()
    assert (passage.state, passage.words) == ("revised", changed)
    for page in (f"/shots/{shot.pk}/", f"/scenes/{scene.pk}/edit/"):
        shown = studio_client.get(page).content.decode()
        assert "Revised</span>" in shown
        assert "<ins>" in shown
        assert f"/passages/{passage.pk}/requote/" in shown
    studio_client.post(f"/passages/{passage.pk}/requote/")
    passage.refresh_from_db()
    assert (passage.quote, passage.state, passage.revision) == (changed, "intact", 2)


def test_lost_words_are_not_quoted_anew_but_bound_again_somewhere_else(studio_client, shot):
    scene = writing.scene("晶格并不发光。\n风停了。")
    bind(studio_client, shot, scene, "晶格并不发光。")
    scene.revise("风停了。", base=scene.head)
    old = Passage.objects.get()
    studio_client.post(f"/passages/{old.pk}/requote/")
    assert Passage.objects.get().state == "lost"
    page = studio_client.get(f"/shots/{shot.pk}/").content.decode()
    address = f"/passages/new/?shot={shot.pk}&amp;instead={old.pk}"
    assert address in page
    form = studio_client.get(address.replace("&amp;", "&")).content.decode()
    assert f'<option value="{scene.pk}" selected>' in form
    sent = {"quote": "风停了。", "scene": scene.pk}
    studio_client.post(address.replace("&amp;", "&"), sent)
    assert [one.quote for one in Passage.objects.kept()] == ["风停了。"]


def test_what_was_quoted_stays_when_its_scene_goes(studio_client, shot):
    scene = writing.scene(晶格)
    bind(studio_client, shot, scene, "晶格并不发光。")
    scene.delete()
    page = studio_client.get(f"/shots/{shot.pk}/").content.decode()
    assert "Its scene is gone; the words are kept here." in page
    assert "晶格并不发光。" in page


@pytest.mark.parametrize("quote", ["The lattice shone.", "晶格发光。"])
def test_words_that_the_scene_does_not_have_are_refused_and_kept_in_the_form(
    studio_client, shot, quote
):
    answer = bind(studio_client, shot, writing.scene(ENGLISH + 晶格), quote)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The scene does not have these words. Copy them from the manuscript." in page
    assert quote in page
    assert not Passage.objects.exists()


@pytest.mark.parametrize("fields", [{"scene": ""}, {"scene": "99999"}, {"start": "-1"}])
def test_a_form_that_says_nothing_sensible_binds_nothing(studio_client, shot, fields):
    assert bind(studio_client, shot, writing.scene(ENGLISH), ENGLISH, **fields).status_code == 422
    assert not Passage.objects.exists()


@pytest.mark.parametrize("query", ["", "?shot=", "?shot=9999", "?concept=x", "?scene=-1"])
def test_without_a_place_to_bind_to_there_is_no_form(studio_client, query):
    assert studio_client.get(f"/passages/new/{query}").status_code == 404


def test_the_same_words_are_bound_once(studio_client, shot):
    scene = writing.scene(ENGLISH)
    for _time in range(2):
        bind(studio_client, shot, scene, ENGLISH)
    assert Passage.objects.count() == 1


def test_a_passage_let_go_can_be_bound_again(studio_client, shot):
    bind(studio_client, shot, writing.scene(ENGLISH), ENGLISH)
    passage = Passage.objects.get()
    studio_client.post(f"/passages/{passage.pk}/delete/")
    page = studio_client.get(f"/shots/{shot.pk}/").content.decode()
    assert "It permitted shining." not in page
    assert f'action="/passages/{passage.pk}/restore/"' in page
    studio_client.post(f"/passages/{passage.pk}/restore/")
    assert "It permitted shining." in studio_client.get(f"/shots/{shot.pk}/").content.decode()


def test_the_writing_room_shows_the_shots_beside_the_text_and_along_the_foot(studio_client, shot):
    scene = writing.scene(晶格)
    bind(studio_client, shot, scene, "它只是允许光。")
    page = studio_client.get(f"/scenes/{scene.pk}/edit/").content.decode()
    assert 'data-quote data-start="8" lang="zh-Hans">它只是允许光。</button>' in page
    assert "Shots from this chapter" in page
    elsewhere = writing.scene(ENGLISH, chapter=scene.chapter)
    page = studio_client.get(f"/scenes/{elsewhere.pk}/edit/").content.decode()
    assert "data-quote" not in page
    assert "Shots from this chapter" in page


def test_a_chapter_without_shots_has_no_foot(studio_client):
    page = studio_client.get(f"/scenes/{writing.scene(晶格).pk}/edit/").content.decode()
    assert "Shots from this chapter" not in page


def test_words_are_bound_from_the_manuscript(studio_client, shot):
    scene = writing.scene("Two. Two. 二。")
    address = f"/passages/new/?scene={scene.pk}"
    target = {"HX-Target": "passages"}
    form = studio_client.get(address + "&quote=Two.&start=5", headers=target).content.decode()
    assert '<input type="hidden" name="start" value="5"' in form
    assert f'<option value="shot-{shot.pk}">01 晶格升起</option>' in form
    sent = {"quote": "Two.", "start": "5", "bound_to": f"shot-{shot.pk}"}
    answer = studio_client.post(address, sent, headers=target)
    assert "Bound to 01" in answer["HX-Trigger"]
    assert answer.content.decode().count("data-quote") == 1
    assert Passage.objects.values_list("start", "shot").get() == (5, shot.pk)


def test_words_are_bound_to_a_whole_concept(studio_client, shot):
    scene = writing.scene(晶格)
    sent = {"quote": "晶格并不发光。", "bound_to": f"concept-{shot.concept_id}"}
    studio_client.post(f"/passages/new/?scene={scene.pk}", sent)
    assert Passage.objects.values_list("concept", "shot").get() == (shot.concept_id, None)


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_the_same_queries_for_one_passage_and_for_three(
    studio_client, django_assert_num_queries, shot, number
):
    for place in range(number):
        Passage.objects.bind(shot.concept, shot, writing.scene(f"晶格 {place}"), "晶格")
    studio_client.get("/concepts/")
    with django_assert_num_queries(CONCEPT_QUERIES):
        studio_client.get(f"/concepts/{shot.concept_id}/")
    with django_assert_num_queries(SHOT_QUERIES):
        studio_client.get(f"/shots/{shot.pk}/")
