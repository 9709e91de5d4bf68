"""The author's own statuses: added, renamed, put in order, removed."""

import pytest

from projects.writing.models import Scene, Status
from projects.writing.outline import outline

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def book():
    made = make.book()
    for label in ("Draft", "二稿", "Done"):
        Status.objects.create(book=made, label=label)
    return made


def labels(book):
    return [status.label for status in book.statuses.all()]


def test_a_status_is_added_as_the_last(studio_client, book):
    answer = studio_client.post(f"/books/{book.pk}/statuses/", {"label": " 定稿 "})
    assert answer.url == f"/books/{book.pk}/statuses/"
    assert labels(book) == ["Draft", "二稿", "Done", "定稿"]


@pytest.mark.parametrize(
    ("label", "said"), [(" ", "A status needs a name."), ("Done", "There is a status of that name")]
)
def test_a_name_that_cannot_be_is_refused(studio_client, book, label, said):
    answer = studio_client.post(f"/books/{book.pk}/statuses/", {"label": label})
    assert answer.status_code == 422 and said in answer.content.decode()
    first = book.statuses.get(label="Draft")
    answer = studio_client.post(f"/statuses/{first.pk}/edit/", {"label": label})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert labels(book) == ["Draft", "二稿", "Done"]


def test_a_status_is_renamed_and_keeps_its_texts(studio_client, book):
    status = book.statuses.get(label="Draft")
    scene = make.scene("One.", chapter=make.chapter(book=book), status=status)
    studio_client.post(f"/statuses/{status.pk}/edit/", {"label": "First draft"})
    assert Scene.objects.get(pk=scene.pk).status.label == "First draft"


def test_the_order_darkens_the_edge(studio_client, book):
    status = book.statuses.get(label="Done")
    make.scene("One.", chapter=make.chapter(book=book, status=status))
    assert [bar.look for bar in outline(book).edge] == ["now"]
    make.scene("Two.", chapter=make.chapter(book=book))
    assert outline(book).edge[0].look == "tone-3"
    for _ in range(2):
        studio_client.post(f"/statuses/{status.pk}/place/", {"step": "up"})
    assert labels(book) == ["Done", "Draft", "二稿"]
    assert outline(book).edge[0].look == "tone-0"


def test_a_removed_status_gives_its_texts_to_another(studio_client, book):
    status, other = book.statuses.get(label="Draft"), book.statuses.get(label="二稿")
    chapter = make.chapter(book=book, status=status)
    scene = make.scene("One.", chapter=chapter, status=status)
    scene.trash()
    studio_client.post(f"/statuses/{status.pk}/remove/", {"to": other.pk})
    chapter.refresh_from_db()
    assert chapter.status == other
    assert Scene.everything.get(pk=scene.pk).status == other
    studio_client.post(f"/statuses/{other.pk}/remove/", {"to": ""})
    chapter.refresh_from_db()
    assert chapter.status is None
    assert labels(book) == ["Done"]


@pytest.mark.parametrize("number", [1, 3])
def test_statuses_take_the_same_queries_however_many(
    studio_client, django_assert_num_queries, number
):
    book = make.book()
    for place in range(number):
        status = Status.objects.create(book=book, label=f"{place}")
        make.scene("One.", chapter=make.chapter(book=book, status=status), status=status)
    studio_client.get(f"/books/{book.pk}/statuses/")
    with django_assert_num_queries(6):
        studio_client.get(f"/books/{book.pk}/statuses/")
