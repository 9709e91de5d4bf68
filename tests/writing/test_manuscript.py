"""Manuscripts from elsewhere come in whole: tree, titles, statuses, every character."""

import hashlib
import json
import re
import unicodedata
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.writing.manuscript import Unreadable, read
from projects.writing.manuscript.files import han_number, natural
from projects.writing.manuscript.report import as_json


def outline(node, depth=0):
    """(depth, kind, title) of all pieces with a title."""
    found = [(depth, node.kind, node.title)] if node.title else []
    return found + [each for child in node.children for each in outline(child, depth + 1)]


def texts(manuscript):
    return [node.text for book in manuscript.books for node in book.walk() if node.text]


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_md", ".md").replace("_txt", ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


# --- novelWriter ----------------------------------------------------------------------------------
def expected_novelwriter(folder):
    """An independent, simpler reading: headings with their file's status, and all text."""
    project = ElementTree.parse(folder / "nwProject.nwx").getroot()
    names = {each.get("key"): each.text for each in project.find("settings/status")}
    rows = {item.get("handle"): item for item in project.find("content")}

    def tree(parent):
        below = [handle for handle, item in rows.items() if item.get("parent") == parent]
        for handle in sorted(below, key=lambda each: int(rows[each].get("order"))):
            yield handle
            yield from tree(handle)

    headings, lines = [], []
    for handle in tree("None"):
        item = rows[handle]
        if item.get("class") != "NOVEL" or item.get("layout") != "DOCUMENT":
            continue
        status = names[item.find("name").get("status")]
        for line in (folder / "content" / f"{handle}.nwd").read_text("utf-8").split("\n"):
            if line.startswith(("@", "%")):
                continue
            if found := re.match(r"(#{1,4})(!?) (.*)", line):
                level = {"#!": "book", "#": "part", "##": "chapter", "###": "scene"}
                mark = found[1] + (found[2] if found[1] == "#" else "")
                if mark in level:
                    headings.append((level[mark], found[3].strip(), status))
            elif line.strip():
                lines.append(unicodedata.normalize("NFC", line))
    return headings, lines


def test_a_novelwriter_project_keeps_its_tree_titles_statuses_and_text(corpus):
    folder = corpus / "manuscripts" / "novelwriter-1.5"
    manuscript = read(folder)
    headings, lines = expected_novelwriter(folder)
    nodes = [node for book in manuscript.books for node in book.walk() if node.title]
    front = {"Title Page"}  # the book's own title stands on it
    found = [
        (n.kind, n.title, n.status) for n in nodes if n.kind != "book" and n.title not in front
    ]
    assert found == [each for each in headings if each[0] != "book"]
    assert [b.title for b in manuscript.books] == ["My Novel", "Alice’s Adventures in Wonderland"]
    kept = [line for text in texts(manuscript) for line in text.split("\n") if line.strip()]
    assert kept == lines
    assert manuscript.refused == []


def test_a_novelwriter_projects_json_gives_each_scenes_digest(corpus):
    told = as_json(read(corpus / "manuscripts" / "novelwriter-1.5"))
    scenes = []

    def walk(node):
        if node["kind"] == "scene":
            scenes.append(node)
        for child in node["children"]:
            walk(child)

    walk(told)
    made = [
        node
        for book in read(corpus / "manuscripts" / "novelwriter-1.5").books
        for node in book.walk()
        if node.kind == "scene"
    ]
    assert [scene["sha256"] for scene in scenes] == [
        hashlib.sha256(node.text.encode()).hexdigest() for node in made
    ]
    assert all(
        set(scene) == {"kind", "title", "status", "chars", "words", "sha256", "children"}
        for scene in scenes
    )
    assert json.dumps(told)


def test_notes_become_entries_and_references_become_fields(corpus):
    manuscript = read(corpus / "manuscripts" / "novelwriter-1.5")
    earth = next(each for each in manuscript.entries if each.title == "Earth")
    assert (earth.extra["kind"], earth.status, earth.synopsis) == (
        "place",
        "Major",
        "Third planet from the sun.",
    )
    assert earth.text == (
        "Defining locations in your story can be very helpful. "
        "Here we have a tag called “Earth” which is a place in “Space”."
    )
    assert "@tag: Earth" in [line for _, line in earth.lines]
    both = next(each for each in manuscript.entries if each.title == "John and Bob Smith")
    assert both.extra["names"] == ["John", "John Smith", "Bob", "Robert Smith"]


def project(folder, xml_extra="", version="1.5"):
    (folder / "content").mkdir(parents=True)
    (folder / "nwProject.nwx").write_text(
        f"""<?xml version='1.0' encoding='utf-8'?>{xml_extra}
<novelWriterXML fileVersion="{version}"><project id="x"><name>寂静晶格</name></project>
<settings><status><entry key="s000001">初稿</entry></status><importance/></settings>
<content><item handle="0000000000001" parent="None" order="0" type="ROOT" class="NOVEL">
<name status="s000001">小说</name></item>
<item handle="0000000000003" parent="0000000000002" order="0" type="FILE" class="NOVEL"
 layout="DOCUMENT"><name status="s000001">场</name></item>
<item handle="0000000000002" parent="0000000000001" order="0" type="FILE" class="NOVEL"
 layout="DOCUMENT"><name status="s000001">章</name></item>
<item handle="0000000000004" parent="0000000000001" order="1" type="FILE" class="NOVEL"
 layout="DOCUMENT"><name status="s000001">续</name></item></content></novelWriterXML>""",
        encoding="utf-8",
    )
    bodies = {
        "0000000000002": "%%~name: 章\n## 晶格的记忆\n\n%Synopsis: 她数到我\n\n开头。\n",
        "0000000000003": "### 第一场\n@pov: 闻昭\n\n“我在等它数到我。”\n\n#### 小节\n她说。\n",
        "0000000000004": "没有标题的文件接着写。\n",
    }
    for handle, body in bodies.items():
        (folder / "content" / f"{handle}.nwd").write_text(body, encoding="utf-8")
    return folder


def test_documents_below_documents_and_without_headings_stand_in_their_place(tmp_path):
    book = read(project(tmp_path / "p")).books[0]
    assert [(node.kind, node.title, node.text) for node in book.walk()] == [
        ("book", "小说", ""),
        ("chapter", "晶格的记忆", ""),
        ("scene", "", "开头。"),
        ("scene", "第一场", "“我在等它数到我。”\n\n她说。\n\n没有标题的文件接着写。"),
    ]
    chapter, scene = book.children[0], book.children[0].children[1]
    assert chapter.synopsis == "她数到我"
    assert [line for _, line in scene.lines] == ["@pov: 闻昭", "#### 小节"]


@pytest.mark.parametrize(
    ("extra", "version", "words"),
    [("<!DOCTYPE x [<!ENTITY a 'b'>]>", "1.5", "entities"), ("", "9.9", "format 9.9")],
)
def test_a_project_that_cannot_be_trusted_is_refused_in_one_sentence(
    tmp_path, extra, version, words
):
    with pytest.raises(Unreadable, match=words):
        read(project(tmp_path / "p", extra, version))


# --- Markdown -------------------------------------------------------------------------------------
def test_hongloumeng_comes_in_as_twenty_chapters_with_every_character(corpus):
    folder = corpus / "manuscripts" / "hongloumeng" / "edited"
    book = read(folder).books[0]
    assert len(book.children) == 20
    for chapter, file in zip(book.children, sorted(folder.glob("*.md")), strict=True):
        title, _, rest = file.read_text("utf-8").partition("\n")
        assert chapter.title == title.removeprefix("###").strip()
        plain = unescape(re.sub(r"<[^>]+>", "", rest.replace("----", "", 1)))
        expected = unicodedata.normalize("NFC", re.sub(r"\s+", "", plain))
        assert re.sub(r"\s+", "", "".join(scene.text for scene in chapter.children)) == expected


def test_inline_fenced_remarks_become_remarks_at_their_place(corpus):
    file = corpus / "manuscripts" / "hongloumeng" / "manuscript-line" / "005.md"
    scene = next(n for n in read(file).books[0].walk() if n.remarks)
    assert "`" not in scene.text
    remark = next(each for each in scene.remarks if "一击两鸣法" in each.body)
    assert scene.text[: remark.start].endswith("一如宝玉，")
    assert scene.text[remark.start :].startswith("迎春、探春")


def test_soft_breaks_are_joined_and_hard_breaks_stay(tmp_path):
    write(
        tmp_path,
        book_md="# 一\n\n她数\n到我。\n\nThe lattice\nremembered.  \nThen ships.\\\nEnd.\n",
    )
    assert texts(read(tmp_path)) == ["她数到我。\nThe lattice remembered.\nThen ships.\nEnd."]


def test_headings_become_what_their_levels_mean(tmp_path):
    source = (
        "# The Book\n\n## Part One\n\n### One\n\na\n\n### Two\n\nb\n\n#### Later\n\nc\n\n***\n\nd\n"
    )
    write(tmp_path, book_md=source)
    manuscript = read(tmp_path)
    assert outline(manuscript.books[0]) == [
        (0, "book", "The Book"),
        (1, "part", "Part One"),
        (2, "chapter", "One"),
        (2, "chapter", "Two"),
        (3, "scene", "Later"),
    ]
    assert texts(manuscript) == ["a", "b", "c", "d"]


def test_a_folder_of_chapters_is_read_in_natural_order_and_its_folders_are_parts(tmp_path):
    write(
        tmp_path,
        第一卷__第十回_md="# 第十回 恋风流\n\n十",
        第一卷__第九回_md="# 第九回\n\n九",
        第二卷__2_last_md="no heading here",
    )
    assert outline(read(tmp_path).books[0])[1:] == [
        (1, "part", "第一卷"),
        (2, "chapter", "第九回"),
        (2, "chapter", "第十回 恋风流"),
        (1, "part", "第二卷"),
        (2, "chapter", "last"),
    ]


def test_emphasis_and_curly_quotes_stay_as_written(tmp_path):
    write(tmp_path, a_md="# x\n\n**宇宙。**是 *italic* “quoted” &amp; 5 < 6\n")
    assert texts(read(tmp_path)) == ["**宇宙。**是 *italic* “quoted” & 5 < 6"]


words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)


@given(st.lists(st.lists(words, min_size=1, max_size=6), min_size=1, max_size=5))
def test_plain_paragraphs_come_through_unchanged(tmp_path_factory, paragraphs):
    rows = [unicodedata.normalize("NFC", " ".join(row)) for row in paragraphs]
    rows = [f"x{row}" for row in rows]  # never a list item or a heading
    folder = tmp_path_factory.mktemp("m")
    (folder / "a.md").write_text("# t\n\n" + "\n\n".join(rows), encoding="utf-8")
    assert "\n".join(texts(read(folder))).split("\n") == rows


# --- plain text -----------------------------------------------------------------------------------
def test_plain_text_is_split_at_chapter_lines_in_both_languages(tmp_path):
    source = (
        "第一部 盐原\n第一章 晶格\n　　她数到我。\n***\n又一场。\n\nChapter 2: Salt\nThe plain.\n"
    )
    write(tmp_path, novel_txt=source)
    manuscript = read(tmp_path / "novel.txt")
    assert outline(manuscript.books[0]) == [
        (0, "book", "novel"),
        (1, "part", "第一部 盐原"),
        (2, "chapter", "第一章 晶格"),
        (2, "chapter", "Chapter 2: Salt"),
    ]
    assert texts(manuscript) == ["　　她数到我。", "又一场。", "The plain."]


def test_lines_wrapped_by_hand_are_joined(tmp_path):
    row = "The lattice did not shine. It permitted shining, as a mathematics"
    write(tmp_path, n_txt="\n".join(["Chapter 1", "", row, row, row, row, "", row, row]))
    assert texts(read(tmp_path / "n.txt")) == [f"{row} {row} {row} {row}\n\n{row} {row}"]


def test_a_file_is_read_in_the_encoding_it_came_in(tmp_path):
    said = "她說，我在等它數到我。這是一個很大的國家，我們都來了。"
    (tmp_path / "a.txt").write_bytes(f"第一章\r\n{said}".encode("big5"))
    assert texts(read(tmp_path / "a.txt")) == [said]


def test_numbers_in_names_sort_as_numbers():
    names = ["第十二回", "第二回", "10", "9", "第一百零八回"]
    assert sorted(names, key=natural) == ["9", "10", "第二回", "第十二回", "第一百零八回"]
    assert [han_number(each) for each in ("十", "二十", "一百零八", "二〇一")] == [10, 20, 108, 201]


# --- what is not read -----------------------------------------------------------------------------
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path, corpus):
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 not a zip")
    (tmp_path / "b.bin").write_bytes(bytes(range(256)))
    for path in (tmp_path / "a.docx", tmp_path / "b.bin", tmp_path / "none"):
        with pytest.raises(Unreadable) as error:
            read(path)
        assert str(error.value).endswith(".")
    with pytest.raises(Unreadable, match="Scrivener"):
        read(corpus / "manuscripts" / "scrivener3" / "Scrivener_and_git.scriv")


def test_a_link_out_of_the_folder_is_refused_and_the_rest_is_read(tmp_path):
    write(tmp_path, secret_md="# secret", book__a_md="# 一\n\n字")
    (tmp_path / "book" / "b.md").symlink_to(tmp_path / "secret.md")
    manuscript = read(tmp_path / "book")
    assert [each.file for each in manuscript.refused] == ["b.md"]
    assert texts(manuscript) == ["字"]
