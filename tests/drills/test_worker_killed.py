"""A worker is killed in the middle of its work: nothing half is left, and the next one ends it."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from PIL import Image as Picture

pytestmark = pytest.mark.drill

LONG = os.environ.get("STUDIO_DRILL") == "long"
NAMES = ["1024.webp", "2048.webp", "256.webp", "proxy.bin", "tiles.bin"]
PATIENCE = 120  # seconds; a drill waits for what must come, it measures nothing

EXPIRE = """
from datetime import timedelta
from django.utils import timezone
from studio.store.models import Job
Job.objects.filter(state="running").update(leased_until=timezone.now() - timedelta(seconds=1))
"""
STATE = """
import json
from projects.images.models import Version
from studio.store.models import Job
version, job = Version.objects.get(), Job.objects.get()
rows = {row.name: [row.size, row.is_whole] for row in version.blob.renditions.all()}
print(json.dumps([version.reading, version.error, job.state, job.attempts, rows]))
"""


class Studio:
    """A studio of its own in `folder`, driven through `manage.py` alone."""

    def __init__(self, folder: Path):
        self.folder = folder
        kept = ("PATH", "HOME", "LANG", "TMPDIR")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.environment["STUDIO_DATA"] = str(folder)
        self.manage("migrate", "-v0")

    def command(self, *arguments):
        return [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments]

    def manage(self, *arguments):
        done = subprocess.run(
            self.command(*arguments), env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, code):
        return self.manage("shell", "-v0", "-c", code)

    def worker(self):
        """A real worker, with its children in a group of their own."""
        return subprocess.Popen(
            self.command("work"),
            env=self.environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def state(self):
        return json.loads(self.python(STATE).splitlines()[-1])

    def files(self):
        """The derived files: name to digest."""
        found = (path for path in (self.folder / "derived").rglob("*") if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}

    def parts(self):
        return list((self.folder / "derived").rglob("*.part"))


def wait(condition, what):
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.002)
    return found


@pytest.fixture(scope="module")
def plate(tmp_path_factory):
    """A picture that takes a while: 24 megapixels with something in each of them."""
    small = Random(11).randbytes(600 * 400 * 3)
    picture = Picture.frombytes("RGB", (600, 400), small).resize((6000, 4000))
    out = BytesIO()
    picture.save(out, "JPEG", quality=92)
    path = tmp_path_factory.mktemp("in") / "晨光 first light.jpg"
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture(scope="module")
def undisturbed(plate, tmp_path_factory):
    """What the files are when nobody is killed."""
    studio = Studio(tmp_path_factory.mktemp("calm"))
    studio.manage("add_versions", str(plate))
    studio.manage("work", "--once")
    files = studio.files()
    assert sorted(files) == NAMES
    return files


def whole_or_absent(files, undisturbed):
    """No file bears its final name before it is whole."""
    for name, digest in files.items():
        assert name.endswith(".part") or undisturbed[name] == digest, name


MOMENTS = ["2048.webp", "1024.webp", "tiles.bin"] * (4 if LONG else 1)


@pytest.mark.parametrize("all_of_them", [False, True], ids=["worker", "worker and child"])
@pytest.mark.parametrize("number", range(len(MOMENTS)))
def test_a_killed_worker_leaves_nothing_half_and_the_next_one_ends_the_work(
    plate, undisturbed, tmp_path, number, all_of_them
):
    studio = Studio(tmp_path / "studio")
    studio.manage("add_versions", str(plate))
    worker = studio.worker()
    try:
        wait(
            lambda: [part for part in studio.parts() if part.name.startswith(MOMENTS[number])],
            f"the beginning of {MOMENTS[number]}",
        )
        time.sleep(Random(number).random() * 0.05)
    finally:
        if all_of_them:
            os.killpg(worker.pid, signal.SIGKILL)
        else:
            worker.kill()
        worker.wait()
    whole_or_absent(studio.files(), undisturbed)
    reading, error, state, attempts, rows = studio.state()
    assert (error, state, attempts) == ("", "running", 1)
    assert reading == ("ready" if "256" in rows else "waiting")
    assert all(is_whole for _, is_whole in rows.values())
    if not LONG:  # otherwise the lease really runs out
        studio.python(EXPIRE)
    worker = studio.worker()
    try:
        wait(lambda: studio.state()[2] == "done", "the end of the work")
    finally:
        worker.terminate()
        assert worker.wait(PATIENCE) == 0
    reading, error, state, attempts, rows = studio.state()
    assert (reading, error, state, attempts) == ("ready", "", "done", 2)
    assert set(rows) == {"256", "1024", "2048", "proxy", "tiles"}
    assert studio.files() == undisturbed
