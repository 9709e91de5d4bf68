"""A folder that is watched: from the end of a save to the version it becomes, and a burst of fifty.

A save counts as finished when nothing was written for a second, so no figure is under one.
"""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep

import numpy as np
from PIL import Image

from bench.report import heading, held, middle
from bench.studio import HERE, stop, studio

SAVES, BURST = 8, 50
MOST = 5.0  # seconds
PATIENCE = 120.0


def run(home: Path) -> None:
    made = studio(home, "watched", 0)
    folder, log = home / "saves", home / "watch.log"
    folder.mkdir()
    command = [sys.executable, "-u", "manage.py", "watch", str(folder)]
    with log.open("w") as out:
        process = subprocess.Popen(command, env=made.environment, cwd=HERE, stdout=out)
        try:
            until(log, "Watching")
            heading("A folder that is watched")
            waits = [saved(folder, f"horizon {n:02d}", log, n) for n in range(SAVES)]
            held("a save becomes a version, middle", middle(waits), MOST, "{:.1f} s")
            held("a save becomes a version, longest", max(waits), MOST, "{:.1f} s")
            began = monotonic()
            for n in range(BURST):
                (folder / f"burst {n:02d}.png").write_bytes(picture(100 + n, 320))
            for n in range(BURST):
                until(log, f"burst {n:02d}.png")
            held(f"{BURST} at once, the last one", monotonic() - began, 60, "{:.1f} s")
        finally:
            stop(process)


def saved(folder: Path, name: str, log: Path, seed: int) -> float:
    """Seconds from the end of a save to the line that tells of its version."""
    (folder / f"{name}.png").write_bytes(picture(seed, 2048))
    began = monotonic()
    until(log, f"{name}.png")
    return monotonic() - began


def until(log: Path, words: str) -> None:
    """Wait for words in what the command says."""
    end = monotonic() + PATIENCE
    while words not in log.read_text(encoding="utf-8"):
        if monotonic() > end:
            raise TimeoutError(f"{words}: {log.read_text(encoding='utf-8')}")
        sleep(0.02)


def picture(seed: int, width: int) -> bytes:
    """A picture that no other one looks like."""
    chance = np.random.default_rng(seed)
    small = chance.integers(0, 256, (9, 16, 3), np.uint8)
    out = BytesIO()
    Image.fromarray(small).resize((width, width * 9 // 16), 3).save(out, "PNG", compress_level=1)
    return out.getvalue()
