"""An order the author gives: rows that know their place among their siblings."""

from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Max


class Positioned(models.Model):
    """Rows that stand in an order within a scope; a new one stands last.

    `scope_fields` name what siblings share, as ("book",).
    """

    scope_fields: ClassVar[tuple[str, ...]] = ()
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take the last place when new."""
        if self._state.adding and not self.position:
            last = self.siblings().aggregate(last=Max("position"))["last"]
            self.position = 1 if last is None else last + 1
        super().save(*args, **kwargs)

    def siblings(self) -> models.QuerySet[Self]:
        """All rows of the same scope, this one included, in order."""
        scope = {name: getattr(self, name) for name in self.scope_fields}
        rows: models.QuerySet[Self] = type(self)._default_manager.filter(**scope)
        return rows.order_by("position", "pk")

    def move_to(self, place: int) -> None:
        """Stand at `place` among the siblings, counted from 0; beyond an end means at that end."""
        with transaction.atomic():
            rows = list(self.siblings().select_for_update())
            mine = next(row for row in rows if row.pk == self.pk)
            rows.remove(mine)
            rows.insert(max(0, min(place, len(rows))), mine)
            changed = []
            for position, row in enumerate(rows, 1):
                if row.position != position:
                    row.position = position
                    changed.append(row)
            type(self)._default_manager.bulk_update(changed, ["position"])
            self.position = mine.position

    def move_by(self, steps: int) -> None:
        """Move `steps` places on, or back when negative."""
        places = list(self.siblings().values_list("pk", flat=True))
        self.move_to(places.index(self.pk) + steps)
