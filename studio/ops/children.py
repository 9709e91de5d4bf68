"""Processes that live together: started, brought back when they die, ended as one."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.lib.priority import stand_back

LOOK = 0.2  # seconds between two looks at them
STEADY = 10.0  # a child that lived this long has started well
MOST_FALLS = 5  # ends with an error in a row, then it is given up
LONGEST_WAIT = 30.0
GRACE = 20.0  # seconds all of them together may take to end by themselves
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class GivenUp(Exception):
    """A child that cannot be kept alive; the text says which."""


@dataclass
class Child:
    """One of them, with its history."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    inherits: Sequence[int] = ()  # open descriptors it keeps
    niceness: int = 0  # from its first moment: importing is the heaviest part of a start
    process: "subprocess.Popen[bytes] | None" = None
    born: float = 0.0
    falls: int = 0
    steady: bool = False
    due: float = 0.0

    def tend(self, now: float, say: Callable[[str], object]) -> None:
        """Start it when it is due; notice when it has ended."""
        if self.process is None:
            if now >= self.due:
                self.start(now)
            return
        code = self.process.poll()
        if code is None:
            if now - self.born > STEADY:
                self.steady, self.falls = True, 0
            return
        self.signal(signal.SIGTERM)  # what it has left behind
        self.process = None
        self.falls += 1
        if code > 0 and (not self.steady or self.falls >= MOST_FALLS):
            raise GivenUp(f"“{self.name}” ended with exit code {code}; see above.")
        self.due = now + min(2.0 ** (self.falls - 2), LONGEST_WAIT) * (self.falls > 1)
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        say(f"“{self.name}” ended {how}; it is started again.")

    def start(self, now: float) -> None:
        """In a process group of its own, so that Ctrl+C reaches only the parent, which then ends
        it; in the parent's session, so that niceness counts among them (see `stand_back`)."""
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            cwd=self.folder,
            pass_fds=self.inherits,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=self.begin,  # safe: this parent has one thread
        )
        self.born = now

    def begin(self) -> None:
        """In the new process, before its program: on Linux it gets SIGTERM when the parent is
        killed, so that nothing is left on the port."""
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if self.niceness:
            stand_back(self.niceness)

    def signal(self, number: int) -> None:
        """To it and to the processes it has started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def lives(self) -> bool:
        """Whether it has not ended."""
        return self.process is not None and self.process.poll() is None


def keep(
    children: list[Child], asked_to_stop: Callable[[], int], say: Callable[[str], object]
) -> None:
    """Keep `children` alive until `asked_to_stop`, then end them; asked twice, at once."""
    try:
        while not asked_to_stop():
            for child in children:
                child.tend(time.monotonic(), say)
            time.sleep(LOOK)
    finally:
        end(children, asked_to_stop)


def end(children: list[Child], asked_to_stop: Callable[[], int]) -> None:
    """Ask them to end, and make them after a while."""
    for child in children:
        if child.process is not None:
            child.process.terminate()
    last = time.monotonic() + GRACE
    while any(child.lives() for child in children):
        if time.monotonic() > last or asked_to_stop() > 1:
            break
        time.sleep(LOOK / 4)
    for child in children:
        if child.process is not None and child.lives():
            child.signal(signal.SIGKILL)
            child.process.wait()
