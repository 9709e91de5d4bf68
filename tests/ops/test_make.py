"""`make run` sets up what is missing, says what it cannot, and heals what was broken.

In a copy of the Makefile, with a Python that only writes down what it was asked: no network.
"""

import os
import shutil
import subprocess

import pytest

from tests.ops.running import ROOT

TOOLS = ("sh", "make", "rm", "id", "cat", "tail", "sed", "touch", "mkdir", "find", "cp")
# One script is python3, .venv/bin/python and .venv/bin/uv; FAULT says what it must fail at.
STUB = """\
#!/bin/sh
name=${0##*/}
case "$name $*" in
  *sys.prefix*) echo "$PWD ${VERSION:-3 11}"; exit ;;
  *"sys.version_info <"*) [ "$FAULT" != old ]; exit ;;
  *"import venv"*) [ "$FAULT" != venv ]; exit ;;
esac
echo "$name $*${BIND:+ on $BIND}" >>"$LOG"
case "$FAULT $name $*" in
  "pip "*"-m pip "*|"uv uv "*) echo "WARNING: once more"; echo "  error: no route"; exit 1 ;;
  "disk "*"-m venv"*) mkdir .venv; echo "No space left on device"; exit 1 ;;
  *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
  *"-m pip "*) cp "$0" .venv/bin/uv ;;
esac
"""
PIP = "python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.txt"
SYNC = "uv pip sync -q --require-hashes --python .venv/bin/python {} requirements-uv.txt"
SET_UP = ["python3 -m venv .venv", PIP, SYNC.format("requirements.txt")]
MESSAGES = "python bin/compile_messages.py locale"
STATIC = "python manage.py collectstatic --noinput --clear -v0"
SERVE = "python manage.py serve"


class House:
    """A copy of what set-up needs, and what was called there."""

    def __init__(self, folder):
        self.folder, self.path, self.log = folder / "工作 室", folder / "path", folder / "log"
        self.folder.mkdir()
        shutil.copytree(ROOT / "bin", self.folder / "bin")
        shutil.copy(ROOT / "Makefile", self.folder)
        for lock in ROOT.glob("requirements*.txt"):
            shutil.copy(lock, self.folder)
        for name in ("static", "studio/lib"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "static" / "main.css").write_text("/* 样式 */")
        for name in ("settings", "lib/joined", "lib/collecting", "lib/styles"):
            (self.folder / "studio" / f"{name}.py").write_text("")
        self.path.mkdir()
        for tool in TOOLS:
            (self.path / tool).symlink_to(shutil.which(tool))
        (self.path / "python3").write_text(STUB)
        (self.path / "python3").chmod(0o755)

    def make(self, *arguments, **given):
        """Call make there: the ended process, and what it called."""
        self.log.write_text("")
        environment = {"PATH": str(self.path), "LOG": str(self.log), **given}
        ended = subprocess.run(
            ["make", *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return ended, self.log.read_text().splitlines()

    @property
    def venv(self):
        return self.folder / ".venv"

    def touch(self, name):
        """Make a file newer than all others, which grow a minute older."""
        for path in self.folder.rglob("*"):
            when = path.lstat().st_mtime - 60
            os.utime(path, (when, when), follow_symlinks=False)
        os.utime(self.folder / name)


@pytest.fixture
def house(tmp_path):
    if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
        pytest.skip(f"not here: {missing}")
    return House(tmp_path)


def refusal(ended):
    """The one sentence on the terminal; make adds where it stopped."""
    assert ended.returncode != 0
    said = [line for line in ended.stderr.splitlines() if not line.startswith("make: ***")]
    assert len(said) == 1, ended.stderr
    return said[0]


def test_the_first_run_sets_up_and_the_second_only_serves(house):
    ended, called = house.make("run")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert called == [*SET_UP, MESSAGES, STATIC, SERVE]
    ended, called = house.make("run")
    assert (ended.returncode, ended.stdout, called) == (0, "", [SERVE])


@pytest.mark.parametrize("how", ["environment", "command line"])
def test_bind_reaches_the_studio_and_is_left_alone_when_not_given(house, how):
    house.make("setup")
    bind = "127.0.0.1:8001"
    called = (
        house.make("run", BIND=bind) if how == "environment" else house.make("run", f"BIND={bind}")
    )[1]
    assert called[-1] == f"{SERVE} on {bind}"
    assert house.make("run")[1] == [SERVE]


def test_without_python_one_sentence_says_so(house):
    (house.path / "python3").unlink()
    ended, called = house.make("run")
    assert refusal(ended) == (
        "Throughline needs Python 3.11 or newer; install python3 and run this again."
    )
    assert (called, house.venv.exists()) == ([], False)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            "old",
            "Throughline needs Python 3.11 or newer; call make with PY=python3.11 or a newer one.",
        ),
        (
            "venv",
            "Python's venv module is missing; install the package python3-venv and run this again.",
        ),
        (
            "disk",
            "The folder .venv cannot be made (No space left on device); "
            "see to that and run this again.",
        ),
        (
            "pip",
            "uv cannot be installed (error: no route); check the network and run this again.",
        ),
    ],
)
def test_what_stops_the_set_up_is_said_and_leaves_no_half_of_it(house, fault, sentence):
    ended, _ = house.make("run", FAULT=fault)
    assert refusal(ended) == sentence
    assert not house.venv.exists()
    ended, called = house.make("run")
    assert (ended.returncode, called) == (0, [*SET_UP, MESSAGES, STATIC, SERVE])


def test_packages_that_cannot_be_fetched_are_said_and_fetched_the_next_time(house):
    ended, _ = house.make("run", FAULT="uv")
    assert refusal(ended) == (
        "requirements.txt cannot be installed (error: no route); "
        "check the network and run this again."
    )
    ended, called = house.make("run")
    assert called == [SYNC.format("requirements.txt"), MESSAGES, STATIC, SERVE]


def test_a_venv_that_was_left_half_made_is_made_anew(house):
    (house.venv / "bin").mkdir(parents=True)
    (house.venv / "bin" / "uv").write_bytes(b"\x7fELF")
    (house.venv / "run").touch()
    ended, called = house.make("setup")
    assert (ended.returncode, called) == (0, [*SET_UP, MESSAGES])


def test_a_venv_whose_folder_was_moved_is_made_anew(house, tmp_path):
    house.make("setup")
    house.folder = house.folder.rename(tmp_path / "moved")
    ended, called = house.make("setup")
    assert (ended.returncode, called) == (0, SET_UP)


def test_a_venv_whose_python_is_another_or_gone_is_made_anew(house):
    house.make("setup")
    ended, called = house.make("setup", VERSION="3 13")
    assert (ended.returncode, called) == (0, SET_UP)
    (house.venv / "bin" / "python").unlink()
    ended, called = house.make("setup")
    assert (ended.returncode, called) == (0, SET_UP)


def test_new_locks_are_installed_and_what_was_there_for_more_stays(house):
    house.make(".venv/dev")
    house.touch("requirements.txt")
    assert house.make("setup")[1] == [SYNC.format("requirements-dev.txt"), MESSAGES]
    house.make(".venv/bench")
    house.touch("requirements-dev.txt")
    assert house.make(".venv/dev")[1] == [SYNC.format("requirements-bench.txt")]


def test_a_new_uv_goes_into_the_venv_that_is_there_and_no_network_costs_nothing(house):
    house.make("setup")
    house.touch("requirements-uv.txt")
    ended, _ = house.make("setup", FAULT="pip")
    assert refusal(ended).startswith("uv cannot be installed")
    assert (house.venv / "bin" / "uv").exists()
    assert house.make("setup")[1] == [PIP, SYNC.format("requirements.txt")]


def test_static_files_are_collected_again_when_one_is_changed(house):
    house.make("run")
    house.touch("static/main.css")
    assert house.make("run")[1] == [STATIC, SERVE]
