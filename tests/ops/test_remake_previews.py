"""Previews can always be made again: those that are lost, and all of them."""

import shutil
import time

import pytest
from django.core.management import CommandError, call_command

from projects.images import remaking
from projects.images.models import Rendition, Version
from studio.store.models import Job
from studio.store.worker import run_one
from tests.images import make
from tests.images.test_ingest import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def images(run_jobs):
    """Three pictures of one version; the first is large enough for tiles."""
    made = [make.image(f"Plate {number}") for number in (1, 2, 3)]
    sizes = [(2600, 900), (640, 268), (640, 268)]
    for number, (image, size) in enumerate(zip(made, sizes, strict=True)):
        add(image, make.picture(size, tone=30 + number))
    run_jobs()
    return made


def files(settings):
    found = settings.STUDIO_DERIVED.rglob("*")
    return {
        path.relative_to(settings.STUDIO_DERIVED): path.read_bytes()
        for path in found
        if path.is_file()
    }


def written(settings):
    return {path: path.stat().st_mtime_ns for path in settings.STUDIO_DERIVED.rglob("*.*")}


def said(capsys, *arguments):
    call_command("remake_previews", *arguments)
    return capsys.readouterr().out.strip()


def test_the_whole_folder_of_previews_comes_back_the_same(images, settings, run_jobs, capsys):
    before = files(settings)
    assert len(before) == 13  # three thumbs and the proxy each, and tiles of the large one
    shutil.rmtree(settings.STUDIO_DERIVED)
    assert said(capsys) == "The previews of 3 pictures will be made; see /jobs/."
    run_jobs()
    assert files(settings) == before
    assert said(capsys) == "The previews of 0 pictures will be made; see /jobs/."


def test_a_preview_that_is_asked_for_and_gone_comes_back_by_itself(
    images, settings, run_jobs, studio_client
):
    before = files(settings)
    shutil.rmtree(settings.STUDIO_DERIVED)
    version = images[0].versions.get()
    for _ in range(2):
        answer = studio_client.get(f"/versions/{version.pk}/renditions/256/")
        assert (answer.status_code, answer["Retry-After"]) == (404, "2")
    assert Job.objects.unfinished().count() == 1
    run_jobs()
    answer = studio_client.get(f"/versions/{version.pk}/renditions/256/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert files(settings).items() <= before.items()


def test_what_cannot_come_back_is_not_promised(images, settings, studio_client):
    shutil.rmtree(settings.STUDIO_DERIVED)
    version = images[0].versions.get()
    version.blob.path.unlink()
    answer = studio_client.get(f"/versions/{version.pk}/renditions/256/")
    assert (answer.status_code, answer.has_header("Retry-After")) == (404, False)
    assert not Job.objects.unfinished().exists()


def test_all_are_made_anew_and_pages_have_them_all_the_time(images, settings, run_jobs, capsys):
    before, when = files(settings), written(settings)
    time.sleep(0.02)
    assert said(capsys, "--all") == "The previews of 3 pictures will be made; see /jobs/."
    assert said(capsys, "--all").startswith("The previews of 3")
    assert Job.objects.unfinished().count() == 1  # asked twice, done once
    run_jobs()
    assert files(settings) == before
    assert all(then < written(settings)[path] for path, then in when.items())
    assert Version.objects.with_previews().count() == 3


def test_those_of_one_picture_are_made_anew_and_no_others(images, settings, capsys):
    when = written(settings)
    time.sleep(0.02)
    words = said(capsys, "--image", str(images[1].pk), "--wait")
    assert words == "The previews of 1 pictures are made."
    digest = images[1].versions.get().blob.sha256
    changed = {path.parent.name for path, then in written(settings).items() if when[path] != then}
    assert changed == {digest}


def test_the_work_is_shown_and_gives_way_between_its_parts(
    images, settings, run_jobs, capsys, studio_client, monkeypatch
):
    monkeypatch.setattr(remaking, "TURN", 0.0)
    said(capsys, "--all")
    when, states = written(settings), []
    time.sleep(0.02)
    while run_one("here", heartbeat=False):
        job = Job.objects.get(task=remaking.remake.module_path)
        states.append((job.state, job.attempts))
        if job.state == "ready":
            assert "All previews anew" in studio_client.get("/jobs/").content.decode()
    assert states == [("ready", 0), ("ready", 0), ("done", 1)]
    assert all(then < written(settings)[path] for path, then in when.items())


def test_what_was_made_since_is_not_made_again(images, settings):
    since = time.time()
    blobs = remaking.blobs_of()
    assert remaking.remake_some(blobs, since - 3600, 0) is None
    when = written(settings)
    assert remaking.remake_some(blobs, since - 3600, 0) is None
    assert written(settings) == when


def test_a_lost_original_leaves_its_previews_alone(images, settings, run_jobs, capsys):
    images[2].versions.get().blob.path.unlink()
    before = files(settings)
    call_command("remake_previews", "--all")
    out = capsys.readouterr()
    assert "1 originals are not on this disk; their previews stay." in out.err
    assert "The previews of 2 pictures" in out.out
    run_jobs()
    assert files(settings) == before
    assert images[2].versions.get().has_previews


def test_a_picture_that_is_not_there_is_refused_with_a_sentence(db):
    with pytest.raises(CommandError, match="There is no picture 99"):
        call_command("remake_previews", "--image", "99")


def test_doctor_names_the_command(images, settings, capsys):
    shutil.rmtree(settings.STUDIO_DERIVED)
    with pytest.raises(SystemExit):
        call_command("doctor", "--quick")
    assert (
        "3 pictures lack previews; `remake_previews` has them made again."
        in capsys.readouterr().out
    )
    assert Rendition.objects.count() == 13
