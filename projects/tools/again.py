"""When to try a tool again."""

from datetime import date, timedelta

# Tools change every few weeks: what fails outright takes longest, what almost works is near.
WEEKS = {"not": 8, "partly": 6}


def suggest(state: str, tried_on: date) -> date | None:
    """The day on which to test again what was `state` on `tried_on`; None is never."""
    weeks = WEEKS.get(state)
    return tried_on + timedelta(weeks=weeks) if weeks else None


def later(state: str, today: date) -> date:
    """The day to which a test that was put off today is put."""
    return suggest(state, today) or today + timedelta(weeks=max(WEEKS.values()))
