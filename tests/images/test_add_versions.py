"""`add_versions`: files and folders become versions, the same bytes never twice."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from projects.images.models import Image, Rendition, Version
from projects.images.reasons import sentence
from studio.store.models import Blob

from . import make

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    """The exit code and what was printed."""
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("add_versions", *map(str, arguments), stdout=out, stderr=StringIO(), **options)
    return end.value.code, out.getvalue()


def rows(*arguments, **options):
    code, out = run(*arguments, json=True, **options)
    return code, [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def folder(tmp_path):
    below = tmp_path / "films"
    for number, name in enumerate(
        ["晨光_v1.png", "晨光_v2.png", "晨光_v10.png", "lattice.png", "lattice (2).png"]
    ):
        make.file(below, name, tone=20 + 10 * number)
    return below


def test_names_propose_the_pictures(folder):
    code, out = run(folder)
    assert code == 0
    versions = Version.objects.order_by("image__title", "number")
    said = [
        (v.image.title, v.number, v.filename, v.grouping, v.reason.split(";")[0]) for v in versions
    ]
    assert said == [
        ("lattice", 1, "lattice.png", "proposed", "named “lattice”"),
        ("lattice", 2, "lattice (2).png", "proposed", "named “lattice” without “(2)”"),
        ("晨光", 1, "晨光_v1.png", "proposed", "named “晨光” without “_v1”"),
        ("晨光", 2, "晨光_v2.png", "proposed", "named “晨光” without “_v2”"),
        ("晨光", 10, "晨光_v10.png", "proposed", "named “晨光” without “_v10”"),
    ]
    assert "“晨光” v10 (named “晨光” without “_v10”" in out
    assert out.endswith("5 new, 0 already there, 0 not taken.\n")


def test_again_adds_nothing_and_a_later_file_joins_its_picture(folder):
    run(folder)
    code, out = run(folder)
    assert (code, out.endswith("0 new, 5 already there, 0 not taken.\n")) == (0, True)
    make.file(folder, "晨光_定稿.png", tone=200)
    run(folder)
    assert list(Image.objects.get(title="晨光").versions.values_list("number", "filename"))[-1] == (
        11,
        "晨光_定稿.png",
    )
    assert (Image.objects.count(), Version.objects.count(), Blob.objects.count()) == (2, 6, 6)


def test_given_an_image_all_files_are_its_versions(folder):
    image = make.image("Wall")
    code, told = rows(folder, image=image.pk)
    assert (code, [row["version"] for row in told]) == (0, [1, 2, 3, 4, 10])
    assert {row["image"] for row in told} == {image.pk}
    assert set(image.versions.values_list("grouping", flat=True)) == {"said"}


def test_one_json_object_a_file_with_all_its_keys(folder):
    code, told = rows(folder / "lattice.png")
    version = Version.objects.get()
    assert (code, told) == (
        0,
        [
            {
                "path": str(folder / "lattice.png"),
                "image": version.image_id,
                "version": 1,
                "new": True,
                "sha256": version.blob.sha256,
                "width": 640,
                "height": 268,
                "format": "PNG",
                "tool": None,
                "model": None,
                "seed": None,
                "prompt": None,
                "negative_prompt": None,
                "parents": [],
                "reason": "named “lattice”",
                "error": None,
            }
        ],
    )
    assert rows(folder / "lattice.png")[1][0] | {"new": True} == told[0] | {"reason": "already v1"}


def test_what_cannot_be_read_is_listed_and_leaves_no_empty_picture(folder):
    (folder / "broken_v1.png").write_bytes(make.noise((200, 200))[:5000])
    (folder / "notes.txt").write_text("晨光", encoding="utf-8")
    code, out = run(folder)
    assert code == 3
    assert "broken_v1.png: not taken. The picture is damaged" in out
    assert out.endswith("5 new, 0 already there, 1 not taken; 1 other file left out.\n")
    assert not Image.objects.filter(title="broken").exists()


def test_nothing_taken_is_exit_code_two(tmp_path):
    (tmp_path / "empty.png").touch()
    code, told = rows(tmp_path / "empty.png", tmp_path / "not there.png")
    assert (code, [row["error"] for row in told]) == (
        2,
        [
            "The file is empty; export it again.",
            "The file cannot be read (No such file or directory).",
        ],
    )
    assert not Image.objects.exists()


def test_an_unknown_image_or_concept_is_said(folder):
    for option, words in (
        ("image", "There is no image 99."),
        ("concept", "There is no concept 99."),
    ):
        with pytest.raises(CommandError, match=words) as caught:
            call_command("add_versions", str(folder), **{option: 99})
        assert caught.value.returncode == 2
    assert not Version.objects.exists()


def test_waiting_makes_the_previews(folder):
    run(folder, wait=True)
    assert set(Version.objects.values_list("reading", flat=True)) == {"ready"}
    assert Rendition.objects.count() == 20


def test_files_for_a_concept_become_pictures_of_its_shots(tmp_path):
    from projects.videos.models import Concept

    film = Concept.objects.create_next(title="The passage")
    film.add_shot("Horizon", 4)
    film.add_shot("Salt", 4)
    for name in ("shot_02_v1.png", "shot_02_v2.png", "horizon_v1.png", "晨光.png"):
        make.file(tmp_path / "in", name, mark=name)
    for _ in range(2):
        run(tmp_path / "in", concept=film.number)
        found = film.shots.order_by("number").values_list(
            "number", "title", "pictures__image__title"
        )
        assert list(found) == [
            (1, "Horizon", "horizon"),
            (2, "Salt", "shot 02"),
            (3, "晨光", "晨光"),
        ]
        assert Version.objects.count() == 4


def test_every_file_of_the_corpus_becomes_a_version_of_the_right_size(corpus):
    from PIL import Image as Picture

    folder = corpus / "images" / "comfyui"
    code, told = rows(folder, wait=True)
    assert (code, len(told)) == (0, 20)
    for row in told:
        with Picture.open(row["path"]) as picture:
            assert (row["width"], row["height"], row["new"]) == (*picture.size, True)
            longer = max(picture.size)
        version = Version.objects.get(image=row["image"], number=row["version"])
        assert (version.reading, version.trouble) == ("ready", "")
        copies = {copy.name: max(copy.width, copy.height) for copy in version.blob.renditions.all()}
        thumbs = {str(side): min(side, longer) for side in (256, 1024, 2048)}
        proxy = {"proxy": -(-longer // -(-longer // 1024))}
        assert copies == thumbs | proxy | ({"tiles": longer} if longer > 2048 else {})
    code, again = rows(folder)
    assert (code, any(row["new"] for row in again), Version.objects.count()) == (0, False, 20)


def test_of_the_bad_pictures_of_the_corpus_only_the_empty_one_is_refused(corpus):
    code, told = rows(corpus / "images" / "prompts" / "bad_images")
    refused = [row["path"].rpartition("/")[2] for row in told if row["error"]]
    assert (code, len(told), refused) == (3, 4, ["empty_file.png"])


GOOD_ENOUGH = {
    "broken_exif_dpi.jpg",
    "crash-0da013a13571cc8eb457a39fee8db18f8a3c7127.tif",
    "delay_zero_numer.png",
    "hopper_gray.jpg",
    "imagedraw_chord_zero_width.png",
    "imagedraw_floodfill_not_negative.png",
    "imagedraw_rectangle_zero_width.png",
    "invalid-exif.jpg",
    "negative_layer_count.psd",
    "negative_top_left_layer.psd",
    "non_zero_bb.png",
    "photoshop-200dpi-broken.jpg",
    "psd-oob-write-overflow.psd",
    "syntax_num_frames_invalid.png",
    "syntax_num_frames_zero_default.png",
    "total-pages-zero.tif",
    "zero_bb.png",
}


def test_of_hostile_pictures_the_decodable_are_taken_and_the_others_refused_in_words(
    corpus, studio_data
):
    code, told = rows(corpus / "bad" / "pictures", wait=True)
    taken = {row["path"].rpartition("/")[2] for row in told if row["new"]}
    assert (code, taken) == (3, GOOD_ENOUGH)
    assert {version.trouble for version in Version.objects.all()} == {""}
    refused = {row["path"].rpartition("/")[2]: row["error"] for row in told if row["error"]}
    damaged = {name for name, words in refused.items() if words == sentence("broken")}
    assert damaged == {
        name
        for name in refused
        if name.endswith((".png", ".tif", ".gif"))  # those begin as a picture we read
    }
    assert {refused[name] for name in refused.keys() - damaged} == {sentence("format")}
    assert list((studio_data / "spool").iterdir()) == []
    assert Image.objects.count() == len(GOOD_ENOUGH)
