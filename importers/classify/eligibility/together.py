"""What several criteria on one facet say together: one value, one quotation, the limits of all of them."""

from collections.abc import Sequence

from importers.classify.eligibility.direction import ALLOWED, EXCLUDED, NOT_STATED
from importers.classify.eligibility.facets import FacetReader
from importers.classify.eligibility.limits import joined
from importers.classify.eligibility.wording import pattern
from importers.records import Stated
from trials.choices import Limit

_IS_OF_SOME = pattern(
    """history|previous*|prior|past|treated|treatment|resolved|remission|stable|undetectable|not detect*
    |controlled|inactive|cured|cleared|negative|eradicated|responsive|responding|therapy|no active
    |CNS 1|CNS1|CNS 2|CNS2|except*"""
)
"""A permission with one of these is of disease that is over, kept down or hardly there."""


def together(facet: FacetReader, values: Sequence[Stated]) -> Stated:
    """The criteria of the value that stands; the quotation is of one that shows its limit."""
    allowed = [stated for stated in values if stated.value == ALLOWED]
    barred = [stated for stated in values if stated.value == EXCLUDED]
    if not barred:
        return _allowed(allowed, []) if allowed else Stated(NOT_STATED)
    if allowed and _allowed_stands(facet, allowed, barred):
        return _allowed(allowed, barred)
    shown = next((stated for stated in barred if not stated.limit), barred[0])
    if shown.limit or allowed:
        limits = _limits([*barred, *allowed]) if shown.limit else _limits(allowed) or Limit.EXCEPTIONS
        return Stated(EXCLUDED, shown.quote, limits)
    return shown


def _allowed_stands(facet: FacetReader, allowed: Sequence[Stated], barred: Sequence[Stated]) -> bool:
    """A bar on some forms of a disease leaves standing what lets others in who have it now.

    Where only past or treated disease is let in, the bar stands: active-only counts as barred
    (labelling guide).

    A bar on transplants from others stands against relapse after some transplant.
    """
    if facet.allowed_wins:
        return not _of_others(barred) or _of_others(allowed)
    if facet.treatment or not all(stated.limit for stated in barred):
        return False
    return any(not _IS_OF_SOME.search(stated.quote) for stated in allowed)


def _of_others(values: Sequence[Stated]) -> bool:
    return "allo" in values[0].quote.lower()


def _allowed(allowed: Sequence[Stated], barred: Sequence[Stated]) -> Stated:
    limits = _limits([*allowed, *barred])
    if any(not stated.limit for stated in barred):
        limits = joined([*limits.split("; "), Limit.FORMS] if limits else [Limit.FORMS])
    shown = next((stated for stated in allowed if stated.limit), allowed[0])
    return Stated(ALLOWED, shown.quote, limits)


def _limits(values: Sequence[Stated]) -> str:
    return joined([limit for stated in values if stated.limit for limit in stated.limit.split("; ")])
