"""Files and folders as texts to measure, each in one language. Pure; nothing is written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from projects.writing.manuscript import Node, Refusal, Unreadable, read
from projects.writing.manuscript.files import files_below
from projects.writing.manuscript.markdown import ENDINGS as MARKDOWN
from projects.writing.manuscript.plain_text import ENDINGS as PLAIN
from studio.lib.sentence import Sentence

from .features import LEAST
from .home import LEAST_UNITS, LEAST_WORDS
from .sentences import paragraphs, sentences
from .words import language_of, words

PIECES = 8  # a home of fewer files than LEAST_UNITS is cut into about so many
CALLED = {"en": Sentence("English"), "zh": Sentence("Chinese")}


@dataclass(frozen=True)
class Named:
    """A text with its name and its file; `language` is None when it is in two at once."""

    name: str
    file: str
    text: str
    language: str | None


def texts_of(paths: Sequence[Path], *, by_chapter: bool) -> tuple[list[Named], list[Refusal]]:
    """The texts of files, and of the files in folders, in order; and what was refused, with why.

    Headings are no part of a text. With `by_chapter` a file gives one text for each chapter, named
    by its heading; otherwise it gives one, named like the file.
    """
    found: list[Named] = []
    refused: list[Refusal] = []
    for path in _files(paths, refused):
        try:
            manuscript = read(path)
        except Unreadable as error:
            refused.append(Refusal(str(path), _after_name(path, str(error))))
            continue
        except OSError as error:
            why = Sentence("The file cannot be opened (%(why)s).", why=error.strerror)
            refused.append(Refusal(str(path), why))
            continue
        chapters = [
            (node.title, _text(node))
            for book in manuscript.books
            for node in book.walk()
            if node.kind == "chapter"
        ]
        if not by_chapter:
            chapters = [(path.name, "\n".join(text for _, text in chapters))]
        own = [
            Named(title or path.name, str(path), text, language_of(text))
            for title, text in chapters
            if words(text)
        ]
        if not own:
            refused.append(Refusal(str(path), Sentence("The file holds no words to measure.")))
        found += own
    return _apart(found), refused


def _files(paths: Sequence[Path], refused: list[Refusal]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        below = files_below(path, (*MARKDOWN, *PLAIN))
        if not below:
            why = Sentence("The folder holds no Markdown file and no plain text.")
            refused.append(Refusal(str(path), why))
        yield from below


def _text(chapter: Node) -> str:
    return "\n".join(node.text for node in chapter.walk() if node.text)


def _after_name(path: Path, reason: str) -> str:
    """The reason without the file's name, which is told beside it."""
    return reason.removeprefix(f"{path.name}: ")


def _apart(found: list[Named]) -> list[Named]:
    """Files of one name in several folders are named by their whole path."""
    times = Counter(each.name for each in found)
    return [
        each
        if times[each.name] == 1 or each.name != Path(each.file).name
        else Named(each.file, each.file, each.text, each.language)
        for each in found
    ]


def common_language(found: Sequence[Named]) -> str | None:
    """The language most of the words are in; None when no text is in one language."""
    sizes: Counter[str] = Counter()
    for each in found:
        if each.language:
            sizes[each.language] += len(words(each.text))
    return max(sizes, key=lambda language: (sizes[language], language), default=None)


def in_language(found: Sequence[Named], language: str) -> tuple[list[Named], list[Refusal]]:
    """The texts in `language`, and the others with the reason why they cannot stand beside them."""
    kept, refused = [], []
    for each in found:
        if each.language == language:
            kept.append(each)
        elif each.language is None:
            why = Sentence("The text is in two languages; measure each by itself.")
            refused.append(Refusal(each.name, why))
        else:
            why = Sentence(
                "The text is in %(language)s and the others are in %(others)s; measure each "
                "language by itself.",
                language=CALLED[each.language],
                others=CALLED[language],
            )
            refused.append(Refusal(each.name, why))
    return kept, refused


def pieces(found: Sequence[Named], language: str) -> list[Named]:
    """A home that is not enough files, cut at ends of paragraphs into pieces of like length."""
    total = sum(len(words(each.text)) for each in found)
    size = max(LEAST_WORDS, min(LEAST[language], total // PIECES))
    cut: list[Named] = []
    for each in found:
        rows: list[str] = []
        kept: list[list[str]] = []
        so_far = 0
        for line in _lines(each.text, language, size):
            rows.append(line)
            so_far += len(words(line))
            if so_far >= size:
                kept.append(rows)
                rows, so_far = [], 0
        if so_far >= LEAST_WORDS or not kept:
            kept.append(rows)
        else:  # a short end belongs to the piece before it
            kept[-1] += rows
        for number, lines in enumerate(kept, 1):
            cut.append(Named(f"{each.name} {number}", each.file, "\n".join(lines), language))
    return cut


def _lines(text: str, language: str, size: int) -> Iterator[str]:
    """Its paragraphs; one that is longer than a piece, sentence by sentence."""
    for line in paragraphs(text):
        if len(words(line)) > size:
            yield from sentences(line, language)
        else:
            yield line


def need_pieces(found: Sequence[Named]) -> bool:
    """Whether there are too few texts of a good length to be a home as they are."""
    return sum(len(words(each.text)) >= LEAST_WORDS for each in found) < LEAST_UNITS
