"""What the pages say of the hours to come, in both languages, and what it costs."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from projects.worlds.models import World
from projects.writing.models import Book
from studio.store.models import Job, Setting
from timelog.models import DayTotal, Forecast, ForecastBand, Kind, Milestone, OpeningBalance

from . import make

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 19)
HOUR = 3600


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def told():
    """A year of five hours a day of film and two of writing, forecast."""
    days = [THURSDAY - timedelta(days=n) for n in range(1, 365)]
    hours = {"video": 5, "writing": 2}
    DayTotal.add_all(
        {(day, make.kind(key).pk): more * HOUR for day in days for key, more in hours.items()}
    )
    Forecast.objects.make()


def page_of(client, address="/time/", **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def in_chinese(owner):
    owner.language = "zh-hans"
    owner.save()


# --- the fan --------------------------------------------------------------------------------------
def test_the_line_goes_on_as_a_fan_with_both_bands_and_says_when(studio_client, told):
    page = page_of(studio_client)
    # One wide and one narrow, each with two bands that its ground clips.
    assert page.count('<path class="fan" d="M') == page.count('<path class="fan in" d="M') == 2
    for name in ("wide", "narrow"):
        assert f'<g clip-path="url(#ground-{name})">' in page
        assert page.count(f'id="ground-{name}"') == 1
    label = re.search(r'aria-label="(1,820 h since [^"]*)"', page)[1]
    assert re.fullmatch(
        r"1,820 h since 20 November 2025; 2,000 h between \d+ \w+ and \d+ \w+, most likely \d+ \w+"
        r"; 10,000 h between \w+ 20\d\d and \w+ 20\d\d, most likely \w+ 20\d\d",
        label,
    )
    assert "8 times in 10" in page
    assert "5 times in 10" in page
    assert "flat line, no forecast" not in page
    assert re.search(r"180 h to go, between \d+ \w+ and \d+ \w+, most likely \d+ \w+<", page)


def test_the_table_has_the_bands_in_numbers(studio_client, told):
    page = page_of(studio_client)
    rows = page.split("Hours foretold</caption>")[1].split("</table>")[0]
    assert re.findall(r'<th scope="col">([^<]*)', rows) == [
        "Until",
        "80% band",
        "50% band",
        "The middle",
    ]
    days = re.findall(r'<th scope="row">([^<]*)', rows)
    assert days[:4] == ["16 Dec 2026", "17 Feb 2027", "19 May 2027", "17 Nov 2027"]
    first = re.search(r"<td>([\d,]+) – ([\d,]+)</td><td>([\d,]+) – ([\d,]+)</td><td>([\d,]+)", rows)
    low, high, lower, upper, middle = (int(each.replace(",", "")) for each in first.groups())
    assert 1820 < low <= lower <= middle <= upper <= high < 2400


def test_in_chinese_nothing_of_it_is_english(studio_client, owner, told):
    in_chinese(owner)
    page = page_of(studio_client)
    assert re.search(r"2,000 小时 12月\d+日至 (12|1)月\d+日之间，最可能在 12月\d+日", page)
    assert "2026年11月19日预测，依据个人记录。" in page
    assert "十次中八次" in page
    assert "若时数另作分配" in page
    for english in ("between", "most likely", "times in 10", "Foretold", "of writing", "band"):
        assert english not in re.sub(r"<[^>]*>", " ", page), english


def test_numbers_of_the_fan_are_written_with_points(studio_client, owner, told):
    in_chinese(owner)
    for path in re.findall(r'class="fan[^"]*" d="([^"]*)"', page_of(studio_client)):
        assert re.fullmatch(r"[ML0-9. -]+", path)


def test_while_there_is_no_forecast_the_flat_line_stays(studio_client):
    make.entry(5, kind="video", day=THURSDAY)
    page = page_of(studio_client)
    assert "At the pace of the last four weeks, 1 h 15 a week: a flat line, no forecast." in page
    assert 'class="fan' not in page
    assert "If the hours were shared another way" not in page


def test_a_forecast_of_another_day_is_shown_and_a_new_one_asked_for(studio_client, told, thursday):
    assert 'hx-post="/time/forecast/"' not in page_of(studio_client)
    thursday.shift(timedelta(days=1))
    page = page_of(studio_client)
    assert "Foretold on 19 November 2026 from your own log." in page
    assert 'hx-post="/time/forecast/" hx-trigger="load" hx-target="#way"' in page
    answer = studio_client.post("/time/forecast/")
    assert (answer.status_code, answer["Location"]) == (302, "/time/?wait=0")
    assert Job.objects.about("forecast", 0).unfinished().count() == 1


def test_the_page_waits_for_the_new_one_but_not_for_ever(studio_client, told, thursday, run_jobs):
    thursday.shift(timedelta(days=1))
    part = page_of(studio_client, "/time/?wait=0", HX_Target="way")
    assert 'hx-get="/time/?wait=1" hx-trigger="load delay:2s" hx-target="#way"' in part
    assert "<html" not in part
    assert "Looking ahead" not in page_of(studio_client, "/time/?wait=7", HX_Target="way")
    studio_client.post("/time/forecast/")
    assert run_jobs() == 1
    part = page_of(studio_client, "/time/?wait=1", HX_Target="way")
    assert "Foretold on 20 November 2026 from your own log." in part
    assert "Looking ahead" not in part


def test_a_request_to_look_ahead_is_no_get(studio_client):
    assert studio_client.get("/time/forecast/").status_code == 405


# --- the score ------------------------------------------------------------------------------------
def score(held, missed):
    forecast = Forecast.objects.get(kinds=str(make.kind("video").pk))
    for n in range(held + missed):
        ForecastBand.objects.create(
            forecast=forecast, weeks=4, low=0, high=1, due=THURSDAY, held=n < held
        )


def test_it_says_how_often_its_bands_held(studio_client, told):
    score(31, 9)
    assert "80% bands held 31 of 40 times (78%)." in page_of(studio_client)


def test_a_few_outcomes_are_too_few_and_with_none_the_first_day_is_said(studio_client, owner, told):
    assert "not known yet; the first can be told on 17 December 2026." in page_of(studio_client)
    score(3, 1)
    assert "80% bands held 3 of 4 times so far, too few to say more." in page_of(studio_client)
    in_chinese(owner)
    assert "80% 区间至今 4 次中应验 3 次，次数尚少，不足为凭。" in page_of(studio_client)


# --- other people's logs --------------------------------------------------------------------------
def test_with_hours_carried_over_alone_the_arithmetic_and_other_people_s_years(
    studio_client, owner
):
    OpeningBalance.objects.create(
        kind=make.kind("video"),
        seconds=1947 * HOUR,
        began=THURSDAY - timedelta(days=365),
        as_of=THURSDAY,
    )
    Forecast.objects.make()
    page = page_of(studio_client)
    assert "From other people's logs, not yet yours" in page.replace("&#x27;", "'")
    assert "At a flat 37 h 20 a week: 2,000 h in 9.9 days, 10,000 h in 4.14 years" in page
    assert "8,053 h to go, between June 2029 and April 2032, most likely December 2030" in page
    assert "5 times in 10" not in page
    assert 'class="fan in"' not in page
    in_chinese(owner)
    page = page_of(studio_client)
    assert "若一直每周 37 小时 20 分： 2,000 小时需 9.9 天，10,000 小时需 4.14 年" in page


# --- this level -----------------------------------------------------------------------------------
def test_this_level_is_set_said_and_taken_back(studio_client, told):
    answer = studio_client.post("/time/level/", {"began": "2026-06-01"})
    assert (answer.status_code, answer["Location"]) == (302, "/time/kinds/#level")
    assert Setting.read("time.level_from") == "2026-06-01"
    assert 'name="began" value="2026-06-01"' in page_of(studio_client, "/time/kinds/")
    Forecast.objects.make()
    page = page_of(studio_client)
    assert "Foretold on 19 November 2026 from your own log since 1 June 2026." in page
    studio_client.post("/time/level/", {"began": ""})
    assert Setting.read("time.level_from") is None


def test_a_level_that_is_no_day_changes_nothing(studio_client):
    answer = studio_client.post("/time/level/", {"began": "spring"})
    assert answer.status_code == 422
    assert "Enter a valid date." in answer.content.decode()
    assert Setting.read("time.level_from") is None
    assert studio_client.get("/time/level/")["Location"] == "/time/kinds/#level"


def test_hours_carried_over_may_say_since_when_they_were_gathered(studio_client):
    form = {"kind": make.kind("video").pk, "hours": "1947", "note": ""}
    sent = {**form, "began": "2025-11-19", "as_of": "2026-11-19"}
    assert studio_client.post("/time/balance/", sent).status_code == 302
    page = page_of(studio_client, "/time/kinds/")
    assert "from 19 November 2025 to 19 November 2026" in page
    answer = studio_client.post("/time/balance/", {**sent, "began": "2026-11-19"})
    assert answer.status_code == 422
    assert "Write a day before the one the hours are counted on." in answer.content.decode()


def test_hours_carried_over_come_back_with_their_beginning():
    balance = OpeningBalance.objects.create(
        kind=make.kind(), seconds=1, began=date(2025, 1, 1), as_of=THURSDAY
    )
    OpeningBalance.bring_back(balance.remove())
    assert OpeningBalance.objects.get().began == date(2025, 1, 1)


# --- the shares -----------------------------------------------------------------------------------
def test_the_slider_stands_where_the_last_half_year_was(studio_client, told):
    page = page_of(studio_client)
    assert 'name="film" min="5" max="95" value="71"' in page
    assert "35 h of film craft and 14 h of writing a week" in page
    assert "as in the last half year" in page
    assert "No date: it needs a target length or an open rewrite pass" in page


def test_another_share_moves_both_dates_without_a_script(studio_client, told):
    made = World.objects.create(title="W")
    book = Book.objects.create(world=made, title="Halting", target=100_000)
    way = {"book": book.pk, "title": "Halting", "language": "en", "hours": 1100.2, "number": 0}
    Forecast.objects.filter(kinds=str(make.kind().pk)).update(way=way)

    def facts(share):
        page = page_of(studio_client, f"/time/?film={share}")
        found = page.split('<dl class="facts')[1].split("</dl>")[0]
        assert "1,101 h of writing left" in found
        return re.findall(r"<dd>([^<]*)</dd>", found)

    [film_now, book_now], [film_less, book_more] = facts(71), facts(36)
    years = [int(each.split()[-1]) for each in (film_less, film_now)]
    assert years[0] - years[1] in {4, 5}  # 4.5 years are twice as long with half the share
    assert re.search(r"most likely \w+ 2028", book_now)  # 550 days at two hours a day
    assert re.search(r"most likely \d+ \w+", book_more)  # 250 days at four and a half
    assert "as in the last half year" not in page_of(studio_client, "/time/?film=36")


def test_the_script_gets_the_dates_alone(studio_client, told):
    part = page_of(studio_client, "/time/?film=40", HX_Target="allocation")
    assert part.startswith('<p class="share-said">')
    assert "<input" not in part  # what is being dragged is never swapped


@pytest.mark.parametrize("written", ["", "x", "1e999", "-5", "9" * 400])
def test_a_share_that_is_none_breaks_nothing(studio_client, told, written):
    assert "If the hours were shared another way" in page_of(
        studio_client, f"/time/?film={written}&wait={written}"
    )


# --- what it costs --------------------------------------------------------------------------------
def test_many_sets_of_kinds_and_forecasts_cost_no_query_more(studio_client, told):
    page_of(studio_client, "/")  # the first page of all asks SQLite what it can do
    costs = set()
    for number in range(3):
        kind = Kind.objects.create(key=f"more-{number}", name=f"更多 {number}")
        Milestone.objects.add(9000 + number, [kind, make.kind("video")])
        Forecast.objects.make()
        score(2, 1)
        pages = ("/time/", "/time/kinds/", "/")
        costs.add(tuple(make.queries(studio_client, page) for page in pages))
    [(time, _kinds, today)] = costs
    assert (time, today <= 12) == (14, True)
