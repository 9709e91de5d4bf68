"""A connection that a thread keeps follows its file: nothing is written where nobody reads."""

import shutil

import pytest
from django.db import ConnectionHandler

from studio.lib.database import on_file


@pytest.fixture
def kept(tmp_path, django_db_blocker):
    """A database of one table, and the connection to it that a thread keeps."""
    connection = ConnectionHandler({"default": on_file(tmp_path / "studio.sqlite3")})["default"]
    with django_db_blocker.unblock():
        connection.cursor().execute("create table words (said text)")
        yield connection
        connection.close()


def next_request(connection):
    connection.close_if_unusable_or_obsolete()


def say(connection, words):
    with connection.cursor() as cursor:
        cursor.execute("insert into words values (%s)", [words])


def said(connection):
    with connection.cursor() as cursor:
        cursor.execute("select said from words")
        return [words for (words,) in cursor.fetchall()]


def test_it_is_kept_from_request_to_request(kept):
    opened = kept.connection
    next_request(kept)
    say(kept, "晶格")
    assert kept.connection is opened


def written_back(connection):
    """All is in the file itself, as the one who copies or moves it should see to."""
    connection.cursor().execute("pragma wal_checkpoint(truncate)")


def test_words_go_to_the_file_that_was_put_in_its_place(kept, tmp_path):
    say(kept, "before")
    written_back(kept)
    shutil.copy(tmp_path / "studio.sqlite3", tmp_path / "copy.sqlite3")
    (tmp_path / "copy.sqlite3").replace(tmp_path / "studio.sqlite3")
    next_request(kept)
    say(kept, "after")
    other = ConnectionHandler({"default": on_file(tmp_path / "studio.sqlite3")})["default"]
    assert said(other) == ["before", "after"]
    other.close()


def test_words_do_not_follow_a_file_that_was_moved_away(kept, tmp_path):
    say(kept, "before")
    written_back(kept)
    (tmp_path / "studio.sqlite3").rename(tmp_path / "away.sqlite3")
    next_request(kept)
    kept.cursor().execute("create table words (said text)")
    say(kept, "after")
    assert said(kept) == ["after"]
