"""How many queries a page costs."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(client: Any, address: str) -> int:
    """Those of one visit, the shell's among them; the visit before it fills what is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
