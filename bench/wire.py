"""HTTP with as little of our own time as can be: one kept connection, bytes prepared once."""

import socket
import time


class Line:
    """A connection to 127.0.0.1 that is opened anew when the server has closed it."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port = port
        self.head = f"Host: 127.0.0.1:{port}\r\nAccept: text/html\r\nCookie: {cookie}\r\n"
        self.socket: socket.socket | None = None

    def ask(self, path: str) -> tuple[float, int, bytes]:
        """GET `path`: seconds from the first byte sent to the last one read, status, body."""
        return self.send(f"GET {path} HTTP/1.1\r\n{self.head}\r\n".encode())

    def post(
        self, path: str, kind: str, body: bytes, headers: str = "", method: str = "POST"
    ) -> tuple[float, int, bytes]:
        """POST `body`, or PUT it."""
        length = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n{headers}"
        return self.send(f"{method} {path} HTTP/1.1\r\n{self.head}{length}\r\n".encode(), body)

    def send(self, head: bytes, body: bytes = b"") -> tuple[float, int, bytes]:
        """Send a request, on a new connection when the kept one is gone."""
        try:
            if self.socket is not None:
                return self.exchange(self.socket, head, body)
        except (ConnectionError, EOFError):
            self.close()
        self.socket = socket.create_connection(("127.0.0.1", self.port), 120)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.exchange(self.socket, head, body)

    def exchange(self, line: socket.socket, head: bytes, body: bytes) -> tuple[float, int, bytes]:
        """One request and its answer, which must say how long it is."""
        begun = time.perf_counter()
        line.sendall(head)
        if body:
            line.sendall(body)
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self.some(line)
        said, rest = got[:end].decode("latin-1"), [got[end + 4 :]]
        fields = dict(field.lower().split(": ", 1) for field in said.split("\r\n")[1:])
        left = int(fields.get("content-length", 0)) - len(rest[0])
        while left > 0:
            rest.append(self.some(line))
            left -= len(rest[-1])
        seconds = time.perf_counter() - begun
        if fields.get("connection") == "close":
            self.close()
        return seconds, int(said.split(" ")[1]), b"".join(rest)

    @staticmethod
    def some(line: socket.socket) -> bytes:
        """Bytes that have come."""
        got = line.recv(1 << 18)
        if not got:
            raise EOFError
        return got

    def close(self) -> None:
        """Hang up."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None
