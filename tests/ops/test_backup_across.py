"""From SQLite to PostgreSQL and back: the same rows, the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.cluster import programs

MANAGE = [sys.executable, "manage.py"]
TELL = (
    "import django; django.setup();"
    "from datetime import date; from tests.story import tell; tell(date(2026, 11, 19))"
)


def run(command: list[str], data: Path) -> str:
    """Run it on the studio in `data`; what it printed."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=environment | {"STUDIO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "studio.settings"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def roots(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if line.startswith("root ")]


def test_a_studio_moves_from_sqlite_to_postgresql_and_back(tmp_path):
    if programs() is None:
        pytest.skip("PostgreSQL is not installed; `make test` as root installs it")
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    run([*MANAGE, "migrate", "-v0"], tmp_path / "a")
    run([sys.executable, "-c", TELL], tmp_path / "a")
    before = roots(run([*MANAGE, "backup", str(first)], tmp_path / "a"))
    over = (
        f"{sys.executable} manage.py restore {first} && {sys.executable} manage.py backup {second}"
    )
    there = run([sys.executable, "-m", "tests.cluster", "sh", "-c", over], tmp_path / "b")
    back = run([*MANAGE, "restore", str(second)], tmp_path / "c")
    assert len(before) == 1
    assert roots(there) == before * 2
    assert roots(back) == before
