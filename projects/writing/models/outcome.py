"""What may come of a save."""

from dataclasses import dataclass

from .revision import Revision


@dataclass(frozen=True)
class Saved:
    """The text is the scene's text now, as this revision."""

    revision: Revision


@dataclass(frozen=True)
class Unchanged:
    """The scene's text was this already; nothing new was made."""

    head: int


@dataclass(frozen=True)
class Stale:
    """The scene had moved on. The sent text is kept as `yours`; the scene's own stays."""

    head: int
    text: str
    yours: Revision


@dataclass(frozen=True)
class Merged:
    """The scene had moved on; the sent text is kept as `yours`, and both became this revision."""

    revision: Revision
    yours: Revision


@dataclass(frozen=True)
class Behind:
    """The scene had moved on, and the sent text brought nothing new; nothing was made."""

    head: int


Outcome = Saved | Unchanged | Stale | Merged | Behind
