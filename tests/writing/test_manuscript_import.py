"""A manuscript is looked at before it is kept."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.writing.models import Book, Scene

from . import make

pytestmark = pytest.mark.django_db


def upload(name="novel.md", text="# 第一章 晶格\n\n她数到我。"):
    data = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, data)


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_md", ".md"), text)
    return out.getvalue()


@pytest.fixture
def address(db):
    return f"/worlds/{make.world().pk}/import/"


def test_files_are_shown_first_and_kept_when_the_author_says_so(studio_client, address):
    seen = studio_client.post(address, {"files": upload()})
    assert (seen.status_code, Book.objects.count()) == (200, 0)
    assert "第一章 晶格" in seen.content.decode()
    answer = studio_client.post(address, {"token": seen.context["token"]})
    assert answer.url == f"/books/{Book.objects.get().pk}/"
    assert Scene.objects.get().text == "她数到我。"


def test_the_same_file_again_adds_nothing(studio_client, address):
    for _ in range(2):
        seen = studio_client.post(address, {"files": upload()})
        studio_client.post(address, {"token": seen.context["token"]})
    assert (Book.objects.count(), Scene.objects.count()) == (1, 1)


def test_several_files_and_a_zip_of_a_folder_become_one_book(studio_client, address):
    files = [upload("第二回.md", "# 二\n\n乙"), upload("第十回.md", "# 十\n\n甲")]
    seen = studio_client.post(address, {"files": files, "title": "红楼"})
    assert [row[2] for row in seen.context["rows"] if row[1] != "scene"] == ["红楼", "二", "十"]
    archive = upload("寂静晶格.zip", packed(book__a_md="# 一\n\n甲", book__b_md="# 二\n\n乙"))
    seen = studio_client.post(address, {"files": archive})
    assert [row[2] for row in seen.context["rows"] if row[1] != "scene"] == ["寂静晶格", "一", "二"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (upload("a.md", bytes(range(256))), "not text"),
        (upload("a.docx", b"PK\x03\x04"), "damaged archive"),
        (upload("a.zip", b"not a zip"), "damaged"),
        (upload("a.zip", packed(**{"..__evil_md": "x"})), "leads out"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(studio_client, address, file, words):
    answer = studio_client.post(address, {"files": file})
    assert answer.status_code == 422
    assert words in answer.context["error"]
    assert Book.objects.count() == 0


def test_hostile_archives_are_refused_and_write_nothing(studio_client, address, corpus, tmp_path):
    for path in sorted((corpus / "bad" / "archives").iterdir()):
        answer = studio_client.post(address, {"files": upload("a.zip", path.read_bytes())})
        assert answer.status_code in {200, 422}, path.name
    assert not list(tmp_path.parent.glob("**/evil*"))


def test_no_file_and_an_old_token_say_what_to_do(studio_client, address):
    assert studio_client.post(address).status_code == 422
    answer = studio_client.post(address, {"token": "0" * 32})
    assert (answer.status_code, "choose them again" in answer.context["error"]) == (422, True)
