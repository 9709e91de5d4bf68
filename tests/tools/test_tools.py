"""The matrix, and the history of one cell beside it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.worlds.models import World

from . import make
from .make import on_the_day  # noqa: F401

pytestmark = pytest.mark.django_db
MATRIX_QUERIES = 9
CELL_QUERIES = 12


def words(page):
    """The text of an answer, its white space folded."""
    return " ".join(page.content.decode().split())


def test_without_anything_the_page_names_the_next_act(studio_client):
    page = words(studio_client.get("/tools/"))
    assert "No tool yet." in page
    assert 'href="/tools/arrange/"' in page
    assert 'action="/tools/begin/"' in page
    assert "<table" not in page


def test_the_short_list_comes_only_when_it_is_asked_for(studio_client):
    assert studio_client.get("/tools/begin/").status_code == 405
    assert "Keep a face" not in words(studio_client.get("/tools/"))
    answer = studio_client.post("/tools/begin/")
    assert answer.url == "/tools/arrange/"
    page = words(studio_client.get("/tools/arrange/"))
    assert "11 capabilities added." in page
    assert "Keep a face across shots" in page and "多个镜头里保持同一张脸" in page


def test_with_capabilities_and_no_tool_the_tool_is_the_next_act(studio_client):
    make.capability()
    page = words(studio_client.get("/tools/"))
    assert "Name those you work with." in page and "/tools/begin/" not in page


def test_with_tools_and_no_capability_the_capability_is_the_next_act(studio_client):
    make.tool("即梦")
    page = words(studio_client.get("/tools/"))
    assert "Nothing is asked of your tools yet." in page and "/tools/begin/" in page


def test_each_cell_says_its_tool_its_capability_and_its_state(studio_client):
    now = timezone.localdate()
    trial = make.trial("partly", again_on=now)
    runway = make.tool("Runway", version="gen-5")
    即梦 = make.tool("即梦")
    make.trial("can", tool=runway, capability=trial.capability)
    page = words(studio_client.get("/tools/"))
    assert 'aria-label="Kontext, Chinese lettering: Partly, test again"' in page
    assert 'aria-label="Runway, Chinese lettering: Can"' in page
    assert f'href="/tools/{即梦.pk}/{trial.capability_id}/"' in page
    assert 'aria-label="即梦, Chinese lettering: Untried"' in page
    assert '<span lang="zh-Hans">即梦</span>' in page and "<small>gen-5</small>" in page


def test_the_matrix_speaks_the_readers_language(studio_client, owner):
    owner.language = "zh-hans"
    owner.save()
    trial = make.trial("not")
    page = words(studio_client.get(f"/tools/{trial.tool_id}/{trial.capability_id}/"))
    assert '<th scope="row" lang="zh-Hans">画面中的汉字</th>' in page
    assert '<span class="other" lang="en">Chinese lettering</span>' in page


def test_a_retired_tool_has_no_column_and_its_history_stays(studio_client):
    trial = make.trial("can", note="手写体也行。")
    make.tool("Runway")
    trial.tool.retired = True
    trial.tool.save()
    assert "Kontext" not in words(studio_client.get("/tools/"))
    page = words(studio_client.get(f"/tools/{trial.tool_id}/{trial.capability_id}/"))
    assert "This tool is no longer used." in page and "手写体也行。" in page


def test_what_is_due_is_listed_and_nothing_else(studio_client):
    today = timezone.localdate()
    due = make.trial("partly", again_on=today - timedelta(days=1))
    make.trial("not", tool=make.tool("Kling"), again_on=today + timedelta(days=1))
    answer = studio_client.get("/tools/")
    assert list(answer.context["due"]) == [due]
    assert '<h2 class="title" id="h-due">Test again</h2>' in words(answer)


def test_a_history_is_told_from_the_newest_back(studio_client):
    tool, capability = make.tool(), make.capability()
    for state, days, note in (("not", 200, "Latin only."), ("partly", 40, "四个字能站住。")):
        day = timezone.localdate() - timedelta(days=days)
        make.trial(state, tool=tool, capability=capability, tried_on=day, note=note)
    page = words(studio_client.get(f"/tools/{tool.pk}/{capability.pk}/"))
    assert page.index("四个字能站住。") < page.index("Latin only.")
    assert '<p class="ink-2" lang="zh-Hans">四个字能站住。</p>' in page
    assert 'aria-label="Kontext, Chinese lettering: Partly" aria-current="true"' in page


def test_an_untried_cell_offers_the_first_test(studio_client):
    tool, capability = make.tool(), make.capability()
    page = words(studio_client.get(f"/tools/{tool.pk}/{capability.pk}/"))
    assert "Untried. The first test begins its history." in page
    assert "<details open>" in page
    assert "Remind me later" not in page


def test_the_cells_swap_only_the_card(studio_client):
    trial = make.trial(note="四个字能站住。")
    answer = studio_client.get(
        f"/tools/{trial.tool_id}/{trial.capability_id}/",
        headers={"HX-Request": "true", "HX-Target": "capability"},
    )
    page = words(answer)
    assert "四个字能站住。" in page and "<html" not in page and "<table" not in page
    assert "HX-Target" in answer["Vary"]


def test_markup_in_names_and_notes_is_shown_and_not_obeyed(studio_client):
    trial = make.trial(
        tool=make.tool("<b>x</b>"), capability=make.capability("<i>y</i>"), note="<script>z"
    )
    page = words(studio_client.get(f"/tools/{trial.tool_id}/{trial.capability_id}/"))
    assert "&lt;b&gt;x" in page and "&lt;i&gt;y" in page and "&lt;script&gt;z" in page
    assert "<b>x" not in page and "<i>y" not in page and "<script>z" not in page


@pytest.mark.parametrize("path", ["/tools/9/9/", "/tools/9/edit/", "/capabilities/9/edit/"])
def test_what_is_not_there_answers_404(studio_client, path):
    assert studio_client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/tools/", "/tools/1/1/", "/tools/arrange/"])
def test_a_stranger_sees_nothing(client, owner, path):
    answer = client.get(path)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_for_one_tool_and_for_three(
    studio_client, django_assert_num_queries, number
):
    World.objects.create(title="计算宇宙")
    for _ in range(number):
        trial = make.trial(again_on=make.DAY)
        make.trial("not", tool=trial.tool, capability=trial.capability)
    address = f"/tools/{trial.tool_id}/{trial.capability_id}/"
    studio_client.get("/tools/")
    with django_assert_num_queries(MATRIX_QUERIES):
        studio_client.get("/tools/")
    with django_assert_num_queries(CELL_QUERIES):
        studio_client.get(address)
