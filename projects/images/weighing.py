"""How sure it is that a file is a version of a picture: what speaks for it, added up.

Each observation has a weight in units of log-odds (Good, "Probability and the Weighing of
Evidence", 1950), and their sum with the prior's is turned into a share of 1 by the logistic
function. The prior says that a file taken at random is no version of a picture taken at random.
The weights were set on the file names and pictures of tests/images/intake_cases.py and are checked
there on others: of what is called sure, at least 95 in 100 must be right.

Likeness alone never files a picture, since the shots of one place look alike: it makes a file
whose name says nothing join, and of others it only says "perhaps".
"""

from math import exp
from typing import NamedTuple

PRIOR = -4.0
BY_NAME = {
    "marked": 8.0,
    "same": 7.0,
    "numbered": 5.0,
    "generic": 1.0,
    "other": 0.0,
    "counted": -4.0,  # shot_07 beside shot_08
}
BY_BITS = ((4, 4.5), (8, 4.0), (12, 3.0), (18, 0.0), (64, -1.5))  # at most so many of 64 differ
OTHER_SHAPE = -1.5
BY_FILE = 4.0  # one names the other as what it was made from
JOINS, PERHAPS = 0.7, 0.25
SURE, LIKELY = 0.95, 0.8
CLOSE = 1.0  # two pictures with less than this between them: nobody decides for the author


class Evidence(NamedTuple):
    """What is known of a file beside one picture: `name` as in `grouping.relation`, `bits` as in
    `likeness.distance`, whether their shapes are the same, whether a file names the other."""

    name: str
    bits: int | None = None
    same_shape: bool | None = None
    by_file: bool = False


def weight(evidence: Evidence) -> float:
    """The log-odds that the file is a version of the picture."""
    total = PRIOR + BY_NAME[evidence.name]
    if evidence.bits is not None:
        total += next(value for most, value in BY_BITS if evidence.bits <= most)
    if evidence.same_shape is False:
        total += OTHER_SHAPE
    if evidence.by_file:
        total += BY_FILE
    return total


def confidence(total: float) -> float:
    """Log-odds as a share from 0 to 1."""
    return 1 / (1 + exp(-total))


def in_words(share: float) -> str:
    """ "sure", "likely" or "unsure"."""
    if share >= SURE:
        return "sure"
    return "likely" if share >= LIKELY else "unsure"
