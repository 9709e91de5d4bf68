"""The board of concepts: five hundred against twenty-five.

Two servers run at once, each with the flags of `serve`: studios of 25 and of 500 concepts, each
concept with twenty shots and their versions. Asked in turns, as in bench.today.
Limit: twenty times the concepts take at most four times as long.
"""

from pathlib import Path

from bench.report import figure, heading, held, middle, milliseconds
from bench.studio import studio
from bench.today import in_turns

PATH = "/concepts/"
MANY = 20
MOST = 4.0
TURNS = 8


def run(home: Path) -> None:
    heading("The board of concepts")
    few, many = studio(home, "board_25", 1), studio(home, "board_500", MANY)
    with few.served() as small, many.served() as large:
        taken = in_turns([small.line(), large.line()], PATH, TURNS)
    figure("25 concepts", milliseconds(taken[0]))
    figure("500 concepts", milliseconds(taken[1]))
    held("500 concepts / 25 concepts", middle(taken[1]) / middle(taken[0]), MOST)
