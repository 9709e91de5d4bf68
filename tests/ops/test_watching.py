"""When a save is finished, and that none is lost: with a clock and a disk of the test's own."""

from pathlib import Path

import pytest

from studio.ops.watching.ledger import DONE, Ledger
from studio.ops.watching.remote import Outcome, Remote
from studio.ops.watching.settling import Settling, Stamp, is_passing
from studio.ops.watching.watcher import Watcher
from tests.images import make

A = Path("/in/晨光_v3.png")


def test_a_file_is_finished_when_it_has_been_silent_for_a_second():
    disk = {A: Stamp(10, 1)}
    settling = Settling(disk.get)
    settling.note(A, 0.0)
    assert settling.finished(0.9) == []
    assert settling.finished(1.0) == [(A, Stamp(10, 1))]
    assert settling.finished(9.0) == []


def test_a_file_that_grows_is_waited_for_even_when_nobody_tells_of_it():
    disk = {A: Stamp(10, 1)}
    settling = Settling(disk.get)
    settling.note(A, 0.0)
    for second in range(1, 5):
        disk[A] = Stamp(10 + second, second)
        assert settling.finished(second) == []
    assert settling.finished(5.0) == [(A, Stamp(14, 4))]


def test_an_empty_file_is_not_finished_and_one_that_is_gone_is_forgotten():
    disk = {A: Stamp(0, 1)}
    settling = Settling(disk.get)
    settling.note(A, 0.0)
    assert settling.finished(50.0) == []
    del disk[A]
    assert settling.finished(60.0) == []
    assert settling.seen == {}


def test_what_cannot_be_read_is_waited_for_longer_each_time_and_then_given_up():
    settling = Settling({A: Stamp(10, 1)}.get)
    waits = []
    for tries in range(1, 9):
        if not settling.again(A, 100.0, tries):
            break
        waits.append(next(n for n in range(1, 99) if settling.finished(100.0 + n)))
    assert waits == [2, 4, 8, 16]


@pytest.mark.parametrize(
    "name",
    [
        ".晨光.png",
        "~晨光.png",
        "~psd4F2A.tmp",
        "Photoshop Temp1234567.png",
        "晨光.psd.tmp",
        "晨光.png.crdownload",
        "晨光.png~",
        "晨光.tmp.png",
        ".cache/晨光.png",
    ],
)
def test_what_programs_keep_for_themselves_is_passed_over(name):
    assert is_passing(Path("/in") / name, Path("/in"))


@pytest.mark.parametrize("name", ["晨光_v3.png", "ComfyUI_00012_.png", "a/b/psalm.psd", "temp.png"])
def test_a_picture_is_not(name):
    assert not is_passing(Path("/in") / name, Path("/in"))


@pytest.fixture
def watched(tmp_path):
    return Watched(tmp_path)


class Watched:
    """A watcher whose time passes when the test says so."""

    def __init__(self, tmp_path):
        self.home, self.folder = tmp_path / "home", tmp_path / "in"
        self.folder.mkdir()
        self.now, self.said, self.taken, self.answers = 0.0, [], [], {}
        self.begin()

    def begin(self, existing=False):
        ledger = Ledger.of(self.home, self.folder, "")
        self.watcher = Watcher(self.folder, ledger, self.take, self.said.append, lambda: self.now)
        self.watcher.begin(existing)

    def take(self, path):
        self.taken.append(path.name)
        answers = self.answers.get(path.name)
        return answers.pop(0) if answers else Outcome("new", "image 1 v1")

    def save(self, name="晨光_v1.png", tone=40):
        return make.file(self.folder, name, tone=tone)

    def pass_time(self, seconds, *changed):
        self.watcher.turn(changed)
        self.now += seconds
        self.watcher.turn([])


def test_a_save_is_taken_once_and_a_second_save_again(watched):
    path = watched.save()
    watched.pass_time(1.1, path, path)
    watched.pass_time(40)
    assert watched.taken == ["晨光_v1.png"]
    watched.save(tone=90)
    watched.pass_time(1.1, path)
    assert watched.taken == ["晨光_v1.png"] * 2
    assert watched.said == ["晨光_v1.png: image 1 v1"] * 2


def test_what_was_there_before_is_left_out_unless_it_is_wanted(tmp_path):
    (tmp_path / "in").mkdir()
    make.file(tmp_path / "in", "old.png")
    (tmp_path / "in").rename(tmp_path / "x")
    watched = Watched(tmp_path)
    (tmp_path / "x" / "old.png").rename(watched.folder / "old.png")
    watched.home = tmp_path / "other"
    watched.begin()
    watched.pass_time(40)
    assert watched.taken == []
    watched.begin(existing=True)
    watched.pass_time(1.1)
    assert watched.taken == ["old.png"]


def test_what_came_while_nobody_watched_is_taken_by_the_next_watch(watched):
    watched.save("a.png")
    watched.begin()
    watched.pass_time(1.1)
    watched.begin()
    watched.pass_time(1.1)
    assert watched.taken == ["a.png"]


def test_a_change_that_nobody_told_of_is_found(watched):
    watched.now = 31
    watched.save()
    watched.pass_time(1.1)
    assert watched.taken == ["晨光_v1.png"]


def test_what_cannot_be_sent_waits_longer_each_time_and_is_never_lost(watched):
    path = watched.save()
    away = Outcome("later", "the studio cannot be reached (refused)")
    watched.answers[path.name] = [away] * 4
    tried = []
    watched.watcher.turn([path])
    for second in range(1, 20):
        before = len(watched.taken)
        watched.now = float(second)
        watched.watcher.turn([])
        if len(watched.taken) > before:
            tried.append(second)
    assert tried == [1, 2, 4, 8, 16]
    assert watched.said == [
        "晨光_v1.png: waits. the studio cannot be reached (refused); it is tried again.",
        "晨光_v1.png: image 1 v1",
    ]


def test_what_was_waiting_when_the_watch_ended_is_taken_by_the_next(watched):
    path = watched.save()
    watched.answers[path.name] = [Outcome("later", "away")]
    watched.pass_time(1.1, path)
    watched.begin()
    watched.pass_time(1.1)
    assert watched.taken == ["晨光_v1.png"] * 2
    watched.begin()
    watched.pass_time(1.1)
    assert len(watched.taken) == 2


def test_a_studio_that_asks_to_wait_is_left_alone_so_long(watched):
    path = watched.save()
    watched.answers[path.name] = [Outcome("later", "Too many requests", 60.0)]
    watched.pass_time(1.1, path)
    watched.pass_time(59)
    assert len(watched.taken) == 1
    watched.pass_time(2)
    assert len(watched.taken) == 2


def test_what_cannot_be_read_is_said_once_at_the_end_of_patience(watched):
    path = watched.save()
    watched.answers[path.name] = [Outcome("refused", "It is damaged.")] * 9
    watched.watcher.turn([path])
    for _ in range(60):
        watched.pass_time(1)
    assert (len(watched.taken), watched.said) == (5, ["晨光_v1.png: not taken. It is damaged."])


def test_a_ledger_with_half_a_line_is_read(tmp_path):
    ledger = Ledger(tmp_path / "x.jsonl")
    ledger.note("晨光.png", Stamp(1, 2, 3), DONE)
    with ledger.path.open("a") as file:
        file.write('["half.pn')
    again = Ledger(ledger.path)
    assert (again.is_new, again.is_settled("晨光.png", Stamp(1, 2, 99))) == (False, True)
    assert not again.is_settled("晨光.png", Stamp(1, 3))


@pytest.mark.parametrize(
    ("status", "said", "state"),
    [
        (201, b'{"image": 1, "version": 2, "address": "http://x/"}', "new"),
        (200, b'{"image": 1, "version": 2, "reason": "already v2"}', "already"),
        (200, b'{"versions": []}', "new"),
        (401, b'{"error": "no"}', "denied"),
        (404, b'{"error": "no"}', "denied"),
        (404, b"<html>another server", "later"),
        (413, b'{"error": "no"}', "refused"),
        (422, b'{"error": "no"}', "refused"),
        (422, b"[1]", "later"),
        (429, b'{"error": "no"}', "later"),
        (502, b"<html>", "later"),
    ],
)
def test_what_an_answer_means(status, said, state):
    remote = Remote("studio.example", "tl_x", {}, lambda: False)
    assert remote.read(status, "60", said).state == state


@pytest.mark.parametrize(
    ("address", "path", "is_in_the_open"),
    [
        ("https://studio.example/", "/api/versions/", False),
        ("http://localhost:8000", "/api/versions/", False),
        ("http://192.168.1.7:8000", "/api/versions/", True),
        ("studio.example/under", "/under/api/versions/", False),
    ],
)
def test_the_address_of_a_studio(address, path, is_in_the_open):
    remote = Remote(address, "tl_x", {}, lambda: False)
    assert (remote.path, remote.is_in_the_open) == (path, is_in_the_open)


@pytest.mark.parametrize("address", ["ftp://studio.example", "https://", "http://x:port"])
def test_what_is_no_address(address):
    with pytest.raises(ValueError):
        Remote(address, "tl_x", {}, lambda: False)
