"""Real Chromium: a tab is closed, a browser is closed or killed, while somebody types.

The page is watched from within: it tells of each journal entry once that is on the disk. After a
new start of the browser on the same profile, what was told of last must be in the editor, and then
in the studio, once.
"""

import json
import threading
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from pathlib import Path
from random import Random
from typing import Any

from tests.conftest import FLAGS, find_chromium
from tests.faults.house import House, end
from tests.faults.proxy import Fault, Proxy
from tests.ops.running import below, processes, wait_for

ENDS = ("tab", "browser", "killed")
SAID = {"tab": "tabs closed", "browser": "browsers closed", "killed": "browsers killed"}
NETWORKS = ("up", "cut", "down")
SHORTEST, LONGEST = 0.3, 3.6  # seconds from the first stroke to the end
BEAT = 0.02  # seconds between two strokes
PAUSE = 1.4  # seconds, once: a little longer than the quiet after which the editor saves
WORDS = "The lattice remembered. 晶格记得光欠下的每一笔账。She counted to one，她数到一。\n"
PROBE = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (entry, ...rest) {
  if (typeof entry?.text === "string") {
    this.transaction.addEventListener("complete", () => console.debug(`journalled:${entry.text}`));
  }
  return put.call(this, entry, ...rest);
};
"""
MARK = "journalled:"


@dataclass
class Came:
    """What a run came to; lengths in characters."""

    ends: Counter[str] = field(default_factory=Counter)
    typed: int = 0
    journalled: int = 0
    lost: int = 0  # of what was journalled or acknowledged
    late: int = 0  # typed after the last journal entry told of, and gone
    latest: int = 0  # the most of that in one trial
    acknowledged: int = 0  # saves
    unkept: int = 0  # of those, not among the revisions
    doubled: int = 0
    conflicts: int = 0
    seconds: float = 0.0


def run(folder: Path, number: int, seed: int = 2026) -> Came:
    """So many browsers, each with a profile and a scene of its own, in every way there is."""
    from playwright.sync_api import sync_playwright

    came, begun, chance = Came(), time.monotonic(), Random(seed)
    ways = [(ending, network) for network in NETWORKS for ending in ENDS]
    chance.shuffle(ways)
    said: dict[str, list[str]] = defaultdict(list)
    with (
        House(folder, number, seed=seed) as house,
        Proxy(house.port, lambda _: Fault(), heard=lambda *both: note(*both, said)) as net,
        sync_playwright() as playwright,
    ):
        for at, scene in enumerate(house.scenes):
            ending, network = ways[at % len(ways)]
            trial = Trial(playwright, house, net, scene, chance)
            trial.write(ending, network)
            judge_page(trial, trial.read(), said[str(scene)], came)
            came.ends[ending] += 1
        kept = house.inside("look")
    for scene in house.scenes:
        judge_kept(kept[str(scene)], said[str(scene)], came)
    came.seconds = time.monotonic() - begun
    return came


def note(request: bytes, answer: bytes, said: dict[str, list[str]]) -> None:
    """Remember the text of a save that the studio said it has."""
    if request.startswith(b"PUT /scenes/") and answer[9:12] in (b"200", b"409"):
        scene = request.split(b"/", 3)[2].decode()
        said[scene].append(json.loads(request.partition(b"\r\n\r\n")[2])["text"])


class Trial:
    """One browser with a profile of its own, and one scene."""

    def __init__(
        self, playwright: Any, house: House, net: Proxy, scene: int, chance: Random
    ) -> None:
        self.playwright, self.house, self.net, self.chance = playwright, house, net, chance
        self.profile = house.folder / f"profile{scene}"
        self.address = f"http://127.0.0.1:{net.port}"
        self.path = f"/scenes/{scene}/edit/"
        self.typed, self.journalled = "", ""

    def start(self) -> Any:
        """Start Chromium; the context of its profile."""
        for left in self.profile.glob("Singleton*"):  # by one that was killed
            left.unlink()
        context = self.playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=find_chromium(), args=FLAGS
        )
        cookie = {"name": "sid", "value": self.house.cookie, "url": self.address}
        context.add_cookies([cookie])
        return context

    def open(self, context: Any) -> Any:
        """The editor, ready."""
        page = context.new_page()
        page.goto(f"{self.address}{self.path}")
        page.locator("scene-editor[data-ready]").wait_for()
        return page

    # --- before -----------------------------------------------------------------------------------
    def write(self, ending: str, network: str) -> None:
        """Type until the end comes, the network failing at some time before it."""
        context = self.start()
        context.add_init_script(PROBE)
        page = self.open(context)
        page.on("console", self.hear)
        page.locator("#manuscript").focus()
        browser = self.processes()
        now = time.monotonic()
        last = now + self.chance.uniform(SHORTEST, LONGEST)
        fails = self.chance.uniform(now, last)
        pauses = self.chance.uniform(now, last)
        if ending == "killed":
            threading.Thread(target=kill_at, args=(last, browser), daemon=True).start()
        with suppress(Exception):  # a browser that is killed says so in several ways
            for place in range(100_000):
                now = time.monotonic()
                if now > last and ending != "killed":
                    break
                if now > fails and network != "up":
                    self.fail(network)
                    network = "up"  # once
                if now > pauses:
                    page.wait_for_timeout(1000 * PAUSE)
                    pauses = last + 100_000
                self.stroke(page, WORDS[place % len(WORDS)])
        if network != "up":
            self.fail(network)
        with suppress(Exception):
            if ending == "tab":
                page.close()
        with suppress(Exception):
            context.close()
        wait_for(lambda: not set(browser) & set(processes()), "for the browser to end")

    def stroke(self, page: Any, letter: str) -> None:
        """One letter, and the time until the next."""
        page.keyboard.type(letter)
        self.typed += letter
        page.wait_for_timeout(1000 * BEAT)

    def hear(self, message: Any) -> None:
        """What the probe tells."""
        if message.text.startswith(MARK):
            self.journalled = message.text.removeprefix(MARK)

    def fail(self, network: str) -> None:
        """From now on nothing gets through; "down": the studio itself is gone."""
        self.net.cut = True
        if network == "down":
            self.house.stop()

    def processes(self) -> list[int]:
        """The browser's own, found by its profile, its first one first."""
        ours = f"--user-data-dir={self.profile}"
        first = next(
            one.pid
            for one in processes().values()
            if ours in one.command and "--type=" not in one.command
        )
        return [first, *(one.pid for one in below(first))]

    # --- after ------------------------------------------------------------------------------------
    def read(self) -> str:
        """All is well again: what the editor shows, once it says that it is saved."""
        if self.house.serving.process.poll() is not None:
            self.house.serving = self.house.serve()
        self.net.cut = False
        context = self.start()
        page = self.open(context)
        page.locator(".saved[data-state=saved]").wait_for(timeout=60_000)
        shown: str = page.locator("#manuscript").input_value()
        context.close()
        return shown


def kill_at(last: float, pids: list[int]) -> None:
    """SIGKILL to the whole browser at that time."""
    time.sleep(max(last - time.monotonic(), 0))
    end(pids)


# --- afterwards -----------------------------------------------------------------------------------
def judge_page(trial: Trial, shown: str, said: list[str], came: Came) -> None:
    """Whether what was journalled, and what was acknowledged, stands in the editor."""
    sure = max([trial.journalled, *said], key=len)
    came.typed += len(trial.typed)
    came.journalled += len(trial.journalled)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(sure, shown, strict=False))
    came.lost += len(sure) - len(list(same))
    gone = max(len(trial.typed) - len(shown), 0)
    came.late += gone
    came.latest = max(came.latest, gone)


def judge_kept(scene: dict[str, Any], said: list[str], came: Came) -> None:
    """Whether every acknowledged text is a revision, and none is there twice."""
    rows = scene["revisions"]
    texts = [row["text"] for row in rows]
    came.acknowledged += len(said)
    came.unkept += sum(text not in texts for text in said)
    came.doubled += sum(before == after for before, after in pairwise(texts))
    came.conflicts += sum(row["kind"] == "conflict" for row in rows)
