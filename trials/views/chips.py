"""What narrows the list, each as a chip with a link that takes it off."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from trials.filters import Search
from trials.models import Site
from trials.parameters import Disease, Recruiting
from trials.templatetags.trial_words import (
    cell_source_label,
    city_label,
    condition_label,
    phase_label,
    registry_label,
    state_label,
)
from trials.views.links import with_value, without, without_value


@dataclass(frozen=True, slots=True)
class Chip:
    """`link` is the search without this filter."""

    name: str
    label: str
    link: str


def _site_label(slug: str) -> str:
    return str(Site.objects.get(slug=slug))


REPEATED: Mapping[str, Callable[[str], str]] = {
    "condition": condition_label,
    "phase": phase_label,
    "target": str,
    "product": str,
    "cell_source": cell_source_label,
    "state": state_label,
    "city": city_label,
    "site": _site_label,
    "registry": registry_label,
}


def chips(search: Search, query: QueryDict) -> list[Chip]:
    """Everything that narrows, filters first, then what the words were taken for."""
    return [*_repeated(search, query), *_single(search, query), *_from_words(search, query)]


def _link(query: str) -> str:
    return f"{reverse('trials:list')}?{query}"


def _repeated(search: Search, query: QueryDict) -> Iterator[Chip]:
    for name, label in REPEATED.items():
        for index, value in enumerate(getattr(search, name)):
            yield Chip(name, label(value), _link(without_value(query, name, index)))


def _single(search: Search, query: QueryDict) -> Iterator[Chip]:
    if search.recruiting:
        label = str(Recruiting(search.recruiting).label)
        yield Chip("recruiting", label, _link(without(query, "recruiting", "page")))
    if search.age is not None:
        label = gettext("Age %g") % search.age
        yield Chip("age", label, _link(without(query, "age", "page")))
    if search.near:
        label = gettext("Near %s") % search.near.name
        if search.within:
            label = gettext("Within %(km)d km of %(place)s") % {
                "km": search.within,
                "place": search.near.name,
            }
        yield Chip("within", label, _link(without(query, "near", "within", "page")))
    if search.disease in (Disease.OTHER, Disease.ALL):
        label = str(Disease(search.disease).label)
        yield Chip("disease", label, _link(without(query, "disease", "page")))


def _from_words(search: Search, query: QueryDict) -> Iterator[Chip]:
    """What the box understood; taking one off takes its words out of the question."""
    labels: Mapping[str, Callable[[str], str]] = {
        "q_condition": condition_label,
        "q_phase": phase_label,
        "q_target": str,
        "q_product": str,
        "q_city": city_label,
        "q_state": state_label,
    }
    for name, values in search.from_words.items():
        words = " / ".join(labels[name](value) for value in values)
        yield Chip(name, words, _link(with_value(query, "q", search.q_without(name))))
    if search.rest:
        label = gettext("Words: %s") % search.rest
        yield Chip("q_text", label, _link(with_value(query, "q", search.q_without("q_text"))))
