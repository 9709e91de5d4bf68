"""Where the address of a deed leads that is opened as if it were a page."""

import pytest

from studio.desk.middleware import above

pytestmark = pytest.mark.django_db
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("opened", "page"),
    [
        ("/time/forecast/", "/time/"),
        ("/exports/new/", "/exports/"),
        ("/versions/3/pick/", "/"),
        ("/images/5/versions/", "/images/5/"),
    ],
)
def test_a_deed_lies_below_the_page_it_belongs_to(opened, page):
    assert above(opened) == page


def test_a_deed_opened_as_a_page_leads_to_the_page_above_it(studio_client):
    answer = studio_client.get("/time/forecast/", headers=PAGE)
    assert (answer.status_code, answer["Location"]) == (302, "/time/")


def test_what_is_asked_for_by_a_script_or_a_program_is_still_told_no(studio_client):
    assert studio_client.get("/time/forecast/").status_code == 405
    asked = {**PAGE, "HX-Request": "true"}
    assert studio_client.get("/time/forecast/", headers=asked).status_code == 405
    assert studio_client.put("/time/", headers=PAGE).status_code == 405


def test_a_deed_stays_closed_to_a_stranger(client):
    answer = client.get("/time/forecast/", headers=PAGE)
    assert "/time/" not in answer["Location"].split("?")[0]
