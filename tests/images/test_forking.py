"""Each picture has a process of its own, forked from one that lives on."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from projects.images import child
from projects.images.forking import FORKS

from . import make


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "晨光.png"
    path.write_bytes(make.picture())
    return path


@pytest.fixture(scope="module")
def slow(tmp_path_factory):
    """A picture that takes half a second or more."""
    path = tmp_path_factory.mktemp("slow") / "slow.png"
    path.write_bytes(make.picture((9000, 6000)))
    return path


def forked():
    """The numbers of the processes that work, as Linux keeps them."""
    forking = FORKS.process.pid
    return Path(f"/proc/{forking}/task/{forking}/children").read_text().split()


def wait_for_forks(number=1):
    for _ in range(1000):
        if len(found := forked()) >= number:
            return found
        time.sleep(0.005)
    raise AssertionError(number)


def facts(path):
    return child.check(path, 60)["facts"]


def test_the_one_that_forks_is_started_once(file):
    facts(file)
    first = FORKS.process.pid
    facts(file)
    assert FORKS.process.pid == first


def test_threads_get_each_the_answer_to_its_own_question(tmp_path):
    paths = []
    for n in range(16):
        path = tmp_path / f"{n}.png"
        path.write_bytes(make.picture((100 + n, 50)))
        paths.append(path)
    with ThreadPoolExecutor(8) as pool:
        assert [each["width"] for each in pool.map(facts, paths)] == list(range(100, 116))


def test_after_the_one_that_forks_was_killed_the_next_picture_gets_another(file):
    facts(file)
    FORKS.process.send_signal(signal.SIGKILL)
    FORKS.process.wait()
    assert facts(file)["format"] == "PNG"


def test_what_takes_too_long_is_killed_before_that_is_said(file, slow):
    facts(file)
    with pytest.raises(child.TooSlow):
        child.check(slow, 0.05)
    assert forked() == []
    assert facts(file)["format"] == "PNG"


def test_a_process_killed_from_outside_is_no_fault_of_the_file(file, slow):
    facts(file)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(child.check, slow, 60)
        os.kill(int(wait_for_forks()[0]), signal.SIGKILL)
        with pytest.raises(child.Interrupted, match="signal 9"):
            asked.result()


def test_with_the_one_that_forks_its_processes_die_and_that_is_no_fault_of_the_file(file, slow):
    facts(file)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(child.check, slow, 60)
        wait_for_forks()
        FORKS.process.send_signal(signal.SIGKILL)
        with pytest.raises(child.Interrupted):
            asked.result()


def test_a_process_holds_nothing_of_its_siblings(file, slow):
    facts(file)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(facts, slow) for _ in range(2)]
        for number in wait_for_forks(2):
            time.sleep(0.05)  # it lets go of them first
            held = [str(each.readlink()) for each in Path(f"/proc/{number}/fd").iterdir()]
            assert sum(each.startswith("socket:") for each in held) == 1
            assert "anon_inode:[eventpoll]" not in held
        assert [each.result()["width"] for each in asked] == [9000, 9000]
