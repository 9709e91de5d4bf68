"""A backup holds everything, changes unseen by nobody, and comes back byte for byte."""

import hashlib
import json
import random
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from projects.images.models import Rendition, Version
from projects.writing.models import Revision, Scene, reckon_all
from studio.accounts.models import User
from studio.ops.archive import reading, rows, verify, writing
from studio.store.models import Blob, Job, Setting
from tests.story import LATTICE, tell
from timelog.models import Intention, Kind, TimeEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def archive(tmp_path, owner):
    tell(date(2026, 11, 19))
    Setting.write("time.zone", "Asia/Shanghai")
    call_command("backup", tmp_path / "studio.zip", stdout=StringIO())
    return tmp_path / "studio.zip"


def wipe(settings, tmp_path):
    """The empty studio of a new machine."""
    call_command("flush", interactive=False, verbosity=0)
    settings.STUDIO_DATA = tmp_path / "new"
    settings.STUDIO_DERIVED = settings.STUDIO_DATA / "derived"
    (settings.STUDIO_DATA / "spool").mkdir(parents=True)


def digests():
    return {model._meta.label: rows.digest(model) for model in rows.archived()}


def everything_below(folder: Path):
    return sorted(str(path) for path in folder.rglob("*") if path.is_file())


def test_a_restore_gives_back_every_row_and_every_byte(archive, settings, tmp_path):
    before = digests()
    blobs = {blob.sha256: blob.path.read_bytes() for blob in Blob.objects.all()}
    wipe(settings, tmp_path)
    out = StringIO()
    call_command("restore", archive, stdout=out)
    assert digests() == before
    assert {blob.sha256: blob.path.read_bytes() for blob in Blob.objects.all()} == blobs
    assert len(blobs) == 5
    again = tmp_path / "again.zip"
    first = writing.write(again).root
    assert f"root {first}" in out.getvalue()
    assert first == json.loads(zipfile.ZipFile(archive).read("manifest.json"))["root"]


def test_sign_in_and_jobs_stay_behind_and_the_set_up_page_asks_for_a_new_key(
    archive, settings, tmp_path
):
    wipe(settings, tmp_path)
    out = StringIO()
    call_command("restore", archive, stdout=out)
    assert User.objects.count() == 0
    assert "one-time link" in out.getvalue()
    names = set(zipfile.ZipFile(archive).namelist())
    assert not [name for name in names if "User" in name or "Job" in name or "Session" in name]


def test_previews_are_made_again_after_a_restore(archive, settings, tmp_path, run_jobs):
    wipe(settings, tmp_path)
    call_command("restore", archive, stdout=StringIO())
    previews = Job.objects.unfinished().filter(task__endswith=".derive")
    assert previews.count() == Blob.objects.count()
    before = list(Rendition.objects.order_by("pk").values())
    run_jobs()
    assert list(Rendition.objects.order_by("pk").values()) == before
    assert all(Rendition.objects.are_whole(blob) for blob in Blob.objects.all())


def test_what_comes_after_a_restore_takes_new_numbers(archive, settings, tmp_path):
    wipe(settings, tmp_path)
    call_command("restore", archive, stdout=StringIO())
    last = TimeEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert TimeEntry.objects.log(Kind.objects.in_use()[0], date(2026, 11, 20), 60).pk > last


def test_the_clock_goes_on_running_across_a_restore(archive, settings, tmp_path):
    began = TimeEntry.objects.running().started_at
    wipe(settings, tmp_path)
    call_command("restore", archive, stdout=StringIO())
    assert TimeEntry.objects.running().started_at == began


def test_the_books_can_be_read_without_a_studio(archive):
    inside = zipfile.ZipFile(archive)
    name = next(name for name in inside.namelist() if name.startswith("read/") and "寂静" in name)
    assert "## 晶格的记忆\n" in inside.read(name).decode()
    english = next(name for name in inside.namelist() if name.endswith("The Quiet Lattice.md"))
    assert LATTICE.split("\n")[1] in inside.read(english).decode()


def test_the_list_of_checksums_is_what_sha256sum_reads(archive, tmp_path):
    with zipfile.ZipFile(archive) as inside:
        inside.extractall(tmp_path / "out")
    for line in (tmp_path / "out" / "SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest


def test_the_checker_inside_needs_nothing_but_python(archive, tmp_path):
    checker = tmp_path / "verify.py"
    checker.write_bytes(zipfile.ZipFile(archive).read("verify.py"))
    command = [sys.executable, "-I", "-S", str(checker), str(archive)]
    good = subprocess.run(command, capture_output=True, text=True)
    assert (good.returncode, good.stdout) == (0, "The archive is whole.\n")
    archive.write_bytes(archive.read_bytes()[:-200])
    bad = subprocess.run(command, capture_output=True, text=True)
    assert bad.returncode == 1
    assert bad.stdout.count("\n") == 1


def test_every_flipped_byte_is_noticed(archive, tmp_path):
    whole = archive.read_bytes()
    chance = random.Random(7)
    damaged = tmp_path / "damaged.zip"
    unseen = []
    for place in [0, len(whole) - 1, *chance.sample(range(len(whole)), 98)]:
        bytes_ = bytearray(whole)
        bytes_[place] ^= 1 << chance.randrange(8)
        damaged.write_bytes(bytes_)
        if not verify.problems(damaged):
            unseen.append(place)
    assert unseen == []


def test_a_damaged_original_is_called_by_its_name(archive, tmp_path):
    inside = zipfile.ZipFile(archive)
    info = next(each for each in inside.infolist() if each.filename.startswith("files/"))
    bytes_ = bytearray(archive.read_bytes())
    bytes_[info.header_offset + 300] ^= 1
    archive.write_bytes(bytes_)
    assert f"{info.filename} is damaged." in verify.problems(archive)


@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "text", "other zip", "no file"])
def test_a_damaged_archive_changes_nothing(archive, settings, tmp_path, harm):
    wipe(settings, tmp_path)
    before = digests()
    whole = archive.read_bytes()
    if harm == "flip":
        archive.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    elif harm == "cut":
        archive.write_bytes(whole[: len(whole) // 2])
    elif harm in {"empty", "text"}:
        archive.write_bytes(b"" if harm == "empty" else b"no archive " * 1000)
    elif harm == "other zip":
        with zipfile.ZipFile(archive, "w") as other:
            other.writestr("a.txt", "a")
    else:
        archive.unlink()
    with pytest.raises(CommandError) as error:
        call_command("restore", archive, stdout=StringIO())
    assert str(error.value).count("\n") == 0
    assert str(error.value).rstrip(")").endswith(".")
    assert digests() == before
    assert everything_below(settings.STUDIO_DATA) == []


def test_a_studio_that_is_not_empty_is_left_alone(archive):
    before = digests()
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", archive, stdout=StringIO())
    assert digests() == before


def test_an_archive_from_a_newer_studio_is_refused(archive, settings, tmp_path, monkeypatch):
    wipe(settings, tmp_path)
    ours = rows.migrations()
    older = {app: names[:-1] for app, names in ours.items()}
    monkeypatch.setattr(rows, "migrations", lambda: older)
    with pytest.raises(CommandError, match="newer studio"):
        call_command("restore", archive, stdout=StringIO())
    assert rows.is_empty()


def test_rows_that_do_not_come_back_as_they_were_undo_everything(
    archive, settings, tmp_path, monkeypatch
):
    wipe(settings, tmp_path)
    kept = rows.insert

    def careless(model, given):
        count = kept(model, given)
        Intention.objects.update(text="another reason")
        return count

    monkeypatch.setattr(rows, "insert", careless)
    with pytest.raises(CommandError, match="did not come back"):
        call_command("restore", archive, stdout=StringIO())
    assert rows.is_empty()
    assert everything_below(settings.STUDIO_DATA) == []


def test_a_missing_original_stops_the_backup_and_leaves_the_last_good_one(archive):
    good = archive.read_bytes()
    Version.objects.order_by("pk")[0].blob.path.unlink()
    with pytest.raises(CommandError, match="is missing from this disk"):
        call_command("backup", archive, stdout=StringIO())
    assert archive.read_bytes() == good
    assert [path.name for path in archive.parent.glob(".*")] == []


def test_a_damaged_original_stops_the_backup(archive):
    path = Version.objects.order_by("pk")[0].blob.path
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(CommandError, match="is damaged on this disk"):
        call_command("backup", archive, stdout=StringIO())


@pytest.mark.parametrize("place", ["/proc/studio.zip", "/dev/null/studio.zip"])
def test_a_place_that_cannot_be_written_is_said_in_one_sentence(owner, place):
    with pytest.raises(CommandError) as error:
        call_command("backup", place, stdout=StringIO())
    assert "cannot be written" in str(error.value)


def test_a_full_disk_leaves_no_half_archive(owner, tmp_path):
    if (
        shutil.which("mount") is None
        or subprocess.run(["id", "-u"], capture_output=True).stdout != b"0\n"
    ):
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine does not let a small disk be mounted")
    try:
        Blob.objects.keep([random.Random(1).randbytes(200_000)])
        with pytest.raises(CommandError, match="no room left"):
            call_command("backup", disk / "studio.zip", stdout=StringIO())
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_gets_a_file_named_by_the_day(owner, tmp_path):
    call_command("backup", tmp_path, stdout=StringIO())
    assert [path.name for path in tmp_path.glob("*.zip")] == [
        f"throughline-{date.today():%Y-%m-%d}.zip"
    ]


def test_what_is_not_in_the_list_of_checksums_is_noticed(archive):
    with zipfile.ZipFile(archive, "a") as inside:
        inside.writestr("files/more", "more")
    assert "files/more does not belong here." in verify.problems(archive)


def test_values_say_the_same_on_every_database(archive):
    scene = Scene.objects.exclude(text="").order_by("pk")[0]
    line = next(line for line in rows.lines(Scene) if json.loads(line)["id"] == scene.pk)
    said = json.loads(line)
    assert said["text"] == scene.text
    assert said["updated"].endswith("+00:00")
    assert rows.row_of(Scene, line).updated == scene.updated
    with pytest.raises(ValueError, match="has no colour"):
        rows.row_of(Scene, b'{"colour": 1}')


def test_reading_refuses_a_manifest_of_another_kind(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as inside:
        inside.writestr("manifest.json", "[]")
    with zipfile.ZipFile(path) as inside, pytest.raises(reading.CannotRestore, match="no archive"):
        reading.read_manifest(inside)


def typed_on():
    """A scene of a few states, of which all but the first are kept as what changed."""
    scene = Scene.objects.filter(head__gt=0).order_by("pk")[0]
    for n in range(6):
        scene.revise(f"{scene.text}\n" + "她数到一。" * 40 + f"第{n}句。", base=scene.head)
    return scene


def test_revisions_are_said_in_words_and_kept_compact_again(archive):
    typed_on()
    said = list(rows.lines(Revision))
    assert all({"packed", "keyframe_id"}.isdisjoint(json.loads(line)) for line in said)
    assert {json.loads(line)["text"] for line in said} >= {LATTICE}
    leaning = Revision.objects.exclude(keyframe=None).count()
    Revision.objects.all().delete()
    rows.insert(Revision, said)
    assert list(rows.lines(Revision)) == said
    assert Revision.objects.exclude(keyframe=None).count() == leaning > 5


def test_revisions_of_an_older_studio_are_measured_when_they_come_back(archive):
    scene = typed_on()
    before = {row.number: (row.kept, row.deleted, row.inserted) for row in scene.revisions.all()}
    work = scene.efforts.all().total("zishu")
    known = {"id", "scene_id", "number", "base", "kind", "name", "text", "rewrite_id", "key"}
    known |= {"device", "zishu", "words", "chars", "settled", "created"}
    older = [
        json.dumps({name: value for name, value in json.loads(line).items() if name in known})
        for line in rows.lines(Revision)
    ]
    Revision.objects.all().delete()
    rows.insert(Revision, [line.encode() for line in older])
    reckon_all()
    assert {
        row.number: (row.kept, row.deleted, row.inserted) for row in scene.revisions.all()
    } == before
    assert scene.efforts.all().total("zishu") == work
