"""How the sign-in library behaves in this house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up, no mail, no messages of its own; our sentences."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("That is not the passphrase."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try once more."),
        "enter_current_password": _("That is not the passphrase of today."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """One studio, one owner: the set-up page makes it."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say what happened."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The studio sends no mail."""

    def is_safe_url(self, url: str) -> bool:
        """Only a page of this studio: the library also takes other ports of the same hosts."""
        return bool(url_has_allowed_host_and_scheme(url, allowed_hosts=None))

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only pages here."""
        return False
