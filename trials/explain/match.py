"""One person's answers held against what a trial states: for each question `fits`, `does_not_fit` or `ask`.

Pure: no database. The only place that decides it; pages and `manage.py match` ask here.

It never says that a person can join. `does_not_fit` needs both a plain answer and a statement that holds for
everybody, with its quotation. What is not known or not stated, and what has a limit ("active only",
"within 3 months"), can never decide: it is a question for the hospital.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trials.choices import Facet, Limit, Sex
from trials.explain.age_limits import within
from trials.explain.answers import QUESTIONS, Answers, antigen_key
from trials.record import StoredFacet
from trials.vocabulary import conditions, narrower, targets, wider

EXCLUDED, ALLOWED, REQUIRED = "excluded", "allowed", "required"
"""Values of a stated facet. No rule reads `required` yet; a person's correction may."""


class Verdict(StrEnum):
    """What the answer to one question, or to all of them, means beside what a trial states."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """What one trial states, as `match` needs it. What is not stated is empty or None.

    `disease_words` and `age_words` are the registry's own, to be quoted. `conditions` and `targets` are
    labels. `facets` are those of `trials.choices.Facet` by name.
    """

    conditions: Collection[str] = ()
    disease_words: str = ""
    targets: Collection[str] = ()
    min_age_years: float | None = None
    max_age_years: float | None = None
    age_words: str = ""
    sex: str = ""
    facets: Mapping[str, StoredFacet] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """The verdict on one question, named as in `Answers`. `quote` is "" where the trial states nothing.

    One that is not relevant is an `ask` without weight: the trial does not mention what the
    person does not have.
    """

    facet: str
    verdict: Verdict
    quote: str = ""
    is_relevant: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """All reasons in the order of `QUESTIONS`, and what they come to."""

    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> Verdict:
        """One reason against it is enough; then one that must be asked."""
        found = {reason.verdict for reason in self.reasons if reason.is_relevant}
        return next(
            (verdict for verdict in (Verdict.DOES_NOT_FIT, Verdict.ASK) if verdict in found), Verdict.FITS
        )

    @property
    def against(self) -> list[Reason]:
        """What the trial states against it."""
        return [one for one in self.reasons if one.verdict == Verdict.DOES_NOT_FIT]

    @property
    def to_ask(self) -> list[Reason]:
        """What people have to ask the hospital."""
        return [one for one in self.reasons if one.verdict == Verdict.ASK and one.is_relevant]


def match(answers: Answers, stated: StatedFacts, questions: Collection[str] = QUESTIONS) -> Match:
    """The verdict on each of the questions, always in their own order."""
    return Match(tuple(_RULES[question](answers, stated) for question in QUESTIONS if question in questions))


def _conditions(answers: Answers, stated: StatedFacts) -> Reason:
    """Of several diseases of one person the one counts that fits best."""
    if not stated.conditions or not answers.conditions:
        return Reason("conditions", Verdict.ASK, stated.disease_words)
    found = {_of_disease(slug, set(stated.conditions)) for slug in answers.conditions}
    best = next(verdict for verdict in (Verdict.FITS, Verdict.ASK, Verdict.DOES_NOT_FIT) if verdict in found)
    return Reason("conditions", best, stated.disease_words)


ONE_ILLNESS = (
    {"lbcl", "richter", "cns-lymphoma", "ptld"},  # the cells are often the same, the place or cause another
    {"cll", "richter"},  # what CLL turns into
    {"fl", "lbcl"},  # what follicular lymphoma turns into; likewise marginal zone lymphoma
    {"mzl", "lbcl"},
    {"waldenstrom", "lbcl"},
    {"hodgkin", "lbcl"},  # grey zone lymphoma is between the two
    {"b-all", "burkitt"},
    {"mds", "aml"},
    {"mpn", "aml"},
    {"mpn", "mds"},
    {"cml", "b-all"},  # blast phase
    {"cml", "aml"},
    {"mpal", "b-all"},
    {"mpal", "t-all"},
    {"mpal", "aml"},
    {"myeloma", "plasma-cell-leukaemia", "al-amyloidosis", "poems-castleman"},
    {"tnbc", "her2-breast"},
    {"lbcl", "burkitt"},
    {"head-neck", "nasopharyngeal"},
    {"childhood-solid", "brain-tumour"},
)
"""Illnesses of which people may have both, or one that is called by either name: never a plain no."""
BESIDES = ("brain-mets", "rare-solid", "neuroendocrine")
"""What other solid tumours can be as well."""
COMPLICATIONS = ("car-t-toxicity", "gvhd", "infection", "hiv")
"""What people with any disease may have besides it."""


def _of_disease(slug: str, labels: set[str]) -> Verdict:
    """A trial for a wider group takes its kinds; who names only the group has to ask about a kind."""
    if labels & {slug, *wider(slug)}:
        return Verdict.FITS
    if labels & narrower(slug) or any(_may_be_both(slug, label) for label in labels):
        return Verdict.ASK
    return Verdict.DOES_NOT_FIT


def _may_be_both(slug: str, label: str) -> bool:
    """Whether people with one of two diseases may have the other as well, or by another name."""
    if label not in conditions() or label in COMPLICATIONS or slug in COMPLICATIONS:
        return True
    if any(
        "solid-tumours" in {other, *wider(other)}
        for one, other in ((slug, label), (label, slug))
        if one in BESIDES
    ):
        return True
    if not {slug, *narrower(slug)}.isdisjoint(narrower(label)):
        return True
    slugs, labels = ({one, *narrower(one), *wider(one)} for one in (slug, label))
    return any(not group.isdisjoint(slugs) and not group.isdisjoint(labels) for group in ONE_ILLNESS)


def _age(answers: Answers, stated: StatedFacts) -> Reason:
    lowest, highest = stated.min_age_years, stated.max_age_years
    if answers.age is None or (lowest is None and highest is None):
        return Reason("age", Verdict.ASK, stated.age_words)
    verdict = {True: Verdict.FITS, False: Verdict.DOES_NOT_FIT, None: Verdict.ASK}
    return Reason("age", verdict[within(answers.age, lowest, highest)], stated.age_words)


def _sex(answers: Answers, stated: StatedFacts) -> Reason:
    """Registries state a sex only where one alone can join."""
    if stated.sex == Sex.ALL:
        return Reason("sex", Verdict.FITS, stated.sex)
    if not stated.sex:
        return Reason("sex", Verdict.ASK, is_relevant=False)
    if answers.sex is None:
        return Reason("sex", Verdict.ASK, stated.sex)
    return Reason("sex", Verdict.FITS if answers.sex == stated.sex else Verdict.DOES_NOT_FIT, stated.sex)


DIRECTIONS = {Limit.AT_LEAST, Limit.AT_MOST}
"""What stands with every number and says only which side of it is meant."""
_NUMBER_OF_SOME = re.compile(
    r"\b(?:cohorts?|arms?|groups?|parts?|if|unless|except\w*|Lansky|others?|otherwise|allowed|permitted)\b"
    r"|\bage[ds]?\W{0,3}(?:[<>≥≤]|at\s+least|under|over)|^\W*(?:or|and/or)\b|\b(?:or|and/or)\W*$"
    r"|\b(?:can|may)\s+also\b|\bfor\s+(?:patients|participants|subjects|people)\s+with\b",
    re.I,
)
"""A sentence with a number that is not for everybody, or with another way in."""
GOOD_ECOG = 1
"""Where a trial says nothing of it, people who are less well have to ask."""


def _lines(answers: Answers, stated: StatedFacts) -> Reason:
    """A trial asks for at least so many treatments."""
    had = answers.lines
    return _number(
        "lines",
        stated.facets.get(Facet.MIN_PRIOR_LINES),
        had,
        lambda least: had is None or had >= least,
        had == 0,
    )


def _ecog(answers: Answers, stated: StatedFacts) -> Reason:
    """A trial takes people up to this score."""
    score = answers.ecog
    return _number(
        "ecog",
        stated.facets.get(Facet.ECOG_MAX),
        score,
        lambda most: score is None or score <= most,
        score is not None and score > GOOD_ECOG,
    )


def _number(
    name: str, facet: StoredFacet | None, answer: int | None, fits: Callable[[int], bool], ask_if_silent: bool
) -> Reason:
    """The verdict on a number; `ask_if_silent`: with this answer people ask where a trial says nothing."""
    value, quote = (facet["value"], facet["quote"]) if facet else ("", "")
    if not facet or not value.isdecimal():
        return Reason(name, Verdict.ASK, quote, is_relevant=ask_if_silent)
    if answer is None:
        return Reason(name, Verdict.ASK, quote)
    if fits(int(value)):
        return Reason(name, Verdict.FITS, quote)
    is_plain = not is_limited(facet) and bool(quote)
    return Reason(name, Verdict.DOES_NOT_FIT if is_plain else Verdict.ASK, quote)


def is_limited(facet: StoredFacet) -> bool:
    """Whether what is stated holds for some people only. Of numbers their own sentence may say so."""
    if set(facet.get("limit", "").split("; ")) - DIRECTIONS - {""}:
        return True
    return facet["value"].isdecimal() and bool(_NUMBER_OF_SOME.search(facet["quote"]))


def _of(name: Facet) -> Callable[[Answers, StatedFacts], Reason]:
    """The rule of a facet that is yes or no of a person."""

    def rule(answers: Answers, stated: StatedFacts) -> Reason:
        return _state(name, stated.facets.get(name), getattr(answers, name))

    return rule


def _same_target(answers: Answers, stated: StatedFacts) -> Reason:
    name = Facet.PRIOR_SAME_TARGET
    facet = stated.facets.get(name)
    had = answers.prior_same_target
    if had is None or isinstance(had, bool):
        return _state(name, facet, had)
    if had & set(stated.targets):
        return _state(name, facet, True)
    named = facet is not None and any(_names(facet["quote"], antigen) for antigen in had)
    unclear = bool(had) and (named or not stated.targets)
    return _state(name, facet, None if unclear else False)


def _names(quote: str, antigen: str) -> bool:
    """Whether a sentence names an antigen by any of its names, with or without hyphens."""
    text = antigen_key(quote)
    return any(antigen_key(name) in text for name in (antigen, *targets()[antigen].aliases))


def _state(name: Facet, facet: StoredFacet | None, has: bool | None) -> Reason:
    """The verdict on what a person has or has had, None where that is not known."""
    value = facet["value"] if facet else ""
    if not facet or value not in (EXCLUDED, ALLOWED, REQUIRED):
        return Reason(name, Verdict.ASK, is_relevant=bool(has))
    quote, limited = facet["quote"], is_limited(facet)
    if value == ALLOWED and not limited:
        return Reason(name, Verdict.FITS, quote)
    if has is None:
        return Reason(name, Verdict.ASK, quote)
    if value == REQUIRED:
        is_against, holds = not has, has
    else:
        is_against, holds = value == EXCLUDED and has, not has
    if holds and not (value == REQUIRED and limited):
        return Reason(name, Verdict.FITS, quote)
    is_plain = is_against and not limited and bool(quote)
    return Reason(name, Verdict.DOES_NOT_FIT if is_plain else Verdict.ASK, quote)


_RULES: Mapping[str, Callable[[Answers, StatedFacts], Reason]] = {
    "age": _age,
    "sex": _sex,
    "conditions": _conditions,
    "lines": _lines,
    "ecog": _ecog,
    **{name: _of(Facet(name)) for name in QUESTIONS if name in Facet.values},
    Facet.PRIOR_SAME_TARGET: _same_target,
}
