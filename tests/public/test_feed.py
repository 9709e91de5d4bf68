"""The Atom feed by RFC 4287: what must be there, and names that last."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from studio.public.models import Letter, Publication

from . import make

pytestmark = pytest.mark.django_db
A = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed_of(client, address="/progress/feed.atom"):
    answer = client.get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def one(element, name):
    [found] = element.findall(A + name)
    return found


def links(element):
    return {link.get("rel", "alternate"): link.get("href") for link in element.findall(A + "link")}


@pytest.mark.parametrize(("zh", "lang"), [("", "en"), ("/zh", "zh-Hans")])
def test_everything_the_standard_asks_for_is_there(client, owner, zh, lang):
    make.studio()
    make.publish("front", author="Lin Yuan")
    make.publish_own("Book One", "第一部", "2024-06-01")
    make.publish(next(name for name in make.names() if name.startswith("film")))
    Letter.objects.get().publish()
    feed = feed_of(client, f"{zh}/progress/feed.atom")
    assert feed.tag == f"{A}feed"
    assert feed.get(LANG) == lang
    for element in (feed, *feed.findall(A + "entry")):  # sections 4.1.1 and 4.1.2
        assert one(element, "id").text.startswith("tag:")
        assert one(element, "title").text
        moment = datetime.fromisoformat(one(element, "updated").text)
        assert moment.tzinfo is not None
    assert one(one(feed, "author"), "name").text == "Lin Yuan"
    assert links(feed) == {
        "alternate": f"http://testserver{zh}/progress/",
        "self": f"http://testserver{zh}/progress/feed.atom",
    }
    ids = [one(entry, "id").text for entry in feed.findall(A + "entry")]
    assert len(set(ids)) == len(ids) == 3
    for entry in feed.findall(A + "entry"):
        content = one(entry, "content")
        assert content.get("type") == "html"
        assert content.text
        assert links(entry)["alternate"].startswith(f"http://testserver{zh}/progress/")
    words = {one(entry, "title").text for entry in feed.findall(A + "entry")}
    assert words == (
        {"Book One", "First Light of the Machine", "On detours"}
        if lang == "en"
        else {"第一部", "First Light of the Machine", "谈弯路"}
    )


def test_the_newest_stands_first_with_its_whole_text(client, owner):
    make.letter("First", "The first one.").publish()
    make.letter("第二封", "第二封信。\n\n**重**", language="zh-Hans").publish()
    entries = feed_of(client).findall(A + "entry")
    assert [one(entry, "title").text for entry in entries] == ["第二封", "First"]
    assert entries[0].get(LANG) == "zh-Hans"
    assert one(entries[0], "content").text == "<p>第二封信。</p>\n<p><strong>重</strong></p>"


def test_ids_stay_when_the_studio_moves_and_the_letter_changes(client, owner, settings):
    settings.SITE_URL = "https://old.example.org"
    letter = make.letter()
    letter.publish()
    before = feed_of(client)
    assert one(before, "id").text.startswith("tag:old.example.org,")
    settings.SITE_URL = "https://new.example.net"
    letter.write({**letter.fields, "title": "On long detours"}, letter.edition)
    letter.publish()
    after = feed_of(client)
    assert one(after, "id").text == one(before, "id").text
    [was], [is_now] = before.findall(A + "entry"), after.findall(A + "entry")
    assert one(is_now, "id").text == one(was, "id").text
    assert one(is_now, "published").text == one(was, "published").text
    assert one(is_now, "updated").text >= one(was, "updated").text
    assert links(is_now)["alternate"].startswith("https://new.example.net/progress/letters/")


def test_a_withdrawn_letter_leaves_the_feed(client, owner):
    copy = make.letter().publish()
    make.letter("Another", "Still here.").publish()
    copy.withdraw()
    titles = [one(entry, "title").text for entry in feed_of(client).findall(A + "entry")]
    assert titles == ["Another"]
    Publication.objects.live().get().withdraw()
    assert feed_of(client).findall(A + "entry") == []


def test_there_is_no_feed_before_something_is_published(client, owner):
    make.studio(pictures=False)
    assert client.get("/progress/feed.atom").status_code == 404


def test_a_feed_that_has_not_changed_is_not_sent_again(client, owner):
    make.letter().publish()
    answer = client.get("/progress/feed.atom")
    again = client.get("/progress/feed.atom", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_what_xml_cannot_hold_does_not_break_it(client, owner):
    letter = make.letter("Bell\x07 and 铃", "One\x0b line.")
    letter.publish()
    entry = feed_of(client).find(A + "entry")
    assert one(entry, "title").text == "Bell and 铃"


def test_the_page_tells_readers_where_the_feed_is(client, owner):
    make.letter().publish()
    for zh in ("", "/zh"):
        page = client.get(f"{zh}/progress/").text
        link = f'<link rel="alternate" type="application/atom+xml" href="{zh}/progress/feed.atom"'
        assert link in page
