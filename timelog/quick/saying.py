"""The other way round: what was understood, written as a line that means one thing on any day."""

from timelog.quick.reading import Understood


def said(understood: Understood) -> str:
    """A plain line: the date, from when to when or how long, and the note.

    "yesterday 10 to 12" would mean another day tomorrow. The kind is not said; ask `read` with it.
    Raises ValueError where `understood` is not plain.
    """
    if understood.day is None or not understood.seconds:
        raise ValueError("there is no day or no length")
    if understood.start and understood.end:
        day = understood.start.date()
        when = f"{understood.start:%H:%M}-{understood.end:%H:%M}"
    else:
        day = understood.day
        minutes = round(understood.seconds / 60)
        when = f"{minutes // 60}h{minutes % 60:02d}"
    return f"{day.isoformat()} {when} {understood.note}".strip()
