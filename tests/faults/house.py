"""A studio in processes of its own that are killed and started again on the same port."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random
from typing import Any

from tests.cluster import free_port
from tests.ops.running import ROOT, Client, Serving, below, environment, processes, wait_for

SOON = 0.03  # seconds within which a process is killed, about as long as a save takes


class House:
    """`manage.py serve` without workers, in `folder`; on SQLite unless a database is given."""

    def __init__(self, folder: Path, scenes: int, database: str = "", seed: int = 2026) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port, self.chance = folder, free_port(), Random(seed)
        self.given = {"DATABASE_URL": database} if database else {}
        self.changing = threading.Lock()
        staged = self.inside("stage", scenes)
        self.cookie, self.scenes = staged["cookie"], staged["scenes"]
        self.serving = self.serve()

    def inside(self, what: str, number: int = 0) -> Any:
        """Run a part of tests.faults.inside; what it tells."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.inside", what, str(number)],
            env=environment(STUDIO_DATA=str(self.folder / "data"), **self.given),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def serve(self) -> Serving:
        """Start it, and wait until it answers."""
        given = {"WEB_PROCESSES": "2", **self.given}
        serving = Serving(self.folder, "--web-only", bind=f"127.0.0.1:{self.port}", **given)
        wait_for(lambda: answers(serving), "for the studio")
        return serving

    # --- what is killed ---------------------------------------------------------------------------
    def kill(self, kind: str, moment: float) -> None:
        """A web "worker", all of the "web", or the whole "studio", which is started again."""
        time.sleep(moment * SOON)
        with self.changing:
            master = next(iter(children(self.serving.pid)), 0)
            workers = children(master) if master else []
            if kind == "worker" and workers:
                end([self.chance.choice(workers)])
            elif kind == "web" and master:
                end([master, *workers])
            elif kind == "studio":
                self.stop()
                self.serving = self.serve()

    def stop(self) -> None:
        """Kill all of it at once."""
        family = [one.pid for one in below(self.serving.pid)]
        end([self.serving.pid, *family])
        self.serving.process.wait()
        wait_for(lambda: not set(family) & set(processes()), "for the processes to end")

    def __enter__(self) -> "House":
        return self

    def __exit__(self, *args: object) -> None:
        self.serving.__exit__()


def answers(serving: Serving) -> bool:
    """Whether it does."""
    try:
        return Client(serving.address).get("/healthz")[0] == 200
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """Its children now, read where that is fast enough to kill one in the middle of a save."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        return [int(child) for child in listed.read_text().split()]
    except OSError:
        return [one.pid for one in processes().values() if one.parent == pid]


def end(pids: list[int]) -> None:
    """SIGKILL, to those that are still there."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
