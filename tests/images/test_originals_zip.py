"""Originals in one archive."""

import csv
import hashlib
import io
import json
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest

from projects.images.originals_zip import Damaged, Item, distinct, name_of, plain, write

WHEN = datetime(2026, 11, 19, 8, 30, tzinfo=UTC)


def item(folder, title="First light", data=b"pixels", **fields):
    path = folder / hashlib.sha256(data).hexdigest()
    path.write_bytes(data)
    fields = {"version": 5, "original_name": "final_v7b.PSD", **fields}
    return Item(path, path.name, len(data), WHEN, title, **fields)


def packed(items):
    out, said = io.BytesIO(), []
    write(items, out, lambda done, total: said.append((done, total)))
    return ZipFile(out), said


def test_originals_come_out_bit_for_bit_under_names_that_say_what_they_are(tmp_path):
    first = item(tmp_path, shot="07", picked=True, note="盐原")
    second = item(tmp_path, "她数到一", b"other", shot="08", original_name="图.png")
    archive, said = packed([first, second])
    assert archive.testzip() is None
    names = ["07-First light-v5.psd", "08-她数到一-v5.png", "manifest.csv", "manifest.json"]
    assert archive.namelist() == names
    assert [archive.read(name) for name in names[:2]] == [b"pixels", b"other"]
    assert archive.getinfo(names[1]).flag_bits & 0x800  # the name is UTF-8, and says so
    assert archive.getinfo(names[0]).date_time == (2026, 11, 19, 8, 30, 0)
    assert said[-1] == (11, 11)


def test_the_list_names_shot_version_digest_and_note(tmp_path):
    first = item(tmp_path, shot="07", picked=True, note="盐原，再亮一点")
    archive, _ = packed([first])
    [row] = json.loads(archive.read("manifest.json"))["files"]
    assert row == {
        "file": "07-First light-v5.psd",
        "shot": "07",
        "image": "First light",
        "version": 5,
        "picked": True,
        "sha256": first.sha256,
        "size": 6,
        "original_name": "final_v7b.PSD",
        "note": "盐原，再亮一点",
    }
    table = archive.read("manifest.csv").decode("utf-8-sig")
    [told] = csv.DictReader(io.StringIO(table))
    assert told == {name: str(value) for name, value in row.items()}


def test_no_cell_of_the_list_is_taken_for_a_formula(tmp_path):
    archive, _ = packed([item(tmp_path, note="=HYPERLINK(1)")])
    assert "'=HYPERLINK(1)" in archive.read("manifest.csv").decode("utf-8-sig")
    assert '"=HYPERLINK(1)"' in archive.read("manifest.json").decode()


def test_a_damaged_original_is_named_and_not_packed(tmp_path):
    bad = item(tmp_path)
    bad.path.write_bytes(b"pixelz")
    with pytest.raises(Damaged, match=r"First light-v5\.psd"):
        packed([bad])


def test_names_that_are_the_same_are_made_distinct():
    assert distinct(["a.psd", "A.psd", "a.psd", "manifest.csv", "无题"] + ["无题"]) == [
        "a.psd",
        "A-2.psd",
        "a-3.psd",
        "manifest-2.csv",
        "无题",
        "无题-2",
    ]


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("a\\b:c*d?e", "a b c d e"),
        ("\u202egnp.exe", "gnp.exe"),
        ("CON", "CON_"),
        (" . ", "picture"),
        ("晨光 First light…", "晨光 First light…"),
        ("长" * 200, "长" * 80),
    ],
)
def test_a_title_becomes_a_name_every_system_takes(title, made):
    assert plain(title, "picture") == made


def test_an_ending_is_one_word_of_letters(tmp_path):
    for original, ending in (
        ("x.PSD", ".psd"),
        ("x", ""),
        ("x./../y", ""),
        ("x.p/ng", ""),
        ("x.p\u202eg", ""),
    ):
        assert name_of(item(tmp_path, original_name=original)) == f"First light-v5{ending}"
