"""The file of settings and the secret: read whole, or refused in one sentence."""

import os
import socket
import stat

import pytest

from studio.lib import env
from studio.lib.env import BadSetting


@pytest.fixture
def home(tmp_path):
    """A folder with nothing in it."""
    folder = tmp_path / "家 home"
    folder.mkdir()
    return folder


SECRET = "一" * 16 + "0123456789abcdef"


@pytest.fixture
def no_secret(monkeypatch):
    monkeypatch.delenv("TRIED", raising=False)
    monkeypatch.delenv("TRIED_FILE", raising=False)


def test_a_secret_stands_in_the_environment_or_in_a_file(no_secret, monkeypatch, home):
    assert env.secret("TRIED", home) == ""
    (home / "key").write_text(f"{SECRET}\n")
    for given in ("key", str(home / "key")):
        monkeypatch.setenv("TRIED_FILE", given)
        assert env.secret("TRIED", home) == SECRET
    monkeypatch.setenv("TRIED", SECRET[::-1])
    assert env.secret("TRIED", home) == SECRET[::-1]


def test_a_secret_that_could_be_guessed_is_refused_and_not_shown(no_secret, monkeypatch, home):
    monkeypatch.setenv("TRIED", "hunter2")
    with pytest.raises(BadSetting) as refused:
        env.secret("TRIED", home)
    assert str(refused.value) == (
        "The secret key in TRIED is too short; write at least 32 random characters there."
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing", "No such file or directory"), ("", "Is a directory"), ("bytes", "it is not text")],
)
def test_a_secret_file_that_cannot_be_read_is_refused(no_secret, monkeypatch, home, name, reason):
    (home / "bytes").write_bytes(b"\xff\xfe" * 40)
    monkeypatch.setenv("TRIED_FILE", str(home / name))
    with pytest.raises(BadSetting) as refused:
        env.secret("TRIED", home)
    assert str(refused.value) == (
        f"The secret key cannot be read from {home / name} ({reason}); "
        "make that file readable or set SECRET_KEY."
    )


def test_the_kept_secret_is_made_once_whole_and_for_its_owner_alone(home):
    path = home / "secret_key"
    first = env.keep_secret(path)
    assert len(first) >= 64
    assert env.keep_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in home.iterdir()] == ["secret_key"]


def test_of_two_that_come_at_once_both_get_the_same_secret(home, monkeypatch):
    path = home / "secret_key"
    link = os.link

    def late(*args):
        path.write_text("the quicker one's secret, long enough")
        link(*args)

    monkeypatch.setattr(os, "link", late)
    assert env.keep_secret(path) == "the quicker one's secret, long enough"
    assert [file.name for file in home.iterdir()] == ["secret_key"]


def test_a_secret_is_kept_also_where_files_cannot_be_linked(home, monkeypatch):
    def no_links(*args):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    path = home / "secret_key"
    assert env.keep_secret(path) == path.read_text()


def test_a_secret_that_cannot_be_kept_is_said(home):
    with pytest.raises(BadSetting) as refused:
        env.keep_secret(home / "missing" / "secret_key")
    assert str(refused.value) == (
        f"The secret key cannot be kept in {home}/missing/secret_key "
        "(No such file or directory); set SECRET_KEY."
    )


NAMES = ("TRIED", "TRIED_TOO", "TRIED_FILE")


@pytest.fixture
def environment(monkeypatch):
    """The environment without the names these tests give, and again without them afterwards."""
    for name in NAMES:
        monkeypatch.setenv(name, "")  # so that it is taken back at the end
        monkeypatch.delenv(name)
    return os.environ


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("TRIED=计算宇宙", "计算宇宙"),
        ("TRIED = two words ", "two words"),
        ("export TRIED=x", "x"),
        ("TRIED='a # b'", "a # b"),
        ('TRIED="a = b"  # why', "a = b"),
        ("TRIED=https://a.example/#x # the address", "https://a.example/#x"),
        ("TRIED=", ""),
        ("TRIED=#", ""),
        ("\ufeffTRIED=1", "1"),
        ("# a remark\r\n\r\n  TRIED=1\r\n", "1"),
        ("TRIED=1\nTRIED=2", "2"),
    ],
)
def test_a_file_of_settings_is_read(environment, home, line, value):
    path = home / ".env"
    path.write_text(line, encoding="utf-8")
    env.read_file(path)
    assert environment["TRIED"] == value


def test_the_environment_goes_before_the_file(environment, home, monkeypatch):
    monkeypatch.setenv("TRIED", "")
    monkeypatch.setenv("TRIED_TOO", "environment")
    (home / ".env").write_text("TRIED=file\nTRIED_TOO=file\nTRIED_FILE=file\n")
    env.read_file(home / ".env")
    assert [environment[name] for name in NAMES] == ["", "environment", "file"]


def test_no_file_is_no_mistake(environment, home):
    env.read_file(home / ".env")
    assert "TRIED" not in environment


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("TRIED=1\nTRIED_TOO", "Line 2 of {} cannot be read; write it as NAME=value."),
        ("TRIED: 1", "Line 1 of {} cannot be read; write it as NAME=value."),
        ("\n\n1TRIED=1", "Line 3 of {} cannot be read; write it as NAME=value."),
        ("名字=1", "Line 1 of {} cannot be read; write it as NAME=value."),
        ("TRIED=a\0b", "Line 1 of {} cannot be read; write it as NAME=value."),
        ("TRIED='open", "Line 1 of {} opens a quote and does not close it."),
        ("TRIED='x' y", "Line 1 of {} opens a quote and does not close it."),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_set(environment, home, text, sentence):
    path = home / ".env"
    path.write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(BadSetting) as refused:
        env.read_file(path)
    assert str(refused.value) == sentence.format(path)
    assert not set(NAMES) & set(environment)


def test_a_file_that_is_none_or_not_text_is_said(environment, home):
    folder, latin, pipe = (home / name for name in ("folder", "latin", "socket"))
    folder.mkdir()
    latin.write_bytes("TRIED=naïve".encode("latin-1"))
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(pipe))
        said = []
        for path in (folder, latin, pipe):
            with pytest.raises(BadSetting) as refused:
                env.read_file(path)
            said.append(str(refused.value))
    assert said == [
        f"{folder} cannot be read (Is a directory); make it a file you can read or remove it.",
        f"{latin} is not UTF-8 text; save it as UTF-8.",
        f"{pipe} cannot be read (No such device or address); "
        "make it a file you can read or remove it.",
    ]
