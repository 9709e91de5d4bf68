"""The whole line: kind, day, stretch or length, note; and what it leaves open.

Own grammar, read by taking known shapes out of the line one after the other: day, stretch, length,
kind. What is ambiguous is asked, each answer being a line that is not; what is not understood is
the note. Nothing is guessed in silence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from studio.store.days import Days
from timelog.quick.clock import Length, Times, length_of, times_of
from timelog.quick.days import Day, day_of
from timelog.quick.line import Line

LONGEST = 24 * 3600  # seconds
# What one says of the two kinds a studio is born with; the author's own names come first.
_ALONE = r"(?<![a-z])(?:{})(?![a-z])"
_WORDS = {
    "writing": "写|稿|"
    + _ALONE.format("write|writing|written|wrote|rewrite|rewriting|rewrote|draft|drafting|chapter"),
    "video": "影像|影片|镜头|剪辑|分镜|画面|"
    + _ALONE.format("film|video|photoshop|ps|shots?|edit|editing|storyboard|render|rendering"),
    "detour": "弯路|绕路|" + _ALONE.format("detour"),
}
About = Literal["day", "time", "length"]
Meaning = date | tuple[datetime, datetime] | int  # a day, a stretch, seconds


@dataclass(frozen=True)
class Known:
    """What the reader knows: the kinds with their names, families, and what past notes were of.

    `kinds` is {key: (names, family)}; `past` is {word of a note: kind}; `usual` the kind used last.
    """

    kinds: Mapping[int, tuple[Sequence[str], str]]
    past: Mapping[str, int] = field(default_factory=dict)
    usual: int | None = None


@dataclass(frozen=True)
class Doubt:
    """A question: `about` what, and the lines that would each be plain, with what they mean."""

    about: About
    choices: tuple[tuple[str, Meaning], ...]


@dataclass(frozen=True)
class Understood:
    """What a line says. `start` and `end` are aware; `seconds` is elapsed time, not wall time."""

    kind: int | None = None
    guessed: bool = False  # the kind was not said
    day: date | None = None
    start: datetime | None = None
    end: datetime | None = None
    seconds: int | None = None
    note: str = ""
    doubts: tuple[Doubt, ...] = ()
    problem: Literal["", "ahead", "long", "nothing"] = ""

    @property
    def plain(self) -> bool:
        """Whether it can be kept as it is."""
        return bool(
            self.kind and self.day and self.seconds and not self.doubts and not self.problem
        )


def read(said: str, known: Known, now: datetime, days: Days) -> Understood:
    """Read a line at the instant `now` (aware) by the author's zone and day."""
    line = Line(said)
    local = now.astimezone(days.zone)
    found_day = day_of(line, days.today(now))
    times = times_of(line, found_day.part if found_day else None)
    length = length_of(line)
    kind, guessed = _kind_of(line, known)
    doubts: list[Doubt] = []
    day = _day(found_day, line, doubts)
    start = end = None
    seconds = None
    if times is not None:
        start, end = _stretch(times, length, day, local, days, line, doubts)
    elif length is not None:
        seconds = _length(length, day, local, days, line, doubts)
    if start and end:
        seconds = _between(start, end)
        day = days.of(start)
    day = day or (days.today(now) if found_day is None else None)
    return Understood(
        kind,
        guessed,
        day,
        start,
        end,
        seconds,
        "" if _says_only_its_kind(line.note) else line.note,
        tuple(doubts),
        _problem(seconds, day, end, days.today(now), now, bool(doubts)),
    )


def _problem(
    seconds: int | None,
    day: date | None,
    end: datetime | None,
    today: date,
    now: datetime,
    asks: bool,
) -> Literal["", "ahead", "long", "nothing"]:
    if seconds is not None and seconds > LONGEST:
        return "long"
    if (day and day > today) or (end and end > now + timedelta(minutes=1)):
        return "ahead"
    return "nothing" if not seconds and not asks else ""


def _between(start: datetime, end: datetime) -> int:
    """Elapsed seconds: in UTC, since two wall times of one zone subtract as if no clock changed."""
    return round((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds())


def _day(found: Day | None, line: Line, doubts: list[Doubt]) -> date | None:
    if found is None:
        return None
    if len(found.choices) == 1:
        return found.choices[0]
    answers = tuple((line.with_(found.found, day.isoformat()), day) for day in found.choices)
    doubts.append(Doubt("day", answers))
    return None


def _length(
    found: Length, day: date | None, now: datetime, days: Days, line: Line, doubts: list[Doubt]
) -> int | None:
    """Seconds, or the question between minutes and hours, or between a length and a beginning."""
    if found.doubtful:
        hours, minutes = (int(part) for part in found.found[0].split(":"))
        answers: list[tuple[str, Meaning]] = [
            (line.with_(found.found, f"{hours}h{minutes:02d}"), found.choices[0])
        ]
        if hours < 24:
            begun = _instant(day or now.date(), 60 * hours + minutes, days)
            if begun < now:
                said = f"at {hours:02d}:{minutes:02d}"
                answers.append((line.with_(found.found, said), (begun, now)))
    elif len(found.choices) == 1:
        return found.choices[0]
    else:
        ways = zip(("{} min", "{} h"), found.choices, strict=True)
        answers = [
            (line.with_(found.found, way.format(found.found[1])), seconds)
            for way, seconds in ways
            if seconds <= LONGEST
        ]
    if len(answers) == 1:
        return found.choices[0]
    doubts.append(Doubt("length", tuple(answers)))
    return None


def _stretch(
    times: Times,
    length: Length | None,
    day: date | None,
    now: datetime,
    days: Days,
    line: Line,
    doubts: list[Doubt],
) -> tuple[datetime | None, datetime | None]:
    """The instants of a stretch: those that are over by now, or a question between them."""
    asked = any(doubt.about == "day" for doubt in doubts)
    spent = length.choices[0] if length is not None and times.open_end else None
    found: list[tuple[datetime, datetime]] = []
    for start, end in times.pairs:
        for base in (day,) if day else (now.date(), now.date() - timedelta(days=1)):
            pair = _instants(base, start, end, spent, now, days)
            if pair is not None and (pair[1] <= now + timedelta(minutes=1) or day):
                found.append(pair)
                break
    if asked or not found:
        return None, None
    past = [pair for pair in found if pair[1] <= now + timedelta(minutes=1)]
    found = past or found[:1]
    if length is not None and not times.open_end:
        fits = [pair for pair in found if _between(*pair) == length.choices[0]]
        if not fits:
            doubts.append(_two_lengths(times, length, found[0], line))
            return None, None
        found = fits
    if len(found) == 1:
        return found[0]
    answers = tuple((_written(line, times, pair, day is None), pair) for pair in found)
    doubts.append(Doubt("time", answers))
    return None, None


def _two_lengths(
    times: Times, length: Length, pair: tuple[datetime, datetime], line: Line
) -> Doubt:
    """10:00-12:00 and 3 h cannot both be."""
    return Doubt(
        "length",
        (
            (line.without(length.found), _between(*pair)),
            (line.without(times.found), length.choices[0]),
        ),
    )


def _written(line: Line, times: Times, pair: tuple[datetime, datetime], dated: bool) -> str:
    """The line with the stretch in the form that means one thing."""
    start, end = pair
    said = f"at {start:%H:%M}" if times.open_end else f"{start:%H:%M}-{end:%H:%M}"
    return line.with_(times.found, f"{start.date().isoformat()} {said}" if dated else said)


def _instants(
    day: date, start: int, end: int | None, spent: int | None, now: datetime, days: Days
) -> tuple[datetime, datetime] | None:
    """Wall times of `day` as instants; what a change of the clock leaves out is moved on."""
    begun = _instant(day, start, days)
    if spent is not None:
        return begun, (begun.astimezone(UTC) + timedelta(seconds=spent)).astimezone(days.zone)
    ended = now if end is None else _instant(day, end, days)
    return (begun, ended) if ended > begun else None


def _instant(day: date, minutes: int, days: Days) -> datetime:
    base = datetime.combine(day + timedelta(days=minutes // 1440), time(0))
    wall = (base + timedelta(minutes=minutes % 1440)).replace(tzinfo=days.zone)
    return wall.astimezone(UTC).astimezone(days.zone)


# --- kinds ------------------------------------------------------------------------------------
def _kind_of(line: Line, known: Known) -> tuple[int | None, bool]:
    """(kind, whether it was only guessed). A kind's own name goes out of the note, at its ends."""
    for key, (names, _family) in known.kinds.items():
        for name in sorted(names, key=len, reverse=True):
            if _take_name(line, name):
                return key, False
    for family, pattern in _WORDS.items():
        if re.search(pattern, line.open):
            fitting = [key for key, (_names, of) in known.kinds.items() if of == family]
            if len(fitting) == 1:
                return fitting[0], False
    for word in re.findall(r"[^\W\d_]{2,}", line.open):
        if known.past.get(word) in known.kinds:
            return known.past[word], False
    if len(known.kinds) == 1:
        return next(iter(known.kinds)), False
    usual = known.usual if known.usual in known.kinds else next(iter(known.kinds), None)
    return usual, True


def _says_only_its_kind(note: str) -> bool:
    """写, or "wrote", alone; the name of a tool alone says more."""
    folded = Line(note).open
    return any(re.fullmatch(_WORDS[family], folded) for family in ("writing", "detour"))


def _take_name(line: Line, name: str) -> bool:
    """Whether the kind's name stands in the line; taken out where it stands alone at an end."""
    folded = re.escape(Line(name).open.strip())
    if not folded:
        return False
    whole = re.compile(rf"(?<!\w)#?{folded}(?!\w)")
    found = line.find(whole)
    if found is None:
        return False
    before, after = line.open[: found.start()], line.open[found.end() :]
    alone = not before.replace("\x00", "").strip(" ,，:：") or not after.replace("\x00", "").strip(
        " ,，:："
    )
    if alone or found[0].startswith("#"):
        line.take(found)
    return True
