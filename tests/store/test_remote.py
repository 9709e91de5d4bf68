"""The bucket is a second place: never waited for, always proven, and healed by itself."""

import random

import pytest
from django.core.management import CommandError, call_command

from projects.images.models import Image, Version
from studio.store import remote
from studio.store.models import Blob
from studio.store.remote import Keeper, Unreachable, chunks_of, fetch, make_room, name_of, state
from studio.store.spool import Incoming
from tests.images.make import picture
from tests.store import s3

# The server of the test leaves sockets to the garbage collector.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
MODES = ["reset", "busy", "cut upload", "cut download", "silent"]


@pytest.fixture(scope="module")
def server():
    with s3.bucket() as both:
        yield both


@pytest.fixture
def bucket(server, settings):
    proxy = server[0]
    proxy.mode = "ok"
    settings.S3 = {
        "bucket": s3.BUCKET,
        "endpoint": f"http://127.0.0.1:{proxy.port}",
        "region": "us-east-1",
        "key": "x",
        "secret": "y",
        "disk_budget": 0,
    }
    return server


def kept(size=200_000, seed=1):
    return Blob.objects.keep([random.Random(seed).randbytes(size)])[0]


def there(direct, blob):
    """What lies in the bucket for it, or None."""
    listed = direct.list_objects_v2(Bucket=s3.BUCKET, Prefix=name_of(blob.sha256))
    if not listed.get("Contents"):
        return None
    return direct.get_object(Bucket=s3.BUCKET, Key=name_of(blob.sha256))["Body"].read()


def test_without_a_bucket_nothing_is_stored_and_nothing_is_said(db):
    kept()
    assert Keeper().turn() is False
    assert state()["set"] is False


def test_each_original_is_stored_under_its_digest_and_proven(bucket):
    blobs = [kept(seed=seed) for seed in range(3)]
    assert Keeper().turn() is True
    for blob in blobs:
        blob.refresh_from_db()
        assert blob.stored_remotely is not None
        assert there(bucket[1], blob) == blob.path.read_bytes()
    told = state()
    assert (told["stored"], told["all"], told["trouble"]) == (3, 3, "")


@pytest.mark.parametrize("mode", MODES)
def test_while_the_bucket_fails_nothing_is_lost_and_afterwards_it_is_stored(bucket, mode):
    proxy, direct = bucket
    blob = kept(seed=hash(mode) % 1000)
    proxy.mode = mode
    keeper = Keeper()
    assert keeper.turn() is False
    blob.refresh_from_db()
    assert blob.stored_remotely is None
    assert blob.path.exists()
    assert "bucket" in state()["trouble"]
    assert keeper.pause <= remote.LATER
    proxy.mode = "ok"
    keeper.due = 0
    keeper.turn()
    blob.refresh_from_db()
    assert blob.stored_remotely is not None
    assert there(direct, blob) == blob.path.read_bytes()
    assert state()["trouble"] == ""


def test_other_bytes_in_the_bucket_are_not_taken_for_stored(bucket, monkeypatch):
    from studio.store import bucket as module

    blob = kept(seed=40)
    monkeypatch.setattr(module, "read", lambda name, where="": iter([b"other"]))
    assert Keeper().turn() is False
    blob.refresh_from_db()
    assert blob.stored_remotely is None


def test_an_original_that_left_the_disk_is_brought_back_when_it_is_asked_for(bucket):
    blob = kept(seed=50)
    whole = blob.path.read_bytes()
    Keeper().turn()
    blob.refresh_from_db()
    blob.path.unlink()
    assert b"".join(chunks_of(blob)) == whole
    assert not blob.path.exists()
    assert fetch(blob).read_bytes() == whole


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "cut upload"])
def test_an_original_that_cannot_be_brought_back_now_is_said_in_one_sentence(bucket, mode):
    proxy, _ = bucket
    blob = kept(seed=60)
    Keeper().turn()
    blob.refresh_from_db()
    blob.path.unlink()
    proxy.mode = mode
    with pytest.raises(Unreachable, match="bucket"):
        fetch(blob)
    assert not blob.path.exists()
    proxy.mode = "ok"
    assert fetch(blob).stat().st_size == 200_000


def test_beyond_the_budget_the_oldest_proven_originals_leave_the_disk(bucket, settings):
    blobs = [kept(seed=70 + n) for n in range(4)]
    Keeper().turn()
    fresh = kept(seed=79)
    settings.S3 = {**settings.S3, "disk_budget": 500_000}
    assert make_room() == 3
    assert [blob.path.exists() for blob in [*blobs, fresh]] == [False, False, False, True, True]


def test_what_is_not_proven_never_leaves_the_disk(bucket, settings):
    blob = kept(seed=80)
    settings.S3 = {**settings.S3, "disk_budget": 1}
    assert make_room() == 0
    assert blob.path.exists()


def uploaded():
    image = Image.objects.create(title="晶格")
    with Incoming(image_spool()) as incoming:
        incoming.write(picture((900, 400)))
        return image.add(incoming, "晶格 v1.png")


def image_spool():
    from django.conf import settings

    return settings.STUDIO_DATA / "spool"


def test_a_person_gets_an_original_that_left_the_disk(bucket, studio_client, run_jobs):
    version = uploaded()
    run_jobs()
    Keeper().turn()
    whole = version.blob.path.read_bytes()
    version.blob.path.unlink()
    answer = studio_client.get(f"/versions/{version.pk}/original/")
    assert b"".join(answer.streaming_content) == whole
    version.blob.path.unlink()
    bucket[0].mode = "reset"
    answer = studio_client.get(f"/versions/{version.pk}/original/")
    assert (answer.status_code, answer.text) == (
        503,
        "The bucket cannot be reached; try again later.",
    )


def test_previews_are_made_from_an_original_that_left_the_disk(bucket, run_jobs):
    version = uploaded()
    Keeper().turn()
    version.blob.path.unlink()
    run_jobs()
    assert Version.objects.get().reading == Version.Reading.READY


def test_a_backup_holds_what_left_the_disk_and_may_go_to_a_bucket(bucket, tmp_path, capsys):
    blob = kept(seed=90)
    Keeper().turn()
    blob.path.unlink()
    call_command("backup", tmp_path / "here.zip")
    call_command("backup", f"s3://{s3.BUCKET}/backups/studio.zip")
    roots = [line for line in capsys.readouterr().out.splitlines() if line.startswith("root ")]
    assert roots[0] == roots[1]
    body = bucket[1].get_object(Bucket=s3.BUCKET, Key="backups/studio.zip")["Body"].read()
    (tmp_path / "there.zip").write_bytes(body)
    from studio.ops.archive.verify import problems

    assert problems(tmp_path / "there.zip") == []


@pytest.mark.parametrize("where", ["s3://no-such-bucket/x.zip", "s3://"])
def test_a_backup_to_a_bucket_that_is_not_there_is_one_sentence(bucket, where):
    with pytest.raises(CommandError) as error:
        call_command("backup", where)
    assert str(error.value).count("\n") == 0


def test_the_doctor_looks_into_the_bucket_for_what_left_the_disk(bucket, capsys):
    blob = kept(seed=95)
    Keeper().turn()
    blob.path.unlink()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert (ended.value.code, "The studio is well." in capsys.readouterr().out) == (0, True)
    bucket[1].put_object(Bucket=s3.BUCKET, Key=name_of(blob.sha256), Body=b"rot")
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert (ended.value.code, "is damaged" in capsys.readouterr().out) == (1, True)
