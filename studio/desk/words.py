"""The tokens beside each place, on either database, and the places that hold a query's words.

Positions are given to PostgreSQL outright, since its parser knows no Chinese and splits Latin words
its own way; SQLite's tokenizer only parts what we joined by blanks. So both see the same tokens in
the same order. A place is at most `passages.LONGEST` characters: beyond 16,383 positions, or 256 of
one word, PostgreSQL forgets where they stood.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from studio.lib.bigrams import Phrase, query

MOST_OF_A_KIND = 40


class Found(NamedTuple):
    """A place that holds all words."""

    kind: str
    target: int
    is_title: bool
    start: int


def make_table(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For the migration."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE VIRTUAL TABLE desk_words USING fts5"
            "(words, tokenize = 'unicode61 remove_diacritics 0')"
        )
        return
    schema_editor.execute(
        "CREATE TABLE desk_words (place bigint PRIMARY KEY, words tsvector NOT NULL)"
    )
    schema_editor.execute("CREATE INDEX desk_words_words ON desk_words USING gin (words)")


def drop_table(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For the migration, backwards."""
    schema_editor.execute("DROP TABLE desk_words")


def put(rows: Iterable[tuple[int, list[str]]]) -> None:
    """Lay the tokens of places (key, tokens) beside them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT OR REPLACE INTO desk_words (rowid, words) VALUES (%s, %s)",
                [(key, " ".join(tokens)) for key, tokens in rows],
            )
            return
        cursor.executemany(
            "INSERT INTO desk_words (place, words) VALUES (%s, %s::tsvector) "
            "ON CONFLICT (place) DO UPDATE SET words = excluded.words",
            [(key, vector(tokens)) for key, tokens in rows],
        )


def drop(keys: Iterable[int]) -> None:
    """Take away the tokens of places."""
    column = "rowid" if connection.vendor == "sqlite" else "place"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM desk_words WHERE {column} = %s",  # noqa: S608 (one of two words)
            [(key,) for key in keys],
        )


def drop_all() -> None:
    """Begin anew."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM desk_words")


def search(words: str) -> list[Found]:
    """Places that hold all of `words`: of each kind the titles first, then the newest."""
    phrases = query(words)
    if not phrases:
        return []
    on_sqlite = connection.vendor == "sqlite"
    asked = match(phrases) if on_sqlite else ts_query(phrases)
    condition = (
        "w.rowid = p.id AND desk_words MATCH %s"
        if on_sqlite
        else "w.place = p.id AND w.words @@ %s::tsquery"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, target, is_title, start FROM ("  # noqa: S608 (one of two conditions)
            "SELECT p.kind, p.target, p.is_title, p.start, p.id, row_number() OVER ("
            "PARTITION BY p.kind ORDER BY p.is_title DESC, p.id DESC) AS place_in_kind "
            f"FROM desk_place p, desk_words w WHERE {condition}"
            ") AS ranked WHERE place_in_kind <= %s ORDER BY is_title DESC, id DESC",
            [asked, MOST_OF_A_KIND],
        )
        rows = cursor.fetchall()
    return [Found(kind, target, bool(title), start) for kind, target, title, start in rows]


# Tokens are letters and digits only (`bigrams`), so that quoting them is enough in both languages.
def match(phrases: list[Phrase]) -> str:
    """As FTS5 asks: "晶格 格并" AND "latt"*."""
    return " AND ".join(
        f'"{" ".join(phrase.tokens)}"{"*" if phrase.is_open else ""}' for phrase in phrases
    )


def ts_query(phrases: list[Phrase]) -> str:
    """As PostgreSQL asks: '晶格' <-> '格并' & 'latt':*."""
    asked = []
    for phrase in phrases:
        quoted = [f"'{token}'" for token in phrase.tokens]
        if phrase.is_open:
            quoted[-1] += ":*"
        asked.append(f"({' <-> '.join(quoted)})")
    return " & ".join(asked)


def vector(tokens: list[str]) -> str:
    """A tsvector: '格':2 '晶格':1."""
    where: dict[str, list[int]] = defaultdict(list)
    for position, token in enumerate(tokens, 1):
        where[token].append(position)
    return " ".join(f"'{token}':{','.join(map(str, at))}" for token, at in where.items())
