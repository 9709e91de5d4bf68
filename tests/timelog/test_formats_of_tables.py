"""Tables of other time trackers: each with the traps its program sets."""

from datetime import UTC, date, datetime

import pytest

from timelog.incoming import NotRead, Wishes, read

from .exports import CLOCKIFY_HEAD, TOGGL_HEAD, clockify, toggl

D = date
NINE = ("2026-11-19 09:00:00", "2026-11-19 11:30:00", "02:30:00")


def found(data, **wishes):
    return read(data if isinstance(data, bytes) else data.encode(), wishes=Wishes(**wishes))


def rows(data, **wishes):
    return [(each.day, each.seconds, each.kind, each.note) for each in found(data, **wishes).spent]


def why_not(data, **wishes):
    with pytest.raises(NotRead) as refused:
        found(data, **wishes)
    return refused.value.reason, refused.value.about


def reasons(asides):
    return [(each.line, each.reason) for each in asides]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


# --- Toggl ----------------------------------------------------------------------------------------
def test_toggl_has_a_mark_and_no_zone_and_asks_for_it():
    data = toggl(("写作", "第十四章, 重写", *NINE, "night, focus"))
    assert why_not(data) == ("zone", "")
    reading = found(data, zone="Asia/Shanghai")
    assert (reading.format, reading.zone) == ("toggl", "Asia/Shanghai")
    only = reading.spent[0]
    assert (only.line, only.day, only.seconds, only.kind) == (2, D(2026, 11, 19), 9000, "写作")
    assert only.note == "第十四章, 重写 · #night #focus"
    assert (only.start, only.end, only.zone) == (
        utc(2026, 11, 19, 1),
        utc(2026, 11, 19, 3, 30),
        "Asia/Shanghai",
    )


@pytest.mark.parametrize(
    "head",
    [
        TOGGL_HEAD.replace("Amount (EUR)", "Amount ()"),
        TOGGL_HEAD.replace(",Amount (EUR)", ""),
        TOGGL_HEAD.replace("End date,End time", "Stop date,Stop time"),
        TOGGL_HEAD.replace("User,Email", "Member,Email"),
    ],
)
def test_the_headings_of_toggl_vary(head):
    data = toggl(("Film", "shot 07", *NINE, ""), head=head)
    if "Amount" not in head:
        data = data.replace(b'"",\r\n', b'""\r\n')
    assert rows(data, zone="UTC") == [(D(2026, 11, 19), 9000, "Film", "shot 07")]


def test_rows_of_several_people_are_asked_about_and_only_one_is_taken():
    mine = toggl(("Film", "a", *NINE, ""), ("Film", "b", *NINE, ""))
    other = toggl(("Film", "c", *NINE, ""), person="Wen,wen@example.org")
    data = mine + other.split(b"\r\n", 1)[1]
    assert why_not(data, zone="UTC") == ("person", "lin@example.org, wen@example.org")
    assert [row[3] for row in rows(data, zone="UTC", person="wen@example.org")] == ["c"]


def test_rows_that_cannot_be_are_listed_by_line():
    data = toggl(
        ("Film", "a", *NINE, ""),
        ("Film", "b", "2026-11-31 09:00:00", "2026-11-19 11:30:00", "02:30:00", ""),
        ("Film", "c", "2026-11-19 25:00:00", "2026-11-19 11:30:00", "02:30:00", ""),
        ("Film", "d", "2026-11-19 09:00:00", "2026-11-19 08:00:00", "-01:00:00", ""),
        ("Film", "e", "2026-11-19 09:00:00", "2026-11-21 09:00:00", "48:00:00", ""),
        ("Film", "f", "2026-11-19 09:00:00", "2026-11-19 09:00:00", "00:00:00", ""),
        ("Film", "g", "2026-11-19 09:00:00", "2026-11-19 10:00:00", "=1+1", ""),
    )
    reading = found(data, zone="UTC")
    assert [each.note for each in reading.spent] == ["a"]
    assert reasons(reading.refused) == [
        (3, "moment"),
        (4, "moment"),
        (5, "negative"),
        (6, "too_long"),
        (8, "formula"),
    ]
    assert reasons(reading.left_out) == [(7, "no_hours")]


# --- the nights when the clock is changed ---------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "start", "end", "length", "seconds"),
    [
        ("Europe/Berlin", "2026-03-29 01:00:00", "2026-03-29 04:00:00", "02:00:00", 7200),
        ("Europe/Berlin", "2026-10-25 01:00:00", "2026-10-25 04:00:00", "04:00:00", 14400),
        ("Australia/Lord_Howe", "2026-04-04 23:00:00", "2026-04-05 04:00:00", "05:30:00", 19800),
        ("Asia/Shanghai", "2026-03-29 01:00:00", "2026-03-29 04:00:00", "03:00:00", 10800),
    ],
)
def test_lengths_are_those_of_the_instants(zone, start, end, length, seconds):
    only = found(toggl(("Film", "", start, end, length, "")), zone=zone).spent[0]
    assert (only.end - only.start).total_seconds() == only.seconds == seconds
    assert only.doubt == ""


def test_a_time_that_came_twice_is_settled_by_the_length_or_else_pointed_out():
    night = ("2026-10-25 02:30:00", "2026-10-25 03:30:00")
    first = found(toggl(("a", "", *night, "02:00:00", "")), zone="Europe/Berlin").spent[0]
    second = found(toggl(("a", "", *night, "01:00:00", "")), zone="Europe/Berlin").spent[0]
    assert (first.start, first.doubt) == (utc(2026, 10, 25, 0, 30), "")
    assert (second.start, second.doubt) == (utc(2026, 10, 25, 1, 30), "")
    both = ("2026-10-25 02:10:00", "2026-10-25 02:30:00")
    third = found(toggl(("a", "", *both, "00:20:00", "")), zone="Europe/Berlin").spent[0]
    assert (third.start, third.seconds, third.doubt) == (utc(2026, 10, 25, 0, 10), 1200, "twice")


def test_a_time_that_never_was_is_read_as_if_the_clock_had_gone_on():
    row = ("a", "", "2026-03-29 02:30:00", "2026-03-29 04:00:00", "00:30:00", "")
    only = found(toggl(row), zone="Europe/Berlin").spent[0]
    assert (only.start, only.seconds, only.doubt) == (utc(2026, 3, 29, 1, 30), 1800, "never")


def test_a_length_that_is_more_than_its_start_and_end_is_pointed_out():
    row = ("a", "", "2026-11-19 09:00:00", "2026-11-19 10:00:00", "02:00:00", "")
    only = found(toggl(row), zone="UTC").spent[0]
    assert (only.seconds, only.doubt) == (7200, "length")


def test_the_day_is_that_of_the_wall_clock_and_of_the_studios_first_hour():
    row = ("a", "", "2026-11-20 02:00:00", "2026-11-20 03:00:00", "01:00:00", "")
    assert rows(toggl(row), zone="Asia/Shanghai")[0][0] == D(2026, 11, 20)
    assert rows(toggl(row), zone="Asia/Shanghai", day_starts_at=4)[0][0] == D(2026, 11, 19)


# --- Clockify -------------------------------------------------------------------------------------
def test_clockify_is_read_with_the_order_that_fits_the_whole_file():
    sure = ("Film", "b", "25/11/2026", "14:00", "25/11/2026", "15:00", "01:00:00")
    open_ = ("写作", "a", "03/11/2026", "10:23 AM", "03/11/2026", "12:23 PM", "02:00:00")
    assert rows(clockify(open_, sure), zone="UTC") == [
        (D(2026, 11, 3), 7200, "写作", "a"),
        (D(2026, 11, 25), 3600, "Film", "b"),
    ]
    assert why_not(clockify(open_), zone="UTC") == ("order", "03/11/2026")
    assert rows(clockify(open_), zone="UTC", date_order="mdy")[0][0] == D(2026, 3, 11)


@pytest.mark.parametrize(
    ("start", "end"),
    [("10:23 AM", "12:23 PM"), ("10:23:00 AM", "12:23:00 PM"), ("10:23", "12:23")],
)
def test_times_of_clockify_come_with_and_without_halves_and_seconds(start, end):
    row = ("Film", "", "11/19/2026", start, "11/19/2026", end, "02:00:00")
    only = found(clockify(row), zone="UTC").spent[0]
    assert (only.start, only.end) == (utc(2026, 11, 19, 10, 23), utc(2026, 11, 19, 12, 23))


def test_midnight_and_noon_are_not_mistaken_and_a_night_goes_over_the_date():
    row = ("Film", "", "11/19/2026", "11:30 PM", "11/20/2026", "12:15 AM", "00:45:00")
    assert rows(clockify(row), zone="UTC") == [(D(2026, 11, 19), 2700, "Film", "")]


def test_columns_of_clockify_vary_and_rows_may_be_short():
    head = CLOCKIFY_HEAD.replace('"Client",', "").replace('"Task"', '"Activity"')
    text = (
        f'{head},"Type","Invoiced","Invoice ID","Date of creation"\n'
        '"Film","shot","Grade","Lin","","lin@example.org","a, b","No","11/19/2026","09:00:00 AM",'
        '"11/19/2026","10:00:00 AM","01:00:00","1.00"\n'
    )
    assert rows(text, zone="UTC") == [(D(2026, 11, 19), 3600, "Film", "shot · Grade · #a #b")]


# --- Kimai, Harvest, any table --------------------------------------------------------------------
def test_a_table_of_kimai_is_read():
    text = (
        "Date,From,To,Duration,Username,Customer,Project,Activity,Description,Tags\n"
        "2026-11-19,22:00,01:30,3:30,lin,Own,Film,Grade,shot 07,night\n"
    )
    reading = found(text, zone="Asia/Shanghai")
    only = reading.spent[0]
    assert (reading.format, only.kind, only.note) == ("kimai", "Film", "shot 07 · Grade · #night")
    assert (only.start, only.end) == (utc(2026, 11, 19, 14), utc(2026, 11, 19, 17, 30))


HARVEST = "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,First Name,Last Name\n"


def test_harvest_tells_a_day_and_hours_and_commas_are_settled_by_the_whole_file():
    text = HARVEST + '2026-11-19,Own,Film,,Grade,shot 07,"1,5",No,L,Lin\n'
    assert rows(text) == [(D(2026, 11, 19), 5400, "Film", "shot 07 · Grade")]
    thousands = found(text + '2026-11-20,Own,Film,,Grade,x,"2.000,0",No,L,Lin\n')
    assert reasons(thousands.refused) == [(3, "too_long")]
    assert thousands.refused[0].about == "2000:00:00"
    dots = HARVEST + "2026-11-19,Own,Film,,Grade,shot 07,1.25,No,L,Lin\n"
    assert rows(dots)[0][1] == 4500


def test_harvest_of_several_people_is_asked_about_also_where_rows_are_short():
    text = HARVEST + "2026-11-19,O,Film,,G,a,1,No,L,Lin\n2026-11-19,O,Film,,G,b,2,No,W,Wen\n"
    assert why_not(text) == ("person", "L Lin, W Wen")
    assert [row[3] for row in rows(text, person="W Wen")] == ["b · G"]
    assert len(rows(text + "2026-11-20,O,Film,,G,c,1\n", person="L Lin")) == 2


def test_any_table_with_a_start_and_an_end_is_read():
    solid = (
        "description,billable,client,project,tags,start,end,task,user_name,user_email\n"
        "shot 07,false,,Film,night,2026-11-19T01:00:00Z,2026-11-19T03:30:00Z,,L,l@example.org\n"
    )
    reading = found(solid, home="Asia/Shanghai")
    assert (reading.format, reading.spent[0].zone) == ("csv", "Asia/Shanghai")
    assert reading.spent[0].start == utc(2026, 11, 19, 1)
    drytrix = (
        "project_name,client_name,task_name,start_time,end_time,duration_hours,notes,tags\n"
        "Film,Own,Grade,2026-11-19 09:00:00,2026-11-19 11:30:00,2.5,x,\n"
    )
    assert rows(drytrix, zone="UTC") == [(D(2026, 11, 19), 9000, "Film", "x · Grade")]
    chinese = "日期,开始时间,结束时间,项目,备注\n2026年11月19日,22:00,01:00,写作,灯塔\n"
    assert rows(chinese, zone="Asia/Shanghai") == [(D(2026, 11, 19), 10800, "写作", "灯塔")]
    assert why_not(chinese) == ("zone", "")


def test_a_zone_in_the_row_is_kept_and_one_that_is_none_refuses_the_file():
    text = "start,end,zone\n2026-11-19 22:00,2026-11-20 01:00,{}\n"
    only = found(text.format("America/New_York"), zone="UTC").spent[0]
    assert (only.start, only.zone) == (utc(2026, 11, 20, 3), "America/New_York")
    assert why_not(text.format("Mars/Olympus"), zone="UTC") == ("no_zone", "Mars/Olympus")


def test_a_break_is_taken_off_where_no_length_is_told():
    text = "start,end,break\n2026-11-19 09:00,2026-11-19 12:00,0:30\n"
    only = found(text, zone="UTC").spent[0]
    assert (only.seconds, (only.end - only.start).total_seconds()) == (9000, 10800)
