"""The languages of the pages, for columns, forms and the API: whatever `LANGUAGES` holds."""

from django.conf import settings
from django.utils.functional import Promise


def choices() -> list[tuple[str, str | Promise]]:
    """Code and name, English first."""
    return list(settings.LANGUAGES)


def codes() -> list[str]:
    """English first."""
    return [code for code, _name in choices()]
