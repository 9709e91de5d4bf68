"""Queries that are asked at every look, their SQL written once.

Django writes the SQL of a queryset anew each time, which takes ten times as long as a small table
takes to answer; the pages that are open all day ask the same few questions again and again.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from copy import copy
from functools import cache, lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

Asked = ParamSpec("Asked")
Row = TypeVar("Row")
KEPT = 16  # different arguments of one question: a day or two, the film at hand
_given: ContextVar[dict[str, Any]] = ContextVar("given")


class Given(Value):
    """Where a value stands that is another each time: Given("key", UUIDField()) in a filter."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(name, output_field=field)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Itself among the parameters, for `spoken`."""
        return "%s", [self]

    def spoken(self, connection: Any) -> Any:
        """What is given now, as the database knows it."""
        return self.output_field.get_db_prep_value(_given.get()[self.value], connection)


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


def prepared_once(make: "Callable[[], QuerySet[Any, Row]]") -> Callable[..., list[Row]]:
    """The same for a question of which only values change: each `Given` is an argument by name."""

    @cache
    def written() -> "QuerySet[Any, Row]":
        return ready(make())

    @wraps(make)
    def rows(**given: Any) -> list[Row]:
        queryset: Any = written()
        token = _given.set(given)
        try:
            return list(queryset._iterable_class(queryset))
        finally:
            _given.reset(token)

    return rows


def ready(rows: "QuerySet[Any, Row]") -> "QuerySet[Any, Row]":
    """The queryset, with a compiler that has done its work and runs on the thread's connection."""
    if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise TypeError("what is fetched beside the rows cannot be prepared")
    written = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, asked = written.as_sql()

    def get_compiler(*args: Any, **kwargs: Any) -> SQLCompiler:
        compiler: SQLCompiler = copy(written)
        connection = compiler.connection = connections[DEFAULT_DB_ALIAS]
        values = tuple(one.spoken(connection) if isinstance(one, Given) else one for one in asked)
        compiler.as_sql = lambda *args, **kwargs: (sql, values)  # type: ignore[method-assign]
        return compiler

    rows.query.get_compiler = get_compiler  # type: ignore[method-assign]
    return rows
