"""The author's side: every piece, its choices, what would be published and what is."""

import re

import pytest

from projects.videos.models import Concept
from projects.writing.models import Book, Status
from studio.public.models import Piece, Publication
from studio.public.offers import Counter

from . import make

pytestmark = pytest.mark.django_db


def shown(page: str, side: str) -> str:
    """What stands in a preview, without what tells the sides apart."""
    found = re.search(
        rf'<div class="shown public" id="{side}"[^>]*>(.*?)</div></section>', page, re.DOTALL
    )
    bare = found.group(1).replace(f"-{side}", "") if found else ""
    bare = re.sub(r' data-standing="\w+"| id="film-\w+"', "", bare)
    return re.sub(r' ?(?:src|srcset|sizes|width|height)="[^"]*"', "", bare)


def states() -> dict[str, str]:
    return {offer.name: offer.state for offer in Counter().offers}


def test_every_piece_is_offered_and_none_is_public(studio_client):
    film = make.studio()
    book, done = Book.objects.get(), Concept.objects.get(stage="released")
    assert states() == dict.fromkeys(
        [
            *("front", "intention", f"book-{book.pk}", f"film-{done.pk}", "making"),
            *("concepts", "frame", "hours"),
        ],
        "private",
    )
    page = studio_client.get("/publish/").text
    assert page.count("Not public") == 8
    assert film.title not in page  # the making is one of several things it could be


def test_an_empty_studio_offers_nothing(studio_client):
    page = studio_client.get("/publish/").text
    assert "There is nothing to publish yet." in page


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_the_preview_shows_exactly_what_becomes_public(studio_client, lang):
    make.studio()
    for name in make.names():
        address = f"/publish/{name}/?lang={lang}"
        before = studio_client.get(address).text
        assert shown(before, "now") == ""
        studio_client.post(f"/publish/{name}/publish/")
        after = studio_client.get(address).text
        assert shown(after, "now") == shown(before, "draft") != "", name
        assert shown(after, "draft") == ""


def test_a_change_is_seen_beside_what_is_public(studio_client, client):
    film = make.studio()
    make.publish("making")
    film.title, film.other_title = "The Quiet Sea", "寂静之海"
    film.save()
    assert states()["making"] == "changed"
    page = studio_client.get("/publish/making/?lang=zh-hans").text
    assert "寂静之海" in shown(page, "draft")
    assert "晶格的记忆" in shown(page, "now")
    assert "Publish again" in studio_client.get("/publish/").text
    studio_client.post("/publish/making/publish/")
    assert "寂静之海" in client.get("/zh/progress/").text
    assert states()["making"] == "public"


def test_publishing_and_withdrawing_each_have_a_way_back(studio_client, client):
    make.studio(pictures=False)
    page = studio_client.post("/publish/intention/publish/", follow=True).text
    assert 'action="/publish/intention/withdraw/"' in page
    assert "novels" in client.get("/progress/").text
    copy = Publication.objects.live().get()
    page = studio_client.post("/publish/intention/withdraw/", follow=True).text
    assert f'action="/publications/{copy.pk}/restore/"' in page
    assert "novels" not in client.get("/progress/").text
    studio_client.post(f"/publications/{copy.pk}/restore/")
    assert "novels" in client.get("/progress/").text


def test_choices_are_kept_and_change_nothing_public(studio_client, client):
    make.studio(pictures=False)
    make.publish("front")
    given = {"line": "Novels & films.", "other_line": "小说与影片。", "author": "林远", "image": ""}
    answer = studio_client.post("/publish/front/?lang=en", given)
    assert answer["Location"] == "/publish/front/?lang=en"
    assert "Novels" not in client.get("/progress/").text
    page = studio_client.get("/publish/front/?lang=zh-hans").text
    assert "小说与影片。" in shown(page, "draft")
    assert Piece.objects.get(name="front").options == {
        "line": "Novels & films.",
        "other_line": "小说与影片。",
        "author": "林远",
    }


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("film", {"link": "no address"}, "This is no address"),
        ("film", {"seconds": "two minutes"}, "Write the length as 2:41"),
        ("film", {"day": "yesterday"}, "Enter a valid date."),
        ("hours", {"grain": "minute", "delay": "24"}, "Select a valid choice"),
        ("hours", {"grain": "day", "delay": "0"}, "Select a valid choice"),
        ("front", {"image": "999999"}, "Select a valid choice"),
    ],
)
def test_a_bad_choice_gets_a_sentence_and_changes_nothing(studio_client, kind, given, said):
    make.studio(pictures=False)
    name = next(one for one in make.names() if one.startswith(kind))
    answer = studio_client.post(f"/publish/{name}/", given)
    assert answer.status_code == 422
    assert said in answer.text
    assert Piece.objects.count() == 0


def test_a_length_may_be_written_as_people_write_it(studio_client):
    make.studio(pictures=False)
    name = next(one for one in make.names() if one.startswith("film"))
    for given, seconds in (("2:41", 161), ("1：12:05", 4325)):
        studio_client.post(f"/publish/{name}/", {"seconds": given})
        assert Piece.objects.get(name=name).options["seconds"] == seconds


def test_a_book_counts_from_the_status_that_was_chosen(studio_client):
    make.studio(pictures=False)
    book = Book.objects.get()
    first, second, last = (
        Status.objects.create(book=book, label=label) for label in ("初稿", "Rewritten", "定稿")
    )
    for chapter, status in zip(book.chapters.all(), (last, second, first, first), strict=True):
        chapter.status = status
        chapter.save()
    name = f"book-{book.pk}"
    facts = Counter().find(name).facts
    assert (facts["verb"], facts["done"], facts["chapters"]) == ("rewritten", 2, 4)
    studio_client.post(f"/publish/{name}/", {"measure": last.pk, "verb": "finished", "now": "on"})
    facts = Counter().find(name).facts
    assert (facts["verb"], facts["done"]) == ("finished", 1)
    assert [leaf[1] for leaf in facts["leaves"]] == [3, 2, 0, 0]
    book.chapters.update(status=last)
    facts = Counter().find(name).facts
    assert (facts["verb"], facts["done"]) == ("finished", 4)


def test_a_copy_of_a_book_names_no_chapter():
    make.studio(pictures=False)
    copy = make.publish(f"book-{Book.objects.get().pk}")
    assert copy.payload == {
        "names": [["en", "The Quiet Lattice"], ["zh-Hans", "寂静晶格"]],
        "numeral": "I",
        "verb": "written",
        "done": 4,
        "chapters": 4,
        "leaves": [[25, 3, False], [50, 3, False], [75, 3, False], [100, 3, True]],
    }


def test_what_left_the_studio_can_still_be_withdrawn(studio_client, client):
    make.studio(pictures=False)
    name = f"book-{Book.objects.get().pk}"
    make.publish(name)
    Book.objects.all().delete()
    assert states()[name] == "gone"
    assert "Public, but gone from the studio" in studio_client.get("/publish/").text
    assert studio_client.get(f"/publish/{name}/").status_code == 200
    assert studio_client.post(f"/publish/{name}/publish/").status_code == 404
    studio_client.post(f"/publish/{name}/withdraw/")
    assert name not in states()
    assert "寂静晶格" not in client.get("/progress/").text


def test_a_milestone_of_ones_own_is_added_published_and_removed(studio_client, client):
    given = {"words": "Book One", "other_words": "第一部", "day": "2024-06-01"}
    studio_client.post("/publish/milestones/new/", given)
    [name] = make.names()
    assert name.startswith("milestone-own-")
    assert "第一部" not in client.get("/zh/progress/").text
    studio_client.post(f"/publish/{name}/publish/")
    assert "第一部" in client.get("/zh/progress/").text
    page = studio_client.post(f"/publish/{name}/remove/", follow=True).text
    assert "This milestone is public. Withdraw it first." in page
    studio_client.post(f"/publish/{name}/withdraw/")
    studio_client.post(f"/publish/{name}/remove/")
    assert make.names() == []


def test_a_milestone_without_words_is_refused(studio_client):
    answer = studio_client.post("/publish/milestones/new/", {"words": " ", "day": "2024-06-01"})
    assert answer.status_code == 422
    assert "Say what was reached." in answer.text
    assert Piece.objects.count() == 0


@pytest.mark.parametrize(("lang", "html"), [("en", "en"), ("zh-hans", "zh-Hans")])
def test_the_whole_page_can_be_looked_at_in_both_languages(studio_client, client, lang, html):
    make.studio()
    make.publish("intention")
    page = studio_client.get(f"/publish/preview/?lang={lang}").text
    assert f'<html lang="{html}">' in page
    for section in ("books", "films", "frame", "hours", "follow"):
        assert f'<section class="band" id="{section}"' in page
    assert page.count('data-standing="private"') >= 6
    assert "/progress/media/" not in page  # drafts have no public bytes
    assert client.get("/publish/preview/").status_code == 302
    assert Publication.objects.count() == 1


def test_the_list_asks_the_same_however_much_there_is(studio_client, django_assert_num_queries):
    make.studio()
    studio_client.get("/publish/")
    with django_assert_num_queries(24) as one:
        studio_client.get("/publish/")
    world = Book.objects.get().world
    for number in range(3):
        book = Book.objects.create(world=world, title=f"第{number}卷", language="zh-Hans")
        book.add_chapter("静默")
        film = Concept.objects.create_next(title=f"Film {number}", stage="released")
        film.add_shot("Poster", 4)
        make.publish(f"book-{book.pk}")
        make.publish(f"film-{film.pk}")
        make.choose(f"milestone-own-{number}", words="一", day="2024-06-01")
    with django_assert_num_queries(len(one)):
        studio_client.get("/publish/")


def test_an_unknown_piece_is_not_found(studio_client):
    for address in ("/publish/nothing/", "/publish/book-999/"):
        assert studio_client.get(address).status_code == 404
        assert studio_client.post(f"{address}publish/").status_code == 404
