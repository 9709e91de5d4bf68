#!/usr/bin/env python
"""The studio's commands."""

import os
import sys


def main() -> None:
    """Run one of them; what cannot be used ends in one sentence, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    try:
        from django.core.management import execute_from_command_line
        from django.db import DatabaseError
    except ImportError:
        sys.exit("Django is not installed here; run `make setup`, then .venv/bin/python manage.py.")
    from studio.lib.env import BadSetting

    try:
        execute_from_command_line(sys.argv)
    except BadSetting as error:
        sys.exit(str(error))
    except DatabaseError as error:
        sentence = said_about(error)
        if not sentence or "--traceback" in sys.argv:
            raise
        sys.exit(sentence)
    except KeyboardInterrupt:
        sys.exit(130)  # as shells count it; what was under way has been rolled back


def said_about(error: Exception) -> str:
    """The sentence for a database that cannot be used; nothing when the mistake is ours."""
    from django.conf import settings

    from studio.lib.database import explain

    return explain(error, settings.DATABASES["default"])


if __name__ == "__main__":
    main()
