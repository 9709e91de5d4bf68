"""How entries are told from what a file holds."""

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import models


def identity_of(pk: int, created: datetime, key: UUID | None) -> UUID:
    """A name for an entry that no other has in any studio, and that it keeps in another one."""
    return key or uuid5(NAMESPACE_OID, f"{pk} {created.astimezone(UTC).isoformat()}")


class KnownAgain(models.QuerySet[Any]):
    """By what entries are known again, and where they lie."""

    def spans(self, first: datetime, last: datetime) -> "models.QuerySet[Any, Any]":
        """(start, end, pk, zone) of those that are known to lie between two instants, wholly or in
        part."""
        found = self.filter(open=None, started_at__lt=last, ended_at__gt=first)
        return found.order_by("started_at").values_list("started_at", "ended_at", "pk", "zone")

    def identities(self) -> set[str]:
        """The lasting names of all entries: see identity_of."""
        rows = self.values_list("pk", "created", "key")
        return {str(identity_of(*row)) for row in rows.iterator()}

    def source_keys(self) -> set[str]:
        """The keys by which rows that came from elsewhere are known again."""
        keys = self.exclude(source_key=None).values_list("source_key", flat=True)
        return {key for key in keys.iterator() if key}
