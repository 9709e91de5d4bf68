"""Marks on other versions: a worker finds them, pages tell what became of them."""

import math

import pytest
from django.core.management import call_command

from projects.images import child, renditions
from projects.images.marked import marks_of
from projects.images.models import Comparison, Mark, Trace, Version
from projects.images.picture import decoded, facts_of
from studio.store.models import Job

from . import make
from .plates import SIZE, edited, moved, plate, saved
from .test_ingest import add

pytestmark = pytest.mark.django_db
HAND, MOON = (120, 250, 200, 330), (560, 40, 640, 110)


def box_of(pixels):
    left, top, right, bottom = pixels
    return [(left / SIZE[0], top / SIZE[1]), (right / SIZE[0], bottom / SIZE[1])]


@pytest.fixture(autouse=True)
def decoded_here(monkeypatch):
    """The same decoding, but not in a process of its own for each picture."""
    monkeypatch.setattr(child, "make", renditions.make)
    monkeypatch.setattr(
        child, "check", lambda path, *_, **_more: {"facts": facts_of(decoded(path))._asdict()}
    )


@pytest.fixture
def image(run_jobs):
    """v1, and nothing else yet."""
    made = make.image("月 The moon")
    add(made, saved(plate()), "v1.png")
    run_jobs()
    return made


def draw(image, shape, points, kind="note", body="月", number=1):
    version = image.versions.get(number=number)
    return Mark.objects.draw(version, shape, points, kind=kind, body=body)


def later(image, picture, run_jobs, quality=0):
    version = add(image, saved(picture, quality), f"v{image.versions.count() + 1}.png")
    run_jobs()
    return version


def verdicts(image):
    return {
        (trace.mark.body, trace.version.number): trace.verdict
        for trace in Trace.objects.filter(version__image=image)
    }


def page_of(client, image, *numbers):
    query = "&".join(f"v={number}" for number in numbers)
    return client.get(f"/images/{image.pk}/compare/?{query}").content.decode()


def test_a_new_version_is_looked_at_by_itself(image, run_jobs):
    draw(image, "box", box_of(MOON), body="moon")
    draw(image, "pin", [(160 / SIZE[0], 290 / SIZE[1])], body="hand")
    later(image, edited(plate(), HAND), run_jobs)
    assert verdicts(image) == {("moon", 2): "untouched", ("hand", 2): "changed"}


def test_a_mark_on_the_newest_is_found_on_the_older_ones(image, run_jobs):
    later(image, edited(plate(), HAND), run_jobs)
    later(image, edited(plate(), MOON), run_jobs)
    draw(image, "box", box_of(HAND), body="hand", number=2)
    run_jobs()
    assert verdicts(image) == {("hand", 1): "changed", ("hand", 3): "changed"}


def test_a_mark_moves_with_what_it_is_on(image, run_jobs):
    place = (0.3, 0.6)
    draw(image, "pin", [place])
    shifted, matrix = moved(plate(), 9.4, -6.2, 1.01, 0.3)
    later(image, shifted, run_jobs, quality=90)
    (trace,) = Trace.objects.all()
    ((x, y),) = trace.points
    a, b, c, d, e, f = matrix
    true = (a * place[0] + b * place[1] + c, d * place[0] + e * place[1] + f)
    assert math.hypot((x - true[0]) * 1024, (y - true[1]) * 1024 * 9 / 16) < 1.5
    assert trace.verdict == "untouched"


def test_in_another_framing_a_mark_is_gone_and_the_page_says_so(image, run_jobs, studio_client):
    draw(image, "pin", [(0.3, 0.6)])
    later(image, plate(99), run_jobs)
    assert verdicts(image) == {("月", 2): "gone"}
    assert "v2 is framed otherwise; not found there" in page_of(studio_client, image, 1, 2)


def test_where_little_could_be_seen_the_page_does_not_say_untouched(image, run_jobs, studio_client):
    draw(image, "pin", [(0.9, 0.9)])
    later(image, edited(plate(), HAND), run_jobs)
    assert "Untouched in v2" in page_of(studio_client, image, 1, 2)
    Trace.objects.update(floor=44.3)
    page = page_of(studio_client, image, 1, 2)
    assert "No strong change seen in v2; a fine one would not show" in page
    assert 'title="Nothing below ΔE 44 is seen here"' in page and "Untouched" not in page


def test_versions_that_cannot_be_looked_at_are_left_alone(image, run_jobs):
    draw(image, "pin", [(0.3, 0.6)])
    make.version(image, reading=Version.Reading.UNREADABLE, error="broken")
    image.look_for_marks()
    run_jobs()
    assert not Trace.objects.exists()


def test_work_is_asked_for_only_where_there_are_marks(image, run_jobs):
    later(image, edited(plate(), HAND), run_jobs)
    assert not Comparison.objects.exists()
    assert not Job.objects.filter(task__contains="follow_marks").exists()


def test_a_mark_that_is_drawn_elsewhere_is_looked_for_anew(image, run_jobs):
    later(image, edited(plate(), HAND), run_jobs)
    mark = draw(image, "box", box_of(MOON))
    run_jobs()
    assert verdicts(image) == {("月", 2): "untouched"}
    mark.redraw("box", box_of(HAND))
    assert verdicts(image) == {}
    run_jobs()
    assert verdicts(image) == {("月", 2): "changed"}


def test_marks_that_come_back_know_the_versions_that_came_meanwhile(image, run_jobs):
    mark = draw(image, "pin", [(0.9, 0.9)])
    mark.remove()
    later(image, edited(plate(), HAND), run_jobs)
    assert verdicts(image) == {}
    mark.restore()
    run_jobs()
    assert verdicts(image) == {("月", 2): "untouched"}


def test_a_version_that_went_to_another_picture_takes_its_marks_along(image, run_jobs):
    later(image, edited(plate(), HAND), run_jobs)
    draw(image, "pin", [(0.5, 0.5)])
    run_jobs()
    other = make.image("Another")
    Version.objects.filter(image=image, number=2).update(image=other, number=1)
    assert [one.traces for one in marks_of(image, list(image.versions.all()))] == [{}]
    image.look_for_marks()
    run_jobs()
    assert not Trace.objects.exists()


# --- to-dos and what is approved ------------------------------------------------------------------
def test_a_to_do_whose_place_changed_is_offered_as_done(image, run_jobs, studio_client):
    todo = draw(image, "box", box_of(HAND), kind="todo", body="Fix the hand")
    draw(image, "pin", [(0.9, 0.9)], kind="todo", body="Grain")
    later(image, edited(plate(), HAND), run_jobs)
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert page.count("v2 changed this place; it looks addressed.") == 1
    assert list(Trace.objects.addressed().values_list("mark", flat=True)) == [todo.pk]
    studio_client.post(f"/marks/{todo.pk}/done/")
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert "it looks addressed" not in page


def test_an_older_version_addresses_nothing(image, run_jobs, studio_client):
    later(image, edited(plate(), HAND), run_jobs)
    draw(image, "box", box_of(HAND), kind="todo", number=2)
    draw(image, "box", box_of(HAND), kind="keep", number=2)
    run_jobs()
    assert set(verdicts(image).values()) == {"changed"}
    assert not Trace.objects.addressed().exists() and not Trace.objects.broken().exists()
    assert "looks addressed" not in studio_client.get(f"/images/{image.pk}/").content.decode()


def test_what_was_approved_and_changed_is_a_warning_wherever_one_chooses(
    image, run_jobs, studio_client
):
    draw(image, "box", box_of(MOON), kind="keep", body="The moon")
    draw(image, "box", box_of(HAND), kind="keep", body="The hand")
    later(image, edited(plate(), MOON), run_jobs)
    sentence = "“The moon”, approved in v1, changed."
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert page.count(sentence) == 1
    assert "“The hand”, approved" not in page
    compared = page_of(studio_client, image, 1, 2)
    foot = compared[compared.index('class="panel-foot"') :]
    assert sentence in foot
    strip = compared[compared.index('id="strip"') : compared.index("<aside")]
    assert strip.count("Changed something that was approved</span>") == 1
    assert sentence not in page_of(studio_client, image, 2, 1)
    assert (
        studio_client.post(f"/versions/{image.versions.get(number=2).pk}/pick/").status_code == 302
    )


def test_another_framing_is_a_warning_and_no_change(image, run_jobs, studio_client):
    draw(image, "box", box_of(MOON), kind="keep", body="The moon")
    later(image, plate(99), run_jobs)
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert "“The moon”, approved in v1, cannot be found: another framing." in page
    assert Trace.objects.broken().exists() and not Trace.objects.overpainted().exists()


def test_a_pick_says_what_it_changes_of_what_was_approved(image, run_jobs, studio_client):
    draw(image, "box", box_of(MOON), kind="keep", body="The moon")
    second = later(image, edited(plate(), MOON), run_jobs)
    answer = studio_client.post(
        f"/versions/{second.pk}/pick/", headers={"accept": "application/json"}
    ).json()
    assert answer["text"] == "v2 picked. It changed what you approved: “The moon”."
    assert answer["pick"] == 2


def test_a_change_that_is_meant_warns_no_more_and_undo_warns_again(image, run_jobs, studio_client):
    draw(image, "box", box_of(MOON), kind="keep", body="The moon")
    later(image, edited(plate(), MOON), run_jobs)
    trace = Trace.objects.get()
    answer = studio_client.post(
        f"/traces/{trace.pk}/settle/", headers={"accept": "application/json"}
    ).json()
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert "approved in v1, changed" not in page
    assert not Trace.objects.broken().exists()
    studio_client.post(answer["undo"])
    assert Trace.objects.broken().count() == 1
    assert "approved in v1, changed" in studio_client.get(f"/images/{image.pk}/").content.decode()


def test_a_version_that_was_set_aside_warns_of_nothing(image, run_jobs, studio_client):
    draw(image, "box", box_of(MOON), kind="keep", body="The moon")
    draw(image, "box", box_of(MOON), kind="todo", body="Darker")
    later(image, edited(plate(), MOON), run_jobs).reject()
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert "approved in v1, changed" not in page and "looks addressed" not in page
    assert not Trace.objects.broken().exists() and not Trace.objects.addressed().exists()


def test_places_found_by_older_rules_are_found_anew_after_an_update(image, run_jobs):
    draw(image, "box", box_of(MOON), kind="keep")
    later(image, edited(plate(), MOON), run_jobs)
    Trace.objects.update(made_by=1, verdict="untouched")
    call_command("migrate", verbosity=0)
    run_jobs()
    assert verdicts(image) == {("月", 2): "changed"}
    assert not Trace.objects.outdated().exists()


def test_rows_and_pages_agree_on_what_is_broken(image, run_jobs):
    """`Trace.broken` asks the database, `is_broken` the row: they must say the same."""
    for kind in ("note", "todo", "keep"):
        draw(image, "box", box_of(MOON), kind=kind, body=kind)
    later(image, edited(plate(), MOON), run_jobs)
    later(image, plate(99), run_jobs)
    draw(image, "box", box_of(MOON), kind="keep", body="late", number=2)
    run_jobs()
    Trace.objects.filter(mark__body="keep", version__number=3).get().settle()
    rows = Trace.objects.select_related("mark__version", "version")
    told = {trace.pk for trace in rows if trace.is_broken}
    assert told == set(Trace.objects.broken().values_list("pk", flat=True))
    assert len(told) == 2


def test_pages_ask_as_often_for_many_marks_found_on_many_versions(image, run_jobs, studio_client):
    draw(image, "box", box_of(MOON), kind="keep")
    later(image, edited(plate(), MOON), run_jobs)
    addresses = [f"/images/{image.pk}/", f"/images/{image.pk}/compare/?v=1&v=2"]
    for address in addresses:
        studio_client.get(address)
    with make.asked(6):
        studio_client.get(addresses[0])
    for number in range(3):
        draw(image, "box", box_of(HAND), kind="keep", body=f"{number}")
    later(image, edited(plate(), HAND), run_jobs)
    with make.asked(6):
        studio_client.get(addresses[0])


def test_the_newest_to_dos_and_broken_areas_wait_on_today(image, run_jobs, studio_client):
    draw(image, "pin", [(0.5, 0.5)], kind="todo", body="Darker")
    draw(image, "box", box_of(MOON), kind="keep", body="The moon")
    later(image, edited(plate(), MOON), run_jobs)
    page = studio_client.get("/").content.decode()
    assert "v2 changed what you approved" in page
    assert f"/images/{image.pk}/compare/?v=1&amp;v=2#mark-" in page
    assert "1 to-do on a picture" in page


def test_find_finds_the_words_of_a_mark(image, studio_client):
    mark = draw(image, "pin", [(0.5, 0.5)], body="灯塔太亮，再暗一档。Beacon Nine")
    for query in ("灯塔", "beacon"):
        page = studio_client.get("/search/", {"q": query}).content.decode()
        assert f"/images/{image.pk}/#mark-{mark.pk}" in page
    mark.remove()
    page = studio_client.get("/search/", {"q": "灯塔"}).content.decode()
    assert f"#mark-{mark.pk}" not in page
