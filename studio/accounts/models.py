"""The person whose studio this is."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """The owner. A model of our own from the first migration, since changing it later is dear."""

    name = models.CharField(_("Name"), max_length=150, blank=True)
    language = models.CharField(_("Interface language"), max_length=10, blank=True)
    theme = models.CharField(_("Theme"), max_length=6, blank=True)
    # As in the settings of time; kept here too, since every page needs it and has this row already.
    zone = models.CharField(max_length=60, blank=True, editable=False)
    without_keys = models.BooleanField(_("No single-letter keys"), default=False)

    def __str__(self) -> str:
        return self.name or self.username
