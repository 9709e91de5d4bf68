"""Run a command beside a PostgreSQL of its own: python -m tests.cluster pytest -q.

The cluster is made in a temporary folder, listens on loopback only, and is removed afterwards. It
trades safety for speed (fsync off): what is tested is behaviour, not the disk.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def as_server(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root; then its own user runs it."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    """Run `command` with DATABASE_URL set; its exit code."""
    folder = programs()
    if folder is None:
        print("PostgreSQL is not installed here; its half of the tests is skipped.")
        return 0
    home = Path(tempfile.mkdtemp(prefix="throughline-pg-"))
    home.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data, port, log = home / "data", free_port(), home / "log"
    options = (
        f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c max_connections=200 "
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
    control = str(folder / "pg_ctl")
    try:
        subprocess.run(
            as_server(
                [str(folder / "initdb"), "-D", str(data), "-E", "UTF8", "--locale=C.UTF-8"]
                + ["-A", "trust", "-U", "studio", "-N"]
            ),
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=home,
        )
        subprocess.run(
            as_server([control, "-D", str(data), "-o", options, "-l", str(log), "-w", "start"]),
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=home,
        )
        url = f"postgres://studio@127.0.0.1:{port}/postgres"
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    finally:
        subprocess.run(
            as_server([control, "-D", str(data), "-m", "immediate", "-w", "stop"]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=home,
        )
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
