"""Studios to measure: each has a folder and a database of its own, and is served as in life."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.wire import Line
from tests.cluster import free_port

HERE = Path(__file__).resolve().parent.parent
UNSET = ("SITE_URL", "ALLOWED_HOSTS", "BIND", "STUDIO_LANGUAGE", "STUDIO_TIME_ZONE", "STUDIO_DEBUG")


@dataclass
class Studio:
    """A studio on disk: the environment of its processes, and its owner's cookie."""

    environment: dict[str, str]
    cookie: str = ""
    told: dict[str, Any] = field(default_factory=dict)

    def python(self, *arguments: str) -> str:
        """Run Python in it; what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=HERE,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    @contextmanager
    def served(self, *, works: bool = False) -> Iterator["Server"]:
        """`manage.py serve`, with its workers or without."""
        port = free_port()
        command = [sys.executable, "manage.py", "serve", *["--web-only"] * (not works)]
        with running([*command, "--bind", f"127.0.0.1:{port}"], self.environment) as process:
            yield Server(port, process.pid, self.cookie)

    @contextmanager
    def workers(self, number: int) -> Iterator[list[int]]:
        """`manage.py work`, so many times; their process ids."""
        command = [sys.executable, "manage.py", "work"]
        processes = [start(command, self.environment) for _ in range(number)]
        try:
            pids = [process.pid for process in processes]
            wait_until_idle(pids)
            yield pids
        finally:
            for process in processes:
                stop(process)


@dataclass(frozen=True)
class Server:
    """Something that answers on loopback."""

    port: int
    pid: int
    cookie: str = ""

    def line(self) -> Line:
        """A connection that is kept."""
        return Line(self.port, self.cookie)


def studio(home: Path, name: str, times: int, seed: str = "") -> Studio:
    """A studio in `home`/`name`, filled `times` as much as the measure asks (0: only an owner), or
    by another `seed`, a command of Python's that prints JSON with the cookie."""
    folder = home / name
    folder.mkdir()
    environment = {key: value for key, value in os.environ.items() if key not in UNSET}
    environment["STUDIO_DATA"] = str(folder)
    if url := os.environ.get("DATABASE_URL"):
        environment["DATABASE_URL"] = database_beside(url, name)
    made = Studio(environment)
    made.told = json.loads(made.python(*(seed or f"-m bench.seed {times}").split()))
    made.cookie = made.told["cookie"]
    return made


def database_beside(url: str, name: str) -> str:
    """Make a database in the same cluster; its address."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{url.rpartition('/')[0]}/{name}"


@contextmanager
def bare(home: Path) -> Iterator[Server]:
    """The yardstick, started by the very command that `serve` gives to gunicorn."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    os.environ["STUDIO_DATA"] = str(home)
    django.setup()
    from studio.ops.management.commands.serve import web

    port = free_port()
    address = f"127.0.0.1:{port}"
    command = [address if part == "fd://0" else part for part in web(0, 2, {}).command]
    command[command.index("studio.wsgi")] = "bench.bare"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": ""}
    with running(command, environment) as process:
        yield Server(port, process.pid)


def family(pid: int) -> list[int]:
    """The process, its children that live, and theirs."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(int(child)))]


def processor_seconds(pid: int) -> float:
    """What a process, its family and the children they waited for have used."""
    ticks = 0
    for each in family(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_until_idle(pids: list[int]) -> None:
    """Until they have read their code and only look for work now and then."""
    used, before = -1.0, 0.0
    while used < 0.5 or used - before > 0.05:
        time.sleep(1)
        before, used = used, sum(map(processor_seconds, pids))


def start(command: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start it in a session of its own; what it says goes to a file beside its data."""
    with Path(f"{environment['STUDIO_DATA']}.log").open("ab") as log:
        return subprocess.Popen(
            command, env=environment, cwd=HERE, stdout=log, stderr=log, start_new_session=True
        )


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End it and wait for it."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    process.wait(60)


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A server, once it answers."""
    port = int(next(part for part in command if part.startswith("127.0.0.1:")).partition(":")[2])
    process = start(command, environment)
    try:
        wait_for(port, process)
        yield process
    finally:
        stop(process)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until it answers; RuntimeError when it does not."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            Line(port).ask("/")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{process.args} does not answer on {port}; look into its log")
