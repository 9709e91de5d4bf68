"""Today, against a bare Django view and against itself at ten times the rows.

Three servers run at once, each with the flags of `serve`: the yardstick (bench.bare), a studio of
20 books, 1,000 chapters, 500 shots, 4,000 versions and 2,000 time entries, and one of ten times
that. Over one kept connection to each, requests go out one after another in turns of twenty, so
that whatever else the machine does falls on all three, and a small answer is not charged with the
cold caches a large one leaves behind. Taken from the first byte asked to the last one read.
Limits: 35 times the yardstick's p50; 1.3 times itself.
"""

from pathlib import Path

from bench.report import figure, heading, held, middle, milliseconds
from bench.studio import bare, studio
from bench.wire import Line

TURNS, IN_A_TURN, WARM = 20, 20, 4  # the first of each turn warm up and do not count
MOST_OF_BARE, MOST_OF_ITSELF = 35.0, 1.3


def run(home: Path) -> None:
    heading("Today")
    once, ten = studio(home, "today_once", 1), studio(home, "today_ten", 10)
    with bare(home) as floor, once.served() as small, ten.served() as large:
        lines = [floor.line(), small.line(), large.line()]
        taken = in_turns(lines, "/")
        pages = in_turns([small.line(), large.line()], "/books/1/", 4)
    plain, today, tenfold = taken
    figure("a bare Django view", milliseconds(plain))
    figure("Today", milliseconds(today))
    figure("Today, ten times the rows", milliseconds(tenfold))
    held("Today / the bare view", middle(today) / middle(plain), MOST_OF_BARE)
    held("Today at ten times the rows / Today", middle(tenfold) / middle(today), MOST_OF_ITSELF)
    figure("a book of 50 chapters", milliseconds(pages[0]))
    figure("a book of 50 chapters, ten times the rows", milliseconds(pages[1]))


def in_turns(lines: list[Line], path: str, turns: int = TURNS) -> list[list[float]]:
    """Ask each line for `path`, turn by turn, another one first each time; seconds for each."""
    taken: list[list[float]] = [[] for _ in lines]
    for turn in range(turns):
        for step in range(len(lines)):
            at = (turn + step) % len(lines)
            for number in range(WARM + IN_A_TURN):
                seconds, status, _ = lines[at].ask(path)
                if status != 200:
                    raise RuntimeError(f"{path} on port {lines[at].port} answered {status}")
                if number >= WARM:
                    taken[at].append(seconds)
    for line in lines:
        line.close()
    return taken
