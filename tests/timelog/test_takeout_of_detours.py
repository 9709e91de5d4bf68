"""Detours and what the time went to come back with the hours, once, or are listed."""

import json
from datetime import date

import pytest

from tests.images import make as images
from tests.writing import make as writing
from timelog.bring_in import bring_in, take_back
from timelog.incoming import read
from timelog.models import Detour, TimeEntry, TimeLink

from . import make
from .make import empty, reconcile, written

BEGAN = date(2026, 1, 5)
LINK = {"what": "scene", "id": 1, "title": "Snow", "seconds": 60, "by_hand": True}


def entry_told(**fields):
    told = {"id": "6f1c1c5e-9d0f-4f6b-8a53-1d1a3c6f0b11", "day": "2026-11-19", "seconds": 60}
    told |= {"kind": "detour", "said": "Detour", "family": "detour", "note": "", "start": ""}
    told |= {"end": "", "zone": "", "source": "", "source_key": ""}
    return told | fields


def detour_told(**fields):
    told = {"name": "Rig", "why": "", "began": "2026-01-05", "ended": None}
    return told | {"paid_off": None, "judged": None, "outcome": ""} | fields


def read_of(**lists):
    return read(json.dumps({"throughline": 1, **lists}).encode())


@pytest.mark.parametrize("format", ["csv", "json", "ics"])
def test_a_link_comes_back_only_to_the_thing_of_that_number_and_title(db, format):
    scene, picture = writing.scene(title="Snow"), images.image("The lattice")
    gone, entry = images.image("Gone"), make.entry(1)
    things = {("scene", scene.pk): 60, ("image", picture.pk): 120, ("image", gone.pk): 180}
    TimeLink.objects.give(entry, things, by_hand=True)
    data = written(format)
    empty()
    gone.delete()
    type(scene).objects.filter(pk=scene.pk).update(title="Rain")
    bring_in(read(data))
    kept = TimeLink.objects.get()
    assert (kept.thing, kept.seconds, kept.by_hand) == (("image", picture.pk), 120, True)


def test_hours_from_a_calendar_have_no_detour_where_it_is_not_here(db):
    detour = Detour.objects.create(name="Rig", began=BEGAN)
    make.entry(1, kind="detour")
    data = written("ics")
    empty()
    bring_in(read(data))
    assert TimeEntry.objects.get().detour is None
    assert not Detour.everything.filter(name=detour.name).exists()


@pytest.mark.parametrize("corrected", [{"name": "Rigging"}, {"trashed": True}])
def test_a_detour_renamed_or_removed_since_does_not_come_twice(db, corrected):
    Detour.objects.create(name="Rig", began=BEGAN)
    make.entry(1, kind="detour")
    data = written("json")
    Detour.objects.update(**corrected)
    assert bring_in(read(data)).batch is None
    assert Detour.everything.count() == 1


def test_taking_back_leaves_a_detour_that_other_hours_are_on(db):
    reading = read_of(
        detours=[detour_told(), detour_told(name="Idle")],
        entries=[entry_told(detour="Rig", detour_began="2026-01-05")],
    )
    found = bring_in(reading)
    rig = Detour.objects.get(name="Rig")
    assert TimeEntry.objects.get().detour == rig
    make.entry(1, kind="detour", detour=rig)
    take_back(found.batch)
    assert [one.name for one in Detour.everything.all()] == ["Rig"]
    assert TimeEntry.objects.get().detour == rig
    reconcile()


def test_hours_for_which_the_author_chose_another_kind_are_on_no_detour(db):
    entry = entry_told(detour="Rig", detour_began="2026-01-05")
    reading = read_of(detours=[detour_told()], entries=[entry])
    bring_in(reading, wanted={"detour": make.kind("video")})
    assert TimeEntry.objects.get().detour is None


def test_a_file_written_before_there_were_detours_is_read_as_it_says(db):
    Detour.objects.create(name="Rig", began=BEGAN)
    bring_in(read_of(entries=[entry_told(note="Rig")]))
    entry = TimeEntry.objects.get()
    assert (entry.detour, entry.by_clock, entry.vouched_at, entry.page) == (None, False, None, "")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("detours", detour_told(paid_off=True)),
        ("detours", detour_told(ended="2026-01-04")),
        ("detours", detour_told(paid_off="yes", judged="2026-02-01")),
        ("entries", entry_told(detour=7)),
        ("entries", entry_told(by_clock="yes")),
        ("entries", entry_told(vouched_at="0001-01-01T00:00:00+14:00")),
        ("entries", entry_told(page="x" * 201)),
        ("entries", entry_told(links=[7])),
        ("entries", entry_told(links={"what": "scene"})),
        *(
            ("entries", entry_told(links=[dict(LINK, **fields)]))
            for fields in ({"what": "kind"}, {"what": []}, {"id": 0}, {"id": 2**63}, {"title": 7})
        ),
    ],
)
def test_a_detour_or_a_link_that_is_none_is_listed(db, name, wrong):
    reading = read_of(**{name: [wrong]})
    assert ([each.reason for each in reading.refused], reading.spent) == (["record"], [])
    assert bring_in(reading).batch is None


def test_a_link_to_a_number_no_studio_has_is_left_out(db):
    assert bring_in(read_of(entries=[entry_told(links=[dict(LINK, id=2**53)])])).batch
    assert (TimeEntry.objects.count(), TimeLink.objects.count()) == (1, 0)
