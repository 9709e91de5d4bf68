"""What a studio's own file says its entries went to, tied again where that is here."""

from collections.abc import Iterable

from timelog.incoming import Spent
from timelog.models import TimeEntry, TimeLink


def tie(rows: Iterable[tuple[TimeEntry, Spent]]) -> None:
    """Give the new entries their links to things that have the same id and title here."""
    told = [
        (entry, (each["what"], each["id"]), each)
        for entry, row in rows
        if row.own
        for each in row.own["links"]
    ]
    titles = TimeLink.objects.titles({thing for _entry, thing, _each in told})
    TimeLink.objects.bulk_create(
        (
            TimeLink(
                entry=entry,
                seconds=each["seconds"],
                by_hand=each["by_hand"],
                **{f"{what}_id": pk},
            )
            for entry, (what, pk), each in told
            if titles.get((what, pk)) == each["title"]
        ),
        batch_size=500,
    )
