"""The pages of the owner: the doors, and the settings."""

from .doors import sign_in, sign_out, welcome
from .settings import passphrase, settings, theme
from .tokens import token_revoke, tokens

__all__ = [
    "passphrase",
    "settings",
    "sign_in",
    "sign_out",
    "theme",
    "token_revoke",
    "tokens",
    "welcome",
]
