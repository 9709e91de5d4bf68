"""A Chinese font on this machine, for what is drawn here: seals, cards."""

import os
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

# Where systems and their packages put Song/Ming faces first, then any other Chinese face.
PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Bold.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)


class NoFont(Exception):
    """There is none; the message says what to do, in one sentence."""


@cache
def font_file() -> Path:
    """The file STUDIO_CJK_FONT names, else the first one found. Raises NoFont."""
    named = os.environ.get("STUDIO_CJK_FONT", "").strip()
    for place in [named] if named else PLACES:
        if Path(place).is_file():
            return Path(place)
    raise NoFont(
        _(
            "No Chinese font was found to draw with; install one, such as Noto Serif CJK, "
            "or name its file in STUDIO_CJK_FONT."
        )
    )


def text_font_file() -> Path:
    """The same for small words: of a family that was found, not named, the regular weight."""
    found = font_file()
    regular = found.with_name(found.name.replace("-Bold", "-Regular"))
    named = os.environ.get("STUDIO_CJK_FONT", "").strip()
    return regular if regular.is_file() and not named else found
