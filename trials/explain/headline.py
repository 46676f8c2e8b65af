"""A headline of our own for a trial, in the language of the page, put together from its labels.

It states what the labels state and leaves out the rest; the registry's title stands below it.
"""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import get_language, gettext, ngettext

from trials.choices import CellSource, Phase, Role
from trials.display import age_words, condition_in_sentence
from trials.models import Trial

KEPT = 2_048
"""Headlines kept in each process, of a hundred letters; they are made of closed words and numbers alone."""
MOST = 2
"""More diseases or antigens than this are counted, not named."""
MONTHS_BELOW = 2
_NUMBERS = {
    Phase.EARLY_PHASE1: "1",
    Phase.PHASE1: "1",
    Phase.PHASE2: "2",
    Phase.PHASE3: "3",
    Phase.PHASE4: "4",
}


def headline(trial: Trial) -> str:
    """`CD19 CAR T for large B-cell lymphoma, phase 1/2, ages 18 to 75`."""
    return _headline(get_language(), *_labels(trial), *_limits(trial))


def treatment_for(trial: Trial) -> str:
    """`CD19 CAR T for large B-cell lymphoma`."""
    return _treatment_for(*_labels(trial))


def _labels(trial: Trial) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    return trial.role, trial.cell_source, tuple(trial.targets), tuple(trial.conditions)


def _limits(trial: Trial) -> tuple[tuple[str, ...], float | None, float | None]:
    return tuple(trial.phases), trial.min_age_years, trial.max_age_years


@lru_cache(KEPT)
def _headline(
    _language: str | None,
    role: str,
    cell_source: str,
    targets: Sequence[str],
    diseases: Sequence[str],
    phases: Sequence[str],
    lowest: float | None,
    highest: float | None,
) -> str:
    parts = [_treatment_for(role, cell_source, targets, diseases), _phase(phases), _ages(lowest, highest)]
    return ", ".join(filter(None, parts))


def _treatment_for(role: str, cell_source: str, targets: Sequence[str], diseases: Sequence[str]) -> str:
    words = {"treatment": _treatment(cell_source, targets), "disease": _diseases(diseases)}
    if role == Role.EXPANDED_ACCESS:
        if words["disease"]:
            return gettext("%(treatment)s for %(disease)s, outside a trial") % words
        return gettext("%(treatment)s, outside a trial") % words
    return gettext("%(treatment)s for %(disease)s") % words if words["disease"] else words["treatment"]


def _treatment(cell_source: str, targets: Sequence[str]) -> str:
    antigens = " + ".join(targets) if len(targets) <= MOST else ""
    several = ngettext("CAR T against %d antigen", "CAR T against %d antigens", len(targets)) % len(targets)
    kind = {
        CellSource.ALLOGENEIC: gettext("%s CAR T from a donor"),
        CellSource.IN_VIVO: gettext("%s CAR T made inside the body"),
    }.get(CellSource(cell_source), "%s CAR T")
    return (kind % antigens).strip() if antigens or not targets else several


def _diseases(slugs: Sequence[str]) -> str:
    names = [condition_in_sentence(slug) for slug in slugs[:MOST]]
    more = len(slugs) - len(names)
    if more > 0:
        return ngettext(
            "%(names)s and %(more)d more disease", "%(names)s and %(more)d more diseases", more
        ) % {
            "names": ", ".join(names),
            "more": more,
        }
    return gettext("%s and %s") % tuple(names) if len(names) == MOST else "".join(names)


def _phase(phases: Sequence[str]) -> str:
    if list(phases) == [Phase.EARLY_PHASE1]:
        return gettext("early phase 1")
    numbers = phase_numbers(phases)
    return gettext("phase %s") % numbers if numbers else ""


def phase_numbers(phases: Sequence[str]) -> str:
    """`1/2`; "" where no phase has a number."""
    return "/".join(dict.fromkeys(_NUMBERS[Phase(phase)] for phase in phases if phase in _NUMBERS))


def _ages(lowest: float | None, highest: float | None) -> str:
    """In whole years where both limits are; children's limits in months keep their unit."""
    if lowest is None and highest is None:
        return ""
    if any(limit is not None and (limit < MONTHS_BELOW or limit % 1) for limit in (lowest, highest)):
        return gettext("ages %s") % age_words(lowest, highest)
    if highest is None:
        return gettext("ages %d and older") % lowest
    if lowest is None:
        return gettext("ages up to %d") % highest
    return gettext("ages %(lowest)d to %(highest)d") % {"lowest": lowest, "highest": highest}
