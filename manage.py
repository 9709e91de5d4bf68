#!/usr/bin/env python
"""The studio's commands."""

import os
import sys


def main() -> None:
    """Run one of them; what cannot be used ends in one sentence, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here; run `make setup`, then .venv/bin/python manage.py.")
    from studio.lib.env import BadSetting

    try:
        execute_from_command_line(sys.argv)
    except BadSetting as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
