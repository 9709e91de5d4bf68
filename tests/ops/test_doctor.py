"""The doctor finds what is wrong, names it, and finds nothing in a studio that is well."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from projects.images.models import Rendition, Version
from projects.writing.models import Scene
from studio.store.models import Blob, Job
from tests.story import tell
from timelog.models import DayTotal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(owner):
    return tell(date(2026, 11, 19))


def doctor(*options):
    """The exit code and what was found: (grade, about) of each."""
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json", *options, stdout=out)
    told = json.loads(out.getvalue())
    return ended.value.code, {(each["grade"], each["about"]) for each in told["findings"]}, told


def said(told, about):
    return [each["sentence"] for each in told["findings"] if each["about"] == about]


def test_a_studio_that_is_well_has_no_errors(story):
    code, found, told = doctor()
    assert code == 0
    assert told["well"] is True
    assert {each for each in found if each[1] != "room"} == set()


def test_the_doctor_says_so_in_words(story):
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 0
    assert out.getvalue().endswith("The studio is well.\n")


def test_a_missing_original_is_named_by_its_picture(story):
    Version.objects.get(image=story.image, number=2).blob.path.unlink()
    code, found, told = doctor()
    assert code == 1
    assert ("error", "missing") in found
    assert said(told, "missing") == ["The original of “The lattice at first light” v2 is missing."]


def test_one_changed_byte_in_an_original_is_found_unless_asked_to_be_quick(story):
    path = Version.objects.get(image=story.image, number=1).blob.path
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    code, found, told = doctor()
    assert (code, ("error", "damaged") in found) == (1, True)
    assert said(told, "damaged") == ["The original of “The lattice at first light” v1 is damaged."]
    assert doctor("--quick")[0] == 0


def test_files_that_belong_to_nothing_are_a_warning_only(story):
    blob, _ = Blob.objects.keep([b"nobody's"])
    Blob.objects.filter(pk=blob.pk).delete()
    code, found, _ = doctor()
    assert (code, ("warning", "orphans") in found) == (0, True)


def test_missing_previews_are_made_again_on_request(story, run_jobs):
    Rendition.objects.filter(blob=story.image.versions.first().blob).first().path.unlink()
    _, found, told = doctor()
    assert ("warning", "previews") in found
    assert told["previews_to_be_made"] == 0
    assert doctor("--repair")[2]["previews_to_be_made"] == 1
    run_jobs()
    assert ("warning", "previews") not in doctor()[1]


def test_totals_that_differ_from_their_entries_are_found(story):
    DayTotal.objects.filter(pk=DayTotal.objects.first().pk).update(seconds=1)
    code, _, told = doctor()
    assert (code, said(told, "totals")) == (
        1,
        ["1 totals of hours differ from their entries."],
    )


def test_a_text_that_is_not_that_of_its_revision_is_found(story):
    Scene.objects.filter(pk=story.counterpart.pk).update(text="别的字。")
    code, _, told = doctor()
    assert (code, said(told, "scenes")) == (
        1,
        ["The text of “晶格的记忆” is not that of its revision."],
    )


def test_failed_jobs_are_a_warning(story):
    Job.objects.create(task="a.b", state=Job.State.FAILED)
    code, found, _ = doctor()
    assert (code, ("warning", "jobs") in found) == (0, True)


def test_unsafe_settings_are_found(story, settings):
    settings.BIND = ("0.0.0.0", 8000)
    settings.SITE_URL = ""
    assert ("warning", "settings") in doctor()[1]
    settings.DEBUG = True
    code, found, _ = doctor()
    assert (code, ("error", "settings") in found) == (1, True)
