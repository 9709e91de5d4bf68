"""The watch itself: what is new in a folder, when it is finished, and that none is lost."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from projects.images.grouping import files_below
from projects.images.intake import looks_like_a_picture

from .ledger import BEFORE, DONE, REFUSED, WAITING, Ledger
from .remote import Outcome, Stopped
from .settling import Settling, Stamp, is_passing, stamp_of

LOOK_AGAIN = 30.0  # seconds; not every file system tells of every change
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
Take = Callable[[Path], Outcome]


class Watcher:
    """Takes the finished files of `folder` by `take`, and says one line each.

    What `take` could not do now is tried again, after a longer wait each time; what is waiting
    when this ends is taken by the next run over the same ledger.
    """

    def __init__(
        self,
        folder: Path,
        ledger: Ledger,
        take: Take,
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder, self.ledger, self.take, self.say = folder, ledger, take, say
        self.clock = clock
        self.settling = Settling()
        self.tries: dict[Path, int] = {}
        self.waiting: dict[Path, Stamp] = {}
        self.failures, self.next_try, self.last_look = 0, 0.0, 0.0

    def begin(self, existing: bool) -> None:
        """What is there at the first watch of a folder is not new, unless `existing` are wanted;
        at a later one, what came since is."""
        first = self.ledger.is_new
        for path in self.there():
            stamp = stamp_of(path)
            if stamp is None:
                continue
            name = self.name_of(path)
            if existing:
                self.ledger.forget(name, BEFORE)
            elif first:
                self.ledger.note(name, stamp, BEFORE)
            if not self.ledger.is_settled(name, stamp):
                self.settling.note(path, self.clock())
        self.ledger.path.touch()
        self.last_look = self.clock()

    def there(self) -> list[Path]:
        """The pictures in the folder, those that programs keep for themselves left out."""
        return [path for path in files_below([self.folder]) if self.is_wanted(path)]

    def is_wanted(self, path: Path) -> bool:
        """Whether a file of this name is a picture somebody saved."""
        return looks_like_a_picture(path) and not is_passing(path, self.folder)

    def name_of(self, path: Path) -> str:
        """Its name in the ledger."""
        return path.relative_to(self.folder).as_posix()

    def turn(self, changed: Iterable[Path]) -> None:
        """One turn: hear what changed, take what is finished, try again what waits."""
        now = self.clock()
        for path in changed:
            if self.is_wanted(path):
                self.settling.note(path, now)
        if now - self.last_look > LOOK_AGAIN:
            self.look_again(now)
        for path, stamp in self.settling.finished(now):
            if not self.ledger.is_settled(self.name_of(path), stamp):
                self.ledger.note(self.name_of(path), stamp, WAITING)
                self.waiting[path] = stamp
        if self.waiting and now >= self.next_try:
            self.take_waiting()

    def look_again(self, now: float) -> None:
        """Files that nobody told of."""
        self.last_look = now
        for path in self.there():
            stamp = stamp_of(path)
            known = stamp is not None and self.ledger.is_settled(self.name_of(path), stamp)
            if stamp is not None and not known and path not in self.waiting:
                self.settling.note(path, now)

    def take_waiting(self) -> None:
        """Take what waits, one after the other, until one has to wait longer."""
        for path in list(self.waiting):
            try:
                outcome = self.take(path)
            except Stopped:
                return
            except FileNotFoundError:
                del self.waiting[path]
                continue
            except OSError as error:
                outcome = Outcome("later", f"the file cannot be read ({error.strerror or error})")
            if outcome.state in {"later", "denied"}:
                self.wait_longer(path, outcome)
                return
            self.failures, self.next_try = 0, 0.0
            self.came_of(path, self.waiting.pop(path), outcome)

    def wait_longer(self, path: Path, outcome: Outcome) -> None:
        """It has to wait; said once for as long as it lasts."""
        wait = max(outcome.wait, min(LONGEST_WAIT, FIRST_WAIT * 2**self.failures))
        if self.failures == 0:
            self.say(f"{self.name_of(path)}: waits. {outcome.words}; it is tried again.")
        self.failures += 1
        self.next_try = self.clock() + wait

    def came_of(self, path: Path, stamp: Stamp, outcome: Outcome) -> None:
        """Keep and say what became of it; what cannot be read may still be in writing."""
        name = self.name_of(path)
        if outcome.state == "refused":
            tries = self.tries.get(path, 0) + 1
            if self.settling.again(path, self.clock(), tries):
                self.tries[path] = tries
                return
            self.say(f"{name}: not taken. {outcome.words}")
        else:
            self.say(f"{name}: {outcome.words}")
        self.tries.pop(path, None)
        self.ledger.note(name, stamp, REFUSED if outcome.state == "refused" else DONE)
