"""Remarks and to-dos beside the words they are on."""

import pytest

from projects.writing.models import Remark
from tests.writing import make

pytestmark = pytest.mark.django_db
TEXTS = {
    "en": ("🌑 The tide came. It counted.\nThe lattice.\nIt counted.", "It counted."),
    "zh": ("🌑潮水来了。它在计数。\n晶格。\n它在计数。", "它在计数。"),
}
BOOK_QUERIES = 8


@pytest.fixture(params=["en", "zh"])
def told(request):
    """A scene, and words that stand in it twice."""
    text, words = TEXTS[request.param]
    return make.scene(text), words


def note(client, scene, body="Nine or ten?", **fields):
    client.post(f"/scenes/{scene.pk}/remarks/", {"body": body} | fields)
    return Remark.objects.latest("pk")


def test_a_remark_is_on_the_words_nearest_to_where_they_were_selected(studio_client, told):
    scene, words = told
    second = scene.text.rindex(words)
    remark = note(studio_client, scene, quote=words, start=second)
    assert (remark.start, remark.end, remark.words) == (second, second + len(words), words)
    assert (remark.kind, remark.state, remark.revision) == ("remark", "intact", 1)


def test_its_words_are_followed_through_revisions_and_the_counts_know_nothing_of_it(
    studio_client, told
):
    scene, words = told
    counts = scene.counts
    remark = note(studio_client, scene, quote=words, start=scene.text.rindex(words))
    scene.refresh_from_db()
    assert scene.counts == counts
    before = scene.text
    scene.revise("New. 新。\n" + before, base=scene.head)
    remark.refresh_from_db()
    assert (remark.start, remark.state) == (scene.text.rindex(words), "intact")
    scene.revise(scene.text[: remark.start], base=scene.head)
    remark.refresh_from_db()
    assert (remark.state, remark.words) == ("lost", "")
    scene.restore(1)
    remark.refresh_from_db()
    assert (remark.start, remark.state) == (before.rindex(words), "intact")


def test_words_that_are_not_saved_yet_are_found_when_they_come(studio_client, told):
    scene, _words = told
    remark = note(studio_client, scene, quote="And the ships. 船。", start=3)
    assert remark.state == "lost"
    scene.revise(scene.text + "\nAnd the ships. 船。", base=scene.head)
    remark.refresh_from_db()
    assert (remark.state, remark.words) == ("intact", "And the ships. 船。")


def test_a_revision_moves_all_anchors_in_two_queries(told, django_assert_num_queries):
    from projects.writing.models.anchored import keep_places

    scene, words = told
    for number in range(9):
        scene.remarks.create(body=str(number), quote=words, start=number, end=number + 2)
    before, scene.text = scene.text, "New.\n" + scene.text
    with django_assert_num_queries(2):
        keep_places(Remark)(scene, None, before)
    with django_assert_num_queries(1):
        keep_places(Remark)(scene, None, scene.text + "\nBehind all of them.")


def test_a_to_do_is_ticked_off_and_opened_again(studio_client, told):
    scene, words = told
    todo = note(studio_client, scene, kind="todo", quote=words)
    assert todo.is_todo
    page = studio_client.get(f"/scenes/{scene.pk}/edit/").content.decode()
    assert 'aria-checked="false"' in page
    studio_client.post(f"/remarks/{todo.pk}/done/")
    assert Remark.objects.open().count() == 0
    assert 'aria-checked="true"' in studio_client.get(f"/scenes/{scene.pk}/edit/").content.decode()
    studio_client.post(f"/remarks/{todo.pk}/done/", {"undo": "1"})
    assert Remark.objects.open().count() == 1
    studio_client.post(f"/remarks/{todo.pk}/done/")
    studio_client.delete(f"/remarks/{todo.pk}/done/")
    assert Remark.objects.open().count() == 1


def test_it_is_said_in_other_words_and_made_a_to_do(studio_client, told):
    remark = note(studio_client, told[0])
    sent = {"body": " 第三章说十小时。\r\n查。 ", "kind": "todo"}
    studio_client.post(f"/remarks/{remark.pk}/edit/", sent)
    remark.refresh_from_db()
    assert (remark.body, remark.kind) == ("第三章说十小时。\n查。", "todo")
    answer = studio_client.post(f"/remarks/{remark.pk}/edit/", {"body": " "})
    assert answer.status_code == 422
    assert "A remark needs a word or two." in answer.content.decode()


def test_what_was_taken_away_comes_back(studio_client, told):
    scene, words = told
    remark = note(studio_client, scene, quote=words)
    target = {"HX-Target": "remarks"}
    answer = studio_client.delete(f"/scenes/{scene.pk}/remarks/{remark.pk}/", headers=target)
    assert f"/remarks/{remark.pk}/restore/" in answer["HX-Trigger"]
    assert "Nine or ten?" not in answer.content.decode()
    scene.revise("Before. 前。\n" + scene.text, base=scene.head)
    studio_client.post(f"/remarks/{remark.pk}/restore/")
    page = studio_client.get(f"/scenes/{scene.pk}/remarks/").content.decode()
    assert "Nine or ten?" in page
    remark.refresh_from_db()
    assert (remark.words, remark.state) == (words, "intact")


def test_rewritten_words_are_shown_with_what_changed_and_can_be_taken_for_the_quoted(
    studio_client,
):
    scene = make.scene("潮水每九小时来一次。\n晶格。")
    remark = note(studio_client, scene, quote="潮水每九小时来一次。")
    scene.revise("潮水每十小时来一次。\n晶格。", base=scene.head)
    page = studio_client.get(f"/scenes/{scene.pk}/remarks/").content.decode()
    assert "潮水每<del>九</del><ins>十</ins>小时来一次。" in page
    studio_client.post(f"/remarks/{remark.pk}/requote/")
    remark.refresh_from_db()
    assert (remark.quote, remark.state, remark.revision) == ("潮水每十小时来一次。", "intact", 2)


def test_remarks_stand_in_the_order_of_the_text(studio_client, told):
    scene, words = told
    note(studio_client, scene, body="second", quote=words, start=scene.text.rindex(words))
    note(studio_client, scene, body="first", quote=words, start=0)
    page = studio_client.get(f"/scenes/{scene.pk}/edit/").content.decode()
    assert page.index(">first</p>") < page.index(">second</p>")


@pytest.mark.parametrize(
    ("show", "bodies"),
    [
        ("open", ["to do", "to say"]),
        ("todos", ["to do"]),
        ("remarks", ["to say"]),
        ("done", ["was done"]),
        ("lost", ["to say"]),
        ("nonsense", ["to do", "to say"]),
    ],
)
def test_the_list_of_a_book_shows_what_is_chosen(studio_client, told, show, bodies):
    scene, _words = told
    note(studio_client, scene, body="to do", kind="todo")
    note(studio_client, scene, body="to say", quote="not there")
    note(studio_client, scene, body="was done", kind="todo").tick()
    note(studio_client, scene, body="was removed").remove()
    note(studio_client, make.scene("Elsewhere."), body="of another book")
    address = f"/books/{scene.chapter.book_id}/remarks/?show={show}"
    page = studio_client.get(address).content.decode()
    every = ["to do", "to say", "was done", "was removed", "of another book"]
    assert [body for body in every if f">{body}</p>" in page] == bodies


def test_a_choice_of_nothing_says_so(studio_client, told):
    page = studio_client.get(f"/books/{told[0].chapter.book_id}/remarks/?show=lost")
    assert "Every remark still stands at its words." in page.content.decode()


def test_what_is_done_on_the_list_comes_back_to_the_list(studio_client, told):
    remark = note(studio_client, told[0], kind="todo")
    for address in (f"/remarks/{remark.pk}/done/", f"/remarks/{remark.pk}/restore/"):
        answer = studio_client.post(f"{address}?from=book")
        assert answer.url == f"/books/{told[0].chapter.book_id}/remarks/"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(
    studio_client, django_assert_num_queries, number
):
    chapter = make.chapter()
    for place in range(number):
        scene = make.scene(f"晶格 {place} 并不发光。", chapter=chapter)
        note(studio_client, scene, quote="晶格")
    studio_client.get("/writing/")
    with django_assert_num_queries(BOOK_QUERIES):
        studio_client.get(f"/books/{chapter.book_id}/remarks/")


def test_a_remark_that_was_taken_away_is_not_found_by_the_search(studio_client, told):
    remark = note(studio_client, told[0], body="Zweihundert")
    assert "Zweihundert" in studio_client.get("/search/?q=Zweihundert").content.decode()
    remark.remove()
    page = studio_client.get("/search/?q=Zweihundert").content.decode()
    assert f"/scenes/{told[0].pk}/edit/" not in page
