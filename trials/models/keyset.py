"""The rows after a given one, in an order that ends with the newest first and the id.

A list that is read on from a row costs no more at its end than at its beginning, and rows that came or went
before that row move nothing.
"""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q

from trials.choices import INDIA, Status
from trials.models.lookups import HAS_INDIAN_SITE, RECRUITING_ANYWHERE, RECRUITING_IN_INDIA
from trials.models.trial import Trial

GROUPS = (RECRUITING_IN_INDIA, HAS_INDIAN_SITE, RECRUITING_ANYWHERE)
"""As `lookups.india_first` orders them."""
PLACED_BY = ("recruiting_in_india", "countries", "status", "last_updated")
"""The columns that a place is made of, besides the key."""
Place = list[Any]
"""Where a row stands, as JSON: its groups (none in an order without them), its last update, its id."""


def place_of(trial: Trial, *, india_first: bool) -> Place:
    groups = (trial.recruiting_in_india, INDIA in trial.countries, trial.status == Status.RECRUITING)
    day = trial.last_updated and trial.last_updated.isoformat()
    return [*(groups if india_first else ()), day, trial.pk]


def after(place: Place) -> Q:
    """The rows behind this place."""
    *groups, day, pk = place
    alike = [group if held else ~group for group, held in zip(GROUPS, groups, strict=False)]
    below = [_all([*alike[:n], ~GROUPS[n]]) for n, held in enumerate(groups) if held]
    return reduce(or_, below, _all([*alike, _older(day and date.fromisoformat(day), pk)]))


def _older(day: date | None, pk: int) -> Q:
    """Updated before, or not known when; of one day the higher id."""
    same_day = Q(last_updated=day, pk__gt=pk)
    return same_day if day is None else same_day | Q(last_updated__lt=day) | Q(last_updated=None)


def _all(parts: Sequence[Q]) -> Q:
    return reduce(and_, parts)
