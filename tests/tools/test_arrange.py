"""Tools and capabilities by hand."""

import pytest

from projects.tools.models import Capability, Tool
from projects.worlds.models import World

from . import make
from .make import on_the_day  # noqa: F401

pytestmark = pytest.mark.django_db
ARRANGE_QUERIES = 6


def toasts(client):
    answer = client.get("/tools/arrange/")
    return [(str(one), one.extra_tags) for one in answer.context["messages"]]


def test_a_tool_and_a_capability_are_named(studio_client):
    studio_client.post("/tools/new/", {"name": "即梦", "version": "3.1"})
    form = {"title": "Water", "other_title": "水", "group": "motion"}
    answer = studio_client.post("/capabilities/new/", form)
    assert answer.url == "/tools/arrange/"
    assert [(tool.name, tool.version) for tool in Tool.objects.all()] == [("即梦", "3.1")]
    row = Capability.objects.get()
    assert (row.title, row.other_title, row.group) == ("Water", "水", "motion")


@pytest.mark.parametrize(
    ("address", "form", "kept"),
    [
        ("/tools/new/", {"name": " ", "version": "第三版"}, "第三版"),
        ("/tools/new/", {"name": "名" * 61}, "名" * 61),
        ("/capabilities/new/", {"title": "", "other_title": "水", "group": "motion"}, "水"),
        ("/capabilities/new/", {"title": "水的样子", "group": "smell"}, "水的样子"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_the_rest_is_kept(studio_client, address, form, kept):
    answer = studio_client.post(address, form)
    assert answer.status_code == 422
    assert f'value="{kept}"' in answer.content.decode()
    assert not Tool.objects.exists() and not Capability.objects.exists()


def test_a_tool_is_renamed_and_retired_and_its_tests_stay(studio_client):
    trial = make.trial()
    form = {"name": "可灵", "version": "3", "retired": "on"}
    studio_client.post(f"/tools/{trial.tool_id}/edit/", form)
    trial.refresh_from_db()
    assert (trial.tool.name, trial.tool.version, trial.tool.retired) == ("可灵", "3", True)
    assert "no longer used" in studio_client.get("/tools/arrange/").content.decode()


def test_a_capability_that_changes_its_group_stands_last_there(studio_client):
    make.capability("水", group="motion")
    moved = make.capability("Hands")
    form = {"title": "Hands", "other_title": "手", "group": "motion"}
    studio_client.post(f"/capabilities/{moved.pk}/edit/", form)
    motion = Capability.objects.filter(group="motion").order_by("position")
    assert [row.title for row in motion] == ["水", "Hands"]


def test_tools_move_among_all_and_capabilities_within_their_group(studio_client):
    tools = [make.tool(name) for name in ("Kontext", "可灵", "Veo")]
    face, water = make.capability("A face"), make.capability("水", group="motion")
    studio_client.post(f"/tools/{tools[2].pk}/place/", {"step": "up"})
    studio_client.post(f"/tools/{tools[0].pk}/place/", {"step": "up"})
    studio_client.post(f"/capabilities/{water.pk}/place/", {"step": "up"})
    assert [tool.name for tool in Tool.objects.all()] == ["Kontext", "Veo", "可灵"]
    assert list(Capability.objects.by_group()) == [face, water]


def test_moving_answers_htmx_with_the_lists_alone(studio_client):
    tool = make.tool("可灵")
    headers = {"HX-Request": "true", "HX-Target": "arranged"}
    answer = studio_client.post(
        f"/tools/{tool.pk}/place/", {"step": "up"}, headers=headers, follow=True
    )
    page = answer.content.decode()
    assert "可灵" in page and "<html" not in page


@pytest.mark.parametrize("kind", ["tool", "capability"])
def test_what_was_named_by_mistake_is_removed_and_comes_back_as_it_was(studio_client, kind):
    space = {"tool": "tools", "capability": "capabilities"}[kind]
    row = {"tool": make.tool, "capability": make.capability}[kind]("即梦 dream")
    studio_client.post(f"/{space}/{row.pk}/remove/")
    assert not type(row).objects.exists()
    (words, undo), *_ = toasts(studio_client)
    assert words == "Removed."
    studio_client.post(undo)
    assert [str(one) for one in type(row).objects.all()] == ["即梦 dream"]


@pytest.mark.parametrize("kind", ["tool", "capability"])
def test_what_has_tests_is_not_removed(studio_client, kind):
    trial = make.trial()
    space = {"tool": "tools", "capability": "capabilities"}[kind]
    row = getattr(trial, kind)
    answer = studio_client.post(f"/{space}/{row.pk}/remove/")
    assert answer.url == f"/{space}/{row.pk}/edit/"
    page = studio_client.get(answer.url).content.decode()
    assert "has tests, or something waits for it." in page
    assert type(row).objects.get() == row and trial.__class__.objects.get() == trial


def test_tests_that_were_removed_do_not_hold_a_tool(studio_client):
    trial = make.trial()
    trial.remove()
    studio_client.post(f"/tools/{trial.tool_id}/remove/")
    assert not Tool.objects.exists()


@pytest.mark.parametrize("space", ["tools", "capabilities"])
def test_a_forged_undo_makes_nothing(studio_client, space):
    studio_client.post(f"/{space}/undo/e30:1abc:xyz/")
    assert toasts(studio_client) == [("That can no longer be undone.", "")]
    assert not Tool.objects.exists() and not Capability.objects.exists()


def test_an_undo_of_a_tool_makes_no_capability(studio_client):
    tool = make.tool("可灵")
    studio_client.post(f"/tools/{tool.pk}/remove/")
    undo = toasts(studio_client)[0][1]
    studio_client.post(undo.replace("/tools/", "/capabilities/"))
    assert not Capability.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_for_three(
    studio_client, django_assert_num_queries, number
):
    World.objects.create(title="计算宇宙")
    for _ in range(number):
        make.tool()
        make.capability()
    studio_client.get("/tools/arrange/")
    with django_assert_num_queries(ARRANGE_QUERIES):
        studio_client.get("/tools/arrange/")
