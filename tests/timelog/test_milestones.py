"""Milestones: the kinds they name, the day they were reached, the day a flat pace comes to."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from timelog.models import Kind, Milestone, OpeningBalance

from . import make

pytestmark = pytest.mark.django_db
ADDRESS = "/time/kinds/"
THURSDAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=False):
        yield


def text_of(answer):
    return " ".join(answer.content.decode().split())


def said(answer):
    return [(str(message), message.extra_tags) for message in answer.wsgi_request._messages]


def kept():
    return [
        (each.hours, each.name, [kind.key for kind in each.kinds.order_by("pk")])
        for each in Milestone.objects.all()
    ]


def given(hours="500", kinds=("video",), name="半程"):
    return {"hours": hours, "kinds": [make.kind(key).pk for key in kinds], "name": name}


BORN = [(2000, "", ["video"]), (10000, "", ["video"])]


# --- setting, changing, removing ------------------------------------------------------------------
def test_a_milestone_names_the_kinds_it_counts(studio_client):
    answer = studio_client.post("/time/milestones/new/", given(kinds=("writing", "video")))
    assert answer.url == ADDRESS
    assert kept() == [(500, "半程", ["writing", "video"]), *BORN]
    page = text_of(studio_client.get(ADDRESS))
    assert '500 h</b> <span class="meta">Writing, Film craft, <span lang="zh-Hans">半程' in page


@pytest.mark.parametrize(
    "change", [{"hours": "0"}, {"hours": "x"}, {"hours": "1000001"}, {"kinds": []}]
)
def test_a_milestone_without_hours_or_kinds_is_refused(studio_client, change):
    answer = studio_client.post("/time/milestones/new/", {**given(), **change})
    assert (answer.status_code, kept()) == (422, BORN)
    page = answer.content.decode()
    assert 'value="半程"' in page
    assert page.count('class="error"') == 1


def test_the_same_hours_of_the_same_kinds_twice_are_refused(studio_client):
    answer = studio_client.post("/time/milestones/new/", given(hours="2000"))
    assert (answer.status_code, kept()) == (422, BORN)
    assert "There is such a milestone already." in text_of(answer)
    studio_client.post("/time/milestones/new/", given(hours="2000", kinds=("writing",)))
    assert len(kept()) == 3


def test_a_milestone_is_changed(studio_client):
    milestone = Milestone.objects.get(hours=2000)
    address = f"/time/milestones/{milestone.pk}/edit/"
    page = text_of(studio_client.get(address))
    assert 'value="2000"' in page
    assert f'value="{make.kind("video").pk}" id="id_kinds_1" checked' in page
    answer = studio_client.post(address, given("2500", ("writing",), "中途"))
    assert answer.url == ADDRESS
    assert kept() == [(2500, "中途", ["writing"]), BORN[1]]
    answer = studio_client.post(address, given("2500", ("writing",), "一样"))
    assert (answer.status_code, kept()[0][1]) == (302, "一样")


def test_a_slip_in_a_change_keeps_what_was_written_and_what_was_kept(studio_client):
    milestone = Milestone.objects.get(hours=2000)
    address = f"/time/milestones/{milestone.pk}/edit/"
    for hours, sentence in [("-5", "greater than or equal to 1"), ("10000", "There is such")]:
        answer = studio_client.post(address, given(hours))
        assert (answer.status_code, kept()) == (422, BORN)
        assert 'value="半程"' in answer.content.decode()
        assert sentence in text_of(answer)


def test_a_milestone_keeps_a_kind_that_is_no_longer_used(studio_client):
    Kind.objects.filter(key="video").update(retired=True)
    milestone = Milestone.objects.get(hours=2000)
    studio_client.post(f"/time/milestones/{milestone.pk}/edit/", given("2000", name="两千"))
    assert kept()[0] == (2000, "两千", ["video"])
    answer = studio_client.post("/time/milestones/new/", given("3000"))
    assert answer.status_code == 422


def test_a_removed_milestone_can_be_brought_back_once_as_the_same_one(studio_client):
    milestone = Milestone.objects.add(500, Kind.objects.in_use(), "半程")
    [(words, undo)] = said(studio_client.post(f"/time/milestones/{milestone.pk}/delete/"))
    assert (words, kept()) == ("Removed.", BORN)
    for _ in range(2):  # a second click finds it back
        answer = studio_client.post(undo)
        assert (answer.url, said(answer)[-1][0]) == (ADDRESS, "It is back.")
    assert kept() == [(500, "半程", ["writing", "video", "detour"]), *BORN]
    assert Milestone.objects.get(hours=500).pk == milestone.pk


def test_an_undo_that_is_too_late_forged_or_without_its_kinds_changes_nothing(studio_client):
    milestone = Milestone.objects.get(hours=2000)
    with time_machine.travel(datetime(2026, 11, 17, 12, tzinfo=UTC), tick=False):
        [(_, late)] = said(studio_client.post(f"/time/milestones/{milestone.pk}/delete/"))
    kind = Kind.objects.create(key="brief", name="短")
    other = Milestone.objects.add(7, [kind])
    [*_, (_, orphan)] = said(studio_client.post(f"/time/milestones/{other.pk}/delete/"))
    kind.delete()
    for address in (late, orphan, "/time/milestones/undo/forged/"):
        assert said(studio_client.post(address))[-1][0] == "That can no longer be undone."
    assert kept() == BORN[1:]


def test_an_address_of_no_milestone_is_not_found(studio_client):
    for act in ("edit", "delete"):
        assert studio_client.post(f"/time/milestones/999/{act}/").status_code == 404


# --- when -----------------------------------------------------------------------------------------
def lines(studio_client):
    """What the list of milestones says of each."""
    page = text_of(studio_client.get(ADDRESS))
    return [part.split("</span>")[0] for part in page.split('<span class="meta n">')[1:]]


def test_a_milestone_is_dated_by_the_day_whose_total_passed_it(studio_client):
    make.entry(10, kind="video", day=date(2026, 11, 2))
    make.entry(8, kind="video", day=date(2026, 11, 9))
    make.entry(20, kind="writing", day=date(2026, 11, 1))
    Milestone.objects.add(18, [make.kind("video")])
    assert lines(studio_client)[0] == "reached 9 November 2026"
    make.entry(1, kind="video", day=date(2026, 10, 1))  # what is remembered later moves the day
    assert lines(studio_client)[0] == "reached 9 November 2026"
    make.entry(7, kind="video", day=date(2026, 10, 1))
    assert lines(studio_client)[0] == "reached 2 November 2026"


def test_hours_that_were_carried_over_count_as_of_their_day(studio_client):
    video = make.kind("video")
    OpeningBalance.objects.create(kind=video, seconds=2500 * 3600, as_of=date(2026, 1, 5))
    assert lines(studio_client)[0] == "reached by 5 January 2026"


def test_one_to_come_has_the_day_the_pace_of_four_weeks_comes_to(studio_client):
    video = make.kind("video")
    OpeningBalance.objects.create(kind=video, seconds=1919 * 3600, as_of=date(2026, 1, 5))
    for n in range(28):
        make.entry(1, kind="video", day=THURSDAY - timedelta(days=n))
    make.entry(24, kind="writing", day=THURSDAY)  # not of this milestone
    assert lines(studio_client) == [
        "53 h to go, about 11 January 2027",
        "8,053 h to go, about December 2048",
    ]
    page = text_of(studio_client.get("/time/"))
    assert "53 h to go, about 11 January 2027" in page
    assert "At the pace of the last four weeks, 7 h a week: a flat line, no forecast." in page


def test_without_hours_of_late_or_with_a_lifetime_to_go_it_says_so(studio_client):
    make.entry(10, kind="video", day=date(2026, 10, 1))
    assert lines(studio_client) == [
        "1,990 h to go, no date at this pace",
        "9,990 h to go, no date at this pace",
    ]
    make.entry(1, kind="video", day=THURSDAY)
    assert lines(studio_client) == [
        "1,989 h to go, more than 100 years at this pace",
        "9,989 h to go, more than 100 years at this pace",
    ]
    assert "a flat line, no forecast" in text_of(studio_client.get(ADDRESS))


@pytest.mark.parametrize(
    ("language", "date_of_next"),
    [("en", "11 January 2027"), ("zh-hans", "2027年1月11日")],
)
def test_the_line_on_today_says_the_day_in_the_readers_manner(
    studio_client, owner, language, date_of_next
):
    """Also in the short form a phone shows; never month / day / year."""
    owner.language = language
    owner.save()
    video = make.kind("video")
    OpeningBalance.objects.create(kind=video, seconds=1919 * 3600, as_of=date(2026, 1, 5))
    for n in range(28):
        make.entry(1, kind="video", day=THURSDAY - timedelta(days=n))
    page = studio_client.get("/").content.decode()
    wide, narrow = page.split('class="said narrow"')
    assert date_of_next in wide
    short = {"en": "11 Jan 2027", "zh-hans": "2027年1月11日"}[language]
    assert short in narrow.split("</text>")[0]
