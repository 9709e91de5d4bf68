"""A kept connection is given up when its file was moved away, removed or replaced.

Otherwise a thread would go on writing to a file that nobody reads any more: what it acknowledges
would be lost. Django asks `is_usable` once a request where CONN_HEALTH_CHECKS is set.
"""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Knows which file it has opened."""

    opened: tuple[int, int] | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file, and note which one that was."""
        connection = super().get_new_connection(conn_params)
        self.opened = self.file_there()
        return connection

    def is_usable(self) -> bool:
        """Whether the file it opened still lies where it was opened."""
        return self.opened == self.file_there()

    def file_there(self) -> tuple[int, int] | None:
        """Device and number of the file of that name; None where there is none, as in memory."""
        try:
            found = Path(self.settings_dict["NAME"]).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
