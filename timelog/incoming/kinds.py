"""What the name of a kind of work says about it, in English and Chinese."""

import unicodedata

# What the kinds a studio begins with are called by others, beside their names in its languages.
ALSO_CALLED = {
    "writing": ("写作", "寫作"),
    "video": ("影像", "影片", "视频", "視頻"),
    "detour": ("弯路", "彎路", "detours"),
}
_WRITING = ("writ", "wrote", "novel", "chapter", "prose", "写", "寫", "小说", "小說")
_DETOUR = ("detour", "dead end", "弯路", "彎路")


def plain_name(name: str) -> str:
    """A name as it is compared: "Ｐhotoshop " and "photoshop" are one."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def guess_family(name: str) -> str:
    """writing, detour, or else video.

    Video is what is left, since a film is made of more crafts (Photoshop, sound, prompts, 剪辑)
    than a list could name, and a book and a detour are called by their names.
    """
    text = plain_name(name)
    if any(word in text for word in _DETOUR):
        return "detour"
    return "writing" if any(word in text for word in _WRITING) else "video"
