"""What narrows the list, each as a chip with a link that takes it off."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from trials.search.parameters import AgeGroup, Disease, Exact, Recruiting
from trials.search.search import Search
from trials.search.understand import Span
from trials.views.query_strings import list_link, with_value, without, without_value
from trials.views.results.value_labels import LABELS, hospital_names
from trials.vocabulary.folding import fold

PARTS = (
    *("q_condition", "q_target", "q_product", "q_phase", "q_age", "q_age_group", "q_recruiting", "q_near"),
    *("q_within", "q_city", "q_state", "q_investigator", "q_sponsor", "q_registry_id", "q_page"),
)


@dataclass(frozen=True, slots=True)
class Chip:
    """`link` is the search without this filter."""

    name: str
    label: str
    link: str


def chips(search: Search, query: QueryDict) -> list[Chip]:
    """Everything that narrows, filters first, then what the words were taken for."""
    return [
        *_repeated(search, query),
        *_single(search, query),
        *_exact(search, query),
        *_from_words(search, query),
    ]


def _repeated(search: Search, query: QueryDict) -> Iterator[Chip]:
    for name, label in {**LABELS, "site": hospital_names(search.site).__getitem__}.items():
        for index, value in enumerate(getattr(search, name)):
            yield Chip(name, label(value), list_link(without_value(query, name, index)))


def _single(search: Search, query: QueryDict) -> Iterator[Chip]:
    if search.recruiting:
        label = str(Recruiting(search.recruiting).label)
        yield Chip("recruiting", label, list_link(without(query, "recruiting", "page")))
    if search.age is not None:
        label = gettext("Age %g") % search.age
        yield Chip("age", label, list_link(without(query, "age", "page")))
    if search.age_group:
        label = str(AgeGroup(search.age_group).label)
        yield Chip("age_group", label, list_link(without(query, "age_group", "page")))
    if search.near:
        label = gettext("Near %s") % search.near.name
        if search.within:
            label = _circle(search.within, search.near.name)
        yield Chip("within", label, list_link(without(query, "near", "within", "page")))
    if search.disease in (Disease.OTHER, Disease.ALL):
        label = str(Disease(search.disease).label)
        yield Chip("disease", label, list_link(without(query, "disease", "page")))


def _exact(search: Search, query: QueryDict) -> Iterator[Chip]:
    for index, value in enumerate(search.exact):
        yield Chip("exact", str(Exact(value).label), list_link(without_value(query, "exact", index)))


def _from_words(search: Search, query: QueryDict) -> Iterator[Chip]:
    """What the box understood; taking one off takes its words out of the question."""
    for name, span in sorted(search.spans, key=lambda found: PARTS.index(found[0])):
        left = search.q_without_spans(span)
        yield Chip(name, _meaning(search, name, span), list_link(with_value(query, "q", left)))
    if search.rest:
        label = gettext("Words: %s") % search.rest
        yield Chip("q_text", label, list_link(with_value(query, "q", search.q_without("q_text"))))


def _meaning(search: Search, name: str, span: Span) -> str:
    """What words were taken for, with the words where they are other ones: “food pipe cancer” = ..."""
    if name in ("q_registry_id", "q_page"):
        return span.values[0]
    part = name.removeprefix("q_")
    if name in _SAID:
        return _SAID[name](search, span)
    values = search.from_words.get(name, ()) if part in ("city", "state") else span.values
    meaning = " / ".join(LABELS[part](value) for value in values)
    if fold(span.text).line in fold(meaning).line:
        return meaning
    return gettext("“%(words)s” = %(meaning)s") % {"words": span.text, "meaning": meaning}


def _circle(km: float, place: str) -> str:
    return gettext("Within %(km)d km of %(place)s") % {"km": km, "place": place}


_SAID: Mapping[str, Callable[[Search, Span], str]] = {
    "q_age": lambda search, _: gettext("Age %g") % search.understood.age,
    "q_age_group": lambda _, span: str(AgeGroup(span.values[0]).label),
    "q_recruiting": lambda _, span: str(Recruiting(span.values[0]).label),
    "q_near": lambda _, span: gettext("Near %s") % span.values[0],
    "q_within": lambda search, span: _circle(
        float(span.values[0]), search.place.name if search.place else ""
    ),
    "q_investigator": lambda _, span: gettext("Investigator: %s") % span.values[0],
    "q_sponsor": lambda _, span: gettext("Sponsor: %s") % span.values[0],
}
"""The words for what a question says of the patient, the place and who runs the trial."""
