"""Readers of the environment that refuse nonsense with one sentence."""

import os
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones


class BadSetting(Exception):
    """A setting that cannot be used; its text is the sentence the person reads."""


def text(name: str, default: str = "") -> str:
    """The value of `name`, without white space round it; `default` when unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """A yes or no: 1/0, true/false, yes/no, on/off."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} is “{value}”; set it to 1 or 0.")


def whole(name: str, default: int, least: int, most: int) -> int:
    """A whole number from `least` to `most`."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise BadSetting(f"{name} is “{value}”; set it to a whole number from {least} to {most}.")
    return int(value)


def names(name: str) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of `allowed`."""
    value = text(name, default)
    if value not in allowed:
        raise BadSetting(f"{name} is “{value}”; set it to one of {', '.join(allowed)}.")
    return value


def time_zone(name: str, default: str = "UTC") -> str:
    """A zone of the IANA database, such as Asia/Shanghai."""
    value = text(name, default)
    if value not in available_timezones():
        raise BadSetting(f"{name} is “{value}”; set it to a zone name such as Asia/Shanghai.")
    return value


def address(name: str, default: str) -> tuple[str, int]:
    """A host and a port, as 127.0.0.1:8000 or [::1]:8000."""
    return split_address(text(name, default), name)


def split_address(value: str, name: str) -> tuple[str, int]:
    """The host and port of `value`; `name` is what the sentence calls it."""
    host, colon, port = value.rpartition(":")
    host = host.strip("[]")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise BadSetting(f"{name} is “{value}”; set it to a host and a port, as 127.0.0.1:8000.")
    return host, int(port)


def web_address(name: str, default: str = "") -> str:
    """An http(s) address without a path, or nothing."""
    value = text(name, default).rstrip("/")
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise BadSetting(
            f"{name} is “{value}”; set it to an address as https://studio.example.org."
        )
    return value


def folder(name: str, default: Path) -> Path:
    """A folder this process can write to; made when it is not there."""
    path = Path(text(name, str(default))).expanduser().absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(
            f"{name} is {path}, which cannot be made ({error.strerror}); "
            "choose a folder you can write to."
        ) from None
    if not path.is_dir() or not os.access(path, os.W_OK | os.X_OK):
        raise BadSetting(
            f"{name} is {path}, which cannot be written to; choose a folder you can write to."
        )
    return path
