"""Where the registries of one trial do not say the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trials.display import age_words, phase_words, status_label
from trials.models import Registration


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What they differ in, and what each says of it."""

    subject: str
    statements: list[tuple[Registration, str]]


def disagreements(registrations: Sequence[Registration]) -> Iterator[Disagreement]:
    """Status, phase and age; a registry that states nothing does not disagree."""
    phased = [r for r in registrations if r.phases]
    aged = [r for r in registrations if r.min_age_years is not None or r.max_age_years is not None]
    subjects = [
        (_("Status"), [(r, status_label(r.status_now)) for r in registrations]),
        (_("Phase"), [(r, phase_words(r.phases)) for r in phased]),
        (_("Age"), [(r, age_words(r.min_age_years, r.max_age_years)) for r in aged]),
    ]
    yield from (
        Disagreement(subject, statements)
        for subject, statements in subjects
        if len({words for _r, words in statements}) > 1
    )
