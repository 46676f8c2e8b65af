"""What keeps an answer of key eligibility from holding for all patients, in plain words.

`Stated.limit` is a text of `trials.choices.Limit` members joined by "; ", some with a length of time
("within 3 months") or a virus before them ("hepatitis B: active only"). What is not known is shown as it
stands, in English: a newer import than this code must not become a plain no.
"""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.choices import Limit

VIRUSES = ("hepatitis B", "hepatitis C")
_LENGTHS: dict[str, Callable[[int], str]] = {
    "days": partial(ngettext, "%d day", "%d days"),
    "weeks": partial(ngettext, "%d week", "%d weeks"),
    "months": partial(ngettext, "%d month", "%d months"),
    "years": partial(ngettext, "%d year", "%d years"),
}


def can_join(limit: str) -> str:
    """Who can join: all patients, or all but those the limit names."""
    kinds = [Limit.CONDITION if kind == Limit.EXCEPTIONS else kind for kind in limit.split("; ")]
    return _("can join, but not %s") % _any_of(list(dict.fromkeys(kinds))) if limit else _("can join")


def cannot_join(limit: str) -> str:
    """Who cannot join: all who have it, or only those the limit names."""
    parts = limit.split("; ") if limit else []
    if any(part.startswith(VIRUSES) for part in parts):
        return "; ".join(_of_virus(virus, parts) for virus in VIRUSES)
    return _("cannot join %s") % _any_of(parts) if parts else _("cannot join")


def _of_virus(virus: str, parts: list[str]) -> str:
    own = [part.removeprefix(f"{virus}: ") for part in parts if part.startswith(virus)]
    name = _("hepatitis B") if virus == VIRUSES[0] else _("hepatitis C")
    words = _("not mentioned") if Limit.NOT_MENTIONED in own else cannot_join("; ".join(own))
    return f"{name}: {words}"


def _any_of(kinds: list[str]) -> str:
    return _(" or ").join(map(_words, kinds))


def _words(kind: str) -> str:
    if kind in Limit.values:
        return str(Limit(kind).label)
    name, _space, length = kind.partition(" ")
    number, _space, unit = length.partition(" ")
    if name == Limit.WITHIN and number.isdecimal() and unit in _LENGTHS:
        return str(Limit.WITHIN.label) % (_LENGTHS[unit](int(number)) % int(number))
    return kind
