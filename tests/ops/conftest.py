"""Studios in processes of their own."""

import pytest
from django.conf import settings as house

from tests.ops.running import Serving


@pytest.fixture
def database(tmp_path):
    """The settings for a new, empty database of the kind the tests run on."""
    if house.ON_SQLITE:
        yield {}
        return
    import psycopg

    given = house.DATABASES["default"]
    where = f"{given['USER']}@{given['HOST']}:{given['PORT']}"
    name = f"serve_{abs(hash(tmp_path))}"
    with psycopg.connect(f"postgres://{where}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield {"DATABASE_URL": f"postgres://{where}/{name}"}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def serve(tmp_path, database):
    """Start studios; none is left running."""
    started = []

    def start(*arguments, **given):
        one = Serving(tmp_path / f"studio{len(started)}", *arguments, **database, **given)
        started.append(one)
        return one

    yield start
    for one in started:
        one.__exit__()
