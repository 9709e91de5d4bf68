"""Standing back behind the pages on a shared processor."""

import contextlib
import os
from pathlib import Path

AUTOGROUP = Path("/proc/self/autogroup")


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
