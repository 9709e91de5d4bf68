"""Has one picture decoded in a limited process, and listens to it."""

import json
import selectors
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from projects.images.forking import FORKS, Unanswered

CHECK_SECONDS = 3.0  # a person waits for it
MAKE_SECONDS = 600.0
# What a process dies of when its file is at fault; any other death may be the machine's.
_OWN_FAULT = {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}
_OUT_OF_BOUNDS = {signal.SIGXCPU, signal.SIGXFSZ}
Answer = dict[str, Any]


class Interrupted(Exception):
    """The process was stopped from outside: the same may work at another time."""


class TooSlow(Exception):
    """The time given was not enough."""


def check(path: Path, seconds: float = CHECK_SECONDS, *, recipe: bool = False) -> Answer:
    """Decode the file at `path` for at most `seconds`; with `recipe`, read how it was made, too.

    Returns {"facts": {"format", "width", "height", "turn"}}, {"large": True} or
    {"refused": reason}; with it what `renditions.recipe` gives. Raises TooSlow, Interrupted.
    """
    answer: Answer = {}
    for said in _run(["check", str(path), *["recipe"] * recipe], seconds):
        answer |= said
    return answer


def tell(path: Path) -> Answer:
    """Read how the picture at `path` was made: what `renditions.recipe` gives.

    {} when it cannot be read any more; raises TooSlow, Interrupted.
    """
    return next((said for said in _run(["tell", str(path)], MAKE_SECONDS) if "recipe" in said), {})


def make(path: Path, folder: Path, names: set[str]) -> Iterator[Answer]:
    """Make renditions; yields what `renditions.make` yields, or {"refused": reason}.

    Raises TooSlow, Interrupted.
    """
    arguments = ["make", str(path), str(folder), ",".join(sorted(names))]
    return _run(arguments, MAKE_SECONDS, folder)


def _run(arguments: list[str], seconds: float, folder: Path | None = None) -> Iterator[Answer]:
    try:
        pid, output = FORKS.new(arguments)
    except Unanswered:
        raise Interrupted("no process to decode in") from None
    ended, status = False, None
    with output:
        try:
            for line in _lines(output, time.monotonic() + seconds):
                answer: Answer = json.loads(line)
                if "status" in answer:
                    status = answer["status"]
                    break
                ended = ended or "end" in answer or "refused" in answer
                yield answer
        finally:
            if status is None:
                _wait_for_death(output)
            for part in folder.glob(f"*.{pid}.part") if folder else ():
                part.unlink(missing_ok=True)
    if not ended:
        yield {"refused": _cause(status)}


def _wait_for_death(output: socket.socket) -> None:
    """Have the process killed, and read on until that is done."""
    try:
        output.shutdown(socket.SHUT_WR)
        output.settimeout(10)
        while output.recv(65536):
            pass
    except OSError:  # it is gone, or cannot be killed
        pass


def _lines(output: socket.socket, end: float) -> Iterator[bytes]:
    """The lines the process writes until `end`, on the monotonic clock; raises TooSlow."""
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, end - time.monotonic())):
                raise TooSlow
            some = output.recv(65536)
            if not some:
                return
            *whole, rest = (rest + some).split(b"\n")
            yield from filter(None, whole)


def _cause(status: int | None) -> str:
    """Why a process that did not come to its end stopped; raises Interrupted."""
    if status is None:
        raise Interrupted("lost")
    if status < 0 and -status in _OUT_OF_BOUNDS:
        return "slow"
    if status < 0 and -status not in _OWN_FAULT:
        raise Interrupted(f"signal {-status}")
    return "broken"
