"""A file of hours is looked at before it is kept, and can be taken back."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from studio.store.models import Job, Setting
from studio.store.uploads import Uploads
from timelog import waiting_file
from timelog.models import Kind, OpeningBalance, TimeEntry
from timelog.waiting_file import keep_later

from . import make
from .exports import toggl
from .importing import ADDRESS, NOON, TEXT
from .make import reconcile, said, text_of
from .sheets import number, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(studio_client, look):
    def act(text=TEXT, **more):
        seen = look(text)
        return studio_client.post(ADDRESS, {"token": seen.context["token"], "keep": "1", **more})

    return act


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


def test_where_the_studio_knows_no_zone_the_browser_s_own_is_proposed(studio_client, look):
    guessed = "<own-zone data-guess>"
    assert guessed in text_of(look(toggl(NOON), "report.csv"))
    Setting.write("time.zone", "Europe/Berlin")
    page = text_of(look(toggl(NOON), "report.csv"))
    assert guessed not in page and "<option selected>Europe/Berlin</option>" in page


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
