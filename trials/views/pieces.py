"""Pieces of pages that are made once and stand on many: a card, a hospital, how sure something is.

A piece sees nothing but its template, the language, the day and the values it is given: plain texts, numbers,
days, and frozen dataclasses of them. So what is kept cannot differ from what would be made anew, by whatever
it was changed, and whoever asks. Nothing that a visitor typed or said of a patient is kept.
"""

from collections.abc import Hashable
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST = 1_024
"""Pieces kept in each process, of up to three kilobytes; those longest not used make room."""

MOST_LARGE = 16
"""Large ones, of fifty kilobytes: a form with all its choices."""

Values = tuple[tuple[str, type, Hashable], ...]


def piece(template: str, *, keep: bool = True, large: bool = False, **values: Hashable) -> SafeString:
    """The template with these values alone. `keep=False` for what a visitor said."""
    # The types count too: 1 == True == 1.0, and a text that is safe equals one that is not.
    known = tuple((name, type(value), value) for name, value in values.items())
    keeper = kept_large if large else kept
    make = keeper if keep and not settings.DEBUG else kept.__wrapped__
    return make(template, get_language() or "", _today(), known)


def _today() -> date:
    """`timezone.localdate()` where no other time zone is ever activated: a tenth of its time."""
    return timezone.now().astimezone(timezone.get_default_timezone()).date()


@lru_cache(MOST)
def kept(template: str, _language: str, _today: date, values: Values) -> SafeString:
    """Safe: the template escapes what it shows."""
    return mark_safe(get_template(template).render({name: value for name, _, value in values}))  # noqa: S308


kept_large = lru_cache(MOST_LARGE)(kept.__wrapped__)
