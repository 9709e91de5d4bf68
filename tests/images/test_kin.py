"""Who a version was made from, by clues alone."""

import pytest

from projects.images.kin import (
    Clue,
    Finding,
    Member,
    is_above,
    match,
    name_key,
    own_clues,
    parent_clues,
    stem_key,
)
from projects.images.provenance import Recipe
from projects.images.provenance.identity import Identity

CHILD = Member(9, image=1, number=5, blob=90)


def loaded(name, how="loaded", kind="edit"):
    return Clue("name", name_key(name), kind, how)


def told(clues, *members, key=None):
    """What is found when every clue could mean `members`."""
    known = {(clue.type, clue.value): list(members) for clue in clues}
    return match(CHILD, clues, key or known)


def member(pk, image=1, number=1, blob=None):
    return Member(pk, image, number, blob or pk * 10)


def test_a_name_that_one_other_file_bears_is_an_edge():
    assert told([loaded("晶格.png")], member(3, image=7)) == [
        Finding(3, "edit", "loaded", "晶格.png", True)
    ]


def test_a_name_in_the_same_picture_comes_before_the_same_name_elsewhere():
    found = told([loaded("lattice.png")], member(2, image=7), member(3), member(4, image=8))
    assert [(each.parent, each.is_certain) for each in found] == [(3, True)]


def test_a_name_that_two_files_bear_is_proposed_for_both():
    found = told([loaded("lattice.png")], member(2, image=7), member(3, image=8))
    assert [(each.parent, each.is_certain) for each in found] == [(2, False), (3, False)]


def test_the_same_bytes_in_two_pictures_are_one_file():
    found = told([loaded("lattice.png")], member(2, image=7, blob=50), member(3, image=8, blob=50))
    assert [(each.parent, each.is_certain) for each in found] == [(2, True)]


@pytest.mark.parametrize(
    "name",
    ["example.png", "ComfyUI_00012_.png", "image.png", "截图 3.png", "clipspace-mask-12.png"],
)
def test_a_name_that_is_given_to_hundreds_is_proposed_from_elsewhere_and_sure_at_home(name):
    clue = loaded(name)
    assert [each.is_certain for each in told([clue], member(2, image=7))] == [False]
    assert [each.is_certain for each in told([clue], member(2))] == [True]


def test_a_version_is_never_its_own_parent_nor_that_of_its_twin():
    assert told([loaded("a.png")], CHILD, member(4, image=3, blob=90)) == []


def test_what_was_loaded_under_its_own_name_can_only_be_an_earlier_version():
    clues = parent_clues("a.png", Identity(), Recipe.of("ComfyUI", parents=["a.png"]))
    assert [clue.how for clue in clues] == ["overwritten"]
    assert told(clues, member(2, number=6)) == []
    assert [each.parent for each in told(clues, member(2, number=4))] == [2]
    assert told(clues, member(2, image=7)) == []


def test_what_was_loaded_for_nothing_is_at_most_proposed():
    recipe = Recipe.of("ComfyUI", kinds={"plain.png": "unused"})
    clues = parent_clues("x.png", Identity(), recipe)
    assert told(clues, member(2)) == [Finding(2, "unknown", "unused", "plain.png", False)]


def test_the_latest_save_that_is_here_is_the_parent_and_those_before_are_not():
    ids = Identity(instance="i4", saves=("i1", "i2", "i3", "i4"))
    clues = parent_clues("x.psd", ids, None)
    known = {("instance", "i1"): [member(2)], ("instance", "i2"): [member(3)]}
    assert match(CHILD, clues, known) == [Finding(3, "edit", "saved", "i2", True)]


def test_two_exports_of_one_document_are_not_made_from_each_other():
    ids = Identity(document="d", instance="i9", original="d")
    known = {("document", "d"): [member(2)], ("instance", "i9"): [member(3)]}
    assert match(CHILD, parent_clues("x.png", ids, None), known) == []


def test_pasted_documents_are_references_when_there_is_one_of_them():
    ids = Identity(document="own", ancestors=("own", "moon", "sea"))
    clues = parent_clues("x.psd", ids, None)
    known = {("document", "moon"): [member(2, 7)], ("document", "sea"): [member(3), member(4)]}
    assert match(CHILD, clues, known) == [Finding(2, "reference", "pasted", "moon", True)]


@pytest.mark.parametrize(
    ("name", "stem", "kind"),
    [
        ("晨光_v3b.png", "晨光_v3", "edit"),
        ("dawn_v3 copy.psd", "dawn_v3", "edit"),
        ("dawn_v3-4x.png", "dawn_v3", "upscale"),
        ("晨光 v2 放大.png", "晨光 v2", "upscale"),
        ("晨光v2副本.png", "晨光v2", "edit"),
    ],
)
def test_a_name_that_continues_another_is_a_weak_edge(name, stem, kind):
    clue = parent_clues(name, Identity(), None)[-1]
    assert (clue.value, clue.kind, clue.how) == (stem, kind, "named")
    assert [each.parent for each in told([clue], member(2, number=3))] == [2]
    assert told([clue], member(2, image=7, number=3)) == []
    assert told([clue], member(2, number=3), member(3, number=4)) == []
    assert told([clue], member(2, number=6)) == []


@pytest.mark.parametrize(
    "name", ["dawn_v4.png", "晨光_03.png", "a.png", "b.png", "Kiev2.png", "photocopy.png", "v3.png"]
)
def test_a_next_number_is_no_parentage(name):
    assert parent_clues(name, Identity(), None) == []


def test_what_the_file_says_silences_what_its_name_suggests():
    recipe = Recipe.of("ComfyUI", parents=["base.png"], kinds={"base.png": "upscale"})
    clues = parent_clues("x_v3b.png", Identity(), recipe)
    known = {("name", "base.png"): [member(2)], ("stem", "x_v3"): [member(3)]}
    assert [each.parent for each in match(CHILD, clues, known)] == [2]


def test_names_are_compared_without_folders_forms_and_case():
    assert name_key("Unter/Cafe\u0301.PNG") == name_key("CAFÉ.png") == "café.png"
    assert stem_key("a\\b\\晨光_v3.tar.png") == "晨光_v3.tar"
    assert ("stem", "晨光_v3") in own_clues("晨光_v3.png", Identity())


def test_circles_are_seen_however_long():
    parents = {2: [1], 3: [2], 4: [3, 1]}
    assert is_above(4, 1, parents)
    assert is_above(2, 2, parents)
    assert not is_above(1, 4, parents)
    assert not is_above(3, 4, {**parents, 3: [3]})
