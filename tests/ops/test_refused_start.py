"""What cannot be used ends every command in one sentence, and leaves nothing behind."""

import shutil
import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.conf import settings as house
from django.core.management import get_commands
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from studio.lib.env import BadSetting
from studio.ops.bring_up import bring_up
from tests.cluster import free_port
from tests.ops.running import ROOT, manage

KEY = "cannot be read from {}/key (No such file or directory); "
HOST = "; write hosts without scheme and port, as studio.example.org."
FOLDER = "which cannot be written to; choose a folder you can write to."
DATABASE = (
    "DATABASE_URL cannot be read; write it as postgres://name:password@host:5432/studio "
    "or sqlite:////folder/studio.sqlite3, with %40 for an @ inside a name or password."
)
ADDRESS = "set it to a host and a port, as 127.0.0.1:8000."
WRONG = [
    ("WORKERS", "abc", "WORKERS is “abc”; set it to a whole number from 1 to 16."),
    ("WEB_PROCESSES", "0", "WEB_PROCESSES is “0”; set it to a whole number from 1 to 16."),
    ("STUDIO_TIME_ZONE", "Mars/Base", "“Mars/Base”; set it to a zone name such as Asia/Shanghai."),
    ("STUDIO_LANGUAGE", "fr", "STUDIO_LANGUAGE is “fr”; set it to one of en, zh-hans."),
    ("STUDIO_LOG_LEVEL", "loud", "set it to one of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ("STUDIO_DEBUG", "perhaps", "STUDIO_DEBUG is “perhaps”; set it to 1 or 0."),
    ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS is “*”; name the hosts the studio answers to."),
    ("ALLOWED_HOSTS", "https://a.example", "ALLOWED_HOSTS has “https://a.example”" + HOST),
    (
        "SITE_URL",
        "工作室",
        "SITE_URL is “工作室”; set it to an address as https://studio.example.org.",
    ),
    ("BIND", "8000", f"BIND is “8000”; {ADDRESS}"),
    ("BIND", "127.0.0.1:http", f"BIND is “127.0.0.1:http”; {ADDRESS}"),
    ("DATABASE_URL", "mysql://db/studio", DATABASE),
    ("DATABASE_URL", "postgres://lin:geheim@db:port/studio", DATABASE),
    (
        "SECRET_KEY",
        "geheim",
        "in SECRET_KEY is too short; write at least 32 random characters there.",
    ),
    ("SECRET_KEY_FILE", "{}/key", KEY + "make that file readable or set SECRET_KEY."),
    ("STUDIO_DATA", "{}/novel.txt", "STUDIO_DATA is {}/novel.txt, " + FOLDER),
    ("STUDIO_DATA", "{}/novel.txt/data", "STUDIO_DATA is {}/novel.txt/data, " + FOLDER),
    ("STUDIO_DATA", "/proc/studio", "STUDIO_DATA is /proc/studio, " + FOLDER),
]


@pytest.fixture
def home(tmp_path):
    """A folder with one file, which must stay as it is."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "novel.txt").write_text("晶格")
    return folder


def assert_one_sentence(ended, sentence):
    """It ended with an exit code, and all it said is a sentence that ends like this one."""
    assert (ended.returncode, ended.stdout) == (1, "")
    said = ended.stderr
    assert (said.count("\n"), said.endswith(f"{sentence}\n")) == (1, True), said


@pytest.mark.parametrize(
    ("name", "value", "sentence"), WRONG, ids=[f"{n}={v}" for n, v, _ in WRONG]
)
def test_a_wrong_value_stops_the_start(home, name, value, sentence):
    given = {"STUDIO_DATA": str(home / "data"), name: value.format(home)}
    ended = manage("serve", "--bind", "127.0.0.1:0", given=given)
    assert_one_sentence(ended, sentence.format(home))
    assert "geheim" not in ended.stderr
    assert [path.name for path in home.rglob("*")] == ["novel.txt"]


def our_commands():
    """Those the studio's own apps bring, and what a person runs of Django's."""
    ours = {
        config.name
        for config in apps.get_app_configs()
        if config.path.startswith(str(ROOT / "studio"))
    }
    found = {name for name, app in get_commands().items() if app in ours}
    return sorted(found | {"migrate", "createsuperuser", "check", "collectstatic", "shell"})


def test_it_stops_every_command_alike(home):
    def run(name):
        return manage(name, given={"STUDIO_DATA": str(home / "data"), "WORKERS": "二"})

    commands = our_commands()
    assert {"serve", "runserver", "work", "setup_link", "import_manuscript"} < set(commands)
    with ThreadPoolExecutor(2) as pool:
        for ended in pool.map(run, commands):
            assert_one_sentence(ended, "WORKERS is “二”; set it to a whole number from 1 to 16.")
    assert [path.name for path in home.rglob("*")] == ["novel.txt"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("serve", "--bind", "127.0.0.1:0"),
        ("runserver", "127.0.0.1:0"),
        ("migrate",),
        ("createsuperuser", "--noinput", "--username", "lin"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_server_that_does_not_answer_is_said_and_not_its_password(home, arguments):
    port = free_port()
    url = f"postgres://lin:geheim@127.0.0.1:{port}/studio"
    ended = manage(*arguments, given={"STUDIO_DATA": str(home / "data"), "DATABASE_URL": url})
    assert_one_sentence(
        ended,
        f"The database at 127.0.0.1:{port} cannot be reached (Connection refused); "
        "start it or correct DATABASE_URL.",
    )
    assert "geheim" not in ended.stderr


@pytest.fixture
def studio(home, db):
    """A data folder whose database is up to date."""
    if not house.ON_SQLITE:
        pytest.skip("on SQLite")
    (home / "data").mkdir()
    source = sqlite3.connect(connection.settings_dict["NAME"])
    copy = sqlite3.connect(home / "data" / "studio.sqlite3")
    source.backup(copy)
    source.close()
    copy.close()
    return home / "data"


DAMAGED = "is damaged or is no database; move it away or restore a backup."


def test_a_file_that_is_no_database_is_said_and_kept(home):
    (home / "data").mkdir()
    file = home / "data" / "studio.sqlite3"
    file.write_text("这不是数据库。" * 400)
    for arguments in (("serve", "--bind", "127.0.0.1:0"), ("migrate",), ("runserver", "0")):
        ended = manage(*arguments, given={"STUDIO_DATA": str(home / "data")})
        assert_one_sentence(ended, f"The database {file} {DAMAGED}")
    assert file.read_text() == "这不是数据库。" * 400


def test_a_database_with_a_broken_page_is_not_written_to(studio):
    file = studio / "studio.sqlite3"
    database = sqlite3.connect(file)
    [root] = database.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'writing_scene'"
    ).fetchone()
    [size] = database.execute("PRAGMA page_size").fetchone()
    database.close()
    pages = bytearray(file.read_bytes())
    pages[(root - 1) * size : root * size] = b"\xff" * size
    file.write_bytes(pages)
    ended = manage("serve", "--bind", "127.0.0.1:0", given={"STUDIO_DATA": str(studio)})
    assert_one_sentence(ended, f"The database {file} {DAMAGED}")
    assert file.read_bytes() == pages


def test_a_database_in_a_folder_that_is_not_there_is_said(home):
    url = f"sqlite:///{home}/missing/studio.sqlite3"
    ended = manage("migrate", given={"STUDIO_DATA": str(home / "data"), "DATABASE_URL": url})
    assert_one_sentence(
        ended,
        f"The database {home}/missing/studio.sqlite3 cannot be opened; "
        "make its folder one you can write to.",
    )
    assert not (home / "missing").exists()


def test_a_command_before_the_first_start_asks_for_it(home):
    if not house.ON_SQLITE:
        pytest.skip("on SQLite")
    ended = manage("setup_link", given={"STUDIO_DATA": str(home / "data")})
    assert_one_sentence(
        ended, "The database is not set up for this version; run `manage.py migrate` first."
    )


def test_our_own_mistakes_keep_their_traceback(home):
    ended = manage(
        "shell",
        "-c",
        "from django.db import connection; connection.cursor().execute('SELEC 1')",
        given={"STUDIO_DATA": str(home / "data")},
    )
    assert ended.returncode == 1
    assert "Traceback" in ended.stderr
    assert "syntax error" in ended.stderr


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_refused_and_keeps_its_rows():
    recorder = MigrationRecorder(connection)
    recorder.record_applied("writing", "0999_the_next_book")
    before = recorder.applied_migrations().keys()
    with pytest.raises(BadSetting) as refused:
        bring_up()
    assert str(refused.value) == (
        "The database was written by a newer version of the studio "
        "(writing.0999_the_next_book); install that version or restore a backup of this one."
    )
    assert recorder.applied_migrations().keys() == before


@pytest.mark.django_db
def test_rows_of_an_app_that_is_gone_are_no_newer_version():
    MigrationRecorder(connection).record_applied("a_room_of_old", "0001_initial")
    bring_up()


@pytest.mark.django_db
def test_old_sessions_are_swept_away_at_the_start(studio_client):
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    Session.objects.update(expire_date=timezone.now())
    bring_up()
    assert not Session.objects.exists()


def test_the_file_env_beside_manage_py_is_read(home):
    """In a copy of the house, so that the developer's own file stays out of it."""
    copy = copied_house(home)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (copy / ".env").write_text(f"# 工作室\nBIND=127.0.0.1:{port}\nSTUDIO_DATA=数据\n")
        ended = manage("serve", given={}, root=copy)
        assert ended.stderr.startswith(f"127.0.0.1:{port} cannot be used (Address already in use)")
        assert (copy / "数据" / "secret_key").exists()
    (copy / ".env").write_text("BIND 127.0.0.1:8000\n")
    ended = manage("check", given={}, root=copy)
    assert_one_sentence(
        ended, f"Line 1 of {copy.resolve()}/.env cannot be read; write it as NAME=value."
    )


def test_a_relative_data_folder_is_the_same_from_wherever_a_command_is_run(home, monkeypatch):
    copy = copied_house(home)
    monkeypatch.chdir("/")
    assert manage("check", given={"STUDIO_DATA": "data2"}, root=copy).returncode == 0
    assert (copy / "data2" / "secret_key").exists()


def copied_house(home):
    """manage.py and all it needs, elsewhere."""
    copy = home / "house"
    copy.mkdir()
    for name in ("manage.py", "CHANGELOG.md"):
        shutil.copy(ROOT / name, copy)
    for name in ("studio", "projects", "timelog"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "static", "locale"):
        (copy / name).symlink_to(ROOT / name)
    return copy
