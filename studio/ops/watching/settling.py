"""When a file that is being saved is finished: no Django, no clock of its own.

A program writes a file in one go, in many small writes, or under another name that it then renames.
The end of writing tells itself only by silence: a file counts as finished when its size, its time
and its identity have not changed for a while.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

QUIET = 1.0  # seconds of silence after which a save is taken for finished
LONGEST_QUIET = 16.0
# What programs write beside the file they save: editors' and browsers' halves, locks, backups.
_passing = re.compile(
    r"^[.~]|~$|^ps[a-z0-9]{4,8}$|^photoshop temp|\.(?:tmp|temp|part|partial|crdownload|download|swp"
    r"|lock|bak|filepart|icloud|aria2)$|\.tmp\.\w+$",
    re.IGNORECASE,
)


class Stamp(NamedTuple):
    """What changes when a file is written: its size, its time in nanoseconds, its identity."""

    size: int
    time: int
    inode: int = 0


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of the file at `path`; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


def is_passing(path: Path, folder: Path) -> bool:
    """Whether a file below `folder` is one that programs keep for themselves, by its name."""
    try:
        parts = path.relative_to(folder).parts
    except ValueError:
        return True
    return any(part.startswith(".") for part in parts[:-1]) or bool(_passing.search(path.name))


class Settling:
    """Files that may still be in writing. Times are seconds of any one clock."""

    def __init__(self, look: Callable[[Path], Stamp | None] = stamp_of) -> None:
        self.look = look
        self.seen: dict[Path, tuple[Stamp | None, float, float]] = {}

    def note(self, path: Path, now: float, quiet: float = QUIET) -> None:
        """Something happened to the file."""
        stamp = self.look(path)
        known = self.seen.get(path)
        if known is not None and known[0] == stamp:
            return  # it was told twice of one write
        self.seen[path] = (stamp, now, quiet)

    def again(self, path: Path, now: float, tries: int) -> bool:
        """It could not be read: wait for more of it, longer each time; False when long enough."""
        quiet = QUIET * 2**tries
        if quiet > LONGEST_QUIET:
            return False
        self.seen[path] = (self.look(path), now, quiet)
        return True

    def finished(self, now: float) -> list[tuple[Path, Stamp]]:
        """The files that have been silent for long enough, in the order in which they changed;
        each is told once."""
        done = []
        for path, (stamp, since, quiet) in sorted(self.seen.items(), key=lambda each: each[1][1]):
            current = self.look(path)
            if current is None:  # renamed or removed meanwhile
                del self.seen[path]
            elif current != stamp:
                self.seen[path] = (current, now, quiet)
            elif now - since >= quiet and current.size:
                del self.seen[path]
                done.append((path, current))
        return done
