"""Every page in Chinese: no English is left where a person reads, or where one is read to."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import models

from projects.writing.models import Scene, Status
from studio.store.models import Job
from tests.shell.test_headers import plain_addresses
from tests.story import tell

pytestmark = pytest.mark.django_db

# Names, formats, units and signs that are the same in both languages, and English by its own name.
SAME = """
    Toggl Clockify Kimai Harvest ActivityWatch Timewarrior WakaTime Watson Beeminder ICS
    Throughline Markdown novelWriter SQLite PostgreSQL Photoshop Word Excel OpenDocument
    English
    Atom JSON HTML ComfyUI UTF WebP WEBP PNG png JPEG AVIF GIF TIFF PSD CSV XLSX ODS EPUB DOCX zip
    PDF Letter
    RGB sRGB g B KB MB GB UTC EN A v h px I II III Alt Ctrl Shift TLS K S BUCKET
"""
SPOKEN = {"aria-label", "alt", "title", "placeholder", "content"}
SILENT = {"script", "style", "code", "kbd", "template", "textarea"}
VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr"}
WORD = re.compile(r"[A-Za-z]+")
CONTENT = (
    "title",
    "quote",
    "other_title",
    "name",
    "label",
    "summary",
    "brief",
    "body",
    "quote",
    "note",
    "version",
)


class Reader(HTMLParser):
    """What a page says, but for what is marked as English and what is the author's own."""

    def __init__(self):
        super().__init__()
        self.said, self.open = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        quiet = tag in SILENT or given.get("lang", "").startswith("en")
        quiet = quiet or given.get("id") == "id_zone"  # the world's time zones
        quiet = quiet or any(hidden for _, hidden in self.open)
        if tag not in VOID:
            self.open.append((tag, quiet))
        if not quiet and tag != "meta":
            self.said += [given[name] for name in SPOKEN & set(given) if given[name]]
        if not quiet:
            self.said += [
                words
                for name, words in given.items()
                if re.match(r"data-(?!v|mode|set)", name)
                if words and re.search(r"[a-z] [a-z]", words)
            ]

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(quiet for _, quiet in self.open):
            self.said.append(data)


def english(page):
    """Latin words a page says that are not the same in both languages."""
    reader = Reader()
    reader.feed(page)
    same = set(SAME.split())
    said = (re.sub(r"\bv\d+\b", "", " ".join(words.split())) for words in reader.said)
    return sorted({words for words in said if set(WORD.findall(words)) - same})


@pytest.fixture
def chinese_story(owner):
    """The story of all rooms, its words in Chinese, read by an owner who reads Chinese."""
    story = tell(date.today())
    for model in apps.get_models():
        if model.__module__.partition(".")[0] not in {"projects", "timelog"}:
            continue
        once = {name for each in model._meta.constraints for name in getattr(each, "fields", ())}
        for field in model._meta.get_fields():
            is_text = isinstance(field, (models.CharField, models.TextField))
            if is_text and field.name in CONTENT and field.name not in once and not field.unique:
                model.objects.exclude(**{field.name: ""}).update(**{field.name: "晶格"})
    Status.objects.update(label="初稿")
    Scene.objects.update(text="晶格" * 40)
    owner.name, owner.language = "林远", "zh-hans"
    owner.save()
    Job.objects.update(state="failed", error="")
    return story


def test_no_page_leaves_english_where_chinese_is_read(chinese_story, studio_client):
    left, seen = {}, 0
    for address in [*plain_addresses(), *chinese_story.addresses(), "/nowhere/"]:
        if address.startswith("/progress/"):
            continue  # the English edition of the public page; /zh/progress/ is the Chinese one
        answer = studio_client.get(address)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            seen += 1
            assert '<html lang="zh-Hans"' in answer.text, address
            if words := english(answer.text):
                left[address] = words
    assert seen > 30
    assert left == {}, "\n".join(f"{address}: {words}" for address, words in left.items())
