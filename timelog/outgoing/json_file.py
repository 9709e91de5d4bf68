"""Everything as JSON: an object of lists, a line a record."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

VERSION = 1
LISTS = {
    "kind": "kinds",
    "balance": "balances",
    "milestone": "milestones",
    "intention": "intentions",
    "detour": "detours",
    "entry": "entries",
}


def write(records: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """The text of the file; records of one name stand together."""
    yield f'{{"throughline": {VERSION}'
    before = ""
    for name, record in records:
        if name != before:
            yield f"{'],' if before else ','}\n{json.dumps(LISTS[name])}: [\n"
        else:
            yield ",\n"
        before = name
        yield json.dumps(record, ensure_ascii=False)
    yield "]}\n" if before else "}\n"
