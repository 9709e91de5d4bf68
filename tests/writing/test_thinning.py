"""Old revisions grow sparse by Manuskript's table; what somebody may look for stays."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.videos.models import Concept, Passage
from projects.writing.models import Pass, Revision, thin_out
from projects.writing.tasks import thin_lately
from projects.writing.thinning import State, thin
from studio.store import chores

from . import make

NOW = datetime(2026, 11, 19, 12, 0, 30, tzinfo=UTC)


def day_of(moment):
    return moment.date()


def states(ages, **fields):
    """States so many seconds old, the oldest first."""
    ordered = sorted(ages, reverse=True)
    return [State(n, NOW - timedelta(seconds=age), **fields) for n, age in enumerate(ordered, 1)]


def left(given, now=NOW):
    going = thin(given, now, day_of)
    return [state for state in given if state.number not in going]


HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize(
    ("every", "first", "last", "least", "most"),
    [
        (5, 0, 600, 10, 12),  # one a minute for ten minutes
        (30, 600, HOUR, 5, 7),  # one in ten minutes for an hour
        (300, HOUR, DAY, 22, 25),  # one an hour for a day
        (HOUR, DAY, 30 * DAY, 29, 31),  # one a day for a month
        (DAY / 2, 30 * DAY, 58 * DAY, 4, 6),  # one a week for ever
    ],
)
def test_each_span_of_time_keeps_its_last_state(every, first, last, least, most):
    ages = [first + every * n for n in range(int((last - first) / every))]
    assert least <= len(left(states(ages))) <= most + 1  # and the first of all


ages = st.lists(st.integers(0, 100 * DAY), max_size=60)


@given(ages, st.integers(0, 400 * DAY))
@settings(deadline=None)
def test_thinning_again_and_again_is_thinning_once(some, later):
    given_, then = states(some), NOW + timedelta(seconds=later)
    assert left(left(given_), then) == left(given_, then)


@given(st.lists(st.tuples(st.integers(0, 60 * DAY), st.booleans(), st.integers(0, 2)), max_size=40))
@settings(deadline=None)
def test_what_is_fixed_and_both_ends_of_each_run_stay(some):
    some = sorted(some, reverse=True)
    given_ = [
        State(n, NOW - timedelta(seconds=age), fixed, run)
        for n, (age, fixed, run) in enumerate(some)
    ]
    stay = left(given_)
    assert {state for state in given_ if state.fixed} <= set(stay)
    assert stay[:1] == given_[:1] and stay[-1:] == given_[-1:]
    ends = [(a.run, b.run) for a, b in itertools.pairwise(stay) if a.run != b.run]
    assert ends == [(a.run, b.run) for a, b in itertools.pairwise(given_) if a.run != b.run]


# --- in the database ------------------------------------------------------------------------------
def written(saves, every=timedelta(seconds=10), **fields):
    """A scene saved so many times, one after the other, the last time at NOW."""
    scene = make.scene()
    with time_machine.travel(NOW - every * saves, tick=False) as clock:
        for n in range(saves):
            clock.shift(every)
            scene.revise(scene.text + f"第{n}句话。\n", base=scene.head, **fields)
    return scene


def numbers(scene):
    return list(scene.revisions.order_by("number").values_list("number", flat=True))


@pytest.fixture
def month_later():
    return NOW + timedelta(days=45)


@pytest.mark.django_db
def test_what_stays_has_its_number_its_words_and_the_work_of_what_went(month_later):
    scene = written(60)
    texts = {each.number: each.text for each in scene.revisions.with_text()}
    thin_out(scene.pk, NOW)
    few = numbers(scene)
    assert 10 <= len(few) <= 13
    thin_out(scene.pk, month_later)
    assert numbers(scene) == [1, 60]
    last = scene.revisions.with_text().get(number=60)
    assert (last.text, last.base, last.folded) == (texts[60], 1, 58)
    assert last.inserted.zishu == last.counts.zishu - scene.revisions.get(number=1).zishu
    assert {each.number: each.text for each in scene.revisions.all()} == {
        n: texts[n] for n in (1, 60)
    }


@pytest.mark.django_db
def test_those_that_leaned_on_one_that_went_lean_on_another(month_later):
    scene = written(30)
    texts = {each.number: each.text for each in scene.revisions.with_text()}
    kept = [5, 9, 20]
    Revision.objects.filter(number__in=kept).update(name="Draft")
    # As after a long history: the keyframe is one that goes.
    key = scene.revisions.get(number=3)
    for row in scene.revisions.filter(number__gt=3).with_text():
        row.put(texts[row.number], key)
        Revision.objects.bulk_update([row], ["packed", "keyframe"])
    Revision.objects.filter(pk=key.pk).update(keyframe=None)
    row = scene.revisions.get(number=3)
    row.put(texts[3])
    Revision.objects.bulk_update([row], ["packed", "keyframe"])
    for each in scene.revisions.filter(number__gt=3).with_text():
        each.put(texts[each.number], row)
        Revision.objects.bulk_update([each], ["packed", "keyframe"])
    thin_out(scene.pk, month_later)
    assert numbers(scene) == [1, *kept, 30]
    for each in scene.revisions.with_text():
        assert each.text == texts[each.number]
        assert each.keyframe is None or each.keyframe.keyframe_id is None


@pytest.mark.django_db
def test_nothing_that_somebody_may_look_for_goes(month_later):
    scene = written(40)
    Revision.objects.filter(number=4).update(name="第二稿", kind="named")
    Revision.objects.filter(number=7).update(kind="import")
    scene.remarks.create(body="Nine or ten?", revision=10)
    concept = Concept.objects.create_next(title="First light")
    Passage.objects.create(concept=concept, scene=scene, quote="第3句话。", revision=13)
    with time_machine.travel(NOW, tick=False):
        scene.revise("kept aside", base=16, device="phone")
        scene.restore(19)
        scene.refresh_from_db()
        Pass.objects.create(book=scene.chapter.book, number=1)
        for n in range(9):
            scene.revise(f"{scene.text}{n}", base=scene.head)
    thin_out(scene.pk, month_later)
    #           first named import+before remark passage parent source, conflict restored, the pass
    assert numbers(scene) == [1, 4, 6, 7, 8, 10, 13, 16, 19, 40, 41, 42, 43, 51]


@pytest.mark.django_db
def test_the_page_of_revisions_still_compares_what_stayed(studio_client, month_later):
    scene = written(60)
    thin_out(scene.pk, month_later)
    page = studio_client.get(f"/scenes/{scene.pk}/revisions/")
    assert (page.context["from"], page.context["to"]) == (1, 60)
    assert [row.revision.number for row in page.context["rows"]] == [60, 1]


@pytest.mark.django_db
def test_a_device_whose_base_was_thinned_away_is_kept_aside_as_ever(month_later):
    scene = written(60)
    thin_out(scene.pk, month_later)
    outcome = scene.revise("from the phone", base=31)
    assert (outcome.yours.base, outcome.yours.text) == (31, "from the phone")
    assert studio_page_of(scene) == 31


def studio_page_of(scene):
    return scene.revisions.get(kind="conflict").base


@pytest.mark.django_db
def test_idle_workers_thin_what_was_worked_on_lately():
    lately, long_ago = written(30), written(30)
    type(long_ago).objects.filter(pk=long_ago.pk).update(updated=NOW - timedelta(days=99))
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        gone = list(thin_lately())
    assert (len(gone), len(numbers(lately)) < 30, len(numbers(long_ago))) == (1, True, 30)


@pytest.mark.django_db
def test_a_chore_that_fails_keeps_no_other_from_being_done(monkeypatch, caplog):
    done = []

    def broken():
        yield 1
        raise ValueError("no")

    def good():
        done.append(1)
        yield 1
        done.append(2)

    monkeypatch.setattr(chores, "_all", [broken, good])
    chores.do_all(lambda: False)
    assert (done, "a chore failed: broken" in caplog.text) == ([1, 2], True)
    chores.do_all(lambda: bool(done.append(3)) or True)
    assert done == [1, 2, 3]


@pytest.mark.django_db
def test_thinning_a_scene_that_is_gone_does_nothing():
    assert thin_out(12345) == 0
