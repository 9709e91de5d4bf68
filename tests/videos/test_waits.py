"""Shots and concepts wait for a tool, and wake when a test says it can."""

from datetime import date

import pytest

from projects.tools.models import Trial
from projects.videos.models import Concept, Wait
from tests.tools import make
from tests.tools.make import on_the_day  # noqa: F401

pytestmark = pytest.mark.django_db
PAGES = {"/concepts/{concept}/": 13, "/shots/{shot}/": 10, "/tools/": 10}
SINCE = date(2026, 3, 3)


@pytest.fixture
def concept():
    return Concept.objects.create_next(title="The Lattice Remembers", other_title="晶格的记忆")


@pytest.fixture
def shot(concept):
    return concept.add_shot("晶格升起", 8)


@pytest.fixture
def lettering():
    return make.capability()


def wait(thing, capability, tool=None, **fields):
    return Wait.begin(thing, capability, tool, **({"since": SINCE} | fields))


def awake():
    return list(Wait.objects.awake())


def shown(state, capability, tool=None, **fields):
    return make.trial(state, capability=capability, tool=tool or make.tool(), **fields)


# --- waking -------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", ["partly", "not"])
def test_a_test_that_does_not_say_can_wakes_nothing(shot, lettering, state):
    wait(shot, lettering)
    shown(state, lettering)
    assert awake() == []


def test_a_test_that_says_can_wakes_what_waits_for_any_tool(shot, concept, lettering):
    waits = [wait(shot, lettering), wait(concept, lettering)]
    shown("can", make.capability("手"))
    assert awake() == []
    shown("can", lettering, make.tool("即梦"), tried_on=date(2026, 11, 2))
    assert awake() == waits
    assert [(one.woken_on, one.woken_by) for one in awake()] == [(date(2026, 11, 2), "即梦")] * 2


def test_what_waits_for_one_tool_sleeps_while_another_can(shot, lettering):
    kontext = make.tool("Kontext")
    waiting = wait(shot, lettering, kontext)
    shown("can", lettering, make.tool("Photoshop"))
    shown("partly", lettering, kontext)
    assert awake() == []
    shown("can", lettering, kontext, tried_on=date(2026, 11, 2))
    assert awake() == [waiting]


def test_a_newer_test_that_says_not_yet_puts_it_back_to_sleep(shot, lettering):
    wait(shot, lettering)
    can = shown("can", lettering)
    assert len(awake()) == 1
    shown("not", lettering, can.tool, tried_on=date(2026, 11, 2))
    assert awake() == []


def test_removing_the_test_puts_it_back_to_sleep_and_undo_wakes_it(shot, lettering):
    waiting = wait(shot, lettering)
    can = shown("can", lettering)
    can.remove()
    assert awake() == []
    can.bring_back()
    assert awake() == [waiting]


def test_correcting_the_test_puts_it_back_to_sleep(shot, lettering):
    wait(shot, lettering)
    Trial.objects.filter(pk=shown("can", lettering).pk).update(state="partly")
    assert awake() == []


def test_a_tool_no_longer_used_wakes_nothing(shot, lettering):
    wait(shot, lettering)
    can = shown("can", lettering)
    can.tool.retired = True
    can.tool.save()
    assert awake() == []


def test_the_first_tool_that_can_is_the_one_that_woke_it(shot, lettering):
    wait(shot, lettering)
    shown("can", lettering, make.tool("Veo"), tried_on=date(2026, 11, 2))
    shown("can", lettering, make.tool("可灵"), tried_on=date(2026, 10, 2))
    assert [one.woken_by for one in awake()] == ["可灵"]


# --- taking up and giving up --------------------------------------------------------------------
@pytest.mark.parametrize("verb", ["take_up", "dismiss"])
def test_what_was_ended_wakes_no_more_until_it_waits_again(shot, lettering, verb):
    waiting = wait(shot, lettering)
    shown("can", lettering)
    getattr(waiting, verb)()
    assert awake() == []
    waiting.resume()
    assert awake() == [waiting]


def test_what_was_taken_up_stays_taken_up_when_the_test_is_removed(shot, lettering):
    waiting = wait(shot, lettering)
    can = shown("can", lettering)
    waiting.take_up()
    can.remove()
    assert not Wait.objects.open().exists()


def test_the_same_wait_is_not_begun_twice(shot, concept, lettering):
    first = wait(shot, lettering, note="四个字")
    again = wait(shot, lettering, note="五个字")
    wait(shot, lettering, make.tool())
    wait(concept, lettering)
    assert again == first
    assert [one.note for one in Wait.objects.of(shot)] == ["五个字", ""]
    assert Wait.objects.count() == 3


def test_after_it_was_given_up_it_can_wait_anew(shot, lettering):
    wait(shot, lettering).dismiss()
    wait(shot, lettering)
    assert Wait.objects.open().count() == 1


# --- pages --------------------------------------------------------------------------------------
def toasts(client, address):
    return [(str(one), one.extra_tags) for one in client.get(address).context["messages"]]


@pytest.mark.parametrize("kind", ["shot", "concept"])
def test_it_waits_from_its_own_page(studio_client, request, kind, lettering):
    thing = request.getfixturevalue(kind)
    page = f"/{kind}s/{thing.pk}/"
    new = f"/waits/new/?{kind}={thing.pk}"
    assert f'href="{new}"' in studio_client.get(page).content.decode()
    assert studio_client.get(new).context["form"].initial["since"] is not None
    form = {"capability": lettering.pk, "tool": "", "since": "2026-03-03", "note": "四个字"}
    answer = studio_client.post(new, form)
    assert answer.url == page
    assert toasts(studio_client, page)[0][0] == "It waits."
    said = " ".join(studio_client.get(page).content.decode().split())
    assert "Chinese lettering" in said and "since 3 Mar; 四个字" in said
    assert "Take it up" not in said


def test_what_can_be_done_already_says_so_at_once(studio_client, shot, lettering):
    shown("can", lettering, make.tool("即梦"))
    form = {"capability": lettering.pk, "since": "2026-03-03"}
    answer = studio_client.post(f"/waits/new/?shot={shot.pk}", form)
    assert toasts(studio_client, answer.url)[0][0] == "即梦 can do it already."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"capability": ""}, "This field is required."),
        ({"capability": "99"}, "Select a valid choice."),
        ({"since": "2999-01-01"}, "That day is still to come."),
    ],
)
def test_a_wait_that_cannot_be_is_refused_and_its_text_is_kept(
    studio_client, shot, lettering, sent, sentence
):
    form = {"capability": lettering.pk, "since": "2026-03-03", "note": "潮水", **sent}
    answer = studio_client.post(f"/waits/new/?shot={shot.pk}", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page and 'value="潮水"' in page
    assert not Wait.objects.exists()


@pytest.mark.parametrize("query", ["", "?shot=99", "?concept=99", "?shot=x", "?shot=" + "9" * 30])
def test_nothing_can_wait_that_is_not_there(studio_client, query):
    assert studio_client.get(f"/waits/new/{query}").status_code == 404


def test_before_a_capability_is_named_the_page_says_where(studio_client, shot):
    page = studio_client.get(f"/waits/new/?shot={shot.pk}").content.decode()
    assert "Name a capability first" in page and 'href="/tools/arrange/"' in page
    assert "<select" not in page.split("<main")[1].split("</main>")[0]


def test_retired_tools_and_capabilities_are_not_offered_but_kept_where_they_stand(
    studio_client, shot, lettering
):
    old = make.tool("旧工具")
    waiting = wait(shot, lettering, old)
    old.retired = True
    old.save()
    assert "旧工具" not in studio_client.get(f"/waits/new/?shot={shot.pk}").content.decode()
    assert "旧工具" in studio_client.get(f"/waits/{waiting.pk}/edit/").content.decode()


def test_a_wait_is_changed(studio_client, shot, lettering):
    waiting = wait(shot, lettering)
    form = {"capability": lettering.pk, "since": "2026-01-09", "note": "剪影 instead"}
    answer = studio_client.post(f"/waits/{waiting.pk}/edit/", form)
    waiting.refresh_from_db()
    assert answer.url == f"/shots/{shot.pk}/"
    assert (waiting.since, waiting.note) == (date(2026, 1, 9), "剪影 instead")


@pytest.mark.parametrize(("act", "end"), [("take-up", "taken"), ("dismiss", "dismissed")])
def test_it_is_ended_and_undo_lets_it_wait_again(studio_client, shot, lettering, act, end):
    waiting = wait(shot, lettering)
    answer = studio_client.post(f"/waits/{waiting.pk}/{act}/", {"next": "/tools/"})
    waiting.refresh_from_db()
    assert (answer.url, waiting.end) == ("/tools/", end)
    studio_client.post(toasts(studio_client, "/tools/")[0][1])
    assert Wait.objects.open().get() == waiting
    waiting.finish(end)
    studio_client.delete(f"/waits/{waiting.pk}/{act}/")
    assert Wait.objects.open().get() == waiting


def test_an_end_leads_to_no_other_host(studio_client, shot, lettering):
    waiting = wait(shot, lettering)
    answer = studio_client.post(f"/waits/{waiting.pk}/dismiss/", {"next": "//evil.example/"})
    assert answer.url == f"/shots/{shot.pk}/"


def test_tools_shows_what_waits_the_awake_first(studio_client, shot, concept, lettering):
    wait(concept, make.capability("Hands", "手"), since=date(2026, 1, 1))
    wait(shot, lettering, note="四个字")
    shown("can", lettering, make.tool("即梦"), tried_on=date(2026, 11, 2))
    page = " ".join(studio_client.get("/tools/").content.decode().split())
    said = page.split('id="waiting"')[1]
    assert said.index("Chinese lettering") < said.index("Hands")
    assert "即梦 can, since 2 Nov" in said and "; 四个字" in said
    assert said.count("Take it up") == 1


def test_a_cell_names_what_waits_for_it(studio_client, shot, concept, lettering):
    kontext, veo = make.tool("Kontext"), make.tool("Veo")
    wait(shot, lettering, kontext)
    wait(concept, lettering)
    own = studio_client.get(f"/tools/{kontext.pk}/{lettering.pk}/").content.decode()
    other = studio_client.get(f"/tools/{veo.pk}/{lettering.pk}/").content.decode()
    card = [page.split('id="capability"')[1].split('id="waiting"')[0] for page in (own, other)]
    assert ["shot 01" in each for each in card] == [True, False]
    assert ["concept 01" in each for each in card] == [True, True]


def test_a_concept_shows_what_its_shots_wait_for_and_a_shot_only_its_own(
    studio_client, shot, concept, lettering
):
    wait(concept, make.capability("Hands", "手"))
    wait(shot, lettering)
    of_concept = studio_client.get(f"/concepts/{concept.pk}/").content.decode()
    of_shot = studio_client.get(f"/shots/{shot.pk}/").content.decode()
    assert "Shot 01" in of_concept and "Hands" in of_concept and "Chinese lettering" in of_concept
    assert "Hands" not in of_shot and "Chinese lettering" in of_shot


def test_what_something_waits_for_is_not_removed(studio_client, shot, lettering):
    wait(shot, lettering)
    studio_client.post(f"/capabilities/{lettering.pk}/remove/")
    assert Wait.objects.get().capability == lettering


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_the_same_queries_for_one_wait_and_for_three(
    studio_client, django_assert_num_queries, concept, shot, number
):
    for place in range(number):
        wait(shot, make.capability(f"字 {place}"), make.tool())
        wait(concept, make.capability(f"手 {place}"))
    studio_client.get("/tools/")
    for address, queries in PAGES.items():
        with django_assert_num_queries(queries):
            studio_client.get(address.format(concept=concept.pk, shot=shot.pk))
