"""A new process for each picture, forked from one that has read the decoder's code already.

To start an interpreter and read that code takes 60 ms of processor time, a twelfth of all that is
made of an 8K picture and most of what a small one takes; to fork takes 2 ms. The process that
forks never sees a picture, is started when the first is asked for, and ends with the one that
asked, or when nothing was asked for five minutes.
"""

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import PIL

from studio.lib.priority import allowed

_SCRIPT = Path(__file__).with_name("decode_child.py")
_ROOTS = json.dumps([str(Path(__file__).parents[2]), str(Path(PIL.__file__).parents[1])])
# One arena, or the allocator reserves address space the limit counts. Freed memory is kept for the
# next tile: to give it back each time costs a tenth. Pages of 2 MB save another twentieth where
# they lie ready, and cost three times that on a machine that has to find them first.
_MEMORY = "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=536870912"
START_SECONDS = 30.0


class Unanswered(Exception):
    """No process could be had."""


class Forks:
    """Where the processes come from; one for all threads of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.owner = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.line: socket.socket | None = None

    def new(self, arguments: list[str]) -> tuple[int, socket.socket]:
        """A process that does `arguments`: its number, and where its lines come from.

        After its own lines comes {"status": as of `os.waitstatus_to_exitcode`}, then the end; if
        the end comes without it, the process is lost. It is killed when that socket is shut down
        for writing, or closed. Raises Unanswered.
        """
        with self.lock:
            if self.owner != os.getpid():  # this process was forked itself; the line is another's
                self.owner, self.process, self.line = os.getpid(), None, None
            for _attempt in range(2):  # the first may find that it has ended
                with contextlib.suppress(OSError, ValueError):
                    return self._ask(arguments)
                self.end()
        raise Unanswered

    def _ask(self, arguments: list[str]) -> tuple[int, socket.socket]:
        if self.line is None:
            self._start()
        assert self.line is not None
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                asked = json.dumps(arguments).encode() + b"\n"
                socket.send_fds(self.line, [asked], [theirs.fileno()])
            said = self.line.recv(64)  # also keeps the next one's words from joining these
            return int(said), ours
        except BaseException:
            ours.close()
            raise

    def _start(self) -> None:
        self.line, theirs = socket.socketpair()
        self.line.settimeout(START_SECONDS)
        environment = {"MALLOC_ARENA_MAX": "1", "GLIBC_TUNABLES": _MEMORY, "LANG": "C.UTF-8"}
        environment["OPENBLAS_NUM_THREADS"] = "1"  # each thread reserves what the limit counts
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_SCRIPT), _ROOTS, json.dumps(allowed())],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
            )

    def end(self) -> None:
        """End the process that forks, and with it all that it forked."""
        if self.owner != os.getpid():
            return
        line, process = self.line, self.process
        self.line = self.process = None
        if line is not None:
            line.close()
        if process is not None:
            try:
                process.wait(2)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


FORKS = Forks()
atexit.register(FORKS.end)
