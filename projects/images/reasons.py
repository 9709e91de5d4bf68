"""Why a file was not taken or cannot be shown, in the reader's language."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("The file is empty; export it again."),
    "format": _("This is no picture the studio reads: PNG, JPEG, WebP, AVIF, GIF, TIFF or PSD."),
    "photoshop": _(
        "This Photoshop file cannot be read; save it as PSD with 8 or 16 bits and “Maximise "
        "compatibility”."
    ),
    "broken": _("The picture is damaged and cannot be read to its end; export it again."),
    "size": _("The picture is wider or higher than 65,535 pixels; export it smaller."),
    "slow": _("Reading the picture takes too long; export it in another format."),
    "large": _(
        "The picture is larger than 100 megapixels and carries no preview; its file is kept."
    ),
    "unmerged": _(
        "Photoshop saved only layers here; save it with “Maximise compatibility” to see it. The "
        "file is kept."
    ),
    "heic": _(
        "This is a HEIC picture: install the studio’s extra “heic”, or export it as JPEG or PNG."
    ),
    "jxl": _(
        "This is a JPEG XL picture: install the studio’s extra “jxl”, or export it as PNG or AVIF."
    ),
    "exr": _(
        "This is an OpenEXR picture: install the studio’s extra “exr”, or export it as TIFF or PNG."
    ),
    "missing": _("The original file is not on the disk; restore it from a backup."),
    "full": _("The disk is nearly full; make room and add the file again."),
    "room": _("The disk is nearly full; make room and try again."),
    "nothing": _("No file was chosen; choose one or more pictures."),
}


def sentence(reason: str) -> str:
    """What the author reads for `reason`."""
    return str(SENTENCES.get(reason, SENTENCES["broken"]))
