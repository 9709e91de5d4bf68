"""The page followers see: what stands on it, in which language, and how caches may keep it."""

import re
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from projects.videos.models import Concept
from studio.public.models import Letter, Publication, PublicMedia
from studio.public.printed import CACHE

from . import make
from .walk import Answer, everywhere

pytestmark = pytest.mark.django_db
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def text_of(client: Client, address: str = "/progress/") -> str:
    """The words of a page without its marks."""
    page = client.get(address).text
    bare = re.sub(r"<(script|style|title)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


def sections(client: Client) -> list[str]:
    return re.findall(r'<section class="band" id="(\w+)"', client.get("/progress/").text)


@pytest.mark.parametrize(
    ("address", "lang", "said"),
    [
        ("/progress/", "en", "Nothing has been published yet."),
        ("/zh/progress/", "zh-Hans", "Nothing has been published yet."),
    ],
)
def test_nothing_is_public_by_default(client, owner, address, lang, said):
    make.studio(pictures=False)
    answer = client.get(address)
    assert f'<html lang="{lang}">' in answer.text
    for word in ("Computational", "计算宇宙", "Lattice", "晶格", "novels", "小说"):
        assert word not in answer.text
    if lang == "en":
        assert said in answer.text
    assert sections(client) == []


def test_the_page_is_put_together_piece_by_piece(client, owner):
    make.studio()
    assert sections(client) == []
    seen = {}
    for name in ("front", "intention", "book", "film", "making", "concepts", "frame", "hours"):
        found = next(one for one in make.names() if one.startswith(name))
        make.publish(found)
        seen[name] = sections(client)
    assert seen == {
        "front": ["follow"],
        "intention": ["follow"],
        "book": ["books", "follow"],
        "film": ["books", "films", "follow"],
        "making": ["books", "films", "follow"],
        "concepts": ["books", "films", "follow"],
        "frame": ["books", "films", "frame", "follow"],
        "hours": ["books", "films", "frame", "hours", "follow"],
    }
    Letter.objects.get().publish()
    assert sections(client) == ["books", "films", "frame", "hours", "letters", "follow"]


def test_each_language_has_its_words_and_names_the_other(client, owner):
    make.studio()
    make.publish_all()
    english, chinese = client.get("/progress/").text, client.get("/zh/progress/").text
    assert "To bring my novels to life." in english
    assert "让我的小说活过来。" in chinese
    assert "The lattice would not hold still." in english
    assert "于是我放下画面，回到那一章。" in chinese
    assert "于是我放下画面" not in english
    for page in (english, chinese):
        for code, address in (("en", "/progress/"), ("zh-Hans", "/zh/progress/")):
            link = f'<link rel="alternate" hreflang="{code}" href="http://testserver{address}">'
            assert link in page
    assert '<h1 class="work">The Computational Universe' in english
    assert '<span class="other" lang="zh-Hans">计算宇宙</span>' in english
    assert '<h1 class="work">计算宇宙' in chinese
    assert '<span class="other" lang="en">The Computational Universe</span>' in chinese
    assert '<span class="own" lang="en">First Light of the Machine</span>' in chinese


def test_names_of_films_to_come_are_shown_only_if_chosen(client, owner):
    make.studio(pictures=False)
    make.publish("concepts")
    assert "Kesh" not in client.get("/progress/").text
    assert "克什" not in client.get("/zh/progress/").text
    assert "1 more is to come." in text_of(client)
    make.publish("concepts", names=True)
    assert "Low Tide on Kesh" in client.get("/progress/").text
    assert "克什退潮" in client.get("/zh/progress/").text


def test_the_number_of_films_is_told_only_if_chosen(client, owner):
    make.studio()
    make.publish(next(name for name in make.names() if name.startswith("film")))
    assert '<h2 class="display" id="h-films">Films</h2>' in client.get("/progress/").text
    make.publish("concepts")
    assert "Three films. One is done." in text_of(client)


def test_a_released_film_is_a_link_and_a_poster(client, owner):
    make.studio()
    film = Concept.objects.get(stage="released")
    link = "https://example.org/watch?v=1&t=2"
    make.publish(f"film-{film.pk}", link=link, seconds=161, day="2026-03-08")
    page = client.get("/progress/").text
    assert '<a href="https://example.org/watch?v=1&amp;t=2" rel="external noopener">' in page
    assert "2:41, March 2026" in text_of(client)
    assert re.search(r"<(?:iframe|video|embed|object|script)\b", page) is None


def test_a_change_in_the_studio_changes_nothing_until_it_is_published(client, owner):
    film = make.studio(pictures=False)
    make.publish("making")
    before = client.get("/progress/").content
    film.title, film.other_title = "A secret turn", "秘密的转折"
    film.save()
    assert client.get("/progress/").content == before
    Concept.objects.all().delete()
    assert client.get("/progress/").content == before


def test_a_withdrawn_letter_is_gone_and_one_that_never_was_is_not_found(client, owner):
    letter = make.letter()
    copy = letter.publish()
    address = f"/progress/letters/{copy.public_id}/"
    assert client.get(address).status_code == 200
    copy.withdraw()
    answer = client.get(address)
    assert answer.status_code == 410
    assert "This was withdrawn." in answer.text
    assert "On detours" not in answer.text
    assert client.get(f"/zh{address}").status_code == 410
    copy.restore()
    assert client.get(address).status_code == 200
    assert client.get("/progress/letters/nosuchletter/").status_code == 404


def test_a_letter_is_read_in_the_language_it_has(client, owner):
    only = make.letter(title="一封中文信", body="只有中文。", language="zh-Hans").publish()
    english = client.get(f"/progress/letters/{only.public_id}/").text
    assert '<html lang="en">' in english
    assert '<h1 class="display" lang="zh-Hans">一封中文信</h1>' in english
    own = f"http://testserver/zh/progress/letters/{only.public_id}/"
    assert f'<link rel="canonical" href="{own}">' in english
    assert re.findall(r'hreflang="([\w-]+)" href="http', english) == ["zh-Hans", "x-default"]


def test_caches_may_keep_it_and_a_reader_who_has_it_is_told_so(client, owner):
    make.studio(pictures=False)
    make.publish("intention")
    answer = client.get("/progress/")
    assert answer["Cache-Control"] == CACHE
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["Content-Length"] == str(len(answer.content))
    etag, modified = answer["ETag"], answer["Last-Modified"]
    again = client.get("/progress/", headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert (again["Cache-Control"], again["Vary"]) == (CACHE, "Accept-Encoding")
    since = client.get("/progress/", headers={"if-modified-since": modified})
    assert since.status_code == 304
    packed = client.get("/progress/", headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert packed["ETag"] == etag[:-1] + '-gz"'
    assert client.get("/progress/", headers={"accept-encoding": "gzip;q=0"})["ETag"] == etag
    make.publish("front")
    changed = client.get("/progress/", headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_a_kept_page_costs_no_query_and_a_new_one_two(client, owner, django_assert_num_queries):
    make.studio(pictures=False)
    make.publish("intention")
    with django_assert_num_queries(2):
        client.get("/progress/")
    with django_assert_num_queries(0):
        assert "novels" in client.get("/progress/").text
    for number in range(3):
        make.letter(f"Letter {number}").publish()
    with django_assert_num_queries(2):
        client.get("/progress/")


def test_a_withdrawal_reaches_every_process_at_once(client, owner):
    """Another process is one that has kept its prints: it sees the stamp change."""
    make.studio(pictures=False)
    copy = make.publish("intention")
    assert "novels" in client.get("/progress/").text
    copy.withdraw()
    assert "novels" not in client.get("/progress/").text


def test_a_picture_is_public_while_something_shows_it(client, owner):
    make.studio()
    copy = make.publish("front")
    media = PublicMedia.objects.first()
    address = f"/progress/media/{media.name}"
    assert address in client.get("/progress/").text
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == media.path.read_bytes()
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    copy.withdraw()
    assert client.get(address).status_code == 410
    assert client.get(f"/progress/media/{'0' * 64}.webp").status_code == 404


def test_the_head_of_a_page_tells_who_and_where(client, owner, settings):
    settings.SITE_URL = "https://studio.example.org"
    make.studio()
    make.publish("front", line="Novels and films.", other_line="小说与影片。")
    page = client.get("/progress/").text
    picture = PublicMedia.objects.order_by("-width").first()
    for name, value in {
        "og:title": "The Computational Universe",
        "og:description": "Novels and films.",
        "og:url": "https://studio.example.org/progress/",
        "og:locale": "en_GB",
        "og:image": f"https://studio.example.org/progress/media/{picture.name}",
    }.items():
        assert f'<meta property="{name}" content="{value}">' in page
    chinese = client.get("/zh/progress/").text
    assert '<meta property="og:description" content="小说与影片。">' in chinese
    assert '<meta property="og:locale" content="zh_CN">' in chinese


def test_no_public_answer_sets_a_cookie_or_asks_who_is_there(client, owner):
    make.studio()
    make.publish_all()
    client.cookies["sid"] = "someone"
    client.cookies["language"] = "zh-hans"
    for address in everywhere():
        if address.startswith(("/progress", "/zh/")):
            answer = Answer(address, client.get(address))
            assert answer.cookies == [], answer
            assert set(answer.vary.split(", ")) <= {"", "Accept-Encoding"}, answer
    assert '<html lang="en">' in client.get("/progress/").text


def test_the_owner_sees_what_everybody_sees(studio_client, client):
    make.studio(pictures=False)
    make.publish_all()
    for address in ("/progress/", "/zh/progress/", "/progress/feed.atom", "/progress/letters/"):
        assert studio_client.get(address).content == client.get(address).content


def test_the_public_side_asks_its_own_tables_only(client, owner):
    make.studio()
    make.publish_all()
    asked = [one for one in everywhere() if one.startswith(("/progress", "/zh/"))]
    with make.only_public_tables() as queries:
        for address in asked:
            Answer(address, client.get(address))
    assert len(queries) > 10


def test_an_address_without_its_last_stroke_leads_there(client, owner):
    answer = client.get("/zh/progress")
    assert (answer.status_code, answer["Location"]) == (301, "/zh/progress/")
    assert answer.cookies == {}


def test_an_error_of_ours_says_nothing(owner, monkeypatch):
    make.studio(pictures=False)
    make.publish("intention")

    def broken(*args: Any) -> None:
        raise RuntimeError("秘密的转折")

    monkeypatch.setattr(sys.modules["studio.public.views.progress"], "page_now", broken)
    answer = Client(raise_request_exception=False).get("/progress/")
    assert answer.status_code == 500
    assert "秘密的转折" not in answer.text
    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]


def test_a_studio_without_an_owner_has_an_empty_page(client, db):
    assert client.get("/progress/").status_code == 200
    assert client.get("/progress/feed.atom").status_code == 404


def test_the_page_can_be_made_from_publications_alone(client, owner):
    """As the static export will: every row of the studio may be gone."""
    make.studio(pictures=False)
    make.publish_all()
    pages = ["/progress/", "/zh/progress/", "/progress/feed.atom", "/progress/letters/"]
    before = [client.get(address).content for address in pages]
    (settings.STUDIO_DATA / "public" / "stamp").unlink()
    kept = list(Publication.objects.values_list("pk", flat=True))
    for model in (Letter, Concept):
        model.objects.all().delete()
    assert list(Publication.objects.values_list("pk", flat=True)) == kept
    assert [client.get(address).content for address in pages] == before


def test_dates_are_in_the_manner_of_the_language(client, owner):
    make.publish_own("Book One", "第一部", "2024-06-01")
    assert "1 June 2024" in client.get("/progress/").text
    assert "2024年6月1日" in client.get("/zh/progress/").text
