"""Pages of concepts and shots."""

from .concepts import (
    concept,
    concept_edit,
    concept_list,
    concept_new,
    shot,
    shot_edit,
    shot_image_new,
    shot_new,
)
from .waits import wait_dismiss, wait_edit, wait_new, wait_resume, wait_take_up

__all__ = [
    "concept",
    "concept_edit",
    "concept_list",
    "concept_new",
    "shot",
    "shot_edit",
    "shot_image_new",
    "shot_new",
    "wait_dismiss",
    "wait_edit",
    "wait_new",
    "wait_resume",
    "wait_take_up",
]
