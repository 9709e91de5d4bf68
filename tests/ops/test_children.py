"""Processes that live together: each is brought back, none is started for ever in vain."""

import os
import sys

import pytest

from studio.ops import children
from studio.ops.children import Child, GivenUp, keep
from studio.ops.management.commands.serve import collected
from tests.ops.running import processes, wait_for


@pytest.fixture
def child(tmp_path, monkeypatch):
    """A child that writes its number to the file `seen`, then does as `act` says."""
    monkeypatch.setattr(children, "LOOK", 0.02)
    monkeypatch.setattr(children, "LONGEST_WAIT", 0.05)

    def make(act, **more):
        code = f"import os, signal, sys, time\nprint(os.getpid(), file=open('seen', 'a'))\n{act}"
        command = [sys.executable, "-c", code]
        return Child("晶格", command, dict(os.environ), tmp_path, **more)

    make.seen = lambda: seen(tmp_path / "seen")
    return make


def seen(file):
    """The processes that have begun, the earliest first."""
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def keep_until(child, kept, done):
    """Keep `kept` alive until `done()`; what was said meanwhile."""
    said = []
    keep(kept, lambda: int(bool(done())), said.append)
    return said


def test_a_child_that_fails_at_once_is_not_started_again(child):
    with pytest.raises(GivenUp) as given_up:
        keep_until(child, [child("sys.exit(3)")], lambda: False)
    assert str(given_up.value) == "“晶格” ended with exit code 3; see above."
    assert len(child.seen()) == 1


def test_a_child_that_has_worked_and_then_fails_is_tried_five_times(child, monkeypatch):
    monkeypatch.setattr(children, "STEADY", 3600.0)
    kept = child("sys.exit(1)", steady=True)
    with pytest.raises(GivenUp):
        keep_until(child, [kept], lambda: False)
    assert len(child.seen()) == 5


def test_a_child_that_is_killed_comes_back_however_often(child):
    kept = child("os.kill(os.getpid(), signal.SIGKILL)")
    said = keep_until(child, [kept], lambda: len(child.seen()) >= 8)
    assert len(child.seen()) >= 8
    assert set(said) == {"“晶格” ended by signal 9; it is started again."}


def test_a_child_that_ends_of_itself_comes_back(child):
    said = keep_until(child, [child("pass")], lambda: len(child.seen()) >= 2)
    assert said[0] == "“晶格” ended with exit code 0; it is started again."


def test_one_that_is_given_up_takes_the_others_along(child):
    other = child("time.sleep(600)")
    with pytest.raises(GivenUp):
        keep_until(child, [other, child("sys.exit(1)")], lambda: False)
    assert not set(child.seen()) & set(processes())


def test_a_child_that_does_not_heed_is_killed_with_all_it_has_started(child, monkeypatch):
    monkeypatch.setattr(children, "GRACE", 0.3)
    deaf = child(
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "if os.fork() == 0:\n"
        "    print(os.getpid(), file=open('seen', 'a'))\n"
        "while True: time.sleep(600)"
    )
    keep_until(child, [deaf], lambda: len(child.seen()) == 2)
    family = set(child.seen())
    wait_for(lambda: not family & set(processes()), "for both to end")


def test_asked_twice_nothing_is_waited_for(child, monkeypatch):
    monkeypatch.setattr(children, "GRACE", 3600.0)
    deaf = child(
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print(0, file=open('seen', 'a'))\n"
        "while True: time.sleep(600)"
    )
    asked = []

    def stops():
        if len(child.seen()) == 2:
            asked.append(1)
        return min(len(asked), 2)

    keep([deaf], stops, print)
    assert not set(child.seen()) & set(processes())


def test_a_child_leads_its_own_group_and_gives_way_to_the_others_of_its_session(child):
    kept = child(
        "print(os.getpgid(0), os.getsid(0), os.nice(0), file=open('seen', 'a'))\ntime.sleep(600)",
        niceness=17,
    )
    keep_until(child, [kept], lambda: len(child.seen()) == 4)
    pid, group, session, niceness = child.seen()
    assert (group, session, niceness) == (pid, os.getsid(0), 17)


def test_the_collected_files_serve_only_while_they_are_those_of_the_tree(tmp_path, settings):
    settings.STATIC_ROOT, tree = tmp_path / "built", tmp_path / "tree"
    settings.STATICFILES_DIRS = [tree]
    (tree / "css").mkdir(parents=True)
    style = tree / "css" / "样式.css"
    style.write_text("body {}")
    assert not collected()
    settings.STATIC_ROOT.mkdir()
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    manifest.write_text("{}")
    os.utime(style, (1000, 1000))
    os.utime(manifest, (2000, 2000))
    assert collected()
    os.utime(style, (3000, 3000))
    assert not collected()
