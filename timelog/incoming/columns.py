"""Which column of a table is the day, the hours, the kind, the note: by its heading or look."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .record import NotRead, Row

HEADINGS_WITHIN = 20  # rows; a title and a remark may stand above the headings
LONGEST_KIND = 80
# The first word that is found wins, so the plainer one stands first.
WORDS = {
    "day": "date day 日期 日子 日",
    "hours": "hours hour hrs hr h duration length 小时 小時 小时数 小時數 时长 時長 时数 時數 "
    "工时 工時 用时 用時 耗时 耗時 time 时间 時間",
    "minutes": "minutes minute mins min 分钟 分鐘 分钟数 分",
    "seconds": "seconds second secs sec 秒 秒数",
    "kind": "kind category type activity 类型 類型 类别 類別 种类 種類 分类 分類 project 项目 項目",
    "note": "note notes description remark remarks comment comments details task 备注 備註 "
    "说明 說明 描述 内容 內容 任务 任務 事项 事項",
}
UNITS = {"hours": 3600, "minutes": 60, "seconds": 1}
# A heading with one of these words is about something else than the hours of the row.
_other = re.compile(
    r"\b(?:start|starts|started|end|ends|ended|begin|stop|from|to|until|total|running|cumulative|sum"
    r"|left|rate|target|goal|planned?|per|created|updated|due)\b"
    r"|开始|開始|结束|結束|累计|累計|合计|合計|总计|總計|目标|目標|计划|計劃|剩余|剩餘|创建|截止"
)
_word = re.compile(r"[^\W\d_]{2}")
_brackets = re.compile(r"[(\[](.*?)[)\]]")


@dataclass(frozen=True)
class Columns:
    """Places from 0. `lengths` are (place, seconds in one); `names` are the headings."""

    day: int
    lengths: tuple[tuple[int, int], ...]
    kind: int | None = None
    notes: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    first_row: int = 0
    width: int = 0

    def told(self) -> list[tuple[str, str]]:
        """(heading, what it was read as, or nothing) of each column."""
        roles = {self.day: "day", **dict.fromkeys(self.notes, "note")}
        roles |= {place: "length" for place, _ in self.lengths}
        if self.kind is not None:
            roles[self.kind] = "kind"
        last = max(len(self.names), *(place + 1 for place in roles))
        names = [*self.names, *[""] * (last - len(self.names))]
        return [(name, roles.get(n, "")) for n, name in enumerate(names) if name or n in roles]


def by_heading(rows: Sequence[Row]) -> Columns | None:
    """By the first row that names at least a day and a length."""
    for number, (_, cells) in enumerate(rows[:HEADINGS_WITHIN]):
        roles = [role_of(cell) for cell in cells]
        days = ranked(roles, "day")
        lengths = {unit: found for unit in UNITS if (found := ranked(roles, unit))}
        if not days or not lengths:
            continue
        chosen = tuple((found[0], UNITS[unit]) for unit, found in lengths.items())
        if not one_length([cells for _, cells in rows[number + 1 :]], chosen):
            chosen = chosen[:1]
        kinds = ranked(roles, "kind")
        notes = sorted(ranked(roles, "note")) or the_only_words(rows[number + 1 :], roles)
        return Columns(
            day=days[0],
            lengths=chosen,
            kind=kinds[0] if kinds else None,
            notes=tuple(notes),
            names=tuple(cells),
            first_row=number + 1,
            width=len(cells),
        )
    return None


def one_length(body: Sequence[Sequence[str]], lengths: Sequence[tuple[int, int]]) -> bool:
    """Whether columns of hours and of minutes are parts of one length (2 and 40).

    Where they say the same twice (2.5 and 150), only the first counts.
    """
    parts = [cells[n] for cells in body for n, _ in lengths if n < len(cells) and cells[n]]
    small = [cells[n] for cells in body for n, _ in lengths[1:] if n < len(cells) and cells[n]]
    return all(map(str.isdecimal, parts)) and all(int(each) < 60 for each in small)


def the_only_words(body: Sequence[Row], roles: Sequence[tuple[str, int]]) -> list[int]:
    """The one column with an unknown heading that holds words: they are notes, not to be lost."""
    places = [n for n, (role, _) in enumerate(roles) if not role]
    worded = [
        n for n in places if any(n < len(cells) and _word.search(cells[n]) for _, cells in body)
    ]
    return worded if len(worded) == 1 else []


def ranked(roles: Sequence[tuple[str, int]], role: str) -> list[int]:
    """The places of the columns with `role`, the plainest heading first."""
    found = [(rank, place) for place, (each, rank) in enumerate(roles) if each == role]
    return [place for _, place in sorted(found)]


def role_of(heading: str) -> tuple[str, int]:
    """What a heading names, and how plainly (0 is plainest); ("", 0) when nothing known."""
    text = unicodedata.normalize("NFKC", heading).casefold().strip(" *:#")
    if not text or len(text) > 60:
        return "", 0
    inside = " ".join(_brackets.findall(text))
    text = _brackets.sub(" ", text).strip()
    role, rank = exact(text)
    if not role and not _other.search(text):
        role, rank = within(text)
    if role in UNITS and inside:
        unit, _ = exact(inside)
        role = unit if unit in UNITS else role
    return role, rank


def exact(text: str) -> tuple[str, int]:
    """The role whose word is all of `text`."""
    for role, words in WORDS.items():
        if text in words.split():
            return role, words.split().index(text)
    return "", 0


def within(text: str) -> tuple[str, int]:
    """The role one of whose words stands in `text`, a unit of time before all others."""
    spoken = set(re.findall(r"[a-z]+", text))
    for role in ("minutes", "seconds", "day", "hours", "kind", "note"):
        for rank, word in enumerate(WORDS[role].split()):
            if (
                (word in spoken and len(word) > 1)
                if word.isascii()
                else (len(word) > 1 and word in text)
            ):
                return role, 100 + rank
    return "", 0


def by_look(
    rows: Sequence[Row], is_day: Callable[[str], bool], is_length: Callable[[str], bool]
) -> Columns:
    """Without headings: when one column holds days and one other holds lengths. Raises NotRead."""
    first = next((n for n, (_, cells) in enumerate(rows) if any(map(is_day, cells))), None)
    if first is None:
        raise NotRead("columns")
    body = [cells for _, cells in rows[first:]]
    width = Counter(len(cells) for cells in body).most_common(1)[0][0]
    columns = [[cells[n] for cells in body if n < len(cells) and cells[n]] for n in range(width)]
    days = [n for n, cells in enumerate(columns) if mostly(cells, is_day)]
    lengths = [n for n, cells in enumerate(columns) if n not in days and mostly(cells, is_length)]
    if len(days) != 1 or len(lengths) != 1:
        raise NotRead("columns")
    texts = [n for n, cells in enumerate(columns) if cells and n not in {*days, *lengths}]
    kind = next((n for n in texts if looks_like_kinds(columns[n])), None)
    return Columns(
        day=days[0],
        lengths=((lengths[0], 3600),),
        kind=kind,
        notes=tuple(n for n in texts if n != kind),
        first_row=first,
        width=width,
    )


def mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Whether four of five cells fit."""
    return bool(cells) and 5 * sum(map(fits, cells)) >= 4 * len(cells)


def looks_like_kinds(cells: Sequence[str]) -> bool:
    """Whether the same few short names come again and again."""
    names = {cell.casefold() for cell in cells}
    return max(map(len, names)) <= 40 and len(names) <= max(12, len(cells) // 10)
