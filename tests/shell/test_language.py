"""Which language a page speaks, and who decides."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.5", "zh-Hans"),
        ("zh-Hans", "zh-Hans"),
        ("en-GB", "en"),
        ("fr-FR,fr;q=0.9", "en"),
        ("", "en"),
    ],
)
def test_a_stranger_is_spoken_to_in_the_browsers_language(client, owner, wanted, spoken):
    answer = client.get("/sign-in/", headers={"Accept-Language": wanted})
    assert f'<html lang="{spoken}">' in answer.text
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in answer["Vary"].split(",")}


def test_a_language_that_was_set_for_the_studio_goes_before_the_browsers(client, owner, settings):
    settings.LANGUAGE_IS_SET, settings.LANGUAGE_CODE = True, "zh-hans"
    answer = client.get("/sign-in/", headers={"Accept-Language": "en"})
    assert '<html lang="zh-Hans">' in answer.text


def test_the_owners_choice_goes_before_everything(owner, settings):
    settings.LANGUAGE_IS_SET, settings.LANGUAGE_CODE = True, "en"
    owner.language = "zh-hans"
    owner.save()
    client = Client()
    client.force_login(owner)
    client.cookies["language"] = "en"
    answer = client.get("/settings/", headers={"Accept-Language": "en"})
    assert '<html lang="zh-Hans" data-inside>' in answer.text


def test_a_forged_language_changes_nothing(client, owner):
    client.cookies["language"] = "../../etc"
    assert '<html lang="en">' in client.get("/sign-in/").text
