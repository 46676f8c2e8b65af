"""The check list of one trial: who can join and who cannot, turned into questions. Never a verdict.

A point's key is made from its text, so that an answer kept on a visitor's device never moves to another
question when the registry changes its record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from trials.choices import Sex
from trials.display import age_words
from trials.explain.criteria import criterion_items
from trials.explain.key_eligibility import key_points
from trials.models import Registration, Trial

MAX_ITEMS = 60
"""Criteria of one side that are asked about; the page of the trial has them all."""


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """One question. `quote` is what the registry writes, in its language; "" where the fields say it."""

    key: str
    question: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class CheckList:
    """The main points in the page's language, then the registry's own list, whichever way it parts it."""

    main: Sequence[CheckPoint]
    inclusion: Sequence[CheckPoint] = ()
    exclusion: Sequence[CheckPoint] = ()
    undivided: Sequence[CheckPoint] = ()
    left_out: int = 0

    @property
    def points(self) -> list[CheckPoint]:
        return [*self.main, *self.inclusion, *self.exclusion, *self.undivided]


def check_list(trial: Trial, registrations: Iterable[Registration]) -> CheckList:
    """The points of the first registration that states criteria; the main one comes first."""
    record = next((r.record for r in registrations if r.record.has_criteria), None)
    if record is None:
        return CheckList(_main_points(trial))
    sides = criterion_items(record.inclusion), criterion_items(record.exclusion)
    lists = (*sides, [] if any(sides) else criterion_items(record.eligibility))
    points = [[_registry_point(text) for text in dict.fromkeys(texts)] for texts in lists]
    left_out = sum(max(len(side) - MAX_ITEMS, 0) for side in points)
    inclusion, exclusion, whole = (side[:MAX_ITEMS] for side in points)
    return CheckList(_main_points(trial), inclusion, exclusion, whole, left_out)


def _registry_point(text: str) -> CheckPoint:
    return CheckPoint(sha256(text.encode()).hexdigest()[:10], text)


def _main_points(trial: Trial) -> list[CheckPoint]:
    points = []
    if trial.min_age_years is not None or trial.max_age_years is not None:
        ages = age_words(trial.min_age_years, trial.max_age_years)
        points.append(CheckPoint("age", _("Is the patient's age in this range: %s?") % ages))
    if trial.sex == Sex.FEMALE:
        points.append(CheckPoint("sex", _("Is the patient female?")))
    if trial.sex == Sex.MALE:
        points.append(CheckPoint("sex", _("Is the patient male?")))
    rules_points = key_points(trial.eligibility)
    return points + [CheckPoint(p.facet, p.question, p.quote) for p in rules_points if p.is_stated]
