"""The facts of each piece: exactly what a copy of it would hold, by the author's options.

A function gives None where the studio has nothing to offer. Facts name no row of the studio: no
id, no file name, no title that the author did not choose to show.
"""

from datetime import date
from typing import Any

from projects.writing.edge import tone
from projects.writing.shelf import Volume
from studio.public.source import Marks, Studio
from studio.public.stills import CARD, TILE, WIDE, Still
from studio.public.tongues import both

Options = dict[str, Any]
Facts = dict[str, Any]
VERBS = ("written", "rewritten", "finished")


def front(studio: Studio, options: Options) -> Facts | None:
    """The name of the work, a line about it, a picture."""
    if studio.world is None:
        return None
    making = next(iter(studio.making), None)
    image = options.get("image")
    picture = (
        studio.still(image, WIDE)
        if image
        else studio.cover(making.pk, WIDE)
        if making and image is None
        else None
    )
    return {
        "names": both(studio.world.title, studio.world.other_title),
        "lines": both(options.get("line", ""), options.get("other_line", "")),
        "author": options.get("author", "").strip(),
        "picture": picture,
        "seal": studio.world.seal_path,
    }


def intention(studio: Studio, options: Options) -> Facts | None:
    """Why it was begun."""
    said = studio.intention
    return {"words": both(said.text, said.other_text)} if said else None


def book(studio: Studio, volume: Volume, options: Options) -> Facts:
    """A book from the side, and how many of its chapters are how far."""
    main, twin = volume.book, volume.twin.book if volume.twin else None
    chapters = volume.chapters
    written = [chapter for chapter in chapters if getattr(chapter, main.counts_in)]
    ranks = {pk: rank for rank, pk in enumerate(volume.statuses)}
    since, verb = measure(volume, options)
    done = sum(ranks.get(chapter.status_id, -1) >= since for chapter in chapters)
    if since < 0:
        done = len(written)
    longest = max((getattr(chapter, main.counts_in) for chapter in chapters), default=0) or 1
    shows_now = options.get("now", True)
    leaves = []
    for chapter in chapters:
        length = getattr(chapter, main.counts_in)
        share = max(1, round(100 * length / longest)) if length else 0
        look = tone(ranks.get(chapter.status_id or 0), len(ranks))
        leaves.append([share, look, shows_now and chapter.pk == volume.now])
    other = twin.title if twin else main.other_title
    other_lang = twin.language if twin else main.other_language
    return {
        "names": both(main.title, other, main.language, other_lang),
        "numeral": volume.numeral,
        "verb": verb if written else "planned",
        "done": done if written else 0,
        "chapters": len(chapters),
        "leaves": leaves,
    }


def measure(volume: Volume, options: Options) -> tuple[int, str]:
    """From which of the author's statuses on a chapter counts, and what it is then called.

    -1 counts every chapter that has words. A book whose chapters all reached the last is finished.
    """
    statuses = volume.statuses
    chosen = options.get("measure")
    since = statuses.index(chosen) if chosen in statuses else min(1, len(statuses) - 1)
    if len(statuses) < 2:
        return -1, options.get("verb") or "written"
    last = all(chapter.status_id == statuses[-1] for chapter in volume.chapters)
    if last:
        return len(statuses) - 1, "finished"
    if options.get("verb"):
        return since, options["verb"]
    return since, "finished" if since == len(statuses) - 1 else "rewritten"


def film(studio: Studio, concept: Any, options: Options) -> Facts:
    """A released film: a link and a poster."""
    image = options.get("image")
    poster = studio.still(image, CARD) if image else studio.cover(concept.pk, CARD)
    shots = studio.seconds.get(concept.pk, 0)
    return {
        "names": both(concept.title, concept.other_title),
        "link": options.get("link", ""),
        "seconds": options.get("seconds") or round(shots),
        "day": options.get("day") or concept.stage_since.date().isoformat(),
        "picture": poster,
    }


def making(studio: Studio, options: Options) -> Facts | None:
    """The film in the making."""
    found = studio.making
    concept = next((one for one in found if one.pk == options.get("concept")), None)
    concept = concept or next(iter(found), None)
    if concept is None:
        return None
    counted = options.get("shots", True)
    return {
        "names": both(concept.title, concept.other_title),
        "picture": studio.cover(concept.pk, CARD) if options.get("picture", True) else None,
        "shots": concept.shot_count if counted else None,
        "picked": concept.picked_count if counted else None,
    }


def concepts(studio: Studio, options: Options) -> Facts | None:
    """How many films there are to be; the names of those to come only if chosen."""
    if not studio.concepts:
        return None
    making = next(iter(studio.making), None)
    ahead = [one for one in studio.concepts if one.stage != "released" and one != making]
    names, pictures = options.get("names", False), options.get("pictures", False)
    tiles: list[Facts] = []
    for one in ahead if names or pictures else ():
        cover: Still | None = studio.cover(one.pk, TILE) if pictures else None
        words = both(one.title, one.other_title) if names else []
        tiles.append({"number": one.number if names else None, "names": words, "picture": cover})
    return {
        "total": len(studio.concepts),
        "released": sum(one.stage == "released" for one in studio.concepts),
        "ahead": len(ahead),
        "tiles": tiles,
    }


def frame(studio: Studio, options: Options) -> Facts | None:
    """One picture before and after: two of its versions."""
    image = options.get("image") or studio.most_made
    versions = studio.versions_of(image)
    if len(versions) < 2:
        return None
    by_number = {version.number: version for version in versions}
    pick = next((one.version for one in studio.settled if one.image == image), None)
    picked = next((one for one in versions if one.pk == pick), versions[-1])
    before = by_number.get(options.get("before") or 0, versions[0])
    after = by_number.get(options.get("after") or 0, picked)
    if before == after:
        before = next(one for one in versions if one != after)
    sides = [
        {
            "number": one.number,
            "picture": Still(one.pk, one.blob.sha256, one.width, one.height, WIDE),
        }
        for one in (before, after)
    ]
    return {
        "versions": len(versions),
        "lines": both(options.get("caption", ""), options.get("other_caption", "")),
        "before": sides[0],
        "after": sides[1],
    }


def milestone(studio: Studio, marks: Marks, reached: date | None, options: Options) -> Facts:
    """A number of hours that was reached."""
    return {"hours": marks.hours, "names": both(marks.name), "day": reached and reached.isoformat()}


def own_milestone(options: Options) -> Facts:
    """A milestone in the author's own words."""
    return {
        "hours": None,
        "names": both(options.get("words", ""), options.get("other_words", "")),
        "day": options.get("day"),
    }
