"""What follows a scene whose words have changed: anchors move, whoever holds them.

Rooms above register a follower in their `AppConfig.ready`; it runs in the transaction that makes
the revision, so nobody ever sees new words with old places.
"""

from collections.abc import Callable
from typing import Any

# (scene with its new text and head, the new revision, the text before)
Follower = Callable[[Any, Any, str], None]

_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Have `follower` called after each revision that became a scene's text."""
    if follower not in _followers:
        _followers.append(follower)


def tell(scene: Any, revision: Any, before: str) -> None:
    """Call every follower."""
    for follower in _followers:
        follower(scene, revision, before)
