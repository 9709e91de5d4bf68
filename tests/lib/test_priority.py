"""What works in the background stands back, however the system shares its processors."""

import os
import subprocess
import sys

import pytest

from studio.lib.priority import AUTOGROUP, place_apart

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


PROCESSORS = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
several = pytest.mark.skipif(len(PROCESSORS) < 2, reason="a machine of one processor")


@several
def test_pages_as_many_as_processors_have_one_each_also_when_one_was_started_again():
    number, (first, second, *rest) = len(PROCESSORS), PROCESSORS
    assert place_apart([], number) == first
    assert place_apart([first], number) == second
    assert place_apart([second, *rest], number) == first
    assert place_apart([*PROCESSORS, first], number + 2) == second


@several
def test_with_processors_to_spare_the_system_chooses():
    assert place_apart([], len(PROCESSORS) - 1) is None
    assert run("from studio.lib.priority import *; keep_to(None); print(allowed())") == ["[]"]


@several
def test_what_it_starts_beside_its_pages_may_run_everywhere():
    code = f"""
import os
from pathlib import Path
from projects.images.forking import FORKS
from studio.lib.priority import keep_to
keep_to({PROCESSORS[0]})
FORKS.new(["tell", "nothing.png"])
print(os.sched_getaffinity(0), os.sched_getaffinity(FORKS.process.pid))
"""
    alone, everywhere = {PROCESSORS[0]}, set(PROCESSORS)
    assert " ".join(run(code)) == f"{alone} {everywhere}"
