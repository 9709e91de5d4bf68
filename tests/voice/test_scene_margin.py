"""One line on the voice, beside the manuscript."""

import pytest

from projects.voice.models import Profile
from projects.writing.models import Scene
from studio.store.models import Job
from tests.writing import make

from .test_voice import home, written  # noqa: F401

pytestmark = pytest.mark.django_db


def line(client, scene):
    page = client.get(f"/scenes/{scene.pk}/edit/").content.decode()
    return page.split('id="voice-line"')[1].split("</section>")[0] if "voice-line" in page else ""


def test_before_there_is_a_home_nothing_is_said(studio_client):
    assert line(studio_client, make.scene("潮水来了。")) == ""


def test_the_line_says_where_the_chapter_stands(studio_client, home):  # noqa: F811
    scene = Scene.objects.order_by("pk").first()
    said = line(studio_client, scene)
    assert "Within your range." in said
    assert "Sentences run" in said
    assert f'href="/voice/?chapter={scene.chapter_id}"' in said
    assert "Before the last changes." not in said


def test_a_short_chapter_and_a_changed_one_are_told(studio_client, home, run_jobs):  # noqa: F811
    (scene,) = written(make.book("Another"), 1, words=700)
    home.ask()
    run_jobs()
    assert "Too short to tell." in line(studio_client, scene)
    make.revision(scene, scene.text + "\nMore.")
    said = line(studio_client, scene)
    assert "Before the last changes." in said
    assert f'hx-post="/voice/{home.pk}/measure/" hx-trigger="load"' in said
    answer = studio_client.post(f"/voice/{home.pk}/measure/", headers={"HX-Target": "voice-line"})
    assert (answer.status_code, Job.objects.unfinished().count()) == (204, 1)


def test_another_hand_is_outside(studio_client, run_jobs):
    own, other = make.book("晶格", language="zh-Hans"), make.book("他人", language="zh-Hans")
    written(own, 6)
    (scene,) = written(other, 1, hand=1)
    Profile.objects.choose(own)
    run_jobs()
    assert "Outside your range." in line(studio_client, scene)
