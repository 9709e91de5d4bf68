"""Nothing a file states is believed: bounds, broken containers, letters no database takes."""

import json
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.images.provenance import Recipe, read
from projects.images.provenance.containers import MOST_TEXT, inflated, search
from projects.images.provenance.recipe import decimal, whole
from projects.images.provenance.xmp import MOST_DEEP, items

from . import told


def test_a_text_that_unpacks_to_more_than_the_bound_is_left_out():
    bomb = zlib.compress(b"Steps: 1, Seed: 2, Sampler: x " * 4_000_000)
    assert len(bomb) < MOST_TEXT
    assert inflated(bomb) == b""
    data = told.png_with(
        told.chunk(b"zTXt", b"parameters\0\0" + bomb),
        told.chunk(b"tEXt", b"Description\0sky --v 6"),
    )
    assert search(BytesIO(data), "PNG").texts == {"Description": "sky --v 6"}


def test_sizes_that_lie_and_chunks_that_break_off_end_the_walk():
    whole_file = told.png(parameters=told.INFOTEXT)
    for cut in range(0, len(whole_file), 7):
        read(whole_file[:cut], "PNG")
    huge = told.png()[:33] + struct.pack(">I", 2**31 - 1) + b"tEXtparameters\0x"
    assert read(huge, "PNG") is None
    for kind, start in (("JPEG", b"\xff\xd8\xff\xe1\xff\xff"), ("WEBP", b"RIFF\0\0\0\0WEBPEXIF")):
        assert read(start + b"\xff" * 500, kind) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "GIF", "TIFF", "PSD", "BMP", ""])
@settings(max_examples=25, deadline=None)
@given(noise=st.binary(max_size=300))
def test_noise_of_any_format_says_nothing(kind, noise):
    assert read(noise, kind) is None


def test_letters_that_no_database_takes_are_cleaned_away():
    words = "salt\\u0000 plain \\ud800 \\udfff \\ud83c\\udf05"
    graph = json.dumps(told.graph()).replace("people", words)
    found = read(told.png(prompt=graph), "PNG")
    assert found.negative == "salt plain   🌅"
    found.negative.encode()
    assert "\\u0000" not in json.dumps(found.as_json())


def test_a_recipe_is_of_bounded_size():
    found = Recipe.of(
        "x" * 10_000,
        prompt="很长" * 100_000,
        loras=[[f"l{n}" * 500, n] for n in range(1000)],
        extras={f"k{n}" * 100: "v" * 10_000 for n in range(1000)},
        others=[f"{n}" * 100_000 for n in range(1000)],
        parents=[f"p{n}" for n in range(1000)],
        history=[["saved", "then", "x" * 1000]] * 1000,
    )
    assert len(json.dumps(found.as_json(), ensure_ascii=False)) < 600_000
    assert (len(found.tool), len(found.prompt), len(found.loras)) == (100, 20_000, 40)
    assert (len(found.extras), len(found.others), len(found.history)) == (40, 20, 200)


@pytest.mark.parametrize(
    ("given", "number"),
    [
        *((5, 5), ("5", 5), (5.0, 5), ("18446744073709551615", 2**64 - 1), (0, 0)),
        *((2**64, None), (-1, None), (5.5, None), (True, None), ("x", None), (None, None)),
        *((float("nan"), None), ("1e999", None), ([], None), ("9" * 5000, None)),
    ],
)
def test_whole_numbers(given, number):
    assert whole(given) == number


def test_numbers_without_an_end_are_none():
    assert (whole(10**5000), decimal(10**5000)) == (None, None)
    assert Recipe.of("", model=10**5000, prompt=7.25).as_json() == {"schema": 1, "prompt": "7.25"}
    assert [decimal(each) for each in ("inf", float("-inf"), "nan", 10**400)] == [None] * 4
    assert decimal("6.5") == 6.5


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = list(Recipe.of("").__dict__)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES))
def test_what_is_kept_is_what_is_read_back_whatever_was_said(said):
    found = Recipe.of(**({"tool": "x"} | said))
    kept = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert Recipe.from_json(kept) == found
    assert Recipe.from_json(said | {"schema": 1}) is not None


@pytest.mark.parametrize("kept", [None, {}, [], "x", {"schema": 99, "prompt": "sky"}])
def test_what_is_kept_by_another_schema_says_nothing(kept):
    assert Recipe.from_json(kept) is None


def test_a_packet_that_defines_entities_is_refused():
    entities = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    assert items(f"{entities}<x><CreatorTool>&b;</CreatorTool></x>") == []


def test_a_packet_that_is_too_deep_or_broken_is_read_to_that_point():
    assert items("<a>" * 100_000) == []
    assert items("no packet") == items("") == items("><") == []
    read_so_far = items('<x xmlns:p="u" p:CreatorTool="Ps"><y>1</y><z></x>')
    assert [(item.name, item.value) for item in read_so_far] == [("CreatorTool", "Ps"), ("y", "1")]
    deep = "<a>" * (MOST_DEEP - 1) + "<b>x</b>" + "</a>" * (MOST_DEEP - 1)
    assert [item.value for item in items(deep)] == ["x"]


def test_a_line_of_settings_made_to_be_slow_is_read():
    for words in ('a:"\\",' * 200_000, "a " * 200_000, "a: " * 100_000, "<lora:" * 100_000):
        read(told.png(parameters=f"sky\n{words}"), "PNG")
        read(told.png(parameters=f"{words}\nSteps: 1, Seed: 2, Sampler: x"), "PNG")
        read(told.png(Description=words), "PNG")
        read(told.png(Dream='"' + words), "PNG")
