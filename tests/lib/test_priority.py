"""What works in the background stands back, however the system shares its processors."""

import os
import subprocess
import sys

import pytest

from studio.lib.priority import AUTOGROUP

STAND_BACK = """
import os
from studio.lib.priority import stand_back
stand_back(17)
stand_back(5)
print(os.nice(0), os.sched_getscheduler(0))
"""


def run(code: str, **more) -> list[str]:
    """What `code` prints, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, **more)
    return done.stdout.decode().split()


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="a system without SCHED_IDLE")
def test_it_never_stands_back_less_than_before():
    assert run(STAND_BACK) == ["17", str(os.SCHED_IDLE)]


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="sessions are no groups of this system's")
def test_a_session_of_its_own_gives_way_as_a_whole():
    code = f"{STAND_BACK}\nprint(open('{AUTOGROUP}').read())"
    assert run(code, start_new_session=True)[-1] == "17"
