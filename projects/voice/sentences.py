"""Where sentences begin and end, and what is spoken, in Chinese and in English.

Rules, not a model, so that the same text gives the same sentences tomorrow. A speech and the words
that say who spoke are one sentence: “停！”她说。 as well as “Stop!” she said. Pauses inside a
sentence (我……我不知道, I … I don’t know), abbreviations, initials and numbers do not end one.
"""

import re
from collections.abc import Iterator

from studio.lib.text import HAN

Span = tuple[int, int]

_tag = re.compile(r"</?[A-Za-z][^<>]*>")
_rule = re.compile(r"[\s*_＊—·⁂#-]*")
_lead = re.compile(r"(?:#{1,6}\s+|>\s*)+")
_letter = re.compile(r"[^\W_]")

_QUOTES = "”’」』»\"'"
_end = {
    "en": re.compile(rf"(?<![.!?…])[.!?…]++[{_QUOTES})\]*_]*+(?=\s|$|[“‘(\[«])"),
    "zh": re.compile(rf"(?:[。！？!?…｡]|(?<=[{HAN}])\.+|\.{{3,}})+[{_QUOTES}）)》】\]*_]*"),
}
_goes_on = re.compile(r"[,;:，；：、—–]")
_opening = re.compile(r"[\s“‘\"'「『«(\[（*_]*")
_space = re.compile(r"\s*")
_pause = re.compile(rf"(?:…|\.{{2,}})+[{_QUOTES}）)》】\]*_]*")
_first_person = re.compile(r"I\b")
_english_speech = (
    "said|says|asked|asks|answered|replied|cried|called|shouted|whispered|murmured|muttered|added"
    "|continued|went on|repeated|began|returned|exclaimed|observed|remarked|thought|wondered"
)
_said = {
    "en": re.compile(
        rf"\s*(?:(?:the|a|an|his|her|my|our|their)\s+)?(?:[A-Z][\w’'-]*\.?\s+){{1,3}}"
        rf"(?:{_english_speech})\b"
        rf"|\s*(?:I|the\s+\w+|The\s+\w+)\s+(?:{_english_speech})\b"
        rf"|\s*(?:{_english_speech.title()}|{_english_speech})\s+(?:the\s+)?[A-Z]\w+"
    ),
    "zh": re.compile(
        r"[^。！？…，；：、“”「」『』没不未无沒無\s]{0,7}?(?:说|道|问|答|喊|叫|嚷|叹|說|問|喚|嘆|想)(?:着|了|道)?[。！？，…]"
    ),
}
# Titles and Latin that never end a sentence; what may end one is left to the next letter.
_never = re.compile(
    r"(?:mr|mrs|ms|mx|dr|prof|st|mt|messrs|mme|mlle|capt|cpt|col|gen|lt|sgt|maj|cmdr|adm|rev|fr|hon"
    r"|gov|sen|rep|pres|supt|vs|cf|viz|e\.g|i\.e|figs?|ca|approx)",
    re.IGNORECASE,
)
_before_number = re.compile(r"(?:nos?|vols?|ch|chap|pp?|art|sec)", re.IGNORECASE)
_last_word = re.compile(r"[^\W_][\w.’'-]*$")

_LEAST_SPEECH = {"en": 3, "zh": 5}  # words; shorter quotes may be names and terms
_double = re.compile(r"“([^“”]*)(?:”|$)|「([^「」]*)(?:」|$)|『([^『』]*)(?:』|$)|«([^«»]*)(?:»|$)")
_straight = re.compile(r'"([^"]*)(?:"|$)')
_single = re.compile(
    r"(?<!\w)‘((?:[^‘’]|’(?=\w)|(?<![.,!?…—–])’(?!\w))*)(?:(?<=[.,!?…—–])’(?!\w)|$)"
)
_plain_single = re.compile(
    r"(?<!\w)'((?:[^']|'(?=\w)|(?<![.,!?…—–-])'(?!\w))*)(?:(?<=[.,!?…—–-])'(?!\w)|$)"
)
_speaks = re.compile(r"[,.!?…—–，。！？；-][*_]?$")
_announced = re.compile(r"[:：,，]\s*$")


def paragraphs(text: str) -> list[str]:
    """The lines that hold prose, without tags and without the marks of a heading or a quote."""
    lines = (_lead.sub("", _tag.sub("", line).strip(" \t\u3000\xa0")) for line in text.split("\n"))
    return [line for line in lines if _letter.search(line) and not _rule.fullmatch(line)]


def sentences(text: str, language: str) -> list[str]:
    """The sentences of `text`, language en or zh, in order and without the space round them."""
    return [
        line[start:end].strip() for line in paragraphs(text) for start, end in spans(line, language)
    ]


def spans(line: str, language: str) -> list[Span]:
    """Where the sentences of one paragraph lie: (start, end), the spaces between them left out."""
    found: list[Span] = []
    start = seen = 0
    for end in _ends(line, language):
        if _letter.search(line, seen, end):
            found.append((start, end))
            start = _past(_space, line, end)
        seen = max(start, end)
    if _letter.search(line, seen):
        found.append((start, len(line)))
    elif found:  # marks alone at the end belong to the sentence before them
        found[-1] = (found[-1][0], len(line))
    return found


# A paragraph may be a whole book on one line: nothing below copies it or looks back over all of it.
def _past(pattern: re.Pattern[str], line: str, at: int) -> int:
    """Where a run of `pattern` that begins at `at` ends."""
    found = pattern.match(line, at)
    return found.end() if found else at


def _ends(line: str, language: str) -> Iterator[int]:
    for mark in _end[language].finditer(line):
        end = mark.end()
        rest = _past(_space, line, end)
        if rest == len(line):
            return
        if _goes_on.match(line, rest) or (_quoted(mark[0]) and _said[language].match(line, end)):
            continue
        if language == "zh":
            if not _pause.fullmatch(mark[0]) or _quoted(mark[0]):
                yield end
        elif _ends_english(line, mark, rest):
            yield end


def _quoted(mark: str) -> bool:
    """Whether a quotation closes with these marks."""
    return any(char in _QUOTES for char in mark)


def _ends_english(line: str, mark: re.Match[str], rest: int) -> bool:
    opened = _past(_opening, line, rest)
    following = line[opened : opened + 1]
    if following.islower():
        return False
    points = mark[0].rstrip(_QUOTES + ")]*_")
    if points != ".":
        # "I … I don’t know" is one sentence; a full stop and an ellipsis (four points) end one.
        return not (points in {"…", "...", ".."} and _first_person.match(line, rest))
    last = _last_word.search(line, max(0, mark.start() - 40), mark.start())
    word = last[0] if last else ""
    if _never.fullmatch(word):
        return False
    if _before_number.fullmatch(word):
        return not following.isdigit()
    initial = len(word) == 1 and word.isupper() and word != "I"
    return not initial or _quoted(mark[0])


def speech(line: str, language: str) -> list[Span]:
    """What of one paragraph is spoken: the insides of its quotation marks, (start, end) each.

    A quotation that is not closed lasts to the end of the paragraph, as in a speech of several.
    A quoted name or term is none: a few words, not announced and without a mark of their own.
    """
    pattern = _double
    if not re.search("[“「『«]", line):
        if '"' in line:
            pattern = _straight
        elif "‘" in line:
            pattern = _single
        elif language == "en" and "'" in line:
            pattern = _plain_single
    found = []
    for quote in pattern.finditer(line):
        inside = next((group for group in quote.groups() if group is not None), "")
        start = quote.start() + 1
        if _is_speech(line, quote.start(), inside, language):
            found.append((start, start + len(inside)))
    return found


def _is_speech(line: str, opened: int, inside: str, language: str) -> bool:
    if not _letter.search(inside):
        return False
    begins = _past(_space, line, 0) == opened
    if begins or _announced.search(line, max(0, opened - 4), opened) or _speaks.search(inside[-2:]):
        return True
    size = len(inside) if language == "zh" else len(inside.split())
    return size >= _LEAST_SPEECH[language]
