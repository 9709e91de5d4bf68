"""Any table that tells when each row began, and its end or its length."""

from . import timed
from .columns import by_heading
from .record import NotRead, Reading, Wishes
from .source import Source

COLUMNS = {
    "start_day": ("date", "day", "日期", "日子"),
    "start": (
        *("start", "started", "started at", "start time", "start datetime", "begin", "beginning"),
        *("from", "time in", "start date", "开始", "開始", "开始时间", "開始時間", "起"),
    ),
    "end": (
        *("end", "ended", "ended at", "stop", "stopped", "finish", "end time", "stop time", "to"),
        *("until", "time out", "end datetime", "end date", "结束", "結束", "结束时间", "結束時間"),
    ),
    "length": (
        *("duration", "hours", "duration hours", "duration (h)", "time", "length", "时长", "時長"),
        *("小时", "小時", "用时", "用時", "seconds", "minutes", "分钟", "秒"),
    ),
    "pause": ("break", "pause", "休息"),
    "kind": (
        *("kind", "category", "project", "project name", "类型", "類型", "类别", "項目", "项目"),
        *("activity", "type", "client", "client name"),
    ),
    "note": (
        *("note", "notes", "description", "task", "task name", "comment", "remarks", "title"),
        *("备注", "備註", "说明", "說明", "描述", "内容", "內容"),
    ),
    "tags": ("tags", "tag", "标签", "標籤"),
    "zone": ("zone", "time zone", "timezone", "时区", "時區"),
    "person": ("user email", "email", "user", "user name"),
}


def fits(source: Source) -> bool:
    """A start and an end or a length; without a day and hours, which the spreadsheet reads."""
    try:
        table = source.table()
    except NotRead:
        return False
    layout = timed.layout_of(table, COLUMNS, ("start",))
    if layout is None or by_heading(table.rows) is not None:
        return False
    whole = layout.places["end"] or layout.places["length"]
    cells = [layout.cell(cells, "start") for _, cells in table.rows[layout.first_row :]]
    return bool(whole) and any(":" in cell for cell in cells)


def read(source: Source, wishes: Wishes) -> Reading:
    """Read it. Raises NotRead."""
    return timed.read(source, wishes, COLUMNS, ("start",))
