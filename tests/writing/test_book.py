"""Books: their outline, their order, what stands about them."""

import pytest
from django.urls import reverse

from projects.writing.models import Book, Chapter, Part, Scene, Series, Status
from projects.writing.order import version_of
from projects.writing.outline import outline

from . import make

pytestmark = pytest.mark.django_db
BOOK_QUERIES = 12


def order(book):
    return [
        (chapter.part.title if chapter.part else "", chapter.title)
        for chapter in book.chapters.in_reading_order().select_related("part")
    ]


def step(client, book, thing, way):
    what = f"{type(thing).__name__.lower()}-{thing.pk}"
    said = {"what": what, "step": way, "version": version_of(book)}
    return client.post(f"/books/{book.pk}/order/", said)


@pytest.fixture
def three_parts():
    """One chapter before the parts, two in the first, none in the second, one in the third."""
    book = make.book()
    first, _, third = (Part.objects.create(book=book, title=title) for title in ("I", "II", "III"))
    for title, part in [("序", None), ("a", first), ("b", first), ("c", third)]:
        make.chapter(title, book=book, part=part)
    return book


def test_an_empty_book_names_the_next_act(studio_client):
    book = make.book()
    page = studio_client.get(f"/books/{book.pk}/").content.decode()
    assert "No chapter yet." in page
    assert reverse("writing:chapter_new", args=[book.pk]) in page


def test_the_outline_shows_parts_chapters_and_scenes_with_their_lengths(studio_client):
    book = make.book("寂静晶格", language="zh-Hans")
    part = Part.objects.create(book=book, title="第一部 盐")
    chapter = make.chapter("晶格的记忆", book=book, part=part)
    make.scene("晶格记得。", chapter=chapter, title="边缘")
    make.scene("闻昭。", chapter=chapter)
    make.chapter("序", book=book, numbered=False)
    page = studio_client.get(f"/books/{book.pk}/").content.decode()
    for words in ("第一部 盐", "晶格的记忆", "边缘", "5 字", "3 字", "8 字", "empty"):
        assert words in page
    tree = outline(book)
    assert [(line.number, line.chapter.title, line.counts.zishu) for line in tree.lines] == [
        (None, "序", 0),
        (1, "晶格的记忆", 8),
    ]
    assert (tree.headline, tree.numbered) == ("8 字", 1)


def test_an_english_book_counts_words_and_says_how_far_it_is(studio_client):
    book = make.book(target=40)
    make.scene("one two three four", chapter=make.chapter(book=book))
    page = studio_client.get(f"/books/{book.pk}/").content.decode()
    assert "4 words" in page and "10 percent of 40 words" in page


@pytest.mark.parametrize(("unit", "said"), [("chars", "10 characters"), ("zishu", "7 字")])
def test_the_author_chooses_what_is_counted(unit, said):
    book = make.book(language="zh-Hans", unit=unit)
    make.scene("晶格 3.5 记得 it。", chapter=make.chapter(book=book))
    assert outline(book).headline == said


@pytest.mark.parametrize("number", [1, 3])
def test_a_book_takes_the_same_queries_however_long_it_is(
    studio_client, django_assert_num_queries, number
):
    book = make.book()
    for place in range(number):
        part = Part.objects.create(book=book, title=f"Part {place}")
        status = Status.objects.create(book=book, label=f"稿 {place}")
        for _ in range(number):
            chapter = make.chapter(book=book, part=part, status=status)
            make.scene("晶格记得。", chapter=chapter, status=status)
            make.scene("It counted.", chapter=chapter)
    studio_client.get(f"/books/{book.pk}/")
    with django_assert_num_queries(BOOK_QUERIES):
        studio_client.get(f"/books/{book.pk}/")


def test_a_book_begins_with_a_title(studio_client):
    world = make.world()
    form = {"title": "红楼梦", "language": "zh-Hans", "unit": "auto", "series_title": "四大名著"}
    answer = studio_client.post(f"/worlds/{world.pk}/books/new/", form)
    book = Book.objects.get()
    assert answer.url == f"/books/{book.pk}/"
    assert (book.world, book.series.title, book.counts_in) == (world, "四大名著", "zishu")
    assert Series.objects.get().world == world


def test_a_book_without_a_title_is_refused_and_the_rest_is_kept(studio_client):
    world = make.world()
    form = {"title": "", "other_title": "石头记", "language": "zh-Hans", "unit": "auto"}
    answer = studio_client.post(f"/worlds/{world.pk}/books/new/", form)
    assert answer.status_code == 422
    assert 'value="石头记"' in answer.content.decode()
    assert not Book.objects.exists()


def test_twins_point_at_each_other_and_let_go_together(studio_client):
    world = make.world()
    english, chinese = make.book(world=world), make.book("晶格", world=world, language="zh-Hans")
    form = {"title": "The Quiet Lattice", "language": "en", "unit": "auto"}
    studio_client.post(f"/books/{english.pk}/edit/", {**form, "twin": chinese.pk})
    english.refresh_from_db(), chinese.refresh_from_db()
    assert (english.twin, chinese.twin) == (chinese, english)
    studio_client.post(f"/books/{english.pk}/edit/", {**form, "twin": ""})
    english.refresh_from_db(), chinese.refresh_from_db()
    assert (english.twin, chinese.twin) == (None, None)


def test_a_twin_in_the_same_language_is_refused(studio_client):
    world = make.world()
    one, two = make.book(world=world), make.book("Two", world=world)
    form = {"title": "One", "language": "en", "unit": "auto", "twin": two.pk}
    answer = studio_client.post(f"/books/{one.pk}/edit/", form)
    assert answer.status_code == 422
    assert "That book is in the same language" in answer.content.decode()


def test_twins_stand_on_the_shelf_as_one_book(studio_client):
    world = make.world()
    english, chinese = make.book(world=world), make.book("晶格", world=world, language="zh-Hans")
    english.pair_with(chinese)
    make.scene("It counted.", chapter=make.chapter(book=english))
    make.scene("晶格记得。", chapter=make.chapter(book=chinese))
    page = studio_client.get(f"/worlds/{world.pk}/").content.decode()
    assert "1 book, 1 chapter, 5 字, 2 words" in page
    assert page.count('<article class="book"') == 1


def test_a_part_is_begun_and_renamed(studio_client):
    book = make.book()
    studio_client.post(f"/books/{book.pk}/parts/new/", {"title": "第一部"})
    part = Part.objects.get()
    studio_client.post(f"/parts/{part.pk}/edit/", {"title": "Part One"})
    part.refresh_from_db()
    assert (part.book, part.title) == (book, "Part One")
    assert studio_client.post(f"/parts/{part.pk}/edit/", {"title": ""}).status_code == 422


def test_parts_move_with_their_chapters(studio_client, three_parts):
    third = three_parts.parts.get(title="III")
    answer = step(studio_client, three_parts, third, "up")
    step(studio_client, three_parts, third, "up")
    assert answer.url == f"/books/{three_parts.pk}/?arrange"
    assert order(three_parts) == [("", "序"), ("III", "c"), ("I", "a"), ("I", "b")]


def test_a_chapter_moves_within_its_part_and_over_its_edge(studio_client, three_parts):
    b = Chapter.objects.get(title="b")
    steps = []
    for way in ("up", "up", "up", "down", "down", "down", "down"):
        step(studio_client, three_parts, b, way)
        steps.append([part + title for part, title in order(three_parts)])
    assert steps == [
        ["序", "Ib", "Ia", "IIIc"],
        ["序", "b", "Ia", "IIIc"],
        ["b", "序", "Ia", "IIIc"],
        ["序", "b", "Ia", "IIIc"],
        ["序", "Ib", "Ia", "IIIc"],
        ["序", "Ia", "Ib", "IIIc"],
        ["序", "Ia", "IIb", "IIIc"],
    ]


def test_the_first_chapter_stays_when_it_is_moved_up(studio_client, three_parts):
    step(studio_client, three_parts, Chapter.objects.get(title="序"), "up")
    assert order(three_parts)[0] == ("", "序")


def test_a_scene_moves_over_the_edge_of_its_chapter(studio_client):
    book = make.book()
    one, two = make.chapter("one", book=book), make.chapter("二", book=book)
    a, b = make.scene(chapter=one, title="a"), make.scene(chapter=one, title="b")
    c = make.scene(chapter=two, title="c")
    step(studio_client, book, b, "down")
    assert [list(one.scenes.all()), list(two.scenes.all())] == [[a], [b, c]]
    step(studio_client, book, c, "up")
    assert list(two.scenes.all()) == [c, b]
    step(studio_client, book, c, "up")
    assert list(one.scenes.all()) == [a, c]


def test_a_new_chapter_has_one_empty_scene_and_goes_to_the_last_part(studio_client, three_parts):
    page = studio_client.get(f"/books/{three_parts.pk}/").content.decode()
    last = three_parts.parts.get(title="III")
    assert f'name="part" value="{last.pk}"' in page
    form = {"title": "光之债", "numbered": "on", "part": last.pk}
    studio_client.post(f"/books/{three_parts.pk}/chapters/new/", form)
    chapter = Chapter.objects.get(title="光之债")
    assert (chapter.part, chapter.numbered, chapter.scenes.count()) == (last, True, 1)
    assert order(three_parts)[-1] == ("III", "光之债")


def test_a_chapter_without_a_title_is_refused(studio_client):
    book = make.book()
    form = {"title": "", "synopsis": "她数到一。"}
    answer = studio_client.post(f"/books/{book.pk}/chapters/new/", form)
    assert answer.status_code == 422 and "她数到一。" in answer.content.decode()
    assert not Chapter.objects.exists()


def test_a_status_is_the_authors_own_word_and_is_remembered(studio_client):
    chapter = make.chapter()
    form = {"title": "One", "numbered": "on", "status_label": "二稿"}
    studio_client.post(f"/chapters/{chapter.pk}/edit/", form)
    studio_client.post(f"/chapters/{make.chapter('2', book=chapter.book).pk}/edit/", form)
    assert [status.label for status in chapter.book.statuses.all()] == ["二稿"]
    page = studio_client.get(f"/chapters/{chapter.pk}/edit/").content.decode()
    assert '<option value="二稿"></option>' in page
    studio_client.post(f"/chapters/{chapter.pk}/edit/", {**form, "status_label": ""})
    chapter.refresh_from_db()
    assert chapter.status is None


def test_scenes_of_twins_point_at_each_other(studio_client):
    world = make.world()
    english, chinese = make.book(world=world), make.book("晶格", world=world, language="zh-Hans")
    english.pair_with(chinese)
    here = make.scene(chapter=make.chapter(book=english))
    there = make.scene(chapter=make.chapter("记忆", book=chinese))
    page = studio_client.get(f"/scenes/{here.pk}/about/").content.decode()
    assert "记忆 · 1" in page
    studio_client.post(f"/scenes/{here.pk}/about/", {"title": "边", "counterpart": there.pk})
    here.refresh_from_db(), there.refresh_from_db()
    assert (here.title, here.counterpart, there.counterpart) == ("边", there, here)


def test_a_scene_is_added_and_opened_for_writing(studio_client):
    chapter = make.chapter()
    answer = studio_client.post(f"/chapters/{chapter.pk}/scenes/new/")
    assert answer.url == f"/scenes/{Scene.objects.get().pk}/edit/"
    assert studio_client.get(f"/chapters/{chapter.pk}/scenes/new/").status_code == 405


def test_arranging_swaps_only_the_outline(studio_client):
    book = make.chapter().book
    answer = studio_client.get(f"/books/{book.pk}/?arrange", headers={"HX-Target": "outline"})
    page = answer.content.decode()
    assert "<html" not in page and "Move The Lattice Remembers up" in page


def test_writing_goes_back_to_the_last_scene(studio_client):
    older = make.scene("一")
    make.scene().revise("imported", base=0, kind="import")
    assert studio_client.get("/writing/").url == f"/scenes/{older.pk}/edit/"


def test_writing_without_a_scene_names_the_next_act(studio_client):
    assert reverse("worlds:world_new") in studio_client.get("/writing/").content.decode()
    world = make.world()
    assert f"/worlds/{world.pk}/books/new/" in studio_client.get("/writing/").content.decode()
    book = make.book("红楼梦", world=world)
    page = studio_client.get("/writing/").content.decode()
    assert "红楼梦" in page and f"/books/{book.pk}/" in page
