"""Tell the sample story into an empty studio, with the verbs a person's own clicks would use."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from projects.images.models import Derivation, Image, Version
from projects.tools.models import Capability, Tool, Trial
from projects.videos.models import Concept, Passage, Shot, ThreadLink, Wait
from projects.voice.models import Profile
from projects.worlds.models import Entry, World
from projects.writing import passes
from projects.writing.measuring import measure
from projects.writing.models import Book, Chapter, Pass, Scene, Status
from projects.writing.models.anchored import quoted
from studio.ops.demo import looks, marking, recipes, words
from studio.ops.demo.days import spread
from studio.ops.demo.hours import with_starts, year
from studio.ops.demo.painter import Look, encoded, is_edited, paint, versions
from studio.public.models import Letter
from studio.public.offers import Counter
from studio.store.days import Days
from studio.store.spool import Incoming
from timelog.models import Detour, Intention, Kind, TimeEntry

COVER, FRAME = 960, 1280  # how wide they are painted
PRIVATE = {"concepts"}  # not published: followers need not know what is to come
Report = Callable[[int, int], None]


def is_empty() -> bool:
    """No scene, no picture, no time entry."""
    return not (Scene.objects.exists() or Image.objects.exists() or TimeEntry.objects.exists())


def tell(world: World | None = None, report: Report = lambda done, total: None) -> World:
    """Fill the studio; the rows all or nothing, then the pictures, reporting how far it is."""
    today = Days.of_the_studio().today()
    with transaction.atomic():
        world = world or first_world()
        if Intention.objects.current() is None:
            Intention.objects.say(*words.WHY)
        in_hand = books(world)
        bible(world)
        concepts = films()
        bind(world, concepts, in_hand)
        tools(today, concepts)
        log(today)
        letters()
    paint_all(concepts, report)
    return world


def first_world() -> World:
    """The one the set-up page made, else a new one; an author's own title stays."""
    world = World.objects.order_by("pk").first()
    if world is not None:
        return world
    return World.objects.create(title=words.WORLD[0], other_title=words.WORLD[1])


# --- writing --------------------------------------------------------------------------------------
def books(world: World) -> list[Scene]:
    """Book One through its second pass, Book Two half through it in both languages; Three planned.

    The scene in hand comes back, in English and in Chinese.
    """
    one = Book.objects.create(
        world=world, title="The First Instruction", other_title="第一条指令", target=9_000
    )
    first = write(one, words.CHAPTERS[:24], done=24, seed=1)
    passes.close(go_through(one, first, words.PURPOSES[0], seed=3))
    Profile.objects.choose(one, words.VOICE[0])
    two = Book.objects.create(
        world=world, title="The Quiet Lattice", other_title="寂静晶格", target=9_000
    )
    twin = Book.objects.create(
        world=world,
        title="寂静晶格",
        other_title="The Quiet Lattice",
        language="zh-Hans",
        target=12_000,
    )
    two.pair_with(twin)
    mine = write(two, words.CHAPTERS, done=words.NOW, seed=2)
    theirs = write(twin, words.CHAPTERS, done=words.NOW, seed=2)
    Profile.objects.choose(twin, words.VOICE[1])
    for scene, counterpart in zip(mine, theirs, strict=True):
        scene.pair_with(counterpart)
    now = words.NOW
    for scene, draft in ((mine[now], words.FIRST_DRAFT), (theirs[now], words.CHINESE[:3])):
        scene.revise("\n".join(draft), base=scene.head)
    second = go_through(two, mine[:now], words.PURPOSES[1], seed=4)
    translated = go_through(twin, theirs[:now], words.PURPOSES[2], seed=4)
    rewrite(mine[now], words.ENGLISH)
    rewrite(theirs[now], words.CHINESE)
    for rewritten in (second, translated):
        measure(rewritten.pk)
    scene = mine[now]
    tide: Any = quoted(scene.text, "the tide came every nine hours") or {}
    scene.remarks.create(body="Chapter 3 says ten hours.", revision=scene.head, **tide)
    ending: Any = quoted(scene.text, scene.text.rstrip().split("\n")[-1]) or {}
    scene.remarks.create(body="Set against the end of Book One.", kind="todo", **ending)
    spread([*first, *mine, *theirs], [mine[words.NOW], theirs[words.NOW]])
    three = Book.objects.create(world=world, title="The Halting Sea", other_title="停机之海")
    for english, chinese in words.CHAPTERS[:12]:
        three.add_chapter(english)
        Chapter.objects.filter(book=three, title=english).update(other_title=chinese)
    return [mine[words.NOW], theirs[words.NOW]]


def write(book: Book, titles: tuple[tuple[str, str], ...], done: int, seed: int) -> list[Scene]:
    """Chapters of one scene each; those before `done` are rewritten, later ones a draft."""
    chance = random.Random(seed)  # noqa: S311 (the same story every time)
    draft, rewritten = (
        Status.objects.create(book=book, label=label)
        for label in (("初稿", "已改写") if book.is_chinese else ("Draft", "Rewritten"))
    )
    sentences = words.MORE_CHINESE if book.is_chinese else words.MORE_ENGLISH
    scenes = []
    for number, (english, chinese) in enumerate(titles):
        chapter = book.add_chapter(chinese if book.is_chinese else english)
        chapter.other_title = english if book.is_chinese else chinese
        chapter.status = rewritten if number < done else draft
        chapter.save()
        scene: Scene = chapter.scenes.get()
        told = [chance.choice(sentences) for _ in range(chance.randint(14, 40))]
        lines, seam = [], "" if book.is_chinese else " "
        while told:
            size = chance.randint(1, 4)
            lines.append(seam.join(told[:size]))
            told = told[size:]
        scene.revise("\n".join(lines), base=0)
        scenes.append(scene)
    return scenes


def go_through(book: Book, scenes: list[Scene], purpose: str, seed: int) -> Pass:
    """A second pass: these scenes are rewritten, some more and some less, and called done."""
    chance = random.Random(seed)  # noqa: S311 (the same story every time)
    sentences = words.MORE_CHINESE if book.is_chinese else words.MORE_ENGLISH
    rewritten, seam = passes.begin(book, purpose), "" if book.is_chinese else " "
    for scene in scenes:
        heavy = chance.uniform(0.1, 0.5)
        lines = []
        for line in scene.text.split("\n"):
            told = sum(line.count(sentence) for sentence in sentences)
            other = seam.join(chance.choice(sentences) for _ in range(told))
            lines.append(other if chance.random() < heavy else line)
        scene.revise("\n".join(lines), base=scene.head)
    passes.review(book, scenes)
    measure(rewritten.pk)
    return rewritten


def rewrite(scene: Scene, after: tuple[str, ...]) -> None:
    """The text as it is now, and then under a name."""
    scene.revise("\n".join(after), base=scene.head)
    name = "第二次改写" if scene.chapter.book.is_chinese else "Second rewrite"
    scene.revise("\n".join(after), base=scene.head, kind="named", name=name)


def bible(world: World) -> None:
    """People, places, a machine, an idea; and threads."""
    for kind, title, other, summary, aliases in words.BIBLE:
        entry = Entry.objects.create(
            world=world, kind=kind, title=title, other_title=other, summary=summary
        )
        entry.set_aliases(list(aliases))
    for title, other, _films in words.THREADS:
        Entry.objects.create(world=world, kind="thread", title=title, other_title=other)


# --- films ----------------------------------------------------------------------------------------
def films() -> list[Concept]:
    """25 concepts: two released, the third in the making with its shots."""
    made = []
    for number, (title, other) in enumerate(words.CONCEPTS, 1):
        concept = Concept.objects.create_next(
            title=title, other_title=other, brief=words.BRIEF if number <= 5 else ""
        )
        stage = words.STAGES.get(number, "idea")
        if stage != "idea":
            concept.move_to(stage)
        if number == 3:
            for shot, seconds, _versions in words.SHOTS:
                concept.add_shot(shot, seconds)
        made.append(concept)
    return made


def paint_all(concepts: list[Concept], report: Report) -> None:
    """A cover for each film, and the versions of each shot."""
    film = next(concept for concept in concepts if concept.title == words.CONCEPTS[2][0])
    shots: list[Shot] = list(film.shots.order_by("number"))
    total = len(looks.COVERS) - 1 + sum(count for _, _, count in words.SHOTS)
    done = 0
    for concept, look in zip(concepts, looks.COVERS, strict=False):
        if concept.pk == film.pk:
            continue
        image = concept.add_shot(concept.title, 4).add_image(concept.title)
        version = add(image, look, COVER, f"{concept.number:02d}_cover.jpg")
        if concept.stage == "released":
            version.pick()
        done += 1
        report(done, total)
    for shot, look, (title, _seconds, count) in zip(shots, looks.SHOTS, words.SHOTS, strict=False):
        image = shot.add_image()
        before: list[Version] = []
        for number, tried in enumerate(versions(look, count), 1):
            said = recipes.options(shot.number, title, number, count)
            version = add(image, tried, FRAME, f"shot{shot.number:02d}_v{number}.jpg", said)
            # The fourth goes back to the second, a detour; what Photoshop wrote needs no word.
            if before and not is_edited(number - 1, count):
                Derivation.objects.say(version, before[1 if number == 4 else -1], "edit")
            before.append(version)
            done += 1
            report(done, total)
        if shot.number not in words.TO_CHOOSE:
            version.pick()
        marking.mark(shot.number, image)


def add(
    image: Image, look: Look, width: int, name: str, said: dict[str, Any] | None = None
) -> Version:
    """Paint one version and take it in, as an upload is; `said` is written beside its pixels."""
    with Incoming(settings.STUDIO_DATA / "spool") as incoming:
        incoming.write(encoded(paint(look, width), **(said or {})))
        return image.add(incoming, name)


def bind(world: World, concepts: list[Concept], in_hand: list[Scene]) -> None:
    """Which film takes up which thread, and which sentence became which shot."""
    for title, _other, numbers in words.THREADS:
        thread = Entry.objects.get(world=world, kind="thread", title=title)
        for number in numbers:
            ThreadLink.objects.create(thread=thread, concept=concepts[number - 1])
    shots = {shot.number: shot for shot in concepts[2].shots.all()}
    for scene, quotes in zip(in_hand, words.PASSAGES, strict=True):
        for number, quote in quotes:
            Passage.objects.bind(concepts[2], shots[number], scene, quote)


# --- tools, hours, letters ------------------------------------------------------------------------
def tools(today: date, concepts: list[Concept]) -> None:
    """What each can and cannot do yet; two shots wait."""
    Capability.objects.begin()
    every = list(Capability.objects.all())
    abilities = {title: each for each in every for title in (each.title, each.other_title)}
    named = {}
    for name, version in words.TOOLS:
        named[name] = Tool.objects.create(name=name, version=version)
    for name, ability, state, ago, note in words.TRIALS:
        tried = today - timedelta(days=ago)
        again = {"not": 56, "partly": 42}.get(state)
        Trial.objects.create(
            tool=named[name],
            capability=abilities[ability],
            state=state,
            tried_on=tried,
            again_on=tried + timedelta(days=again) if again else None,
            note=note,
        )
    shots: list[Shot] = list(concepts[2].shots.order_by("number"))
    for number in (10, 12):
        lettering = abilities["Chinese lettering in the picture"]
        Wait.begin(shots[number - 1], lettering, None, since=today - timedelta(days=61))
    water = abilities["Water that behaves"]
    Wait.begin(concepts[3], water, named["Veo"], since=today - timedelta(days=26))


def log(today: date) -> None:
    """52 weeks; writing before the day begins, film craft after it."""
    kinds = {kind.key: kind for kind in Kind.objects.all()}
    days = Days.of_the_studio()
    named = detours(today)
    for day, kind, seconds, note, minute in with_starts(year(today)):
        midnight = datetime.combine(day, time(), days.zone).astimezone(UTC)
        started = midnight + timedelta(minutes=minute)
        TimeEntry.objects.log(
            kinds[kind],
            day,
            seconds,
            note,
            started_at=started,
            ended_at=started + timedelta(seconds=seconds),
            zone=days.zone_name,
            detour=named_on(named, day) if kind == "detour" else None,
        )


def detours(today: date) -> list[Detour]:
    """One that paid off, one that did not, one that goes on."""
    made = []
    for name, why, began, ended, paid_off, outcome in words.DETOURS:
        judged = None if paid_off is None else today - timedelta(days=ended - 7)
        made.append(
            Detour.objects.create(
                name=name,
                why=why,
                began=today - timedelta(days=began),
                ended=today - timedelta(days=ended) if ended else None,
                paid_off=paid_off,
                judged=judged,
                outcome=outcome,
            )
        )
    return made


def named_on(named: list[Detour], day: date) -> Detour | None:
    """The detour of a day."""
    return next((one for one in named if one.began <= day <= (one.ended or day)), None)


def letters() -> None:
    """Two published, one a draft."""
    for title, body, other_title, other_body, is_public in words.LETTERS:
        letter = Letter.objects.create(
            title=title, body=body, other_title=other_title, other_body=other_body
        )
        if is_public:
            letter.publish()


def publish() -> int:
    """Put the pieces on the public page, but for what is to come; how many. Raises NotReady."""
    count = 0
    for offer in Counter().offers:
        if offer.name not in PRIVATE and offer.facts is not None and offer.state != "public":
            offer.piece.publish(offer.facts)
            count += 1
    return count
