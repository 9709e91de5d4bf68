"""Reading: a chapter beside its outline, a book from page to page."""

import pytest

from projects.writing.models import Part, Status
from projects.writing.views import reading

from . import make

pytestmark = pytest.mark.django_db
CHAPTER_QUERIES = 11


def test_a_chapter_is_read_with_true_emphasis_in_its_language(studio_client):
    book = make.book("寂静晶格", language="zh-Hans")
    scene = make.scene("　　**宇宙。**是\n“她说。”", chapter=make.chapter("记忆", book=book))
    page = studio_client.get(f"/chapters/{scene.chapter_id}/").content.decode()
    first, second = '<p data-line="0">', '<p data-line="1">'
    assert f"{first}<strong>宇宙。</strong>是</p>\n{second}“她说。”</p>" in page
    where = f'id="scene-{scene.pk}" data-edit="/scenes/{scene.pk}/edit/" lang="zh-Hans"'
    assert where in page


def test_scenes_are_parted_by_their_title_or_by_a_break(studio_client):
    chapter = make.chapter()
    for text, title in [("One.", ""), ("Two.", ""), ("三。", "第三场")]:
        make.scene(text, chapter=chapter, title=title)
    make.scene("", chapter=chapter)
    page = studio_client.get(f"/chapters/{chapter.pk}/").content.decode()
    assert page.count('<hr class="scene-break">') == 1
    assert page.count('<h2 class="scene-title">') == 1


def test_pages_turn_in_reading_order_over_the_edge_of_a_part(studio_client):
    book = make.book()
    part = Part.objects.create(book=book, title="Two")
    last = make.chapter("later", book=book, part=part)
    first, middle = make.chapter("序", book=book), make.chapter("middle", book=book)
    contexts = [studio_client.get(f"/chapters/{c.pk}/").context for c in (first, middle, last)]
    assert [
        [found and found.chapter for found in (context["before"], context["after"])]
        for context in contexts
    ] == [[None, middle], [first, last], [middle, None]]


def test_the_same_chapter_in_the_other_language_is_one_step_away(studio_client):
    world = make.world()
    chinese = make.book("晶格", world=world, language="zh-Hans")
    here, there = (
        make.scene("It counted.", chapter=make.chapter(book=make.book(world=world))),
        make.scene("它数过。", chapter=make.chapter("记忆", book=chinese)),
    )
    here.pair_with(there)
    page = studio_client.get(f"/chapters/{here.chapter_id}/").content.decode()
    assert f'<a href="/chapters/{there.chapter_id}/" lang="zh-Hans"' in page
    page = studio_client.get(f"/chapters/{there.chapter_id}/").content.decode()
    assert f'<a href="/chapters/{here.chapter_id}/" lang="en">EN</a>' in page


def test_a_chapter_without_words_says_so(studio_client):
    chapter = make.scene().chapter
    assert "Not a word yet." in studio_client.get(f"/chapters/{chapter.pk}/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_a_chapter_takes_the_same_queries_however_much_is_in_it(
    studio_client, django_assert_num_queries, number
):
    book = make.book()
    for place in range(number):
        Status.objects.create(book=book, label=f"稿 {place}")
        chapter = make.chapter(book=book)
        for _ in range(number):
            make.scene("晶格记得。", chapter=chapter)
    studio_client.get(f"/chapters/{chapter.pk}/")
    with django_assert_num_queries(CHAPTER_QUERIES):
        studio_client.get(f"/chapters/{chapter.pk}/")


def test_a_book_is_read_from_page_to_page(studio_client):
    book = make.book()
    part = Part.objects.create(book=book, title="第二部")
    make.scene("First words.", chapter=make.chapter("One", book=book))
    make.scene("后来。", chapter=make.chapter("二", book=book, part=part))
    page = studio_client.get(f"/books/{book.pk}/read/").content.decode()
    places = [page.index(words) for words in ("First words.", "第二部", "后来。")]
    assert places == sorted(places)


def test_a_long_book_comes_in_portions_that_leave_nothing_out(studio_client, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 10)
    book = make.book(language="zh-Hans")
    for number in "一二三四五":
        make.scene(f"第{number}章有八个字呢", chapter=make.chapter(number, book=book))
    address, read = f"/books/{book.pk}/read/", []
    while address:
        answer = studio_client.get(address, headers={"HX-Target": "pages"})
        read += [line.chapter.title for line, _ in answer.context["pages"]]
        rest = answer.context["rest"]
        address = f"/books/{book.pk}/read/?from={rest.chapter.pk}" if rest else ""
        assert "<html" not in answer.content.decode()
    assert read == list("一二三四五")


def test_an_empty_book_has_nothing_to_read(studio_client):
    book = make.book()
    assert "Not a word yet." in studio_client.get(f"/books/{book.pk}/read/").content.decode()


@pytest.mark.parametrize("path", ["/chapters/9/", "/books/9/", "/books/9/read/"])
def test_what_is_not_there_answers_404(studio_client, path):
    assert studio_client.get(path).status_code == 404
