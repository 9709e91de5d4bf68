"""Pages for followers, and the author's side of them."""

from .letters import (
    letter,
    letter_bring_back,
    letter_edit,
    letter_list,
    letter_new,
    letter_publish,
    letter_remove,
    letter_withdraw,
)
from .progress import progress, progress_feed, progress_letter, progress_letters, progress_media
from .publish import (
    milestone_new,
    piece,
    piece_publish,
    piece_remove,
    piece_withdraw,
    publication_restore,
    publish,
    publish_preview,
)

__all__ = [
    "letter",
    "letter_bring_back",
    "letter_edit",
    "letter_list",
    "letter_new",
    "letter_publish",
    "letter_remove",
    "letter_withdraw",
    "milestone_new",
    "piece",
    "piece_publish",
    "piece_remove",
    "piece_withdraw",
    "progress",
    "progress_feed",
    "progress_letter",
    "progress_letters",
    "progress_media",
    "publication_restore",
    "publish",
    "publish_preview",
]
