"""Standing back behind the pages on shared processors, and sharing them out among the pages."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

AUTOGROUP = Path("/proc/self/autogroup")
_allowed: set[int] | None = None  # the processors this process had before `keep_to`


def stand_back(niceness: int) -> None:
    """Make this process, and what it will start, at least so nice (0 to 19), never less nice; and
    have it leave a processor at once when another one wakes (SCHED_IDLE, where there is such).

    On Linux each session may be scheduled as one group, and then niceness counts among its own
    processes only (sched(7), "The autogroup feature"): a process that leads a session of its own
    lowers its group as well. A session shared with others, such as a shell's, stays as it is.
    """
    os.nice(max(0, niceness - os.nice(0)))
    if hasattr(os, "SCHED_IDLE"):
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    if os.getsid(0) == os.getpid():
        # Not on this system, or set less than 100 ms ago.
        with contextlib.suppress(OSError):
            AUTOGROUP.write_text(str(os.nice(0)))


def place_apart(taken: Iterable[int | None], number: int) -> int | None:
    """The processor for one more of `number` processes of pages, where the others have `taken`.

    None, which leaves it to the system, where there are more processors than such processes. Linux
    wakes a process where it ran last, and looks for a better place only while the processors
    together are not too busy (SIS_UTIL, 5.19); work that stands back counts as busy there, so two
    pages share one processor now and then while previews have the other. Measured while ten large
    pictures were made: the slowest page of a hundred took 1.0 to 1.1 times as long as at rest, in
    place of 1.0 to 1.5.
    """
    if not hasattr(os, "sched_getaffinity"):
        return None
    there = sorted(os.sched_getaffinity(0))
    if len(there) > number:
        return None
    used = list(taken)
    return min(there, key=used.count)


def keep_to(processor: int | None) -> None:
    """Let this process, and its threads to come, run on that processor alone."""
    global _allowed
    if processor is not None:
        _allowed = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {processor})


def allowed() -> list[int]:
    """The processors for what this process starts beside its pages; [] where that is no matter."""
    return sorted(_allowed or ())
