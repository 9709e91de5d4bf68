"""Queries that are asked at every look, their SQL written once.

Django writes the SQL of a queryset anew each time, which takes ten times as long as a small table
takes to answer; the pages that are open all day ask the same few questions again and again.
"""

from collections.abc import Callable, Hashable
from copy import copy
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Asked = ParamSpec("Asked")
Row = TypeVar("Row")
KEPT = 16  # different arguments of one question: a day or two, the film at hand


def prepared(
    make: "Callable[Asked, QuerySet[Any, Row]]",
) -> Callable[Asked, list[Row]]:
    """Turn a function that makes a queryset into one that answers its rows.

    All that `make` looks at it must be given: for the same arguments the same is asked for good.
    """

    @lru_cache(maxsize=KEPT)
    def written(*args: Hashable, **kwargs: Hashable) -> "QuerySet[Any, Row]":
        return ready(make(*args, **kwargs))  # type: ignore[arg-type]

    @wraps(make)
    def rows(*args: Any, **kwargs: Any) -> list[Row]:
        queryset: Any = written(*args, **kwargs)
        # Not the queryset itself, which would keep what it found.
        return list(queryset._iterable_class(queryset))

    return rows


def ready(rows: "QuerySet[Any, Row]") -> "QuerySet[Any, Row]":
    """The queryset, with a compiler that has done its work and runs on the thread's connection."""
    if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise TypeError("what is fetched beside the rows cannot be prepared")
    written = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    sql = written.as_sql()

    def get_compiler(*args: Any, **kwargs: Any) -> SQLCompiler:
        compiler: SQLCompiler = copy(written)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *args, **kwargs: sql  # type: ignore[method-assign]
        return compiler

    rows.query.get_compiler = get_compiler  # type: ignore[method-assign]
    return rows
