"""A Docker engine to try the image on: the one that runs, or one of our own in a folder.

Where nothing can be pulled, stand-ins for the base images are made from Debian's packages and this
machine's own Python, so that the project's Dockerfile is built as it is.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings

BASE = "throughline-stand-in:debian"
PYTHON, POSTGRES = "python:3.13-slim", "postgres:17-alpine"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
ENTRY = """\
#!/bin/sh
set -e
bin=$(echo /usr/lib/postgresql/*/bin)
data=/var/lib/postgresql/data
mkdir -p $data && chown postgres $data && chmod 700 $data
if [ ! -s $data/PG_VERSION ]; then
  echo "$POSTGRES_PASSWORD" > /tmp/pw && chown postgres /tmp/pw
  su postgres -c "$bin/initdb -D $data -U $POSTGRES_USER --pwfile=/tmp/pw -A scram-sha-256 -E UTF8"
  rm /tmp/pw
  echo "host all all all scram-sha-256" >> $data/pg_hba.conf
  su postgres -c "$bin/pg_ctl -D $data -w -o '-c listen_addresses= -k /tmp' start"
  PGPASSWORD=$POSTGRES_PASSWORD su postgres -c \
    "psql -h /tmp -U $POSTGRES_USER -d postgres -c 'CREATE DATABASE $POSTGRES_DB'"
  su postgres -c "$bin/pg_ctl -D $data -w stop"
fi
exec su postgres -c "exec $bin/postgres -D $data -c listen_addresses='*'"
"""


class NoEngine(Exception):
    """No engine can be had here; the message says why."""


class Engine:
    """Runs docker and compose against one engine."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        plugin = self.docker("compose", "version", check=False).returncode == 0
        self._compose = ["docker", "compose"] if plugin else ["docker-compose"]
        # Without buildx the old builder does it.
        if self.docker("buildx", "version", check=False).returncode:
            self.environment["DOCKER_BUILDKIT"] = "0"

    def docker(self, *args: str, check: bool = True, **more: Any) -> Any:
        """docker ARGS."""
        return self._run(["docker", *args], check, **more)

    def compose(self, *args: str, check: bool = True, **more: Any) -> Any:
        """docker compose ARGS, in the project's folder."""
        return self._run([*self._compose, *args], check, cwd=settings.BASE_DIR, **more)

    def _run(self, command: list[str], check: bool, **more: Any) -> Any:
        environment = {**self.environment, **more.pop("env", {})}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, **more)
        assert not check or done.returncode == 0, f"{command}\n{done.stdout[-3000:]}{done.stderr}"
        return done

    def has(self, image: str) -> bool:
        """Whether the image is here."""
        return self.docker("image", "inspect", image, check=False).returncode == 0

    def provide_bases(self) -> None:
        """Pull the base images, or make stand-ins."""
        for image, make in ((PYTHON, self._make_python), (POSTGRES, self._make_postgres)):
            if not self.has(image) and self.docker("pull", "-q", image, check=False).returncode:
                make()

    def build(self, folder: Path, tag: str) -> None:
        """Build the Dockerfile of a folder."""
        self.docker("build", "--network", "host", "-t", tag, str(folder))

    def _make_debian(self) -> None:
        if self.has(BASE):
            return
        kept = Path(settings.BASE_DIR) / "build" / "debian-root.tar"
        if not kept.exists():
            with tempfile.TemporaryDirectory(prefix="throughline-root-") as folder:
                bootstrap(Path(folder))
                kept.parent.mkdir(exist_ok=True)
                part = kept.with_suffix(".part")
                subprocess.run(["tar", "-C", folder, "-cf", str(part), "."], check=True)
                part.replace(kept)
        self.docker("import", str(kept), BASE)

    def _make_python(self) -> None:
        """This machine's Python under /usr/local, where the real image has its own."""
        self._make_debian()
        with tempfile.TemporaryDirectory(prefix="throughline-python-") as folder:
            home = Path(folder)
            prefix = Path(sys.base_prefix)
            library = f"lib/python{sys.version_info.major}.{sys.version_info.minor}"
            ignored = shutil.ignore_patterns("site-packages", "test", "__pycache__", "*.a", "idle*")
            shutil.copytree(prefix / library, home / "py" / library, ignore=ignored, symlinks=True)
            for pip in (prefix / library / "site-packages").glob("pip*"):
                shutil.copytree(pip, home / "py" / library / "site-packages" / pip.name)
            (home / "py" / "bin").mkdir()
            program = Path(sys.executable).resolve().name
            shutil.copy2(Path(sys.executable).resolve(), home / "py" / "bin" / program)
            for name in {"python3", "python"} - {program}:
                (home / "py" / "bin" / name).symlink_to(program)
            for shared in (prefix / "lib").glob("libpython*.so*"):
                shutil.copy2(shared, home / "py" / "lib" / shared.name, follow_symlinks=False)
            trust = ""
            if CERTIFICATES.exists():
                shutil.copy2(CERTIFICATES, home / "certificates.crt")
                trust = "COPY certificates.crt /etc/ssl/certs/ca-certificates.crt\n"
            (home / "Dockerfile").write_text(
                f"FROM {BASE}\nCOPY py /usr/local\n{trust}RUN ldconfig\n"
                "RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends "
                "libssl3 libffi8 libsqlite3-0 libbz2-1.0 liblzma5 libreadline8 zlib1g libuuid1\n"
                "ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt PATH=/usr/local/bin:$PATH\n"
            )
            self.build(home, PYTHON)

    def _make_postgres(self) -> None:
        self._make_debian()
        with tempfile.TemporaryDirectory(prefix="throughline-postgres-") as folder:
            home = Path(folder)
            (home / "entry").write_text(ENTRY)
            (home / "entry").chmod(0o755)
            (home / "Dockerfile").write_text(
                f"FROM {BASE}\nRUN apt-get update -qq && apt-get install -y -qq "
                "--no-install-recommends postgresql postgresql-client\n"
                'COPY entry /entry\nCMD ["/entry"]\n'
            )
            self.build(home, POSTGRES)


def bootstrap(folder: Path) -> None:
    """A minimal Debian from the mirror that this machine's own packages come from."""
    if shutil.which("debootstrap") is None:
        raise NoEngine("the base images cannot be pulled and debootstrap is not installed")
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages"],
        capture_output=True,
        text=True,
    ).stdout.split("\n")
    mirror, codename = next(
        (
            line.split()[:2]
            for line in listed
            if line.count(" ") == 1 and "-" not in line.split()[1]
        ),
        (None, None),
    )
    if mirror is None or codename is None:
        raise NoEngine("the base images cannot be pulled and apt names no mirror")
    options = ["--variant=minbase", "--include=ca-certificates"]
    subprocess.run(
        ["debootstrap", *options, codename, str(folder), mirror],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for name in ("sources.list", "sources.list.d"):
        source = Path("/etc/apt") / name
        if source.is_dir():
            shutil.copytree(source, folder / "etc/apt" / name, dirs_exist_ok=True)
        elif source.exists():
            shutil.copy2(source, folder / "etc/apt" / name)


@contextmanager
def engine() -> Iterator[Engine]:
    """The engine that runs here, or one of our own while the block lasts. Raises NoEngine."""
    if shutil.which("docker") is None:
        raise NoEngine("docker is not installed")
    environment = dict(os.environ)
    if answers(environment):
        yield Engine(environment)
        return
    if os.geteuid() != 0 or shutil.which("dockerd") is None:
        raise NoEngine("no Docker engine runs here, and only root could start one")
    home = Path(tempfile.mkdtemp(prefix="throughline-docker-", dir="/var/tmp"))
    socket = f"unix://{home}/docker.sock"
    environment["DOCKER_HOST"] = socket
    with (home / "log").open("wb") as log:
        daemon = subprocess.Popen(
            ["dockerd", "--data-root", f"{home}/data", "--exec-root", f"{home}/exec"]
            + ["-H", socket, "-p", f"{home}/pid"],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_for(lambda: answers(environment) or daemon.poll() is not None, 60)
        if not answers(environment):
            last = (home / "log").read_text().strip().splitlines()[-1:]
            raise NoEngine(f"a Docker engine could not be started ({' '.join(last)})")
        yield Engine(environment)
    finally:
        daemon.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            daemon.wait(60)
        subprocess.run(["ip", "link", "del", "docker0"], capture_output=True)
        shutil.rmtree(home, ignore_errors=True)


def answers(environment: dict[str, str]) -> bool:
    """Whether an engine is reached."""
    asked = subprocess.run(
        ["docker", "info", "-f", "{{.ID}}"], env=environment, capture_output=True
    )
    return asked.returncode == 0


def wait_for(done: Any, seconds: float) -> None:
    """Poll `done` until it is true; AssertionError when it never is."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.5)


def health(engine: Engine, container: str) -> str:
    """healthy, starting or unhealthy."""
    told = engine.docker("inspect", container).stdout
    return str(json.loads(told)[0]["State"].get("Health", {}).get("Status", ""))
