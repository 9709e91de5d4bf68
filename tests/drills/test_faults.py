"""The network cuts, doubles and reorders, studios and browsers are killed: no saved word is lost.

The long form, with its figures, is `ONLY=faults make bench`.
"""

import os

import pytest

from tests.conftest import find_chromium
from tests.faults import browsers, http, two_devices

pytestmark = pytest.mark.drill

LONG = os.environ.get("STUDIO_DRILL") == "long"


def test_faults_over_http_lose_and_double_nothing_that_was_acknowledged(tmp_path):
    came = http.run(tmp_path / "studio", 1000 if LONG else 40)
    assert came.saves > 0
    assert (came.lost, came.lost_words, came.doubled) == (0, 0, 0)
    assert (came.gaps, came.wrong_heads, came.false_conflicts) == (0, 0, 0)


@pytest.mark.django_db
def test_two_devices_in_any_order_leave_every_text_within_reach(owner):
    assert two_devices.walk(10_000 if LONG else 500, owner, random=True).unreachable == 0


@pytest.mark.skipif(find_chromium() is None, reason="Chromium is not installed")
def test_a_browser_that_dies_loses_nothing_it_had_journalled(tmp_path):
    came = browsers.run(tmp_path / "studio", 60 if LONG else 4)
    assert came.journalled > 0
    assert (came.lost, came.unkept, came.doubled, came.conflicts) == (0, 0, 0, 0)
