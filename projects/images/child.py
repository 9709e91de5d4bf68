"""Starts the limited process that decodes one picture, and listens to it."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import PIL

CHECK_SECONDS = 3.0  # a person waits for it
MAKE_SECONDS = 600.0
_SCRIPT = Path(__file__).with_name("decode_child.py")
_ROOTS = json.dumps([str(Path(__file__).parents[2]), str(Path(PIL.__file__).parents[1])])
# What a process dies of when its file is at fault; any other death may be the machine's.
_OWN_FAULT = {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}
_OUT_OF_BOUNDS = {signal.SIGXCPU, signal.SIGXFSZ}
# One arena, or the allocator reserves address space the limit counts. Pages of 2 MB, and freed
# memory kept for the next tile, save a tenth of the time: 8K points are 32,000 pages of 4 kB.
_MEMORY = (
    "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432"
    ":glibc.malloc.trim_threshold=536870912"
)
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
    command = [sys.executable, "-I", "-S", str(_SCRIPT), _ROOTS, *arguments]
    environment = {"MALLOC_ARENA_MAX": "1", "GLIBC_TUNABLES": _MEMORY, "LANG": "C.UTF-8"}
    environment["OPENBLAS_NUM_THREADS"] = "1"  # each thread reserves what the limit counts
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        ended = False
        try:
            for line in _lines(process, time.monotonic() + seconds):
                answer: Answer = json.loads(line)
                ended = ended or "end" in answer or "refused" in answer
                yield answer
        finally:
            process.kill()
            code = process.wait()
            for part in folder.glob(f"*.{process.pid}.part") if folder else ():
                part.unlink(missing_ok=True)
    if not ended:
        yield {"refused": _cause(code)}


def _lines(process: "subprocess.Popen[bytes]", end: float) -> Iterator[bytes]:
    """The lines the process writes until `end`, on the monotonic clock; raises TooSlow."""
    assert process.stdout is not None
    descriptor = process.stdout.fileno()
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, end - time.monotonic())):
                raise TooSlow
            some = os.read(descriptor, 65536)
            if not some:
                process.wait()
                return
            *whole, rest = (rest + some).split(b"\n")
            yield from whole


def _cause(code: int) -> str:
    """Why a process that did not come to its end stopped; raises Interrupted."""
    if code < 0 and -code in _OUT_OF_BOUNDS:
        return "slow"
    if code < 0 and -code not in _OWN_FAULT:
        raise Interrupted(f"signal {-code}")
    return "broken"
