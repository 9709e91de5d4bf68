"""Pages of pictures and their versions, and the bytes of both."""

from .api import api_versions
from .compare import image_compare, tile_index
from .evidence import evidence, evidence_remove, trial_evidence
from .images import image, image_edit, image_list, image_new, image_progress
from .proposals import (
    proposals,
    proposals_confirm,
    proposals_doubt,
    version_back,
    version_confirm,
    version_doubt,
    version_move,
)
from .serving import original, rendition, tiles
from .uploads import upload, upload_known
from .versions import (
    version_clear,
    version_new,
    version_note,
    version_pick,
    version_reject,
    version_remove,
    version_unpick,
)

__all__ = [
    "api_versions",
    "evidence",
    "evidence_remove",
    "image",
    "image_compare",
    "image_edit",
    "image_list",
    "image_new",
    "image_progress",
    "original",
    "proposals",
    "proposals_confirm",
    "proposals_doubt",
    "rendition",
    "tile_index",
    "tiles",
    "trial_evidence",
    "upload",
    "upload_known",
    "version_back",
    "version_clear",
    "version_confirm",
    "version_doubt",
    "version_move",
    "version_new",
    "version_note",
    "version_pick",
    "version_reject",
    "version_remove",
    "version_unpick",
]
