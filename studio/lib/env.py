"""Readers of the environment that refuse nonsense with one sentence.

Nothing here makes a file or a folder, save the two `make_…` and `keep_…` at the end, which settings
call when all else has been read: a start that is refused leaves nothing behind.
"""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (and how it is reached here)
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LEAST_SECRET = 32  # characters
_assignment = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")
_quoted = re.compile(r"""(["'])(.*)\1\s*(?:#.*)?""")
_host = re.compile(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\]")


class BadSetting(Exception):
    """A setting that cannot be used; its text is the sentence the person reads."""


def read_file(path: Path) -> None:
    """Put the lines NAME=value of `path` into the environment, where it does not name them yet.

    Empty lines and lines after # are skipped; a value may stand in quotes.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise BadSetting(
            f"{path} cannot be read ({error.strerror}); make it a file you can read or remove it."
        ) from None
    except UnicodeDecodeError:
        raise BadSetting(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    found = {}
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        assignment = _assignment.fullmatch(line)
        if not assignment:
            raise BadSetting(f"Line {number} of {path} cannot be read; write it as NAME=value.")
        name, value = assignment.groups()
        if value[:1] in {'"', "'"}:
            quoted = _quoted.fullmatch(value)
            if not quoted:
                raise BadSetting(f"Line {number} of {path} opens a quote and does not close it.")
            value = quoted[2]
        else:
            value = re.split(r"(?:^|\s)#", value)[0].strip()
        if "\0" in value:
            raise BadSetting(f"Line {number} of {path} cannot be read; write it as NAME=value.")
        found[name] = value
    for name, value in found.items():
        os.environ.setdefault(name, value)


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
    if not is_whole(value) or not least <= int(value) <= most:
        raise BadSetting(f"{name} is “{value}”; set it to a whole number from {least} to {most}.")
    return int(value)


def is_whole(value: str) -> bool:
    """Whether `value` is a row of the digits 0 to 9, not endless."""
    return value.isascii() and value.isdigit() and len(value) < 10


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of `allowed`, in capitals or small letters."""
    value = text(name, default)
    for each in allowed:
        if each.lower() == value.lower():
            return each
    raise BadSetting(f"{name} is “{value}”; set it to one of {', '.join(allowed)}.")


def time_zone(name: str, default: str = "UTC") -> str:
    """A zone of the IANA database, such as Asia/Shanghai."""
    value = text(name, default)
    if value not in available_timezones():
        raise BadSetting(f"{name} is “{value}”; set it to a zone name such as Asia/Shanghai.")
    return value


def hosts(name: str) -> list[str]:
    """Names of hosts, separated by commas; .example.org stands for all below it."""
    found = [part.strip() for part in text(name).split(",") if part.strip()]
    for host in found:
        if "*" in host:
            raise BadSetting(f"{name} is “{host}”; name the hosts the studio answers to.")
        if not _host.fullmatch(host):
            raise BadSetting(
                f"{name} has “{host}”; write hosts without scheme and port, as studio.example.org."
            )
    return found


def address(name: str, default: str) -> tuple[str, int]:
    """A host and a port, as 127.0.0.1:8000 or [::1]:8000."""
    return split_address(text(name, default), name)


def split_address(value: str, name: str) -> tuple[str, int]:
    """The host and port of `value`; `name` is what the sentence calls it."""
    host, _, port = value.rpartition(":")
    if re.fullmatch(r"\[.*:.*\]", host):
        host = host[1:-1]
    good = _host.fullmatch(bracketed(host))
    if not good or not is_whole(port) or int(port) > 65535:
        raise BadSetting(f"{name} is “{value}”; set it to a host and a port, as 127.0.0.1:8000.")
    return host, int(port)


def join_address(host: str, port: int) -> str:
    """The two as one text, as 127.0.0.1:8000 or [::1]:8000."""
    return f"{bracketed(host)}:{port}"


def bracketed(host: str) -> str:
    """`host` as it stands in addresses: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def reached_at(host: str, port: int) -> str:
    """The address a browser on this machine opens when the studio listens on `host`."""
    return f"http://{join_address(EVERYWHERE.get(host, host), port)}"


def web_address(name: str, default: str = "") -> str:
    """An http(s) address without a path, or nothing; the host as browsers send it."""
    value = text(name, default)
    if not value:
        return ""
    try:
        parts = urlsplit(value.removesuffix("/"))
        host = (parts.hostname or "").encode("idna").decode()
        bare = bracketed(host)
        plain = f"{parts.scheme}://{bare}" + ("" if parts.port is None else f":{parts.port}")
        good = parts.scheme in {"http", "https"} and _host.fullmatch(bare)
        more = parts.path or parts.query or parts.fragment or parts.username is not None
    except ValueError:  # UnicodeError too: a port or a host that is none
        good, more, plain = None, "", ""
    if not good or more:
        raise BadSetting(
            f"{name} is “{value}”; set it to an address as https://studio.example.org."
        )
    return plain


def folder(name: str, default: Path, base: Path) -> Path:
    """A folder this process can write to or make; below `base` when not written from the root."""
    try:
        path = base / Path(text(name) or default).expanduser()
    except RuntimeError:
        raise BadSetting(
            f"{name} is “{text(name)}”, whose home folder is not known; write it out."
        ) from None
    there = path
    while not os.path.lexists(there):
        there = there.parent
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise BadSetting(cannot_write(name, path))
    return path


def cannot_write(name: str, path: Path) -> str:
    """The sentence for a folder that is of no use."""
    return f"{name} is {path}, which cannot be written to; choose a folder you can write to."


def make_folder(name: str, path: Path) -> None:
    """Make `path`, for this user alone: what is in it is private."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        raise BadSetting(cannot_write(name, path)) from None


def secret(name: str, base: Path) -> str:
    """The secret of `name`, or of the file that `name`_FILE names; nothing when neither is set."""
    if value := text(name):
        return long_enough(value, name)
    if given := text(f"{name}_FILE"):
        return long_enough(read_secret(base / given), given)
    return ""


def keep_secret(path: Path) -> str:
    """The secret in `path`, made at the first call.

    Written aside and linked: of two processes that come at once both get the same, and a crash
    leaves a whole file or none.
    """
    if not path.exists():
        aside = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with os.fdopen(
                os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
            ) as new:
                new.write(secrets.token_urlsafe(64))
                new.flush()
                os.fsync(new.fileno())
            link(aside, path)
        except OSError as error:
            raise BadSetting(
                f"The secret key cannot be kept in {path} ({error.strerror}); set SECRET_KEY."
            ) from None
        finally:
            aside.unlink(missing_ok=True)
    return long_enough(read_secret(path), str(path))


def link(aside: Path, path: Path) -> None:
    """Give the file `aside` the name `path`, unless another has it."""
    try:
        os.link(aside, path)
    except FileExistsError:  # the other process was first
        return
    except OSError:  # a file system without links
        aside.rename(path)


def read_secret(path: Path) -> str:
    """The text of `path`."""
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise BadSetting(
            f"The secret key cannot be read from {path} ({reason}); "
            "make that file readable or set SECRET_KEY."
        ) from None


def long_enough(value: str, where: str) -> str:
    """`value`, unless it could be guessed."""
    if len(value) < LEAST_SECRET:
        raise BadSetting(
            f"The secret key in {where} is too short; "
            f"write at least {LEAST_SECRET} random characters there."
        )
    return value
