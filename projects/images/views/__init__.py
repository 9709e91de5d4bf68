"""Pages of pictures and their versions, and the bytes of both."""

from .compare import image_compare, tile_index
from .decisions import (
    decision_undo,
    version_clear,
    version_pick,
    version_reject,
    version_unpick,
)
from .evidence import evidence, evidence_remove, trial_evidence
from .exports import (
    export,
    export_again,
    export_file,
    export_list,
    export_new,
    export_remove,
)
from .images import image, image_edit, image_list, image_new, image_progress
from .serving import original, rendition, tiles
from .versions import version_new, version_note, version_remove

__all__ = [
    "decision_undo",
    "evidence",
    "evidence_remove",
    "export",
    "export_again",
    "export_file",
    "export_list",
    "export_new",
    "export_remove",
    "image",
    "image_compare",
    "image_edit",
    "image_list",
    "image_new",
    "image_progress",
    "original",
    "rendition",
    "tile_index",
    "tiles",
    "trial_evidence",
    "version_clear",
    "version_new",
    "version_note",
    "version_pick",
    "version_reject",
    "version_remove",
    "version_unpick",
]
