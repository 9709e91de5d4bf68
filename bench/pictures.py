"""Ten 8K pictures turned into all their previews, against libvips merely decoding them.

Ten PNGs of 7680 x 4320, some 39 MB each: a made landscape of broad tones and fine detail under film
grain, each with a local edit. The workers are two `manage.py work` on a queue of ten jobs, as after
ten files were dropped at once; what they make is what the studio keeps (2048, 1024, 256, tiles,
the proxy), safe on the disk. The yardstick decodes the ten in two processes and makes nothing. Both
take turns, at the niceness of the workers, so that whatever else runs slows both.
Limit: 3.0 times the yardstick.

Memory: the most a worker and the process it decodes in held at once, of the pages they wrote to
(what they share with others counts once), beside one raw picture; and the same for two pictures and
for ten. Limits: 2.8 times, and no more for ten than for two (a tenth for chance).
Pages: Today, asked over and over by two connections, while nothing is made and while the ten are:
the two processes of the web never rest, so the workers get what niceness leaves them, and the ten
are done when the asking is over.
Limit: the slowest of a hundred at most 1.25 times as slow.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles

import numpy as np
from PIL import Image

from bench.report import figure, heading, held, middle
from bench.studio import Server, Studio, family, processor_seconds, studio
from bench.wire import Line

WIDTH, HEIGHT, NUMBER, ROUNDS = 7680, 4320, 10, 3
MOST, MOST_MEMORY, MOST_GROWTH, MOST_SLOWER = 3.0, 2.8, 1.1, 1.25
IDLE = 15.0  # seconds of asking
NICENESS = 15  # as in manage.py work

DECODE = """
import sys, pyvips
for path in sys.argv[1:]:
    pyvips.Image.new_from_file(path, access="sequential").write_to_memory()
"""
ADD = """
import django, json, sys; django.setup()
from pathlib import Path
from projects.images.models import Image, Version, next_number
from studio.store.models import Blob
image = Image.objects.create(title="晨光")
for path in map(Path, sys.argv[1:]):
    blob, _ = Blob.objects.keep_file(path)
    Version.objects.create(
        image=image, number=next_number(image), blob=blob, filename=path.name, format="PNG"
    )
print(json.dumps([str(version.blob.path) for version in image.versions.all()]))
"""
WORK = """
import django, json, os, shutil, sys, time; django.setup()
from django.conf import settings
from django.db import transaction
from projects.images.models import Rendition, Version
from projects.images.tasks import derive
from studio.store.models import Job
shutil.rmtree(settings.STUDIO_DERIVED, ignore_errors=True)
os.sync()  # the round before is over
with transaction.atomic():
    Rendition.objects.all().delete()
    Version.objects.update(reading="waiting")
    number = int((sys.argv[1:] or [100])[0])
    for blob in Version.objects.values_list("blob", flat=True)[:number]:
        derive.enqueue(blob)
begun = time.time()
while Job.objects.unfinished().exists():
    time.sleep(float((sys.argv[2:] or [0.05])[0]))
ended = time.time()
ready = Version.objects.filter(reading="ready").count()
print(json.dumps([begun, ended, Rendition.objects.count(), ready]))
"""


def run(home: Path) -> None:
    heading(f"{NUMBER} pictures of {WIDTH} x {HEIGHT}")
    paths = landscapes(home)
    figure("the files", f"{sum(path.stat().st_size for path in paths) / 1e6:.0f} MB together")
    made = studio(home, "pictures", 0)
    made.environment["DJANGO_SETTINGS_MODULE"] = "studio.settings"
    kept = json.loads(made.python("-c", ADD, *map(str, paths)))
    walls, processors = [], []
    for _ in range(ROUNDS):
        decoded = decode(kept)
        worked = work(made)
        walls.append((decoded[0], worked[0]))
        processors.append((decoded[1], worked[1]))
    for name, taken in (("wall", walls), ("processor", processors)):
        floor, ours = (middle([pair[n] for pair in taken]) for n in (0, 1))
        figure(f"libvips decodes them, {name}", f"{floor:.2f} s")
        figure(f"the workers make all previews, {name}", f"{ours:.2f} s")
    held("previews / decoding", middle([ours / floor for floor, ours in walls]), MOST)
    figure("the same in processor time", f"{middle([b / a for a, b in processors]):.2f}")
    memory(made)
    pages(made)


def memory(made: Studio) -> None:
    """The most that was held, beside one raw picture, for two pictures and for all."""
    raw = WIDTH * HEIGHT * 3
    held_by = {}
    for number in (2, NUMBER):
        with made.workers(1) as [pid], Watch(pid) as watch:
            made.python("-c", WORK, str(number))
        held_by[number] = watch.most
        figure(f"a worker over {number} pictures", f"{watch.most / 2**20:.0f} MB at most")
    held("its memory / one raw picture", held_by[NUMBER] / raw, MOST_MEMORY)
    held(f"the same, {NUMBER} pictures / 2", held_by[NUMBER] / held_by[2], MOST_GROWTH)


def pages(made: Studio) -> None:
    """How slow a page is meanwhile, over the same two connections: which of the web's processes
    holds a connection is chance, and one that holds both takes twice as long for each."""
    with made.served(works=True) as server, ThreadPoolExecutor(1) as pool, Asking(server) as asking:
        time.sleep(10)  # all have read their code
        idle = asking.over(lambda: False)
        # It looks for the end seldom, and counts from when a worker has read its code and made
        # something: both would cost the pages what no worker costs them.
        work = pool.submit(made.python, "-c", WORK, str(NUMBER), "1")
        begun = time.time()
        while not work.done() and not is_begun(made, begun):
            time.sleep(0.1)
        busy = asking.over(work.done)
    for name, taken in (("nothing is made", idle), ("ten pictures are made", busy)):
        said = f"p50 {1000 * middle(taken):.1f} ms, p99 {1000 * slowest(taken):.1f} ms"
        figure(f"Today while {name}", f"{said}, {len(taken)} times")
    held("Today, p99 meanwhile / idle", slowest(busy) / slowest(idle), MOST_SLOWER)


def is_begun(made: Studio, since: float) -> bool:
    """Whether the workers have made anything."""
    derived = Path(made.environment["STUDIO_DATA"]) / "derived"
    return any(path.stat().st_mtime > since for path in derived.rglob("*.webp"))


class Asking:
    """Today asked over and over by two connections."""

    def __init__(self, server: Server) -> None:
        self.lines = [server.line(), server.line()]
        self.taken: list[float] = []  # seconds of each answer
        self.is_over = threading.Event()

    def __enter__(self) -> "Asking":
        self.pool = ThreadPoolExecutor(2)
        self.both = [self.pool.submit(self.ask, line) for line in self.lines]
        return self

    def __exit__(self, *error: object) -> None:
        self.is_over.set()
        self.pool.shutdown()
        for each in self.both:
            each.result()

    def ask(self, line: Line) -> None:
        while not self.is_over.is_set():
            spent, status, _ = line.ask("/")
            if status != 200:
                raise RuntimeError(f"Today answered {status}")
            self.taken.append(spent)
        line.close()

    def over(self, is_done: Callable[[], bool]) -> list[float]:
        """Seconds of the answers of the next IDLE seconds, or until it is done."""
        before, end = len(self.taken), time.monotonic() + IDLE
        while time.monotonic() < end and not is_done():
            time.sleep(0.05)
        return self.taken[before:]


def slowest(taken: list[float]) -> float:
    """The 99th of a hundred."""
    return quantiles(taken, n=100)[98]


class Watch:
    """The most memory a process and its children held at once, looked at every 20 ms."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most = pid, 0

    def __enter__(self) -> "Watch":
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.thread.join()

    def look(self) -> None:
        while not self.over.wait(0.02):
            self.most = max(self.most, sum(map(own_memory, family(self.pid))))


def own_memory(pid: int) -> int:
    """Bytes of a process, shared ones in part; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def decode(paths: list[str]) -> tuple[float, float]:
    """libvips, two processes, half of the pictures each: wall and processor seconds."""
    before = os.times()
    begun = time.time()
    command = ["nice", "-n", str(NICENESS), sys.executable, "-c", DECODE]
    halves = [subprocess.Popen([*command, *paths[n::2]]) for n in (0, 1)]
    if any(half.wait() for half in halves):
        raise RuntimeError("libvips could not decode the pictures")
    after = os.times()
    spent = after.children_user + after.children_system
    return time.time() - begun, spent - before.children_user - before.children_system


def work(made: Studio) -> tuple[float, float]:
    """Two workers, from the moment the jobs are there: wall and processor seconds."""
    with made.workers(2) as pids:
        before = sum(map(processor_seconds, pids))
        begun, ended, copies, ready = json.loads(made.python("-c", WORK))
        spent = sum(map(processor_seconds, pids)) - before
    if (copies, ready) != (5 * NUMBER, NUMBER):
        raise RuntimeError(f"{copies} copies of {ready} pictures were made")
    return ended - begun, spent


# --- the pictures -----------------------------------------------------------------------------
def landscapes(home: Path) -> list[Path]:
    """The ten files."""
    base = home / "base.npy"
    np.save(base, landscape())
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(edited, [base] * NUMBER, range(1, NUMBER + 1)))


def landscape() -> "np.ndarray":
    """Broad tones, finer and finer detail, and grain of sigma 2 in all channels alike."""
    chance = np.random.default_rng(8)
    picture = np.full((HEIGHT, WIDTH, 3), 40, np.float32)
    for across, weight in ((6, 70), (24, 30), (96, 14), (384, 6)):
        coarse = chance.random((across * 9 // 16, across, 3), dtype=np.float32)
        for channel in range(3):
            plane = Image.fromarray(coarse[..., channel])
            smooth = plane.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
            picture[..., channel] += weight * np.asarray(smooth)
    picture += 2 * chance.standard_normal((HEIGHT, WIDTH, 1), dtype=np.float32)
    return np.clip(picture, 0, 255).astype(np.uint8)


def edited(base: Path, number: int) -> Path:
    """One version: another patch of the picture is darker."""
    pixels = np.load(base)
    top, left = 300 * number, 600 * number
    pixels[top : top + 700, left : left + 900] //= 2
    path = base.with_name(f"dawn_v{number}.png")
    Image.fromarray(pixels).save(path, "PNG", compress_level=3)
    return path
