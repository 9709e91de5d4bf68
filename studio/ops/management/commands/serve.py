"""`manage.py serve`: bring the database up to date, then web and worker together."""

import errno
import os
import signal
import socket
import sys
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections

from studio.lib.env import BadSetting, join_address, reached_at, split_address
from studio.ops.bring_up import bring_up
from studio.ops.children import Child, GivenUp, keep
from studio.store.management.commands.work import NICENESS

SAFE_SQLITE = (3, 51, 3)  # before it, several writers can corrupt a WAL database
WAYS_OUT = {
    errno.EADDRINUSE: "stop what runs there or choose another port",
    errno.EACCES: "choose a port from 1024 up",
}


class Command(BaseCommand):
    """The parent of gunicorn and of the workers. It holds the port, so that no call is refused
    while gunicorn is started again."""

    help = "Migrate, then serve the studio and do its slow work, until SIGTERM."
    stops = 0

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", metavar="ADDR", help="host:port, over BIND")
        parser.add_argument("--web-only", action="store_true", help="no worker in this process")

    def handle(self, *args: Any, bind: str | None, web_only: bool, **options: Any) -> None:
        """Serve; returns after a clean stop, raises when a child cannot be kept alive."""
        self.heed_signals()
        host, port = split_address(bind, "--bind") if bind else settings.BIND
        with listen(host, port) as door:
            port = door.getsockname()[1]
            bring_up()
            workers, processes = settings.WORKERS, settings.WEB_PROCESSES
            if old_sqlite():
                workers = processes = 1
                self.stderr.write(
                    "This SQLite is older than 3.51.3, so one process serves and one works; "
                    "install a newer SQLite or use PostgreSQL for more."
                )
            self.greet(settings.SITE_URL, reached_at(host, port))
            connections.close_all()
            environment = child_environment(join_address(host, port))
            children = [web(door.fileno(), processes, environment)]
            if not web_only:
                children += [worker(environment) for _ in range(workers)]
            try:
                keep(children, lambda: self.stops, self.stderr.write)
            except GivenUp as error:
                raise CommandError(str(error)) from None

    def greet(self, site: str, here: str) -> None:
        """Say where the studio is, and the set-up link while it has no owner."""
        if self.stops:
            return
        behind = f" (behind it: {here})" if site else ""
        self.stdout.write(f"Throughline is at {site or here}/{behind}")
        call_command("setup_link", site=site or here, stdout=self.stdout)
        self.stdout.write("Stop it with Ctrl+C.")
        self.stdout.flush()

    def heed_signals(self) -> None:
        """Stop cleanly when asked, also in the middle of a migration or by a closed terminal."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup
                signal.signal(number, self.stop)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Remember that the end was asked for; asked again, nothing is waited for."""
        self.stops += 1


def listen(host: str, port: int) -> socket.socket:
    """The socket the studio listens on, or one sentence."""
    try:
        [(family, *_), *_] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        both = host == "::" and socket.has_dualstack_ipv6()
        return socket.create_server((host, port), family=family, backlog=2048, dualstack_ipv6=both)
    except (OSError, UnicodeError) as error:
        number = error.errno if isinstance(error, OSError) else None
        known = number in errno.errorcode and not isinstance(error, socket.gaierror)
        reason = os.strerror(number or 0) if known else "no such host"
        way_out = WAYS_OUT.get(number or 0, "choose an address of this machine")
        raise BadSetting(
            f"{join_address(host, port)} cannot be used ({reason}); {way_out} "
            "with BIND or --bind, as 127.0.0.1:8001."
        ) from None


def old_sqlite() -> bool:
    """Whether only one process may write."""
    if connection.vendor != "sqlite":
        return False
    import sqlite3

    return sqlite3.sqlite_version_info < SAFE_SQLITE


def web(door: int, processes: int, environment: dict[str, str]) -> Child:
    """Gunicorn with threads: a phone on a slow line must not hold a whole process."""
    command = [
        *(sys.executable, "-m", "gunicorn", "studio.wsgi", "--config", "python:studio.ops.pages"),
        *("--bind", f"fd://{door}", "--workers", str(processes), "--threads", "4"),
        *("--worker-class", "gthread", "--timeout", "60", "--graceful-timeout", "15"),
        *("--preload", "--no-control-socket", "--log-level", "warning"),
    ]
    return Child("web", command, environment, settings.BASE_DIR, inherits=[door])


def worker(environment: dict[str, str]) -> Child:
    """`manage.py work`."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"]
    return Child("work", command, environment, settings.BASE_DIR, niceness=NICENESS)


def child_environment(bind: str) -> dict[str, str]:
    """The children's environment: the collected files when they are those of the tree."""
    built = {"STUDIO_STATIC": "built"} if collected() else {}
    return {**os.environ, "BIND": bind, **built}


def collected() -> bool:
    """Whether the static files were collected after the last of them was changed."""
    try:
        when = (settings.STATIC_ROOT / "staticfiles.json").stat().st_mtime
    except OSError:
        return False
    files = (path for folder in settings.STATICFILES_DIRS for path in folder.rglob("*"))
    return all(path.stat().st_mtime <= when for path in files if path.is_file())
