"""The brief keeps what it said."""

import pytest

from projects.videos.models import BriefRevision
from tests.videos import make

pytestmark = pytest.mark.django_db
QUERIES = 7
FIRST = "She counts. Nobody answers.\n她在计数。无人应答。"
SECOND = "She counts. The plain answers.\n她在计数。平原应答。"


@pytest.fixture
def concept():
    return make.concept("晶格的记忆")


def write(client, concept, text):
    return client.post(f"/concepts/{concept.pk}/brief/", {"brief": text})


def texts(concept):
    return list(concept.brief_revisions.values_list("number", "text"))


def test_each_state_of_a_brief_is_kept(studio_client, concept):
    write(studio_client, concept, FIRST)
    answer = write(studio_client, concept, SECOND.replace("\n", "\r\n"))
    assert answer.url == f"/concepts/{concept.pk}/"
    concept.refresh_from_db()
    assert concept.brief == SECOND
    assert texts(concept) == [(2, SECOND), (1, FIRST)]


def test_a_brief_that_says_the_same_is_no_revision(studio_client, concept):
    for _time in range(2):
        write(studio_client, concept, FIRST)
    assert texts(concept) == [(1, FIRST)]


def test_a_brief_from_before_becomes_the_first_revision(studio_client):
    concept = make.concept(brief=FIRST)
    write(studio_client, concept, SECOND)
    assert texts(concept) == [(2, SECOND), (1, FIRST)]


def test_the_form_of_the_concept_keeps_them_too(studio_client):
    concept = make.concept(brief=FIRST)
    fields = {"title": "晶格", "other_title": "", "stage": "idea", "brief": SECOND}
    studio_client.post(f"/concepts/{concept.pk}/edit/", fields)
    concept.refresh_from_db()
    assert concept.brief == SECOND
    assert texts(concept) == [(2, SECOND), (1, FIRST)]


def test_what_changed_is_marked(studio_client, concept):
    write(studio_client, concept, FIRST)
    write(studio_client, concept, SECOND)
    page = studio_client.get(f"/concepts/{concept.pk}/brief/revisions/").content.decode()
    assert "<ins>The plain answers.</ins>" in page
    assert "<del>Nobody answers.</del>" in page
    assert "<del>无人</del>" in page
    assert "<ins>平原</ins>" in page


def test_an_earlier_brief_is_restored_as_a_new_revision_and_that_is_taken_back(
    studio_client, concept
):
    write(studio_client, concept, FIRST)
    write(studio_client, concept, SECOND)
    first, second = BriefRevision.objects.order_by("number")
    studio_client.post(f"/briefs/{first.pk}/restore/")
    page = studio_client.get(f"/concepts/{concept.pk}/").content.decode()
    assert "The brief says again what revision 1 said." in page
    assert f'action="/briefs/{second.pk}/restore/"' in page
    studio_client.post(f"/briefs/{second.pk}/restore/")
    assert [text for _number, text in texts(concept)] == [SECOND, FIRST, SECOND, FIRST]


@pytest.mark.parametrize("number", ["9", "x", "一"])
def test_a_revision_that_is_not_there_is_not_found(studio_client, concept, number):
    write(studio_client, concept, FIRST)
    address = f"/concepts/{concept.pk}/brief/revisions/?number={number}"
    assert studio_client.get(address).status_code == 404


def test_a_concept_without_revisions_says_so(studio_client, concept):
    page = studio_client.get(f"/concepts/{concept.pk}/brief/revisions/").content.decode()
    assert "The brief has not been changed since revisions are kept." in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_for_one_revision_and_for_three(
    studio_client, django_assert_num_queries, concept, number
):
    for place in range(number):
        BriefRevision.keep(concept, f"提要 {place}")
    studio_client.get("/concepts/")
    with django_assert_num_queries(QUERIES):
        studio_client.get(f"/concepts/{concept.pk}/brief/revisions/")
