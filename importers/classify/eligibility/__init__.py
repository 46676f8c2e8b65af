"""Key eligibility of a record: allowed, excluded or not stated, each with the sentence that says so.

Never guessed: no sentence, no value. Excluding only active disease is excluding; excluding only for a time
after a treatment is allowing it (labelling guide, "Eligibility facets").
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from importers.classify.eligibility.antigens import CAR_TARGETS, aims, named
from importers.classify.eligibility.criteria import OUT, Criterion, criteria
from importers.classify.eligibility.direction import ALLOWED, EXCLUDED, NOT_STATED, direction
from importers.classify.eligibility.ecog import worst_ecog
from importers.classify.eligibility.facets import DISEASE_OF_CNS, FACETS, Facet
from importers.classify.eligibility.lines import fewest_lines
from importers.classify.eligibility.treatments import OWN_CELLS
from importers.classify.eligibility.wording import compiled
from importers.records import Stated
from trials.record import TrialRecord

_OWN_CELLS = compiled(OWN_CELLS)

__all__ = ["ALLOWED", "EXCLUDED", "NOT_STATED", "Stated", "key_eligibility"]


def key_eligibility(record: TrialRecord) -> dict[str, Stated]:
    """Every facet by name; those of `FACETS`, then `min_prior_lines` and `ecog_max`."""
    found = criteria(record)
    asked = _Asked(record, [one.text.lower() for one in found])
    told = {facet.name: _facet(facet, found, asked) for facet in FACETS}
    lines, ecog = Stated(*fewest_lines(found)), Stated(*worst_ecog(found))
    return told | {"min_prior_lines": lines, "ecog_max": ecog}


@dataclass(frozen=True)
class _Asked:
    """A record and its criteria in small letters; what it aims at is read only when asked for."""

    record: TrialRecord
    lowered: list[str]

    @cached_property
    def aims(self) -> set[str]:
        return aims(self.record)

    @cached_property
    def is_for_cns(self) -> bool:
        """Whether the trial is for disease in the brain."""
        record = self.record
        return any(DISEASE_OF_CNS.search(text) for text in (record.title, *record.conditions))

    @cached_property
    def only_own_cells(self) -> bool:
        """Whether transplants here are of people's own cells, where the kind is not said."""
        text = "\n".join(self.lowered)
        return "allo" not in text and bool(_OWN_CELLS.search(text))


def _facet(facet: Facet, found: Sequence[Criterion], asked: _Asked) -> Stated:
    """The first criterion that says something; of two that differ, the facet knows which one wins."""
    told: dict[str, Stated] = {}
    for one, text in zip(found, asked.lowered, strict=True):
        if not any(hint in text for hint in facet.hints):
            continue
        value = direction(facet, one, partial(_counts, facet, one, asked))
        if value == ALLOWED and one.side != OUT and facet.wins.search(one.text):
            return Stated(ALLOWED, one.text)
        if value:
            told.setdefault(value, Stated(value, one.text))
    if facet.name == "cns_disease" and asked.is_for_cns:
        told.pop(EXCLUDED, None)
    return next((told[value] for value in _order(facet, told) if value in told), Stated(NOT_STATED))


def _order(facet: Facet, told: Mapping[str, Stated]) -> tuple[str, str]:
    """A bar on transplants from others stands against relapse after some transplant."""
    kinds = {value: "allo" in stated.quote.lower() for value, stated in told.items()}
    allowed_wins = facet.allowed_wins and not (kinds.get(EXCLUDED) and not kinds.get(ALLOWED))
    return (ALLOWED, EXCLUDED) if allowed_wins else (EXCLUDED, ALLOWED)


def _counts(facet: Facet, one: Criterion, asked: _Asked, match: re.Match[str]) -> bool:
    """Whether what is spoken of is what the facet asks for, in this trial."""
    if facet.name == "prior_same_target":
        return _is_same_target(one, asked, match)
    if facet.name == "prior_allo_sct":
        return "allo" in match[0].lower() or not asked.only_own_cells
    return facet.name != "prior_car_t" or one.side != OUT or not _is_of_one_antigen(match)


def _is_same_target(one: Criterion, asked: _Asked, match: re.Match[str]) -> bool:
    antigens = named(match[0])
    if not antigens:
        return True  # "the same target"
    if asked.aims or one.side != OUT:
        return bool(antigens & asked.aims)
    return bool(antigens & CAR_TARGETS)


def _is_of_one_antigen(match: re.Match[str]) -> bool:
    """CAR T against one antigen excluded says nothing of CAR T against others."""
    what = match["what"] or match["whose"]
    before = match[0][: match[0].index(what)][-40:]
    return bool(named(before)) and "gene" not in what.lower()
