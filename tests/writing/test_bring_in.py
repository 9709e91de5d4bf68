"""A manuscript is brought in once, and never over the author's own words."""

import pytest

from projects.worlds.models import Entry
from projects.writing.bring_in import bring_in
from projects.writing.manuscript import read
from projects.writing.models import Book, Chapter, Remark, Scene, Status

from . import make

pytestmark = pytest.mark.django_db


def source(folder, text="她数到我。"):
    (folder / "a.md").write_text(f"# 第一章\n\n{text}", encoding="utf-8")
    return read(folder)


def test_a_book_comes_in_with_language_chapters_and_counts(tmp_path):
    outcome = bring_in(source(tmp_path), make.world())
    book = outcome.books[0]
    scene = Scene.objects.get()
    assert (book.language, scene.chapter.title, scene.text) == ("zh-Hans", "第一章", "她数到我。")
    assert (scene.zishu, scene.worked, scene.revisions.get().kind) == (5, None, "import")


def test_the_same_again_adds_nothing(tmp_path):
    world = make.world()
    bring_in(source(tmp_path), world)
    again = bring_in(source(tmp_path), world)
    assert (again.of("added"), again.of("changed"), again.of("kept aside")) == (0, 0, 0)
    assert Book.objects.count() == Chapter.objects.count() == Scene.objects.count() == 1


def test_a_text_changed_only_at_the_source_gets_a_new_revision(tmp_path):
    world = make.world()
    bring_in(source(tmp_path), world)
    outcome = bring_in(source(tmp_path, "改过的。"), world)
    scene = Scene.objects.get()
    assert (outcome.of("changed"), scene.text, scene.head) == (1, "改过的。", 2)


def test_a_text_the_author_changed_too_is_not_overwritten(tmp_path):
    world = make.world()
    bring_in(source(tmp_path), world)
    Scene.objects.get().revise("作者自己的话。", base=1)
    outcome = bring_in(source(tmp_path, "源文件的话。"), world)
    scene = Scene.objects.get()
    assert (outcome.of("kept aside"), scene.text) == (1, "作者自己的话。")
    assert scene.revisions.filter(kind="conflict").get().text == "源文件的话。"
    assert bring_in(source(tmp_path, "源文件的话。"), world).of("kept aside") == 0


def test_a_whole_project_is_stored_as_it_was_read(corpus):
    world = make.world()
    manuscript = read(corpus / "manuscripts" / "novelwriter-1.5")
    bring_in(manuscript, world)
    expected = [n.text for book in manuscript.books for n in book.walk() if n.kind == "scene"]
    stored = [
        s.text
        for b in Book.objects.order_by("pk")
        for s in Scene.objects.filter(chapter__book=b).in_reading_order()
    ]
    assert sorted(stored) == sorted(expected)
    assert Status.objects.filter(label="2nd Draft").exists()
    assert Entry.objects.get(title="Earth").aliases.count() == 0
    assert bring_in(read(corpus / "manuscripts" / "novelwriter-1.5"), world).of("added") == 0


def test_remarks_come_in_with_their_scene(corpus):
    bring_in(
        read(corpus / "manuscripts" / "hongloumeng" / "manuscript-line" / "005.md"), make.world()
    )
    remark = Remark.objects.filter(body__contains="一击两鸣法").get()
    assert remark.scene.text[: remark.start].endswith(remark.prefix)
