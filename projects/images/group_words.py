"""Why a file was taken for a version of a picture: sentences kept as English text, and back."""

import re
from collections.abc import Sequence

from studio.lib.sentence import Sentence

IN_FOLDER = Sentence("in the folder “%(name)s”").form
NAMED = Sentence("named “%(stem)s”").form
NAMED_WITHOUT = Sentence("named “%(stem)s” without “%(marks)s”").form
ALIKE = Sentence("looks like v%(number)s").form
UNLIKE = Sentence("looks different from v%(number)s").form
OTHER_SHAPE = Sentence("has another shape than v%(number)s").form
MADE_FROM = Sentence("made from “%(name)s”").form
TAKEN = Sentence("its name says v%(said)s, which is another file").form
SEVERAL = Sentence("more than one picture fits").form
BOTH = Sentence("%(one)s; %(other)s").form
_FORMS = (
    *(NAMED_WITHOUT, NAMED, IN_FOLDER, ALIKE, UNLIKE, OTHER_SHAPE, MADE_FROM, TAKEN),
    SEVERAL,
)


def joined(reasons: Sequence[Sentence]) -> Sentence | str:
    """Several reasons as one sentence; nothing of none."""
    if not reasons:
        return ""
    whole, *rest = reasons
    for each in rest:
        whole = Sentence(BOTH, one=whole, other=each)
    return whole


def read_back(reason: str) -> str:
    """Reasons kept as plain text as the sentences they were; any other text as it is."""
    found = [_sentence(part) for part in reason.split("; ")]
    if None in found:
        return _sentence(reason) or reason
    return joined([each for each in found if each is not None])


def _sentence(part: str) -> Sentence | None:
    """One reason, if the text is one."""
    for form in _FORMS:
        found = re.fullmatch(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.*)", re.escape(form)), part)
        if found:
            return Sentence(form, **found.groupdict())
    return None
