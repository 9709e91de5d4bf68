"""Settings of the studio that a person changes while it runs."""

from typing import Any

from django.db import models


class SettingQuerySet(models.QuerySet["Setting"]):
    """Which settings."""

    def under(self, *keys: str) -> "models.QuerySet[Setting, tuple[str, Any]]":
        """(key, value) of those kept under `keys`."""
        return self.filter(key__in=keys).values_list("key", "value")


class Setting(models.Model):
    """One named value."""

    key = models.CharField(max_length=80, primary_key=True)
    value = models.JSONField()

    objects = SettingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key

    @classmethod
    def read(cls, key: str, default: Any = None) -> Any:
        """The value kept under `key`, else `default`."""
        return cls.read_all(key).get(key, default)

    @classmethod
    def read_all(cls, *keys: str) -> dict[str, Any]:
        """The values kept under `keys`, in one query; keys without a value are left out."""
        return dict(cls.objects.under(*keys))

    @classmethod
    def write(cls, key: str, value: Any) -> None:
        """Keep `value` (anything JSON can hold) under `key`."""
        cls.objects.update_or_create(key=key, defaults={"value": value})

    @classmethod
    def forget(cls, key: str) -> None:
        """Drop what is kept under `key`."""
        cls.objects.filter(key=key).delete()
