"""Every list costs the same however long it is; Today and books at most twelve queries."""

from datetime import date

import pytest

from projects.tools.models import Capability, Tool, Trial
from projects.videos.models import Concept
from projects.worlds.models import Entry
from projects.writing.models import Book
from studio.public.models import Letter
from studio.store.models import Job
from tests.queries import queries
from tests.story import drawn, tell
from tests.writing import make
from timelog.models import Kind, Milestone, OpeningBalance, TimeEntry

pytestmark = pytest.mark.django_db
MOST = 12
DAY = date(2026, 11, 19)


@pytest.fixture
def story(db):
    return tell(DAY)


def lists(story):
    """Every page that shows rows of one kind below another."""
    return [
        "/",
        "/worlds/?all",
        f"/worlds/{story.world.pk}/",
        f"/books/{story.book.pk}/",
        f"/books/{story.book.pk}/read/",
        f"/books/{story.book.pk}/passes/",
        f"/books/{story.book.pk}/passes/2/",
        f"/chapters/{story.scene.chapter_id}/",
        f"/scenes/{story.scene.pk}/edit/",
        f"/scenes/{story.scene.pk}/revisions/",
        "/writing/worked/",
        f"/entries/{story.entry.pk}/",
        "/concepts/",
        f"/concepts/{story.film.pk}/",
        f"/shots/{story.film.shots.first().pk}/",
        "/images/",
        f"/images/{story.image.pk}/",
        f"/images/{story.image.pk}/compare/",
        "/time/?week=2026-W47",
        "/time/kinds/",
        "/jobs/",
        "/tools/",
        "/letters/",
        "/search/?q=lattice",
    ]


def grow(story, numbers):
    """More of everything those pages list, one of each for every number."""
    tool, _ = Tool.objects.get_or_create(name="Flux")
    for number in numbers:
        make.world(f"Another world {number} lattice")
        Entry.objects.create(world=story.world, kind="person", title=f"Somebody {number} lattice")
        Entry.objects.create(world=story.world, kind="thread", title=f"Thread {number}")
        Book.objects.create(world=story.world, title=f"Book {number} lattice")
        chapter = make.chapter(f"Chapter {number} lattice", book=story.book)
        for _ in range(2):
            make.scene("The lattice did not shine.\n晶格并不发光。", chapter=chapter)
        make.scene("More of the lattice.", chapter=story.scene.chapter)
        make.revision(story.scene, f"Text {number} of the lattice.")
        story.scene.remarks.create(body=f"Remark {number} lattice")
        story.entry.set_aliases([f"Name {each}" for each in range(number + 2)])
        film = Concept.objects.create_next(title=f"Film {number} lattice", stage="brief")
        drawn(
            film.add_shot(f"Shot {number} lattice", 4).add_image(f"Picture {number}"), 30 + number
        )
        drawn(story.film.add_shot(f"Shot {number}", 4).add_image(), 100 + number)
        drawn(story.film.shots.first().add_image(f"Other {number}"), 160 + number)
        version = drawn(story.image, 200 + number)
        for mark in story.image.versions.first().marks.all():
            mark.traces.create(version=version, verdict="changed", points=[[0.5, 0.5]])
        version.marks.create(points=[[0.5, 0.5]], kind="todo", body=f"Darker {number} lattice")
        for kind in Kind.objects.all():
            TimeEntry.objects.log(kind, DAY, 60, "lattice")
        new = Kind.objects.create(key=f"kind-{number}", name=f"Kind {number}")
        OpeningBalance.objects.create(kind=new, seconds=3600, as_of=DAY)
        Milestone.objects.create(hours=100 + number).kinds.add(new)
        Job.objects.create(task="a.b", state=Job.State.FAILED, error="no")
        ability = Capability.objects.create(title=f"Ability {number} lattice")
        Trial.objects.create(tool=tool, capability=ability, state="can", tried_on=DAY)
        Letter.objects.create(title=f"Letter {number}")


def test_a_list_three_times_as_long_costs_the_same(studio_client, story):
    grow(story, [1])
    before = {address: queries(studio_client, address) for address in lists(story)}
    grow(story, [2, 3])
    after = {address: queries(studio_client, address) for address in lists(story)}
    assert after == before


def test_today_and_the_books_cost_at_most_twelve(studio_client, story):
    grow(story, [1, 2, 3])
    book = f"/books/{story.book.pk}/"
    for address in ("/", book, f"/books/{story.twin.pk}/", f"{book}passes/", f"{book}passes/2/"):
        assert queries(studio_client, address) <= MOST, address
