#!/usr/bin/env python
"""Django's command line."""

import os
import sys


def main() -> None:
    """Runs one command. What only the person at the terminal can mend is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trialfinder.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"trialfinder: {error}")
    except OperationalError as error:
        sys.exit(f"trialfinder: the database does not answer. {error}".strip())


if __name__ == "__main__":
    main()
