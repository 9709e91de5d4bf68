"""ComfyUI's graph is walked from what was saved to what really reached the sampler."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.images.provenance import read
from projects.images.provenance.graph import MOST_NODES

from . import told
from .told import node


def recipe(**changes):
    return read(told.comfy(**changes), "PNG")


def test_a_plain_graph():
    assert recipe().as_json() == {
        "schema": 1,
        "tool": "ComfyUI",
        "prompt": "salt plain, 晶格",
        "negative": "people",
        "model": "sd_xl.safetensors",
        "seed": 48213,
        "sampler": "dpmpp_2m",
        "scheduler": "karras",
        "steps": 28,
        "cfg": 6.5,
        "width": 1216,
        "height": 512,
        "sources": ["PNG prompt"],
    }


@pytest.mark.parametrize("prefix", ["prompt:", "Prompt: "])
def test_webp_keeps_the_graph_in_tags_of_exif(prefix):
    words = json.dumps(told.graph())
    data = told.with_exif("WEBP", {0x0110: prefix + words, 0x010F: "workflow:{}"})
    found = read(data, "WEBP")
    assert (found.prompt, found.seed, found.sources) == ("salt plain, 晶格", 48213, ("Exif",))


def test_words_that_never_reached_the_sampler_are_not_told():
    found = recipe(stray=node("CLIPTextEncode", text="an old try", clip=["ckpt", 1]))
    assert (found.prompt, found.negative, found.others) == ("salt plain, 晶格", "people", ())


def test_words_come_through_primitives_and_nodes_that_join_them():
    found = recipe(
        yes=node("CLIPTextEncode", text=["joined", 0], clip=["ckpt", 1]),
        joined=node("StringConcatenate", string_a=["first", 0], string_b="黄昏", delimiter=", "),
        first=node("Reroute", **{"": ["typed", 0]}),
        typed=node("PrimitiveString", value="salt plain"),
    )
    assert found.prompt == "salt plain, 黄昏"


def test_what_a_node_showed_when_it_ran_is_what_reached_the_sampler():
    found = recipe(
        yes=node("CLIPTextEncode", text=["shown", 0], clip=["ckpt", 1]),
        shown=node("ShowText|pysssss", text=["llm", 0], text_0="a plain of salt"),
        llm=node("AskAModel", question="make it better", seed=3),
    )
    assert found.prompt == "a plain of salt"


def test_conditioning_is_followed_to_both_sides():
    found = recipe(
        sampler=node(
            "KSampler",
            seed=["number", 0],
            steps=28,
            cfg=6.5,
            model=["ckpt", 0],
            positive=["control", 0],
            negative=["control", 1],
            latent_image=["space", 0],
        ),
        control=node(
            "ControlNetApplyAdvanced", positive=["both", 0], negative=["no", 0], strength=0.8
        ),
        both=node("ConditioningCombine", conditioning_1=["yes", 0], conditioning_2=["more", 0]),
        more=node("CLIPTextEncodeSDXL", text_g="far beacon", text_l="far beacon", width=1024),
        number=node("PrimitiveInt", value=99),
    )
    assert (found.prompt, found.negative) == ("salt plain, 晶格\nfar beacon", "people")
    assert (found.seed, found.width) == (99, 1216)


def test_a_negative_side_that_was_zeroed_has_no_words():
    found = recipe(no=node("ConditioningZeroOut", conditioning=["yes", 0]))
    assert (found.prompt, found.negative) == ("salt plain, 晶格", "")


def test_a_guided_sampler_is_asked_through_its_helpers():
    found = recipe(
        sampler=node(
            "SamplerCustomAdvanced",
            noise=["noise", 0],
            guider=["guider", 0],
            sampler=["pick", 0],
            sigmas=["split", 0],
            latent_image=["space", 0],
        ),
        noise=node("RandomNoise", noise_seed=7),
        guider=node("BasicGuider", model=["lora", 0], conditioning=["flux", 0]),
        flux=node("FluxGuidance", guidance=3.5, conditioning=["yes", 0]),
        pick=node("KSamplerSelect", sampler_name="euler"),
        split=node("SplitSigmas", sigmas=["plan", 0], step=4),
        plan=node("BasicScheduler", scheduler="beta", steps=20, denoise=0.6, model=["ckpt", 0]),
        lora=node("LoraLoaderModelOnly", lora_name="b.st", strength_model=0.5, model=["more", 0]),
        more=node(
            "Power Lora Loader (rgthree)",
            lora_1={"on": True, "lora": "a.st", "strength": 1.0},
            model=["unet", 0],
            lora_2={"on": False, "lora": "off.st", "strength": 1.0},
        ),
        unet=node("UNETLoader", unet_name="flux1-dev.safetensors"),
    )
    assert found.loras == (("a.st", 1.0), ("b.st", 0.5))
    assert (found.model, found.seed, found.sampler) == ("flux1-dev.safetensors", 7, "euler")
    assert (found.scheduler, found.steps, found.cfg) == ("beta", 20, None)
    assert found.extras == {"Denoise": "0.6", "Guidance": "3.5"}


def test_of_two_passes_the_first_is_told_and_the_words_of_the_other():
    found = recipe(
        decode=node("VAEDecode", samples=["second", 0], vae=["ckpt", 2]),
        second=node(
            "KSampler",
            seed=1,
            steps=10,
            cfg=3,
            denoise=0.4,
            model=["refiner", 0],
            positive=["finer", 0],
            negative=["no", 0],
            latent_image=["up", 0],
        ),
        up=node("LatentUpscaleBy", samples=["sampler", 0], scale_by=1.5),
        finer=node("CLIPTextEncode", text="sharper", clip=["refiner", 1]),
        refiner=node("CheckpointLoaderSimple", ckpt_name="refiner.safetensors"),
    )
    assert (found.seed, found.model) == (48213, "sd_xl.safetensors")
    assert found.prompt == "salt plain, 晶格"
    assert (found.others, found.extras) == (("sharper",), {"Samplers": "2"})


def test_the_pictures_it_was_made_from():
    found = recipe(
        space=node("VAEEncode", pixels=["loaded", 0], vae=["ckpt", 2]),
        loaded=node("LoadImage", image="shots/晨光 v5.png [output]"),
        stray=node("LoadImage", image="never used.png"),
    )
    assert (found.parents, found.width) == (("晨光 v5.png",), None)


def test_a_service_that_is_only_asked_has_a_prompt_too():
    words = {
        "ask": node("FluxProImageNode", prompt="salt plain", negative_prompt="people", seed=5),
        "save": node("SaveImage", images=["ask", 0]),
    }
    found = read(told.png(prompt=json.dumps(words)), "PNG")
    assert (found.prompt, found.negative, found.seed) == ("salt plain", "people", 5)


def drawn(mode=0):
    """A workflow as the page saves it."""

    def box(number, kind, inputs=(), values=(), **more):
        listed = [{"name": name, "type": of, "link": link} for name, of, link in inputs]
        return {"id": number, "type": kind, "inputs": listed, "widgets_values": values} | more

    outputs = [{"type": "MODEL"}, {"type": "CLIP"}]
    nodes = [
        box(1, "CheckpointLoaderSimple", values=["sd.safetensors"]),
        box(
            *(2, "LoraLoader", [("model", "MODEL", 1), ("clip", "CLIP", 2)], ["dawn.st", 0.8, 1]),
            mode=mode,
            outputs=outputs,
        ),
        box(3, "CLIPTextEncode", [("clip", "CLIP", 4)], ["salt plain"]),
        box(4, "CLIPTextEncode", [("clip", "CLIP", 4)], ["people"]),
        box(5, "EmptyLatentImage", values=[832, 480, 1]),
        box(
            *(6, "KSampler"),
            [
                ("model", "MODEL", 3),
                ("positive", "C", 5),
                ("negative", "C", 6),
                ("latent_image", "L", 7),
            ],
            [42, "randomize", 20, 7, "euler", "normal", 1],
        ),
        box(7, "SaveImage", [("images", "IMAGE", 8)], ["x"]),
    ]
    links = [
        *([1, 1, 0, 2, 0, "MODEL"], [2, 1, 1, 2, 1, "CLIP"], [3, 2, 0, 6, 0, "MODEL"]),
        *([4, 2, 1, 3, 0, "CLIP"], [5, 3, 0, 6, 1, "C"], [6, 4, 0, 6, 2, "C"]),
        *([7, 5, 0, 6, 3, "L"], [8, 6, 0, 7, 0, "IMAGE"]),
    ]
    return {"nodes": nodes, "links": links, "extra": {}}


@pytest.mark.parametrize(("mode", "loras"), [(0, (("dawn.st", 0.8),)), (4, ())])
def test_without_the_graph_that_ran_the_drawn_one_is_read(mode, loras):
    found = read(told.png(workflow=json.dumps(drawn(mode)), prompt="{broken"), "PNG")
    assert (found.prompt, found.negative, found.model) == ("salt plain", "people", "sd.safetensors")
    assert (found.seed, found.steps, found.cfg, found.sampler) == (42, 20, 7, "euler")
    assert (found.width, found.height, found.loras) == (832, 480, loras)
    assert found.sources == ("PNG workflow",)


# --- hostile -----------------------------------------------------------------------------------
def test_circles_end():
    found = recipe(
        yes=node("CLIPTextEncode", text=["a", 0], clip=["ckpt", 1]),
        a=node("StringConcatenate", string_a=["b", 0], string_b="salt"),
        b=node("StringConcatenate", string_a=["a", 0], string_b="plain"),
        ckpt=node("LoraLoader", model=["ckpt", 0], lora_name="self.st", strength_model=1),
        space=node("VAEEncode", pixels=["decode", 0]),
    )
    assert (found.prompt, found.seed) == ("plain salt", 48213)


def test_a_text_that_doubles_at_every_step_is_cut():
    steps = {
        f"s{n}": node("StringConcatenate", string_a=[f"s{n + 1}", 0], string_b=[f"s{n + 1}", 0])
        for n in range(60)
    }
    found = recipe(
        yes=node("CLIPTextEncode", text=["s0", 0], clip=["ckpt", 1]),
        s60=node("PrimitiveString", value="salt plain"),
        **steps,
    )
    assert len(found.prompt) <= 20_000


def test_a_long_chain_and_a_crowd_of_nodes_are_read_to_a_bound():
    chain = {
        f"c{n}": node("ConditioningSetArea", conditioning=[f"c{n + 1}", 0]) for n in range(9000)
    }
    found = recipe(
        sampler=node("KSampler", seed=1, positive=["c0", 0], negative=["no", 0]), **chain
    )
    assert (found.tool, found.negative) == ("ComfyUI", "people")
    assert len(chain) > MOST_NODES


@pytest.mark.parametrize(
    "words",
    [
        *("", "{", "[]", "null", "1", '"x"', "[" * 100_000, '{"a":' * 100_000),
        *('{"1": null}', '{"1": {"class_type": 3}}', '{"1": {"class_type": "K", "inputs": []}}'),
        '{"1": {"class_type": "KSampler", "inputs": {"positive": [[], 0], "seed": NaN}}}',
        '{"1": {"class_type": "KSampler", "inputs": {"positive": ["1", 0], "seed": 1e999}}}',
        '{"1": {"class_type": "SaveImage", "inputs": {"images": ["1", 0]}}}',
        '{"nodes": 5}',
        '{"nodes": [5, null, {"id": [], "type": {}}, {"inputs": [1, {"link": {}}]}]}',
        '{"nodes": [{"id": 1, "type": "K", "inputs": [{"link": 1}]}], "links": [[1], [1, [], {}]]}',
        '{"nodes": [{"id": 1, "type": "GetNode", "widgets_values": ["a"]}], "links": {"a": 1}}',
    ],
)
def test_what_is_no_graph_raises_nothing(words):
    for key in ("prompt", "workflow", "parameters", "invokeai_metadata", "Comment"):
        found = read(told.png(**{key: words, "Software": "NovelAI"}), "PNG")
        assert found is None or found.tool in {"ComfyUI", "InvokeAI", "NovelAI"}


LEAVES = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    st.lists(st.one_of(st.sampled_from(["1", "2", "3", "4"]), st.integers(0, 2)), max_size=3),
)
NAMES = st.sampled_from(
    [*("positive", "negative", "text", "seed", "model", "latent_image", "samples", "images")]
    + [*("guider", "sigmas", "ckpt_name", "lora_1", "conditioning", "string_a", "value", "image")]
)
KINDS = st.sampled_from(["KSampler", "SaveImage", "CLIPTextEncode", "LoraLoader", "ShowText", "X"])
NODES = st.fixed_dictionaries(
    {"class_type": KINDS, "inputs": st.dictionaries(NAMES, LEAVES, max_size=8)}
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["1", "2", "3", "4"]), NODES, min_size=1))
def test_any_graph_is_walked_to_an_end(graph):
    found = read(told.png(prompt=json.dumps(graph)), "PNG")
    assert found is not None
    json.dumps(found.as_json(), allow_nan=False).encode()
