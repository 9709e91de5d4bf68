"""Spans that lie over one another are found, each once."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from timelog.overlaps import Span, overlaps

from .make import unhurried

BEGIN = datetime(2026, 11, 19, tzinfo=UTC)


def spans(*pairs):
    return [
        Span(BEGIN + timedelta(hours=start), BEGIN + timedelta(hours=end), n)
        for n, (start, end) in enumerate(pairs)
    ]


def found(*pairs):
    return [(one.of, other.of) for one, other in overlaps(spans(*pairs))]


def test_spans_that_touch_do_not_overlap_and_one_inside_another_does():
    assert found((0, 2), (2, 4)) == []
    assert found((0, 4), (1, 2), (3, 5)) == [(0, 1), (0, 2)]
    assert found((3, 5), (0, 4)) == [(1, 0)]
    assert found((1, 1), (0, 2)) == []


@unhurried
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=12))
def test_a_span_is_told_just_when_an_earlier_one_lies_over_its_start(pairs):
    real = [(start, end) for start, end in pairs if end > start]
    order = sorted(range(len(real)), key=lambda n: real[n])
    late = {
        n
        for place, n in enumerate(order)
        if any(real[before][1] > real[n][0] for before in order[:place])
    }
    assert {other for _, other in found(*real)} == late
