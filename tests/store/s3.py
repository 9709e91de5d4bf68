"""A real S3 server in this process, and a proxy before it that can fail in six ways."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

BUCKET = "originals-of-a-test"


class Proxy(threading.Thread):
    """ok, reset, busy (503), cut upload, cut download, silent."""

    def __init__(self, upstream: tuple[str, int]) -> None:
        super().__init__(daemon=True)
        self.upstream, self.mode = upstream, "ok"
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client: socket.socket) -> None:
        with client:
            self.answer(client)

    def answer(self, client: socket.socket) -> None:
        mode = self.mode
        if mode == "silent":
            time.sleep(20)
        if mode in {"silent", "reset"}:
            return
        if mode == "busy":
            client.recv(65536)
            client.sendall(
                b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            return
        limits = {"cut upload": (50_000, None), "cut download": (None, 50_000)}
        up, down = limits.get(mode, (None, None))
        with socket.create_connection(self.upstream) as server:
            other = threading.Thread(target=pump, args=(client, server, up), daemon=True)
            other.start()
            pump(server, client, down)
            other.join(5)


def pump(source: socket.socket, sink: socket.socket, limit: int | None) -> None:
    """Pass bytes on, at most `limit` of them."""
    with suppress(OSError):
        while data := source.recv(65536):
            if limit is not None:
                limit -= len(data)
                if limit < 0:
                    break
            sink.sendall(data)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def bucket() -> Iterator[tuple[Proxy, Any]]:
    """The proxy, and a client that goes round it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    proxy = Proxy((host, port))
    direct = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id="x",
        aws_secret_access_key="y",
    )
    direct.create_bucket(Bucket=BUCKET)
    try:
        yield proxy, direct
    finally:
        direct.close()
        proxy.listener.close()
        server.stop()
