"""What is taken out comes in again: the same to the second, whatever the clock did."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.images import make as images
from tests.videos import make as videos
from tests.writing import make as writing
from timelog.bring_in import bring_in, take_back
from timelog.incoming import read
from timelog.models import Detour, Intention, Kind, Milestone, OpeningBalance, TimeEntry, TimeLink

from . import make
from .make import empty, reconcile, written

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
