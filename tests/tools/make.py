"""Tools, capabilities and tests of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from projects.tools.models import Capability, Tool, Trial

DAY = date(2026, 10, 2)


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """It is the 19th of November 2026 at noon, and the clock goes on from there."""
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=True):
        yield


def tool(name: str = "Kontext", **fields: Any) -> Tool:
    return Tool.objects.create(name=name, **fields)


def capability(
    title: str = "Chinese lettering", other_title: str = "画面中的汉字", **fields: Any
) -> Capability:
    return Capability.objects.create(title=title, other_title=other_title, **fields)


def trial(
    state: str = "partly",
    *,
    tool: Tool | None = None,
    capability: Capability | None = None,
    tried_on: date = DAY,
    **fields: Any,
) -> Trial:
    return Trial.objects.create(
        tool=tool or globals()["tool"](),
        capability=capability or globals()["capability"](),
        state=state,
        tried_on=tried_on,
        **fields,
    )
