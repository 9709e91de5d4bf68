"""Which database an address means, and what is said when it cannot be used."""

from pathlib import Path

import pytest
from django.db import OperationalError, ProgrammingError

from studio.lib.database import explain, on_file, read_url
from studio.lib.env import BadSetting

BASE = Path("/srv/studio")
POSTGRES = read_url("postgres://studio@db.example/studio", BASE)
SQLITE = on_file(Path("/data/书/studio.sqlite3"))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////data/studio.sqlite3", "/data/studio.sqlite3"),
        ("sqlite:///mine.sqlite3", "/srv/studio/mine.sqlite3"),
        ("sqlite:////data/书/100%25.sqlite3", "/data/书/100%.sqlite3"),
    ],
)
def test_a_file_may_be_given_whole_or_below_the_checkout(url, name):
    assert read_url(url, BASE) == on_file(Path(name))


def test_a_file_syncs_each_commit_and_takes_the_lock_first():
    options = SQLITE["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;" in options["init_command"]


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("postgres://lin:salt@db:5433/studio", ("db", 5433, "studio", "lin", "salt")),
        ("postgresql://lin@[fd00::5]/计算宇宙", ("fd00::5", "", "计算宇宙", "lin", "")),
        ("postgres:///studio", ("", "", "studio", "", "")),
        ("postgres://%2Frun%2Fpg/studio", ("/run/pg", "", "studio", "", "")),
        ("postgres://l%40n:a%2Fb%3A%23@db/s", ("db", "", "s", "l@n", "a/b:#")),
    ],
)
def test_a_server_has_host_port_name_and_who_signs_in(url, read):
    found = read_url(url, BASE)
    keys = ("HOST", "PORT", "NAME", "USER", "PASSWORD")
    assert tuple(found[key] for key in keys) == read
    assert found["ENGINE"] == "django.db.backends.postgresql"


def test_more_options_of_a_server_are_kept():
    found = read_url("postgres://db/studio?sslmode=verify-full&connect_timeout=3", BASE)
    assert found["OPTIONS"] == {"connect_timeout": "3", "sslmode": "verify-full"}


@pytest.mark.parametrize(
    "url",
    [
        "mysql://db/studio",
        "studio.sqlite3",
        "postgres://db",
        "postgres://db/",
        "postgres://db:port/studio",
        "postgres://db:99999/studio",
        "postgres://[fd00::5/studio",
        "postgres://lin:sa#lt@db/studio",
        "sqlite://",
        "sqlite://studio.sqlite3",
        "sqlite://:memory:",
        "sqlite:///",
        "sqlite:///a?mode=ro",
        "计算宇宙",
    ],
)
def test_what_is_no_database_is_refused_without_repeating_a_password(url):
    with pytest.raises(BadSetting) as refused:
        read_url(url, BASE)
    assert str(refused.value) == (
        "DATABASE_URL cannot be read; write it as postgres://name:password@host:5432/studio "
        "or sqlite:////folder/studio.sqlite3, with %40 for an @ inside a name or password."
    )


def caused(error: Exception, code: str | None) -> Exception:
    """`error`, raised because the driver raised one with PostgreSQL's `code`."""
    error.__cause__ = Exception()
    error.__cause__.sqlstate = code
    return error


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("unable to open database file", "cannot be opened; make its folder one you can write to"),
        (
            "file is not a database",
            "is damaged or is no database; move it away or restore a backup",
        ),
        (
            "database disk image is malformed",
            "is damaged or is no database; move it away or restore a backup",
        ),
        (
            "attempt to write a readonly database",
            "cannot be written to; make the file and its folder yours to write",
        ),
        (
            "database or disk is full",
            "has no room left on its disk; make room there and run this again",
        ),
        (
            "disk I/O error",
            "cannot be read or written (disk error); look after the disk it lies on",
        ),
        (
            "database is locked",
            "is in use by another process; run this again when that has ended",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_sentence(said, meaning):
    sentence = explain(OperationalError(said), SQLITE)
    assert sentence == f"The database /data/书/studio.sqlite3 {meaning}."


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            'connection failed: connection to server at "10.0.0.1", port 5432 failed: '
            "Connection refused\n\tIs the server running on that host?",
            "Connection refused",
        ),
        (
            "failed to resolve host 'db.example': [Errno -2] Name or service not known",
            "Name or service not known",
        ),
        (
            'connection failed: connection to server at "10.0.0.1", port 5432 failed: '
            'FATAL:  password authentication failed for user "林"',
            'password authentication failed for user "林"',
        ),
        (
            'connection failed: connection to server at "10.0.0.1", port 5432 failed: '
            'FATAL:  database "studio" does not exist',
            'database "studio" does not exist',
        ),
        ("connection timeout expired", "connection timeout expired"),
    ],
)
def test_a_server_that_cannot_be_reached_is_named_with_the_reason(said, reason):
    assert explain(caused(OperationalError(said), None), POSTGRES) == (
        f"The database at db.example:5432 cannot be reached ({reason}); "
        "start it or correct DATABASE_URL."
    )


def test_a_server_that_goes_away_is_told_from_a_mistake_by_its_code():
    gone = caused(OperationalError("正在关闭数据库系统"), "57P03")
    assert "cannot be reached (正在关闭数据库系统)" in explain(gone, POSTGRES)
    deadlock = caused(OperationalError("deadlock detected"), "40P01")
    assert explain(deadlock, POSTGRES) == ""


def test_a_full_disk_of_a_server_is_said():
    full = caused(OperationalError("设备上没有空间"), "53100")
    assert explain(full, POSTGRES) == (
        "The database has no room left on its disk; make room there and run this again."
    )


def test_a_database_without_our_tables_asks_to_be_set_up():
    sentence = "The database is not set up for this version; run `manage.py migrate` first."
    assert explain(OperationalError("no such table: accounts_user"), SQLITE) == sentence
    assert explain(OperationalError("no such column: name"), SQLITE) == sentence
    for code in ("42P01", "42703"):
        missing = caused(ProgrammingError("关系 accounts_user 不存在"), code)
        assert explain(missing, POSTGRES) == sentence


def test_a_mistake_of_ours_is_not_explained_away():
    assert explain(OperationalError('near "SELEC": syntax error'), SQLITE) == ""
    wrong = caused(ProgrammingError("syntax error"), "42601")
    assert explain(wrong, POSTGRES) == ""
