"""Contact sheets and originals to take along: chosen, made by a worker, fetched."""

import hashlib
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone
from PIL import Image as Picture
from pypdf import PdfReader

from projects.images.models import Export
from projects.images.tasks import drop_old_exports
from studio.lib import cjk_font
from studio.store.models import Job
from tests.queries import queries

from . import make
from .test_ingest import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(run_jobs):
    """Three versions: v1 set aside, v2 the pick, v3 open."""
    made = make.image("First light")
    versions = [add(made, make.picture(tone=tone), f"light {tone}.png") for tone in (30, 40, 50)]
    run_jobs()
    versions[1].pick()
    versions[0].reject()
    return made


def ask(client, image, kind="pdf", chosen=None, **fields):
    versions = image.versions.all() if chosen is None else chosen
    data = {"kind": kind, "chosen": [version.pk for version in versions], **fields}
    return client.post(f"/exports/new/?image={image.pk}", data)


def fetched(client, export, **headers):
    response = client.get(f"/exports/{export.pk}/file/", headers=headers)
    return response, b"".join(response) if response.streaming else response.content


def test_a_sheet_is_made_by_a_worker_and_then_fetched(studio_client, image, run_jobs):
    response = ask(studio_client, image)
    export = Export.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/exports/{export.pk}/")
    page = studio_client.get(f"/exports/{export.pk}/").content.decode()
    assert "It waits for its turn." in page
    assert "First light" in studio_client.get("/jobs/").content.decode()
    run_jobs()
    page = studio_client.get(f"/exports/{export.pk}/").content.decode()
    assert f'href="/exports/{export.pk}/file/"' in page
    response, data = fetched(studio_client, export)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="First light.pdf"'
    reader = PdfReader(BytesIO(data))
    [sheet] = reader.pages
    words = sheet.extract_text()
    for said in ("First light", "v1", "v2", "v3", "picked", "set aside", "light 40.png"):
        assert said in words
    assert len(sheet.images) == 3
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [842, 595]


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        ({"paper": "Letter", "turned": "portrait"}, [612, 792]),
        ({"paper": "A4", "turned": "portrait", "columns": "2"}, [595, 842]),
        ({"paper": "Letter", "turned": "landscape", "columns": "6"}, [792, 612]),
    ],
)
def test_the_paper_is_the_one_that_was_chosen(studio_client, image, run_jobs, fields, size):
    ask(studio_client, image, **fields)
    run_jobs()
    _, data = fetched(studio_client, Export.objects.get())
    assert [round(float(side)) for side in PdfReader(BytesIO(data)).pages[0].mediabox[2:]] == size


def test_a_png_sheet_is_one_picture_as_wide_as_the_paper(studio_client, image, run_jobs):
    ask(studio_client, image, "png", columns="2")
    run_jobs()
    _, data = fetched(studio_client, Export.objects.get())
    with Picture.open(BytesIO(data)) as drawn:
        assert (drawn.format, drawn.width, drawn.height > 600) == ("PNG", 1754, True)
        assert len(drawn.convert("L").getcolors()) > 20


def test_chinese_words_stand_on_a_sheet_as_text(studio_client, run_jobs):
    cjk_font.font_file.cache_clear()
    try:
        cjk_font.font_file()
    except cjk_font.NoFont as error:
        pytest.skip(str(error))
    made = make.image("晨光：她数到一")
    version = add(made, make.picture(), "晨光_v1.png")
    version.note = "盐原再亮一点。"
    version.save()
    run_jobs()
    ask(studio_client, made)
    run_jobs()
    export = Export.objects.get()
    response, data = fetched(studio_client, export)
    words = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert "晨光：她数到一" in words
    assert "盐原再亮一点。" in words
    assert "%E6%99%A8%E5%85%89" in response["Content-Disposition"]
    assert len(data) < 200_000  # a whole Chinese font has megabytes


def test_the_letters_of_one_sheet_do_not_fall_out_of_the_next(studio_client, image, run_jobs):
    other = make.image("Quartz jumps")
    add(other, make.picture(tone=99), "vex.png")
    run_jobs()
    for one in (image, other, image):
        ask(studio_client, one)
    run_jobs()
    said = [PdfReader(each.path).pages[0].extract_text() for each in Export.objects.order_by("pk")]
    assert "Quartz jumps" in said[1]
    assert said[0] == said[2]


def test_without_a_chinese_font_one_sentence_says_so(studio_client, run_jobs, monkeypatch):
    monkeypatch.setattr(cjk_font, "PLACES", ())
    monkeypatch.delenv("STUDIO_CJK_FONT", raising=False)
    cjk_font.font_file.cache_clear()
    made = make.image("晨光")
    add(made, make.picture())
    run_jobs()
    ask(studio_client, made)
    run_jobs()
    cjk_font.font_file.cache_clear()
    export = Export.objects.get()
    page = studio_client.get(f"/exports/{export.pk}/").content.decode()
    assert "No Chinese font was found to draw with" in page
    assert (export.size, Job.objects.get(subject=f"export:{export.pk}").state) == (0, "done")
    assert list(export.path.parent.iterdir()) == []


def test_originals_come_in_a_zip_that_can_be_taken_up_again(studio_client, image, run_jobs):
    ask(studio_client, image, "zip")
    run_jobs()
    export = Export.objects.get()
    response, data = fetched(studio_client, export)
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        pictures = archive.namelist()[:3]
        assert pictures == [f"First light-v{number}.png" for number in (1, 2, 3)]
        digests = [hashlib.sha256(archive.read(name)).hexdigest() for name in pictures]
    assert digests == [version.blob.sha256 for version in image.versions.select_related("blob")]
    etag = {"if-range": response["ETag"]}
    part, rest = fetched(studio_client, export, range="bytes=100-", **etag)
    assert (part.status_code, rest) == (206, data[100:])


def test_a_missing_or_damaged_original_is_told_and_nothing_is_packed(
    studio_client, image, run_jobs
):
    path = image.versions.get(number=3).blob.path
    path.write_bytes(b"x" * path.stat().st_size)
    ask(studio_client, image, "zip")
    run_jobs()
    export = Export.objects.get()
    page = studio_client.get(f"/exports/{export.pk}/").content.decode()
    assert "The original of First light-v3.png is damaged" in page
    assert not export.path.exists()
    path.unlink()
    studio_client.post(f"/exports/{export.pk}/again/")
    run_jobs()
    page = studio_client.get(f"/exports/{export.pk}/").content.decode()
    assert "First light v3: The original file is not on the disk" in page


def test_a_full_disk_is_told_before_anything_is_written(
    studio_client, image, run_jobs, monkeypatch
):
    monkeypatch.setattr("projects.images.models.export.has_room", lambda size: False)
    ask(studio_client, image, "zip")
    run_jobs()
    page = studio_client.get(f"/exports/{Export.objects.get().pk}/").content.decode()
    assert "The disk is nearly full; make room and try again." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"chosen": []}, "Choose one or more."),
        ({"chosen": ["99999"]}, "One of them is not here any more; choose again."),
        ({"chosen": ["x"]}, "One of them is not here any more; choose again."),
        ({"kind": "exe"}, "Select a valid choice."),
        ({"columns": "70"}, None),
        ({"paper": "A0"}, None),
    ],
)
def test_a_wrong_choice_is_answered_with_the_page_and_makes_nothing(
    studio_client, image, fields, sentence
):
    version = image.versions.first()
    data = {"kind": "pdf", "chosen": [version.pk], **fields}
    response = studio_client.post(f"/exports/new/?image={image.pk}", data)
    assert response.status_code == 422
    if sentence:
        assert sentence in response.content.decode()
    assert Export.objects.count() == 0


def test_a_png_holds_only_so_many(studio_client, image, monkeypatch):
    monkeypatch.setattr("projects.images.forms.ExportForm.MOST", {"png": 2})
    page = ask(studio_client, image, "png")
    assert "It holds 2 at most; choose fewer, or a PDF." in page.content.decode()


def test_what_was_set_aside_is_offered_but_not_chosen(studio_client, image):
    page = studio_client.get(f"/exports/new/?image={image.pk}").content.decode()
    assert page.count('name="chosen"') == 3
    boxes = [part.partition(">")[0] for part in page.split('name="chosen"')[1:]]
    assert ["checked" in box for box in boxes] == [False, True, True]


def test_of_several_pictures_the_picks_are_taken(studio_client, image, run_jobs):
    other = make.image("Salt")
    add(other, make.picture(tone=90), "salt.png")
    run_jobs()
    asked = f"/exports/new/?image={other.pk}&image={image.pk}"
    page = studio_client.get(asked).content.decode()
    assert page.index("Salt") < page.index("First light")
    assert "v1, not picked" in page
    picks = [other.versions.get().pk, image.pick_id or image.versions.get(number=2).pk]
    studio_client.post(asked, {"kind": "zip", "chosen": picks})
    run_jobs()
    export = Export.objects.get()
    assert export.title == "2 pictures"
    _, data = fetched(studio_client, export)
    with ZipFile(BytesIO(data)) as archive:
        assert archive.namelist()[:2] == ["Salt-v1.png", "First light-v2.png"]


def test_nothing_chosen_leads_back_with_a_sentence(studio_client, image):
    for query in ("", "?image=", "?image=abc"):
        page = studio_client.get(f"/exports/new/{query}", follow=True)
        assert "Choose one or more pictures first." in page.content.decode()
    assert studio_client.get("/exports/new/?image=999").status_code == 404
    assert studio_client.get("/exports/new/?image=998&image=999").status_code == 404


def test_where_there_is_no_picture_the_sentence_says_so(studio_client):
    page = studio_client.get("/exports/new/", follow=True).content.decode()
    assert "There is no picture yet. Add the first one here." in page
    assert "Choose one or more" not in page


def test_a_file_that_is_gone_is_made_again(studio_client, image, run_jobs):
    ask(studio_client, image)
    run_jobs()
    export = Export.objects.get()
    export.path.unlink()
    assert studio_client.get(f"/exports/{export.pk}/file/").status_code == 302
    page = studio_client.get(f"/exports/{export.pk}/").content.decode()
    assert "It can be made again." in page
    studio_client.post(f"/exports/{export.pk}/again/")
    run_jobs()
    assert Export.objects.get().is_there


def test_exports_are_removed_by_hand_or_after_a_week(studio_client, image, run_jobs):
    for _ in range(3):
        ask(studio_client, image)
    run_jobs()
    first, second, third = Export.objects.order_by("pk")
    studio_client.post(f"/exports/{first.pk}/remove/")
    Export.objects.filter(pk=second.pk).update(created=timezone.now() - timedelta(days=8))
    assert len(list(drop_old_exports())) == 1
    assert list(Export.objects.values_list("pk", flat=True)) == [third.pk]
    assert [path.name for path in third.path.parent.iterdir()] == [f"{third.pk}.pdf"]
    assert image.versions.count() == 3


def test_an_export_whose_pictures_went_says_so(studio_client, image, run_jobs):
    ask(studio_client, image)
    image.delete()
    run_jobs()
    page = studio_client.get(f"/exports/{Export.objects.get().pk}/").content.decode()
    assert "The pictures are gone; choose others." in page


def test_nobody_else_reaches_an_export(client, studio_client, image, run_jobs):
    ask(studio_client, image)
    run_jobs()
    pk = Export.objects.get().pk
    for address in (f"/exports/{pk}/", f"/exports/{pk}/file/", "/exports/", "/exports/new/"):
        assert client.get(address)["Location"].startswith("/sign-in/")


def test_the_pages_ask_as_often_for_three_as_for_one(studio_client, image):
    address = f"/exports/new/?image={image.pk}"
    many = queries(studio_client, address)
    image.versions.exclude(number=2).delete()
    assert queries(studio_client, address) == many
    ask(studio_client, image)
    one = queries(studio_client, "/exports/")
    for _ in range(2):
        ask(studio_client, image)
    assert queries(studio_client, "/exports/") == one
