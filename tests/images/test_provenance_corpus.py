"""Real files: what stands in each was looked up by hand in its raw metadata."""

import pytest

from projects.images import child
from projects.images.provenance import Recipe

KONTEXT = (
    "the anime girl with massive fennec ears is wearing cargo pants while sitting on a log in "
    "the woods biting into a sandwi"
)
# path -> what was seen by hand; a prompt by its beginning.
COMFYUI = {
    "chroma/fennec_girl_sing.png": (
        "aesthetic 4, cute anime girl with gigantic fennec ears",
        "low quality, bad anatomy",
        *("chroma-unlocked-v29.5.safetensors", 1056632876965862, 25, 4, "euler", (1024, 1024)),
    ),
    "controlnet/mixing_controlnets.png": (
        "(solo) girl photograph realistic",
        "(hands), text, error, cropped",
        *("AOM3A1.safetensors", 894480165483805, 12, 6, "dpmpp_sde", (768, 768)),
    ),
    "flux/flux_fill_inpaint_example.png": (
        *("anime girl with massive fennec ears blonde hair blue eyes", ""),
        *("flux1-fill-dev.safetensors", 656821733471329, 20, 1, "euler", (None, None)),
    ),
    "flux/flux_kontext_example.png": (
        *(KONTEXT, ""),
        *("flux1-kontext-dev.safetensors", 679064953796969, 20, None, "euler", (1024, 1024)),
    ),
    "flux2/flux2_example.png": (
        *("cute anime girl with gigantic fennec ears and a big fluffy fox tail", ""),
        *("flux2_dev_fp8mixed.safetensors", 435922656034510, 20, None, "euler", (1024, 1024)),
    ),
    "img2img/img2img_workflow.png": (
        "photograph of victorian woman with wings, sky clouds, meadow grass",
        "watermark, text",
        *("v1-5-pruned-emaonly.ckpt", 280823642470253, 20, 8, "dpmpp_2m", (None, None)),
    ),
    "inpaint/inpain_model_cat.png": (
        "closeup photograph of maine coon (cat:1.2)",
        "watermark, text",
        *("512-inpainting-ema.safetensors", 1040111309094545, 20, 8, "uni_pc_bh2", (None, None)),
    ),
    "lora/lora.png": (
        *("masterpiece best quality girl", "bad hands"),
        *("v1-5-pruned-emaonly.ckpt", 851616030078638, 20, 8, "euler", (512, 512)),
    ),
    "mochi/mochi_simple_checkpoint.webp": (
        *("fast driving in the beautiful winding mountain roads", ""),
        *("mochi_preview_fp8_scaled.safetensors", 93806664037998, 30, 4.5, "euler", (848, 480)),
    ),
    "omnigen/omnigen2_example.png": (
        *(KONTEXT, "deformed, blurry, over saturation"),
        *("omnigen2_fp16.safetensors", 832350079790627, 20, 5, "euler", (None, None)),
    ),
    "qwen_image/qwen_image_edit_basic_example.png": (
        *(KONTEXT, ""),
        *("qwen_image_edit_fp8_e4m3fn.safetensors", 643571810992611, 20, 4, "euler", (1024, 1024)),
    ),
    "sdturbo/sdxlturbo_example.png": (
        "beautiful landscape scenery glass bottle with a galaxy inside",
        "text, watermark",
        *("sd_xl_turbo_1.0_fp16.safetensors", 0, 1, 1, "euler_ancestral", (512, 512)),
    ),
    "unclip/unclip_example_multiple.png": (
        *("beautiful photograph", "bad hands"),
        *("sd21-unclip-h.ckpt", 363144844778993, 26, 8, "uni_pc_bh2", (768, 768)),
    ),
    "upscale_models/esrgan_example.png": (
        *("masterpiece best quality girl standing in victorian clothing", "bad hands"),
        *("v1-5-pruned-emaonly.ckpt", 833543590226030, 20, 8, "euler", (512, 512)),
    ),
    "wan/text_to_video_wan.webp": (
        *(
            "a fox moving quickly in a beautiful winter scenery",
            "色调艳丽，过曝，静态，细节模糊不清",
        ),
        *("wan2.1_t2v_1.3B_fp16.safetensors", 82628696717253, 30, 6, "uni_pc", (832, 480)),
    ),
}
PARENTS = {
    "controlnet/mixing_controlnets.png": ("house_scribble.png", "pose_present.png"),
    "flux/flux_fill_inpaint_example.png": ("yosemite_inpaint_example.png",),
    "flux/flux_kontext_example.png": ("fennec_girl_sing.png",),
    "flux/flux_kontext_example_comic.webp": ("fennec_girl_sing.png",),
    "img2img/img2img_workflow.png": ("example.png",),
    "inpaint/inpain_model_cat.png": ("yosemite_inpaint_example.png",),
    "omnigen/omnigen2_example.png": ("fennec_girl_sing.png",),
    "qwen_image/qwen_image_edit_basic_example.png": ("fennec_girl_sing.png",),
    "unclip/unclip_example_multiple.png": ("sunset.png", "mountains.png"),
}
SILENT = [
    *("inpaint/yosemite_inpaint_example.png", "ltxv/fox.jpg"),
    *("unclip/mountains.png", "unclip/sunset.png"),
]


def told(path):
    """What the limited child says of a file."""
    assert path.exists()
    return Recipe.from_json(child.tell(path)["recipe"])


@pytest.mark.parametrize("name", sorted(COMFYUI))
def test_a_graph_of_comfyui(corpus, name):
    prompt, negative, model, seed, steps, cfg, sampler, size = COMFYUI[name]
    found = told(corpus / "images" / "comfyui" / name)
    assert found.tool == "ComfyUI"
    assert found.prompt.startswith(prompt)
    assert found.negative.startswith(negative) and bool(found.negative) == bool(negative)
    assert (found.model, found.seed, found.steps, found.cfg) == (model, seed, steps, cfg)
    assert (found.sampler, (found.width, found.height)) == (sampler, size)
    assert found.parents == PARENTS.get(name, ())


def test_a_comic_of_seven_passes_keeps_the_words_of_each(corpus):
    found = told(corpus / "images" / "comfyui" / "flux" / "flux_kontext_example_comic.webp")
    assert len({found.prompt, *found.others}) == 7
    assert found.parents == PARENTS["flux/flux_kontext_example_comic.webp"]


def test_a_lora_with_its_weight(corpus):
    found = told(corpus / "images" / "comfyui" / "lora" / "lora.png")
    assert found.loras == (("epiNoiseoffset_v2.safetensors", 1.0),)


@pytest.mark.parametrize("name", SILENT)
def test_a_photograph_says_nothing(corpus, name):
    assert told(corpus / "images" / "comfyui" / name) is None


def test_the_web_ui_in_png_jpeg_behind_the_pixels_and_in_alpha(corpus):
    folder = corpus / "images" / "prompts"
    first = folder / "parsers" / "AUTOMATIC1111"
    duck = Recipe.of(
        "AUTOMATIC1111",
        prompt="photo of a duck",
        negative="monochrome",
        seed=235284042,
        steps=15,
        sampler="UniPC",
        cfg=5,
        width=512,
        height=400,
        model="realistic_realisticVisionV20_v20",
        sources=["PNG parameters"],
    )
    assert told(first / "automatic1111_cropped.png") == duck
    assert told(folder / "bad_images" / "text_after_idat.png") == duck
    jpeg = told(first / "automatic1111_cropped.jpg")
    assert jpeg.as_json() == duck.as_json() | {"sources": ["Exif"]}
    hidden = told(first / "automatic1111_stealth.png")
    assert (hidden.prompt, hidden.negative, hidden.seed) == ("a circle", "a square", 2015833630)
    assert (hidden.tool_version, hidden.scheduler) == ("v1.9.4-169-ga30b19dd", "Automatic")


def test_the_other_tools(corpus):
    folder = corpus / "images" / "prompts" / "parsers"
    fooocus = told(folder / "Fooocus" / "fooocus1_cropped.png")
    assert (fooocus.prompt, fooocus.seed) == ("a smiling goldfish", 6952411511246973023)
    assert (fooocus.model, fooocus.cfg) == ("juggernautXL_v8Rundiffusion", 4)
    assert (fooocus.tool_version, fooocus.width, fooocus.height) == ("2.4.3", 768, 1280)
    dream = told(folder / "InvokeAI" / "invokeai_dream1.png")
    assert (dream.seed, dream.steps, dream.cfg, dream.sampler) == (2980747362, 50, 5, "k_lms")
    assert (dream.negative, dream.width) == ("rendering, glowing eyes, skinny", 512)
    modern = told(folder / "InvokeAI" / "invokeai_imeta1.png")
    assert (modern.model, modern.seed, modern.steps) == ("juggernautXL", 3293022630, 35)
    assert modern.prompt == "digital artwork, oil painting. painterly brushstrokes, holidays,"
    novelai = told(folder / "NovelAI" / "novelai1_cropped.png")
    assert novelai.prompt == "masterpiece, best quality,  cat, space, icon"
    assert (novelai.seed, novelai.steps, novelai.cfg) == (2253955223, 50, 10)
    comfy = told(folder / "ComfyUI" / "img2img_cropped.png")
    assert (comfy.sampler, comfy.extras) == ("sample_dpmpp_2m", {"Denoise": "0.87"})


@pytest.mark.parametrize(
    ("name", "steps", "version"),
    [
        ("layer_mask_data.psd", 9, "CS5 Windows"),
        ("layer_comps.psd", 3, "CS5 Windows"),
        ("metadata.psd", 4, "CS6 (Windows)"),
        ("unicode_pathname.psd", 3, "CC 2017 (Macintosh)"),
    ],
)
def test_the_history_of_a_photoshop_file(corpus, name, steps, version):
    found = told(corpus / "images" / "psd" / name)
    assert (found.tool, found.tool_version) == ("Adobe Photoshop", version)
    assert len(found.history) == steps


def test_no_broken_picture_raises_anything(corpus):
    from projects.images.provenance import read

    for path in sorted((corpus / "bad" / "pictures").iterdir()):
        for kind in ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "PSD"):
            read(path, kind)
