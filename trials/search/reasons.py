"""Why a trial matches a filter: sentences from the trial, the wanted values and their labels."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from trials.choices import Facet
from trials.display import age_words, city_label, condition_label
from trials.explain.key_eligibility import number_words
from trials.models import Trial
from trials.search.geo import Circle
from trials.search.parameters import Recruiting
from trials.vocabulary import conditions, narrower, wider
from trials.vocabulary.folding import fold

Label = Callable[[Any], str]
Reason = Callable[[Trial, Any, Label], Iterator[str]]


def of_values(column: str, sentence: Promise) -> Callable[[Trial, Sequence[str], Label], Iterator[str]]:
    """The wanted values that the trial has, in one sentence."""

    def reason(trial: Trial, wanted: Sequence[str], label: Label) -> Iterator[str]:
        own = getattr(trial, column)
        had = [own] if isinstance(own, str) else own
        if names := ", ".join(label(value) for value in wanted if value in had):
            yield str(sentence) % names

    return reason


def of_places(column: str) -> Callable[[Trial, Sequence[str], Label], Iterator[str]]:
    """A place where a site is open, else one where the trial runs without a site known to be open."""

    def reason(trial: Trial, wanted: Sequence[str], label: Label) -> Iterator[str]:
        recruiting = [slug for slug in wanted if slug in getattr(trial, f"open_{column}")]
        others = [slug for slug in wanted if slug in getattr(trial, column) and slug not in recruiting]
        if recruiting:
            yield gettext("%s: a site there is recruiting.") % ", ".join(map(label, recruiting))
        if others:
            yield gettext("%s: a site there is not known to be recruiting.") % ", ".join(map(label, others))

    return reason


def of_conditions(trial: Trial, wanted: Sequence[str], _label: Label) -> Iterator[str]:
    """The trial's own label, or a wider or narrower one through which it answers."""
    own = set(trial.conditions)
    for slug in wanted:
        groups = own & wider(slug) if slug in conditions() else set()
        kinds = own & narrower(slug) if slug in conditions() else set()
        names = {"asked": condition_label(slug), "groups": _names(groups), "kinds": _names(kinds)}
        if slug in own:
            yield gettext("The trial is for %(asked)s.") % names
        elif groups:
            yield (
                gettext("The trial is for a wider group, %(groups)s. Ask whether it takes %(asked)s.") % names
            )
        elif kinds:
            yield gettext("The trial is for a type of %(asked)s: %(kinds)s.") % names


def of_age(trial: Trial, years: float, _label: Label) -> Iterator[str]:
    ages = age_words(trial.min_age_years, trial.max_age_years)
    yield gettext("Age %(age)g fits the trial's ages: %(ages)s.") % {"age": years, "ages": ages}


def of_age_group(trial: Trial, group: str, label: Label) -> Iterator[str]:
    ages = age_words(trial.min_age_years, trial.max_age_years)
    yield gettext("%(group)s: fits the trial's ages: %(ages)s.") % {"group": label(group), "ages": ages}


def of_sex(trial: Trial, sex: str, label: Label) -> Iterator[str]:
    if trial.sex:
        values = {"asked": label(sex), "sex": trial.get_sex_display()}
        yield gettext("%(asked)s: fits, the trial takes: %(sex)s.") % values
    else:
        yield gettext("%s: the trial does not say which sex it takes.") % label(sex)


def of_patient(facet: Facet) -> Reason:
    """Whether the trial takes such patients, some of them, or does not state it: never more than that."""

    def reason(trial: Trial, value: str, label: Label) -> Iterator[str]:
        if facet in trial.limited:
            yield gettext("%s: the trial takes some of these patients. Ask the hospital.") % label(value)
        elif facet in trial.stated:
            yield gettext("%s: the trial takes these patients.") % label(value)
        else:
            yield gettext("%s: the trial does not say. Ask the hospital.") % label(value)

    return reason


def of_number(facet: Facet, column: str) -> Reason:
    """The limit of the trial, and whether it is one for every patient."""

    def reason(trial: Trial, value: int, label: Label) -> Iterator[str]:
        limit = getattr(trial, column)
        if limit is None:
            yield gettext("%s: the trial does not say. Ask the hospital.") % label(value)
            return
        words = {"asked": label(value), "limit": number_words(facet, str(limit))}
        sentence = gettext("%(asked)s: the trial asks for %(limit)s.")
        if facet in trial.limited:
            sentence = gettext("%(asked)s: the trial asks for %(limit)s, but not of everybody. Ask.")
        yield sentence % words

    return reason


def of_investigator(trial: Trial, name: str, label: Label) -> Iterator[str]:
    """The names that hold the words, as written in the record."""
    words = fold(name).words
    names = [line for line in trial.investigators.splitlines() if set(words) & set(fold(line).words)]
    yield label(", ".join(names) or name)


def of_circle(trial: Trial, circle: Circle, _label: Label) -> Iterator[str]:
    found = circle.middle.nearest(trial.open_cities) if circle.km else None
    if found:
        place = {"city": city_label(found.city.slug), "km": round(found.km), "place": circle.middle.name}
        yield gettext("Nearest site that is recruiting: %(city)s, %(km)d km from %(place)s.") % place


def of_recruiting(_trial: Trial, where: str, _label: Label) -> Iterator[str]:
    if where == Recruiting.ANYWHERE:
        yield gettext("The trial is recruiting.")
    else:
        yield gettext("At least one site in India is recruiting.")


def _names(slugs: set[str]) -> str:
    return ", ".join(condition_label(slug) for slug in sorted(slugs))
