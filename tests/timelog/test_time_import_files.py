"""Several files of hours are one preview, one import and one undo."""

import pytest

from timelog.models import Kind, TimeEntry

from .exports import toggl
from .importing import ADDRESS, NOON
from .make import reconcile, said, text_of
from .test_parcel import packed

pytestmark = pytest.mark.django_db
MAY = "date,hours,kind\n2026-05-04,1,Film\n2026-05-05,4,Film\n"
JUNE = "date,hours,kind\n2026-06-04,2,Film\n"


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


def test_a_worker_keeps_several_files_as_one_import(studio_client, look_at, run_jobs, monkeypatch):
    monkeypatch.setattr("timelog.views.incoming.LATER", 1)
    seen = look_at(("may.csv", MAY), ("june.csv", JUNE), ("bad.csv", b"\0\1"))
    there = studio_client.post(ADDRESS, {"token": seen.context["token"], "keep": "1"}).url
    run_jobs()
    assert said(studio_client.get(there))[-1][0] == "3 entries brought in."
    reconcile()
