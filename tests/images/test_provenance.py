"""What each tool writes is read: from hand-made files, as the tool would write them."""

import json
import zlib
from io import BytesIO

import pytest
from PIL import Image as Picture

from projects.images.provenance import Recipe, Step, read

from . import told

DUCK = {
    "schema": 1,
    "tool": "AUTOMATIC1111",
    "tool_version": "v1.10.1",
    "prompt": "salt plain at first light, <lora:dawn_v2:0.8> 地平线上的晶格",
    "negative": "people, text",
    "model": "epic",
    "loras": [["dawn_v2", 0.8]],
    "seed": 48213,
    "sampler": "DPM++ 2M",
    "scheduler": "Karras",
    "steps": 28,
    "cfg": 6.5,
    "width": 1216,
    "height": 512,
    "extras": {"Hires prompt": "a, b: c"},
}


def said(recipe):
    return recipe.as_json() | {"sources": None} if recipe else None


def test_the_web_ui_in_a_png():
    assert read(told.png(parameters=told.INFOTEXT), "PNG").as_json() == DUCK | {
        "sources": ["PNG parameters"]
    }
    packed = read(told.png(parameters=told.INFOTEXT, packed=True), "PNG")
    assert packed.as_json() == DUCK | {"sources": ["PNG parameters"]}


def test_a_text_behind_the_pixels_is_found_though_nothing_is_decoded():
    body = b"parameters\0" + told.INFOTEXT.encode()  # raw UTF-8, as many tools write it
    found = read(told.png_with(told.chunk(b"tEXt", body)), "PNG")
    assert said(found) == DUCK | {"sources": None}


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF", "PNG"])
@pytest.mark.parametrize("order", ["utf-16-be", "utf-16-le", "utf-16"])
def test_the_web_ui_in_a_user_comment_whichever_end_comes_first(format, order):
    data = told.with_exif(format, comment=b"UNICODE\0" + told.INFOTEXT.encode(order))
    assert read(data, format).as_json() == DUCK | {"sources": ["Exif"]}


@pytest.mark.parametrize("code", [b"ASCII\0\0\0", bytes(8), b""])
def test_a_user_comment_in_utf_8_that_ends_in_nul(code):
    data = told.with_exif("JPEG", comment=code + told.INFOTEXT.encode() + b"\0")
    assert said(read(data, "JPEG")) == DUCK | {"sources": None}


@pytest.mark.parametrize("colours", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_text_hidden_in_the_lowest_bits(packed, colours):
    picture = told.stealth(told.INFOTEXT, packed=packed, colours=colours)
    out = BytesIO()
    picture.save(out, "PNG")
    found = read(out.getvalue(), "PNG", picture)
    assert found.as_json() == DUCK | {"sources": ["hidden in the pixels"]}
    assert read(out.getvalue(), "PNG") is None


def test_a_picture_smaller_than_the_length_it_states_hides_nothing():
    picture = told.stealth(told.INFOTEXT).crop((0, 0, 3, 67))
    assert read(told.png(), "PNG", picture) is None
    assert read(told.png(), "PNG", Picture.new("RGBA", (1, 1))) is None


@pytest.mark.parametrize(
    ("end", "tool", "version"),
    [
        ("Version: f2.0.1v1.10.1-previous-1", "Forge", "f2.0.1v1.10.1-previous-1"),
        ("Version: 0ab1, App: SD.Next", "SD.Next", "0ab1"),
        ("Version: ComfyUI", "ComfyUI", ""),
        ("Version: Fooocus v2.4.1", "Fooocus", "2.4.1"),
        ("Hash: 1", "AUTOMATIC1111", ""),
    ],
)
def test_the_tools_that_write_as_the_web_ui_does_are_told_apart(end, tool, version):
    found = read(told.png(parameters=f"sky\nSteps: 2, Seed: 3, Sampler: Euler, {end}"), "PNG")
    assert (found.tool, found.tool_version, found.prompt) == (tool, version, "sky")


def test_a_prompt_of_many_lines_without_a_negative_one():
    words = "sky\n\nsea: deep, wide: blue\nSteps: 2, Sampler: Euler a, Seed: 18446744073709551615"
    found = read(told.png(parameters=words), "PNG")
    assert (found.prompt, found.negative) == ("sky\n\nsea: deep, wide: blue", "")
    assert found.seed == 2**64 - 1


def test_a_text_without_settings_is_no_recipe():
    assert read(told.png(parameters="a letter: to the sea, with: love"), "PNG") is None
    assert read(told.png(Comment="made by hand", Software="GIMP"), "PNG") is None
    assert read(told.png(), "PNG") is None


def test_civitai_writes_its_loras_as_json():
    line = 'Civitai resources: [{"type":"lora","weight":0.6,"modelName":"Dawn"}], Seed: 1'
    found = read(told.png(parameters=f"sky\nSteps: 2, CFG scale: 3, {line}"), "PNG")
    assert found.loras == (("Dawn", 0.6),) or found.seed == 1


def test_invokeai_in_its_three_ways():
    modern = {
        "positive_prompt": "sky",
        "negative_prompt": "sea",
        "seed": 5,
        "steps": 30,
        "cfg_scale": 7.5,
        "scheduler": "dpmpp_2m",
        "width": 832,
        "height": 1216,
        "model": {"key": "k", "name": "Juggernaut", "hash": "h"},
        "app_version": "5.4.2",
        "loras": [{"model": {"name": "dawn"}, "weight": 0.75}],
    }
    found = read(told.png(invokeai_metadata=json.dumps(modern)), "PNG")
    assert said(found) == {
        "schema": 1,
        "tool": "InvokeAI",
        "tool_version": "5.4.2",
        "sources": None,
        "prompt": "sky",
        "negative": "sea",
        "model": "Juggernaut",
        "loras": [["dawn", 0.75]],
        "seed": 5,
        "steps": 30,
        "cfg": 7.5,
        "sampler": "dpmpp_2m",
        "width": 832,
        "height": 1216,
    }
    image = {"prompt": [{"prompt": "sky [sea]", "weight": 1}], "seed": 6, "sampler": "k_lms"}
    second = {"model_weights": "sd-1.5", "app_version": "2.3", "image": image}
    found = read(told.png(sd__metadata=json.dumps(second)), "PNG")
    assert (found.prompt, found.negative, found.seed, found.model) == ("sky", "sea", 6, "sd-1.5")
    dream = '"sky, a \\"door\\" [sea] -s 9" -s 50 -S 7 -W 512 -H 768 -C 7.5 -A k_euler'
    found = read(told.png(Dream=dream), "PNG")
    assert (found.steps, found.seed, found.width, found.height) == (50, 7, 512, 768)
    assert (found.cfg, found.sampler, found.negative) == (7.5, "k_euler", "sea")


def novelai(comment, **texts):
    about = {"Description": "sky", "Software": "NovelAI", "Source": "NovelAI Diffusion V4.5 B2A"}
    return about | texts | {"Comment": json.dumps(comment)}


def test_novelai_with_the_words_of_each_figure():
    caption = {"base_caption": "sky", "char_captions": [{"char_caption": "a surveyor"}]}
    comment = {
        "steps": 28,
        "seed": 9,
        "scale": 5.5,
        "sampler": "k_euler",
        "noise_schedule": "karras",
        "uc": "old",
        "v4_prompt": {"caption": caption},
        "v4_negative_prompt": {"caption": {"base_caption": "blur", "char_captions": []}},
    }
    found = read(told.png(**novelai(comment)), "PNG")
    assert (found.tool, found.prompt, found.negative) == ("NovelAI", "sky\na surveyor", "blur")
    assert (found.seed, found.cfg, found.scheduler) == (9, 5.5, "karras")
    hidden = told.stealth(json.dumps(novelai(comment)))
    assert read(told.png(), "PNG", hidden).prompt == "sky\na surveyor"


def test_fooocus_in_its_own_scheme():
    own = {
        "prompt": "sky",
        "negative_prompt": "sea",
        "base_model": "jugger.safetensors",
        "seed": "77",
        "steps": 30,
        "guidance_scale": 4.0,
        "sampler": "dpmpp_2m",
        "resolution": "(1152, 896)",
        "loras": [["dawn.safetensors", 0.1, "hash"]],
        "lora_combined_2": "dusk : 0.5",
        "version": "Fooocus v2.5.5",
        "scheduler": "karras",
    }
    for data, kind in (
        (told.png(parameters=json.dumps(own), fooocus_scheme="fooocus"), "PNG"),
        (told.with_exif("WEBP", comment=json.dumps(own).encode()), "WEBP"),
    ):
        found = read(data, kind)
        assert (found.tool, found.tool_version, found.prompt) == ("Fooocus", "2.5.5", "sky")
        assert (found.seed, found.width, found.height) == (77, 1152, 896)
        assert found.loras == (("dawn.safetensors", 0.1), ("dusk", 0.5))
        assert found.extras == {}


def test_swarmui():
    parameters = {
        "prompt": "sky",
        "negativeprompt": "sea",
        "model": "folder/flux.safetensors",
        "seed": 11,
        "steps": 20,
        "cfgscale": 1.0,
        "width": 1024,
        "height": 768,
        "swarm_version": "0.9.4",
        "loras": ["dawn"],
        "loraweights": ["0.5"],
        "aspectratio": "4:3",
    }
    words = json.dumps({"sui_image_params": parameters, "sui_extra_data": {"date": "2026"}})
    for data, kind in (
        (told.png(parameters=words), "PNG"),
        (told.with_exif("JPEG", comment=b"UNICODE\0" + words.encode("utf-16-le")), "JPEG"),
        (told.with_exif("WEBP", {0x0110: words}), "WEBP"),
    ):
        found = read(data, kind)
        assert (found.tool, found.tool_version) == ("SwarmUI", "0.9.4")
        assert (found.prompt, found.negative, found.seed) == ("sky", "sea", 11)
        assert found.loras == (("dawn", 0.5),)
        assert found.extras == {"aspectratio": "4:3"}


JOB = "0f3c2a10-1b2c-4d5e-8f90-123456789abc"


def test_midjourney():
    words = f"salt plain, 晶格 --ar 2:1 --no people, text --v 6.1 --seed 4 --raw Job ID: {JOB}"
    found = read(told.png(Description=words, Author="lin"), "PNG")
    assert said(found) == {
        "schema": 1,
        "tool": "Midjourney",
        "tool_version": "6.1",
        "prompt": "salt plain, 晶格",
        "negative": "people, text",
        "seed": 4,
        "sources": None,
        "extras": {"Aspect ratio": "2:1", "Raw": "yes", "Job": JOB},
    }
    assert read(told.png(Description=f"sky --niji 6 Job ID: {JOB}"), "PNG").tool_version == "niji 6"
    assert read(told.png(Description="sky --ar 2:1"), "PNG") is None


def test_easy_diffusion_in_both_spellings():
    small = {"prompt": "sky", "seed": 3, "use_stable_diffusion_model": "models/sd-v1-4"}
    small |= {"num_inference_steps": 25, "negative_prompt": "sea", "guidance_scale": 7.5}
    found = read(told.with_exif("JPEG", comment=json.dumps(small).encode()), "JPEG")
    assert (found.tool, found.prompt, found.negative) == ("Easy Diffusion", "sky", "sea")
    assert (found.model, found.seed, found.steps, found.cfg) == ("sd-v1-4", 3, 25, 7.5)
    found = read(told.png(**{key: str(value) for key, value in small.items()}), "PNG")
    assert (found.tool, found.prompt, found.seed) == ("Easy Diffusion", "sky", 3)


XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"'
    ' xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"'
    ' xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:comfy="http://comfy.org/"{}>{}'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)
HISTORY = (
    "<xmpMM:History><rdf:Seq>"
    '<rdf:li stEvt:action="created" stEvt:when="2026-02-03T10:00:00+01:00"'
    ' stEvt:softwareAgent="Adobe Photoshop 26.1 (Macintosh)"/>'
    '<rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action>'
    "<stEvt:when>2026-02-05T18:30:00+01:00</stEvt:when>"
    "<stEvt:softwareAgent>Adobe Photoshop 26.1 (Macintosh)</stEvt:softwareAgent></rdf:li>"
    "</rdf:Seq></xmpMM:History>"
)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "AVIF", "TIFF"])
def test_the_history_photoshop_keeps(format):
    creator = ' xmp:CreatorTool="Adobe Photoshop 26.1 (Macintosh)"'
    data = told.with_xmp(format, XMP.format(creator, HISTORY))
    agent = "Adobe Photoshop 26.1 (Macintosh)"
    assert read(data, format) == Recipe.of(
        "Adobe Photoshop",
        tool_version="26.1 (Macintosh)",
        history=[
            Step("created", "2026-02-03T10:00:00+01:00", agent),
            Step("saved", "2026-02-05T18:30:00+01:00", agent),
        ],
        sources=["XMP"],
    )


def test_a_generated_picture_that_went_through_photoshop_tells_both():
    packet = XMP.format("", HISTORY)
    chunks = told.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet.encode())
    words = told.chunk(b"zTXt", b"parameters\0\0" + zlib.compress(told.INFOTEXT.encode()))
    found = read(told.png_with(chunks, words), "PNG")
    assert (found.tool, found.seed, len(found.history)) == ("AUTOMATIC1111", 48213, 2)
    assert found.sources == ("PNG parameters", "XMP")


def test_draw_things():
    inside = {"c": "sky", "uc": "sea", "model": "flux.ckpt", "seed": 8, "steps": 4, "scale": 1}
    inside |= {"size": "512x768", "sampler": "Euler A", "lora": [{"model": "dawn", "weight": 1}]}
    words = json.dumps(inside).replace('"', "&quot;")
    comment = f"<exif:UserComment><rdf:Alt><rdf:li>{words}</rdf:li></rdf:Alt></exif:UserComment>"
    found = read(told.with_xmp("PNG", XMP.format("", comment)), "PNG")
    assert (found.tool, found.prompt, found.negative) == ("Draw Things", "sky", "sea")
    assert (found.seed, found.width, found.height, found.cfg) == (8, 512, 768, 1)


def test_comfyui_in_the_xmp_of_an_avif():
    words = json.dumps(told.graph()).replace("&", "&amp;").replace('"', "&quot;")
    data = told.with_xmp("AVIF", XMP.format(f' comfy:prompt="{words}"', ""))
    found = read(data, "AVIF")
    assert (found.tool, found.prompt, found.sources) == ("ComfyUI", "salt plain, 晶格", ("XMP",))
