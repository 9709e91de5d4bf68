"""A picture comes in: kept once, decoded before it is taken, never trusted."""

import shutil
import time

import pytest

from projects.images import child
from projects.images.models import AlreadyHere, Refused, Rendition, Version, rendition_path
from studio.store.models import Blob, Job
from studio.store.spool import Incoming

from . import make

pytestmark = pytest.mark.django_db


def add(image, data, filename="晶格_v1.png", **options):
    from django.conf import settings

    with Incoming(settings.STUDIO_DATA / "spool") as incoming:
        incoming.write(data)
        return image.add(incoming, filename, **options)


def test_a_file_becomes_the_next_version_and_waits_for_its_previews():
    image = make.image()
    first = add(image, make.picture(tone=40), "晨光_v1.png")
    second = add(image, make.picture(tone=50), "morning light_v2.png")
    assert [(v.number, v.filename, v.reading) for v in (first, second)] == [
        (1, "晨光_v1.png", "waiting"),
        (2, "morning light_v2.png", "waiting"),
    ]
    assert (first.format, first.width, first.height) == ("PNG", 640, 268)
    assert first.blob.path.read_bytes() == make.picture(tone=40)
    assert Job.objects.about("image", image.pk).unfinished().count() == 2


def test_a_worker_makes_the_previews(run_jobs):
    image = make.image()
    version = add(image, make.picture((3000, 1200)))
    assert run_jobs() == 1
    version.refresh_from_db()
    assert version.reading == "ready"
    sizes = {row.name: (row.width, row.height) for row in version.blob.renditions.all()}
    assert sizes == {
        "256": (256, 102),
        "1024": (1024, 410),
        "2048": (2048, 819),
        "proxy": (1000, 400),
        "tiles": (3000, 1200),
    }
    assert all(row.is_whole for row in version.blob.renditions.all())


def test_the_same_bytes_are_refused_in_the_same_picture():
    image = make.image()
    add(image, make.picture())
    add(image, make.picture(tone=70))
    with pytest.raises(AlreadyHere) as caught:
        add(image, make.picture(), "copy of it.png")
    assert (str(caught.value), caught.value.version.number) == ("already v1", 1)
    assert image.versions.count() == 2


def test_the_same_bytes_in_another_picture_share_the_blob_and_its_previews(run_jobs, monkeypatch):
    one, two = make.image(), make.image("另一张")
    first = add(one, make.picture())
    run_jobs()
    monkeypatch.setattr(child, "check", lambda *_: pytest.fail("it was decoded again"))
    second = add(two, make.picture())
    assert (second.blob, second.number, second.reading) == (first.blob, 1, "ready")
    assert (second.width, second.height, second.format) == (640, 268, "PNG")
    assert run_jobs() == 1  # its place in the family alone


def test_what_cannot_be_decoded_is_refused_and_nothing_is_kept(studio_data):
    image = make.image()
    for data, sentence in (
        (b"", "The file is empty; export it again."),
        (
            b"<svg onload='alert(1)'/>",
            "This is no picture the studio reads: PNG, JPEG, WebP, AVIF, GIF, TIFF or PSD.",
        ),
        (
            make.noise((300, 300))[:40000],
            "The picture is damaged and cannot be read to its end; export it again.",
        ),
    ):
        with pytest.raises(Refused) as caught:
            add(image, data)
        assert str(caught.value) == sentence
    assert (Version.objects.count(), Blob.objects.count(), Job.objects.count()) == (0, 0, 0)
    assert [path for path in studio_data.rglob("*") if path.is_file()] == []


def test_a_file_that_takes_too_long_is_taken_and_the_worker_decides(monkeypatch, run_jobs):
    monkeypatch.setattr(child, "CHECK_SECONDS", 0.001)
    image = make.image()
    version = add(image, make.noise((300, 300))[:40000])
    assert (version.reading, version.width) == ("waiting", 0)
    run_jobs()
    version.refresh_from_db()
    assert (version.reading, version.trouble) == (
        "unreadable",
        "The picture is damaged and cannot be read to its end; export it again.",
    )
    version.remove()
    assert image.versions.count() == 0


def test_only_what_cannot_be_read_is_removed():
    version = make.version()
    with pytest.raises(ValueError, match="cannot be read"):
        version.remove()
    assert Version.objects.count() == 1


def test_a_picture_above_the_limit_is_kept_and_says_so(run_jobs):
    image = make.image()
    version = add(image, make.huge_png(12_000, 9_000))
    assert run_jobs() == 1
    version.refresh_from_db()
    assert (version.reading, version.width, version.height) == ("ready", 12_000, 9_000)
    assert version.trouble.startswith("The picture is larger than 100 megapixels")
    assert not version.has_previews
    assert not Rendition.objects.exists()


def test_a_large_picture_is_shown_by_the_preview_it_carries(run_jobs):
    image = make.image()
    version = add(image, make.huge_psd(12_000, 9_000))
    run_jobs()
    version.refresh_from_db()
    assert (version.reading, version.width, version.trouble) == ("ready", 12_000, "")
    names = set(version.blob.renditions.values_list("name", flat=True))
    assert names == {"256", "1024", "2048", "proxy"}
    proxy = version.blob.renditions.get(name="proxy")
    assert proxy.size == proxy.width * proxy.height * 3  # nobody saw its cells


def test_a_bomb_stays_inside_its_limits(tmp_path):
    path = tmp_path / "bomb.png"
    path.write_bytes(make.huge_png(65_000, 65_000))
    began = time.monotonic()
    answer = child.check(path)
    assert (answer["facts"]["width"], time.monotonic() - began < 3) == (65_000, True)


def test_previews_are_made_once_and_again_only_when_they_are_gone(run_jobs, monkeypatch):
    image = make.image()
    version = add(image, make.picture((2600, 900)))
    run_jobs()
    rows = list(version.blob.renditions.order_by("name").values_list("name", "size"))
    calls = []
    real = child.make
    monkeypatch.setattr(child, "make", lambda *given: calls.append(given) or real(*given))
    Version.objects.derive(version.blob_id)
    assert calls == []
    rendition_path(version.blob.sha256, "tiles").unlink()
    Version.objects.derive(version.blob_id)
    assert [names for _, _, names in calls] == [{"tiles"}]
    assert list(version.blob.renditions.order_by("name").values_list("name", "size")) == rows


def test_a_worker_killed_half_way_leaves_no_half_file_and_the_next_one_ends_the_work(
    run_jobs, monkeypatch
):
    image = make.image()
    version = add(image, make.picture((2600, 900)))
    real = child.make

    def killed(*given):
        for count, answer in enumerate(real(*given)):
            if count == 3:
                raise child.Interrupted("signal 9")
            yield answer

    monkeypatch.setattr(child, "make", killed)
    with pytest.raises(child.Interrupted):
        Version.objects.derive(version.blob_id)
    version.refresh_from_db()
    assert version.reading == "waiting"
    monkeypatch.setattr(child, "make", real)
    run_jobs()
    version.refresh_from_db()
    folder = rendition_path(version.blob.sha256, "256").parent
    assert version.reading == "ready"
    assert sorted(path.name for path in folder.iterdir()) == [
        "1024.webp",
        "2048.webp",
        "256.webp",
        "proxy.bin",
        "tiles.bin",
    ]


def test_a_lost_original_is_said(run_jobs):
    version = add(make.image(), make.picture())
    shutil.rmtree(version.blob.path.parent)
    run_jobs()
    version.refresh_from_db()
    assert version.trouble == "The original file is not on the disk; restore it from a backup."
