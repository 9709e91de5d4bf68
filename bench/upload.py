"""What one 50 MB picture costs the web processes in memory.

A PNG of 4096 x 4096 points of noise, which is 50.3 MB since noise does not compress, is sent as a
form to a real `serve`. Before it, pages are looked at and small pictures are sent until every
process has loaded what it will ever load. The highest resident size of each process is the
kernel's own mark (VmHWM, wiped before each picture), so no peak is missed between two looks.
Limit: all web processes together grow by at most 8 MB.

Then 50 and 500 MB are sent in pieces, as the pages do it, and as one form with a token, as tools
do; beside them a bare socket whose bytes are written to a file that is synced, as ours are. What is
sent is a small picture with noise behind its end, so that its decoding weighs nothing; the pieces'
time is until all bytes are hashed and synced, the form's until the version is there.
Limit: 2.3 times the bare socket for the pieces, and the same 8 MB.
"""

import mmap
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from uuid import uuid4

from bench.report import figure, heading, held, middle
from bench.studio import Server, studio
from bench.wire import Line

MOST = 8.0  # MB
SIDE, ROUNDS = 4096, 3
TOKEN = "b" * 32
SINK_MOST = 2.3  # times the bare socket
PIECE = 64 * 1024 * 1024  # as in static/js/lib/upload-queue.js
KEY = """
import django; django.setup()
from studio.accounts.models import Token, User
print(Token.objects.issue(User.objects.get(), "bench")[1])
"""


def run(home: Path) -> None:
    heading("Upload of a 50 MB picture")
    made = studio(home, "upload", 0)
    made.environment["DJANGO_SETTINGS_MODULE"] = "studio.settings"
    key = made.python("-c", KEY).strip()
    with made.served() as server:
        lines = [Line(server.port, f"{server.cookie}; csrf={TOKEN}") for _ in range(12)]
        for number in range(4):
            for at, line in enumerate(lines):
                line.ask("/")
                send(line, noise(64, 1000 + 100 * number + at))
        web = web_processes(server)
        peaks, lasting, seconds = [], [], []
        for number in range(ROUNDS):
            body = noise(SIDE, number)
            time.sleep(1)
            before = {pid: memory(pid, "VmRSS") for pid in web}
            for pid in web:
                forget_peak(pid)
            seconds.append(send(lines[number], body))
            peaks.append(sum(memory(pid, "VmHWM") - before[pid] for pid in web))
            lasting.append(sum(memory(pid, "VmRSS") - before[pid] for pid in web))
        bigger = [big(home, size, server, web, lines[0], key) for size in (50, 500)]
    figure("the file", f"{len(body) / 1e6:.1f} MB, {ROUNDS} times")
    figure("web processes before", f"{len(web)}, {sum(before.values()):.1f} MB together")
    held("growth at the peak, the worst, MB", max(peaks), MOST, "{:.1f}")
    held("growth that stays, the worst, MB", max(lasting), MOST, "{:.1f}")
    figure("until the answer, decoding included", ", ".join(f"{each:.2f} s" for each in seconds))
    for tell in bigger:
        tell()


def big(
    home: Path, megabytes: int, server: Server, web: list[int], line: Line, key: str
) -> Callable[[], None]:
    """One size: the bare socket, the pieces and the form in turn, and what they cost in memory."""
    sinks, pieces, forms, growth = [], [], [], []
    for number in range(ROUNDS):
        path = padded(home / "big.png", megabytes, seed=10 * megabytes + number)
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as body:
            sinks.append(sink(home / "sink", body))
            before = {pid: memory(pid, "VmRSS") for pid in web}
            for pid in web:
                forget_peak(pid)
            pieces.append(send_pieces(line, body))
            growth.append(sum(memory(pid, "VmHWM") - before[pid] for pid in web))
        path = padded(home / "big.png", megabytes, seed=10 * megabytes + number + 5)
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as body:
            for pid in web:
                forget_peak(pid)
            before = {pid: memory(pid, "VmRSS") for pid in web}
            forms.append(send_form(server.port, body, key))
            growth.append(sum(memory(pid, "VmHWM") - before[pid] for pid in web))

    def tell() -> None:
        heading(f"{megabytes} MB in pieces, and as a form with a token")
        for name, taken in (("bare socket, synced", sinks), ("in pieces", pieces), ("form", forms)):
            figure(name, ", ".join(f"{each:.2f} s" for each in taken))
        ratios = [ours / floor for ours, floor in zip(pieces, sinks, strict=True)]
        held("in pieces / bare socket", middle(ratios), SINK_MOST)
        ratios = [ours / floor for ours, floor in zip(forms, sinks, strict=True)]
        figure("a form, version made / bare socket", f"{middle(ratios):.2f}")
        held("growth at the peak, the worst, MB", max(growth), MOST, "{:.1f}")

    return tell


def padded(path: Path, megabytes: int, seed: int) -> Path:
    """A small picture with noise behind its end."""
    chance = Random(seed)
    with path.open("wb") as file:
        file.write(noise(64, seed))
        for _ in range(megabytes):
            file.write(chance.randbytes(1_000_000))
    return path


def sink(path: Path, body: mmap.mmap) -> float:
    """Seconds until a bare socket has all bytes in a synced file."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def take() -> None:
            line, _ = door.accept()
            with line, path.open("wb") as file:
                while some := line.recv(256 * 1024):
                    file.write(some)
                file.flush()
                os.fsync(file.fileno())
                line.sendall(b".")

        taker = threading.Thread(target=take)
        taker.start()
        with socket.create_connection(door.getsockname()) as line:
            begun = time.perf_counter()
            line.sendall(body)
            line.shutdown(socket.SHUT_WR)
            line.recv(1)
            seconds = time.perf_counter() - begun
        taker.join()
    path.unlink()
    return seconds


def send_pieces(line: Line, body: mmap.mmap) -> float:
    """As a page does: the pieces; seconds until all is there. The version is made after that."""
    path, total, seconds = f"/uploads/{uuid4()}/", len(body), 0.0
    with memoryview(body) as view:
        for offset in range(0, total, PIECE):
            headers = (
                f"X-CSRFToken: {TOKEN}\r\nUpload-Offset: {offset}\r\nUpload-Length: {total}\r\n"
            )
            kind, piece = "application/offset+octet-stream", view[offset : offset + PIECE]
            taken, status, _ = line.post(path, kind, piece, headers, "PATCH")  # type: ignore[arg-type]
            piece.release()
            if status != 204:
                raise RuntimeError(f"a piece was answered with {status}")
            seconds += taken
    headers = f"X-CSRFToken: {TOKEN}\r\nUpload-Length: {total}\r\nUpload-Name: dawn.png\r\n"
    _, status, _ = line.post(path, "text/plain", b"", headers)
    if status != 201:
        raise RuntimeError(f"the end was answered with {status}")
    return seconds


def send_form(port: int, body: mmap.mmap, key: str) -> float:
    """As a tool does: seconds until the version is there."""
    edge = b"edge-of-the-parts"
    head = (
        b"--" + edge + b'\r\nContent-Disposition: form-data; name="file"; filename="dawn.png"\r\n'
        b"Content-Type: image/png\r\n\r\n"
    )
    foot = b"\r\n--" + edge + b"--\r\n"
    request = (
        f"POST /api/versions/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Authorization: Bearer {key}\r\nContent-Length: {len(head) + len(body) + len(foot)}\r\n"
        f"Content-Type: multipart/form-data; boundary={edge.decode()}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), 120) as line:
        begun = time.perf_counter()
        line.sendall(request.encode() + head)
        line.sendall(body)
        line.sendall(foot)
        status = line.recv(64).split(b" ")[1]
        while line.recv(65536):
            pass
        seconds = time.perf_counter() - begun
    if status != b"201":
        raise RuntimeError(f"the form was answered with {status.decode()}")
    return seconds


def noise(side: int, seed: int) -> bytes:
    """A PNG that does not compress."""
    from PIL import Image

    made = BytesIO()
    pixels = Random(seed).randbytes(side * side * 3)
    Image.frombytes("RGB", (side, side), pixels).save(made, "PNG", compress_level=1)
    return made.getvalue()


def send(line: Line, picture: bytes) -> float:
    """Begin a picture with this file, as the form does; seconds until the answer."""
    edge = "edge-of-the-parts"
    body = b"".join(
        (
            f'--{edge}\r\nContent-Disposition: form-data; name="title"\r\n\r\n晨光\r\n'.encode(),
            f'--{edge}\r\nContent-Disposition: form-data; name="files"; '.encode(),
            b'filename="dawn_v1.png"\r\nContent-Type: image/png\r\n\r\n',
            picture,
            f"\r\n--{edge}--\r\n".encode(),
        )
    )
    kind = f"multipart/form-data; boundary={edge}"
    seconds, status, _ = line.post("/images/new/", kind, body, f"X-CSRFToken: {TOKEN}\r\n")
    if status != 302:
        raise RuntimeError(f"the picture was answered with {status}")
    return seconds


def web_processes(server: Server) -> list[int]:
    """The processes that answer requests: those that gunicorn's own started."""
    masters = children(server.pid)
    return [worker for master in masters for worker in children(master)]


def children(parent: int) -> list[int]:
    """The processes `parent` started."""
    return [pid for pid, of in parents() if of == parent]


def parents() -> Iterator[tuple[int, int]]:
    """(process, its parent) of all."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text()
            except OSError:  # it ended
                continue
            yield int(entry.name), int(stat.rpartition(")")[2].split()[1])


def memory(pid: int, name: str) -> float:
    """VmRSS or VmHWM of a process in MB (1,000,000 bytes)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    said = next(line for line in lines if line.startswith(f"{name}:"))
    return int(said.split()[1]) * 1024 / 1e6


def forget_peak(pid: int) -> None:
    """Let VmHWM begin anew from what is resident now (proc(5), clear_refs)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")
