"""The page of the hours with ten years of entries, and what it takes to stop the clock.

A studio with one year of daily entries (2,000 rows) and one with ten (20,000), each timed and every
fifth tied to a scene, answer in turns. The time page must ask the database the same number of
questions and take at most 1.5 times as long. Stopping the clock, with the entry and the totals of
its day and kind safe on the disk, is held against the least view of the studio that keeps one row
for its owner (the one that changes the theme); limit 3. The bare view of bench.bare, which asks no
database and waits for no disk, stands beside it, as does one write that waits for the disk.
"""

import json
import os
import time
from pathlib import Path
from uuid import uuid4

from bench.report import figure, heading, held, middle, milliseconds
from bench.studio import Server, Studio, bare, studio
from bench.today import in_turns
from bench.wire import Line

TOKEN = "b" * 32
STOPS, WARM = 120, 10
MOST_OF_A_YEAR, MOST_OF_BARE = 1.5, 3.0


def run(home: Path) -> None:
    heading("The clock and the hours")
    (one, asked_one), (ten, asked_ten) = (filled(home, years) for years in (1, 10))
    with bare(home) as floor, one.served() as small, ten.served() as large:
        pages = in_turns([small.line(), large.line()], "/time/", 8)
        plain = in_turns([floor.line()], "/", 4)
        stops, least = stopping(large), writing(large)
        state = asking(large)
    figure("the time page, one year", milliseconds(pages[0]))
    figure("the time page, ten years", milliseconds(pages[1]))
    held("queries with ten years / with one", asked_ten / asked_one, 1.0)
    held("ten years / one year", middle(pages[1]) / middle(pages[0]), MOST_OF_A_YEAR)
    figure("a bare Django view", milliseconds(plain[0]))
    figure("stopping the clock", milliseconds(stops))
    figure("asking what runs", milliseconds(state))
    figure("a write that waits for the disk", milliseconds(syncing(home)))
    figure("stopping / the bare Django view", f"{middle(stops) / middle(plain[0]):.1f}")
    figure("the least view that keeps a row", milliseconds(least))
    held("stopping the clock / that", middle(stops) / middle(least), MOST_OF_BARE)


def filled(home: Path, years: int) -> tuple[Studio, int]:
    """A studio with so many years of hours, and the queries of its time page."""
    made = studio(home, f"clock_{years}", 0, f"-m bench.seed_hours {years}")
    return made, made.told["queries"]


def stopping(server: Server) -> list[float]:
    """Seconds of each stop; a start before it, which does not count."""
    line = Line(server.port, f"{server.cookie}; csrf={TOKEN}")
    taken = []
    for number in range(WARM + STOPS):
        key = str(uuid4())
        tell(line, {"key": key, "verb": "start", "kind": "writing", "at": -60_000})
        seconds = tell(line, {"key": str(uuid4()), "verb": "stop", "of": key, "at": 0})
        if number >= WARM:
            taken.append(seconds)
    line.close()
    return taken


def writing(server: Server) -> list[float]:
    """Seconds of each change of the theme."""
    line = Line(server.port, f"{server.cookie}; csrf={TOKEN}")
    taken = []
    for number in range(WARM + STOPS):
        body = f"theme={'dark' if number % 2 else 'light'}&next=/time/".encode()
        kind, head = "application/x-www-form-urlencoded", f"X-CSRFToken: {TOKEN}\r\n"
        seconds, status, got = line.post("/settings/theme/", kind, body, head)
        if status not in {200, 204, 302}:
            raise RuntimeError(f"the theme answered {status}: {got[:200]!r}")
        if number >= WARM:
            taken.append(seconds)
    line.close()
    return taken


def tell(line: Line, command: dict[str, object]) -> float:
    """Send one command as the page does; seconds."""
    body = json.dumps({"sent": 0, "commands": [command]}).encode()
    head = f"X-CSRFToken: {TOKEN}\r\n"
    seconds, status, got = line.post("/time/running/commands/", "application/json", body, head)
    if status != 200:
        raise RuntimeError(f"the clock answered {status}: {got[:200]!r}")
    return seconds


def asking(server: Server) -> list[float]:
    """Seconds of each look at what runs."""
    line = Line(server.port, server.cookie)
    line.head = line.head.replace("text/html", "application/json")
    taken = [line.ask("/time/running/")[0] for _ in range(WARM + STOPS)]
    line.close()
    return taken[WARM:]


def syncing(home: Path) -> list[float]:
    """Seconds of appending a page to a file and waiting until the disk has it."""
    taken = []
    with (home / "sync").open("ab", buffering=0) as file:
        for _ in range(50):
            begun = time.perf_counter()
            file.write(b"\0" * 4096)
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - begun)
    return taken
