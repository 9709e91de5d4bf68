"""Tests of tools: which stands, what is due, what a removal does."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from projects.tools.models import Capability, Trial, said

from . import make
from .make import on_the_day  # noqa: F401

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


def test_the_newest_test_stands_whatever_was_logged_last():
    tool, capability = make.tool(), make.capability()
    new = make.trial("partly", tool=tool, capability=capability, tried_on=date(2026, 10, 2))
    make.trial("not", tool=tool, capability=capability, tried_on=date(2026, 6, 14))
    assert list(Trial.objects.standing()) == [new]


def test_of_two_tests_on_one_day_the_later_one_stands():
    tool, capability = make.tool(), make.capability()
    make.trial("not", tool=tool, capability=capability)
    second = make.trial("can", tool=tool, capability=capability)
    assert list(Trial.objects.standing()) == [second]


def test_each_tool_and_capability_stands_for_itself():
    kontext, 即梦 = make.tool(), make.tool("即梦")
    capability = make.capability()
    rows = [make.trial("can", tool=tool, capability=capability) for tool in (kontext, 即梦)]
    rows.append(make.trial("not", tool=kontext))
    assert set(Trial.objects.standing()) == set(rows)


def test_a_test_is_due_from_its_day_on_the_longest_due_first():
    late = make.trial(again_on=date(2026, 11, 1))
    today = make.trial(again_on=TODAY)
    make.trial(again_on=date(2026, 11, 20))
    make.trial("can")
    assert list(Trial.objects.due(TODAY)) == [late, today]


def test_a_newer_test_takes_the_reminder_with_it():
    old = make.trial("not", again_on=date(2026, 11, 1))
    make.trial("can", tool=old.tool, capability=old.capability, tried_on=date(2026, 11, 5))
    assert not Trial.objects.due(TODAY).exists()


@pytest.mark.parametrize("retired", ["tool", "capability"])
def test_what_is_no_longer_used_does_not_nag(retired):
    due = make.trial(again_on=TODAY)
    row = getattr(due, retired)
    row.retired = True
    row.save()
    assert not Trial.objects.due(TODAY).exists()
    row.retired = False
    row.save()
    assert list(Trial.objects.due(TODAY)) == [due]


def test_a_tool_no_longer_used_can_nothing_any_more():
    trial = make.trial("can")
    assert list(Trial.objects.can()) == [trial]
    trial.tool.retired = True
    trial.tool.save()
    assert not Trial.objects.can().exists()


def test_a_removed_test_lets_the_one_before_stand_and_comes_back():
    old = make.trial("not", tried_on=date(2026, 6, 14), again_on=date(2026, 8, 1))
    new = make.trial("can", tool=old.tool, capability=old.capability)
    new.remove()
    assert list(Trial.objects.standing()) == [old]
    assert list(Trial.objects.due(TODAY)) == [old]
    assert list(Trial.objects.of_cell(old.tool, old.capability)) == [old]
    new.bring_back()
    assert list(Trial.objects.standing()) == [new]
    assert not Trial.objects.due(TODAY).exists()


def test_what_was_removed_more_than_a_day_ago_goes_for_good():
    old, fresh, last = make.trial(), make.trial(), make.trial()
    old.remove()
    fresh.remove()
    Trial.objects.filter(pk=old.pk).update(removed=timezone.now() - timedelta(hours=25))
    last.remove()
    assert set(Trial.objects.all()) == {fresh, last}


@pytest.mark.parametrize(
    ("language", "titles", "wanted"),
    [
        ("en", ("Chinese lettering", "画面中的汉字"), "Chinese lettering"),
        ("en", ("画面中的汉字", "Chinese lettering"), "Chinese lettering"),
        ("zh-hans", ("Chinese lettering", "画面中的汉字"), "画面中的汉字"),
        ("zh-hans", ("画面中的汉字", "Chinese lettering"), "画面中的汉字"),
        ("en", ("画面中的汉字", ""), "画面中的汉字"),
        ("zh-hans", ("Hands", ""), "Hands"),
        ("zh-hans", ("Hands", "Mains"), "Hands"),
        ("en", ("手", "双手"), "手"),
    ],
)
def test_a_title_is_said_in_the_readers_language_where_there_are_two(language, titles, wanted):
    with translation.override(language):
        assert said(*titles) == wanted
        row = Capability(title=titles[0], other_title=titles[1])
        assert {row.said, row.other} == set(titles)


def test_capabilities_stand_by_group_in_the_authors_order():
    water = make.capability("Water", group="motion")
    face, hands = make.capability("A face"), make.capability("手")
    hands.move_by(-1)
    assert list(Capability.objects.by_group()) == [hands, face, water]


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [
        ("en", "Keep a face across shots", "多个镜头里保持同一张脸"),
        ("zh-hans", "多个镜头里保持同一张脸", "Keep a face across shots"),
    ],
)
def test_the_short_list_comes_in_both_languages_the_readers_first(language, first, other):
    with translation.override(language):
        assert Capability.objects.begin() == 11
    row = Capability.objects.by_group()[0]
    assert (row.title, row.other_title) == (first, other)


def test_the_short_list_is_never_mixed_into_what_is_there():
    make.capability()
    assert Capability.objects.begin() == 0
    assert Capability.objects.count() == 1
