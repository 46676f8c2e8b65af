"""Key eligibility of one trial as its page shows it: who can join, who cannot, what to ask, with quotes."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trials.catalogue.labels import ELIGIBILITY, decided, stated
from trials.choices import NUMBERS, Demand, Facet, Limit
from trials.display import age_words, age_words_of, condition_label
from trials.explain.age_limits import within
from trials.explain.excerpts import plain
from trials.explain.key_eligibility import number_words
from trials.explain.key_limits import can_join, cannot_join
from trials.models import Registration, Trial
from trials.record import StoredFacet
from trials.search.situation import Situation
from trials.vocabulary import narrower, wider

CAN, CANNOT, LIMITED, ASK, NUMBER = "can", "cannot", "limited", "ask", "number"
ADULT = 18
_ANSWERS = {"allowed": CAN, "excluded": CANNOT}
_OF_AGE: Mapping[bool | None, Callable[[str], tuple[str, str]]] = {
    True: lambda ages: (CAN, _("within the trial's ages: %s") % ages),
    False: lambda ages: (CANNOT, _("outside the trial's ages: %s") % ages),
    None: lambda ages: (LIMITED, _("at the limit of the trial's ages: %s. Ask.") % ages),
}
Record = tuple[Registration, dict[str, StoredFacet], dict[str, object]]
"""A registration, what it states of each facet, and what people decided of it."""


@dataclass(frozen=True, slots=True)
class FacetStatement:
    """What one record states. `by_person`: a person of this site read the record and decided."""

    source: str
    quote: str
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class FacetAnswer:
    """One question of eligibility with its answer in words; `answer` is for its colour and sign."""

    name: str
    answer: str
    words: str
    statements: Sequence[FacetStatement] = ()
    disagree: bool = False


def of_patient(trial: Trial, situation: Situation) -> Iterator[FacetAnswer]:
    """Age and disease of the patient whom the visitor described, against what the trial states of them."""
    if situation.age is not None:
        name = _("Age %s") % age_words_of(situation.age)
        ages = age_words(trial.min_age_years, trial.max_age_years)
        if trial.min_age_years is None and trial.max_age_years is None:
            yield FacetAnswer(name, ASK, _("Not stated: ask"))
        else:
            fits = within(situation.age, trial.min_age_years, trial.max_age_years)
            yield FacetAnswer(name, *_OF_AGE[fits](ages))
    own = set(trial.conditions)
    for slug in situation.conditions:
        name = condition_label(slug)
        if slug in own:
            yield FacetAnswer(name, CAN, _("the trial is for it"))
        elif groups := own & wider(slug):
            words = _("the trial is for a wider group: %s. Ask whether it takes this disease.")
            yield FacetAnswer(name, LIMITED, words % ", ".join(map(condition_label, sorted(groups))))
        elif kinds := own & narrower(slug):
            words = _("the trial is only for: %s. Ask which type it is.")
            yield FacetAnswer(name, LIMITED, words % ", ".join(map(condition_label, sorted(kinds))))
        elif own:
            words = _("not named; the trial names: %s")
            yield FacetAnswer(name, LIMITED, words % ", ".join(map(condition_label, sorted(own))))
        else:
            yield FacetAnswer(name, ASK, _("Not stated: ask"))


def chips(trial: Trial, registrations: Sequence[Registration], *, aged: bool = False) -> list[FacetAnswer]:
    """Ages first, then what is stated, then what is to be asked; the order of `Facet` otherwise.

    A `Demand` is there only where a record states it: most trials ask for no weight. `aged`: the patient's
    own age is answered already.
    """
    records = [(r, stated(r), decided(r, ELIGIBILITY)) for r in registrations]
    asked = [
        demand for demand in Demand if any(demand in facets for _registration, facets, _people in records)
    ]
    ages = () if aged else _ages(trial, registrations)
    answers = [*ages, *(_facet(one, records) for one in (*Facet, *asked))]
    return sorted(answers, key=lambda chip: chip.answer == ASK)


def _facet(facet: Facet | Demand, records: Sequence[Record]) -> FacetAnswer:
    answers = [(r, facets[facet], facet in people) for r, facets, people in records if facet in facets]
    values = {one["value"] for _registration, one, _people in answers}
    statements = [
        FacetStatement(r.registry_id, plain(one.get("quote", "")), by_person) for r, one, by_person in answers
    ]
    name = str(facet.label)
    if len(values) > 1:
        return FacetAnswer(name, ASK, _("The registries do not agree: ask"), statements, disagree=True)
    value = next(iter(values), "")
    if isinstance(facet, Demand):
        limits = {one.get("limit", "") for _registration, one, _people in answers}
        answer = NUMBER if facet == Demand.WEIGHT else LIMITED
        return FacetAnswer(name, answer, demand_words(facet, value, limits), statements)
    if facet in NUMBERS and value.isdecimal():
        return FacetAnswer(name, NUMBER, number_words(facet, value), statements)
    answer = _ANSWERS.get(value, ASK)
    if limit := _limit(answer, [one.get("limit", "") for _registration, one, _people in answers]):
        limited = can_join(limit) if answer == CAN else cannot_join(limit)
        return FacetAnswer(name, LIMITED, limited, statements)
    return FacetAnswer(name, answer, words(answer), statements if answer != ASK else ())


def demand_words(demand: Demand, value: str, limits: Set[str]) -> str:
    """What is asked, as people read it; of organs only that something is."""
    if demand == Demand.ORGANS:
        return _("there are limits: see the text below")
    if demand == Demand.WEIGHT:
        return (_("at least %s kg") if limits == {Limit.AT_LEAST} else _("more than %s kg")) % value
    return f"{value} ({Limit.CONDITION.label})" if Limit.CONDITION in limits else value


def _limit(answer: str, limits: Sequence[str]) -> str:
    """The limit of several records: of bars only where each has one, of permissions any."""
    if answer == CANNOT and "" in limits:
        return ""
    return "; ".join(dict.fromkeys(kind for limit in limits if limit for kind in limit.split("; ")))


def words(answer: str) -> str:
    """The answer as people read it."""
    return {CAN: _("can join"), CANNOT: _("cannot join")}.get(answer, _("Not stated: ask"))


def _ages(trial: Trial, registrations: Sequence[Registration]) -> Iterator[FacetAnswer]:
    """Adults and children, from the ages of the trial. One limit alone leaves the other side open."""
    lowest, highest = trial.min_age_years, trial.max_age_years
    statements = [FacetStatement(r.registry_id, quote) for r in registrations if (quote := _written_ages(r))]
    limits = f"({age_words(lowest, highest)})"
    for name, answer in (
        (_("Adults (18 and older)"), _adults(lowest, highest)),
        (_("Children (under 18)"), _children(lowest, highest)),
    ):
        known = answer != ASK
        yield FacetAnswer(
            name, answer, f"{words(answer)} {limits}" if known else words(answer), statements if known else ()
        )


def _adults(lowest: float | None, highest: float | None) -> str:
    if lowest is None and highest is None:
        return ASK
    return CANNOT if highest is not None and highest < ADULT else CAN


def _children(lowest: float | None, highest: float | None) -> str:
    if lowest is not None:
        return CANNOT if lowest >= ADULT else CAN
    return CAN if highest is not None and highest < ADULT else ASK


def _written_ages(registration: Registration) -> str:
    """Both ages as the registry writes them."""
    record = registration.record
    return " – ".join(filter(None, (record.min_age, record.max_age)))
