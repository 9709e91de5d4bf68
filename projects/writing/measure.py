"""Lengths as an author says them."""

from django.utils.translation import gettext, ngettext


def in_words(number: int, unit: str) -> str:
    """2310, "zishu" -> "2,310 字"; 1486, "words" -> "1,486 words"; units zishu, words, chars."""
    said = f"{number:,}"
    if unit == "zishu":
        return gettext("%(n)s 字") % {"n": said}
    if unit == "chars":
        return ngettext("%(n)s character", "%(n)s characters", number) % {"n": said}
    return ngettext("%(n)s word", "%(n)s words", number) % {"n": said}


def gaps(unit: str) -> tuple[str, str]:
    """What a script puts a number into, singular and plural: ("{n} word", "{n} words")."""
    if unit == "zishu":
        forms = [gettext("%(n)s 字")] * 2
    elif unit == "chars":
        forms = [ngettext("%(n)s character", "%(n)s characters", n) for n in (1, 2)]
    else:
        forms = [ngettext("%(n)s word", "%(n)s words", n) for n in (1, 2)]
    one, many = (form % {"n": "{n}"} for form in forms)
    return one, many
