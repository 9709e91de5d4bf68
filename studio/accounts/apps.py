"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Roof: reads everything, nobody imports it."""

    name = "studio.accounts"
    label = "accounts"
