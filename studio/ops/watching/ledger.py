"""What became of each file of a watched folder, kept so that none is lost or sent twice.

One line of JSON for each thing that became known; a line that a power cut left half is passed over.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import NamedTuple

from .settling import Stamp

BEFORE, WAITING, DONE, REFUSED = "before", "waiting", "done", "refused"


class Entry(NamedTuple):
    """The file as it was then, and what became of it."""

    stamp: Stamp
    state: str


class Ledger:
    """The ledger at `path`; `is_new` when there was none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_new = not path.exists()
        self.entries: dict[str, Entry] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.is_new:
            self.read()

    @classmethod
    def of(cls, home: Path, folder: Path, to: str) -> "Ledger":
        """That of one folder and one destination, in the folder `home`."""
        name = hashlib.sha256(f"{folder}\n{to}".encode()).hexdigest()[:24]
        return cls(home / f"{name}.jsonl")

    def read(self) -> None:
        """Take in the lines, and write them anew without what is overtaken."""
        for line in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                name, size, time, state = json.loads(line)
            except ValueError:
                continue
            self.entries[name] = Entry(Stamp(size, time), state)
        fresh = self.path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.writelines(line_of(name, entry) for name, entry in self.entries.items())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)

    def note(self, name: str, stamp: Stamp, state: str) -> None:
        """Keep what became of the file called `name`, durably."""
        self.entries[name] = Entry(Stamp(stamp.size, stamp.time), state)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line_of(name, self.entries[name]))
            file.flush()
            os.fsync(file.fileno())
        self.is_new = False

    def forget(self, name: str, state: str) -> None:
        """Let the file be as new, if this is its state."""
        if name in self.entries and self.entries[name].state == state:
            del self.entries[name]

    def is_settled(self, name: str, stamp: Stamp) -> bool:
        """Whether nothing is left to do for the file as it is now."""
        entry = self.entries.get(name)
        same = entry is not None and entry.stamp == Stamp(stamp.size, stamp.time)
        return same and entry is not None and entry.state != WAITING


def line_of(name: str, entry: Entry) -> str:
    """One line."""
    row = [name, entry.stamp.size, entry.stamp.time, entry.state]
    return json.dumps(row, ensure_ascii=False) + "\n"
