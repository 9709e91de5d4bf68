"""The one-time code that opens the set-up page while the studio has no owner."""

import secrets

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

from studio.store.models import Setting

KEY = "setup.code"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
GROUPS, SIZE = 4, 4  # 79 bits
WRONG = "setup.wrong"
MOST_WRONG, WHILE = 20, 600  # wrong codes from everywhere together, in so many seconds


def issue() -> str:
    """A new code, as K7QM-2XDP-9RTV-HFWA; the earlier one no longer opens. Only a hash is kept."""
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(SIZE)) for _ in range(GROUPS))
    Setting.write(KEY, fingerprint(code))
    cache.delete(WRONG)
    return code


def check(code: str) -> bool:
    """Whether it is the one that was issued last; a wrong one is counted."""
    known = Setting.read(KEY, "")
    right = bool(known) and constant_time_compare(fingerprint(code), known)
    if not right:
        cache.set(WRONG, wrong_tries() + 1, WHILE)
    return right


def wrong_tries() -> int:
    """How many wrong codes came, none longer than a while after the one before."""
    return int(cache.get(WRONG, 0))


def tried_too_often() -> bool:
    """Whether nobody may try for a while."""
    return wrong_tries() >= MOST_WRONG


def spend(code: str) -> bool:
    """Use it up; False when somebody else was quicker. Belongs in the owner's transaction."""
    return Setting.objects.filter(key=KEY, value=fingerprint(code)).delete()[0] == 1


def fingerprint(code: str) -> str:
    """What is kept of a code: small letters and separators do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac(KEY, plain, algorithm="sha256").hexdigest()
