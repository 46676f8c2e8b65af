"""What narrows the list, each as a chip with a link that takes it off."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from trials.search.filters import BY_NAME, FILTERS
from trials.search.geo import Circle
from trials.search.search import Search
from trials.search.understand import Span
from trials.views.query_strings import list_link, with_value, without, without_value
from trials.vocabulary.folding import fold

TAKEN_OFF_TOO = {"within": "near"}
"""A distance is from a place: they come and go together."""


@dataclass(frozen=True, slots=True)
class FilterChip:
    """`link` is the search without this filter."""

    name: str
    label: str
    link: str


def chips(search: Search, query: QueryDict) -> list[FilterChip]:
    """Everything that narrows: lists of values, then single values, then what the words were taken for."""
    return [*_repeated(search, query), *_single(search, query), *_from_words(search, query)]


def _repeated(search: Search, query: QueryDict) -> Iterator[FilterChip]:
    for one in FILTERS:
        for index, value in enumerate(search.value(one.name) if one.repeats else ()):
            label = one.label_in(search.places)(value)
            yield FilterChip(one.name, label, list_link(without_value(query, one.name, index)))


def _single(search: Search, query: QueryDict) -> Iterator[FilterChip]:
    for one in FILTERS:
        value = search.value(one.name)
        if one.repeats or not one.label or value in (None, ""):
            continue
        if label := one.label(value):
            link = list_link(without(query, one.name, TAKEN_OFF_TOO.get(one.name, ""), "page"))
            yield FilterChip(one.name, label, link)


def _from_words(search: Search, query: QueryDict) -> Iterator[FilterChip]:
    """What the box understood; taking one off takes its words out of the question."""
    for name, span in search.spans:
        left = search.q_without_spans(span)
        yield FilterChip(name, _meaning(search, name, span), list_link(with_value(query, "q", left)))
    if search.rest:
        label = gettext("Words: %s") % search.rest
        yield FilterChip("q_text", label, list_link(with_value(query, "q", search.q_without("q_text"))))


def _meaning(search: Search, name: str, span: Span) -> str:
    """What words were taken for, with the words where they are other ones: “food pipe cancer” = ..."""
    if name == "q_city" and name not in search.from_words:
        name = "q_near"  # the list is in the order of the distance from it
    if name in _SAID:
        return _SAID[name](search, span)
    one = BY_NAME.get(name.removeprefix("q_"))
    if one is None or not one.words:  # a registry's id or page
        return span.values[0]
    values = search.from_words.get(name, ()) if one.open_column else span.values
    meaning = " / ".join(map(one.label_in(search.places), values))
    if fold(span.text).line in fold(meaning).line:
        return meaning
    return gettext("“%(words)s” = %(meaning)s") % {"words": span.text, "meaning": meaning}


def _label_of(name: str) -> Callable[[Search, Span], str]:
    """The label of the filter that the words stand for."""
    return lambda search, _span: BY_NAME[name].label_in(search.places)(getattr(search.understood, name))


_SAID: Mapping[str, Callable[[Search, Span], str]] = {
    **{
        f"q_{name}": _label_of(name)
        for name in ("age", "age_group", "sex", "recruiting", "lines", "prior_car_t")
    },
    "q_near": lambda search, span: (
        gettext("Near %s") % (search.place.name if search.place else span.values[0])
    ),
    "q_within": lambda search, _: (
        Circle(search.place, search.understood.within).label() if search.place else ""
    ),
    "q_investigator": lambda _, span: gettext("Investigator: %s") % span.values[0],
    "q_sponsor": lambda _, span: gettext("Sponsor: %s") % span.values[0],
}
"""The words for what a question says of the patient, the place and who runs the trial."""
