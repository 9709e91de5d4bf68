"""What is taken out comes in again: the same to the second, whatever the clock did."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.images import make as images
from tests.videos import make as videos
from tests.writing import make as writing
from timelog.bring_in import bring_in, take_back
from timelog.incoming import Wishes, read
from timelog.models import (
    DayTotal,
    Detour,
    Intention,
    Kind,
    Milestone,
    OpeningBalance,
    TimeEntry,
    TimeLink,
)
from timelog.outgoing import FORMATS
from timelog.outgoing.tables import COLUMNS
from timelog.takeout import records

from . import make
from .make import reconcile

ZONES = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Shanghai", "America/New_York"]
NOTES = [
    "",
    "灯塔，第十四章",
    "=1+1",
    "+1",
    "-x",
    "@cmd",
    "'quoted",
    "''",
    "a,b;c\\n",
    '"q"',
    "＝全",
    " x ",
]
NIGHTS = [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]
NIGHTS += [datetime(2026, 4, 4, 14, tzinfo=UTC), datetime(2026, 11, 1, 4, tzinfo=UTC)]
BEGAN = date(2026, 1, 5)
# Two are alike but for what became of them.
DETOURS = [
    {"name": "=ComfyUI 节点", "why": "-一个晚上", "began": BEGAN},
    {"name": "Rig, again", "began": BEGAN, "ended": date(2026, 2, 1)},
    {"name": "Rig, again", "began": BEGAN, "ended": BEGAN, "judged": BEGAN, "paid_off": False},
    {"name": "A/B; \\n", "began": date(2026, 3, 1), "judged": date(2026, 4, 1), "paid_off": True},
    {"name": "Removed", "began": BEGAN, "trashed": True},
]
THINGS = ["scene", "image", "shot", "concept"]
LINK = {"what": "scene", "id": 1, "title": "Snow", "seconds": 60, "by_hand": True}


def written(format):
    return "".join(FORMATS[format].write(records())).encode()


def snapshot(only_entries=False):
    """All there is to say of hours, without the numbers of rows: every column but these, what
    became of the detour, and the links."""
    without = {"id", "batch", "created", "key", "kind", "detour"}
    names = [f.name for f in TimeEntry._meta.concrete_fields if f.name not in without]
    entries = TimeEntry.objects.closed().select_related("kind", "detour").prefetch_related("links")
    said = [sorted((told_of(entry, names) for entry in entries), key=repr)]
    if not only_entries:
        kinds = Kind.objects.order_by("key")
        said.append(
            list(kinds.values_list("key", "name", "family", "retired", "weekly", "seconds"))
        )
        fields = ("kind__key", "seconds", "began", "as_of", "note")
        said.append(sorted(OpeningBalance.objects.values_list(*fields), key=repr))
        fields = ("hours", "name", "reached", "kinds__key")
        said.append(sorted(Milestone.objects.values_list(*fields), key=repr))
        said.append(sorted(Intention.objects.values_list("text", "other_text", "since", "until")))
        said.append(sorted(map(told_of_detour, Detour.objects.all()), key=repr))
    return said


def told_of(entry, names):
    links = [(link.thing, link.title, link.seconds, link.by_hand) for link in entry.links.all()]
    detour = entry.detour and not entry.detour.trashed and told_of_detour(entry.detour)
    values = [getattr(entry, name) for name in names]
    return (entry.kind.key, *values, detour or None, sorted(links))


def told_of_detour(detour):
    fields = Detour._meta.concrete_fields
    return tuple(getattr(detour, f.name) for f in fields if f.name not in {"id", "created"})


def empty(but_detours=False):
    """A new studio again, but for its scenes, pictures and films."""
    for model in (TimeEntry, DayTotal, OpeningBalance, Milestone, Intention):
        model.objects.all().delete()
    if not but_detours:
        Detour.everything.all().delete()
    Kind.objects.exclude(key__in=Kind.Family.values).delete()
    for family in Kind.Family.values:
        fields = {"name": "", "family": family, "retired": False, "weekly": None, "seconds": 0}
        Kind.objects.filter(key=family).update(**fields)


@st.composite
def besides(draw):
    """What few entries have: a detour (by its place in DETOURS), what the clock knew, links."""
    moments = st.none() | st.datetimes(
        datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)
    )
    link = st.tuples(st.sampled_from(THINGS), st.integers(1, 9000), st.booleans())
    return {
        "detour": draw(st.sampled_from([None, *range(len(DETOURS))])),
        "by_clock": draw(st.booleans()),
        "vouched_at": draw(moments),
        "page": draw(st.sampled_from(["", "/writing/scenes/1/", '/a,b;c?d="1"&写'])),
        "linked": draw(moments),
        "links": draw(st.lists(link, max_size=2)),
    }


@st.composite
def entries(draw):
    seconds = draw(st.integers(0, 90_000))
    zone = draw(st.sampled_from(ZONES))
    night = draw(st.sampled_from(NIGHTS))
    start = night + timedelta(
        seconds=draw(st.integers(-20_000, 20_000)),
        microseconds=draw(st.sampled_from([0, 1, 999_999])),
    )
    text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
    told = {
        "seconds": seconds,
        "note": draw(st.one_of(st.sampled_from(NOTES), text)),
        "kind": draw(st.sampled_from(["writing", "video", "detour", "sound-音"])),
    }
    if draw(st.booleans()):
        rest = draw(st.integers(0, 600))
        told |= {"zone": zone, "started_at": start}
        told["ended_at"] = start + timedelta(seconds=seconds + rest)
        told["day"] = start.astimezone(ZoneInfo(zone)).date()
    else:
        told["day"] = draw(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
    return told | draw(st.just({}) | besides())


def fill(rows):
    Kind.objects.create(key="sound-音", name="=Sound 音", family="detour", weekly=7200)
    Kind.objects.filter(key="video").update(name="电影", weekly=3600)
    detours = [Detour.objects.create(**fields) for fields in DETOURS]
    shot = videos.concept(title='"Warten", \\ auf; 光').shots.create(number=7, title="-The array")
    things = [writing.scene(), images.image("=picture"), shot, shot.concept]
    links = []
    for number, row in enumerate(rows):
        told = dict(row)
        tied = told.pop("links", [])
        if (which := told.pop("detour", None)) is not None:
            told["detour"] = detours[which]
        which = make.kind(told.pop("kind"))
        if number % 3 == 0:
            told |= {"source": "toggl", "source_key": f"toggl:{number},;\\"}
        entry = TimeEntry.objects.log(which, told.pop("day"), told.pop("seconds"), **told)
        links += [
            TimeLink(entry=entry, seconds=s, by_hand=h, **{what: things[THINGS.index(what)]})
            for what, s, h in tied
        ]
    TimeLink.objects.bulk_create(links)
    craft = make.kind("video")
    OpeningBalance.objects.create(
        kind=craft, seconds=7_009_200, began=date(2025, 1, 1), as_of=date(2026, 1, 1), note="-从前"
    )
    OpeningBalance.objects.create(kind=craft, seconds=60, as_of=date(2026, 1, 1))
    Milestone.objects.add(50, [craft, make.kind("sound-音")], "第一步")
    Milestone.objects.filter(hours=50).update(reached=date(2026, 2, 3))
    Intention.objects.say("To bring my novels to life.", "让我的小说活过来。")
    Intention.objects.say("=Still.")


class WhatGoesOutComesInAgain(TestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(entries(), min_size=1, max_size=8), st.sampled_from(["csv", "json", "ics"]))
    def test_brought_into_a_new_studio_all_is_the_same(self, rows, format):
        fill(rows)
        only_entries = format == "ics"
        before, data = snapshot(only_entries), written(format)
        reading = read(data)
        assert (reading.refused, reading.left_out) == ([], [])
        again = bring_in(reading)
        assert (again.new, again.batch) == ([], None)
        empty(but_detours=only_entries)
        found = bring_in(read(data))
        assert snapshot(only_entries) == before
        reconcile()
        assert bring_in(read(written(format))).batch is None
        if found.batch:
            take_back(found.batch)
            assert TimeEntry.objects.count() == OpeningBalance.objects.count() == 0
            assert Kind.objects.filter(key="sound-音").count() == 0
            assert Detour.everything.count() == (len(DETOURS) if only_entries else 0)
            reconcile()


@pytest.fixture
def told(db):
    start = datetime(2026, 11, 19, 14, 30, tzinfo=UTC)
    end = start + timedelta(minutes=90)
    make.entry(1.5, note="=cmd|' /C calc'!A0", started_at=start, ended_at=end, zone="Asia/Shanghai")
    make.entry(2, note="灯塔", kind="video")


def test_a_table_opens_in_a_spreadsheet_and_no_cell_is_a_formula(told):
    data = written("csv")
    assert data.startswith(b"\xef\xbb\xbfrecord,day,hours,kind,note,start,end,zone,seconds,")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    timed = next(row for row in rows if row["start"])
    assert timed["note"] == "'=cmd|' /C calc'!A0"
    assert (timed["hours"], timed["start"]) == ("1.50", "2026-11-19T22:30:00+08:00")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_a_calendar_is_one_for_other_programs_too(told):
    from icalendar import Calendar

    data = written("ics")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    events = Calendar.from_ical(data).walk("VEVENT")
    assert [str(each.get("SUMMARY")) for each in events] == ["=cmd|' /C calc'!A0", "灯塔"]
    assert events[0]["DTSTART"].dt == datetime(2026, 11, 19, 14, 30, tzinfo=UTC)
    assert events[1]["DTSTART"].dt == date(2026, 11, 19)


def test_the_clock_that_runs_is_no_entry_yet(told):
    TimeEntry.objects.start(make.kind())
    assert len(json.loads(written("json"))["entries"]) == 2


def test_an_entry_corrected_after_it_was_taken_out_does_not_come_back_as_it_was(told):
    data = written("json")
    entry = TimeEntry.objects.get(note="灯塔")
    entry.change(kind=entry.kind, day=entry.day, seconds=60, note="改")
    assert bring_in(read(data)).new == []
    entry.remove()
    assert [each.note for _, each in bring_in(read(data)).new] == ["灯塔"]
    reconcile()


@pytest.mark.parametrize("format", ["csv", "json", "ics"])
def test_a_file_is_sent_piece_by_piece_in_the_same_number_of_queries(
    studio_client, told, format, django_assert_max_num_queries
):
    answer = studio_client.get(f"/time/export/{format}/")
    assert answer.streaming
    assert answer["Content-Disposition"].endswith(f'.{format}"')
    costs, concept = set(), videos.concept()
    for _ in range(2):
        things = {("scene", writing.scene().pk): 60, ("concept", concept.pk): 120}
        things |= {("shot", concept.add_shot("The array", 4).pk): 60}
        things |= {("image", images.image().pk): 60}
        TimeLink.objects.give(make.entry(1), things, by_hand=False)
        with django_assert_max_num_queries(8) as captured:
            written(format)
        costs.add(len(captured))
    assert len(costs) == 1
    assert b"".join(answer.streaming_content) != b""
    assert studio_client.get("/time/export/exe/").status_code == 404


def test_the_command_writes_a_file_that_the_other_command_reads(told, tmp_path, capsys):
    path = tmp_path / "hours.json"
    call_command("export_time", path)
    assert path.read_bytes() == written("json")
    empty()
    with pytest.raises(SystemExit) as end:
        call_command("import_time", path)
    assert (end.value.code, TimeEntry.objects.count()) == (0, 2)
    for wrong in (tmp_path / "hours.exe", tmp_path / "nowhere" / "hours.csv"):
        with pytest.raises(CommandError):
            call_command("export_time", wrong)


def test_records_that_are_none_are_listed_and_never_stop_the_reading(db):
    good = {"kind": "writing", "said": "Writing", "seconds": 60, "began": None}
    good |= {"as_of": "2026-01-01", "note": ""}
    wrong = [None, 7, "x", [], {}, {**good, "seconds": -1}, {**good, "as_of": "soon"}]
    for name in ("kinds", "balances", "milestones", "intentions", "detours", "entries"):
        value = {"throughline": 1, name: wrong, "balances": [good]}
        reading = read(json.dumps(value).encode())
        assert reading.own["balances"] == [good]
    head = ",".join(COLUMNS).encode() + b"\n"
    table = read(
        head + b"entry,2026,,,,,,,60,writing,writing,,7,,,\nnoise,,,,,,,,,,,,,,,\n", wishes=Wishes()
    )
    assert [each.reason for each in table.refused] == ["record", "record"]


# --- detours and what the time went to ------------------------------------------------------------
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
