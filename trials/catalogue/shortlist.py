"""Trials a visitor keeps: their ids are in the address of the page, never in an account.

`/shortlist/?id=NCT00000001&id=CTRI/2026/01/000001`; also `ids=`, ids with commas between. Pages on the way
to another trial carry the ids as `keep`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from trials.models import Trial
from trials.models.fulltext import clean_text
from trials.models.lookups import id_spellings

MAX_KEPT = 20
MAX_COMPARED = 4
MAX_READ = 100
"""Ids beyond these are not read at all."""
MAX_ID_LENGTH = 40


def ids_in(query: QueryDict, *names: str) -> list[str]:
    """The ids of these parameters in their order, each once; whatever they are."""
    texts = chain.from_iterable(query.getlist(name)[:MAX_READ] for name in names)
    ids = (clean_text(one)[:MAX_ID_LENGTH] for text in texts for one in text.split(",")[:MAX_READ])
    return list(dict.fromkeys(one for one in ids if one))[:MAX_READ]


def with_ids(page: str, ids: Iterable[str], name: str = "id") -> str:
    """The address of the page with these ids; slashes stay readable."""
    query = urlencode([(name, one) for one in ids], safe="/")
    return f"{page}?{query}" if query else page


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The trials asked for in the order asked, the ids no listed trial has, and how many were too many."""

    trials: Sequence[Trial]
    unknown: Sequence[str]
    too_many: int

    @classmethod
    def of(cls, ids: Sequence[str], most: int = MAX_KEPT) -> Self:
        """One query, whatever the number of ids."""
        by_id = _by_id(ids)
        pairs = [(asked, next((by_id[s] for s in id_spellings(asked) if s in by_id), None)) for asked in ids]
        trials = list(dict.fromkeys(trial for _, trial in pairs if trial))
        unknown = [asked for asked, trial in pairs if trial is None]
        return cls(trials[:most], unknown, max(len(trials) - most, 0))

    @property
    def ids(self) -> list[str]:
        """Their own ids, for links."""
        return [trial.primary_id for trial in self.trials]


def _by_id(ids: Sequence[str]) -> dict[str, Trial]:
    """The trial by each of its ids; a listed one before a withdrawn one."""
    if not ids:
        return {}
    found = Trial.objects.reachable().by_registry_id(*ids).defer("search_vector").order_by("published", "-id")
    return {registry_id: trial for trial in found for registry_id in trial.registry_ids}
