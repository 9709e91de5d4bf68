"""Are files filed where they belong? Printed accuracy on two sets of names and pictures."""

from itertools import combinations
from pathlib import Path

import pytest

from projects.images import likeness
from projects.images.grouping import place, read_name
from projects.images.models import Image, Version, next_number
from projects.images.models.image import number_for
from projects.images.proposing import Likenesses, Looked, propose
from projects.images.weighing import SURE
from studio.store.models import Blob

from .intake_cases import CASES, HELD_OUT, MARKS_ALONE, scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known():
    Likenesses.forget()


def file_all(cases, *, in_a_folder):
    """File each as the studio does, without its bytes: (case, image, number, confidence)."""
    filed, images = [], {}
    for count, case in enumerate(cases):
        picture = scene(case.picture, case.order)
        look = likeness.of(picture)
        file = Looked(case.name, look, picture.size, case.parents)
        where = place(Path("in", case.name))
        here = images.get(where.key) if in_a_folder else None
        found = propose(file, here=here)
        image = found.image or Image.objects.create(title=where.title)
        images[where.key] = image
        number, _clash = number_for(image, case.name)
        blob = Blob.objects.create(sha256=f"{count:064x}", size=1)
        width, height = picture.size
        Version.objects.create(
            image=image,
            number=number,
            blob=blob,
            filename=case.name,
            likeness=f"{look:016x}",
            width=width,
            height=height,
        )
        filed.append((case, image.pk, number, found.confidence))
    return filed


def judged(filed):
    """Pairs put together wrongly, pairs kept apart wrongly, and each file's (confidence, right)."""
    wrong, missed = [], []
    for (one, image, *_), (other, elsewhere, *_) in combinations(filed, 2):
        if image == elsewhere and one.picture != other.picture:
            wrong.append((one.name, other.name))
        if image != elsewhere and one.picture == other.picture:
            missed.append((one.name, other.name))
    rights = []
    for at, (case, image, _, sure) in enumerate(filed):
        before = {(each.picture, pk) for each, pk, *_ in filed[:at]}
        mine = {pk for picture, pk in before if picture == case.picture}
        there = {picture for picture, pk in before if pk == image}
        right = there <= {case.picture} and (not mine or image in mine)
        rights.append((sure, right))
    return wrong, missed, rights


@pytest.mark.parametrize("in_a_folder", [True, False], ids=["from a folder", "dropped"])
@pytest.mark.parametrize("cases", [CASES, HELD_OUT], ids=["set", "held out"])
def test_files_are_filed_where_they_belong(cases, in_a_folder, capsys):
    filed = file_all(cases, in_a_folder=in_a_folder)
    wrong, missed, rights = judged(filed)
    right = sum(each for _, each in rights)
    sure = [each for confidence, each in rights if confidence >= SURE]
    with capsys.disabled():
        print(
            f"\n{len(cases)} files of {len({case.picture for case in cases})} pictures: "
            f"{right} filed rightly ({right / len(cases):.1%}), {len(wrong)} pairs put together "
            f"wrongly, {len(missed)} kept apart wrongly; of {len(sure)} called sure "
            f"{sum(sure)} are right."
        )
    assert wrong == []
    assert right / len(cases) >= 0.95
    assert sum(sure) / len(sure) >= 0.95


def test_a_copy_is_put_with_the_file_it_was_made_of_where_both_names_are_marks_alone():
    wrong, missed, _ = judged(file_all(MARKS_ALONE, in_a_folder=False))
    assert (wrong, missed) == ([], [])


@pytest.mark.parametrize("case", [*CASES, *HELD_OUT], ids=lambda case: case.name)
def test_a_name_says_its_number_or_none(case):
    said = read_name(case.name).number
    assert said == case.number or (case.name == "The Wall v1.png" and said == 1)


def test_versions_of_a_picture_stand_in_the_order_their_names_say():
    for cases in (CASES, HELD_OUT):
        filed = file_all(cases, in_a_folder=True)
        places: dict[int, list[tuple[int, int]]] = {}
        for case, image, number, _ in filed:
            places.setdefault(image, []).append((case.order, number))
        wrong = [
            (image, rows) for image, rows in places.items() if len({n for _, n in rows}) < len(rows)
        ]
        assert wrong == []
        assert all(
            numbers == sorted(numbers)
            for rows in places.values()
            for numbers in [[number for _, number in rows]]
        ), places
        Version.objects.all().delete()
        Image.objects.all().delete()
        Blob.objects.all().delete()
        Likenesses.forget()


def test_a_number_that_another_file_has_is_not_given_twice():
    image = Image.objects.create(title="lattice")
    numbers = []
    for count, name in enumerate(["lattice_v3.png", "lattice_v3b.png", "lattice_v10.png"]):
        number, clash = number_for(image, name)
        blob = Blob.objects.create(sha256=f"{count:064x}", size=1)
        Version.objects.create(image=image, number=number, blob=blob, filename=name)
        numbers.append((number, [str(each) for each in clash]))
    assert numbers == [
        (3, []),
        (4, ["its name says v3, which is another file"]),
        (10, []),
    ]
    assert next_number(image) == 11
