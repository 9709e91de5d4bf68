"""Headlines and order, from payloads alone, in both languages."""

import pytest
from django.utils import translation

from studio.public.composition import Card, Page, counted, edge, roman_value, sentence, spelled


def book(verb="rewritten", done=13, chapters=26, numeral="II"):
    return {
        "names": [["en", "The Quiet Lattice"], ["zh-Hans", "寂静晶格"]],
        "numeral": numeral,
        "verb": verb,
        "done": done,
        "chapters": chapters,
        "leaves": [[100, 3, False], [50, 1, True], [0, 0, False]],
    }


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (book("finished", 24, 24, "I"), "Book One is finished."),
        (book("rewritten", 13, 26), "Book Two is half rewritten."),
        (book("rewritten", 26, 26), "Book Two is rewritten."),
        (book("rewritten", 3, 26), "Book Two is under way."),
        (book("rewritten", 0, 26), ""),
        (book("written", 12, 26, "III"), "Book Three is half written."),
        (book("written", 26, 26, "IX"), "Book Nine is written."),
        (book("planned", 0, 26, "XIV"), ""),
    ],
)
def test_a_book_says_how_far_it_is(made, said):
    assert sentence(made) == said


def test_a_book_counts_its_chapters():
    assert counted(book()) == ("13 of 26", "chapters rewritten")
    assert counted(book("finished", 1, 1)) == ("1 of 1", "chapter finished")
    assert counted(book("planned", 0, 26)) == ("26", "chapters planned")


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [(0, "Zero", "零"), (2, "Two", "两"), (12, "Twelve", "十二"), (25, "Twenty-five", "二十五")],
)
def test_numbers_in_a_headline_are_words(number, english, chinese):
    assert spelled(number, first=True) == english
    with translation.override("zh-hans"):
        assert spelled(number, first=True) == chinese


def test_the_second_book_is_not_a_pair_in_chinese_and_hundreds_are_digits():
    with translation.override("zh-hans"):
        assert spelled(2, ordinal=True) == "二"
    assert spelled(1947) == "1,947"


@pytest.mark.parametrize(
    ("numeral", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XXXIX", 39), ("40", 40)]
)
def test_a_numeral_is_a_number_again(numeral, value):
    assert roman_value(numeral) == value


def test_leaves_become_bars():
    bars = edge(book()["leaves"])
    assert [bar.look for bar in bars] == ["tone-3", "now", "plan"]
    assert bars[0].height == "98.00%"
    assert {bar.title for bar in bars} == {""}


def test_films_tell_their_number_only_when_it_was_published():
    film = Card("film", {"names": [["zh-Hans", "第一束光"]], "day": "2026-03-08"})
    assert Page([film]).films_headline == ["Films"]
    count = Card("concepts", {"total": 25, "released": 2, "ahead": 22, "tiles": []})
    assert Page([film, count]).films_headline == ["Twenty-five films.", "Two are done."]
    first = Card("concepts", {"total": 1, "released": 0, "ahead": 1, "tiles": []})
    assert Page([first]).films_headline == ["One film."]


def test_milestones_stand_in_their_order_and_the_next_one_after_them():
    later = Card("milestone", {"names": [], "hours": 2000, "day": "2026-11-29"})
    own = Card("milestone", {"names": [["zh-Hans", "第一部"]], "hours": None, "day": "2024-06-01"})
    unknown = Card("milestone", {"names": [], "hours": 1000, "day": None})
    page = Page([later, own, unknown])
    assert page.milestones == [unknown, own, later]
    assert page.next is None
    line = {"next": 10000, "by": None}
    assert Page([Card("hours", {"line": line})]).next == line


def test_books_stand_as_on_the_shelf():
    cards = [Card("book", book(numeral=numeral)) for numeral in ("X", "II", "IX")]
    page = Page(cards)
    assert [card.payload["numeral"] for card in page.books] == ["II", "IX", "X"]
    assert page.books_headline == ["Book Nine is half rewritten.", "Book Ten is half rewritten."]
    assert Page([]).books_headline == ["Books"]
