"""Several files at once, and archives of files: each is read by itself, and a bad one is named."""

import io
import struct
import zipfile

import pytest

from timelog.incoming import NotRead, Wishes, parcel, read
from timelog.incoming.parcel import files_of, is_archive, read_all

from .exports import toggl
from .sheets import number, xlsx

MAY = b"date,hours,kind\n2026-05-04,1,Film\n"
JUNE = b"date,hours,kind\n2026-06-04,2,Film\n2026-06-05,3,Film\n"


def packed(files, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, **options)
    return out.getvalue()


def told(*files):
    """Each file of what was handed in: its bytes, or the reason why it is not taken."""
    return [
        (name, found.reason if isinstance(found, NotRead) else found)
        for name, found in files_of(files)
    ]


def parts(*files, **said):
    found = read_all(
        files_of(files), Wishes(**said), lambda data, heard, name: read(data, "", heard, name)
    )
    return [
        (
            part.name,
            part.error.reason
            if part.error
            else [row.seconds // 3600 for row in part.reading.spent],
        )
        for part in found
    ]


def test_files_in_an_archive_stand_where_it_stood_by_their_paths():
    archive = packed(
        {"b/june.csv": JUNE, "a.csv": MAY, "__MACOSX/._a.csv": b"x", ".DS_Store": b"x"}
    )
    assert told(("z.csv", MAY), ("year.zip", archive)) == [
        ("z.csv", MAY),
        ("year.zip/a.csv", MAY),
        ("year.zip/b/june.csv", JUNE),
    ]


def test_a_name_of_an_old_chinese_tool_is_read_as_it_was_written():
    archive = packed({"x.csv": MAY}).replace(b"x.csv", b"\xb9\xa4.cs")  # 工 in GB 18030
    assert told(("a.zip", archive)) == [("a.zip/工.cs", MAY)]


def test_a_spreadsheet_is_packed_too_and_is_one_file():
    book = xlsx([["Date", "Hours"], [number(46327, 1), 1]])
    assert not is_archive(book)
    assert told(("a.zip", packed({"工时.xlsx": book}))) == [("a.zip/工时.xlsx", book)]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "no_files"),
        ({"__MACOSX/x": b""}, "no_files"),
        ({"../out.csv": MAY}, "packed_outside"),
        ({"a.csv": MAY, "/etc/b.csv": MAY}, "packed_outside"),
        ({f"{n}.csv": MAY for n in range(parcel.MOST_FILES + 1)}, "packed_large"),
    ],
)
def test_an_archive_that_is_none_of_files_of_hours_is_refused_whole(files, reason):
    data = packed(files)
    found = told(("good.csv", MAY), ("a.zip", data))
    if files:
        assert found == [("good.csv", MAY), ("a.zip", reason)]


def test_an_archive_in_an_archive_is_not_opened():
    inner = packed({"a.csv": MAY})
    found = told(("a.zip", packed({"b.csv": JUNE, "c.zip": inner})))
    assert found == [("a.zip/b.csv", JUNE), ("a.zip/c.zip", "packed_twice")]


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_is(monkeypatch):
    monkeypatch.setattr(parcel, "LARGEST_TOGETHER", 100_000)
    bomb = packed({"a.csv": b"0" * 1_000_000})
    assert told(("a.zip", bomb)) == [("a.zip", "packed_large")]
    # One that says it is small: what it unpacks to is counted.
    real, small = struct.pack("<L", 1_000_000), struct.pack("<L", 10)
    liar = bomb.replace(real, small)
    ((_, reason),) = told(("a.zip", liar))
    assert reason in {"packed_large", "packed_damaged"}


def test_the_list_of_members_is_bounded_before_it_is_read():
    data = bytearray(packed({"a.csv": MAY}))
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<L", data, at + 12, 2**31)
    assert told(("a.zip", bytes(data))) == [("a.zip", "packed_large")]


def test_a_broken_archive_is_told_as_the_reader_of_tables_tells_it():
    broken = packed({"a.csv": MAY})[:60]
    assert parts(("a.zip", broken)) == [("a.zip", "damaged")]
    flipped = bytearray(packed({"a.csv": MAY * 50}))
    flipped[45] ^= 0xFF
    assert parts(("a.zip", bytes(flipped)), ("b.csv", MAY))[1] == ("b.csv", [1])


def test_all_together_are_bounded(monkeypatch):
    monkeypatch.setattr(parcel, "MOST_FILES", 2)
    assert told(("a", MAY), ("b", MAY), ("c", MAY))[2] == ("c", "together")
    monkeypatch.setattr(parcel, "LARGEST_TOGETHER", len(MAY))
    assert told(("a", MAY), ("b", MAY)) == [("a", MAY), ("b", "together")]
    monkeypatch.setattr(parcel, "MOST_ROWS", 2)
    monkeypatch.setattr(parcel, "LARGEST_TOGETHER", 10_000)
    assert parts(("a", MAY), ("b", JUNE), ("c", MAY)) == [
        ("a", [1]),
        ("b", "rows_together"),
    ] + [("c", "together")]


def test_a_file_that_cannot_be_read_changes_nothing_of_the_others():
    assert parts(("a.csv", MAY), ("b.csv", b"\x00\x01"), ("c.csv", JUNE)) == [
        ("a.csv", [1]),
        ("b.csv", "binary"),
        ("c.csv", [2, 3]),
    ]


def test_each_row_says_which_file_it_stands_in():
    found = read_all([("a.csv", MAY), ("b.csv", JUNE)], Wishes(), lambda d, w, n: read(d, "", w, n))
    assert [[row.file for row in part.reading.spent] for part in found] == [
        ["a.csv"],
        ["b.csv", "b.csv"],
    ]


NOON = ("Film", "shot 07", "2026-11-19 09:00:00", "2026-11-19 11:00:00", "02:00:00", "")


def test_what_one_file_asks_is_asked_once_for_all_and_only_those_that_ask_hear_it():
    unclear, clear = b"date,hours\n3/11/2026,1\n", b"date,hours\n11/30/2026,1\n"
    with pytest.raises(NotRead) as asked:
        parts(("a.csv", MAY), ("t.csv", toggl(NOON)), ("u.csv", unclear))
    assert (asked.value.reason, asked.value.file) == ("zone", "t.csv")
    with pytest.raises(NotRead) as asked:
        parts(("t.csv", toggl(NOON)), ("u.csv", unclear), ("c.csv", clear), zone="UTC")
    assert (asked.value.reason, asked.value.file) == ("order", "u.csv")
    files = [("t.csv", toggl(NOON)), ("u.csv", unclear), ("c.csv", clear)]
    assert parts(*files, zone="UTC", date_order="dmy") == [
        ("t.csv", [2]),
        ("u.csv", [1]),
        ("c.csv", [1]),
    ]


def test_an_answer_that_is_none_for_a_file_names_that_file_and_is_not_asked_again():
    other = toggl(NOON, person="Wen,wen@example.org").split(b"\r\n", 1)[1]
    third = toggl(NOON, person="Kim,kim@example.org").split(b"\r\n", 1)[1]
    one = toggl(NOON) + other
    two = toggl(NOON, person="Max,max@example.org") + third
    found = parts(("a.csv", one), ("b.csv", two), zone="UTC", person="lin@example.org")
    assert found == [("a.csv", [2]), ("b.csv", "person")]
