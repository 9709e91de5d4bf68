"""The page of words worked: today against the target, the year, each book."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from projects.writing.models import Effort, Work
from projects.writing.worked import signed
from studio.store.models import Setting

from . import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(NOON, tick=False):
        yield


def page_of(client, address="/writing/worked/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_empty_room_says_what_will_be_there(studio_client):
    page = page_of(studio_client)
    assert "Each day you write becomes a cell here" in page
    assert "0 words" in page
    assert 'class="heat"' not in page


def test_today_counts_what_was_inserted_with_what_was_deleted_beside_it(studio_client):
    scene = make.scene("One two three four five.")
    scene.revise("One two six.", base=1)
    page = page_of(studio_client)
    assert "6 words" in page
    assert "3 words deleted." in page


def test_a_target_is_kept_in_the_author_s_unit(studio_client):
    make.scene("晶格并不发光。")
    answer = studio_client.post("/writing/worked/", {"target": "1500", "unit": "zishu"})
    assert (answer.status_code, answer.url) == (302, "/writing/worked/")
    assert Setting.read("writing.daily") == {"target": 1500, "unit": "zishu"}
    page = page_of(studio_client)
    assert "7 字" in page
    assert "of 1,500 字" in page
    assert "Today 7 of 1,500 字" in page_of(studio_client, "/")


@pytest.mark.parametrize(
    "sent", [{"target": "-1", "unit": "words"}, {"target": "x", "unit": "words"}, {"target": "9"}]
)
def test_what_is_no_target_is_refused_and_changes_nothing(studio_client, sent):
    assert studio_client.post("/writing/worked/", sent).status_code == 422
    assert Setting.read("writing.daily") is None


def test_without_a_target_the_unit_is_that_of_the_book_at_hand(studio_client):
    make.scene("晶格。", chapter=make.chapter(book=make.book(language="zh-Hans")))
    assert "3 字" in page_of(studio_client)
    assert "Today 3 字" in page_of(studio_client, "/")


def test_the_year_is_a_map_with_its_numbers_behind_it(studio_client):
    scene = make.scene("One two.")
    work = {"inserted_words": 1204, "deleted_words": 977}
    Effort.objects.create(day=date(2026, 11, 17), scene=scene, book=scene.chapter.book, **work)
    page = page_of(studio_client)
    label = "1,206 words on 2 days since 17 November 2025; most on 17 November 2026, 1,204 words"
    assert f'role="img" aria-label="{label}"' in page
    assert "<title>17 Nov 2026: 1,204 words</title>" in page
    row = '<th scope="row">16 Nov 2026</th><td>–</td><td>1,204</td><td>–</td><td>2</td>'
    assert row in page
    assert "<td>1,206</td><td>977</td>" in page


def test_each_book_says_what_was_done_today_this_week_and_ever(studio_client):
    scene = make.scene("One two.")
    book = scene.chapter.book
    for ago, number in ((1, 30), (9, 500)):
        day = NOON.date() - timedelta(days=ago)
        Effort.objects.create(day=day, scene=scene, book=book, inserted_words=number)
    shown = studio_client.get("/writing/worked/").context["books"]
    assert [(one.book, one.spans) for one in shown] == [(book, (Work(2), Work(32), Work(532)))]


def test_a_book_shows_its_own_work_and_that_of_the_chapters_that_were_rewritten(studio_client):
    scene = make.scene("One two three four five.")
    make.scene("Six.", chapter=make.chapter("Never touched", book=scene.chapter.book))
    scene.revise("One two six.", base=1)
    page = page_of(studio_client, f"/books/{scene.chapter.book_id}/")
    assert "In all 7 words inserted, 3 deleted. Today 7 words inserted, 3 deleted." in page
    assert page.count('<span aria-hidden="true">+6 −3</span>') == 1
    assert '<span aria-hidden="true">+1</span>' not in page


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (Work(412, 388), "+412 −388"),
        (Work(1204), "+1,204"),
        (Work(0, 7), "−7"),
        (Work(), "±0"),
    ],
)
def test_work_is_said_with_its_signs(work, said):
    assert signed(work) == said


def test_a_revision_says_its_pass_its_kind_and_what_stayed(studio_client):
    from projects.writing.models import Pass

    scene = make.scene("One two three four five.")
    Pass.objects.create(book=scene.chapter.book, number=2)
    scene.revise("One two six.", base=1)
    scene.revise("Brought in.", base=2, kind="import")
    page = page_of(studio_client, f"/scenes/{scene.pk}/revisions/")
    assert page.count("pass 2") == 2
    assert "2 kept" in page
    assert "1 word inserted, 3 deleted" in page
    assert page.count("not counted") == 1
    assert "Words worked here:" in page
