"""Letters: written in private, published as copies, withdrawn, taken elsewhere."""

import json
import re

import pytest

from studio.public.models import Letter, NotReady, Publication

from . import make

pytestmark = pytest.mark.django_db
FIELDS = {
    "kind": "letter",
    "language": "en",
    "title": "On detours",
    "body": "The lattice would not hold still.\n\nSo I put it down.",
    "other_title": "谈弯路",
    "other_body": "晶格不肯静下来。\n于是我放下画面。",
}


def edit(client, letter, fields, base, **more):
    data = {**fields, "base": base, **more}
    return client.post(f"/letters/{letter.pk}/edit/", data)


def put(client, letter, fields, base):
    body = json.dumps({"text": json.dumps(fields), "base": base, "key": "", "device": ""})
    address = f"/letters/{letter.pk}/edit/"
    return client.put(
        address, body, content_type="application/json", headers={"accept": "application/json"}
    )


def live(letter):
    return Publication.objects.live().filter(public_id=letter.public_id).first()


def test_a_new_letter_is_in_the_language_of_the_studio(studio_client, owner):
    owner.language = "zh-hans"
    owner.save()
    answer = studio_client.post("/letters/new/")
    letter = Letter.objects.get()
    assert answer["Location"] == f"/letters/{letter.pk}/edit/"
    assert letter.language == "zh-Hans"


def test_what_is_written_is_saved_and_stays_private(studio_client, client):
    letter = Letter.objects.create()
    assert edit(studio_client, letter, FIELDS, 0)["Location"] == f"/letters/{letter.pk}/edit/"
    letter.refresh_from_db()
    assert letter.fields == FIELDS
    assert letter.edition == 1
    assert "detours" not in client.get("/progress/").text
    assert client.get("/progress/feed.atom").status_code == 404


def test_line_ends_and_marks_of_a_form_change_no_word(studio_client):
    letter = Letter.objects.create()
    body = "  一行\r\n二行 “引” …\n\n*三*\n"
    edit(studio_client, letter, {**FIELDS, "body": body}, 0)
    letter.refresh_from_db()
    assert letter.body == "  一行\n二行 “引” …\n\n*三*\n"


def test_a_refused_save_keeps_the_text_and_says_so(studio_client):
    letter = Letter.objects.create()
    answer = edit(studio_client, letter, {**FIELDS, "title": "长" * 201}, 0)
    assert answer.status_code == 422
    assert "Nothing was saved; your text is below." in answer.text
    assert "So I put it down." in answer.text
    assert "于是我放下画面。" in answer.text
    letter.refresh_from_db()
    assert letter.edition == 0


def test_two_devices_cannot_write_over_each_other(studio_client):
    letter = Letter.objects.create()
    edit(studio_client, letter, FIELDS, 0)
    mine = {**FIELDS, "body": "Mine, written on the train. 我在火车上写的。"}
    answer = edit(studio_client, letter, mine, 0)
    assert answer.status_code == 409
    assert "This letter was also written elsewhere" in answer.text
    assert "So I put it down." in answer.text
    assert "我在火车上写的。" in answer.text
    letter.refresh_from_db()
    assert letter.fields == FIELDS
    base = re.search(r'name="base" value="(\d+)"', answer.text).group(1)
    assert edit(studio_client, letter, mine, base).status_code == 302
    letter.refresh_from_db()
    assert letter.body == mine["body"]


def test_the_script_saves_as_the_form_does(studio_client):
    letter = Letter.objects.create()
    said = put(studio_client, letter, FIELDS, 0).json()
    assert (said["revision"], said["head"]) == (1, 1)
    again = put(studio_client, letter, FIELDS, 0)  # its answer was lost
    assert (again.status_code, again.json()["revision"]) == (200, 1)
    stale = put(studio_client, letter, {**FIELDS, "body": "别处"}, 0)
    assert stale.status_code == 409
    assert json.loads(stale.json()["text"]) == FIELDS
    assert stale.json()["revision"] == 1
    read = studio_client.get(
        f"/letters/{letter.pk}/edit/", headers={"accept": "application/json"}
    ).json()
    assert (read["revision"], json.loads(read["text"])) == (1, FIELDS)


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"text": 1, "base": 0}', '{"text": "[]", "base": 0}', "\ud83d"]
)
def test_what_is_no_save_is_refused_with_a_sentence(studio_client, body):
    letter = Letter.objects.create()
    answer = studio_client.put(
        f"/letters/{letter.pk}/edit/",
        body.encode("utf-8", "replace"),
        content_type="application/json",
        headers={"accept": "application/json"},
    )
    assert answer.status_code in {400, 422}
    assert answer.json()["error"]
    letter.refresh_from_db()
    assert letter.edition == 0


def test_publishing_and_withdrawing_each_have_a_way_back(studio_client, client):
    letter = make.letter(other_title="谈弯路", other_body="于是我放下画面。")
    address = f"/progress/letters/{letter.public_id}/"
    page = studio_client.post(f"/letters/{letter.pk}/publish/", follow=True).text
    assert f'action="/letters/{letter.pk}/withdraw/"' in page
    assert "Published." in page
    assert "On detours" in client.get(address).text
    first = live(letter)
    page = studio_client.post(f"/letters/{letter.pk}/withdraw/", follow=True).text
    assert f'action="/publications/{first.pk}/restore/"' in page
    assert client.get(address).status_code == 410
    studio_client.post(f"/publications/{first.pk}/restore/")
    assert client.get(address).status_code == 200


def test_a_published_letter_changes_only_when_it_is_published_again(studio_client, client):
    letter = make.letter()
    letter.publish()
    address = f"/progress/letters/{letter.public_id}/"
    edit(studio_client, letter, {**letter.fields, "body": "A later thought. 后来的想法。"}, 0)
    assert "后来的想法" not in client.get(address).text
    before = live(letter)
    page = studio_client.post(f"/letters/{letter.pk}/publish/", follow=True).text
    assert "后来的想法" in client.get(address).text
    assert f'action="/publications/{before.pk}/restore/"' in page
    studio_client.post(f"/publications/{before.pk}/restore/")
    assert "would not hold still" in client.get(address).text
    assert Publication.objects.live().count() == 1
    letter.refresh_from_db()
    assert letter.body == "A later thought. 后来的想法。"


def test_publishing_the_same_again_makes_no_copy():
    letter = make.letter()
    assert letter.publish() == letter.publish()
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "", "body": ""}, "There is no text to publish yet."),
        ({"title": "On detours", "body": ""}, "There is no text to publish yet."),
        ({"title": "", "body": "Words."}, "Each language needs a title and a text"),
        ({"other_title": "谈弯路"}, "Each language needs a title and a text"),
    ],
)
def test_what_is_not_ready_is_not_published(studio_client, fields, said):
    letter = make.letter(**fields)
    answer = studio_client.post(f"/letters/{letter.pk}/publish/")
    assert answer.status_code == 422
    assert said in answer.text
    assert Publication.objects.count() == 0


def test_its_page_shows_what_would_be_published_beside_what_is(studio_client):
    letter = make.letter(body="First words. 先前的话。")
    letter.publish()
    assert studio_client.get(f"/letters/{letter.pk}/").text.count("先前的话。</p>") == 1
    letter.write({**letter.fields, "body": "Later words. 后来的话。"}, 0)
    page = studio_client.get(f"/letters/{letter.pk}/").text
    assert page.index("后来的话。</p>") < page.index("先前的话。</p>")
    assert "Changed since" in page


def test_the_preview_is_the_published_text_to_the_letter(studio_client, client):
    letter = make.letter(
        "谈弯路", "晶格*不肯*静下来。\n于是放下。\n\n- 一\n- 二", language="zh-Hans"
    )
    pattern = re.compile(r'<div class="prose[^"]*" lang="zh-Hans">(.*?)</div>', re.DOTALL)
    drafted = pattern.search(studio_client.get(f"/letters/{letter.pk}/").text).group(1)
    letter.publish()
    shown = client.get(f"/zh/progress/letters/{letter.public_id}/").text
    assert pattern.search(shown).group(1) == drafted


def test_a_letter_can_be_taken_elsewhere(studio_client):
    letter = make.letter(
        "On <detours>",
        "One & *two*.",
        other_title="谈弯路",
        other_body="见[此](https://example.org)。",
    )
    page = studio_client.get(f"/letters/{letter.pk}/").text
    texts = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert [text.strip() for text in texts] == [
        "On &lt;detours&gt;\n\nOne &amp; two.",
        "# On &lt;detours&gt;\n\nOne &amp; *two*.",
        "&lt;h1&gt;On &amp;lt;detours&amp;gt;&lt;/h1&gt;\n"
        "&lt;p&gt;One &amp;amp; &lt;em&gt;two&lt;/em&gt;.&lt;/p&gt;",
        "谈弯路\n\n见此 (https://example.org)。",
        "# 谈弯路\n\n见[此](https://example.org)。",
        "&lt;h1&gt;谈弯路&lt;/h1&gt;\n&lt;p&gt;见&lt;a href=&quot;https://example.org&quot; "
        "rel=&quot;noopener noreferrer&quot;&gt;此&lt;/a&gt;。&lt;/p&gt;",
    ]


def test_a_draft_is_removed_and_brought_back(studio_client):
    letter = make.letter()
    page = studio_client.post(f"/letters/{letter.pk}/remove/", follow=True).text
    assert f'action="/letters/{letter.pk}/bring-back/"' in page
    assert studio_client.get(f"/letters/{letter.pk}/").status_code == 404
    studio_client.post(f"/letters/{letter.pk}/bring-back/")
    assert studio_client.get(f"/letters/{letter.pk}/").status_code == 200


def test_a_public_letter_is_not_removed(studio_client):
    letter = make.letter()
    letter.publish()
    answer = studio_client.post(f"/letters/{letter.pk}/remove/")
    assert answer.status_code == 422
    assert "This letter is public. Withdraw it first." in answer.text
    with pytest.raises(NotReady):
        letter.remove()


def test_the_list_names_every_letter_and_how_it_stands(studio_client):
    make.letter("草稿", "未完。", language="zh-Hans")
    make.letter("Public one").publish()
    changed = make.letter("Changed one")
    changed.publish()
    changed.write({**changed.fields, "body": "More."}, 0)
    page = studio_client.get("/letters/").text
    found = re.findall(
        r'/letters/\d+/" lang="[\w-]+">(.*?)</a>.*?<span class="standing ?([\w-]*)', page, re.DOTALL
    )
    assert sorted(found) == [("Changed one", "changed"), ("Public one", "public-now"), ("草稿", "")]


def test_the_list_asks_the_same_however_many_letters(studio_client, django_assert_num_queries):
    make.letter("First").publish()
    studio_client.get("/letters/")
    with django_assert_num_queries(7) as one:
        studio_client.get("/letters/")
    for number in range(3):
        make.letter(f"第{number}封", "信。", language="zh-Hans").publish()
    with django_assert_num_queries(len(one)):
        studio_client.get("/letters/")


def test_an_empty_list_names_the_next_act(studio_client):
    page = studio_client.get("/letters/").text
    assert "No letter yet." in page
    assert 'action="/letters/new/"' in page
