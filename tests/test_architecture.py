"""What the import contracts cannot see: strings, templates, addresses."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

# The floor first; siblings share a step.
STEPS = [
    {"lib"},
    {"store"},
    {"tools"},
    {"images"},
    {"worlds"},
    {"writing"},
    {"videos", "voice"},
    {"timelog"},
    {"accounts", "desk", "public", "ops"},
]
HEIGHT = {app: height for height, step in enumerate(STEPS) for app in step}
TEMPLATES = Path(settings.BASE_DIR) / "templates"
FLOOR_TEMPLATES = {"base.html", "room.html", "parts"}
PUBLIC = {
    "/healthz",
    "/manifest.webmanifest",
    "/offline/",
    "/progress/",
    "/progress/feed.atom",
    "/progress/letters/",
    "/progress/letters/<slug:public_id>/",
    "/progress/media/<media:name>",
    "/sign-in/",
    "/sign-out/",
    "/sw.js",
    "/welcome/",
    "/zh/progress/",
    "/zh/progress/feed.atom",
    "/zh/progress/letters/",
    "/zh/progress/letters/<slug:public_id>/",
}


def ours() -> list[Any]:
    return [config for config in apps.get_app_configs() if config.label in HEIGHT]


def addresses(resolver: Any = None, prefix: str = "/") -> Iterator[tuple[str, str, Any]]:
    """Every address: its pattern, its full name, its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            for pattern, name, view in addresses(entry, where):
                space = f"{entry.namespace}:" if entry.namespace else ""
                yield pattern, f"{space}{name}", view
        elif isinstance(entry, URLPattern):
            yield where, entry.name or "", entry.callback


def test_every_app_of_the_house_is_there():
    assert {config.label for config in ours()} == set(HEIGHT)


def test_foreign_keys_point_down_or_stay():
    up = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for config in ours()
        for model in config.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if (target := field.related_model._meta.app_label) in HEIGHT and target != config.label
        if HEIGHT[target] >= HEIGHT[config.label]
    ]
    assert up == []


def template_names() -> list[str]:
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


def test_template_includes_point_down_or_stay():
    up = []
    for name in template_names():
        here = name.split("/")[0]
        text = (TEMPLATES / name).read_text()
        for target in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']", text):
            there = target.split("/")[0]
            floor = there in FLOOR_TEMPLATES or "/" not in target
            if floor or there == here:
                continue
            if here not in HEIGHT or there not in HEIGHT or HEIGHT[there] >= HEIGHT[here]:
                up.append(f"{name} -> {target}")
    assert up == []


@pytest.mark.parametrize("name", template_names())
def test_every_template_compiles(name):
    get_template(name)


def test_a_view_has_the_name_of_its_address():
    other = [
        f"{name} -> {view.__name__}"
        for _, name, view in addresses()
        if name and hasattr(view, "__name__") and not hasattr(view, "view_class")
        if name.rpartition(":")[2] != view.__name__
    ]
    assert other == []


def test_the_public_addresses_are_these_and_no_others():
    public = {
        pattern
        for pattern, _, view in addresses()
        if getattr(view, "login_required", True) is False
    }
    assert public == PUBLIC


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert "No changes detected" in capsys.readouterr().out


def test_no_template_has_inline_style_or_script():
    found = []
    for name in template_names():
        text = (TEMPLATES / name).read_text()
        if re.search(r"\sstyle=|<style|\son[a-z]+=[\"']|hx-on", text):
            found.append(name)
        if re.search(r"<script(?![^>]*\bsrc=)", text):
            found.append(name)
    assert found == []


def test_the_locks_name_no_package_index():
    for lock in Path(settings.BASE_DIR).glob("requirements*.txt"):
        assert not re.search(r"https?://|index-url|find-links", lock.read_text()), lock.name
