"""Words worked: every chain adds up, and only what was written by hand counts."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.writing.models import Effort, Pass, Revision, Scene, thin_out
from projects.writing.models.effort import COLUMNS, UNITS
from projects.writing.models.reckoning import reckon_all
from studio.lib.text import Counts, count
from studio.ops.checkup import not_adding_up
from studio.store.models import Setting

from . import make

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 22, 50, tzinfo=UTC)
PIECES = ["The lattice. ", "晶格。", "“3.5”", "\n", "don’t ", "——", "闻昭", "她数到一。\n"]
prose = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
step = st.one_of(
    st.tuples(st.sampled_from(["typed", "named", "import", "merged"]), prose),
    st.tuples(st.sampled_from(["restored", "conflict", "pass", "thin"]), prose),
)
steps = st.lists(st.tuples(step, st.sampled_from([1, 70, 900, 5000, 40_000, 400_000])), max_size=25)


def play(scene, told, clock):
    """Live through it; the passes of the book come and go."""
    for (kind, text), seconds in told:
        clock.shift(timedelta(seconds=seconds))
        scene.refresh_from_db()
        if kind == "pass":
            Pass.objects.filter(closed=None).update(closed=START)
            book = scene.chapter.book
            Pass.objects.create(book=book, number=book.passes.count() + 1)
        elif kind == "thin":
            thin_out(scene.pk)
        elif kind == "restored":
            number = scene.revisions.order_by("number").values_list("number", flat=True).first()
            if number:
                scene.restore(number)
        elif kind == "conflict":
            scene.revise(text, base=scene.head + 40)
        else:
            name = text[:9] if kind == "named" else ""
            scene.revise(text, base=scene.head, kind=kind, name=name)
    scene.refresh_from_db()


def sums(rows):
    found = Counter(dict.fromkeys(COLUMNS, 0))
    for row in rows:
        found.update({column: getattr(row, column) for column in COLUMNS})
    return found


def check_chain(scene):
    before = Counts()
    for row in scene.revisions.exclude(kind="conflict").with_text().order_by("number"):
        for unit in UNITS:
            came, went = row.inserted.of(unit), row.deleted.of(unit)
            assert before.of(unit) + came - went == row.counts.of(unit)
            if not row.folded:
                assert row.kept.of(unit) + went == before.of(unit)
                assert row.kept.of(unit) + came == row.counts.of(unit)
        assert count(row.text) == row.counts
        before = row.counts
    assert before == scene.counts == count(scene.text)
    for row in scene.revisions.filter(kind="conflict").with_text():
        assert count(row.text) == row.counts == row.kept + row.inserted


@given(steps, steps)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_chain_adds_up_whatever_happens_to_it(one, two):
    Scene.objects.all().delete()
    Effort.objects.all().delete()
    chapter = make.chapter()
    with time_machine.travel(START, tick=False) as clock:
        scenes = [make.scene(chapter=chapter), make.scene(chapter=chapter)]
        play(scenes[0], one, clock)
        play(scenes[1], two, clock)
    for scene in scenes:
        check_chain(scene)
        credited = scene.revisions.filter(kind__in=Revision.CREDITED)
        assert sums(scene.efforts.all()) == sums(credited)
        for rewrite in {None, *chapter.book.passes.all()}:
            mine = credited.filter(rewrite=rewrite)
            assert sums(scene.efforts.filter(rewrite=rewrite)) == sums(mine)
    for unit in UNITS:
        total = chapter.book.efforts.all().total(unit)
        for by in ("scene", "scene__chapter", "rewrite", "day"):
            rows = chapter.book.efforts.all().sums(unit, by)
            assert sum(came for _, came, _ in rows) == total.inserted
            assert sum(went for _, _, went in rows) == total.deleted
    assert not_adding_up() == set()


def test_a_rewrite_that_made_the_chapter_shorter_is_work():
    scene = make.scene("晶格并不发光。它只是允许光。")
    revision = make.revision(scene, "晶格允许光。")
    assert scene.zishu - 14 < 0
    assert revision.inserted.zishu + revision.deleted.zishu > 0
    assert Effort.objects.all().total("zishu").inserted == 14 + revision.inserted.zishu


@pytest.mark.parametrize("kind", ["import", "restored", "merged", "conflict"])
def test_what_was_not_written_by_hand_counts_nothing(kind):
    scene = make.scene()
    base = 7 if kind == "conflict" else 0
    scene.revise("Two words.", base=base, kind=kind)
    assert (scene.revisions.get().inserted.words, Effort.objects.count()) == (2, 0)


def test_a_new_title_counts_nothing():
    scene = make.scene("Two words.")
    before = list(Effort.objects.values())
    scene.title = scene.chapter.title = "Another title"
    scene.save()
    scene.chapter.save()
    assert list(Effort.objects.values()) == before


def test_naming_a_state_is_no_work():
    scene = make.scene("Two words.")
    scene.revise("Two words.", base=1, kind="named", name="Draft")
    assert scene.efforts.all().total("words").inserted == 2
    assert scene.revisions.get(number=2).kept.words == 2


def test_work_after_midnight_belongs_to_the_day_before():
    Setting.write("time.zone", "Asia/Shanghai")
    Setting.write("time.day_starts_at", 4)
    with time_machine.travel(datetime(2026, 11, 19, 19, 30, tzinfo=UTC), tick=False):
        scene = make.scene("夜里写的。")  # half past three in Shanghai
    with time_machine.travel(datetime(2026, 11, 19, 20, 30, tzinfo=UTC), tick=False):
        scene.revise("夜里写的。早上写的。", base=1)
    days = list(Effort.objects.values_list("day", "inserted_zishu"))
    assert days == [(date(2026, 11, 19), 5), (date(2026, 11, 20), 5)]


def test_a_day_s_work_on_a_scene_is_one_row_for_each_pass():
    scene = make.scene("One.")
    scene.revise("One. Two.", base=1)
    rewrite = Pass.objects.create(book=scene.chapter.book, number=1)
    scene.revise("One. Two. Three.", base=2)
    scene.revise("One. Two. Three. Four.", base=3)
    rows = list(Effort.objects.order_by("pk").values_list("rewrite", "inserted_words"))
    assert rows == [(None, 2), (rewrite.pk, 2)]


def test_work_stays_with_the_book_when_its_scene_goes():
    scene = make.scene("Two words.")
    book = scene.chapter.book
    scene.delete()
    assert book.efforts.all().total("words").inserted == 2
    assert not_adding_up() == set()


def test_a_pass_that_goes_leaves_the_work_behind():
    scene = make.scene("One.")
    rewrite = Pass.objects.create(book=scene.chapter.book, number=1)
    scene.revise("One. Two.", base=1)
    rewrite.delete()
    scene.revise("One. Two. Three.", base=2)
    assert scene.efforts.all().total("words").inserted == 3


def test_a_save_costs_the_same_however_many_revisions_and_chapters_there_are(
    django_assert_num_queries,
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    scene = make.scene("0")
    scene.revise("0 1", base=1)
    with CaptureQueriesContext(connection) as few:
        scene.revise("0 1 2", base=2)
    for n in range(30):
        scene.revise(f"0 1 {n}", base=scene.head)
        make.scene("words", chapter=make.chapter(book=scene.chapter.book))
    with django_assert_num_queries(len(few)):
        scene.revise("the end", base=scene.head)


def test_old_revisions_can_be_measured_anew():
    scene = make.scene("One.")
    scene.revise("One. Two.", base=1)
    scene.revise("kept aside", base=1)
    before = [sums(scene.revisions.all()), sums(Effort.objects.all())]
    Revision.objects.update(inserted_words=0, deleted_chars=9)
    Effort.objects.all().delete()
    assert not_adding_up() == {scene.pk}
    reckon_all()
    assert [sums(scene.revisions.all()), sums(Effort.objects.all())] == before
    assert not_adding_up() == set()
