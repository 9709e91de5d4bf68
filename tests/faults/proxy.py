"""A network on loopback that does what networks do: it cuts, doubles, delays and reorders.

It reads whole requests, asks its owner what shall happen to each, and gives every one a connection
of its own to the studio. Requests that are held come later, after some that were sent after them.
"""

import contextlib
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass

PATIENCE = 30.0  # seconds for an answer


@dataclass(frozen=True)
class Fault:
    """What happens to one request; `moment`, from 0 to 1, is how far it comes first."""

    kind: str = ""  # "" is nothing, else one of WIRE or the owner's own
    moment: float = 0.0


# Cut before it, in it, after it, in the answer; sent twice at once; sent again, or first, later.
WIRE = ("refused", "half", "unheard", "answer", "doubled", "again", "late")
HELD = 3  # so many requests overtake one that is held


class Proxy:
    """Listens on `port`; `choose` says what happens to a request, `disturb` does an owner's kind.

    `heard` is told of each request whose answer came back whole.
    """

    def __init__(
        self,
        studio: int,
        choose: Callable[[bytes], Fault],
        disturb: Callable[[Fault], None] = lambda fault: None,
        heard: Callable[[bytes, bytes], None] = lambda request, answer: None,
    ) -> None:
        self.studio, self.choose, self.disturb, self.heard = studio, choose, disturb, heard
        self.cut = False  # nothing gets through at all
        self.held: list[bytes] = []
        self.lock = threading.Lock()
        self.door = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self.door.getsockname()[1])
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self) -> "Proxy":
        return self

    def __exit__(self, *args: object) -> None:
        self.release(0)
        with contextlib.suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()

    def accept(self) -> None:
        """Take each connection into a thread of its own."""
        with contextlib.suppress(OSError):  # the door was closed
            while True:
                line, _ = self.door.accept()
                threading.Thread(target=self.carry, args=(line,), daemon=True).start()

    def carry(self, line: socket.socket) -> None:
        """One request and what becomes of it; then the line is cut."""
        with line, contextlib.suppress(OSError):
            line.settimeout(PATIENCE)
            request = read(line)
            if not request or self.cut:
                return
            line.sendall(self.passed(request))

    def passed(self, request: bytes) -> bytes:
        """What comes back to the sender: the answer, a part of it, or nothing."""
        fault = self.choose(request)
        if fault.kind == "refused":
            return b""
        if fault.kind == "late":
            self.hold(request)
            return b""
        if fault.kind in ("half", "unheard"):
            sent = int(len(request) * fault.moment) if fault.kind == "half" else len(request)
            with self.upstream() as line:
                line.sendall(request[:sent])
            return b""
        if fault.kind == "again":
            self.hold(request)
        if fault.kind == "doubled":
            threading.Thread(target=self.ask, args=(request,), daemon=True).start()
        elif fault.kind and fault.kind not in WIRE:
            threading.Thread(target=self.disturb, args=(fault,), daemon=True).start()
        answer = self.ask(request)
        self.release(HELD)
        if fault.kind == "answer":
            return answer[: int(len(answer) * fault.moment)]
        if not self.cut:
            self.heard(request, answer)
        return b"" if self.cut else answer

    def hold(self, request: bytes) -> None:
        """Keep it for later."""
        with self.lock:
            self.held.append(request)

    def release(self, leave: int) -> None:
        """Let the oldest held requests go, until so many are left; nobody hears the answers."""
        with self.lock:
            due = self.held[: max(len(self.held) - leave, 0)]
            self.held = self.held[len(due) :]
        for request in due:
            self.ask(request)

    def upstream(self) -> socket.socket:
        """A connection to the studio."""
        return socket.create_connection(("127.0.0.1", self.studio), PATIENCE)

    def ask(self, request: bytes) -> bytes:
        """The whole answer; nothing when the studio fell silent in the middle of it."""
        try:
            with self.upstream() as line:
                line.settimeout(PATIENCE)
                line.sendall(closing(request))
                answer = b"".join(iter(lambda: line.recv(1 << 16), b""))
        except OSError:
            return b""
        return answer if whole(answer) else b""


def read(line: socket.socket) -> bytes:
    """One whole request; nothing when there is none."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = line.recv(1 << 16)
        if not more:
            return b""
        got += more
    head = got.partition(b"\r\n\r\n")[0]
    total = len(head) + 4 + length(head)
    while len(got) < total:
        more = line.recv(1 << 18)
        if not more:
            return b""
        got += more
    return got


def length(head: bytes) -> int:
    """What the head says of the body's length."""
    for field in head.split(b"\r\n")[1:]:
        name, _, value = field.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def whole(answer: bytes) -> bool:
    """Whether all of it came; one without a length ends where its line does."""
    head, blank, body = answer.partition(b"\r\n\r\n")
    return bool(blank) and len(body) >= length(head)


def closing(request: bytes) -> bytes:
    """The same request, asking for its line to be closed after it."""
    head, _, body = request.partition(b"\r\n\r\n")
    fields = [
        field for field in head.split(b"\r\n") if not field.lower().startswith(b"connection:")
    ]
    return b"\r\n".join([*fields, b"Connection: close", b"", body])
