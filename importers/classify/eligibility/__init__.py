"""Key eligibility of a record: allowed, excluded or not stated, each with the sentence that says so.

Never guessed: no sentence, no value. Excluding only active disease is excluding; excluding only for a time
after a treatment is allowing it (labelling guide, "Eligibility facets").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice

from importers.classify.eligibility.antigens import ANTIGEN, CAR_TARGETS, aims, named
from importers.classify.eligibility.criteria import OUT, Criterion, criteria
from importers.classify.eligibility.demands import demands
from importers.classify.eligibility.direction import ALLOWED, EXCLUDED, NOT_STATED, CriterionReading, readings
from importers.classify.eligibility.ecog import worst_ecog
from importers.classify.eligibility.facets import DISEASE_OF_CNS, FACETS, FacetReader
from importers.classify.eligibility.hedges import hedged
from importers.classify.eligibility.hepatitis import apart
from importers.classify.eligibility.lines import fewest_lines
from importers.classify.eligibility.together import together
from importers.classify.eligibility.treatments import CAR, OWN_CELLS
from importers.classify.eligibility.wording import compiled
from importers.records import Stated
from trials.choices import Limit
from trials.record import TrialRecord

HEPATITIS = "hepatitis_b_c"
NOTHING_STATED = Stated("")
_OR_OTHERS = compiled(
    rf"(?:\s+(?:therap\w+|treatments?|cells?|products?))*\W+(?:or|and)\s+(?:any\s+)?other\b[^.;]{{0,30}}?{CAR}"
)
_OF_ANY = compiled(r"\b(?:or|and)\s+(?:any|other)\s+(?:other\s+)?$")
_OWN_CELLS = compiled(OWN_CELLS)
_AIMED_AT = compiled(
    rf"[\s-]*(?:target\w*|direct\w*|specific|against)\s+(?:(?:to|at|against|for|the)\s+)*{ANTIGEN}"
)

__all__ = ["ALLOWED", "EXCLUDED", "NOT_STATED", "Stated", "key_eligibility"]


def key_eligibility(record: TrialRecord) -> dict[str, Stated]:
    """Every facet by name: those of `FACETS`, two numbers, and of `Demand` what is stated."""
    found = criteria(record)
    context = _Context(record, [one.text.lower() for one in found])
    values = {facet.name: hedged(facet, _facet(facet, found, context)) for facet in FACETS}
    lines, ecog = fewest_lines(found), worst_ecog(found)
    return values | {
        "min_prior_lines": Stated(*lines, Limit.AT_LEAST) if lines[0] else NOTHING_STATED,
        "ecog_max": Stated(*ecog, Limit.AT_MOST) if ecog[0] else NOTHING_STATED,
        **demands(found, context.lowered, lambda: context.aims),
    }


@dataclass(frozen=True)
class _Context:
    """A record and its criteria in small letters; what it aims at is read only when needed."""

    record: TrialRecord
    lowered: list[str]

    @cached_property
    def text(self) -> str:
        return "\n".join(self.lowered)

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
        """Whether transplants here are of people's own cells, where the kind is not stated."""
        return "allo" not in self.text and bool(_OWN_CELLS.search(self.text))


def _facet(facet: FacetReader, found: Sequence[Criterion], context: _Context) -> Stated:
    """What the criteria say together; of two that differ, the facet knows which one wins."""
    values, every = list[Stated](), list[CriterionReading]()
    if not any(hint in context.text for hint in facet.hints):
        return Stated(NOT_STATED)
    for one, text in zip(found, context.lowered, strict=True):
        for hint in facet.hints:
            if hint in text:
                break
        else:
            continue
        accept = partial(_counts, facet, one, context)
        read = list(islice(readings(facet, one, accept), None if facet.name == HEPATITIS else 1))
        every += read
        first = read[0] if read else None
        if first and first.value == ALLOWED and one.side != OUT and facet.wins.search(one.text):
            return Stated(ALLOWED, one.text)
        if first:
            values.append(Stated(first.value, one.text, first.limit))
    if facet.name == "cns_disease" and context.is_for_cns:
        values = [stated for stated in values if stated.value != EXCLUDED]
    stated = together(facet, values)
    return apart(stated, every) if facet.name == HEPATITIS else stated


def _counts(facet: FacetReader, one: Criterion, context: _Context, match: re.Match[str]) -> bool:
    """Whether what is spoken of is what the facet asks for, in this trial."""
    if facet.name == "prior_same_target":
        return _is_same_target(one, context, match)
    if facet.name == "prior_allo_sct":
        return "allo" in match[0].lower() or not context.only_own_cells
    return facet.name != "prior_car_t" or one.side != OUT or not _is_of_one_antigen(match)


def _is_same_target(one: Criterion, context: _Context, match: re.Match[str]) -> bool:
    antigens = named(match[0])
    if not antigens:
        return True  # "the same target"
    if context.aims or one.side != OUT:
        return bool(antigens & context.aims)
    return bool(antigens & CAR_TARGETS)


def _is_of_one_antigen(match: re.Match[str]) -> bool:
    """CAR T against one antigen excluded says nothing of CAR T against others."""
    what = next(filter(None, match.groups()))
    before = match[0][: match[0].index(what)][-40:]
    if _OF_ANY.search(before):
        return False
    after = _AIMED_AT.match(match.string, match.end())
    return (
        bool(named(before) or (after and named(after[0])))
        and "gene" not in what.lower()
        and not _OR_OTHERS.match(match.string, match.end())
    )
