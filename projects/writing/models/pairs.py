"""Two rows that tell the same thing in two languages."""

from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Q


class Paired(models.Model):
    """Rows with a partner in the other language; each points at the other, or neither does."""

    pair_field: ClassVar[str]

    class Meta:
        abstract = True

    def pair_with(self, other: Self | None) -> None:
        """Become the partner of `other`, or of nobody; former partners become free."""
        rows = type(self)._base_manager  # a former partner in the trash becomes free too
        keys = [row.pk for row in (self, other) if row is not None]
        with transaction.atomic():
            former = Q(**{f"{self.pair_field}__in": keys}) | Q(pk__in=keys)
            rows.filter(former).update(**{self.pair_field: None})
            setattr(self, self.pair_field, other)
            if other is not None:
                rows.filter(pk=self.pk).update(**{self.pair_field: other})
                rows.filter(pk=other.pk).update(**{self.pair_field: self})
                setattr(other, self.pair_field, self)

    @property
    def partner(self) -> Self | None:
        """The row that tells the same in the other language, unless that is in the trash."""
        other: Self | None = getattr(self, self.pair_field)
        return None if other is None or getattr(other, "trashed", None) else other
