"""What another share of the hours for film would do to both dates. Plain values only.

Hours to come are scaled and not forecast anew: with half the share each course of the fan holds
half the hours, so what took two years takes the time in which twice as many would have come.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

LEAST, MOST = 5, 95  # percent; of nothing there is no pace
LOOK_BACK = 26 * 7  # days


@dataclass(frozen=True)
class Shares:
    """How the hours of the last half year fell: percent for film, exact and as said."""

    exact: float
    a_week: float  # hours of both

    @property
    def film(self) -> float:
        """Hours a week for film."""
        return self.a_week * self.exact / 100

    @property
    def writing(self) -> float:
        """Hours a week for writing."""
        return self.a_week - self.film

    @property
    def now(self) -> int:
        """As a whole percent that the slider can stand at."""
        return min(MOST, max(LEAST, round(self.exact)))

    def speeds(self, percent: int) -> tuple[float, float]:
        """(film, writing) as parts of what each is now, were `percent` of the hours for film."""
        if percent == self.now:
            return 1.0, 1.0
        return percent / self.exact, (100 - percent) / (100 - self.exact)


def shares(
    rows: Iterable[tuple[date, int, int]],
    film: Collection[int],
    writing: Collection[int],
    today: date,
) -> Shares | None:
    """From (day, kind, seconds), today left out; None unless there are hours of both."""
    spent = {True: 0, False: 0}
    first = today.toordinal() - LOOK_BACK
    begun = today.toordinal()
    for day, kind, seconds in rows:
        if first <= day.toordinal() < today.toordinal() and (kind in film or kind in writing):
            spent[kind in film] += seconds
            begun = min(begun, day.toordinal())
    both = sum(spent.values())
    if not all(spent.values()):
        return None
    weeks = max(1.0, (today.toordinal() - begun) / 7)
    return Shares(100 * spent[True] / both, both / 3600 / weeks)


def asked(written: str, shares: Shares) -> int:
    """The percent that was asked for, as far as the slider goes; as it is now when none was."""
    try:
        return min(MOST, max(LEAST, round(float(written))))
    except (ValueError, OverflowError):
        return shares.now
