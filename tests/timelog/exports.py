"""Files as other programs write them, every name and number made up, and what is read of them."""

import json
from datetime import UTC, datetime

import pytest

from timelog.incoming import NotRead, Wishes, read

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TOGGL_HEAD = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,"
    "End date,End time,Duration,Tags,Amount (EUR)"
)


def toggl(*rows, head=TOGGL_HEAD, person="Lin,lin@example.org"):
    """Rows of (project, description, start, end, duration, tags); "2026-11-19 09:00:00"."""
    lines = [head]
    for project, note, start, end, length, tags in rows:
        begun, ended = start.replace(" ", ","), end.replace(" ", ",")
        lines.append(f'{person},,{project},,"{note}",No,{begun},{ended},{length},"{tags}",')
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


CLOCKIFY_HEAD = (
    '"Project","Client","Description","Task","User","Group","Email","Tags","Billable",'
    '"Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)"'
)


def clockify(*rows, head=CLOCKIFY_HEAD):
    """Rows of (project, description, start day, time, end day, time, duration)."""
    lines = [head]
    for project, note, day, start, last, end, length in rows:
        cells = [project, "", note, "", "Lin", "", "lin@example.org", "", "No"]
        lines.append(",".join(f'"{cell}"' for cell in [*cells, day, start, last, end, length]))
    return "\n".join(lines).encode()


def event(start, seconds, **data):
    return {"id": 1, "timestamp": start, "duration": seconds, "data": data}


def activitywatch(window, away=None, host="studio", **more):
    buckets = {
        f"aw-watcher-window_{host}": {
            "id": f"aw-watcher-window_{host}",
            "type": "currentwindow",
            "client": "aw-watcher-window",
            "hostname": host,
            "events": window,
        },
        **more,
    }
    if away is not None:
        buckets[f"aw-watcher-afk_{host}"] = {
            "id": f"aw-watcher-afk_{host}",
            "type": "afkstatus",
            "hostname": host,
            "events": away,
        }
    return {"buckets": buckets}


def packed(value):
    return json.dumps(value, ensure_ascii=False).encode()


def calendar(*events, head=""):
    body = "".join(f"BEGIN:VEVENT\r\n{text.strip()}\r\nEND:VEVENT\r\n" for text in events)
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//made up//EN\r\n{head}{body}END:VCALENDAR\r\n"
    ).encode()


# --- what is read of them -------------------------------------------------------------------------
def found(value, name="", **wishes):
    data = value if isinstance(value, bytes) else packed(value)
    return read(data, wishes=Wishes(now=NOW, **wishes), name=name)


def rows(value, **wishes):
    return [(each.day, each.seconds, each.kind, each.note) for each in found(value, **wishes).spent]


def why_not(value, **wishes):
    with pytest.raises(NotRead) as refused:
        found(value, **wishes)
    return refused.value.reason, refused.value.about


def reasons(asides):
    return [(each.line, each.reason) for each in asides]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)
