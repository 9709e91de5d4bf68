"""The texts of code and templates: collected whole, and translated whole."""

import importlib.util
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(settings.BASE_DIR)
spec = importlib.util.spec_from_file_location("extract_messages", ROOT / "bin/extract_messages.py")
extract = importlib.util.module_from_spec(spec)
spec.loader.exec_module(extract)
PO = extract.catalogue_path("zh_Hans")
HAN = "[\u3400-\u9fff]"
PLACE = re.compile(r"%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?[sdif]|\{\w*\}|%%")
TAG = re.compile(r"</?\w+[^>]*>")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(PO))


@pytest.fixture(scope="module")
def messages():
    return extract.messages()


def told(entry):
    """What stands in the other language; nothing while it is not translated."""
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return [form for form in forms if form]


# --- what is collected ----------------------------------------------------------------------------
CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy
from studio.lib.sentence import Sentence
a = _("of code") + _("in two "
      "pieces")
b = gettext_lazy("said later")
c = ngettext("%(n)d leaf", "%(n)d leaves", 3)
d = pgettext_lazy("stage", "Edit")
e = Sentence("%(file)s is empty.", file="x")
f = not_marked("never seen")
"""
PAGE = """{% load i18n %}
<p title="{% translate "of a page" %}">{{ _("of a value")|upper }}</p>
{{ x|default:_("of a filter") }}
  <b>{% translate "Edit" context "verb" %}</b> it's {# "{% translate 'never' %}" #}
{% blocktranslate trimmed %}
    two lines
    made one {{ name }}
{% endblocktranslate %}
{% blocktranslate count n=x %}{{ n }} leaf, 1%{% plural %}{{ n }} leaves, 1%{% endblocktranslate %}
{% blocktranslate with a=b context "tree" %}bough {{ a }}{% endblocktranslate %}
{% include "x.html" with said=_("of an include") %}
"""


@pytest.fixture
def tree(tmp_path):
    for path, text in {
        "studio/a.py": CODE,
        "studio/migrations/0001.py": '_("of a migration")',
        "templates/p.html": PAGE,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def test_every_way_to_mark_a_text_is_found_with_its_context_and_its_plural(tree):
    found = extract.messages(tree)
    assert {key: entry.msgid_plural for key, entry in found.items()} == {
        ("", "of code"): "",
        ("", "in two pieces"): "",
        ("", "said later"): "",
        ("", "%(n)d leaf"): "%(n)d leaves",
        ("stage", "Edit"): "",
        ("", "%(file)s is empty."): "",
        ("", "of a page"): "",
        ("", "of a value"): "",
        ("", "of a filter"): "",
        ("verb", "Edit"): "",
        ("", "two lines made one %(name)s"): "",
        ("", "%(n)s leaf, 1%%"): "%(n)s leaves, 1%%",
        ("tree", "bough %(a)s"): "",
        ("", "of an include"): "",
    }
    assert found["", "of code"].occurrences == [("studio/a.py", "")]
    assert found["verb", "Edit"].occurrences == [("templates/p.html", "")]


def test_translations_are_kept_by_their_exact_text_and_nothing_is_guessed(tree):
    before = polib.POFile()
    for entry in (
        polib.POEntry(msgid="of code", msgstr="出自代码"),
        polib.POEntry(msgid="of cod", msgstr="旧文"),
        polib.POEntry(msgid="said later", msgstr="稍后", flags=["fuzzy"]),
        polib.POEntry(msgid="Edit", msgctxt="stage", msgstr="剪辑"),
        polib.POEntry(msgid="%(n)d leaf", msgid_plural="%(n)d leafs", msgstr_plural={0: "旧"}),
    ):
        before.append(entry)
    after = extract.merged(extract.messages(tree), before, "zh_Hans")
    kept = {(one.msgctxt or "", one.msgid): told(one) for one in after if told(one)}
    assert kept == {("", "of code"): ["出自代码"], ("stage", "Edit"): ["剪辑"]}
    assert [one.msgid for one in after if one.fuzzy or one.obsolete] == []
    assert "of cod" not in {one.msgid for one in after}


def nodes(name):
    """The texts that the compiled page will ask for."""
    nodelist = get_template(name).template.nodelist
    for node in nodelist.get_nodes_by_type(TranslateNode):
        literal = getattr(node.filter_expression.var, "literal", node.filter_expression.var)
        context = node.message_context.var if node.message_context else ""
        yield str(context or ""), str(literal).replace("%", "%%")
    for node in nodelist.get_nodes_by_type(BlockTranslateNode):
        text, _ = node.render_token_list(node.singular)
        context = node.message_context.var if node.message_context else ""
        yield str(context or ""), text


def test_all_that_the_compiled_pages_will_ask_for_is_collected(messages):
    names = [
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*.html")
    ]
    asked = {(name, key) for name in names for key in nodes(name)}
    assert len(asked) > 400
    assert sorted(one for one in asked if one[1] not in messages) == []


def test_no_script_has_words_of_its_own():
    """A page gives its scripts their words by data attributes, where they are translated."""
    shown = re.compile(
        r"(?:textContent|innerText|title|placeholder|ariaLabel)\s*=\s*(?P<a>[\"'`].*)"
        r"|setAttribute\(\s*[\"'](?:aria-label|title|alt|placeholder)[\"'],\s*(?P<b>[\"'`].*)"
        r"|(?:alert|confirm|prompt)\((?P<c>.*)"
    )
    found = []
    for path in (ROOT / "static" / "js").rglob("*.js"):
        for line in path.read_text().splitlines():
            for match in shown.finditer(line):
                words = re.sub(r"\$\{[^}]*\}", "", "".join(filter(None, match.groups())))
                if re.search(r"[\"'`][^\"'`]*[A-Za-z]{2}[^\"'`]*[\"'`]", words):
                    found.append(f"{path.name}: {line.strip()}")
    assert found == []


# --- what is translated ---------------------------------------------------------------------------
def test_every_text_is_in_the_catalogue_and_translated(catalogue, messages):
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    left = [
        f"{entry.msgid!r} in {entry.occurrences[0][0]}"
        for key, entry in messages.items()
        if key not in known or not known[key].translated()
    ]
    assert left == [], "\n".join(["Run `make messages` and translate in locale/:", *left])
    gone = sorted(key[1] for key in set(known) - set(messages))
    assert gone == [], "\n".join(["Run `make messages` to drop:", *gone])


def test_collecting_twice_changes_nothing(catalogue, messages, tmp_path):
    first, second = tmp_path / "first.po", tmp_path / "second.po"
    extract.merged(messages, catalogue, "zh_Hans").save(str(first))
    extract.merged(extract.messages(), polib.pofile(str(first)), "zh_Hans").save(str(second))
    assert second.read_bytes() == first.read_bytes()
    assert {one.msgid: told(one) for one in polib.pofile(str(first)) if told(one)} == {
        entry.msgid: told(entry)
        for entry in catalogue
        if told(entry) and (entry.msgctxt or "", entry.msgid) in messages
    }


def test_the_catalogue_says_one_plural_and_no_date_and_no_place(catalogue):
    assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert [entry.msgid for entry in catalogue if entry.msgid_plural and len(told(entry)) > 1] == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []
    assert not re.search(r"^\"(?:POT-|PO-|Last-T)|^#:.*(?: /|:\d)", PO.read_text(), re.M)


def places(text):
    """Named places in any order; unnamed ones in theirs."""
    found = [match for match in PLACE.finditer(text) if match[0] != "%%"]
    named = {match[1] or match[0] for match in found if match[1] or match[0][0] == "{"}
    return named, [match[0][-1] for match in found if not match[1] and match[0][0] == "%"]


def test_places_and_elements_of_a_text_and_its_translation_agree(catalogue):
    other = []
    for entry in catalogue:
        for text in told(entry):
            if places(text) != places(entry.msgid_plural or entry.msgid):
                other.append((entry.msgid, text))
            if sorted(TAG.findall(text)) != sorted(TAG.findall(entry.msgid)):
                other.append((entry.msgid, text))
    assert other == []


def test_chinese_has_full_width_marks_curly_quotes_and_speaks_to_nobody(catalogue):
    """Commas and stops beside Han characters are full-width; 你 and 您 are not needed."""
    narrow = re.compile(rf"{HAN}[,;:?!](?!\S*\))|[,;:?!]{HAN}|{HAN}\.(?:\s|$)|{HAN}\(|\){HAN}")
    wrong = [
        text
        for entry in catalogue
        for text in told(entry)
        if narrow.search(text) or re.search(r"[你您！]|\.\.\.", text) or '"' in TAG.sub("", text)
    ]
    assert wrong == []


def test_a_latin_word_stands_apart_from_han_characters(catalogue):
    close = re.compile(rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}")
    dates = {"Y年n月j日", "n月j日"}
    wrong = [
        text
        for entry in catalogue
        for text in told(entry)
        if close.search(PLACE.sub("", TAG.sub("", text)))
    ]
    assert sorted(set(wrong) - dates) == []
