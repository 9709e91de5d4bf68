"""A studio in processes of its own, as a person runs it, and a client that is no browser."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90.0  # seconds; a busy machine is slow, and only a broken studio takes so long
OURS = re.compile(
    "STUDIO_|SECRET_KEY|ALLOWED_HOSTS|SITE_URL|BIND|DATABASE_URL|WORKERS|WEB_|S3_|DJANGO_|GUNICORN_"
)


# In the background of a script INT is ignored, under nohup HUP: a child would inherit that.
AS_FROM_A_TERMINAL = (
    sys.executable,
    "-c",
    "import os, signal, sys\n"
    "for number in (signal.SIGHUP, signal.SIGINT):\n"
    "    signal.signal(number, signal.SIG_DFL)\n"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])",
)


def environment(**given: str) -> dict[str, str]:
    """This process's environment without any setting of the studio, and with those `given`."""
    plain = {name: value for name, value in os.environ.items() if not OURS.match(name)}
    return {**plain, "STUDIO_TIME_ZONE": "Asia/Shanghai", **given}


def manage(
    *arguments: str, given: dict[str, str], root: Path = ROOT
) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, str(root / "manage.py"), *arguments],
        env=environment(**given),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def wait_for(what: Callable[[], T], why: str) -> T:
    """What `what` answers once it is true."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain: {why}")


class Process:
    """One line of the process table."""

    def __init__(self, line: str) -> None:
        pid, parent, state, *command = line.split(None, 3)
        self.pid, self.parent, self.state = int(pid), int(parent), state
        self.command = command[0] if command else ""


def processes() -> dict[int, Process]:
    """All that run and are no mere remains."""
    said = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,args="], capture_output=True, text=True
    ).stdout
    found = (Process(line) for line in said.splitlines())
    return {one.pid: one for one in found if not one.state.startswith("Z")}


def below(pid: int) -> Iterator[Process]:
    """The children of `pid`, and theirs."""
    table = processes()
    parents = [pid]
    while parents:
        parents = [one.pid for one in table.values() if one.parent in parents]
        yield from (table[each] for each in parents)


class Serving:
    """`manage.py serve` on a free port."""

    def __init__(self, folder: Path, *arguments: str, bind: str = "127.0.0.1:0", **given: str):
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.given = {"STUDIO_DATA": str(folder / "data"), **given}
        self.told, self.warned = folder / "stdout", folder / "stderr"
        with self.told.open("w") as told, self.warned.open("w") as warned:
            self.process = subprocess.Popen(
                [*AS_FROM_A_TERMINAL, str(ROOT / "manage.py"), "serve", "--bind", bind, *arguments],
                env=environment(**self.given),
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=warned,
            )

    @property
    def pid(self) -> int:
        """Of the parent of all."""
        return self.process.pid

    @property
    def address(self) -> str:
        """Where it is reached on this machine, once it has said so."""

        def said() -> "re.Match[str] | None":
            assert self.process.poll() is None, self.warned.read_text()
            return re.search(r"(http://[^\s/)]+)/?\)?\n", self.told.read_text())

        return wait_for(said, "for the address").group(1)

    @property
    def link(self) -> str:
        """The one-time link it has printed."""
        wait_for(lambda: "Ctrl+C" in self.told.read_text(), "for the greeting")
        found = re.search(r"Set it up here: (\S+)\n", self.told.read_text())
        return found.group(1) if found else ""

    def until_it_answers(self) -> str:
        """The address, once the studio answers there."""
        assert Client(self.address).get("/healthz") == (200, "ok\n")
        return self.address

    def children(self, words: str) -> set[int]:
        """The processes below it whose command has `words`."""
        return {one.pid for one in below(self.pid) if words in one.command}

    def warnings(self) -> list[str]:
        """The lines it has written to stderr."""
        return self.warned.read_text().splitlines()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end; its exit code. Nothing of it may be left."""
        family = [one.pid for one in below(self.pid)]
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        wait_for(lambda: not set(family) & set(processes()), "for the children to end")
        return code

    def __enter__(self) -> "Serving":
        return self

    def __exit__(self, *args: object) -> None:
        """Leave nothing running, whatever the test came to."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def complete(
    studio: Serving, words: str, count: int, before: frozenset[int] | set[int] = frozenset()
) -> set[int]:
    """The processes with `words` once all are there and none is of `before`; else nothing."""
    found = studio.children(words)
    return found if len(found) == count and not found & before else set()


class Client:
    """Cookies and forms, and no redirect followed."""

    def __init__(self, address: str, **headers: str) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "", parts.port or 80
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.cookies: dict[str, str] = {}
        self.answer: list[tuple[str, str]] = []
        self.page = ""

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        """Status and text."""
        line = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**self.headers, "Cookie": cookies, **({"Content-Type": kind} if kind else {})}
        parts = urlsplit(path)
        try:
            line.request(method, f"{parts.path}?{parts.query}", body, headers)
            answer = line.getresponse()
            self.answer = answer.getheaders()
            self.page = answer.read().decode("utf-8", "replace")
        finally:
            line.close()
        for cookie in self.all("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, self.page

    def all(self, name: str) -> list[str]:
        """The last answer's headers of that name."""
        return [value for key, value in self.answer if key.lower() == name.lower()]

    def get(self, path: str) -> tuple[int, str]:
        """A page."""
        return self.ask("GET", path)

    def post(self, path: str, **given: str) -> tuple[int, str]:
        """A form, with the token of the page that was got last."""
        data = urlencode({**given, "csrfmiddlewaretoken": self.token()}).encode()
        return self.ask("POST", path, data, "application/x-www-form-urlencoded")

    def send_file(self, path: str, name: str, content: bytes, **given: str) -> tuple[int, str]:
        """A form with one file."""
        edge = uuid4().hex
        part = f'--{edge}\r\nContent-Disposition: form-data; name="%s"'
        fields = {**given, "csrfmiddlewaretoken": self.token()}
        lines = [part % key + f"\r\n\r\n{value}\r\n" for key, value in fields.items()]
        lines.append(part % "files" + f'; filename="{name}"\r\n\r\n')
        body = "".join(lines).encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.ask("POST", path, body, f"multipart/form-data; boundary={edge}")

    def token(self) -> str:
        """What the last page's form carries against forged requests."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
        return found.group(1) if found else ""
