"""Rewrite passes: begun, closed, taken back; where each scene stands."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from projects.writing import passes
from projects.writing.measuring import measure
from projects.writing.models import Pass, Standing
from projects.writing.outline import outline
from projects.writing.passes import PassRefused
from projects.writing.shelf import shelf
from studio.store.models import Job

from . import make

pytestmark = pytest.mark.django_db

ONE = "The lattice did not shine. It permitted shining."
TWO = "晶格并不发光。它只是容许光。"


@pytest.fixture
def book():
    """Three chapters of one scene, the last one empty."""
    made = make.book()
    for title, text in (("One", ONE), ("二", TWO), ("Three", "")):
        make.scene(text, chapter=make.chapter(title, book=made))
    return made


def scenes(book):
    return [line.scenes[0] for line in outline(book).lines]


def states(book):
    return [line.state for line in outline(book).lines]


def rewrite(scene, text, **options):
    scene.refresh_from_db()
    return scene.revise(text, base=scene.head, **options)


# --- a pass ---------------------------------------------------------------------------------------
def test_a_book_without_passes_is_in_its_first_draft(book):
    tree = outline(book)
    assert (tree.pass_sentence, tree.share, tree.can_mark) == ("First draft", None, False)
    assert states(book) == [None, None, None]


def test_the_second_pass_closes_the_first_and_remembers_its_words(book):
    first, second, empty = scenes(book)
    rewrite(first, ONE + " She waited.")
    made = passes.begin(book, "Structure")
    draft = book.passes.get(number=1)
    assert (made.number, made.purpose, made.is_open) == (2, "Structure", True)
    assert draft.closed == made.opened
    assert list(draft.standings.order_by("scene").values_list("scene", "end")) == [
        (first.pk, 2),
        (second.pk, 1),
        (empty.pk, 0),
    ]
    assert draft.length_after == made.length_before == outline(book).counts
    assert Standing.numbers_in(first.pk) == {2}
    assert Standing.numbers_in(empty.pk) == set()
    assert states(book) == ["untouched"] * 3
    assert outline(book).pass_sentence == "Second pass, not begun"


def test_there_is_one_open_pass_and_they_are_counted_on(book):
    for number in (2, 3, 4):
        assert passes.begin(book).number == number
    assert [each.number for each in Pass.objects.open_in(book.pk)] == [4]
    assert outline(book).pass_sentence == "Fourth pass, not begun"


def test_a_closed_pass_is_finished_and_can_be_opened_again(book):
    made = passes.begin(book)
    passes.review(book, scenes(book)[:1])
    passes.close(made)
    assert outline(book).pass_sentence == "Second pass, finished"
    assert not outline(book).can_mark
    rewrite(scenes(book)[1], "晶格允许光。")  # between passes, then counted in the one reopened
    passes.reopen(made)
    assert states(book) == ["done", "work", "untouched"]
    assert made.standings.filter(end=None).count() == 3


def test_only_the_last_pass_is_opened_again(book):
    passes.begin(book)
    passes.begin(book)
    with pytest.raises(PassRefused):
        passes.reopen(book.passes.get(number=2))


def test_a_pass_begun_by_mistake_is_taken_back_with_the_first_draft_as_it_was(book):
    passes.take_back(passes.begin(book))
    assert not Pass.objects.exists() and not Standing.objects.exists()


def test_taking_back_the_third_goes_on_with_the_second(book):
    second = passes.begin(book)
    passes.review(book, scenes(book)[:1])
    passes.take_back(passes.begin(book))
    second.refresh_from_db()
    assert second.is_open and states(book)[0] == "done"
    assert second.standings.filter(end=None).count() == 3


def test_a_pass_with_work_in_it_is_not_taken_back(book):
    made = passes.begin(book)
    rewrite(scenes(book)[0], "New.")
    with pytest.raises(PassRefused, match="close it instead"):
        passes.take_back(made)
    assert made.standings.count() == 3


# --- a scene in its pass --------------------------------------------------------------------------
def test_a_scene_is_in_work_when_its_words_were_changed_by_hand(book):
    passes.begin(book)
    one, two, _ = scenes(book)
    rewrite(one, ONE, kind="named", name="As it was")
    assert states(book)[0] == "untouched"
    rewrite(two, "晶格。", kind="import")
    assert states(book)[1] == "untouched"
    rewrite(one, ONE + " She waited.")
    assert states(book)[0] == "work"


def test_done_is_what_the_author_says_and_a_later_change_is_told(book):
    passes.begin(book)
    one = scenes(book)[0]
    passes.review(book, [one])
    assert not outline(book).stand(one).touched_since
    rewrite(one, "New.")
    stand = outline(book).stand(one)
    assert (stand.state, stand.touched_since) == ("done", True)
    passes.review(book, [one])
    assert not outline(book).stand(one).touched_since
    passes.unreview(book, [one])
    assert states(book)[0] == "work"


def test_nothing_can_be_done_between_passes(book):
    passes.close(passes.begin(book))
    with pytest.raises(PassRefused, match="begin the next"):
        passes.review(book, scenes(book))


def test_a_scene_of_this_pass_was_not_in_the_first_draft(book):
    made = passes.begin(book)
    new = make.scene("全新。", chapter=make.chapter("New", book=book))
    measure(made.pk)
    stand = outline(book).stand(new)
    assert (stand.state, stand.survival, stand.is_new, stand.fresh) == ("work", None, True, 3)


def test_in_a_first_draft_that_is_followed_what_is_written_is_in_work(book):
    passes.begin_first(book)
    assert states(book) == ["work", "work", "untouched"]
    assert outline(book).pass_sentence == "First draft"
    passes.review(book, scenes(book)[:2])
    assert outline(book).pass_sentence == "First draft, all done"


def test_a_first_draft_is_as_far_as_its_target_says():
    book = make.book(target=12)
    make.scene("one two three four five six", chapter=make.chapter(book=book))
    passes.begin_first(book)
    assert outline(book).pass_sentence == "First draft, half done"


# --- figures --------------------------------------------------------------------------------------
def test_progress_equals_a_sheet_kept_by_hand():
    """A scene of 20 characters reviewed, one of 17 with 3 new ones, one of 17 untouched."""
    book = make.book(language="zh-Hans")
    texts = ("一二三四五六七八九十。甲乙丙丁戊己庚辛。", TWO, "庚辛壬癸子丑寅卯辰巳午未申酉戌亥。")
    rows = [
        make.scene(text, chapter=make.chapter(str(n), book=book)) for n, text in enumerate(texts)
    ]
    made = passes.begin(book)
    passes.review(book, rows[:1])
    rewrite(rows[1], TWO + "她等。")
    measure(made.pk)
    assert outline(book).share == pytest.approx((20 + 3 + 0) / (20 + 17 + 17))


def test_what_stands_of_the_first_draft_goes_on_through_all_passes(book):
    one = scenes(book)[0]
    second = passes.begin(book)
    rewrite(one, "The lattice did not shine. She waited there.")
    measure(second.pk)
    before = outline(book).stand(one)
    assert before.of == 41 and 0 < before.survival < 60
    third = passes.begin(book)
    stand = outline(book).stand(one)
    assert (stand.survival, stand.fresh, stand.state) == (before.survival, 0, "untouched")
    rewrite(one, "Something else altogether was written.")
    measure(third.pk)
    stand = outline(book).stand(one)
    assert stand.survival == 0 and stand.of == 41
    assert Standing.numbers_in(one.pk) == {2, 1}


def test_a_save_measures_nothing_but_asks_a_worker_once(book, run_jobs):
    made = passes.begin(book)
    one = scenes(book)[0]
    rewrite(one, ONE + " She waited.")
    rewrite(one, ONE + " She waited there.")
    jobs = Job.objects.about("pass", made.pk)
    assert jobs.count() == 1
    assert outline(book).stand(one).is_stale
    assert run_jobs() == 0  # a little later, when the author pauses
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert run_jobs() == 1
    stand = outline(book).stand(one)
    assert (stand.is_stale, stand.fresh, stand.survival) == (False, 15, 100)


def test_without_passes_a_save_asks_nothing(book):
    rewrite(scenes(book)[0], "New.")
    assert not Job.objects.exists()


def test_words_written_between_passes_still_tell_what_stands(book):
    made = passes.begin(book)
    passes.close(made)
    one = scenes(book)[0]
    rewrite(one, "The lattice did not shine.")
    measure(made.pk)
    row = made.standings.get(scene=one)
    assert (row.end, row.head, row.fresh, row.stands) == (1, 1, 0, 22)


def test_a_pass_closed_before_it_was_measured_is_measured_at_its_end(book):
    made = passes.begin(book)
    one = scenes(book)[0]
    rewrite(one, ONE + " Yes.")
    passes.close(made)
    rewrite(one, ONE)
    measure(made.pk)
    row = made.standings.get(scene=one)
    assert (row.end, row.head, row.fresh, row.stands) == (2, 2, 4, 41)


def test_the_shelf_says_what_the_outline_says(book):
    made = passes.begin(book)
    passes.review(book, scenes(book)[:1])
    rewrite(scenes(book)[1], "晶格。新的句子。")
    measure(made.pk)
    volume = shelf(book.world)[0]
    said = outline(book).pass_sentence
    assert volume.pass_sentence == f"Book One: {said[0].lower()}{said[1:]}"
    assert dict(volume.states) == {"done": 1, "work": 1}
    assert [bar.look for bar in volume.bars][:1] == ["tone-3"]
