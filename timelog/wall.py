"""What a clock on the wall says, and which instants that can be. Plain values only.

When summer time begins, wall times are left out; what was said of one is meant an hour on. When it
ends, wall times come twice, and only the author knows which one is meant.
"""

from datetime import UTC, date, datetime, time, timedelta

from studio.store.days import Days


def instants(day: date, wall: time, days: Days) -> list[datetime]:
    """The one or two instants (UTC, the earlier first) at which clocks showed `wall` on the
    author's `day`; before the hour at which a day begins that is the night after it."""
    date_ = day + timedelta(days=wall.hour < days.starts_at)
    found = []
    for fold in (0, 1):
        local = datetime.combine(date_, wall).replace(tzinfo=days.zone, fold=fold)
        found.append(local.astimezone(UTC))
    first, second = found
    left_out = first.astimezone(days.zone).replace(tzinfo=None) != datetime.combine(date_, wall)
    return [first] if left_out or first == second else sorted(found)
