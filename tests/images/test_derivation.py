"""Families of versions: read from files in whatever order they come, and said by hand."""

import json
from itertools import permutations

import pytest

from projects.images.models import Circular, Clue, Derivation, Version

from . import make, told
from .test_ingest import add

pytestmark = pytest.mark.django_db


def edges(state="found"):
    rows = Derivation.objects.filter(state=state).select_related("child", "parent")
    return {(row.child.filename, row.parent.filename, row.kind, row.how) for row in rows}


def made_from(*names):
    """A PNG whose graph began from the pictures of these names."""
    loads = {
        f"load{number}": told.node("LoadImage", image=name) for number, name in enumerate(names)
    }
    pixels = {f"in{number}": [f"load{number}", 0] for number in range(len(names))}
    latent = told.node("VAEEncode", vae=["ckpt", 2], **{"pixels": ["load0", 0], **pixels})
    latent["inputs"].update(
        {f"image{number}": [f"load{number}", 0] for number in range(len(names))}
    )
    return told.comfy(**loads, space=latent, note=told.node("Note", text=" ".join(names)))


def test_a_version_finds_its_parent_in_another_picture(run_jobs):
    add(make.image("平原"), make.picture(), "salt plain.png")
    add(make.image("晨光"), made_from("shots\\salt plain.png [output]"), "dawn.png")
    run_jobs()
    assert edges() == {("dawn.png", "salt plain.png", "edit", "loaded")}
    assert "“salt plain.png”" in Derivation.objects.get().reason


def test_a_parent_that_comes_later_finds_its_children(run_jobs):
    add(make.image("晨光"), made_from("salt plain.png"), "dawn.png")
    run_jobs()
    assert not Derivation.objects.exists()
    add(make.image("平原"), make.picture(), "salt plain.png")
    run_jobs()
    assert edges() == {("dawn.png", "salt plain.png", "edit", "loaded")}


def test_several_parents_of_one_version(run_jobs):
    image = make.image()
    for tone, name in ((20, "moon.png"), (40, "sea.png")):
        add(image, make.picture(tone=tone), name)
    add(image, made_from("moon.png", "sea.png"), "moon over sea.png")
    run_jobs()
    assert {parent for _, parent, _, _ in edges()} == {"moon.png", "sea.png"}


def test_a_second_file_of_the_name_makes_the_edge_a_proposal(run_jobs):
    add(make.image("one"), make.picture(tone=20), "plain.png")
    add(make.image("child"), made_from("plain.png"), "dawn.png")
    run_jobs()
    assert len(edges()) == 1
    add(make.image("two"), make.picture(tone=40), "plain.png")
    run_jobs()
    assert (edges(), Derivation.objects.filter(state="proposed").count()) == (set(), 2)


def test_all_edges_of_real_files_and_no_other_in_whatever_order_they_come(corpus, run_jobs):
    folder = corpus / "images" / "comfyui"
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".png", ".webp", ".jpg"})
    assert len(files) == 20
    for path in [*files[::2], *reversed(files[1::2])]:
        add(make.image(path.stem), path.read_bytes(), path.name)
    run_jobs()
    fennec, valley = "fennec_girl_sing.png", "yosemite_inpaint_example.png"
    assert edges() == {
        ("flux_fill_inpaint_example.png", valley, "edit", "loaded"),
        ("inpain_model_cat.png", valley, "edit", "loaded"),
        ("flux_kontext_example.png", fennec, "edit", "loaded"),
        ("flux_kontext_example_comic.webp", fennec, "edit", "loaded"),
        ("qwen_image_edit_basic_example.png", fennec, "edit", "loaded"),
        ("omnigen2_example.png", fennec, "reference", "loaded"),
        ("unclip_example_multiple.png", "mountains.png", "reference", "loaded"),
        ("unclip_example_multiple.png", "sunset.png", "reference", "loaded"),
    }
    # Its graph loads both and hands neither on: for a person to say.
    assert edges("proposed") == {
        ("flux2_example.png", fennec, "unknown", "unused"),
        ("flux2_example.png", "sunset.png", "unknown", "unused"),
    }


def xmp(instance, *saves, document="xmp.did:A", derived=""):
    history = "".join(
        f'<rdf:li stEvt:action="saved" stEvt:instanceID="{each}" '
        'stEvt:softwareAgent="Adobe Photoshop 26.0"/>'
        for each in saves
    )
    source = f'<xmpMM:DerivedFrom stRef:instanceID="{derived}"/>' if derived else ""
    space = "http://ns.adobe.com/xap/1.0/"
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        f'xmlns:xmpMM="{space}mm/" xmlns:stEvt="{space}sType/ResourceEvent#" '
        f'xmlns:stRef="{space}sType/ResourceRef#" '
        f'xmpMM:InstanceID="{instance}" xmpMM:DocumentID="{document}">'
        f"{source}<xmpMM:History><rdf:Seq>{history}</rdf:Seq></xmpMM:History>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


SAVES = {
    "first.tif": ("i1", ()),
    "second.tif": ("i2", ("i1", "i2")),
    "third.tif": ("i3", ("i1", "i2", "i3")),
    "export.jpg": ("e1", ()),
}


@pytest.mark.parametrize("order", list(permutations(SAVES))[::7])
def test_saves_of_one_document_are_a_line_whatever_their_order(run_jobs, order):
    image = make.image()
    for name in order:
        instance, saves = SAVES[name]
        kind = "JPEG" if name.endswith("jpg") else "TIFF"
        packet = xmp(instance, *saves, derived="i3" if kind == "JPEG" else "")
        add(image, told.with_xmp(kind, packet), name)
    run_jobs()
    assert edges() == {
        ("second.tif", "first.tif", "edit", "saved"),
        ("third.tif", "second.tif", "edit", "saved"),
        ("export.jpg", "third.tif", "edit", "derived"),
    }


def test_real_photoshop_files_of_one_template_are_not_each_others_parents(corpus, run_jobs):
    image = make.image()
    for path in sorted((corpus / "images" / "psd").iterdir()):
        add(image, path.read_bytes(), path.name)
    run_jobs()
    # Two were saved from one that is not here: brothers, not father and son.
    assert (image.versions.count(), edges()) == (10, set())
    # And one picture in two formats is at most proposed, by its look.
    assert edges("proposed") == {("metadata.psd", "metadata.psb", "unknown", "looks")}


def test_what_was_refused_stays_refused_and_comes_back_when_that_is_taken_back(run_jobs):
    image = make.image()
    parent = add(image, make.picture(), "plain.png")
    child = add(image, made_from("plain.png"), "dawn.png")
    run_jobs()
    Derivation.objects.refuse(child, parent)
    Derivation.objects.relate(child.blob_id)
    Derivation.objects.relate(parent.blob_id)
    assert (edges(), Derivation.objects.get().state) == (set(), "refused")
    assert not Derivation.objects.shown().exists()
    Derivation.objects.forget(child, parent)
    assert len(edges()) == 1


def test_what_was_said_by_hand_survives_a_reading_that_does_not_find_it():
    parent, child = make.version(), make.version()
    Derivation.objects.say(child, parent, "reference")
    Derivation.objects.relate(child.blob_id)
    assert edges("said") == {(child.filename, parent.filename, "reference", "said")}
    Derivation.objects.forget(child, parent)
    assert not Derivation.objects.exists()


def test_a_circle_is_refused_however_long():
    first, second, third = (make.version(tone=tone) for tone in (10, 20, 30))
    Derivation.objects.say(second, first, "edit")
    Derivation.objects.say(third, second, "edit")
    with pytest.raises(Circular) as caught:
        Derivation.objects.say(first, third, "edit")
    assert str(caught.value).endswith("take that back first.")
    with pytest.raises(Circular) as caught:
        Derivation.objects.say(first, first, "edit")
    assert str(caught.value) == "A version is not made from itself; choose another one."
    assert Derivation.objects.count() == 2


def test_files_that_name_each_other_make_one_edge_and_no_circle(run_jobs):
    image = make.image()
    add(image, made_from("b.png", "x.png"), "a.png")
    add(image, made_from("a.png"), "b.png")
    run_jobs()
    assert len(edges()) == 1


def test_a_name_alone_is_a_weak_edge(run_jobs):
    image = make.image()
    add(image, make.picture(tone=20), "晨光_v3.png")
    add(image, make.picture(tone=40), "晨光_v3b.png")
    add(image, make.picture(tone=60), "晨光_v4.png")
    run_jobs()
    row = Derivation.objects.get()
    assert (row.child.filename, row.how, row.is_weak) == ("晨光_v3b.png", "named", True)


def test_older_readers_are_made_good_by_the_job_that_reads_again(run_jobs):
    from projects.images.apps import read_what_is_old

    add(make.image(), make.picture(), "plain.png")
    add(make.image(), made_from("plain.png"), "dawn.png")
    run_jobs()
    Derivation.objects.all().delete()
    Clue.objects.all().delete()
    Version.objects.update(recipe={}, inside={}, recipe_readers=1)
    read_what_is_old()
    assert run_jobs() == 1
    assert edges() == {("dawn.png", "plain.png", "edit", "loaded")}


def test_a_version_that_is_removed_takes_its_edges_along():
    parent, child = make.version(), make.version(reading="unreadable")
    Derivation.objects.say(child, parent, "edit")
    child.remove()
    assert not Derivation.objects.exists()


def test_reading_costs_the_same_among_many_as_among_few(django_assert_num_queries):
    image = make.image()
    child = make.version(image, filename="晨光_v3b.png")
    for number in range(2):
        make.version(tone=20 + number)
    Derivation.objects.relate(child.blob_id)
    with django_assert_num_queries(14):
        Derivation.objects.relate(child.blob_id)
    for number in range(30):
        Derivation.objects.relate(make.version(tone=30 + number).blob_id)
    with django_assert_num_queries(14):
        Derivation.objects.relate(child.blob_id)


def test_graphs_that_refer_to_themselves_end(run_jobs):
    circle = told.graph(
        decode=told.node("VAEDecode", samples=["decode", 0], images=["save", 0]),
        save=told.node("SaveImage", images=["decode", 0]),
        load=told.node("LoadImage", image="dawn.png", pixels=["load", 0]),
    )
    add(make.image(), told.png(prompt=json.dumps(circle)), "dawn.png")
    assert run_jobs() == 1
    assert not Derivation.objects.exists()
