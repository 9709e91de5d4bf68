"""What is said of numbers: where a chapter stands, and how it differs from home."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.voice.home import Home, Range

FARTHER = 1.6  # times the reach of home, from where it is no longer "a little"
# How a feature that is above, or below, the range is told.
DIFFERENCES = {
    ("dialogue", True): gettext_lazy("more dialogue"),
    ("dialogue", False): gettext_lazy("less dialogue"),
    ("sentence_median", True): gettext_lazy("longer sentences"),
    ("sentence_median", False): gettext_lazy("shorter sentences"),
    ("sentence_cv", True): gettext_lazy("sentences more uneven in length"),
    ("sentence_cv", False): gettext_lazy("sentences more even in length"),
    ("mattr", True): gettext_lazy("more different words"),
    ("mattr", False): gettext_lazy("fewer different words"),
    ("openings", True): gettext_lazy("openings that vary more"),
    ("openings", False): gettext_lazy("openings that repeat more"),
    ("punctuation", True): gettext_lazy("more marks"),
    ("punctuation", False): gettext_lazy("fewer marks"),
}


def verdict(found: Range, value: float, *, turned: bool = False) -> str:
    """Where a value lies: at home, a little low, high; `turned` where less stands at the right."""
    if found.low <= value <= found.high:
        return _("at home")
    above = value > found.high
    reach = found.high - found.mean
    far = abs(value - found.mean) > FARTHER * reach
    if above != turned:
        return _("high") if far else _("a little high")
    return _("low") if far else _("a little low")


def differences(home: Home, scalars: dict[str, float | None], most: int = 3) -> list[str]:
    """What of a chapter lies outside home's ranges, the farthest first."""
    found = []
    for name in dict(DIFFERENCES):
        value, home_range = scalars.get(name[0]), home.range(name[0])
        if value is None or home_range is None or home_range.low <= value <= home_range.high:
            continue
        if name[1] == (value > home_range.high):
            found.append((-abs(home_range.z(value)), str(DIFFERENCES[name])))
    return [words for _far, words in sorted(found)[:most]]


def sentences_beside_home(home: Home, scalars: dict[str, float | None], book: str) -> str:
    """How long the sentences are beside those of home: one sentence, or nothing."""
    value, found = scalars.get("sentence_median"), home.range("sentence_median")
    if not value or found is None or not found.mean:
        return ""
    change = round(100 * (value / found.mean - 1))
    if abs(change) < 3:
        return _("Sentences run as long as in %(book)s.") % {"book": book}
    words = (
        _("Sentences run %(n)d%% longer than in %(book)s.")
        if change > 0
        else _("Sentences run %(n)d%% shorter than in %(book)s.")
    )
    return words % {"n": abs(change), "book": book}
