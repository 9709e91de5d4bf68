"""Random faults over HTTP: pairs of devices write scenes while the network and the studio break."""

import http.client
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from tests.faults.device import Answer, Device, Lost
from tests.faults.house import House
from tests.faults.proxy import WIRE, Fault, Proxy

PAIRS = 3  # scenes, each open on two devices
TOKEN = "faults" * 5 + "xx"  # any 32 letters, if cookie and header agree
SHARE = 0.7  # of the saves that meet a fault
RETRY, RETRY_LAST = 0.03, 0.6  # seconds; the editor waits 1 to 30
LONG = 1500  # characters; then the writer cuts the first half
SAID = {
    "worker": "a web worker killed in a save",
    "web": "all web processes killed",
    "studio": "the whole studio killed and started",
    "refused": "cut before the request",
    "half": "cut in the request",
    "unheard": "cut after the request",
    "answer": "cut in the answer",
    "doubled": "sent twice at once",
    "again": "sent again after later ones",
    "late": "arrived after later ones",
}
KILLS = {"worker": 0.42, "web": 0.006, "studio": 0.012}
WORD = re.compile(r"w[a-z]+\d+x\d+")
SENTENCES = ("The lattice remembered {}.", "她数到{}，整座站台也跟着数。", "“{}, again,” Wen said.")


@dataclass
class Came:
    """What a run came to."""

    faults: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    saves: int = 0  # acknowledged
    words: int = 0  # in them, each one only once
    lost: int = 0
    lost_words: int = 0
    doubled: int = 0
    gaps: int = 0
    wrong_heads: int = 0
    conflicts: int = 0
    false_conflicts: int = 0
    seconds: float = 0.0


def run(folder: Path, number: int, seed: int = 2026, database: str = "") -> Came:
    """Meet so many faults; then look at what the studio has."""
    came, begun = Came(), time.monotonic()
    plan = planned(number, Random(seed))
    lock = threading.Lock()
    chance = Random(seed + 1)

    def choose(request: bytes) -> Fault:
        if not request.startswith(b"PUT "):
            return Fault()
        with lock:
            fault = plan.pop() if plan and chance.random() < SHARE else Fault()
            came.faults[fault.kind] += 1
            return fault

    def heard(request: bytes, answer: bytes) -> None:
        if request.startswith(b"PUT ") and answer:
            with lock:
                came.statuses[int(answer[9:12])] += 1

    with (
        House(folder, PAIRS, database, seed) as house,
        Proxy(house.port, choose, lambda fault: house.kill(fault.kind, fault.moment), heard) as net,
    ):
        writers = [
            Writer(scene, f"{place} {scene}", net.port, house.cookie, seed * 100 + at)
            for at, (scene, place) in enumerate(
                (scene, place) for scene in house.scenes for place in ("laptop", "phone")
            )
        ]
        threads = [
            threading.Thread(target=writer.write, args=(lambda: bool(plan),)) for writer in writers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        net.release(0)
        kept = house.inside("look")
    for writer in writers:
        judge_texts(writer, kept[str(writer.scene)], came)
    for scene in house.scenes:
        pair = {writer.device.name for writer in writers if writer.scene == scene}
        judge_chain(kept[str(scene)], pair, came)
    came.faults.pop("", None)
    came.seconds = time.monotonic() - begun
    return came


def planned(number: int, chance: Random) -> list[Fault]:
    """So many faults in a random order, each kind of the network's as often as the others."""
    kinds = [kind for kind, share in KILLS.items() for _ in range(max(1, round(number * share)))]
    kinds += [WIRE[n % len(WIRE)] for n in range(number - len(kinds))]
    chance.shuffle(kinds)
    return [Fault(kind, chance.random()) for kind in kinds]


class Writer:
    """A person at one device: types, looks at what the studio answers, decides."""

    def __init__(self, scene: int, name: str, port: int, cookie: str, seed: int) -> None:
        self.scene, self.port, self.chance = scene, port, Random(seed)
        self.headers = {
            "Cookie": f"sid={cookie}; csrf={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        new_key = lambda: UUID(int=self.chance.getrandbits(128))  # noqa: E731
        self.device = Device(name, self.put, self.get, new_key)
        self.count = 0

    # --- the line ---------------------------------------------------------------------------------
    def ask(self, method: str, body: bytes | None = None) -> Answer:
        """One request on a line of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, f"/scenes/{self.scene}/edit/", body, self.headers)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Lost from error
        finally:
            line.close()

    def put(self, save: dict[str, Any]) -> Answer:
        """A save."""
        return self.ask("PUT", json.dumps(save).encode())

    def get(self) -> Answer:
        """The scene as it is."""
        return self.ask("GET")

    # --- the person -------------------------------------------------------------------------------
    def write(self, more: Any) -> None:
        """Until there is nothing `more` to go wrong; then everything is saved."""
        self.until(self.opened)
        while more():
            self.type()
            self.device.keep()
            named = f"{self.device.name} {self.count}" if self.chance.random() < 0.02 else ""
            self.until(lambda named=named: self.device.save(named))  # type: ignore[misc]
            if self.device.theirs:
                self.decide()
            elif self.chance.random() < 0.3:
                self.device.refresh()
        while self.device.unsent or self.device.theirs:
            self.until(self.device.save)
            if self.device.theirs:
                self.decide()

    def until(self, act: Any) -> None:
        """Again and again, longer apart each time; now and then the page dies in between."""
        wait = RETRY
        while not act():
            time.sleep(wait)
            wait = min(wait * 2, RETRY_LAST)
            if self.chance.random() < 0.3 and not self.device.theirs:
                self.type()
                self.device.keep()
            if self.chance.random() < 0.1:
                self.until(self.opened)
                if self.device.theirs is None and not self.device.unsent:
                    return

    def opened(self) -> bool:
        """The page, new; what its journal holds is there again."""
        try:
            self.device.open()
        except Lost:
            return False
        return True

    def type(self) -> None:
        """One sentence nobody else writes, somewhere; at times the older half is cut."""
        self.count += 1
        word = f"w{self.device.name.replace(' ', '')}x{self.count}"
        lines = self.device.text.splitlines()
        if len(self.device.text) > LONG:
            lines = lines[len(lines) // 2 :]
        lines.insert(self.chance.randint(0, len(lines)), self.chance.choice(SENTENCES).format(word))
        self.device.type("\n".join(lines))

    def decide(self) -> None:
        """Keep mine, or take theirs, at times after writing on."""
        while self.device.theirs:
            if self.chance.random() < 0.3:
                self.type()
                self.device.keep()
            if self.chance.random() < 0.5:
                self.device.keep_mine()
                self.until(self.device.save)
            elif not self.device.take_theirs():
                time.sleep(RETRY)


# --- afterwards -----------------------------------------------------------------------------------
def judge_texts(writer: Writer, scene: dict[str, Any], came: Came) -> None:
    """Whether every text the studio said it has is there, to the letter."""
    texts = {revision["text"] for revision in scene["revisions"]}
    said = [text for text, _ in writer.device.said]
    gone = {text for text in said if text not in texts}
    came.saves += len(said)
    came.words += len(words(said))
    came.lost += len(gone)
    came.lost_words += len(words(gone) - words(texts))


def words(texts: Iterable[str]) -> set[str]:
    """The words in them that only one device ever wrote."""
    return set(WORD.findall("\n".join(texts)))


def judge_chain(scene: dict[str, Any], pair: set[str], came: Came) -> None:
    """Whether the history has no gap and nothing twice, and ends in the scene's own text."""
    rows = scene["revisions"]
    chain = [row for row in rows if row["kind"] != "conflict"]
    aside = [row for row in rows if row["kind"] == "conflict"]
    came.gaps += [row["number"] for row in rows] != list(range(1, len(rows) + 1))
    last = chain[-1]
    came.wrong_heads += (last["number"], last["text"]) != (scene["head"], scene["text"])
    keys = Counter(row["key"] for row in rows if row["key"] != "None")
    came.doubled += sum(times - 1 for times in keys.values())
    came.doubled += sum(
        after["text"] == before["text"] and not after["name"] for before, after in pairwise(chain)
    )
    came.doubled += len(aside) - len({(row["base"], row["text"]) for row in aside})
    came.conflicts += len(aside)
    for row in aside:
        between = [one for one in chain if (row["base"] or 0) < one["number"] < row["number"]]
        other = any(one["device"] != row["device"] for one in between)
        came.false_conflicts += not other and row["device"] in pair
