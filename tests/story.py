"""One small studio with something in every room: the cast of the tests that walk through all of it.

The Computational Universe: Book One in English and its Chinese twin, a film in the making with
pictures to choose between, one released film, and hours of three kinds.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from projects.images.models import Derivation, Evidence, Image, Version
from projects.tools.models import Capability, Tool, Trial
from projects.videos.models import Concept, Wait
from projects.voice.models import Profile
from projects.worlds.models import Entry, World
from projects.writing import passes
from projects.writing.models import Book, Scene, Status
from projects.writing.models.anchored import quoted
from studio.store.spool import Incoming
from studio.store.worker import run_all
from tests.images.make import picture
from timelog.models import Intention, Kind, TimeEntry

LATTICE = "The lattice did not shine.\nIt permitted shining.\n“You are counting,” it said."
晶格 = "晶格并不发光。\n它只是允许光。\n“你在计数。”司算说。"


@dataclass
class Story:
    """What was told, by name."""

    world: World
    entry: Entry
    book: Book
    twin: Book
    scene: Scene
    counterpart: Scene
    thrown: Scene
    film: Concept
    image: Image
    trial: Trial

    def addresses(self) -> list[str]:
        """A page of every kind that shows something of it."""
        return [
            "/",
            "/worlds/",
            f"/worlds/{self.world.pk}/",
            f"/worlds/{self.world.pk}/edit/",
            f"/worlds/{self.world.pk}/import/",
            f"/entries/{self.entry.pk}/",
            f"/entries/{self.entry.pk}/edit/",
            f"/books/{self.book.pk}/",
            f"/books/{self.book.pk}/edit/",
            f"/books/{self.book.pk}/?arrange",
            f"/books/{self.book.pk}/?synopses",
            f"/books/{self.book.pk}/statuses/",
            f"/books/{self.book.pk}/trash/",
            f"/worlds/{self.world.pk}/trash/",
            f"/trash/scenes/{self.thrown.pk}/delete/",
            f"/books/{self.twin.pk}/read/",
            f"/books/{self.book.pk}/passes/",
            f"/books/{self.book.pk}/passes/2/",
            f"/books/{self.book.pk}/passes/2/edit/",
            f"/books/{self.twin.pk}/passes/",
            f"/chapters/{self.scene.chapter_id}/write/",
            f"/chapters/{self.scene.chapter_id}/move/",
            f"/scenes/{self.scene.pk}/split/",
            f"/scenes/{self.scene.pk}/move/",
            f"/scenes/{self.scene.pk}/counterpart/",
            f"/chapters/{self.scene.chapter_id}/",
            f"/chapters/{self.counterpart.chapter_id}/edit/",
            f"/scenes/{self.scene.pk}/edit/",
            f"/scenes/{self.counterpart.pk}/edit/",
            f"/scenes/{self.scene.pk}/revisions/",
            "/writing/worked/",
            f"/scenes/{self.scene.pk}/remarks/",
            f"/books/{self.book.pk}/remarks/",
            "/concepts/",
            f"/concepts/{self.film.pk}/",
            f"/concepts/{self.film.pk}/edit/",
            f"/concepts/{self.film.pk}/brief/",
            f"/concepts/{self.film.pk}/brief/revisions/",
            f"/passages/new/?shot={self.film.shots.first().pk}",
            f"/shots/{self.film.shots.first().pk}/",
            "/images/",
            f"/images/{self.image.pk}/",
            f"/images/{self.image.pk}/compare/",
            f"/exports/new/?image={self.image.pk}",
            f"/concepts/{self.film.pk}/export/",
            "/exports/",
            "/voice/",
            "/tools/",
            f"/tools/{self.trial.tool_id}/{self.trial.capability_id}/",
            "/tools/arrange/",
            f"/trials/{self.trial.pk}/edit/",
            f"/trials/{self.trial.pk}/evidence/",
            f"/waits/{self.film.waits.first().pk}/edit/",
            "/time/",
            "/time/?film=40",
            "/time/running/",
            "/time/quick/?line=last monday 2h 第14章",
            "/time/kinds/",
            "/jobs/",
            "/search/?q=晶格",
            "/settings/",
        ]


def tell(today: date) -> Story:
    """Make all of it; pictures have their previews."""
    Intention.objects.say("To bring my novels to life.", "让我的小说活过来。")
    world = World.objects.create(title="The Computational Universe", other_title="计算宇宙")
    entry = Entry.objects.create(
        world=world, kind="person", title="Wen Zhao", other_title="闻昭", summary="Surveyor."
    )
    Entry.objects.create(world=world, kind="thread", title="The count")
    book = Book.objects.create(world=world, title="The Quiet Lattice", other_title="寂静晶格")
    twin = Book.objects.create(
        world=world, title="寂静晶格", other_title="The Quiet Lattice", language="zh-Hans"
    )
    book.pair_with(twin)
    scene = written(book, "The Lattice Remembers", LATTICE)
    passes.begin(book, "Structure")
    scene.revise(f"{LATTICE}\n“I am waiting.”", base=scene.head)
    counterpart = written(twin, "晶格的记忆", 晶格)
    scene.pair_with(counterpart)
    book.add_chapter("Snow on the Array")
    thrown: Any = scene.chapter.scenes.create(title="A door that was not there")
    thrown.revise("It had never been there.", base=0)
    thrown.trash()
    film, image = filmed()
    trial = tried(film, image, today)
    spend(today)
    Profile.objects.choose(book, "Rational, restrained, epic.")
    run_all()
    marked(image)
    return Story(world, entry, book, twin, scene, counterpart, thrown, film, image, trial)


def written(book: Book, title: str, text: str) -> Scene:
    """A chapter of one scene that was written, changed and named."""
    chapter = book.add_chapter(title)
    chapter.status = Status.objects.create(book=book, label="Draft")
    chapter.save()
    scene: Any = chapter.scenes.get()
    scene.revise(text.split("\n")[0], base=0)
    scene.revise(text, base=scene.head)
    scene.revise(text, base=scene.head, name="Second rewrite", kind="named")
    quote: Any = quoted(text, text.split("\n")[0])
    scene.remarks.create(body="Nine or ten?", revision=scene.head, **quote)
    scene.remarks.create(body="Name the tide.", kind="todo", revision=scene.head)
    return scene


def filmed() -> tuple[Concept, Image]:
    """One film released, one in the making with a picture settled and one to choose."""
    done = Concept.objects.create_next(title="First Light of the Machine", stage="released")
    drawn(done.add_shot("Poster", 4).add_image(), 90).pick()
    film = Concept.objects.create_next(
        title="The Lattice Remembers",
        other_title="晶格的记忆",
        stage="images",
        brief="First light.",
    )
    settled = film.add_shot("The plain before dawn", 6).add_image()
    drawn(settled, 40).pick()
    image = film.add_shot("The lattice at first light", 9).add_image()
    for tone in (50, 60, 70):
        drawn(image, tone)
    film.add_shot("Beacon Nine answers", 4)
    for number in range(4, 12):
        film.add_shot(f"Silence {number}", number)
    return film, image


def marked(image: Image) -> None:
    """Something to do on the first version, and what the next one changed of what was approved."""
    first, second, *_ = image.versions.all()
    first.marks.create(points=[[0.7, 0.3]], kind="todo", body="塔，再暗一档。 A stop darker.")
    moon: Any = first.marks.create(shape="box", points=[[0.1, 0.1], [0.3, 0.4]], kind="keep")
    box = [[0.1, 0.1], [0.3, 0.1], [0.3, 0.4], [0.1, 0.4]]
    Derivation.objects.say(second, first, "edit")
    moon.traces.create(version=second, verdict="changed", points=box, share=0.2)


def tried(film: Concept, image: Image, today: date) -> Trial:
    """A tool that can partly, due again and shown by a picture; the film waits for it."""
    tool = Tool.objects.create(name="Kontext", version="max")
    lettering = Capability.objects.create(
        title="Chinese lettering in the picture", other_title="画面中的汉字"
    )
    trial = Trial.objects.create(
        tool=tool,
        capability=lettering,
        state="partly",
        tried_on=today - timedelta(weeks=6),
        again_on=today,
        note="四个字能站住。 A fifth dissolves.",
    )
    Evidence.objects.create(trial=trial, version=image.versions.first())
    Wait.begin(film, lettering, None, since=trial.tried_on, note="signage at a distance")
    return trial


def drawn(image: Image, tone: int) -> Version:
    """A version as an upload makes it."""
    with Incoming(settings.STUDIO_DATA / "spool") as incoming:
        incoming.write(picture((1600, 670), tone, image.title))
        return image.add(incoming, f"图 {tone}.png")


def spend(today: date) -> None:
    """An hour of each kind today, and the clock running."""
    for kind in Kind.objects.all():
        TimeEntry.objects.log(kind, today, 3600, "chapter 14")
    TimeEntry.objects.start(Kind.objects.in_use()[0], "chapter 14")
