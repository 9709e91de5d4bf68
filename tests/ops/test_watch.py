"""`manage.py watch`, as a person runs it: in a process of its own, on a real folder."""

import signal
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command

from projects.images.models import Version
from studio.accounts.models import Token
from tests.images import make
from tests.ops.running import ROOT, environment, manage, wait_for


class Watching:
    """A watch in a process of its own."""

    def __init__(self, folder, *arguments, **given):
        folder.mkdir(exist_ok=True)
        self.log = folder.parent / "watch.log"
        self.file = self.log.open("a")
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "watch", str(folder), *arguments],
            env=environment(**given),
            stdout=self.file,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def said(self):
        return self.log.read_text(encoding="utf-8")

    def until(self, words, times=1):
        wait_for(lambda: self.said().count(words) >= times, f"{words!r} in {self.said()!r}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.file.close()


def test_what_is_saved_in_a_folder_becomes_versions(tmp_path, database):
    given = {"STUDIO_DATA": str(tmp_path / "data"), **database}
    folder = tmp_path / "画 in"
    make.file(folder, "old.png")
    assert manage("migrate", given=given).returncode == 0
    with Watching(folder, **given) as watching:
        watching.until("Watching")
        data = make.noise((300, 300))
        with (folder / "晨光_v1.png").open("wb") as file:  # one that is written slowly
            for start in range(0, len(data), 90_000):
                file.write(data[start : start + 90_000])
                file.flush()
                time.sleep(0.3)
        half = folder / "晨光_v2.png.tmp"  # and one that gets its name when it is done
        half.write_bytes(make.noise((300, 300), seed=8))
        half.rename(folder / "晨光_v2.png")
        (folder / "notes.txt").write_text("no picture")
        for number in range(12):
            make.file(folder / "burst", f"plate_{number:02d}.png", tone=20 + number)
        watching.until("image ", 14)
        assert watching.stop() == 0
        said = watching.said()
    assert said.rstrip().endswith("Stopped.")
    assert ("old.png" in said, "notes.txt" in said, ".tmp" in said) == (False, False, False)
    assert said.count("晨光_v1.png: image ") == said.count("晨光_v2.png: image ") == 1
    listed = manage("add_versions", "--json", str(folder), given=given).stdout
    assert listed.count('"new": false') == 14  # all but the old one
    with Watching(folder, **given) as again:
        again.until("Watching", 2)
        assert again.stop() == 0
    assert again.said().count("image ") == 14


@pytest.mark.django_db(transaction=True)
def test_saves_go_to_another_studio_also_those_made_while_it_was_away(tmp_path, live_server, owner):
    _, secret = Token.objects.issue(owner, "laptop")
    folder = tmp_path / "in"
    given = {"STUDIO_DATA": str(tmp_path / "laptop"), "STUDIO_TOKEN": secret}
    with Watching(folder, "--to", "http://127.0.0.1:9", **given) as away:
        away.until("files wait until it can")
        away.until("Watching")
        make.file(folder, "晨光_v1.png", tone=30)
        away.until("晨光_v1.png: waits. the studio cannot be reached")
        assert away.stop() == 0
    assert "1 waiting; the next watch takes them." in away.said()
    with Watching(folder, "--to", live_server.url, "--existing", **given) as there:
        there.until("晨光_v1.png: image ")
        make.file(folder, "晨光_v2.png", tone=60)
        there.until("晨光_v2.png: image ")
        make.file(folder, "晨光_v2 copy.png", tone=60)
        there.until("already v2")
        assert there.stop() == 0
    rows = Version.objects.order_by("number").values_list("filename", "number", "grouping")
    assert list(rows) == [("晨光_v1.png", 1, "proposed"), ("晨光_v2.png", 2, "proposed")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "There is no folder"),
        ({"image": 99}, "There is no image 99."),
        ({"concept": 99}, "There is no concept 99."),
        ({"to": "https://studio.example"}, "Set STUDIO_TOKEN"),
        ({"to": "ftp://x", "token_file": "token"}, "is no address of a studio"),
        ({"to": "https://x", "token_file": "gone"}, "The token file cannot be read"),
    ],
)
def test_what_is_missing_is_said_at_once(tmp_path, monkeypatch, options, words):
    monkeypatch.delenv("STUDIO_TOKEN", raising=False)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    (tmp_path / "token").write_text("tl_x")
    if "token_file" in options:
        options = {**options, "token_file": tmp_path / options["token_file"]}
    folder = tmp_path if options else tmp_path / "nowhere"
    with pytest.raises(CommandError, match=words) as caught:
        call_command("watch", str(folder), **options)
    assert caught.value.returncode == 2
    for number, handler in handlers.items():
        signal.signal(number, handler)
