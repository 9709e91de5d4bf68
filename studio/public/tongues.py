"""The same words in one or both languages, as a publication keeps them.

Words are a list of [language, text]: [["en", "The Quiet Lattice"], ["zh-Hans", "寂静晶格"]].
"""

import re

from studio.lib.text import is_chinese

LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}  # Django's code -> the one HTML has
Words = list[list[str]]
_control = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Without what no XML may hold: control characters, halves of characters."""
    return _control.sub("", text)


def both(text: str, other: str = "", lang: str = "", other_lang: str = "") -> Words:
    """Words of two fields, either of which may be empty; the language is seen where not given."""
    words: Words = []
    for given, known in ((text, lang), (other, other_lang)):
        said = clean(given).strip()
        if said and [said] not in [one[1:] for one in words]:
            words.append([known or language_of(said), said])
    return words


def language_of(text: str) -> str:
    """zh-Hans or en."""
    return "zh-Hans" if is_chinese(text) else "en"


def main(words: Words, lang: str) -> list[str]:
    """[language, text] for a page in `lang`: in that language, else in the one there is."""
    return next((one for one in words if one[0] == lang), words[0] if words else [lang, ""])


def other(words: Words, lang: str) -> list[str]:
    """[language, text] of what `main` left; ["", ""] when nothing is."""
    first = main(words, lang)
    return next((one for one in words if one != first), ["", ""])
