"""The person whose studio this is, and the keys they give to tools."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PREFIX = "tl_"
SHOWN = 7  # characters of a secret by which its owner knows it again


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


class TokenQuerySet(models.QuerySet["Token"]):
    """Ways to a token."""

    def issue(self, user: User, name: str) -> tuple["Token", str]:
        """A new token and its secret, which is told this once: of it only a digest is kept."""
        secret = PREFIX + secrets.token_urlsafe(32)
        token = self.create(user=user, name=name, digest=digest(secret), start=secret[:SHOWN])
        return token, secret

    def known(self, secret: str) -> "Token | None":
        """The token with this secret; None where it was revoked or never was."""
        found = self.select_related("user").filter(digest=digest(secret)).first()
        return found if found is not None and found.user.is_active else None


class Token(models.Model):
    """A key with which a tool may add pictures, and do nothing else."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("Name"), max_length=80)
    # 256 random bits need no slow hash (OWASP ASVS 5.0, 11.4.2 speaks of passwords).
    digest = models.CharField(max_length=64, unique=True, editable=False)
    start = models.CharField(max_length=8, editable=False)
    made = models.DateTimeField(auto_now_add=True)
    last_used = models.DateTimeField(null=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def use(self) -> None:
        """Note that it was used; to the minute, since each note is a write."""
        now = timezone.now()
        if self.last_used is None or now - self.last_used > timedelta(minutes=1):
            Token.objects.filter(pk=self.pk).update(last_used=now)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
