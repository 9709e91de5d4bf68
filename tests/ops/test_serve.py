"""`manage.py serve`, run as a person runs it: in processes of its own, on a free port."""

import os
import signal
import socket
from pathlib import Path

import pytest

from tests.images.make import picture
from tests.ops.running import Client, complete, manage, processes, wait_for

ENGLISH = {
    "why": "To bring my novels to life.",
    "world": "The Computational Universe",
    "name": "Lin Yuan",
    "passphrase": "eleven thousand kilometres of salt",
    "language": "en",
}
CHINESE = {
    "why": "让我的小说活过来。",
    "world": "计算宇宙",
    "name": "林远",
    "passphrase": "一万一千公里的盐和一盏灯",
    "language": "zh-hans",
}


def test_a_first_evening_from_the_link_in_the_terminal_to_a_picture(serve):
    studio = serve(WORKERS="1", WEB_PROCESSES="1")
    address = studio.until_it_answers()
    assert studio.link.startswith(f"{address}/welcome/?code=")
    code = studio.link.rpartition("=")[2]
    client = Client(address)
    assert client.get(studio.link)[0] == 200
    assert client.post("/welcome/", **ENGLISH, code=code)[0] == 302
    assert client.get("/")[0] == 200
    assert ENGLISH["why"] in client.page
    assert Client(address).get(studio.link)[0] == 404  # it works once
    client.get("/images/new/")
    assert client.send_file("/images/new/", "晨光.png", picture(), title="晨光")[0] == 302
    wait_for(
        lambda: client.get("/versions/1/renditions/256/")[0] == 200, "for the worker's preview"
    )
    assert studio.stop() == 0
    assert [line for line in studio.warnings() if "Not Found" not in line] == []
    assert studio.told.read_text().splitlines() == [
        f"Throughline is at {address}/",
        f"Set it up here: {studio.link}",
        "Stop it with Ctrl+C.",
    ]


def test_what_is_killed_comes_back_and_no_call_is_refused_meanwhile(serve):
    studio = serve(WORKERS="1", WEB_PROCESSES="1")
    address = studio.until_it_answers()
    for words, count in (("gunicorn", 2), ("manage.py work", 1)):
        before = wait_for(lambda: complete(studio, words, count), f"for {words}")  # noqa: B023
        parent = min(before)
        os.kill(parent, signal.SIGKILL)
        while parent in processes():
            assert answers(address)
        wait_for(lambda: complete(studio, words, count, before), f"for new {words}")  # noqa: B023
        assert answers(address)
    assert studio.stop(signal.SIGINT) == 0
    assert studio.warnings() == [
        "“web” ended by signal 9; it is started again.",
        "“work” ended by signal 9; it is started again.",
    ]


def answers(address):
    """Whether a page comes; one that was under way in a killed process is asked for again."""
    try:
        return Client(address).get("/healthz")[0] == 200
    except ConnectionResetError:
        return Client(address).get("/healthz")[0] == 200


def test_a_stop_in_the_middle_of_the_start_is_clean(serve):
    studio = serve("--web-only")
    wait_for(lambda: heeds(studio.pid, signal.SIGTERM), "for the handler")
    assert studio.stop() == 0
    assert studio.warnings() == []


def heeds(pid, number):
    """Whether the process has a handler of its own for the signal."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("only Linux shows the handlers of another process")
    [caught] = [line for line in status.read_text().splitlines() if line.startswith("SigCgt:")]
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


def test_a_port_in_use_is_said_before_the_database_is_made(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        for arguments, given in ((["--bind", where], {}), ([], {"BIND": where})):
            data = tmp_path / "studio"
            ended = manage("serve", *arguments, given={"STUDIO_DATA": str(data), **given})
            assert (ended.returncode, ended.stdout) == (1, "")
            assert ended.stderr == (
                f"{where} cannot be used (Address already in use); stop what runs there or "
                "choose another port with BIND or --bind, as 127.0.0.1:8001.\n"
            )
            assert not (data / "studio.sqlite3").exists()


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("203.0.113.7:8000", "Cannot assign requested address"),
        ("nobody.invalid:8000", "no such host"),
        ("a" * 70 + ":8000", "no such host"),
    ],
)
def test_an_address_that_is_not_of_this_machine_is_said(tmp_path, where, reason):
    ended = manage("serve", "--bind", where, given={"STUDIO_DATA": str(tmp_path / "studio")})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"{where} cannot be used ({reason}); choose an address of this machine "
        "with BIND or --bind, as 127.0.0.1:8001.\n"
    )


def test_over_https_the_cookies_are_for_this_host_and_for_https_alone(serve):
    studio = serve("--web-only", WEB_PROCESSES="1", SITE_URL="https://studio.example")
    client = Client(
        studio.until_it_answers(),
        Host="studio.example",
        X_Forwarded_Proto="https",
        Origin="https://studio.example",
    )
    link = studio.link
    assert link.startswith("https://studio.example/welcome/?code=")
    assert client.get(link)[0] == 200
    assert client.post("/welcome/", **CHINESE, code=link.rpartition("=")[2])[0] == 302
    cookies = {cookie.partition("=")[0]: cookie for cookie in client.all("Set-Cookie")}
    assert sorted(cookies) == ["__Host-csrf", "__Host-sid", "language"]
    for cookie in cookies.values():
        marks = {mark.strip().partition("=")[0] for mark in cookie.split(";")[1:]}
        assert marks >= {"Secure", "Path", "SameSite"}
        assert "Domain" not in marks
        assert "SameSite=Lax" in cookie
    assert "HttpOnly" in cookies["__Host-sid"]
    assert client.all("Strict-Transport-Security") == ["max-age=31536000"]
    assert client.get("/settings/")[0] == 200
    assert client.ask("GET", "/sign-in/")[0] == 302
    stranger = Client(studio.address, Host="elsewhere.example", X_Forwarded_Proto="https")
    assert stranger.get("/")[0] == 400
    assert studio.stop(signal.SIGHUP) == 0  # the terminal was closed
