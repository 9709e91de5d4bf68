"""What became of the hours on detours. Plain values only."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ledger:
    """Seconds on detours: of those that paid off, that did not, that go on or wait for a word, and
    those without a name."""

    paid_off: int = 0
    lost: int = 0
    undecided: int = 0
    unnamed: int = 0

    @property
    def total(self) -> int:
        """All of them: to the second the hours of kinds that count as detours."""
        return self.paid_off + self.lost + self.undecided + self.unnamed

    @property
    def decided(self) -> int:
        """Of those one can say it of."""
        return self.paid_off + self.lost

    @property
    def percent(self) -> int | None:
        """How many of a hundred decided hours paid off; None where nothing is decided."""
        return round(100 * self.paid_off / self.decided) if self.decided else None


def ledger(rows: Iterable[tuple[bool | None, int]], unnamed: int) -> Ledger:
    """Fold (whether it paid off, seconds) of each named detour."""
    sums: dict[bool | None, int] = {True: 0, False: 0, None: 0}
    for paid_off, seconds in rows:
        sums[paid_off] += seconds
    return Ledger(sums[True], sums[False], sums[None], unnamed)
