"""Pages of passes: forms without script, marks, the board, the room."""

import json

import pytest

from projects.writing import passes
from projects.writing.measuring import measure
from projects.writing.models import Pass
from projects.writing.outline import outline
from tests.queries import queries

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def book():
    made = make.book("The Quiet Lattice")
    for title in ("Salt", "雪", "Interval"):
        make.scene(f"{title} did not shine. It waited.", chapter=make.chapter(title, book=made))
    return made


def first(book):
    return outline(book).lines[0].scenes[0]


def toast(answer):
    return json.loads(answer["HX-Trigger"])["toast"]


def test_a_book_page_leads_to_its_first_draft(studio_client, book):
    page = studio_client.get(f"/books/{book.pk}/").text
    assert f'href="/books/{book.pk}/passes/">First draft</a>' in page
    page = studio_client.get(f"/books/{book.pk}/passes/").text
    assert "Begin the next: Second pass" in page
    assert '<option value="Continuity">' in page


def test_a_pass_is_begun_named_closed_and_opened_again_by_forms(studio_client, book):
    here = f"/books/{book.pk}/passes/"
    answer = studio_client.post(here, {"purpose": "  Structure "})
    assert answer.url == f"{here}2/"
    made = Pass.objects.get(number=2)
    assert made.purpose == "Structure"
    assert f'action="{here}2/undo/"' in studio_client.get(answer.url).text
    studio_client.post(f"{here}2/edit/", {"purpose": "声音"})
    assert studio_client.post(f"{here}2/close/").url == here
    page = studio_client.get(here).text
    assert "Second pass, finished" in page and "声音" in page
    assert f'action="{here}2/reopen/"' in page
    studio_client.post(f"{here}2/reopen/")
    made.refresh_from_db()
    assert made.is_open and made.purpose == "声音"


def test_a_pass_is_taken_back_by_its_undo_or_by_delete(studio_client, book):
    here = f"/books/{book.pk}/passes/"
    studio_client.post(here)
    studio_client.post(f"{here}2/undo/")
    assert not Pass.objects.exists()
    studio_client.post(here)
    rewritten = first(book)
    rewritten.revise("New.", base=rewritten.head)
    answer = studio_client.delete(f"{here}2/", follow=True)
    assert "This pass has begun: close it instead." in answer.text
    assert Pass.objects.count() == 2


def test_a_purpose_that_is_too_long_is_refused(studio_client, book):
    answer = studio_client.post(f"/books/{book.pk}/passes/", {"purpose": "長" * 201})
    assert answer.status_code == 422 and not Pass.objects.exists()


def test_naming_the_first_draft_follows_it_scene_by_scene(studio_client, book):
    studio_client.post(f"/books/{book.pk}/passes/1/edit/", {"purpose": "Get it down"})
    page = studio_client.get(f"/books/{book.pk}/passes/1/").text
    assert "Get it down" in page and "Mark Salt as done" in page
    assert studio_client.get(f"/books/{book.pk}/passes/2/edit/").status_code == 404
    assert studio_client.get(f"/books/{book.pk}/passes/2/").status_code == 404


def test_a_pass_has_an_address_of_its_own(studio_client, book):
    made = passes.begin(book)
    assert studio_client.get(f"/passes/{made.pk}/").url == f"/books/{book.pk}/passes/2/"


# --- marks ----------------------------------------------------------------------------------------
def test_a_scene_is_done_by_form_and_taken_back_by_its_undo(studio_client, book):
    passes.begin(book)
    scene = first(book)
    back = f"/scenes/{scene.pk}/edit/"
    answer = studio_client.post(f"/scenes/{scene.pk}/done/", {"next": back})
    assert answer.url == back
    assert outline(book).lines[0].state == "done"
    assert f'action="/scenes/{scene.pk}/undone/' in studio_client.get(back).text
    studio_client.delete(f"/scenes/{scene.pk}/done/")
    assert outline(book).lines[0].state == "untouched"


def test_marks_lead_nowhere_else(studio_client, book):
    passes.begin(book)
    answer = studio_client.post(
        f"/scenes/{first(book).pk}/done/", {"next": "https://elsewhere.example/"}
    )
    assert answer.url.startswith(f"/books/{book.pk}/#chapter-")


def test_undoing_a_chapter_takes_back_only_what_it_marked(studio_client, book):
    passes.begin(book)
    line = outline(book).lines[0]
    other = make.scene("Second scene.", chapter=line.chapter, title="B")
    studio_client.post(f"/scenes/{other.pk}/done/")
    answer = studio_client.post(
        f"/chapters/{line.chapter.pk}/done/", headers={"HX-Target": "outline"}
    )
    assert outline(book).lines[0].state == "done"
    assert 'id="book-edge" hx-swap-oob="true"' in answer.text
    studio_client.post(toast(answer)["undo"])
    tree = outline(book)
    states = {scene.pk: tree.stand(scene).state for scene in tree.lines[0].scenes}
    assert states == {line.scenes[0].pk: "untouched", other.pk: "done"}
    studio_client.delete(f"/chapters/{line.chapter.pk}/done/")
    assert outline(book).lines[0].state == "work"  # its second scene was written in this pass


def test_nonsense_in_an_undo_takes_back_all(studio_client, book):
    passes.begin(book)
    chapter = first(book).chapter_id
    for nonsense in ("x", "2026-13-45T00:00:00", "2026-01-01T00:00:00", ""):
        studio_client.post(f"/chapters/{chapter}/done/")
        studio_client.post(f"/chapters/{chapter}/undone/?since={nonsense}")
        assert outline(book).lines[0].state == "untouched"


def test_between_passes_a_mark_is_refused_with_a_sentence(studio_client, book):
    passes.close(passes.begin(book))
    answer = studio_client.post(f"/scenes/{first(book).pk}/done/", follow=True)
    assert "No pass is open in this book" in answer.text


# --- the board and the room -----------------------------------------------------------------------
def test_the_board_shows_scenes_in_reading_order_and_by_their_standing(studio_client, book):
    made = passes.begin(book, "Structure")
    rows = [line.scenes[0] for line in outline(book).lines]
    passes.review(book, rows[:1])
    rows[1].refresh_from_db()
    rows[1].revise("雪 did shine. It waited.", base=rows[1].head)
    measure(made.pk)
    here = f"/books/{book.pk}/passes/2/"
    page = studio_client.get(here)
    assert [row.state for row in page.context["rows"]] == ["done", "work", "untouched"]
    assert [row.stand.survival for row in page.context["rows"]] == [100, 86, 100]
    assert "today" in page.text
    for show, titles in (("untouched", ["Interval"]), ("work", ["雪"]), ("done", ["Salt"])):
        found = studio_client.get(f"{here}?show={show}").context["rows"]
        assert [row.line.chapter.title for row in found] == titles
    assert len(studio_client.get(f"{here}?show=nonsense").context["rows"]) == 3


def test_a_mark_on_the_board_swaps_the_board_and_keeps_its_filter(studio_client, book):
    passes.begin(book)
    answer = studio_client.post(
        f"/scenes/{first(book).pk}/done/", {"show": "untouched"}, headers={"HX-Target": "board"}
    )
    assert "<html" not in answer.text
    assert [row.line.chapter.title for row in answer.context["rows"]] == ["雪", "Interval"]
    assert toast(answer)["text"] == "Salt is done in this pass."


def test_an_earlier_pass_keeps_its_board(studio_client, book):
    passes.begin(book)
    passes.begin(book, "Cadence")
    page = studio_client.get(f"/books/{book.pk}/passes/2/").text
    assert "Second pass, finished" in page and "Cadence" not in page
    assert "Mark Salt" not in page and 'formaction="/scenes/' not in page


def test_the_room_says_where_the_scene_stands(studio_client, book):
    made = passes.begin(book, "Structure")
    scene = first(book)
    scene.revise("Salt did not shine. It sang.", base=scene.head)
    measure(made.pk)
    page = studio_client.get(f"/scenes/{scene.pk}/edit/").text
    assert "Structure" in page and "In work." in page and "of the first draft stands." in page
    assert "Done in this pass" in page and "Touched: today." in page
    line = studio_client.post(f"/scenes/{scene.pk}/done/", headers={"HX-Target": "pass-line"})
    assert "Not done yet" in line.text and "<html" not in line.text
    assert studio_client.get(f"/scenes/{scene.pk}/done/").url == f"/scenes/{scene.pk}/edit/"
    again = studio_client.get(f"/scenes/{scene.pk}/done/", headers={"HX-Target": "pass-line"})
    assert "Not done yet" in again.text


def test_a_room_without_passes_says_nothing_of_them(studio_client, book):
    page = studio_client.get(f"/scenes/{first(book).pk}/edit/").text
    assert 'id="pass-line"' not in page and "room-edge" not in page


def test_pages_of_a_long_book_cost_the_same(studio_client):
    def cost(chapters):
        book = make.book(f"{chapters}", world=make.world(f"{chapters}"))
        for number in range(chapters):
            make.scene("It waited.", chapter=make.chapter(str(number), book=book))
        passes.begin(book)
        here = f"/books/{book.pk}/"
        pages = (here, f"{here}passes/", f"{here}passes/2/", f"/worlds/{book.world_id}/")
        return [queries(studio_client, page) for page in pages]

    assert cost(1) == cost(12)
    assert max(cost(2)) <= 12


@pytest.mark.parametrize(
    ("number", "said"), [(1, "First draft"), (2, "Second pass"), (11, "Pass 11")]
)
def test_passes_are_named_by_their_number(number, said):
    from projects.writing.pass_words import pass_name

    assert pass_name(number) == said


def test_the_sentence_is_said_in_chinese():
    from django.utils.translation import override

    from projects.writing.pass_words import of_book, pass_sentence

    with override("zh-hans"):
        assert pass_sentence(2, 0.5) == "二稿，过半"
        assert pass_sentence(2, 0.45) == "二稿，近半"
        assert pass_sentence(1, None) == "初稿"
        assert of_book(2, pass_sentence(3, 1.0)) == "第二部：三稿，全部过完"
    assert of_book(2, pass_sentence(2, 0.52)) == "Book Two: second pass, half done"
