"""How a version was made is kept with it, shown beside it, and found again."""

import json
import re
import shutil
from html import unescape

import pytest
from django.core.management import call_command

from projects.images import child
from projects.images.apps import read_what_is_old
from projects.images.models import Version
from projects.images.provenance import READERS, Recipe
from studio.desk.find import find
from studio.store.models import Job

from . import make, told
from .test_ingest import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(run_jobs):
    """A picture in two versions whose files tell how they were made."""
    image = make.image("地平线 The horizon")
    add(image, told.png(parameters=told.INFOTEXT), "a.png")
    later = told.INFOTEXT.replace("salt plain", "salt plain, one far beacon").replace("48213", "7")
    add(image, told.png(parameters=later.replace("dawn_v2", "dusk")), "b.png")
    run_jobs()
    return image


def page(client, address):
    """The page's words, without tags."""
    html = client.get(address).content.decode()
    body = html[html.index("<main") :]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def test_a_worker_keeps_what_the_file_says(two):
    first = two.versions.get(number=1)
    assert (first.recipe["tool"], first.recipe_readers) == ("AUTOMATIC1111", READERS)
    assert first.how_made == Recipe.from_json(first.recipe)
    assert first.how_made.seed == 48213


def test_a_request_reads_nothing_that_the_worker_can_read_later():
    version = add(make.image(), told.png(parameters=told.INFOTEXT))
    assert (version.recipe, version.recipe_readers, version.how_made) == ({}, 0, None)


def test_a_patient_caller_is_told_at_once():
    version = add(make.image(), told.png(parameters=told.INFOTEXT), patient=True)
    assert version.how_made.seed == 48213


def test_another_picture_of_the_same_bytes_is_told_what_is_known(two):
    version = add(make.image("Another"), told.png(parameters=told.INFOTEXT))
    assert version.how_made == two.versions.get(number=1).how_made


def test_a_picture_that_says_nothing_is_not_read_twice(run_jobs):
    version = add(make.image(), make.picture())
    run_jobs()
    version.refresh_from_db()
    assert (version.recipe, version.recipe_readers) == ({}, READERS)
    read_what_is_old()
    assert not Job.objects.unfinished().exists()


def test_better_readers_read_old_pictures_again(two, run_jobs):
    Version.objects.update(recipe={}, recipe_readers=READERS - 1)
    read_what_is_old()
    read_what_is_old()
    assert Job.objects.unfinished().count() == 1
    run_jobs()
    assert [version.how_made.seed for version in two.versions.all()] == [48213, 7]
    assert not Version.objects.to_read_again().exists()


def test_a_file_that_is_gone_or_broken_is_passed_over_when_read_again(two, run_jobs):
    Version.objects.update(recipe_readers=0)
    first, second = two.versions.all()
    first.blob.path.unlink()
    second.blob.path.write_bytes(b"no picture")
    read_what_is_old()
    run_jobs()
    assert not Job.objects.unfinished().exists()
    assert [version.how_made.seed for version in two.versions.all()] == [48213, 7]


def test_the_child_dies_rather_than_the_studio(two, monkeypatch, run_jobs):
    def slow(path):
        raise child.TooSlow

    Version.objects.update(recipe_readers=0)
    monkeypatch.setattr(child, "tell", slow)
    read_what_is_old()
    run_jobs()
    assert not Job.objects.unfinished().exists()


def test_letters_no_database_takes_do_not_keep_a_picture_out(run_jobs):
    words = json.dumps(told.graph()).replace("people", "a\\u0000b\\ud800c")
    version = add(make.image(), told.png(prompt=words))
    run_jobs()
    version.refresh_from_db()
    assert (version.reading, version.how_made.negative) == ("ready", "abc")


def test_a_long_packed_text_does_not_make_a_picture_broken(run_jobs):
    long = told.png(parameters=told.INFOTEXT + ", Note: " + "x" * 3_000_000, packed=True)
    version = add(make.image(), long)
    run_jobs()
    version.refresh_from_db()
    assert (version.reading, version.how_made.seed) == ("ready", 48213)


def test_beside_each_other_the_prompts_are_marked_and_the_rest_is_listed(studio_client, two):
    html = studio_client.get(f"/images/{two.pk}/compare/?v=1&v=2").content.decode()
    panel = html[html.index('class="recipe"') : html.index('class="panel-foot"')]
    came = re.findall(r"<ins>(.*?)</ins>", panel)
    assert came == [", one far beacon", "dusk", "7", "dusk 0.8"]
    assert re.findall(r"<del>(.*?)</del>", panel) == ["dawn_v2", "48213", "dawn_v2 0.8"]
    words = page(studio_client, f"/images/{two.pk}/compare/?v=1&v=2")
    for said in (
        *("How v2 was made", "Prompt, v1 to v2", "Negative prompt as in v1", "Changed since v1"),
        *("Made with AUTOMATIC1111 v1.10.1", "Model epic", "LoRA dusk 0.8", "Seed 7", "CFG 6.5"),
        *(
            "Sampler DPM++ 2M",
            "Schedule Karras",
            "Size asked for 1216 × 512",
            "Hires prompt a, b: c",
        ),
    ):
        assert said in words
    alone = page(studio_client, f"/images/{two.pk}/compare/?v=2&v=2")
    assert "How v2 was made" in alone and "Changed since" not in alone


def test_what_an_editor_does_not_write_down_is_not_called_a_change(studio_client, two, run_jobs):
    from .test_provenance import HISTORY, XMP

    add(two, told.with_xmp("JPEG", XMP.format("", HISTORY)), "edited.jpg")
    run_jobs()
    words = page(studio_client, f"/images/{two.pk}/compare/?v=1&v=3")
    assert "Made with Adobe Photoshop 26.1 (Macintosh)" in words
    assert "Prompt" not in words and "Changed since" not in words


def test_what_a_file_does_not_say_is_said_in_one_line_or_not_at_all(studio_client, two, run_jobs):
    add(two, make.picture(), "plain.png")
    add(two, make.picture(tone=90), "plain too.png")
    run_jobs()
    silent = page(studio_client, f"/images/{two.pk}/compare/?v=1&v=3")
    assert "The file of v3 does not say how it was made." in silent
    neither = page(studio_client, f"/images/{two.pk}/compare/?v=3&v=4")
    assert "how it was made" not in neither and "was made" not in neither
    other = page(studio_client, f"/images/{two.pk}/compare/?v=3&v=1")
    assert "How v1 was made" in other and "Changed since" not in other


def test_the_page_of_a_picture_shows_it_folded_with_no_query_more(studio_client, two, run_jobs):
    address = f"/images/{two.pk}/"
    words = page(studio_client, address)
    assert words.count("How it was made AUTOMATIC1111 v1.10.1") == 2
    assert "salt plain at first light" in words
    with make.asked(5):
        studio_client.get(address)
    for tone in range(3):
        add(two, told.png(parameters=told.INFOTEXT.replace("48213", str(tone))), f"{tone}.png")
    run_jobs()
    with make.asked(5):
        studio_client.get(address)


def test_what_a_file_says_is_never_markup(studio_client, run_jobs):
    image = make.image()
    add(image, told.png(parameters=told.INFOTEXT.replace("epic", "<b>x</b><script>")))
    run_jobs()
    html = studio_client.get(f"/images/{image.pk}/compare/").content.decode()
    assert "<script>" not in html.replace("<script type", "") and "&lt;b&gt;x" in html


def test_the_words_of_a_prompt_are_found(studio_client, two):
    for wanted in ("far beacon", "晶格"):
        hits = [hit for group in find(wanted) for hit in group.hits]
        assert hits[0].title.startswith("地平线 The horizon v")
        assert wanted in hits[0].passage.text
    assert [hit for group in find("people text") for hit in group.hits] != []


def test_photoshop_is_named_with_its_days_in_both_languages(studio_client, owner, run_jobs):
    from .test_provenance import HISTORY, XMP

    image = make.image()
    creator = ' xmp:CreatorTool="Adobe Photoshop 26.1 (Macintosh)"'
    add(image, told.with_xmp("JPEG", XMP.format(creator, HISTORY)), "a.jpg")
    run_jobs()
    address = f"/images/{image.pk}/"
    words = page(studio_client, address)
    assert "Edited saved once, 5 February 2026" in words
    owner.language = "zh-hans"
    owner.save()
    assert "编辑 保存 1 次，2026年2月5日" in page(studio_client, address)


def test_add_versions_prints_it(tmp_path, capsys):
    (tmp_path / "晨光_v1.png").write_bytes(
        told.comfy(
            space=told.node("VAEEncode", pixels=["in", 0]),
            **{"in": told.node("LoadImage", image="晨光_v0.png")},
        )
    )
    with pytest.raises(SystemExit):
        call_command("add_versions", str(tmp_path), "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["tool"], said["model"], said["seed"]) == ("ComfyUI", "sd_xl.safetensors", 48213)
    assert (said["prompt"], said["negative_prompt"]) == ("salt plain, 晶格", "people")
    assert said["parents"] == ["晨光_v0.png"]


def test_corpus_pictures_pass_through_the_whole_way(corpus, run_jobs, tmp_path):
    image = make.image()
    names = ("prompts/parsers/NovelAI/novelai1_cropped.png", "psd/layer_mask_data.psd")
    for name in (*names, "comfyui/lora/lora.png"):
        shutil.copy(corpus / "images" / name, tmp_path)
        add(image, (corpus / "images" / name).read_bytes(), name.split("/")[-1])
    run_jobs()
    tools = [version.how_made.tool for version in image.versions.all()]
    assert tools == ["NovelAI", "Adobe Photoshop", "ComfyUI"]
