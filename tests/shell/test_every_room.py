"""Every room with something in it: reachable for a screen reader, and no wider than its window."""

from datetime import date

import pytest

from tests.shell.test_accessibility import violations, widest
from tests.story import tell


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("half", [0, 1])
def test_every_room_is_accessible_and_fits(new_context, light, phone, half):
    story = tell(date.today())
    page = new_context(phone=phone, color_scheme=light).new_page()
    wrong = {}
    for address in story.addresses()[half::2]:
        page.goto(address)
        found = violations(page) + [f"{wide} px too wide" for wide in [widest(page)] if wide > 0]
        if found:
            wrong[address] = found
    assert wrong == {}
