"""What follows words that go from one scene to another: anchors go with them.

Rooms above register a follower in their `AppConfig.ready`; it runs in the transaction that moves
the words, when they stand in the scene they come to and before they leave the other.
"""

from collections.abc import Callable
from typing import Any

# (scene they leave, scene they come to, where they began in the one, where they begin in the other)
Follower = Callable[[Any, Any, int, int], None]

_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Have `follower` called whenever all words from a place on went to another scene."""
    if follower not in _followers:
        _followers.append(follower)


def tell(source: Any, target: Any, start: int, at: int) -> None:
    """The words of `source` from `start` on stand in `target` from `at` on."""
    for follower in _followers:
        follower(source, target, start, at)
