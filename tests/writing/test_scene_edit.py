"""The editor's page and its saves: two ways in, one promise."""

import json
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from projects.writing.models import Remark, Status

from . import make

pytestmark = pytest.mark.django_db


def address(scene):
    return f"/scenes/{scene.pk}/edit/"


def put(client, scene, text, base, **more):
    body = {"text": text, "base": base, "key": str(uuid4()), "device": "laptop · Chromium", **more}
    return client.put(address(scene), body, content_type="application/json")


def test_a_save_answers_with_its_revision_and_the_counts(studio_client):
    scene = make.scene(chapter=make.chapter(book=make.book("晶格", language="zh-Hans")))
    answer = put(studio_client, scene, "晶格记得。She counted.", 0)
    scene.refresh_from_db()
    assert answer.status_code == 200
    assert answer.json() == {
        "revision": 1,
        "head": 1,
        "saved_at": scene.updated.isoformat(),
        "counts": {"zishu": 7, "words": 6, "chars": 16, "unit": "zishu", "headline": "7 字"},
    }
    assert (scene.text, scene.revisions.get().device) == (
        "晶格记得。She counted.",
        "laptop · Chromium",
    )


def test_the_same_key_again_answers_the_same_and_makes_nothing_new(studio_client):
    scene, key = make.scene(), str(uuid4())
    first = put(studio_client, scene, "一", 0, key=key)
    put(studio_client, scene, "一二", 1)
    again = put(studio_client, scene, "一", 0, key=key)
    assert (first.json()["revision"], first.json()["head"]) == (1, 1)
    assert (again.status_code, again.json()["revision"], again.json()["head"]) == (200, 1, 2)
    assert scene.revisions.count() == 2


def test_text_that_is_there_already_makes_no_revision(studio_client):
    scene = make.scene("Same words.")
    answer = put(studio_client, scene, "Same words.", 1)
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    assert scene.revisions.count() == 1


def test_a_stale_save_answers_409_and_keeps_both_texts(studio_client):
    scene = make.scene("first")
    put(studio_client, scene, "从手机来", 1)
    answer = put(studio_client, scene, "from the laptop", 1)
    assert answer.status_code == 409
    assert answer.json() == {"revision": 2, "text": "从手机来", "yours": 3}
    scene.refresh_from_db()
    assert (scene.text, scene.head) == ("从手机来", 2)
    assert scene.revisions.get(number=3).text == "from the laptop"


def test_the_choice_between_two_texts_closes_the_conflict(studio_client):
    scene = make.scene("first")
    put(studio_client, scene, "theirs", 1)
    put(studio_client, scene, "mine", 1)
    answer = put(studio_client, scene, "mine", 2, settle=True)
    assert (answer.status_code, answer.json()["revision"]) == (200, 4)
    assert list(scene.revisions.conflicts()) == []
    assert scene.revisions.count() == 4


def test_a_name_is_kept_although_the_text_is_the_same(studio_client):
    scene = make.scene("settled")
    answer = put(studio_client, scene, "settled", 1, name=" 第一次改写 ")
    made = scene.revisions.get(number=answer.json()["revision"])
    assert (made.kind, made.name, made.text) == ("named", "第一次改写", "settled")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'"text"',
        b"{}",
        b'{"text": "a"}',
        b'{"text": 1, "base": 0}',
        b'{"text": null, "base": 0}',
        b'{"text": "a", "base": -1}',
        b'{"text": "a", "base": 99999999999}',
        b'{"text": "a", "base": "soon"}',
        b'{"text": "a", "base": 0, "key": "not a key"}',
        b'{"text": "a", "base": 0, "name": "\\u0000"}',
    ],
)
def test_what_is_not_a_save_answers_400_with_a_sentence(studio_client, body):
    scene = make.scene("before")
    answer = studio_client.put(address(scene), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"].endswith((".", "。"))
    assert scene.revisions.count() == 1


@pytest.mark.parametrize("text", ["a\\u0000b", "half \\ud800 of it"])
def test_what_cannot_be_kept_answers_422_with_a_sentence(studio_client, text):
    scene = make.scene("before")
    body = f'{{"text": "{text}", "base": 1}}'
    answer = studio_client.put(address(scene), body, content_type="application/json")
    assert answer.status_code == 422
    assert "remove it" in answer.json()["error"]
    assert scene.revisions.count() == 1


def test_more_than_eight_megabytes_answers_413(studio_client):
    scene = make.scene("before")
    body = json.dumps({"text": "字" * 1_500_000, "base": 1})
    assert len(body) > 8 * 1024 * 1024
    answer = studio_client.put(address(scene), body, content_type="application/json")
    assert (answer.status_code, scene.revisions.count()) == (413, 1)
    assert answer.json() == {"error": "The text is too long for one scene; split it."}


def test_a_long_chapter_in_chinese_is_no_trouble(studio_client):
    scene = make.scene()
    text = "她写下时刻。\n" * 20_000
    body = json.dumps({"text": text, "base": 0}, ensure_ascii=False).encode()
    answer = studio_client.put(address(scene), body, content_type="application/json")
    scene.refresh_from_db()
    assert (answer.status_code, scene.text) == (200, text)


def test_signed_out_a_save_answers_401_as_json_and_keeps_nothing():
    get_user_model().objects.create_user("lin", password="x" * 12)
    scene = make.scene("before")
    answer = put(Client(), scene, "after", 1)
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == "/sign-in/"
    assert scene.revisions.count() == 1


def test_a_save_without_the_token_of_our_page_answers_403(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    scene = make.scene("before")
    assert put(client, scene, "after", 1).status_code == 403
    assert scene.revisions.count() == 1


def test_a_save_with_the_token_of_the_cookie_goes_through(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    scene = make.scene("before")
    client.get(address(scene))
    token = client.cookies["csrf"].value
    body = {"text": "after", "base": 1, "key": str(uuid4())}
    kind = "application/json"
    answer = client.put(address(scene), body, content_type=kind, headers={"X-CSRFToken": token})
    assert (answer.status_code, answer.json()["revision"]) == (200, 2)


def test_the_page_says_where_the_scene_stands_when_a_script_asks(studio_client):
    scene = make.scene("第一句。")
    answer = studio_client.get(address(scene), headers={"Accept": "application/json"})
    assert (answer.json()["revision"], answer.json()["text"]) == (1, "第一句。")


# --- the form, without script ---------------------------------------------------------------------
def form(scene, text, base, **more):
    return {"text": text, "base": base, "key": str(uuid4()), **more}


def test_the_form_saves_and_comes_back(studio_client):
    scene = make.scene("one")
    sent = form(scene, "one\r\n二", 1)
    answer = studio_client.post(address(scene), sent, follow=True)
    scene.refresh_from_db()
    assert answer.redirect_chain == [(address(scene), 302)]
    assert scene.text == "one\n二"
    assert "Saved as revision 2." in answer.content.decode()


def test_the_form_sent_twice_saves_once(studio_client):
    scene = make.scene("one")
    sent = form(scene, "two", 1)
    for _ in range(2):
        assert studio_client.post(address(scene), sent).status_code == 302
    assert scene.revisions.count() == 2


def test_a_stale_form_shows_both_texts_and_then_mine_may_win(studio_client):
    scene = make.scene("first")
    scene.revise("The other device wrote this.", base=1)
    answer = studio_client.post(address(scene), form(scene, "我在这里写的。", 1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The other device wrote this." in page
    assert page.count("我在这里写的。") == 2  # beside the other, and in the field
    assert answer.context["stale"].head == 2
    studio_client.post(address(scene), form(scene, "我在这里写的。", 2, settle="1"))
    scene.refresh_from_db()
    assert (scene.text, scene.revisions.conflicts().count()) == ("我在这里写的。", 0)


def test_a_form_that_is_refused_keeps_the_text(studio_client):
    scene = make.scene("before")
    answer = studio_client.post(address(scene), form(scene, "kept in the field", "x"))
    assert answer.status_code == 422
    assert answer.context["text"] == "kept in the field"
    assert "Nothing was saved" in answer.content.decode()
    assert scene.revisions.count() == 1


# --- the page -------------------------------------------------------------------------------------
def test_the_text_stands_in_the_field_unchanged(studio_client):
    text = "\n\n　　她说：<b>&amp;\n  two spaces\t\n"
    scene = make.scene(text, chapter=make.chapter(book=make.book(language="zh-Hans")))
    page = studio_client.get(address(scene)).content.decode()
    field = page.split('id="manuscript"')[1].split("</textarea>")[0]
    assert 'lang="zh-Hans"' in field
    shown = field.split(">\n", 1)[1]
    assert shown == text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_a_kept_text_is_announced_until_it_is_settled(studio_client):
    scene = make.scene("first")
    scene.revise("second", base=1)
    scene.revise("aside", base=1, device="phone · Safari")
    assert "phone · Safari" in studio_client.get(address(scene)).content.decode()
    studio_client.post(f"/scenes/{scene.pk}/revisions/settle/")
    assert "phone · Safari" not in studio_client.get(address(scene)).content.decode()


def test_the_page_reads_as_often_for_one_chapter_as_for_three(
    studio_client, django_assert_num_queries
):
    scene = make.scene("words")
    with django_assert_num_queries(15):
        studio_client.get(address(scene))
    for title in ("二", "Three"):
        other = make.chapter(title, book=scene.chapter.book)
        make.scene("more", chapter=other, title=title)
        make.scene("and more", chapter=other)
        scene.remarks.create(body=title, quote=title, state="revised")
    with django_assert_num_queries(15):
        studio_client.get(address(scene))


def test_the_counterpart_is_one_click_away(studio_client):
    english = make.scene("It remembered.")
    chinese = make.scene(
        "它记得。", chapter=make.chapter(book=make.book("晶格", language="zh-Hans"))
    )
    english.pair_with(chinese)
    page = studio_client.get(address(english)).content.decode()
    assert f'href="{address(chinese)}" lang="zh-Hans"' in page


# --- title, status, synopsis, remarks ---
def test_the_heading_of_an_only_scene_is_its_chapters(studio_client):
    scene = make.scene("words")
    studio_client.post(f"/scenes/{scene.pk}/details/", {"title": " The Lattice \n Wakes "})
    scene.refresh_from_db()
    assert (scene.chapter.title, scene.title) == ("The Lattice Wakes", "")


def test_the_heading_of_one_of_several_scenes_is_its_own(studio_client):
    scene = make.scene("words")
    make.scene("more", chapter=scene.chapter)
    studio_client.post(f"/scenes/{scene.pk}/details/", {"title": "盐原"})
    scene.refresh_from_db()
    assert (scene.chapter.title, scene.title) == ("The Lattice Remembers", "盐原")


def test_a_status_is_a_word_of_the_author_and_the_rest_stays(studio_client):
    scene = make.scene("words", synopsis="She waits.")
    scene.chapter.book.statuses.all().delete()
    for label in ("初稿", "二稿", "初稿"):
        studio_client.post(f"/scenes/{scene.pk}/details/", {"status": label})
    scene.refresh_from_db()
    assert (scene.status.label, scene.synopsis) == ("初稿", "She waits.")
    assert Status.objects.filter(book=scene.chapter.book).count() == 2


def test_details_answer_htmx_with_the_outline(studio_client):
    scene = make.scene("words")
    answer = studio_client.post(
        f"/scenes/{scene.pk}/details/", {"title": "改名"}, headers={"HX-Target": "outline"}
    )
    page = answer.content.decode()
    assert "改名" in page
    assert "<html" not in page


def test_a_remark_is_kept_with_the_words_it_is_on(studio_client):
    scene = make.scene("潮水每九小时来一次。")
    sent = {"body": "第三章说十小时。", "quote": "每九小时"}
    studio_client.post(f"/scenes/{scene.pk}/remarks/", sent)
    remark = scene.remarks.get()
    assert (remark.body, remark.quote, remark.start, remark.revision) == (
        "第三章说十小时。",
        "每九小时",
        2,
        1,
    )
    studio_client.delete(f"/scenes/{scene.pk}/remarks/{remark.pk}/")
    assert Remark.objects.kept().count() == 0


def test_an_empty_remark_is_not_kept(studio_client):
    scene = make.scene("words")
    studio_client.post(f"/scenes/{scene.pk}/remarks/", {"body": " \n "})
    assert scene.remarks.count() == 0
