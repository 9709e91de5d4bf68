"""Uploads wait in the spool for a yes, and for no longer than a day."""

import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from studio.store.uploads import KEPT, Uploads, clean, lay


def put(uploads, name="工时.csv"):
    folder, token = uploads.begin()
    return lay(SimpleUploadedFile("a.csv", b"2026-11-19,2"), folder / clean(name)), token


def test_what_was_laid_down_is_found_by_its_token_until_it_is_dropped(studio_data):
    uploads = Uploads("time")
    path, token = put(uploads)
    assert path.is_relative_to(studio_data / "spool" / "time")
    assert (uploads.find(token), path.read_bytes()) == (path, b"2026-11-19,2")
    uploads.drop(token)
    assert uploads.find(token) is None


def test_one_room_does_not_see_the_uploads_of_another():
    _, token = put(Uploads("time"))
    assert Uploads("manuscripts").find(token) is None


@pytest.mark.parametrize("token", ["", "0" * 32, "../../etc", "..", "词"])
def test_what_is_no_token_finds_nothing_and_removes_nothing(token):
    uploads = Uploads("time")
    path, _ = put(uploads)
    assert uploads.find(token) is None
    uploads.drop(token)
    assert path.exists()


def test_an_upload_nobody_said_yes_to_goes_after_a_day_when_the_next_one_comes():
    uploads = Uploads("time")
    old, _ = put(uploads)
    young, _ = put(uploads)
    os.utime(old.parent, (time.time() - KEPT - 1,) * 2)
    put(uploads)
    assert (old.exists(), young.exists()) == (False, True)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("工时 2026.csv", "工时 2026.csv"),
        ("../../etc/passwd", "etc passwd"),
        ("C:\\hours\x00.csv", "C hours.csv"),
        ("..", "file"),
        ("", "file"),
        ("长" * 300 + ".xlsx", "长" * 66 + ".xlsx"),
    ],
)
def test_a_name_stays_in_its_folder_and_fits_the_disk(name, cleaned):
    assert clean(name) == cleaned
    path, _ = put(Uploads("time"), name)
    assert path.name == cleaned
