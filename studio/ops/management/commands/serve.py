"""`manage.py serve`: bring the database up to date, then web and worker together."""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, connections

from studio.lib.env import split_address

GRACE = 20  # seconds a child may take to end by itself
SAFE_SQLITE = (3, 51, 3)  # before it, several writers can corrupt a WAL database


class Command(BaseCommand):
    """The parent of gunicorn and of the workers: restarts a dead child, ends both on SIGTERM."""

    help = "Migrate, then serve the studio and do its slow work, until SIGTERM."
    stopping = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", metavar="ADDR", help="host:port, over BIND")
        parser.add_argument("--web-only", action="store_true", help="no worker in this process")

    def handle(self, *args: Any, bind: str | None, web_only: bool, **options: Any) -> None:
        """Serve; returns after a clean stop, raises when a child cannot be kept alive."""
        host, port = split_address(bind, "--bind") if bind else settings.BIND
        check_port(host, port)
        bring_database_up()
        workers, processes = settings.WORKERS, settings.WEB_PROCESSES
        if old_sqlite():
            workers = processes = 1
            self.stderr.write(
                "This SQLite is older than 3.51.3, so one process serves and one works; "
                "install a newer SQLite or use PostgreSQL for more."
            )
        shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.greet(settings.SITE_URL or f"http://{shown}")
        commands = [web_command(shown, processes)]
        if not web_only:
            commands += [[sys.executable, manage_py(), "work"]] * workers
        connections.close_all()
        self.keep_alive(commands)

    def greet(self, site: str) -> None:
        """Say where the studio is, and the set-up link while it has no owner."""
        self.stdout.write(f"Throughline is at {site}/")
        call_command("setup_link", site=site, stdout=self.stdout)
        self.stdout.write("Stop it with Ctrl+C.")
        self.stdout.flush()

    def keep_alive(self, commands: list[list[str]]) -> None:
        """Run `commands` until asked to stop."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        environment = child_environment()
        children = {number: start(command, environment) for number, command in enumerate(commands)}
        born = dict.fromkeys(children, time.monotonic())
        failure = ""
        while not self.stopping and not failure:
            time.sleep(0.2)
            for number, child in children.items():
                if child.poll() is None:
                    continue
                if time.monotonic() - born[number] < 3:
                    failure = f"“{' '.join(commands[number][1:4])}” ended at once; see above."
                    break
                children[number] = start(commands[number], environment)
                born[number] = time.monotonic()
        end(list(children.values()))
        if failure:
            raise CommandError(failure)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Remember that the end was asked for."""
        self.stopping = True


def check_port(host: str, port: int) -> None:
    """Refuse early and in words: gunicorn would try for a while and then show a traceback."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{host}:{port} cannot be used ({error.strerror}); "
                f"stop what runs there or choose another with --bind {host}:{port % 65535 + 1}."
            ) from None


def bring_database_up() -> None:
    """Apply what migrations are missing."""
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        raise CommandError(
            f"The database cannot be reached ({first}); check DATABASE_URL and that it runs."
        ) from None


def old_sqlite() -> bool:
    """Whether only one process may write."""
    if connection.vendor != "sqlite":
        return False
    import sqlite3

    return sqlite3.sqlite_version_info < SAFE_SQLITE


def manage_py() -> str:
    """The commands' file."""
    return str(Path(settings.BASE_DIR) / "manage.py")


def web_command(address: str, processes: int) -> list[str]:
    """Gunicorn with threads: a phone on a slow line must not hold a whole process."""
    return [
        *(sys.executable, "-m", "gunicorn", "studio.wsgi"),
        *("--bind", address, "--workers", str(processes), "--threads", "4"),
        *("--worker-class", "gthread", "--timeout", "60", "--graceful-timeout", "15"),
        *("--no-control-socket", "--log-level", "warning", "--chdir", str(settings.BASE_DIR)),
    ]


def child_environment() -> dict[str, str]:
    """The children's environment: the collected files when they have been collected."""
    built = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    return {**os.environ, **({"STUDIO_STATIC": "built"} if built else {})}


def start(command: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own, so that Ctrl+C reaches only the parent."""
    return subprocess.Popen(command, env=environment, start_new_session=True)


def end(children: "list[subprocess.Popen[bytes]]") -> None:
    """Ask each child to end, and make it after a while."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
