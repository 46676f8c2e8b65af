"""A trial record as the rules read it: its fields, folded, in the order of their weight.

Eligibility text is never read here: "prior CAR T" among the criteria says nothing of what a trial is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from importers.classify.patterns import Pattern
from importers.classify.sentences import fold_sentences
from importers.records import Evidence
from trials.record import TrialRecord
from trials.vocabulary.folding import Folded


@dataclass(frozen=True)
class Passage:
    """One text of a record and the field it stands in.

    `written`: the registry's own words, where the text is another arrangement of them.
    """

    field: str
    folded: Folded
    written: str = ""

    def evidence(self, axis: str, label: str, rule: str, match: re.Match[str]) -> Evidence:
        """What a pattern found here, quoted as the registry wrote it."""
        return Evidence(axis, label, rule, self.field, self.written or self.folded.quote(match))

    def words(self, axis: str, label: str, rule: str, first: int, last: int) -> Evidence:
        """Words `first` up to `last` of this passage, quoted as the registry wrote them."""
        return Evidence(axis, label, rule, self.field, self.written or self.folded.quoted(first, last))


@dataclass(frozen=True)
class Reading:
    """The fields of one record that the rules look at."""

    record: TrialRecord

    @cached_property
    def titles(self) -> tuple[Passage, ...]:
        """Brief and official title, and the acronym."""
        record = self.record
        return _passages("title", [record.title]) + _passages("official_title", [record.official_title])

    @cached_property
    def conditions(self) -> tuple[Passage, ...]:
        """Each condition, the comma-turned ones ("Lymphoma, B-Cell") also the right way round."""
        return tuple(
            passage
            for written in self.record.conditions
            if written
            for passage in _turned("conditions", written)
        )

    @cached_property
    def keywords(self) -> tuple[Passage, ...]:
        """Each keyword."""
        return _passages("keywords", self.record.keywords)

    @cached_property
    def interventions(self) -> tuple[Passage, ...]:
        """Name and other names of each thing given or done."""
        return tuple(
            passage
            for given in self.record.interventions
            for passage in _passages("interventions", [given.name, *given.other_names])
        )

    @cached_property
    def intervention_descriptions(self) -> tuple[Passage, ...]:
        """The description of each intervention."""
        return _passages("interventions", [given.description for given in self.record.interventions])

    @cached_property
    def arms(self) -> tuple[Passage, ...]:
        """Label of each arm."""
        return _passages("arms", [arm.label for arm in self.record.arms])

    @cached_property
    def arm_descriptions(self) -> tuple[Passage, ...]:
        """The description of each arm."""
        return _passages("arms", [arm.description for arm in self.record.arms])

    @cached_property
    def summary(self) -> tuple[Passage, ...]:
        """The brief summary."""
        return _passages("summary", [self.record.summary])


def _passages(field: str, texts: Iterable[str]) -> tuple[Passage, ...]:
    return tuple(Passage(field, fold_sentences(text)) for text in texts if text)


def _turned(field: str, condition: str) -> Iterator[Passage]:
    """MeSH turns its terms for the index: "Leukemia, Lymphocytic, Chronic, B-Cell"."""
    yield Passage(field, fold_sentences(condition))
    parts = re.split(r"\s*[,，;]\s*", condition)
    if len(parts) > 1:
        yield Passage(field, fold_sentences(" ".join(reversed(parts))), condition)


def search(pattern: Pattern, passages: Iterable[Passage]) -> tuple[Passage, re.Match[str]] | None:
    """Where a pattern first occurs, passages in order."""
    for passage in passages:
        if match := pattern.search(passage.folded.line):
            return passage, match
    return None
