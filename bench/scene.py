"""A scene's page and its saving: in a book of 1,000 chapters against one of ten.

Two servers run at once, each with the flags of `serve`: a Chinese book of 10 chapters, and one of
1,000 chapters and 3 million characters (bench.seed_book). The scene stands in the middle of its
book. It is opened and saved in turns, as in bench.today. Then a scene of one million characters,
beside the yardstick (bench.bare).
Limits: not one query more; 1.3 times the small book, opened and saved.
"""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from bench.report import figure, heading, held, middle, milliseconds
from bench.studio import Server, bare, studio
from bench.today import in_turns
from bench.wire import Line

FEW, MANY = 10, 1000  # chapters
MOST = 1.3
TURNS, IN_A_TURN, WARM = 16, 12, 3
TOKEN = "bench" * 6 + "xx"  # any 32 letters, if cookie and header agree


def run(home: Path) -> None:
    heading("A scene in a long book, and a long scene")
    short, long = studio(home, "scene_10", 0), studio(home, "scene_1000", 0)
    few, many = seeded(short, FEW), seeded(long, MANY)
    figure("characters of the two books", f"{few['characters']:,} and {many['characters']:,}")
    with short.served() as small, long.served() as large, bare(home) as floor:
        servers, scenes = [small, large], [few["scene"], many["scene"]]
        opened = in_turns_of(openers(servers, scenes))
        saved = in_turns_of(savers(servers, scenes))
        (pages,) = in_turns_of(openers([small], [few["giant"]]), 2)
        (puts,) = in_turns_of(savers([small], [few["giant"]]), 2)
        (plain,) = in_turns([floor.line()], "/", 4)
    for name, seconds in (("open", opened), ("save", saved)):
        figure(f"{name}: queries, 10 and 1,000 chapters", f"{few[name]} and {many[name]}")
        held(f"{name}: more queries", many[name] - few[name], 0, "{:.0f}")
        figure(f"{name}, 10 chapters", milliseconds(seconds[0]))
        figure(f"{name}, 1,000 chapters", milliseconds(seconds[1]))
        held(f"{name}, 1,000 chapters / 10", middle(seconds[1]) / middle(seconds[0]), MOST)
    figure("a bare Django view", milliseconds(plain))
    for name, taken in (("open", pages), ("save", puts)):
        figure(f"{name} a scene of a million characters", milliseconds(taken))
        figure(f"{name} it / the bare view", f"{middle(taken) / middle(plain):.0f}")


def seeded(made: Any, chapters: int) -> dict[str, Any]:
    """Put a book into a studio; what bench.seed_book tells of it."""
    told: dict[str, Any] = json.loads(made.python("-m", "bench.seed_book", str(chapters)))
    return told


def line(server: Server) -> Line:
    """A kept connection that may save."""
    return Line(server.port, f"{server.cookie}; csrf={TOKEN}")


def openers(servers: list[Server], scenes: list[dict[str, Any]]) -> list[Callable[[], float]]:
    """For each server, one opening of its scene."""

    def opener(asked: Line, address: str) -> Callable[[], float]:
        def act() -> float:
            seconds, status, _ = asked.ask(address)
            if status != 200:
                raise RuntimeError(f"{address} answered {status}")
            return seconds

        return act

    return [
        opener(line(server), scene["address"])
        for server, scene in zip(servers, scenes, strict=True)
    ]


def savers(servers: list[Server], scenes: list[dict[str, Any]]) -> list[Callable[[], float]]:
    """For each server, one save that adds a sentence to the last."""
    chance = Random(7)

    def saver(asked: Line, scene: dict[str, Any]) -> Callable[[], float]:
        def act() -> float:
            scene["text"] += f"\n第{scene['head']}次。"
            key = str(UUID(int=chance.getrandbits(128)))
            sent = {"text": scene["text"], "base": scene["head"], "key": key}
            body = json.dumps(sent, ensure_ascii=False).encode()  # as a browser does
            head = f"X-CSRFToken: {TOKEN}\r\n"
            kind = "application/json"
            seconds, status, got = asked.post(scene["address"], kind, body, head, "PUT")
            if status != 200:
                raise RuntimeError(f"{scene['address']} answered {status}: {got[:200]!r}")
            scene["head"] = json.loads(got)["revision"]
            return seconds

        return act

    return [saver(line(server), scene) for server, scene in zip(servers, scenes, strict=True)]


def in_turns_of(acts: list[Callable[[], float]], turns: int = TURNS) -> list[list[float]]:
    """Act turn by turn, another one first each time; seconds for each."""
    taken: list[list[float]] = [[] for _ in acts]
    for turn in range(turns):
        for step in range(len(acts)):
            at = (turn + step) % len(acts)
            seconds = [acts[at]() for _ in range(WARM + IN_A_TURN)]
            taken[at] += seconds[WARM:]
    return taken
