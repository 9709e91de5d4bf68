"""The image is built as it is, comes up with PostgreSQL, and a person can work in it."""

import json
import re
import socket
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

import pytest

from tests.conftest import PASSPHRASE
from tests.docker.engine import NoEngine, engine, health, wait_for
from tests.images.make import picture

pytestmark = pytest.mark.docker
PROJECT = "throughlinetest"


class Browser:
    """Cookies, forms and nothing else."""

    def __init__(self, site: str) -> None:
        self.site, self.jar = site, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> tuple[int, str, bytes]:
        try:
            with self.opener.open(self.site + path, timeout=20) as answer:
                return answer.status, answer.url.removeprefix(self.site), answer.read()
        except HTTPError as error:
            return error.code, path, error.read()
        except OSError:
            return 0, path, b""

    def post(self, path: str, fields: dict[str, str], file: bytes = b"") -> tuple[int, str]:
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrf")
        edge = uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {**fields, "csrfmiddlewaretoken": str(token)}.items()
        ]
        if file:
            head = 'Content-Disposition: form-data; name="files"; filename="lattice_v1.png"'
            parts.append(f"--{edge}\r\n{head}\r\n\r\n".encode() + file + b"\r\n")
        request = Request(
            self.site + path,
            b"".join(parts) + f"--{edge}--\r\n".encode(),
            {"Content-Type": f"multipart/form-data; boundary={edge}"},
        )
        with self.opener.open(request, timeout=30) as answer:
            return answer.status, answer.url.removeprefix(self.site)


@pytest.fixture(scope="module")
def docker():
    """An engine with the base images, or a skip that says why not."""
    try:
        with engine() as found:
            found.provide_bases()
            yield found
    except NoEngine as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def studio(docker):
    """The compose file, up and healthy; gone afterwards with its volumes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    docker.environment |= {
        "COMPOSE_PROJECT_NAME": PROJECT,
        "POSTGRES_PASSWORD": uuid4().hex,
        "STUDIO_PORT": f"127.0.0.1:{port}",
    }
    docker.docker("build", "--network", "host", "-t", "throughline:local", ".")
    try:
        docker.compose("up", "-d", "--no-build")
        browser = Browser(f"http://127.0.0.1:{port}")
        wait_for(lambda: browser.get("/healthz")[0] == 200, 120)
        yield browser
    except AssertionError as error:
        logs = docker.compose("logs", "--no-color", check=False).stdout
        raise AssertionError(f"{error}\n{logs[-4000:]}") from error
    finally:
        docker.compose("down", "-v", "--remove-orphans", check=False)


def container(docker, service: str) -> str:
    return docker.compose("ps", "-q", service).stdout.strip()


def test_a_person_sets_it_up_and_the_worker_makes_their_pictures_previews(docker, studio):
    logs = docker.compose("logs", "--no-color", "web").stdout
    code = re.search(r"/welcome/\?code=([A-Z0-9-]+)", logs)[1]
    assert studio.get(f"/welcome/?code={code}")[0] == 200
    fields = {
        "why": "让我的小说活过来。",
        "world": "计算宇宙",
        "name": "Lin",
        "passphrase": PASSPHRASE,
    }
    assert studio.post("/welcome/", {**fields, "code": code}) == (200, "/")
    assert "让我的小说活过来。" in studio.get("/")[2].decode()
    status, where = studio.post("/images/new/", {"title": "晶格"}, picture((1600, 670)))
    assert (status, where) == (200, "/images/1/")
    wait_for(lambda: studio.get("/versions/1/renditions/1024/")[0] == 200, 90)
    assert studio.get("/versions/1/renditions/1024/")[2][:4] == b"RIFF"


def test_web_worker_and_database_say_that_they_are_well(docker, studio):
    for service in ("web", "worker", "database"):
        wait_for(lambda s=service: health(docker, container(docker, s)) == "healthy", 120)


def test_it_runs_as_nobody_in_particular_and_writes_only_where_data_belongs(docker, studio):
    for service in ("web", "worker"):
        inside = ("exec", "-T", service)
        assert docker.compose(*inside, "id", "-u").stdout.strip() == "10001"
        assert docker.compose(*inside, "touch", "/app/x", check=False).returncode != 0
        assert docker.compose(*inside, "touch", "/data/x", check=False).returncode == 0
        state = json.loads(docker.docker("inspect", container(docker, service)).stdout)[0]
        assert state["HostConfig"]["ReadonlyRootfs"] is True
        assert state["HostConfig"]["CapDrop"] == ["ALL"]


def test_a_backup_is_made_inside_and_the_doctor_finds_nothing_wrong(docker, studio):
    inside = ("exec", "-T", "web", "python", "manage.py")
    assert "originals" in docker.compose(*inside, "backup", "/data/b.zip").stdout
    assert "The studio is well." in docker.compose(*inside, "doctor").stdout


def test_it_comes_back_after_a_restart_with_everything_in_it(docker, studio):
    docker.compose("restart", "web", "worker")
    wait_for(lambda: studio.get("/healthz")[0] == 200, 90)
    assert studio.get("/images/1/")[0] == 200
    docker.compose("stop")
    for service in ("web", "worker"):
        state = json.loads(docker.docker("inspect", container(docker, service)).stdout)[0]["State"]
        assert state["ExitCode"] == 0, service
