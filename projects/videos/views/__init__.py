"""Pages of concepts and shots."""

from .board import concept_list, concept_move, stage_undo
from .briefs import brief_edit, brief_restore, brief_revisions
from .concepts import (
    concept,
    concept_edit,
    concept_new,
    shot,
    shot_edit,
    shot_image_new,
    shot_new,
)
from .passages import passage_delete, passage_new, passage_requote, passage_restore
from .sheets import concept_export
from .threads import thread_link, thread_unlink
from .waits import wait_dismiss, wait_edit, wait_new, wait_resume, wait_take_up

__all__ = [
    "brief_edit",
    "brief_restore",
    "brief_revisions",
    "concept",
    "concept_edit",
    "concept_export",
    "concept_list",
    "concept_move",
    "concept_new",
    "passage_delete",
    "passage_new",
    "passage_requote",
    "passage_restore",
    "shot",
    "shot_edit",
    "shot_image_new",
    "shot_new",
    "stage_undo",
    "thread_link",
    "thread_unlink",
    "wait_dismiss",
    "wait_edit",
    "wait_new",
    "wait_resume",
    "wait_take_up",
]
