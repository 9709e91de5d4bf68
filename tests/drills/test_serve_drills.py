"""`manage.py serve` when what is under it gives way: its own parent, the database, the disk."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cluster import as_server, free_port, programs
from tests.ops.running import ROOT, Client, Serving, complete, manage, processes, wait_for

pytestmark = pytest.mark.drill


@pytest.fixture
def serve(tmp_path):
    """Start studios; none is left running."""
    started = []

    def start(*arguments, **given):
        few = {"WORKERS": "1", "WEB_PROCESSES": "1"}
        started.append(Serving(tmp_path / f"studio{len(started)}", *arguments, **few, **given))
        return started[-1]

    yield start
    for one in started:
        one.__exit__()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_when_the_parent_is_killed_nothing_is_left_on_the_port(serve):
    studio = serve()
    address = studio.until_it_answers()
    family = wait_for(lambda: complete(studio, "python", 3), "for the children")
    studio.process.kill()
    studio.process.wait()
    wait_for(lambda: not family & set(processes()), "for the children to end")
    with socket.create_server(("127.0.0.1", int(address.rpartition(":")[2]))) as free:
        assert free.fileno() > 0


def test_children_killed_again_and_again_come_back_each_time(serve):
    studio = serve()
    address = studio.until_it_answers()
    times = 8 if os.environ.get("STUDIO_DRILL") == "long" else 3
    for _ in range(times):
        family = wait_for(lambda: complete(studio, "python", 3), "for all three")
        for pid in family:
            if pid in processes():
                os.kill(pid, signal.SIGKILL)
        wait_for(lambda: complete(studio, "python", 3, family), "for three new ones")  # noqa: B023
        assert Client(address).get("/healthz") == (200, "ok\n")
    assert studio.stop() == 0


@pytest.fixture
def postgres():
    """A PostgreSQL of its own to stop and start: its address, and a function for either."""
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed here")
    home = Path(tempfile.mkdtemp(prefix="throughline-pg-"))  # pytest's own are closed to others
    home.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    port = free_port()

    def control(act):
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1"
        command = [str(folder / "pg_ctl"), "-D", str(home / "data"), "-w", "-m", "fast", act]
        more = ["-o", options, "-l", str(home / "log")] if act == "start" else []
        subprocess.run(
            as_server([*command, *more]), check=True, stdout=subprocess.DEVNULL, cwd=home
        )

    command = [str(folder / "initdb"), "-D", str(home / "data"), "-A", "trust", "-U", "studio"]
    subprocess.run(
        as_server([*command, "-E", "UTF8", "--locale=C.UTF-8", "-N"]),
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=home,
    )
    control("start")
    yield f"postgres://studio@127.0.0.1:{port}/postgres", control
    if (home / "data" / "postmaster.pid").exists():
        control("stop")
    shutil.rmtree(home, ignore_errors=True)


def test_a_database_that_goes_away_for_a_while_is_waited_for(serve, postgres):
    url, control = postgres
    studio = serve(DATABASE_URL=url)
    address = studio.until_it_answers()
    family = wait_for(lambda: complete(studio, "python", 3), "for the children")
    control("stop")
    wait_for(lambda: Client(address).get("/healthz")[0] == 503, "for the news")
    wait_for(
        lambda: any("waiting for the database" in line for line in studio.warnings()),
        "for the worker to notice",
    )
    control("start")
    wait_for(lambda: Client(address).get("/healthz")[0] == 200, "for the database")
    assert studio.children("python") == family  # nobody died of it
    assert studio.stop() == 0


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 300 kB, and a function that makes it larger."""
    where = tmp_path / "disk"
    where.mkdir()

    def mount(options):
        return subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "studio", str(where)], capture_output=True
        )

    if os.geteuid() != 0 or mount("size=300k").returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield where, lambda: mount("remount,size=60m")
    subprocess.run(["umount", "-l", str(where)], check=True)


def test_a_disk_that_is_full_in_the_middle_of_the_set_up_is_said_and_can_be_mended(small_disk):
    disk, enlarge = small_disk
    given = {"STUDIO_DATA": str(disk / "data")}
    ended = manage("serve", "--bind", "127.0.0.1:0", given=given)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"The database {disk}/data/studio.sqlite3 has no room left on its disk; "
        "make room there and run this again.\n"
    )
    enlarge()
    assert manage("migrate", "-v0", given=given).returncode == 0
    assert manage("check", "--database", "default", given=given).returncode == 0


def test_a_parent_that_cannot_keep_the_web_alive_says_so_with_its_exit_code(tmp_path):
    """In a copy whose web cannot be loaded: what is broken must not be started for ever."""
    copy = tmp_path / "house"
    ignored = shutil.ignore_patterns(".git", ".venv", "data", "build", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, copy, ignore=ignored)
    (copy / "studio" / "wsgi.py").write_text("raise RuntimeError('晶格')\n")
    data = str(tmp_path / "data2")
    ended = manage("serve", "--bind", "127.0.0.1:0", given={"STUDIO_DATA": data}, root=copy)
    assert ended.returncode == 1
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("CommandError: “web” ended with exit code ")
    assert last.endswith("; see above.")
