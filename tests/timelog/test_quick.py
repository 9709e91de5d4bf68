"""One line becomes an entry: in English, in Chinese, and never by a silent guess."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.store.days import Days
from timelog.models import TimeEntry
from timelog.quick import Known, read, said
from timelog.quick.numbers import number

from .make import unhurried

WRITING, VIDEO, DETOUR = 1, 2, 3
KINDS = {
    WRITING: (("Writing", "写作", "writing"), "writing"),
    VIDEO: (("Film craft", "影像", "video"), "video"),
    DETOUR: (("Detour", "弯路", "detour"), "detour"),
}
KNOWN = Known(KINDS, past={"kontext": VIDEO}, usual=VIDEO)
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 21, 30, tzinfo=SHANGHAI)  # a Wednesday
DAYS = Days("Asia/Shanghai", 4)


def at(day, clock):
    return datetime.fromisoformat(f"2026-{day}T{clock}").replace(tzinfo=SHANGHAI)


LENGTHS = [
    ("2h40 photoshop shot 07 yesterday", VIDEO, (11, 24), 160, "photoshop shot 07"),
    ("2.5 writing", WRITING, (11, 25), 150, ""),
    ("90 kontext", VIDEO, (11, 25), 90, "kontext"),
    ("1:30 film craft monday", VIDEO, (11, 23), 90, ""),
    ("an hour and a half writing", WRITING, (11, 25), 90, ""),
    ("half an hour writing two days ago", WRITING, (11, 23), 30, ""),
    ("20 nov 2h writing", WRITING, (11, 20), 120, ""),
    ("Nov 20th 45 min ps", VIDEO, (11, 20), 45, "ps"),
    ("2026-11-20 2h #detour kontext", DETOUR, (11, 20), 120, "kontext"),
    ("20/11 2h writing", WRITING, (11, 20), 120, ""),
    ("the day before yesterday 3 hours writing", WRITING, (11, 23), 180, ""),
    ("writing: 40m, ch 14", WRITING, (11, 25), 40, "ch 14"),
    ("10-12 pages writing 2h", WRITING, (11, 25), 120, "10-12 pages"),
    ("半小时 写", WRITING, (11, 25), 30, ""),
    ("一个半小时 写第14章", WRITING, (11, 25), 90, "写第14章"),
    ("第14章 写了两小时四十分", WRITING, (11, 25), 160, "第14章 写了"),
    ("上周五 两个半小时 弯路", DETOUR, (11, 20), 150, ""),
    ("周日 三刻钟 写作", WRITING, (11, 22), 45, ""),
    ("11月20日 40分钟 写作", WRITING, (11, 20), 40, ""),
    ("三天前 2h 镜头07", VIDEO, (11, 22), 120, "镜头07"),
    ("12号 2小时 写作", WRITING, (11, 12), 120, ""),
    ("昨天 2 小时 40 分 修图 镜头 07", VIDEO, (11, 24), 160, "修图 镜头 07"),
    ("大前天 ２小時 寫作", WRITING, (11, 22), 120, ""),
]


@pytest.mark.parametrize(("line", "kind", "day", "minutes", "note"), LENGTHS)
def test_a_length_a_day_and_a_kind_are_read_from_one_line(line, kind, day, minutes, note):
    understood = read(line, KNOWN, NOW, DAYS)
    assert understood.plain
    assert not understood.guessed
    assert (understood.kind, understood.day) == (kind, date(2026, *day))
    assert (understood.seconds, understood.note) == (minutes * 60, note)
    assert understood.start is None


STRETCHES = [
    ("昨晚十点到十二点 写第14章", at("11-24", "22:00"), at("11-25", "00:00"), (11, 24)),
    ("writing 10:00-12:00", at("11-25", "10:00"), at("11-25", "12:00"), (11, 25)),
    ("9-11pm writing", at("11-24", "21:00"), at("11-24", "23:00"), (11, 24)),
    ("10am-12pm writing", at("11-25", "10:00"), at("11-25", "12:00"), (11, 25)),
    ("noon to 2pm writing", at("11-25", "12:00"), at("11-25", "14:00"), (11, 25)),
    ("22:00–0:30 yesterday writing", at("11-24", "22:00"), at("11-25", "00:30"), (11, 24)),
    ("last night 10 to 1 writing", at("11-24", "22:00"), at("11-25", "01:00"), (11, 24)),
    ("at 9pm for 2h yesterday writing", at("11-24", "21:00"), at("11-24", "23:00"), (11, 24)),
    ("at 20:00 writing", at("11-25", "20:00"), NOW, (11, 25)),
    ("下午三点半到五点 写作", at("11-25", "15:30"), at("11-25", "17:00"), (11, 25)),
    ("昨晚11点到凌晨1点 写作", at("11-24", "23:00"), at("11-25", "01:00"), (11, 24)),
    ("今早八点到九点半写作", at("11-25", "08:00"), at("11-25", "09:30"), (11, 25)),
    # The author's day begins at four: an hour after midnight belongs to the day before.
    ("昨晚1点到2点写作", at("11-25", "01:00"), at("11-25", "02:00"), (11, 24)),
]


@pytest.mark.parametrize(("line", "start", "end", "day"), STRETCHES)
def test_a_stretch_of_the_clock_is_read_with_the_part_of_the_day(line, start, end, day):
    understood = read(line, KNOWN, NOW, DAYS)
    assert understood.plain
    assert (understood.start, understood.end) == (start, end)
    assert understood.seconds == (end - start).total_seconds()
    assert (understood.kind, understood.day) == (WRITING, date(2026, *day))


QUESTIONS = [
    ("last monday 2h writing", "day", 2),
    ("5/6 3h writing", "day", 2),
    ("wednesday 2h writing", "day", 2),
    ("from 10 to 12 writing", "time", 2),
    ("十点到十二点 写作", "time", 2),
    ("since 9:00 writing", "time", 2),
    ("10:00-12:00 3h writing", "length", 2),
    ("14:30 writing", "length", 2),
]


@pytest.mark.parametrize(("line", "about", "number_of"), QUESTIONS)
def test_what_may_mean_two_things_is_asked_and_each_answer_is_plain(line, about, number_of):
    understood = read(line, KNOWN, NOW, DAYS)
    assert not understood.plain
    (doubt,) = understood.doubts
    assert (doubt.about, len(doubt.choices)) == (about, number_of)
    for answer, meant in doubt.choices:
        plain = read(answer, KNOWN, NOW, DAYS)
        assert plain.plain, answer
        if isinstance(meant, tuple):
            assert (plain.start, plain.end) == meant
        elif isinstance(meant, date):
            assert plain.day == meant
        else:
            assert plain.seconds == meant


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("tomorrow 2h writing", "ahead"),
        ("明天 2小时 写作", "ahead"),
        ("2027-01-02 2h writing", "ahead"),
        ("30h writing", "long"),
        ("writing", "nothing"),
        ("0h writing", "nothing"),
        ("", "nothing"),
    ],
)
def test_what_cannot_be_is_said(line, problem):
    understood = read(line, KNOWN, NOW, DAYS)
    assert understood.problem == problem
    assert not understood.plain


def test_a_kind_that_is_not_said_is_a_guess_and_marked_as_one():
    understood = read("2h tidying", KNOWN, NOW, DAYS)
    assert (understood.kind, understood.guessed) == (VIDEO, True)


BERLIN = Days("Europe/Berlin")


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ("2026-03-29 1:00-4:00 am writing", 2),
        ("2026-10-25 01:00-04:00 writing", 4),
        ("2026-10-24 01:00-04:00 writing", 3),
    ],
)
def test_a_night_with_a_change_of_the_clock_has_its_true_length(line, hours):
    understood = read(line, KNOWN, NOW, BERLIN)
    assert understood.seconds == hours * 3600


def test_a_beginning_and_a_length_end_where_that_much_time_has_passed():
    understood = read("2026-03-29 at 01:00 for 2h writing", KNOWN, NOW, BERLIN)
    assert understood.end is not None
    assert understood.end.astimezone(UTC) == datetime(2026, 3, 29, 2, tzinfo=UTC)
    assert f"{understood.end:%H:%M}" == "04:00"


# --- whatever is typed ------------------------------------------------------------------------
ENGLISH = """2h 2h40 90 14:30 10-12 10:00-12:00 from to at for pm am noon monday last yesterday
5/6 31/2 29 feb nov 20 2026-11-20 tomorrow since now writing #video × ٣ \u200b 😀 ﷽"""
CHINESE = "昨晚 今早 十点 到 十二点 半 两个 小时 分钟 周一 上 号 12号 三十一 写 弯路"
PIECES = st.sampled_from([*ENGLISH.split(), *CHINESE.split()])


@given(st.lists(PIECES, max_size=9), st.sampled_from(["", " "]))
def test_no_line_is_too_odd(pieces, between):
    understood = read(between.join(pieces), KNOWN, NOW, DAYS)
    if understood.plain:
        assert 0 < understood.seconds <= 24 * 3600
        assert understood.day <= DAYS.today(NOW)
        assert understood.end is None or understood.end <= NOW + timedelta(minutes=1)
    for doubt in understood.doubts:
        assert len(doubt.choices) > 1


@given(st.text(max_size=60))
def test_no_text_is_too_odd_either(line):
    read(line, KNOWN, NOW, DAYS)


@given(
    st.dates(date(2025, 12, 1), date(2026, 11, 24)),
    st.integers(1, 24 * 60),
    st.sampled_from(sorted(KINDS)),
    st.text("abcdefgh 第章", max_size=12).map(str.split).map(" ".join),
)
def test_what_is_written_plainly_comes_back(day, minutes, kind, note):
    name = KINDS[kind][0][0]
    line = f"{day.isoformat()} {minutes // 60}h{minutes % 60:02d} #{name} {note}"
    understood = read(line, KNOWN, NOW, DAYS)
    assert understood.plain
    assert (understood.day, understood.kind) == (day, kind)
    assert understood.seconds == minutes * 60
    assert understood.note == note


@unhurried
@given(
    st.integers(0, 300),
    st.integers(0, 1439),
    st.integers(1, 24 * 60 - 1),
    st.booleans(),
    st.text("abcdefgh 第章", max_size=12).map(str.split).map(" ".join),
)
def test_what_was_understood_is_said_again_and_means_the_same(ago, begun, length, timed, note):
    start = datetime(2026, 11, 20, tzinfo=SHANGHAI) - timedelta(days=ago, minutes=-begun)
    end = start + timedelta(minutes=length)
    when = f"{start:%H:%M}-{end:%H:%M}" if timed else f"{length}m"
    first = read(f"{start:%Y-%m-%d} {when} #writing {note}", KNOWN, NOW, DAYS)
    assert first.plain
    again = read(said(first), Known({WRITING: KINDS[WRITING]}), NOW, DAYS)
    assert again == first
    tomorrow = read(said(first), Known({WRITING: KINDS[WRITING]}), NOW + timedelta(days=1), DAYS)
    assert tomorrow == first


def test_what_is_not_plain_cannot_be_said_again():
    with pytest.raises(ValueError, match="no length"):
        said(read("yesterday", KNOWN, NOW, DAYS))


@pytest.mark.parametrize("line", ["30h writing", "from 9 on monday to now writing", "1999m 写作"])
def test_more_than_a_day_is_never_kept_without_asking(line):
    understood = read(line, KNOWN, NOW, DAYS)
    assert not understood.plain or understood.seconds <= 24 * 3600


@given(st.integers(0, 99))
def test_numbers_in_han_characters_are_read(value):
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    written = digits[ones] if not tens else ""
    if tens:
        written = (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")
    assert number(written) == value


# --- on the page ------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_plain_line_is_kept_and_can_be_taken_back(studio_client):
    answer = studio_client.post("/time/quick/", {"line": "2h40 写作 第14章 yesterday"})
    entry = TimeEntry.objects.get()
    assert (entry.seconds, entry.kind.key, entry.note) == (9600, "writing", "第14章")
    page = studio_client.get(answer.url).content.decode()
    assert f'action="/time/entries/{entry.pk}/delete/"' in page


@pytest.mark.django_db
def test_a_stretch_is_kept_with_its_beginning_and_end(studio_client):
    studio_client.post("/time/quick/", {"line": "yesterday 10:00-12:00 writing"})
    entry = TimeEntry.objects.get()
    assert entry.ended_at - entry.started_at == timedelta(hours=2)
    assert entry.seconds == 7200
    assert entry.zone


@pytest.mark.django_db
def test_a_line_that_may_mean_two_things_asks_and_keeps_nothing(studio_client):
    answer = studio_client.post("/time/quick/", {"line": "5/6 3h writing"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Which day?" in page
    assert 'value="5/6 3h writing"' in page
    assert not TimeEntry.objects.exists()


@pytest.mark.django_db
def test_the_answer_to_a_question_is_the_last_line_that_is_sent(studio_client):
    lines = ["5/6 3h writing", "2026-06-05 3h writing"]
    studio_client.post("/time/quick/", {"line": lines})
    assert TimeEntry.objects.get().day == date(2026, 6, 5)


@pytest.mark.django_db
def test_a_kind_that_was_guessed_can_be_chosen_instead(studio_client):
    page = studio_client.get("/time/quick/", {"line": "2h tidying yesterday"}).content.decode()
    assert "Which kind?" in page
    from timelog.models import Kind

    detour = Kind.objects.get(key="detour")
    studio_client.post("/time/quick/", {"line": "2h tidying yesterday", "kind": detour.pk})
    assert TimeEntry.objects.get().kind == detour
    # And next time the word is known.
    page = studio_client.get("/time/quick/", {"line": "1h tidying yesterday"}).content.decode()
    assert "Which kind?" not in page


@pytest.mark.django_db
def test_htmx_gets_the_chips_alone(studio_client):
    headers = {"HX-Request": "true", "HX-Target": "parsed"}
    answer = studio_client.get("/time/quick/", {"line": "2h writing yesterday"}, headers=headers)
    page = answer.content.decode()
    assert "<html" not in page
    assert '<span class="chip n">2 h</span>' in page
    assert not TimeEntry.objects.exists()
