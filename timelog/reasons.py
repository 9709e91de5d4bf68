"""Why a file of hours or a row of it was not taken, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from timelog.incoming import Aside, NotRead, Spent

# Of a whole file: one sentence that says what to do.
FILES = {
    "format": _("That format cannot be read yet; there is: %(about)s."),
    "missing": _("%(about)s cannot be opened; give the path of a file."),
    "waited": _("The file has waited too long; choose it again."),
    "none": _("Choose a file."),
    "large": _("The file is larger than %(about)s MB; split it by year."),
    "together": _("At most %(about)s files and 64 MB come in at once; bring it in next time."),
    "many": _("At most %(about)s files and 64 MB come in at once; choose fewer."),
    "rows_together": _("With it there are more than %(about)s rows; bring it in by itself."),
    "no_files": _("The archive holds no files; choose the one with your hours."),
    "packed_twice": _("It is an archive within an archive; unpack it first."),
    "packed_large": _(
        "The archive holds more than %(about)s files or 64 MB; bring in a part of it at a time."
    ),
    "packed_outside": _("The archive holds a name that leads out of it; it is not taken."),
    "packed_link": _("The archive holds a link or is encrypted; pack it plainly."),
    "packed_damaged": _("The archive is damaged; pack it again."),
    "rows": _("The file has more than %(about)s rows; split it by year."),
    "unpacked": _("The file unpacks to more than 64 MB; split it by year."),
    "empty": _("The file is empty; choose the one with your hours."),
    "no_table": _("The file is no table; save it as CSV, XLSX or ODS."),
    "json": _("The file is broken JSON from line %(about)s on; export it again."),
    "calendar": _("The calendar is broken (%(about)s); export it again."),
    "shape": _("No format that can be read looks like this file; export hours as CSV or JSON."),
    "not_this": _("The file is not one of %(about)s; leave the format out, or choose another."),
    "columns_of": _("The headings are not those of that format; it needs: %(about)s."),
    "no_windows": _("The export holds no windows; export all buckets of ActivityWatch."),
    "zone": _("The times name no time zone; say it with --zone, as --zone Europe/Berlin."),
    "no_zone": _("There is no time zone “%(about)s”; write it as Europe/Berlin."),
    "person": _("The file holds hours of several people; say whose with --person: %(about)s."),
    "map": _("“%(about)s” does not say what is what; write it as --map PROJECT=KIND."),
    "damaged": _("The file is damaged; save it again as XLSX or CSV."),
    "utf16": _("The file says it is UTF-16 and is not; save it as UTF-8."),
    "binary": _("The file is no table; save it as CSV, XLSX or ODS."),
    "unknown": _("The file's encoding is not known; save it as UTF-8."),
    "quote": _("A quotation mark in line %(about)s is never closed; close it or take it out."),
    "sheet": _("There is no such sheet; choose one of: %(about)s."),
    "columns": _("The columns are not clear; name two of them date and hours in the first row."),
    "order": _("%(about)s can be two days; say the order with --date-order dmy, mdy or ymd."),
    "orders": _(
        "No one order of day and month fits all dates; say it with --date-order dmy, mdy or ymd."
    ),
    "nothing": _("There are no hours in this file."),
    "kind": _("There is no kind “%(about)s”; make it first, or leave it out."),
    "no_batch": _("There is no import “%(about)s”; its number was told when it was brought in."),
}
# Of one row: a few words.
ROWS = {
    "above": _("stands above the table: %(about)s"),
    "heading": _("the headings again"),
    "total": _("a total: %(about)s"),
    "words": _("no day and no hours: %(about)s"),
    "no_hours": _("no hours: %(about)s"),
    "no_day": _("no day"),
    "day": _("“%(about)s” is no day; write it as 2026-11-19"),
    "length": _("“%(about)s” is no length; write it as 2:40 or 2.5"),
    "negative": _("%(about)s is less than nothing"),
    "too_long": _("%(about)s is more than 24 hours"),
    "formula": _("%(about)s is a formula, and none is worked out; paste its value"),
    "cells": _("more cells than headings; put words with commas in quotation marks"),
    "long_kind": _("the kind is longer than 80 characters: %(about)s"),
    "long_note": _("the note is longer than 500 characters"),
    "moment": _("“%(about)s” is no time; write it as 2026-11-19 21:30"),
    "line": _("cannot be read: %(about)s"),
    "open": _("still running since %(about)s"),
    "short": _("under a minute each (how many, how long together): %(about)s"),
    "bucket": _("not a record of windows: %(about)s"),
    "no_length": _("no length: %(about)s"),
    "all_day": _("a whole day is no hours: %(about)s"),
    "cancelled": _("cancelled: %(about)s"),
    "to_come": _("still to come: %(about)s"),
    "rule": _("its rule of repetition cannot be followed: %(about)s"),
    "record": _("no entry of this studio: %(about)s"),
}
# Of one row that was read: why to look at it twice.
DOUBTS = {
    "twice": _("the clock was set back, so this time came twice; the first is taken"),
    "never": _("the clock was set forward, so this time never was; it is read an hour later"),
    "length": _("the length is more than from start to end; the length is taken"),
    "cut": _("the note is longer than 500 characters and is cut"),
}
# Of the whole file: what to know about how it was counted.
ASIDES = {
    "no_watcher": _("%(about)s: no record of who was there, so all of its time is counted"),
}
# On the page the order is chosen in a form, and there is no option to name.
ON_THE_PAGE = {
    "order": _("%(about)s can be two days. Say which number is the day."),
    "orders": _("No one order of day and month fits all dates. Say which number is the day."),
    "zone": _("The times in this file name no time zone. Say where the clock was."),
    "person": _("This file holds hours of several people. Say which of them you are."),
}
ASKS = frozenset(ON_THE_PAGE)


def of_file(error: NotRead, on_the_page: bool = False) -> str:
    """The sentence for a file that was not read."""
    sentence = ON_THE_PAGE.get(error.reason) if on_the_page else None
    return str(sentence or FILES[error.reason]) % {"about": error.about}


def of_doubt(row: Spent) -> str:
    """The words for a row to look at twice."""
    return str(DOUBTS[row.doubt])


def of_whole(aside: tuple[str, str]) -> str:
    """The words for a remark on the whole file."""
    return str(ASIDES[aside[0]]) % {"about": aside[1]}


def of_row(aside: Aside) -> str:
    """The words for a row that was not taken."""
    return str(ROWS[aside.reason]) % {"about": aside.about}
