"""The processes in which pictures are decoded: limited, alone, worth nothing to an attacker.

`forking` runs this as a script with ROOTS and PROCESSORS, in an interpreter without site or
environment. It reads the code, then forks a process for each line that comes, with a socket, over
its standard input:

    ["check", PATH] or ["check", PATH, "recipe"]
    ["tell", PATH]
    ["make", PATH, FOLDER, NAMES]

That process writes one JSON object a line into its socket. `projects.images.renditions` says which;
and {"refused": reason}. The one that forks says its number on the line, and behind its last word
how it ended: {"status": as of `os.waitstatus_to_exitcode`}.
"""

import contextlib
import ctypes
import gc
import json
import os
import resource
import selectors
import signal
import socket
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

MEMORY = 512 * 1024 * 1024  # for the picture, above what the interpreter itself takes
SECONDS = {"check": 30, "tell": 30, "make": 120}
MOST_WRITTEN = 2 * 1024**3
PR_SET_PDEATHSIG = 1
PATIENCE = 300.0  # seconds without a picture after which the one that forks ends


class Fork(NamedTuple):
    """A process that works: its number, a pipe that ends when it ends, where it writes."""

    pid: int
    life: int
    output: socket.socket


def say(answer: dict[str, Any]) -> None:
    """One line to the parent."""
    print(json.dumps(answer), flush=True)


def limit(seconds: int) -> None:
    """Bound memory, processor time and what may be written; no core is left behind."""
    page = os.sysconf("SC_PAGE_SIZE")
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * page
    for what, most in (
        (resource.RLIMIT_AS, taken + MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def read_code() -> None:
    """Import all that a picture may need: before the limit is set, which is the picture's alone."""
    import_module("projects.images.renditions")
    for name in ("Png", "Jpeg", "Mpo", "WebP", "Avif", "Gif", "Tiff"):
        import_module(f"PIL.{name}ImagePlugin")


def work(job: str, path: str, *rest: str) -> None:
    """Do one job."""
    from projects.images import picture, renditions

    limit(SECONDS[job])
    try:
        if job == "check":
            whole = picture.decoded(Path(path))
            say({"facts": picture.facts_of(whole)._asdict()})
            if rest:
                say(renditions.recipe(Path(path), whole, renditions.halves_of(whole)))
        elif job == "tell":
            whole = picture.decoded(Path(path))
            say(renditions.recipe(Path(path), whole, renditions.halves_of(whole)))
        else:
            folder, names = rest
            for answer in renditions.make(Path(path), Path(folder), set(names.split(","))):
                say(answer)
        say({"end": True})
    except picture.Refusal as refusal:
        say({"refused": str(refusal)})
    except MemoryError:
        say({"large": True, "end": True})


def tend(line: socket.socket) -> None:
    """Fork for each line that is asked, until the other end is closed or long silent.

    Whoever hears no more, since it closed its socket or shut it down, has its process killed.
    """
    forks: dict[int, Fork] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        while ready := selector.select(None if forks else PATIENCE):
            for key, _ in ready:
                if key.fileobj is line:
                    asked, descriptors, _, _ = socket.recv_fds(line, 65536, 1)
                    if not asked:
                        for fork in forks.values():
                            os.kill(fork.pid, signal.SIGKILL)
                        return
                    while not asked.endswith(b"\n"):
                        asked += line.recv(65536)
                    output = socket.socket(fileno=descriptors[0])
                    fork = born(json.loads(asked), output, [line, selector, *forks.values()])
                    forks[fork.pid] = fork
                    selector.register(fork.life, selectors.EVENT_READ, fork)
                    selector.register(output, selectors.EVENT_READ, fork)
                    line.send(b"%d" % fork.pid)
                    continue
                fork = key.data
                if fork.pid not in forks:  # both of its ends came at once
                    continue
                selector.unregister(key.fileobj)
                if key.fileobj is fork.output:  # nothing ever comes this way but its end
                    os.kill(fork.pid, signal.SIGKILL)
                    continue
                if fork.output in selector.get_map():
                    selector.unregister(fork.output)
                del forks[fork.pid]
                buried(fork)


def born(arguments: list[str], output: socket.socket, others: list[Any]) -> Fork:
    """A new process that does `arguments`, and has nothing of what the `others` have."""
    life, held = os.pipe()
    system = ctypes.CDLL(None)
    pid = os.fork()
    if pid:
        os.close(held)
        return Fork(pid, life, output)
    status = 1
    try:
        if sys.platform == "linux":  # to die with the one that could kill it
            system.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        for other in others:
            if isinstance(other, Fork):
                os.close(other.life)
                other.output.close()
            else:
                other.close()
        os.close(life)
        os.dup2(output.fileno(), 1)
        output.close()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        work(*arguments)
        status = 0
    finally:
        os._exit(status)
    raise AssertionError  # for the type checker


def buried(fork: Fork) -> None:
    """Say how it ended, if anyone listens."""
    _pid, status = os.waitpid(fork.pid, 0)
    last = json.dumps({"status": os.waitstatus_to_exitcode(status)}).encode()
    with contextlib.suppress(OSError):
        # Behind a line it may have left unfinished; never waiting for one that does not read.
        fork.output.send(b"\n" + last + b"\n", socket.MSG_DONTWAIT)
    fork.output.close()
    os.close(fork.life)


if __name__ == "__main__":
    sys.path[:0] = json.loads(sys.argv[1])
    if processors := json.loads(sys.argv[2]):  # not that of the pages alone
        os.sched_setaffinity(0, processors)
    read_code()
    gc.freeze()  # or a collection would write to every page that is shared
    tend(socket.socket(fileno=0))
