"""Key criteria as the narrow cells of a table: a sign, the words for it, and the registry's sentence.

A cell is a plain yes or no only where every record of the trial says so of all patients. What holds for some,
or where records disagree, is a limit; what no record states is not stated. Age has no sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.choices import NUMBERS, Facet
from trials.display import age_words, age_words_of
from trials.explain.key_eligibility import KeyPoint, key_points
from trials.models import Trial


class Answer(StrEnum):
    """What the trial says of patients of whom the criterion is true."""

    YES = "yes"
    NO = "no"
    LIMIT = "limit"
    NOT_STATED = "not-stated"


SIGNS = {Answer.YES: "✓", Answer.NO: "✕", Answer.LIMIT: "±", Answer.NOT_STATED: "?"}
AGE = "age"
COLUMNS: dict[str, Promise] = {
    AGE: _("Age"),
    Facet.MIN_PRIOR_LINES.value: _("Lines before"),
    Facet.ECOG_MAX.value: _("ECOG"),
    Facet.PRIOR_CAR_T.value: _("CAR T before"),
    Facet.PRIOR_SAME_TARGET.value: _("Same antigen before"),
    Facet.CNS_DISEASE.value: _("CNS disease"),
    Facet.PRIOR_ALLO_SCT.value: _("Donor transplant"),
    Facet.HEPATITIS_B_C.value: _("Hepatitis B/C"),
    Facet.HIV.value: _("HIV"),
}
"""The heads of the columns, in their order."""


@dataclass(frozen=True, slots=True)
class CriterionCell:
    """One criterion of one trial. `short` stands in the cell, `words` say it in full."""

    name: str
    answer: Answer
    short: str
    words: str
    quote: str = ""

    @property
    def head(self) -> str:
        return str(COLUMNS[self.name])

    @property
    def is_number(self) -> bool:
        """Whether `short` is a number or a range instead of a sign."""
        return self.short not in SIGNS.values()


def criterion_cells(trial: Trial) -> list[CriterionCell]:
    """A cell for each of `COLUMNS`, in their order. The trial's `eligibility` must be loaded."""
    points = {point.facet.value: point for point in key_points(trial.eligibility)}
    return [_age(trial) if name == AGE else _cell(points[name], name in trial.limited) for name in COLUMNS]


def _age(trial: Trial) -> CriterionCell:
    lowest, highest = trial.min_age_years, trial.max_age_years
    if lowest is None and highest is None:
        return _not_stated(AGE)
    words = age_words(lowest, highest)
    if highest is None:
        short = f"≥ {_years(lowest)}"
    else:
        short = f"≤ {_years(highest)}" if lowest is None else f"{_years(lowest)}–{_years(highest)}"
    return CriterionCell(AGE, Answer.LIMIT, short, words)


def _years(years: float | None) -> str:
    """Whole years as a number; months, and parts of a year, with their unit."""
    years = years or 0.0
    return age_words_of(years) if years % 1 else f"{years:g}"


def _cell(point: KeyPoint, depends: bool) -> CriterionCell:
    """`depends`: records of the trial disagree, or the criterion does not hold for all patients."""
    if not point.is_stated:
        return _not_stated(point.facet.value)
    if point.facet in NUMBERS:
        words = f"{point.words}; {gettext('not for all patients')}" if depends else point.words
        return CriterionCell(point.facet.value, Answer.LIMIT, _short_number(point), words, point.quote)
    return _of_patients(point, depends)


def _of_patients(point: KeyPoint, depends: bool) -> CriterionCell:
    name, quote = point.facet.value, point.quote
    if point.is_limited:
        return CriterionCell(name, Answer.LIMIT, SIGNS[Answer.LIMIT], point.words, quote)
    if depends:
        words = gettext("%s; another record of the trial does not say the same") % point.words
        return CriterionCell(name, Answer.LIMIT, SIGNS[Answer.LIMIT], words, quote)
    answer = Answer.NO if point.is_barred else Answer.YES
    return CriterionCell(name, answer, SIGNS[answer], point.words, quote)


def _not_stated(name: str) -> CriterionCell:
    return CriterionCell(name, Answer.NOT_STATED, SIGNS[Answer.NOT_STATED], gettext("not stated"))


_NUMBER: dict[Facet, Callable[[str], str]] = {
    Facet.MIN_PRIOR_LINES: lambda number: f"≥ {number}",
    Facet.ECOG_MAX: lambda number: f"0–{number}" if number != "0" else "0",
}


def _short_number(point: KeyPoint) -> str:
    return _NUMBER[point.facet](point.value)
