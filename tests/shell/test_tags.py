"""Icons, seals, durations, and the import map."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from studio.lib.icons import NAMES, icon_svg
from studio.lib.importmap import importmap_json
from studio.lib.styles import TOGETHER
from studio.lib.templatetags.studio import clock, film_time, hours

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def drawn(source: str, **given: str) -> str:
    return Template("{% load studio %}" + source).render(Context(given))


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_icon_is_drawn_and_hidden_from_screen_readers(name):
    svg = icon_svg(name, "icon")
    assert svg.startswith("<svg")
    assert re.search(r'class="icon( solid)?"', svg)
    assert 'aria-hidden="true"' in svg
    assert "style=" not in svg
    assert not re.search(r'\s(?:width|height)="24"', svg.split(">")[0])


def test_every_icon_a_template_names_is_known():
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{%\s*icon "([\w-]+)"', path.read_text())
    }
    assert named - set(NAMES) == set()


def test_an_icon_may_be_small():
    assert 'class="icon s"' in drawn('{% icon "pen" "s" %}')


def test_a_seal_is_a_drawing_with_words_only_where_they_are_given():
    assert 'aria-hidden="true"' in drawn('{% seal "suan" "l" %}')
    said = drawn('{% seal "ding" label=words %}', words="已选 & picked")
    assert 'role="img" aria-label="已选 &amp; picked"' in said


@pytest.mark.parametrize(
    ("seconds", "english"),
    [
        (None, "0 min"),
        (0, "0 min"),
        (59, "1 min"),
        (2400, "40 min"),
        (3599, "1 h"),
        (3600, "1 h"),
        (9600, "2 h 40"),
        (3600 * 1947, "1,947 h"),
        (3600 * 1947 + 300, "1,947 h 05"),
    ],
)
def test_a_duration_reads_as_hours_and_minutes(seconds, english):
    with translation.override("en"):
        assert hours(seconds) == english


def test_a_clock_counts_hours_minutes_seconds():
    assert [clock(each) for each in (None, 59, 2538, 36000)] == [
        "0:00:00",
        "0:00:59",
        "0:42:18",
        "10:00:00",
    ]


def test_a_film_counts_minutes_and_seconds():
    assert [film_time(each) for each in (None, 9, 78, 600)] == ["0:00", "0:09", "1:18", "10:00"]


def test_the_import_map_names_every_module_and_every_import_is_in_it():
    import json

    known = json.loads(importmap_json())["imports"]
    modules = {
        str(path.relative_to(STATIC / "js").with_suffix("")): path
        for path in (STATIC / "js").rglob("*.js")
    }
    assert set(known) == set(modules)
    assert known["main"] == "/static/js/main.js"
    wanted = {
        name
        for path in modules.values()
        for name in re.findall(r'^(?:import|export)\b[^;]*?from "([^"]+)"', path.read_text(), re.M)
    }
    assert wanted - set(known) == set()


def test_every_custom_element_of_a_template_has_its_module_of_the_same_name():
    tags = {
        tag
        for path in TEMPLATES.rglob("*.html")
        for tag in re.findall(r"<([a-z]+(?:-[a-z]+)+)[\s>]", path.read_text())
    }
    modules = {path.stem for path in (STATIC / "js" / "elements").glob("*.js")}
    assert tags - modules == set()
    for path in (STATIC / "js" / "elements").glob("*.js"):
        assert f'customElements.define("{path.stem}"' in path.read_text()


def test_every_stylesheet_is_linked_by_somebody_and_lies_in_a_layer():
    linked = {f"{name}.css" for names in TOGETHER.values() for name in names} | {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'static "css/([^"]+)"', path.read_text())
    }
    files = {str(path.relative_to(STATIC / "css")): path for path in STATIC.glob("css/**/*.css")}
    assert set(files) == linked
    for name, path in files.items():
        outside = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S).strip()
        assert re.match(r"@(layer|font-face)", outside), name


def test_a_sheet_with_others_beside_it_is_never_linked_without_them():
    alone = re.compile(r'static "css/([^"]+)\.css"')
    linked = {
        str(path.relative_to(TEMPLATES)): {*alone.findall(path.read_text())} & {*TOGETHER}
        for path in TEMPLATES.rglob("*.html")
    }
    assert {path: names for path, names in linked.items() if names} == {}


def test_every_sheet_said_by_its_name_is_there():
    for path in TEMPLATES.rglob("*.html"):
        for name in re.findall(r'{% stylesheets "([^"]+)"', path.read_text()):
            assert (STATIC / "css" / f"{name}.css").is_file(), (path, name)


def test_no_stylesheet_reaches_for_another_host():
    for path in STATIC.glob("css/**/*.css"):
        assert not re.search(r"url\([\"']?(?:https?:)?//|@import", path.read_text()), path.name
