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

__all__ = [
    "concept",
    "concept_edit",
    "concept_list",
    "concept_new",
    "shot",
    "shot_edit",
    "shot_image_new",
    "shot_new",
]
