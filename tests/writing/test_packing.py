"""A packed text comes back to the last character, and what was typed since costs little."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.writing.packing import (
    common_head,
    common_tail,
    is_worth_it,
    pack,
    pack_delta,
    unpack,
    unpack_delta,
)

PIECES = ["晶格记得。", "The lattice. ", "她数到一，", "\n", "……", "a", "闻昭", "\u3000\u3000", "🜂"]
prose = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.text(alphabet=st.characters(codec=None), max_size=200)


@given(anything)
@settings(deadline=None)
def test_any_text_comes_back_in_full(text):
    assert unpack(pack(text)) == text


@given(anything, anything)
@settings(deadline=None)
def test_any_text_comes_back_from_any_keyframe(text, keyframe):
    assert unpack_delta(pack_delta(text, keyframe), keyframe) == text


@given(prose, prose)
@settings(max_examples=300, deadline=None)
def test_prose_that_shares_its_sentences_comes_back(text, keyframe):
    assert unpack_delta(pack_delta(text, keyframe), keyframe) == text


@given(prose, prose)
def test_what_two_texts_share_at_their_ends_is_measured_to_the_character(old, new):
    head, tail = common_head(old, new), common_tail(old, new)
    assert old[:head] == new[:head]
    assert old[head : head + 1] != new[head : head + 1] or head == min(len(old), len(new))
    assert old[len(old) - tail :] == new[len(new) - tail :]
    before = [text[: len(text) - tail][-1:] for text in (old, new)]
    assert before[0] != before[1] or tail == min(len(old), len(new))


def chapter(sentences, seed=1):
    chance = random.Random(seed)
    signs = [chr(0x4E00 + chance.randrange(2000)) for _ in range(600)]
    return [
        "".join(chance.choices(signs, k=chance.randint(8, 40))) + chance.choice("。！？\n")
        for _ in range(sentences)
    ]


def test_a_sentence_put_into_a_long_chapter_costs_little_more_than_itself():
    sentences = chapter(400)
    added = "她把时间写下来，然后写下她没有看见的。"
    changed = "".join([*sentences[:200], added, *sentences[200:]])
    assert len(pack_delta(changed, "".join(sentences))) < len(added.encode()) + 20


def test_paragraphs_that_changed_places_are_pointed_at():
    sentences = chapter(400)
    moved = "".join(sentences[100:200] + sentences[:100] + sentences[200:])
    assert len(pack_delta(moved, "".join(sentences))) < 60


def test_one_word_changed_in_each_of_many_places_costs_about_those_words():
    sentences = chapter(300)
    changed = [
        text.replace(text[3], "晶") if n % 3 == 0 else text for n, text in enumerate(sentences)
    ]
    delta = pack_delta("".join(changed), "".join(sentences))
    assert len(delta) < len(pack("".join(sentences))) / 3


def test_a_million_characters_in_one_paragraph_are_packed_too():
    text = "".join(chapter(40_000)).replace("\n", "")
    changed = text[:300_000] + "新的一句。" + text[300_000:]
    delta = pack_delta(changed, text)
    assert len(delta) < 60
    assert unpack_delta(delta, text) == changed


def test_a_new_keyframe_is_due_when_the_deltas_have_come_to_its_size():
    assert is_worth_it(100, 10_000, 0)
    assert is_worth_it(1_000, 10_000, 19)
    assert not is_worth_it(1_000, 10_000, 20)
    assert not is_worth_it(10_000, 10_000, 0)
