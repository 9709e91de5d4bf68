"""What one 50 MB picture costs the web processes in memory.

A PNG of 4096 x 4096 points of noise, which is 50.3 MB since noise does not compress, is sent as a
form to a real `serve`. Before it, pages are looked at and small pictures are sent until every
process has loaded what it will ever load. The highest resident size of each process is the
kernel's own mark (VmHWM, wiped before each picture), so no peak is missed between two looks.
Limit: all web processes together grow by at most 8 MB.
"""

import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

from bench.report import figure, heading, held
from bench.studio import Server, studio
from bench.wire import Line

MOST = 8.0  # MB
SIDE, ROUNDS = 4096, 3
TOKEN = "b" * 32


def run(home: Path) -> None:
    heading("Upload of a 50 MB picture")
    with studio(home, "upload", 0).served() as server:
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
    figure("the file", f"{len(body) / 1e6:.1f} MB, {ROUNDS} times")
    figure("web processes before", f"{len(web)}, {sum(before.values()):.1f} MB together")
    held("growth at the peak, the worst, MB", max(peaks), MOST, "{:.1f}")
    held("growth that stays, the worst, MB", max(lasting), MOST, "{:.1f}")
    figure("until the answer, decoding included", ", ".join(f"{each:.2f} s" for each in seconds))


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
