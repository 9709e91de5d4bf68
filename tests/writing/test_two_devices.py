"""A laptop and a phone write one scene over a bad network: every text can still be reached."""

import pytest

from tests.faults import two_devices

pytestmark = pytest.mark.django_db


def test_no_text_that_was_acknowledged_or_displaced_is_out_of_reach(owner):
    came = two_devices.walk(300, owner)
    assert came.unreachable == 0
    assert came.conflicts > 0  # the devices did get in each other's way
