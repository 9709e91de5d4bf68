"""A file of hours is looked at before it is kept, and can be taken back."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studio.store.models import Job
from studio.store.uploads import Uploads
from timelog import waiting_file
from timelog.models import Kind, OpeningBalance, TimeEntry
from timelog.waiting_file import keep_later

from . import make
from .exports import toggl
from .make import reconcile
from .sheets import number, xlsx
from .test_parcel import packed

pytestmark = pytest.mark.django_db
ADDRESS = "/time/import/"
TEXT = """日期,小时,类型,备注,天气
2026-10-31,2.5,写作,第十四章,5
2026-11-18,1.5,Photoshop,shot 07,4
2026-11-19,很久,弯路,,
合计,4,,,
"""


def upload(text=TEXT, name="工时.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, data)


@pytest.fixture
def look(studio_client):
    def act(text=TEXT, name="工时.csv", **more):
        return studio_client.post(ADDRESS, {"file": upload(text, name), **more})

    return act


@pytest.fixture
def keep(studio_client, look):
    def act(text=TEXT, **more):
        seen = look(text)
        return studio_client.post(ADDRESS, {"token": seen.context["token"], "keep": "1", **more})

    return act


def said(answer):
    """The lines at the foot of the page, each with the address of its undo."""
    return [(str(message), message.extra_tags) for message in answer.wsgi_request._messages]


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_file_is_shown_first_and_nothing_is_kept(look):
    seen = look()
    assert (seen.status_code, TimeEntry.objects.count(), Kind.objects.count()) == (200, 0, 3)
    context = seen.context
    assert context["found"].seconds == 14400
    assert [(f"{month:%Y-%m}", seconds, width) for month, seconds, width in context["months"]] == [
        ("2026-10", 9000, 100.0),
        ("2026-11", 5400, 60.0),
    ]
    assert [(name, each.family, each.is_new) for name, each in context["found"].kinds.items()] == [
        ("写作", "writing", False),
        ("photoshop", "video", True),
    ]
    assert context["refused"] == [("", 4, "“很久” is no length; write it as 2:40 or 2.5")]
    assert context["left_out"] == [("", 5, "a total: 合计 4")]
    page = text_of(seen)
    for words in ("4 h", "2 rows, 31 Oct 2026 – 18 Nov 2026", "第十四章", "1 row cannot be read."):
        assert words in page
    assert "<b>天气</b><span>not read</span>" in page


def test_what_was_looked_at_is_kept_and_the_line_offers_to_take_it_back(studio_client, keep):
    answer = keep()
    assert answer.url == "/time/?week=2026-W47"
    batch = TimeEntry.objects.first().batch
    undo = f"/time/batches/{batch}/delete/"
    assert said(answer) == [("2 entries brought in.", undo)]
    assert list(TimeEntry.objects.order_by("day").values_list("day", "seconds", "note")) == [
        (date(2026, 10, 31), 9000, "第十四章"),
        (date(2026, 11, 18), 5400, "shot 07"),
    ]
    reconcile()
    answer = studio_client.post(undo)
    assert answer.url == ADDRESS
    assert said(answer)[-1] == ("2 entries taken back.", "")
    assert (TimeEntry.objects.count(), Kind.objects.count()) == (0, 3)
    reconcile()


def test_the_same_file_again_says_that_all_of_it_is_here(studio_client, look, keep):
    keep()
    seen = look()
    assert (seen.context["found"].known, len(seen.context["found"].new)) == (2, 0)
    assert 'name="keep"' not in seen.content.decode()
    answer = studio_client.post(ADDRESS, {"token": seen.context["token"], "keep": "1"})
    assert said(answer)[-1] == ("All of it was here already.", "")
    assert TimeEntry.objects.count() == 2


def test_the_author_says_what_an_unknown_kind_is(keep):
    keep(**{"kind-1": str(make.kind("video").pk)})
    assert set(TimeEntry.objects.values_list("kind__key", flat=True)) == {"writing", "video"}
    keep("date,hours,kind\n2026-11-19,1,Sound\n", **{"kind-0": "detour"})
    assert Kind.objects.get(name="Sound").family == "detour"


def test_a_choice_that_is_no_kind_is_not_taken(keep):
    keep(**{"kind-0": "9999", "kind-1": "nonsense"})
    assert Kind.objects.get(name="Photoshop").family == "video"


def test_rows_without_a_kind_go_where_the_author_says(look, keep):
    text = "日期,小时\n2026-11-19,1\n"
    assert "Rows without a kind" in look(text).content.decode()
    keep(text, without_kind=str(make.kind("detour").pk))
    assert TimeEntry.objects.get().kind.key == "detour"


def test_what_may_count_twice_is_pointed_out(look):
    make.entry(1, day=date(2026, 11, 18))
    OpeningBalance.objects.create(
        kind=make.kind("video"), seconds=1947 * 3600, as_of=date(2026, 11, 19)
    )
    page = text_of(look())
    assert "On 1 of these days there are other hours already; both are kept." in page
    assert "1,947 h were carried over as one number." in page


def test_an_order_of_dates_that_cannot_be_told_is_asked_for(studio_client, look):
    asked = look("date,hours\n3/11/2026,1\n")
    assert asked.status_code == 422
    assert "3/11/2026 can be two days. Say which number is the day." in text_of(asked)
    token = asked.context["token"]
    seen = studio_client.post(ADDRESS, {"token": token, "order": "dmy"})
    assert [row.day for row, *_ in seen.context["rows"]] == [date(2026, 11, 3)]
    studio_client.post(ADDRESS, {"token": token, "order": "mdy", "keep": "1"})
    assert TimeEntry.objects.get().day == date(2026, 3, 11)


NOON = ("Film", "shot 07", "2026-11-19 09:00:00", "2026-11-19 11:30:00", "02:30:00", "")


def test_a_file_of_toggl_asks_for_its_zone_and_the_next_one_has_the_answer(studio_client, look):
    asked = look(toggl(NOON), "report.csv")
    assert asked.status_code == 422
    assert "The times in this file name no time zone. Say where the clock was." in text_of(asked)
    assert TimeEntry.objects.count() == 0
    token = {"token": asked.context["token"]}
    seen = studio_client.post(ADDRESS, {**token, "zone": "Asia/Shanghai"})
    assert "Toggl · Asia/Shanghai" in text_of(seen)
    assert "09:00–11:30" in text_of(seen)
    studio_client.post(ADDRESS, {**token, "zone": "Asia/Shanghai", "keep": "1"})
    assert TimeEntry.objects.get().started_at == datetime(2026, 11, 19, 1, tzinfo=UTC)
    assert look(toggl(NOON), "report.csv").context["zone"] == "Asia/Shanghai"
    assert studio_client.get(ADDRESS).context["batches"][0]["file"] == "report.csv"
    reconcile()


def test_a_zone_that_is_none_is_refused(studio_client, look):
    token = look(toggl(NOON)).context["token"]
    answer = studio_client.post(ADDRESS, {"token": token, "zone": "<b>"})
    assert (answer.status_code, TimeEntry.objects.count()) == (422, 0)
    assert answer.context["error"].startswith("There is no time zone “<b>”")


def test_a_file_of_several_people_asks_who_is_meant(studio_client, look):
    other = toggl(NOON, person="Wen,wen@example.org").split(b"\r\n", 1)[1]
    token = look(toggl(NOON) + other, "r.csv").context["token"]
    asked = studio_client.post(ADDRESS, {"token": token, "zone": "UTC"})
    assert asked.context["people"] == ("lin@example.org", "wen@example.org")
    seen = studio_client.post(ADDRESS, {"token": token, "zone": "UTC", "person": "wen@example.org"})
    assert len(seen.context["rows"]) == 1


def test_what_should_be_looked_at_twice_is_listed(look, studio_client):
    night = ("Film", "", "2026-10-25 02:10:00", "2026-10-25 02:30:00", "00:20:00", "")
    token = look(toggl(night, night)).context["token"]
    page = text_of(studio_client.post(ADDRESS, {"token": token, "zone": "Europe/Berlin"}))
    assert "2 rows should be looked at twice." in page
    assert "1 row lies over other hours." in page
    assert "1 row says just what another says; all are kept." in page
    assert '<span class="meta">lies over line 2, <span class="n">02:10–02:30</span>' in page


def test_a_known_project_can_be_another_kind_and_that_is_remembered(keep, look):
    keep(**{"kind-0": str(make.kind("detour").pk), "kind-1": str(make.kind("video").pk)})
    assert {entry.kind.key for entry in TimeEntry.objects.all()} == {"detour", "video"}
    again = look().context["found"].kinds
    assert [each.kind.key for each in again.values()] == ["detour", "video"]


def test_another_sheet_can_be_looked_at(studio_client, look):
    head = ["Date", "Hours"]
    data = xlsx([head, [number(46327, 1), 1]], more={"去年": [head, [number(45962, 1), 2]]})
    seen = look(data, "工时.xlsx")
    assert [row.day for row, *_ in seen.context["rows"]] == [date(2026, 11, 1)]
    assert "<option>去年</option>" in seen.content.decode()
    token = seen.context["token"]
    seen = studio_client.post(ADDRESS, {"token": token, "sheet": "去年"})
    assert [row.day for row, *_ in seen.context["rows"]] == [date(2025, 11, 1)]
    studio_client.post(ADDRESS, {"token": token, "sheet": "去年", "keep": "1"})
    assert TimeEntry.objects.get().day == date(2025, 11, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"PK\x03\x04 broken", "The file is damaged; save it again as XLSX or CSV."),
        (bytes(range(256)), "The file is no table; save it as CSV, XLSX or ODS."),
        ("a,b\n1,2\n", "The columns are not clear; name two of them date and hours"),
        ("date,hours\n,\n", "There are no hours in this file."),
        (" ", "The file is empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(look, text, sentence):
    answer = look(text)
    assert answer.status_code == 422
    assert sentence in answer.context["error"]
    assert TimeEntry.objects.count() == 0


def test_no_file_and_an_old_token_say_what_to_do(studio_client):
    assert studio_client.post(ADDRESS).context["error"] == "Choose a file."
    answer = studio_client.post(ADDRESS, {"token": "0" * 32, "keep": "1"})
    assert answer.status_code == 422
    assert answer.context["error"] == "The file has waited too long; choose it again."


def test_a_file_that_was_kept_does_not_wait_any_longer(look, studio_client):
    token = look().context["token"]
    studio_client.post(ADDRESS, {"token": token, "keep": "1"})
    assert Uploads("time").find(token) is None


def test_imports_are_listed_and_each_can_be_taken_back(studio_client, keep):
    keep()
    keep("date,hours\n2026-11-20,1\n")
    batches = studio_client.get(ADDRESS).context["batches"]
    assert [(each["entries"], each["sum"]) for each in batches] == [(1, 3600), (2, 14400)]
    address = f"/time/batches/{batches[1]['batch']}/delete/"
    studio_client.post(address)
    assert TimeEntry.objects.get().day == date(2026, 11, 20)
    answer = studio_client.post(address)
    assert said(answer)[-1] == ("That import was taken back already.", "")
    assert studio_client.get(address).status_code == 405


def test_the_page_costs_the_same_with_few_imports_and_many(studio_client, keep):
    costs = set()
    for day in (1, 2, 3):
        keep(f"date,hours\n2026-11-0{day},1\n")
        studio_client.get("/time/")  # says what was done, once
        costs.add(make.queries(studio_client, ADDRESS))
    assert len(costs) == 1


def test_the_time_room_leads_here(studio_client):
    assert f'href="{ADDRESS}"' in studio_client.get("/time/").content.decode()
    assert studio_client.get(ADDRESS).status_code == 200


def test_a_large_file_is_kept_by_a_worker_and_its_page_says_how_far_it_is(
    studio_client, look, run_jobs, monkeypatch
):
    monkeypatch.setattr("timelog.views.incoming.LATER", 1)
    token = look().context["token"]
    sent = {"token": token, "keep": "1", "kind-1": str(make.kind("video").pk)}
    there = studio_client.post(ADDRESS, sent).url
    assert studio_client.post(ADDRESS, sent).url == there
    page = studio_client.get(there)
    assert (page.status_code, TimeEntry.objects.count()) == (200, 0)
    assert "Waiting for a worker" in text_of(page)
    run_jobs()
    assert set(TimeEntry.objects.values_list("kind__key", flat=True)) == {"writing", "video"}
    reconcile()
    answer = studio_client.get(there)
    assert answer.url == "/time/?week=2026-W47"
    assert said(answer)[-1] == ("2 entries brought in.", f"/time/batches/{UUID(token)}/delete/")
    assert studio_client.get(there, headers={"hx-request": "true"})["HX-Redirect"] == answer.url
    assert Uploads("time").find(token) is None
    assert studio_client.get(f"{ADDRESS}{uuid4()}/").status_code == 404


def test_a_worker_that_was_killed_and_comes_again_keeps_each_row_once(
    look, studio_client, run_jobs
):
    token = look().context["token"]
    keep_later(token, {}, {}, None)
    run_jobs()
    waiting_file.keep.func(token, {}, {}, 0)
    assert TimeEntry.objects.count() == 2


def test_a_file_that_a_worker_cannot_keep_says_so(look, studio_client):
    token = look().context["token"]
    keep_later(token, {}, {}, None)
    Job.objects.filter(subject=f"hours:{token}").update(state=Job.State.FAILED)
    page = text_of(studio_client.get(f"{ADDRESS}{UUID(token)}/"))
    assert "That did not work, and nothing was kept." in page


# --- rows that share time -------------------------------------------------------------------------
AFTERNOON = ("Film", "shot 08", "2026-11-19 11:00:00", "2026-11-19 13:00:00", "02:00:00", "")


def at(hour):
    return datetime(2026, 11, 19, hour, tzinfo=UTC)


@pytest.fixture
def mine():
    times = {"started_at": at(9), "ended_at": at(12), "zone": "UTC"}
    return make.entry(3, note="第十四章", **times)


@pytest.fixture
def seen(studio_client, look, mine):
    token = look(toggl(AFTERNOON)).context["token"]
    return studio_client.post(ADDRESS, {"token": token, "zone": "UTC"})


def test_the_three_ways_are_offered_and_all_are_kept_unless_said_otherwise(seen):
    page = text_of(seen)
    for words in (
        '<a href="#together">1 row lies over other hours.</a>',
        'name="overlap" value="both" checked',
        'name="overlap" value="trim"',
        'name="overlap" value="after"',
        'name="overlap-2-20261119110000"',
        "lies over hours that are here already, "
        '<span class="n">09:00–12:00</span> Writing 第十四章',
    ):
        assert words in page


@pytest.mark.parametrize(
    ("answers", "mine_ends", "new_starts"),
    [
        ({}, 12, 11),
        ({"overlap": "both"}, 12, 11),
        ({"overlap": "trim"}, 11, 11),
        ({"overlap": "after"}, 12, 12),
        ({"overlap": "trim", "overlap-2-20261119110000": "after"}, 12, 12),
        ({"overlap": "trim", "overlap-2-20261119110000": ""}, 11, 11),
        ({"overlap": "<b>", "overlap-9": "trim"}, 12, 11),
    ],
)
@pytest.mark.parametrize("by", ["page", "worker"])
def test_the_answer_is_applied_and_undo_gives_all_back(
    studio_client, seen, mine, answers, mine_ends, new_starts, by, run_jobs, monkeypatch
):
    if by == "worker":
        monkeypatch.setattr("timelog.views.incoming.LATER", 0)
    sent = {"token": seen.context["token"], "zone": "UTC", "keep": "1", **answers}
    answer = studio_client.post(ADDRESS, sent)
    if by == "worker":
        run_jobs()
        answer = studio_client.get(answer.url)
    new = TimeEntry.objects.get(note="shot 08")
    mine.refresh_from_db()
    assert (mine.ended_at, new.started_at) == (at(mine_ends), at(new_starts))
    reconcile()
    words, undo = said(answer)[-1]
    moved = " 1 of yours made room." if mine_ends == 11 else ""
    assert words == f"1 entry brought in.{moved}"
    studio_client.post(undo)
    entry = TimeEntry.objects.get()
    assert (entry.pk, entry.started_at, entry.ended_at) == (mine.pk, at(9), at(12))
    reconcile()


def test_what_made_room_and_was_changed_since_stays_and_that_is_said(studio_client, seen, mine):
    sent = {"token": seen.context["token"], "zone": "UTC", "keep": "1", "overlap": "trim"}
    _, undo = said(studio_client.post(ADDRESS, sent))[-1]
    mine.refresh_from_db()
    mine.change(kind=mine.kind, day=mine.day, seconds=60, note="mine")
    assert said(studio_client.post(undo))[-2:] == [
        ("1 entry taken back.", ""),
        ("1 entry had made room and was changed since; it stays as it is.", ""),
    ]


def test_so_many_overlaps_are_listed_and_for_the_rest_the_choice_for_all_counts(
    studio_client, look, monkeypatch
):
    monkeypatch.setattr("timelog.views.looked_at.TOGETHER", 2)
    rows = [
        (
            "Film",
            f"{n}",
            f"2026-11-19 {9 + n:02d}:00:00",
            f"2026-11-19 {10 + n}:30:00",
            "1:30:00",
            "",
        )
        for n in range(5)
    ]
    token = look(toggl(*rows)).context["token"]
    page = studio_client.post(ADDRESS, {"token": token, "zone": "UTC"})
    assert len(page.context["together"]) == 2
    assert "and 2 more, for which the choice for all counts" in text_of(page)
    sent = {"token": token, "zone": "UTC", "keep": "1", "overlap": "trim"}
    studio_client.post(ADDRESS, sent)
    assert [row.seconds for row in TimeEntry.objects.order_by("pk")] == [3600] * 4 + [5400]
    reconcile()


def test_a_page_with_many_overlaps_costs_no_query_a_row(studio_client, look):
    def cost(number):
        rows = []
        for n in range(number):
            day = f"2026-11-{1 + n:02d}"
            began = datetime(2026, 11, 1 + n, 9, tzinfo=UTC)
            ended = datetime(2026, 11, 1 + n, 12, tzinfo=UTC)
            make.entry(3, began.date(), started_at=began, ended_at=ended, zone="UTC")
            rows.append(("Film", "", f"{day} 11:00:00", f"{day} 13:00:00", "2:00:00", ""))
        token = look(toggl(*rows)).context["token"]
        with CaptureQueriesContext(connection) as captured:
            answer = studio_client.post(ADDRESS, {"token": token, "zone": "UTC"})
        assert len(answer.context["together"]) == number
        TimeEntry.objects.all().delete()
        return len(captured)

    assert cost(1) == cost(5)


# --- several files --------------------------------------------------------------------------------
MAY = "date,hours,kind\n2026-05-04,1,Film\n2026-05-05,4,Film\n"
JUNE = "date,hours,kind\n2026-06-04,2,Film\n"


@pytest.fixture
def look_at(studio_client):
    def act(*files, **more):
        sent = {"file": [upload(data, name) for name, data in files], **more}
        return studio_client.post(ADDRESS, sent)

    return act


def test_several_files_are_one_preview_one_import_and_one_undo(studio_client, look_at):
    seen = look_at(("may.csv", MAY), ("june.csv", JUNE), ("again.csv", MAY), ("bad.csv", b"\0\1"))
    assert (seen.status_code, TimeEntry.objects.count()) == (200, 0)
    page = text_of(seen)
    for words in ("3 files", "may.csv", "The file is no table; save it as CSV, XLSX or ODS."):
        assert words in page
    assert [(each["name"], each["rows"], each["known"]) for each in seen.context["files"]] == [
        ("again.csv", 2, 0),
        ("june.csv", 1, 0),
        ("may.csv", 2, 2),
    ]
    assert seen.context["found"].kinds["film"].rows == 5
    assert "Bring 3 entries in" in page
    answer = studio_client.post(ADDRESS, {"token": seen.context["token"], "keep": "1"})
    words, undo = said(answer)[-1]
    assert words == "3 entries brought in."
    assert sorted(TimeEntry.objects.values_list("seconds", flat=True)) == [3600, 7200, 14400]
    assert Kind.objects.filter(name="Film").count() == 1
    reconcile()
    (batch,) = studio_client.get(ADDRESS).context["batches"]
    assert batch["file"] == "again.csv, bad.csv, june.csv, may.csv"
    studio_client.post(undo)
    assert (TimeEntry.objects.count(), Kind.objects.count()) == (0, 3)
    reconcile()


def test_a_new_kind_that_several_files_name_is_made_once(studio_client, look_at):
    seen = look_at(("may.csv", MAY), ("june.csv", JUNE))
    sent = {"token": seen.context["token"], "keep": "1", "kind-0": "detour"}
    studio_client.post(ADDRESS, sent)
    assert Kind.objects.get(name="Film").family == "detour"
    assert TimeEntry.objects.filter(kind__name="Film").count() == 3
    reconcile()


def test_a_zip_of_files_is_opened_and_what_is_bad_in_it_is_named(studio_client, look_at):
    archive = packed({"2026/may.csv": MAY, "2026/june.csv": JUNE, "2026/note.csv": b"\0\1"})
    seen = look_at(("year.zip", archive))
    assert [each["name"] for each in seen.context["files"]] == [
        "year.zip/2026/june.csv",
        "year.zip/2026/may.csv",
    ]
    assert [name for name, _ in seen.context["bad"]] == ["year.zip/2026/note.csv"]
    studio_client.post(ADDRESS, {"token": seen.context["token"], "keep": "1"})
    assert TimeEntry.objects.count() == 3
    assert studio_client.get(ADDRESS).context["batches"][0]["file"] == "year.zip"
    assert look_at(("may.csv", MAY)).context["found"].known == 2


def test_one_zone_is_asked_for_all_files_and_the_file_is_named(studio_client, look_at):
    asked = look_at(("a.csv", toggl(NOON)), ("may.csv", MAY))
    assert asked.status_code == 422
    assert "a.csv: The times in this file name no time zone." in text_of(asked)
    sent = {"token": asked.context["token"], "zone": "Asia/Shanghai"}
    assert "Asia/Shanghai" in text_of(studio_client.post(ADDRESS, sent))
    studio_client.post(ADDRESS, {**sent, "keep": "1"})
    assert TimeEntry.objects.count() == 3


def test_files_that_are_all_bad_are_each_named_and_nothing_is_kept(look_at):
    answer = look_at(("a.csv", b"\0\1"), ("b.csv", " "))
    assert answer.status_code == 422
    assert answer.context["bad"] == [
        ("a.csv", "The file is no table; save it as CSV, XLSX or ODS."),
        ("b.csv", "The file is empty; choose the one with your hours."),
    ]
    assert "None of these files can be read." in text_of(answer)
    answer = look_at(("a.zip", packed({"../a.csv": MAY})))
    assert answer.context["error"].endswith("a name that leads out of it; it is not taken.")
    assert TimeEntry.objects.count() == 0


def test_two_files_of_one_name_are_both_read(look_at):
    seen = look_at(("report.csv", MAY), ("report.csv", JUNE))
    assert [each["name"] for each in seen.context["files"]] == ["report (2).csv", "report.csv"]


def test_more_files_than_may_come_at_once_are_refused(look_at, monkeypatch):
    monkeypatch.setattr("timelog.views.incoming.MOST_FILES", 1)
    answer = look_at(("a.csv", MAY), ("b.csv", JUNE))
    assert answer.context["error"] == "At most 1 files and 64 MB come in at once; choose fewer."


def test_overlaps_across_files_are_shown_settled_and_all_taken_back(studio_client, look_at, mine):
    late = ("Film", "c", "2026-11-19 12:30:00", "2026-11-19 14:00:00", "01:30:00", "")
    seen = look_at(("a.csv", toggl(AFTERNOON)), ("b.csv", toggl(late)), zone="UTC")
    marks = [each["over"].mark for each in seen.context["together"]]
    assert marks == ["2-20261119110000-a.csv", "2-20261119123000-b.csv"]
    page = text_of(seen)
    assert '<span class="n">19 Nov 2026 12:30–14:00</span>' in page
    assert "lies over a.csv line 2, " in page
    sent = {"token": seen.context["token"], "zone": "UTC", "keep": "1", "overlap": "trim"}
    answer = studio_client.post(ADDRESS, sent)
    rows = TimeEntry.objects.order_by("started_at").values_list("seconds", flat=True)
    assert list(rows) == [7200, 5400, 5400]
    reconcile()
    studio_client.post(said(answer)[-1][1])
    assert said(answer)[-1][0] == "2 entries brought in. 1 of yours made room."
    assert TimeEntry.objects.get().ended_at == at(12)
    reconcile()


def test_a_worker_keeps_several_files_as_one_import(studio_client, look_at, run_jobs, monkeypatch):
    monkeypatch.setattr("timelog.views.incoming.LATER", 1)
    seen = look_at(("may.csv", MAY), ("june.csv", JUNE), ("bad.csv", b"\0\1"))
    there = studio_client.post(ADDRESS, {"token": seen.context["token"], "keep": "1"}).url
    run_jobs()
    assert said(studio_client.get(there))[-1][0] == "3 entries brought in."
    reconcile()
