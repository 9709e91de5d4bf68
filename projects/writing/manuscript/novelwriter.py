"""novelWriter projects, format 1.5 (and 1.3, 1.4, which differ only in details read here).

Read for the format: the project file is XML; each document is a file of its own. The tree is by
(parent, order) and documents may stand below documents, but the story's structure is by the
headings inside the text, in the order of the tree. A document without a heading continues the one
before it.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from studio.lib.sentence import Sentence

from .files import Refused, about, inside, read_text
from .tree import Builder, Manuscript, Node, Refusal, tidy

PROJECT = "nwProject.nwx"
KNOWN = ("1.3", "1.4", "1.5")
STORY = frozenset({"NOVEL"})
BY_STATUS = frozenset({"NOVEL", "ARCHIVE", "TEMPLATE", "TRASH"})
KINDS = {
    "CHARACTER": "person",
    "WORLD": "place",
    "OBJECT": "machine",
    "ENTITY": "idea",
    "TIMELINE": "event",
    "PLOT": "thread",
}
_heading = re.compile(r"^(#{1,4})(!?) (.*)$")
_handle = re.compile(r"^[0-9a-f]{13}$")
_synopsis = re.compile(r"^%\s*(?:synopsis|short)\s*:\s*(.*)$", re.IGNORECASE)
_doctype = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One item of the project's tree."""

    handle: str
    parent: str
    order: int
    type: str
    cls: str
    layout: str
    label: str
    status: str


def read_novelwriter(root: Path) -> Manuscript:
    """Read a project folder, or its nwProject.nwx."""
    file = root if root.is_file() else root / PROJECT
    folder = file.parent
    project = parse(file)
    title = (project.findtext("project/name") or project.findtext("project/title") or "").strip()
    given = project.find("project")
    identity = (given.get("id") if given is not None else "") or title
    manuscript = Manuscript("novelwriter", title or folder.name, f"novelwriter:{identity}")
    children: dict[str, list[Item]] = {}
    for item in items(project):
        children.setdefault(item.parent, []).append(item)
    for siblings in children.values():
        siblings.sort(key=lambda item: item.order)
    reader = _Reader(manuscript, folder, children)
    for item in children.get("None", []):
        reader.read_root(item)
    return manuscript


def parse(file: Path) -> ElementTree.Element:
    """The project's XML; a document type or entities are refused, since no project has them."""
    text = read_text(file)
    if _doctype.search(text):
        raise Refused(Sentence("The project file declares entities, which novelWriter never does."))
    # The declaration may name an encoding; the text is decoded already.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        project = ElementTree.fromstring(text)  # noqa: S314 (entities were refused above)
    except ElementTree.ParseError:
        raise Refused(
            Sentence("The project file is damaged: its XML does not end where it should.")
        ) from None
    version = project.get("fileVersion", "")
    if project.tag != "novelWriterXML":
        raise Refused(Sentence("The file is no novelWriter project."))
    if version not in KNOWN:
        raise Refused(
            Sentence(
                "The project is of format %(format)s; formats 1.3 to 1.5 can be read. Open and "
                "save it with a novelWriter of the 2.x series, or export it as Markdown.",
                format=version or "?",
            )
        )
    return project


def items(project: ElementTree.Element) -> list[Item]:
    """All items, with their status or importance in words."""
    labels = {}
    for group in ("status", "importance"):
        for entry in project.findall(f"settings/{group}/entry"):
            labels[group, entry.get("key")] = (entry.text or "").strip()
    found = []
    for item in project.findall("content/item"):
        name = item.find("name")
        handle = item.get("handle", "")
        if name is None or not _handle.match(handle):
            continue
        cls = item.get("class", "")
        # Stories carry a status, notes an importance; both keys stand in every item.
        group, key = ("status", "status") if cls in BY_STATUS else ("importance", "import")
        order = item.get("order", "0")
        found.append(
            Item(
                handle,
                item.get("parent", "None"),
                int(order) if order.lstrip("-").isdigit() else 0,
                item.get("type", ""),
                cls,
                item.get("layout", ""),
                (name.text or "").strip(),
                labels.get((group, name.get(key)), ""),
            )
        )
    return found


class _Reader:
    """Walks the tree and fills the manuscript."""

    def __init__(
        self, manuscript: Manuscript, folder: Path, children: dict[str, list[Item]]
    ) -> None:
        self.manuscript = manuscript
        self.folder = folder
        self.children = children
        self.seen: set[str] = set()

    def read_root(self, root: Item) -> None:
        """A novel becomes a book; notes become entries; the trash stays where it is."""
        key = f"{self.manuscript.key}/{root.handle}"
        book = Node("book", root.label, root.status, key=key)
        builder = Builder(book)
        for item in self.below(root.handle):
            if item.type != "FILE":
                continue
            if root.cls == "TRASH":
                where = f"content/{item.handle}.nwd"
                reason = Sentence("“%(title)s” is in the project's trash.", title=item.label)
                self.manuscript.left_out.append(Refusal(where, reason))
                continue
            try:
                body = self.body(item)
            except Refused as error:
                where = f"content/{item.handle}.nwd"
                self.manuscript.refused.append(Refusal(where, about(item.label, error)))
                continue
            if root.cls in STORY and item.layout != "NOTE":
                add_document(builder, item, body, f"{self.manuscript.key}/{item.handle}")
            else:
                self.manuscript.entries.append(self.note(root, item, body))
        if root.cls in STORY and builder.finish().children:
            self.manuscript.books.append(book)

    def below(self, handle: str) -> list[Item]:
        """All items below one, in the order of the tree; a circle ends where it began."""
        found = []
        for item in self.children.get(handle, []):
            if item.handle not in self.seen:
                self.seen.add(item.handle)
                found += [item, *self.below(item.handle)]
        return found

    def body(self, item: Item) -> list[str]:
        """The document's lines without the file's own header."""
        path = self.folder / "content" / f"{item.handle}.nwd"
        if not path.exists():
            raise Refused(Sentence("The document's file is missing."))
        if not inside(self.folder, path):
            raise Refused(Sentence("The link leads out of the project."))
        lines = read_text(path).split("\n")
        header = 0
        while header < min(10, len(lines)) and lines[header].startswith("%%~"):
            header += 1
        return lines[header:]

    def note(self, root: Item, item: Item, body: list[str]) -> Node:
        """A note as an entry of the bible."""
        node = Node("entry", item.label, item.status, key=f"{self.manuscript.key}/{item.handle}")
        node.extra = {"kind": KINDS.get(root.cls, "note"), "folder": root.label}
        text: list[str] = []
        for number, line in enumerate(body):
            if is_field(line) or _heading.match(line):
                node.lines.append((number, line))
                if (found := _synopsis.match(line)) and not node.synopsis:
                    node.synopsis = found[1].strip()
            else:
                text.append(line)
        node.text = tidy(text)
        node.extra["names"] = list(dict.fromkeys(tag_names(body)))
        return node


def is_field(line: str) -> bool:
    """Whether a line is a reference or a comment, which is no text."""
    return line.startswith(("@", "%"))


def tag_names(body: list[str]) -> list[str]:
    """Names given by @tag: "John | John Smith" gives both."""
    names = []
    for line in body:
        if line.lower().startswith("@tag:"):
            names += [part.strip() for part in line.partition(":")[2].split("|")]
    return [name for name in names if name]


def add_document(builder: Builder, item: Item, body: list[str], key: str) -> None:
    """Add one document of a story: its headings begin parts, chapters and scenes."""
    rows: list[str] = []
    node: Node | None = None
    count = 0

    def close() -> None:
        """Give the rows so far to the scene they belong to."""
        text = tidy(rows)
        rows.clear()
        if not text:
            return
        if builder.chapter is None and builder.part is None:
            builder.begin_chapter(
                Node("chapter", item.label, item.status, key=f"{key}#front", numbered=False)
            )
        scene = builder.current_scene(f"{key}#{count}.text", item.status)
        scene.text = f"{scene.text}\n\n{text}" if scene.text else text

    for number, line in enumerate(body):
        found = _heading.match(line)
        if found and len(found[1]) < 4:
            close()
            count += 1
            node = begin(builder, found, item, f"{key}#{count}")
        elif found or is_field(line):
            keep_field(builder, node, number, line, f"{key}#{count}.text", item.status)
        else:
            rows.append(line)
    close()


def begin(builder: Builder, found: re.Match[str], item: Item, key: str) -> Node:
    """Begin what a heading of level 1 to 3 begins."""
    level, bang, title = len(found[1]), bool(found[2]), found[3].strip()
    if level == 1 and bang:
        builder.book.title = title
        # What follows the title is front matter, and what stood before it too.
        if builder.chapter is None:
            builder.begin_chapter(Node("chapter", item.label, item.status, key=key, numbered=False))
        assert builder.chapter is not None
        return builder.chapter
    node = Node({1: "part", 2: "chapter", 3: "scene"}[level], title, item.status, key=key)
    if level == 1:
        builder.begin_part(node)
    elif level == 2:
        node.numbered = not bang
        builder.begin_chapter(node)
    else:
        builder.begin_scene(node)
    return node


def keep_field(
    builder: Builder, node: Node | None, number: int, line: str, key: str, status: str
) -> None:
    """Keep a line that is no text with the piece it stands in; a synopsis fills its field."""
    owner = node or builder.current_scene(key, status)
    owner.lines.append((number, line))
    if (found := _synopsis.match(line)) and not owner.synopsis:
        owner.synopsis = found[1].strip()
