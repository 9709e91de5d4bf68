"""Sending files to another studio: POST /api/versions/ with a token, streamed from the disk."""

import hashlib
import http.client
import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

CHUNK = 256 * 1024
PATIENCE = 120.0  # seconds without an answer


class Outcome(NamedTuple):
    """What became of a file: "new", "already", "refused"; "later" when it is to be tried again,
    after `wait` seconds if the studio said so; "denied" when the token opens nothing."""

    state: str
    words: str
    wait: float = 0.0


class Stopped(Exception):
    """The end was asked for while a file was on its way."""


class Remote:
    """The studio at `address`, opened by `token`; `fields` go along with each file."""

    def __init__(
        self, address: str, token: str, fields: dict[str, str], stopped: Callable[[], bool]
    ) -> None:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(address)
        self.secure = parts.scheme == "https"
        self.host, self.port = parts.hostname, parts.port
        self.path = parts.path.rstrip("/") + "/api/versions/"
        self.headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self.fields = fields
        self.stopped = stopped

    @property
    def is_in_the_open(self) -> bool:
        """Whether the token goes over a network where others may read it."""
        return not self.secure and self.host not in {"localhost", "127.0.0.1", "::1"}

    def ask(self) -> Outcome:
        """Whether the studio is there and knows the token."""
        return self.answered("GET", self.path)

    def send(self, path: Path) -> Outcome:
        """Bring one file; bytes that the studio has are not sent. Raises Stopped, OSError of the
        disk."""
        if "image" not in self.fields:
            digest = digest_of(path)
            known = self.answered("GET", f"{self.path}?{urlencode({'sha256': digest})}")
            if known.state != "new" or known.words:
                return known
        edge = uuid.uuid4().hex
        head, foot = self.form(edge, path.name)
        length = len(head) + path.stat().st_size + len(foot)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Content-Length": str(length),
        }
        return self.answered("POST", self.path, self.body(head, path, foot), headers)

    def form(self, edge: str, name: str) -> tuple[bytes, bytes]:
        """What stands before the file in the form, and after it."""
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in self.fields.items()
        ]
        safe = name.replace("\\", "_").replace('"', "%22").replace("\r", " ").replace("\n", " ")
        parts.append(
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{safe}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        return "".join(parts).encode(), f"\r\n--{edge}--\r\n".encode()

    def body(self, head: bytes, path: Path, foot: bytes) -> Iterator[bytes]:
        """The request's body, as it is read from the disk."""
        yield head
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if self.stopped():
                    raise Stopped
                yield chunk
        yield foot

    def answered(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Outcome:
        """One request; whatever goes wrong on the way is a reason to try again later."""
        kind = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
        line = kind(self.host, self.port, timeout=PATIENCE)
        try:
            line.request(method, path, body, {**self.headers, **(headers or {})})
            answer = line.getresponse()
            return self.read(answer.status, answer.getheader("Retry-After"), answer.read(1 << 20))
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            return Outcome("later", f"the studio cannot be reached ({reason})")
        finally:
            line.close()

    def read(self, status: int, wait: str | None, text: bytes) -> Outcome:
        """What an answer means."""
        try:
            said = json.loads(text)
        except ValueError:
            said = {}
        said = said if isinstance(said, dict) else {}
        if status in {200, 201}:
            rows = said.get("versions")
            if rows is not None:
                return Outcome("already", placed(rows[0])) if rows else Outcome("new", "")
            return Outcome("new" if status == 201 else "already", placed(said))
        words = str(said.get("error") or f"the studio answered {status}")
        if status in {401, 403}:
            return Outcome("denied", words)
        if status in {408, 425, 429} or status >= 500 or not said:
            return Outcome("later", words, float(wait) if wait and wait.isdecimal() else 0.0)
        if status == 404:
            return Outcome("denied", words)
        return Outcome("refused", words)


def placed(said: dict[str, Any]) -> str:
    """Where it is, in words."""
    reason = f" ({said['reason']})" if said.get("reason") else ""
    return f"image {said.get('image')} v{said.get('version')}{reason} {said.get('address', '')}"


def digest_of(path: Path) -> str:
    """The file's sha256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
