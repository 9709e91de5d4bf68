"""What the words were can be seen, compared and brought back."""

import re

import pytest

from . import make

pytestmark = pytest.mark.django_db


def revisions(scene, **query):
    return f"/scenes/{scene.pk}/revisions/" + (
        "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""
    )


def listed(answer):
    return [int(n) for n in re.findall(r'name="to"\s+value="(\d+)"', answer.content.decode())]


@pytest.fixture
def scene():
    made = make.scene("The lattice allowed shining. 晶格容许光。")
    made.revise("The lattice permitted shining. 晶格允许光。", base=1, device="phone")
    made.revise(
        "The lattice permitted shining. 晶格允许光。\nShe waited.",
        base=2,
        name="第二稿",
        kind="named",
    )
    return made


def test_the_list_names_each_revision_with_what_it_changed(studio_client, scene):
    answer = studio_client.get(revisions(scene))
    rows = [(row.revision.number, row.revision.name, row.said) for row in answer.context["rows"]]
    assert rows == [(3, "第二稿", "+2"), (2, "", "+2 −2"), (1, "", "+9")]


def test_the_newest_is_compared_with_what_it_was_made_from(studio_client, scene):
    answer = studio_client.get(revisions(scene))
    assert (answer.context["from"], answer.context["to"]) == (2, 3)
    assert "<ins>She waited.</ins>" in answer.content.decode()


def test_any_two_can_be_compared(studio_client, scene):
    page = studio_client.get(revisions(scene, **{"from": 1, "to": 2})).content.decode()
    assert "<del>allowed</del><ins>permitted</ins>" in page
    assert "<del>容</del><ins>允</ins>" in page


def test_backwards_too(studio_client, scene):
    page = studio_client.get(revisions(scene, **{"from": 3, "to": 1})).content.decode()
    assert "<ins>allowed</ins>" in page


def test_the_same_two_have_no_changes(studio_client, scene):
    page = studio_client.get(revisions(scene, **{"from": 2, "to": 2})).content.decode()
    assert "These two are the same, word for word." in page


def test_markup_in_the_text_stays_text(studio_client):
    scene = make.scene("<b>one</b>")
    scene.revise("<script>alert(1)</script>", base=1)
    page = studio_client.get(revisions(scene)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("query", [{"from": 9, "to": 3}, {"to": 77}])
def test_a_revision_that_is_not_there_is_not_found(studio_client, scene, query):
    assert studio_client.get(revisions(scene, **query)).status_code == 404


@pytest.mark.parametrize("said", ["x", "-1", "²", "9" * 40, ""])
def test_a_number_that_is_none_is_as_good_as_none(studio_client, scene, said):
    answer = studio_client.get(revisions(scene, to=said))
    assert (answer.status_code, answer.context["to"]) == (200, 3)


def test_a_scene_without_words_has_a_page_of_revisions_too(studio_client):
    page = studio_client.get(revisions(make.scene())).content.decode()
    assert "Nothing has been saved yet." in page


def test_htmx_gets_the_drawer_alone(studio_client, scene):
    answer = studio_client.get(revisions(scene), headers={"HX-Target": "revisions"})
    page = answer.content.decode()
    assert "<html" not in page
    assert page.count('class="revision"') == 3
    assert answer.headers["Vary"].count("HX-Target") == 1


def test_a_long_history_comes_a_page_at_a_time(studio_client, django_assert_num_queries):
    scene = make.scene("0")
    for n in range(1, 60):
        scene.revise(f"{n} words", base=n)
    with django_assert_num_queries(8):
        first = studio_client.get(revisions(scene))
    assert listed(first) == list(range(60, 36, -1))
    headers = {"HX-Target": "older"}
    older = studio_client.get(revisions(scene, before=first.context["older"]), headers=headers)
    assert listed(older) == list(range(36, 12, -1))
    last = studio_client.get(revisions(scene, before=13), headers=headers)
    assert listed(last) == list(range(12, 0, -1))
    assert "Older revisions" in older.content.decode()
    assert "Older revisions" not in last.content.decode()


def test_the_list_reads_as_often_for_one_revision_as_for_three(
    studio_client, scene, django_assert_num_queries
):
    alone = make.scene("one")
    for one in (alone, scene):
        with django_assert_num_queries(8):
            studio_client.get(revisions(one))


def test_one_revision_can_be_read_in_full(studio_client, scene):
    page = studio_client.get(f"/scenes/{scene.pk}/revisions/1/").content.decode()
    assert "<p>The lattice allowed shining. 晶格容许光。</p>" in page
    assert studio_client.get(f"/scenes/{scene.pk}/revisions/9/").status_code == 404


def test_restoring_makes_a_new_revision_and_undo_another(studio_client, scene):
    answer = studio_client.post(f"/scenes/{scene.pk}/revisions/1/restore/", follow=True)
    scene.refresh_from_db()
    assert (scene.text, scene.head) == ("The lattice allowed shining. 晶格容许光。", 4)
    page = answer.content.decode()
    assert "Revision 1 restored as revision 4." in page
    undo = f"/scenes/{scene.pk}/revisions/3/restore/"
    assert f'action="{undo}"' in page
    studio_client.post(undo)
    scene.refresh_from_db()
    assert (scene.head, scene.text.endswith("She waited.")) == (5, True)
    kinds = list(scene.revisions.order_by("number").values_list("kind", flat=True))
    assert kinds == ["typed", "typed", "named", "restored", "restored"]


def test_restoring_asks_for_post(studio_client, scene):
    assert studio_client.get(f"/scenes/{scene.pk}/revisions/1/restore/").status_code == 405
    assert studio_client.post(f"/scenes/{scene.pk}/revisions/8/restore/").status_code == 404


def test_a_conflict_stands_in_the_list_until_and_after_it_is_settled(studio_client, scene):
    scene.revise("written on the train", base=1, device="phone · Safari")
    page = studio_client.get(revisions(scene)).content.decode()
    assert 'class="revision aside"' in page
    assert ">open<" in page
    studio_client.post(f"/scenes/{scene.pk}/revisions/settle/")
    page = studio_client.get(revisions(scene)).content.decode()
    assert 'class="revision aside"' in page
    assert ">open<" not in page


def test_far_paragraphs_are_folded_and_can_be_unfolded(studio_client):
    text = "".join(f"第{n}段不变。\n" for n in range(9))
    scene = make.scene(text)
    scene.revise(text + "新的一段。\n", base=1)
    page = studio_client.get(revisions(scene)).content.decode()
    assert "8 paragraphs unchanged" in page
    page = studio_client.get(revisions(scene, whole="")).content.decode()
    assert "paragraphs unchanged" not in page
