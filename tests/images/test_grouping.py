"""Which picture a file belongs to, told from its name."""

from pathlib import Path

import pytest

from projects.images.grouping import files_below, natural, place, relation, split_name


@pytest.mark.parametrize(
    "name",
    [
        "lattice.png",
        "lattice_v3.png",
        "lattice v3b.png",
        "lattice-V03.psd",
        "lattice_03.png",
        "lattice_00012_.png",
        "lattice (2).png",
        "lattice copy.png",
        "lattice copy 2.png",
        "lattice - Copy (3).png",
        "lattice_final2.png",
        "lattice_final_v7b.png",
        "lattice.final.png",
        "lattice_rev4.tif",
        "lattice version 2.webp",
        "lattice~2.jpg",
        "lattice_draft.png",
        "lattice_v3_copy (1).png",
        "lattice_定稿.psd",
    ],
)
def test_marks_of_a_version_are_taken_off_an_english_name(name):
    assert split_name(name)[0] == "lattice"


@pytest.mark.parametrize(
    "name",
    [
        "晨光.png",
        "晨光v3.png",
        "晨光_v3b.png",
        "晨光_03.png",
        "晨光(2).png",
        "晨光（2）.png",
        "晨光 副本.png",
        "晨光副本2.png",
        "晨光 - 副本 (2).png",
        "晨光第3版.png",
        "晨光_第三版.png",
        "晨光改3.png",
        "晨光_修改2.png",
        "晨光二改.png",
        "晨光定稿.png",
        "晨光_终稿2.psd",
        "晨光最终版.png",
        "晨光初稿.png",
        "晨光final2.png",
        "晨光第二稿_副本.png",
    ],
)
def test_marks_of_a_version_are_taken_off_a_chinese_name(name):
    assert split_name(name)[0] == "晨光"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shot_07.png", "shot_08.png"),
        ("shot 07 v2.png", "shot 08 v2.png"),
        ("镜头07.png", "镜头08.png"),
        ("镜头_07.png", "镜头_08.png"),
        ("IMG_1234.jpg", "IMG_1235.jpg"),
        ("lattice night.png", "lattice day.png"),
        ("photocopy.png", "photo.png"),
        ("kiev2.png", "kiev3.png"),
        ("finale.png", "final.png"),
        ("晨光.png", "晨雾.png"),
        ("2046.png", "2047.png"),
    ],
)
def test_names_that_differ_in_anything_else_are_different_pictures(one, other):
    assert place(Path("a", one)).key != place(Path("a", other)).key


def test_equal_names_in_different_folders_are_different_pictures():
    assert place(Path("a/lattice.png")).key != place(Path("b/lattice.png")).key


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("final2 copy.png", "final2.png", "numbered"),
        ("final2 copy.png", "final.png", "generic"),
        ("定稿 副本 2.png", "定稿.psd", "numbered"),
        ("Untitled - Copy (2).png", "untitled.png", "numbered"),
        ("untitled.png", "Untitled copy.png", "generic"),
    ],
)
def test_a_copy_of_a_name_that_says_nothing_belongs_beside_it(one, other, told):
    assert relation(one, other) == told


def test_a_name_of_marks_alone_takes_the_folder():
    assert place(Path("晨光/v1.png")).title == "晨光"
    assert place(Path("晨光/v1.png")).key == place(Path("晨光/v12 (2).png")).key


def test_a_name_of_marks_alone_that_came_without_a_folder_stands_for_itself():
    found = place(Path("定稿.png"))
    assert (found.title, str(found.reason)) == ("定稿", "named “定稿”")


def test_the_reason_says_what_was_left_out():
    assert place(Path("a/first_light_v3b.png")) == (
        ("a", "first_light"),
        "first light",
        "named “first_light” without “_v3b”",
    )
    assert place(Path("a/晨光.png")).reason == "named “晨光”"


def test_files_come_in_natural_order_each_once(tmp_path):
    for name in ("v10.png", "v9.png", "b/v1.png", ".hidden.png"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    found = files_below([tmp_path / "in", tmp_path / "in" / "v9.png"])
    assert [path.name for path in found] == ["v1.png", "v9.png", "v10.png"]
    assert sorted([Path("v10"), Path("v2")], key=natural) == [Path("v2"), Path("v10")]
    names = ["晨光 副本.png", "晨光.png", "晨光.PNG", "light (2).png", "light.png", ""]
    assert [str(path) for path in sorted(map(Path, names), key=natural)] == [
        ".",
        "light.png",
        "light (2).png",
        "晨光.png",
        "晨光.PNG",
        "晨光 副本.png",
    ]
