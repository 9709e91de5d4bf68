"""Which day an instant belongs to, for a person who works past midnight."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from studio.store.models import Setting

DAY_STARTS_AT = 4  # o'clock, unless the author says otherwise


@dataclass(frozen=True)
class Days:
    """A zone, and the hour at which the author's day begins (0 to 12)."""

    zone_name: str
    starts_at: int = 0

    @classmethod
    def of_the_studio(cls) -> "Days":
        """As set in the settings."""
        return cls.from_settings(Setting.read_all("time.zone", "time.day_starts_at"))

    @classmethod
    def from_settings(cls, kept: dict[str, object]) -> "Days":
        """From the rows of the settings that were read already."""
        zone = str(kept.get("time.zone") or settings.TIME_ZONE)
        starts = kept.get("time.day_starts_at", DAY_STARTS_AT)
        return cls(zone, starts if isinstance(starts, int) and 0 <= starts <= 12 else DAY_STARTS_AT)

    @property
    def zone(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone_name)

    def of(self, instant: datetime) -> date:
        """The day of `instant` (aware): the local date, before the day's first hour the one before.

        The wall clock decides, so a night with a change of the clock is no special case.
        """
        local = instant.astimezone(self.zone)
        return local.date() - timedelta(days=local.hour < self.starts_at)

    def today(self, now: datetime | None = None) -> date:
        """The day it is."""
        return self.of(now or timezone.now())

    def shares(self, start: datetime, end: datetime) -> list[tuple[date, datetime, datetime, int]]:
        """The stretch from `start` to `end` (aware) cut where days begin.

        Each piece is (day, from, to, elapsed seconds), in UTC, so a day of 25 hours has 25.
        """
        pieces, at, end = [], start.astimezone(UTC), end.astimezone(UTC)
        while at < end:
            day = self.of(at)
            until = min(end, self.begin(day + timedelta(days=1)).astimezone(UTC))
            pieces.append((day, at, until, round((until - at).total_seconds())))
            at = until
        return pieces

    def begin(self, day: date) -> datetime:
        """The instant at which `day` begins."""
        return datetime.combine(day, time(self.starts_at), self.zone)


def monday_of(day: date) -> date:
    """The Monday of the week of `day` (ISO 8601)."""
    return day - timedelta(days=day.weekday())
