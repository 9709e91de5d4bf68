"""One device with a scene open: the rules of static/js/lib/save-queue.js, without a page.

It types into memory, keeps a journal that outlives it, and sends one save at a time; a save whose
answer is not known is sent again with its key until it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Answer = tuple[int, dict[str, Any]]


class Lost(Exception):
    """No answer came; whether the request arrived is not known."""


@dataclass
class Device:
    """`put` sends a save and `get` asks for the scene; either answers (status, JSON) or is Lost."""

    name: str
    put: Callable[[dict[str, Any]], Answer]
    get: Callable[[], Answer]
    new_key: Callable[[], UUID]
    journal: dict[str, Any] | None = None  # what outlives the page
    kept: str = ""  # the newest text the journal was given
    base: int = 0
    text: str = ""
    acked: str | None = ""
    attempt: dict[str, Any] | None = None
    theirs: dict[str, Any] | None = None  # a conflict that is open on this page
    said: list[tuple[str, int]] = field(default_factory=list)  # texts the studio said it has

    @property
    def unsent(self) -> bool:
        """Whether the studio is not known to have all of it."""
        return self.text != self.acked or self.attempt is not None

    def open(self) -> None:
        """Load the page; what an earlier page could not send is taken up."""
        status, page = self.get()
        if status != 200:
            raise Lost
        self.base, self.text, self.acked = page["revision"], page["text"], page["text"]
        self.attempt = self.theirs = None
        left = self.journal
        if left and left["text"] != self.text:
            self.base, self.text, self.attempt = left["base"], left["text"], left["attempt"]
            self.acked = None
        self.keep()

    def type(self, text: str) -> None:
        """Change the text, in memory only."""
        self.text = text

    def keep(self) -> None:
        """Write the journal; what the studio has to the letter needs no entry."""
        entry = {"base": self.base, "text": self.text, "attempt": self.attempt}
        self.journal = entry if self.unsent else None
        self.kept = self.text

    def save(self, name: str = "") -> bool:
        """Send what is unsent; whether an answer came."""
        if self.theirs or not (self.unsent or name):
            return True
        self.attempt = self.attempt or self.new_attempt(name=name)
        self.keep()
        try:
            self.hear(*self.send(self.attempt))
        except Lost:
            return False
        return True

    def new_attempt(self, **more: Any) -> dict[str, Any]:
        """A save of the text as it is now."""
        more = {key: value for key, value in more.items() if value}
        return {"key": str(self.new_key()), "base": self.base, "text": self.text, **more}

    def send(self, attempt: dict[str, Any]) -> Answer:
        """Send a save; remember what the studio says it has. Lost for all but 200 and 409."""
        status, said = self.put({**attempt, "device": self.name})
        if status == 200 and "revision" in said:
            self.said.append((attempt["text"], said["revision"]))
        elif status == 409 and "yours" in said:
            self.said.append((attempt["text"], said["yours"]))
        else:
            raise Lost
        return status, said

    def hear(self, status: int, said: dict[str, Any]) -> None:
        """Act on the answer to the attempt."""
        assert self.attempt is not None
        sent = self.attempt["text"]
        if status == 409:
            self.theirs = {**said, "sent": sent}
            self.keep()
            return
        self.attempt = None
        merged = said.get("text", sent)
        if merged == sent:
            self.base, self.acked = said["revision"], sent
        elif self.text == sent:  # both texts in one: it is what stands here from now on
            self.take(said["revision"], merged)
        # else it was written on meanwhile: the next save still stands on the older revision
        self.keep()

    def take(self, revision: int, text: str) -> None:
        """The studio's text comes in; nothing here is unsent."""
        self.base, self.text, self.acked = revision, text, text
        self.attempt = self.theirs = None
        self.keep()

    def refresh(self) -> None:
        """Take what another device wrote, unless something here is unsent."""
        if self.unsent or self.theirs:
            return
        try:
            status, said = self.get()
        except Lost:
            return
        if status == 200 and said["revision"] > self.base:
            self.take(said["revision"], said["text"])

    # --- what the author decides ----------------------------------------------------------------
    def keep_mine(self) -> bool:
        """Mine is the scene's text; theirs stays a revision."""
        assert self.theirs is not None
        self.base, self.acked = self.theirs["revision"], self.theirs["text"]
        self.attempt = self.new_attempt(settle=True)
        self.theirs = None
        return self.save()

    def take_theirs(self) -> bool:
        """Theirs comes in; what was typed since mine was sent is kept as a revision before."""
        theirs = self.theirs
        assert theirs is not None
        try:
            if self.text != theirs["sent"]:
                self.send(self.new_attempt())
            settled = {"base": theirs["revision"], "text": theirs["text"], "settle": True}
            status, said = self.send({"key": str(self.new_key()), **settled})
        except Lost:
            return False
        if status == 409:
            self.theirs = {**said, "sent": self.text}
            self.keep()
        else:
            self.take(said["revision"], theirs["text"])
        return True
