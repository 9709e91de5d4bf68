"""Every reason a reader can give has its words."""

import re
from pathlib import Path

from timelog import incoming, reasons


def given(call):
    text = "\n".join(p.read_text() for p in sorted(Path(incoming.__file__).parent.glob("*.py")))
    return set(re.findall(rf'\b{call}\("([a-z_0-9]+)"', text))


def test_every_reason_of_a_reader_has_its_words():
    assert given("NotRead") <= reasons.FILES.keys()
    assert given("Refused") | given("LeftOut") <= reasons.ROWS.keys()
    assert set(reasons.ON_THE_PAGE) <= reasons.FILES.keys()
