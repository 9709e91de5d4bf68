"""Pages of pictures and their versions, and the bytes of both."""

from .api import api_versions
from .changes import changes, heat
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
from .marks import (
    image_marks,
    mark_done,
    mark_edit,
    mark_new,
    mark_remove,
    mark_restore,
    trace_settle,
)
from .parents import (
    version_parent,
    version_parent_forget,
    version_parent_refuse,
    version_parents,
)
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
from .versions import version_new, version_note, version_remove

__all__ = [
    "api_versions",
    "changes",
    "decision_undo",
    "evidence",
    "evidence_remove",
    "export",
    "export_again",
    "export_file",
    "export_list",
    "export_new",
    "export_remove",
    "heat",
    "image",
    "image_compare",
    "image_edit",
    "image_list",
    "image_marks",
    "image_new",
    "image_progress",
    "mark_done",
    "mark_edit",
    "mark_new",
    "mark_remove",
    "mark_restore",
    "original",
    "proposals",
    "proposals_confirm",
    "proposals_doubt",
    "rendition",
    "tile_index",
    "tiles",
    "trace_settle",
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
    "version_parent",
    "version_parent_forget",
    "version_parent_refuse",
    "version_parents",
    "version_pick",
    "version_reject",
    "version_remove",
    "version_unpick",
]
