"""The charts on the page: what they say in both languages, what they cost, and that they add up."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.store.models import Setting
from timelog.models import DayTotal, Kind, Milestone, OpeningBalance, TimeEntry
from timelog.state import Hours

from . import make

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 19)
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(NOON, tick=False):
        yield


def page_of(studio_client, address="/time/"):
    answer = studio_client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def fill(years, hours=1):
    """So many years of days, with all three kinds on each."""
    kinds = list(Kind.objects.all())
    days = [THURSDAY - timedelta(days=n) for n in range(365 * years)]
    seconds = hours * 3600
    TimeEntry.objects.bulk_create(
        [TimeEntry(kind=kind, day=day, seconds=seconds) for kind in kinds for day in days],
        batch_size=500,
    )
    DayTotal.add_all({(day, kind.pk): seconds for kind in kinds for day in days})


# --- what they say --------------------------------------------------------------------------------
def test_an_empty_room_has_no_charts_and_says_what_will_be_there(studio_client):
    page = page_of(studio_client)
    assert "Each day with hours becomes a cell here" in page
    assert "The line begins with the first hour." in page
    assert "No hours in the last twelve weeks." in page
    assert 'class="heat"' not in page
    assert 'class="chart' not in page
    assert page.count("no date at this pace") == 2


def test_the_map_says_each_day_and_marks_today(studio_client):
    make.entry(2.5, day=date(2026, 11, 17))
    make.entry(0.5, kind="detour", day=date(2026, 11, 17))
    make.entry(1, day=THURSDAY)
    page = page_of(studio_client)
    label = "4 h on 2 days since 17 November 2025; most on 17 November 2026, 3 h"
    assert f'role="img" aria-label="{label}"' in page
    assert '<rect class="heat-4" y="21"><title>17 Nov 2026: 3 h</title></rect>' in page
    assert '<rect class="heat-0" y="42"><title>18 Nov 2026: –</title></rect>' in page
    today = '<title>19 Nov 2026: 1 h</title></rect><rect class="heat-today" x="-2" y="61"/>'
    assert page.count(today) == page.count("heat-today") == 1
    assert len(re.findall('<rect class="heat-[0-4]" y="[0-9]+"><title>', page)) == 52 * 7 + 4
    assert '<th scope="row">16 Nov 2026</th><td>–</td><td>3 h</td><td>–</td><td>1 h</td>' in page


def test_the_line_says_where_it_began_where_it_is_and_where_a_flat_pace_leads(studio_client):
    OpeningBalance.objects.create(
        kind=make.kind("video"), seconds=1919 * 3600, as_of=date(2026, 1, 5)
    )
    for n in range(28):
        make.entry(1, kind="video", day=THURSDAY - timedelta(days=n))
    page = page_of(studio_client)
    label = "1,947 h since 5 January 2026; 2,000 h about January 2027; 10,000 h about December 2048"
    assert page.count(f'role="img" aria-label="{label}"') == 2  # a wide one and a narrow one
    assert "1,919 h carried over, as of 5 January 2026" in page
    assert ">1,947 h today</text>" in page
    assert "Film craft, since 5 January 2026" in page
    assert '<th scope="row">19 Nov 2026</th><td>1,947 h</td>' in page
    assert '<th scope="row">31 Jan 2026</th><td>1,919 h</td>' in page


def test_the_charts_name_months_and_days_in_chinese(studio_client, owner):
    owner.language = "zh-hans"
    owner.save()
    fill(1)
    page = page_of(studio_client)
    months = re.search(r'class="heat-months".*?</svg>', page)[0]
    assert re.findall(r">(\d+月)<", months)[:3] == ["12月", "1月", "2月"]
    assert "<title>2026年11月17日" in page
    assert "1:00" in page  # a cell of the table, in little room
    narrow = page.split('class="chart climb narrow"')[1].split("</svg>")[0]
    assert re.search(r">\d{4}年\d+月( →)?</text>", narrow)
    weeks = re.search(r'class="weeks-days.*?</div>', page)[0]
    assert re.findall(r"\d+月", weeks) == ["9月", "10月", "11月"]
    assert not re.search(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|November)\b", page)


def test_numbers_of_a_picture_are_written_with_points_in_every_language(studio_client, owner):
    owner.language = "zh-hans"
    owner.save()
    fill(1)
    Milestone.objects.add(123_456, [make.kind("video")])
    page = page_of(studio_client)
    for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "d", "dy"):
        for value in re.findall(rf' {name}="([^"]*)"', page):
            assert re.fullmatch(r"[-MLhvaA-Za-z0-9. %]*", value), (name, value)


def test_nothing_on_the_page_has_a_style_of_its_own(studio_client):
    fill(1)
    assert "style=" not in page_of(studio_client)


def test_twelve_weeks_lead_to_their_entries(studio_client):
    make.entry(3, day=date(2026, 11, 10), note="第十四章")
    make.entry(1, kind="video", day=date(2026, 11, 11))
    page = page_of(studio_client)
    row = '<a href="/time/?week=2026-W46">9 Nov 2026</a></th><td>4 h</td><td>3 h (75%)</td>'
    assert row in page
    assert "第十四章" in page_of(studio_client, "/time/?week=2026-W46")


# --- what they cost -------------------------------------------------------------------------------
def test_a_year_and_ten_years_cost_the_same_few_queries(studio_client):
    fill(1)
    one = make.queries(studio_client, "/time/")
    TimeEntry.objects.all().delete()
    DayTotal.objects.all().delete()
    fill(10)
    assert (one, make.queries(studio_client, "/time/")) == (15, 15)


def test_many_kinds_milestones_and_balances_cost_no_query_more(studio_client):
    costs = set()
    for number in range(3):
        kind = Kind.objects.create(key=f"more-{number}", name=f"更多 {number}", weekly=3600)
        OpeningBalance.objects.create(kind=kind, seconds=9**7, as_of=date(2026, 11, 1))
        Milestone.objects.add(100 + number, [kind, make.kind("video")])
        make.entry(1, kind=kind, day=THURSDAY)
        pages = ("/time/", "/time/kinds/")
        costs.add(tuple(make.queries(studio_client, page) for page in pages))
    assert len(costs) == 1


# --- which day ------------------------------------------------------------------------------------
def test_an_hour_after_midnight_is_a_cell_of_the_day_before(studio_client):
    Setting.write("time.zone", "Asia/Shanghai")
    Setting.write("time.day_starts_at", 4)
    shanghai = ZoneInfo("Asia/Shanghai")
    began = datetime(2026, 11, 20, 1, 30, tzinfo=shanghai)
    TimeEntry.objects.start(make.kind(), now=began)
    TimeEntry.objects.stop(now=began + timedelta(hours=2))
    with time_machine.travel(datetime(2026, 11, 20, 3, 45, tzinfo=shanghai), tick=False):
        page = page_of(studio_client)
    assert '<title>19 Nov 2026: 2 h</title></rect><rect class="heat-today"' in page
    with time_machine.travel(datetime(2026, 11, 20, 4, 15, tzinfo=shanghai), tick=False):
        page = page_of(studio_client)
    assert '<title>19 Nov 2026: 2 h</title></rect><rect class="heat-4"' not in page
    assert '<title>20 Nov 2026: –</title></rect><rect class="heat-today"' in page


def test_nights_with_a_change_of_the_clock_have_their_own_length(studio_client):
    """23 and 25 hours from midnight to midnight in Berlin are what was really spent."""
    Setting.write("time.zone", "Europe/Berlin")
    Setting.write("time.day_starts_at", 0)
    berlin = ZoneInfo("Europe/Berlin")
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        TimeEntry.objects.start(
            make.kind(), now=datetime(day.year, day.month, day.day, tzinfo=berlin)
        )
        end = day + timedelta(days=1)
        TimeEntry.objects.stop(now=datetime(end.year, end.month, end.day, tzinfo=berlin))
        assert DayTotal.objects.get(day=day).seconds == hours * 3600
    page = page_of(studio_client)
    assert "<title>29 Mar 2026: 23 h</title>" in page
    assert "<title>25 Oct 2026: 25 h</title>" in page


# --- that they add up -----------------------------------------------------------------------------
class TestAnyLog:
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["writing", "video", "detour"]),
                st.integers(-500, 3),
                st.integers(1, 86_400),
            ),
            max_size=20,
        ),
        st.lists(st.tuples(st.integers(-900, 0), st.integers(1, 10**7)), max_size=2),
    )
    def test_every_chart_adds_up_to_the_log(self, rows, carried):
        OpeningBalance.objects.all().delete()
        TimeEntry.objects.all().delete()
        DayTotal.objects.all().delete()
        Kind.objects.update(seconds=0)
        for key, days, seconds in rows:
            day = THURSDAY + timedelta(days=days)
            TimeEntry.objects.log(make.kind(key), day, seconds)
        for days, seconds in carried:
            day = THURSDAY + timedelta(days=days)
            OpeningBalance.objects.create(kind=make.kind("video"), seconds=seconds, as_of=day)
        hours = Hours()
        entries = list(TimeEntry.objects.values_list("day", "kind__key", "seconds"))

        def spent(first, last):
            return sum(seconds for day, _key, seconds in entries if first <= day <= last)

        sunday = date(2026, 11, 22)
        assert hours.heat.amount == spent(date(2025, 11, 17), sunday)
        assert sum(column.seconds for column in hours.weeks) == spent(date(2026, 8, 31), sunday)
        assert hours.week.seconds == hours.weeks[-1].seconds == spent(date(2026, 11, 16), sunday)
        video = sum(seconds for _day, key, seconds in entries if key == "video")
        total = video + sum(seconds for _days, seconds in carried)
        assert [chart.seconds for chart in hours.climbs] == ([total, total] if total else [])
        assert [one.seconds for one in hours.standings] == [total, total]
        if total:
            assert hours.climb_table[-1] == (THURSDAY, total)
        with translation.override("en"):
            assert hours.horizon.hours == sum(chart.hours for chart in hours.climbs[:1])
