"""Collect every text a person reads into locale/*/LC_MESSAGES/django.po (no gettext needed).

`make messages` writes the catalogues; a second run changes nothing. Translations are kept by
their exact text: what changed comes back empty, never guessed, and what is gone is dropped.
"""

from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CODE = ("studio", "projects", "timelog")
PAGES = ("templates",)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "Sentence": None,  # of modules that know no language; a page says it by `said`
    **{f"{name}_lazy": spec for name, spec in DEFAULT_KEYWORDS.items() if name != "_"},
}
PLURALS = {"zh_Hans": "nplurals=1; plural=0;"}
Key = tuple[str, str]  # the context ("" for none) and the text in English


def sources(root: Path = ROOT) -> list[Path]:
    """Every file that may have a text for people, in one order on every machine."""
    code = (path for top in CODE for path in (root / top).rglob("*.py"))
    pages = (path for top in PAGES for path in (root / top).rglob("*") if path.is_file())
    return sorted({path for path in [*code, *pages] if "migrations" not in path.parts})


def as_code(page: str) -> str:
    """A template as Python that Babel can read: each text of a tag becomes a call of gettext."""
    # Brackets, since the words round the tags are blanked but keep their lines and indents.
    return "(\n" + "\n".join(line.strip() for line in templatize(page).splitlines()) + "\n)"


def messages(root: Path = ROOT) -> dict[Key, polib.POEntry]:
    """Every message of code and templates; an entry names the files it stands in."""
    found: dict[Key, polib.POEntry] = {}
    for path in sources(root):
        text = path.read_text(encoding="utf-8")
        source = text if path.suffix == ".py" else as_code(text)
        where = path.relative_to(root).as_posix()
        for _, said, comments, context in extract(
            "python", BytesIO(source.encode()), KEYWORDS, comment_tags=("Translators:",)
        ):
            msgid, plural = said if isinstance(said, tuple) else (said, "")
            if not msgid:
                continue
            entry = found.setdefault((context or "", msgid), polib.POEntry(msgid=msgid))
            entry.msgctxt = context
            entry.msgid_plural = entry.msgid_plural or plural
            entry.comment = entry.comment or "\n".join(comments)
            if (where, "") not in entry.occurrences:
                entry.occurrences.append((where, ""))
            if "%(" in msgid or "%(" in plural:
                entry.flags = ["python-format"]
    return found


def merged(found: dict[Key, polib.POEntry], known: polib.POFile, locale: str) -> polib.POFile:
    """The catalogue of a language: what is found, with what was translated before."""
    before = {
        (entry.msgctxt or "", entry.msgid): entry
        for entry in known
        if not entry.obsolete and not entry.fuzzy
    }
    catalogue = polib.POFile(wrapwidth=99)
    catalogue.metadata = {
        "Project-Id-Version": "Throughline",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[locale],
    }
    for key in sorted(found):
        entry, old = found[key], before.get(key)
        if not entry.msgid_plural:
            entry.msgstr = old.msgstr if old else ""
        elif old and old.msgid_plural == entry.msgid_plural:
            entry.msgstr_plural = dict(old.msgstr_plural)
        else:
            entry.msgstr_plural = {0: ""}
        catalogue.append(entry)
    return catalogue


def catalogue_path(locale: str, root: Path = ROOT) -> Path:
    """Where Django looks for the texts of a language."""
    return root / "locale" / locale / "LC_MESSAGES" / "django.po"


def known(locale: str, root: Path = ROOT) -> polib.POFile:
    """The catalogue as it is now; an empty one before the first run."""
    path = catalogue_path(locale, root)
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def main() -> None:
    """Write the catalogues and say what is still to translate."""
    for locale in PLURALS:
        path = catalogue_path(locale)
        catalogue = merged(messages(), known(locale), locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        untranslated = catalogue.untranslated_entries()
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {len(untranslated)} to translate")
        for entry in untranslated:
            print(f"  {entry.msgid!r}  {', '.join(where for where, _ in entry.occurrences)}")


if __name__ == "__main__":
    main()
