"""A worker is killed while it makes all previews anew: pages keep them, the next one ends it."""

import signal
import time
from io import BytesIO
from random import Random

import pytest
from PIL import Image as Picture

from .test_worker_killed import EXPIRE, LONG, Studio, wait

pytestmark = pytest.mark.drill


@pytest.fixture(scope="module")
def plates(tmp_path_factory):
    """Four pictures of some eight megapixels."""
    folder = tmp_path_factory.mktemp("in")
    for number in range(4):
        small = Random(number).randbytes(600 * 400 * 3)
        picture = Picture.frombytes("RGB", (600, 400), small).resize((3600, 2400))
        out = BytesIO()
        picture.save(out, "JPEG", quality=90)
        (folder / f"plate {number} 晨光.jpg").write_bytes(out.getvalue())
    return folder


def whole(studio):
    """Every derived file: path to bytes."""
    found = (path for path in (studio.folder / "derived").rglob("*.*") if path.is_file())
    return {path: path.read_bytes() for path in found if path.suffix != ".part"}


@pytest.mark.parametrize("number", range(6 if LONG else 2))
def test_a_worker_killed_while_it_remakes_loses_no_preview(plates, tmp_path, number):
    studio = Studio(tmp_path / "studio")
    studio.manage("add_versions", "--wait", str(plates))
    before = whole(studio)
    assert len(before) == 20
    born = {path: path.stat().st_mtime_ns for path in before}
    studio.manage("remake_previews", "--all")
    worker = studio.worker()
    try:
        wait(studio.parts, "the first new preview")
        time.sleep(Random(number).random() * 0.6)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert whole(studio) == before  # each is the old one or the new one, which are the same
    if not LONG:
        studio.python(EXPIRE)
    worker = studio.worker()
    try:
        done = "from studio.store.models import Job; print(Job.objects.unfinished().count())"
        wait(lambda: studio.python(done).split()[-1] == "0", "the end of the work")
    finally:
        worker.terminate()
        worker.wait()
    assert whole(studio) == before
    assert all(path.stat().st_mtime_ns > then for path, then in born.items())
    assert studio.parts() == []
