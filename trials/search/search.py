"""What a search looks for, and the trials that match it.

    search = Search.from_query(request.GET)     # ParameterError: answer 400
    trials = search.results()

A search keeps its filters apart by name, so that `trials.search.facets` can count with all but one of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Self

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext

from trials import vocabulary
from trials.models import Trial
from trials.models.fulltext import clean_text, mentions
from trials.models.lookups import has_page, has_registry_id
from trials.models.trial import TrialQuerySet
from trials.search.filter_row import Filter
from trials.search.filters import BY_NAME, FILTERS, read_parameters
from trials.search.found import PAGE_SIZE, Found
from trials.search.geo import Circle, Point
from trials.search.known_places import KnownPlaces
from trials.search.listed import Listed
from trials.search.parameters import Disease, Exact, Order, ParameterError, Recruiting, Sort
from trials.search.understand import Span, Understood, plain, understand
from trials.vocabulary.places import find_city, find_state

WORDS_OF_PLACE = ("q_state", "q_city", "q_near", "q_within", "q_recruiting")
PLACE_FILTERS = ("state", "city", "site", "within", *WORDS_OF_PLACE[:4])
_WORD_PARTS = {
    "q_condition": "conditions",
    "q_target": "targets",
    "q_product": "products",
    "q_phase": "phases",
    **{f"q_{part}": part for part in ("age", "age_group", "sex", "recruiting", "near", "within")},
    **{f"q_{part}": part for part in ("lines", "prior_car_t")},
    **{f"q_{part}": part for part in ("city", "state", "investigator", "sponsor", "registry_id", "page")},
    "q_text": "rest",
}
"""The part of what was understood that makes each filter, in the order to show them."""
NOTHING_UNDERSTOOD = Understood()


@dataclass(frozen=True)
class Search(Found):
    """The wanted values: a tuple where several may be given, empty where none is.

    A filter that code reads by name has a field; the value of any other is in `others`.
    """

    q: str = ""
    condition: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    cell_source: tuple[str, ...] = ()
    age: float | None = None
    age_group: str = ""
    state: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    near: Point | None = None
    within: float | None = None
    recruiting: str = ""
    registry: tuple[str, ...] = ()
    disease: str = ""
    sort: str = ""
    page: int = 1
    exact: tuple[str, ...] = ()
    others: Mapping[str, Any] = field(default_factory=dict)
    understood: Understood = NOTHING_UNDERSTOOD
    """What the words of `q` mean. It narrows the list like filters do, under names that begin with `q_`."""
    places: KnownPlaces = field(default_factory=KnownPlaces, compare=False, repr=False)
    listed: Listed = field(default_factory=Listed, compare=False, repr=False)

    @classmethod
    def from_query(cls, data: QueryDict, *besides: str, version: Callable[[], str] = str) -> Self:
        """Raises ParameterError; `besides` are parameters that a page reads itself.

        `version` is that of the data, where the page reads it anyway.
        """
        listed = Listed(version)
        places = KnownPlaces(listed)
        values = read_parameters(data, places, *besides)
        forgiving = Exact.SPELLING not in values.get("exact", ())
        understood = understand(values.get("q", ""), forgiving=forgiving)
        return cls(understood=understood, places=places, listed=listed).but(**values)

    @property
    def registry_id(self) -> str:
        """The registry id typed, "" for none: the page goes straight to that trial."""
        return self.understood.registry_id

    @property
    def one_trial(self) -> str:
        """The registry id or the address of a registry's page that was typed, "" for neither."""
        return self.understood.page or self.registry_id

    @property
    def rest(self) -> str:
        """The words left for full text."""
        return self.understood.rest

    @property
    def wanted_conditions(self) -> frozenset[str]:
        """The conditions chosen, and those that the words name."""
        return frozenset((*self.condition, *self.understood.conditions))

    @property
    def disease_group(self) -> str:
        """Cancers, unless chosen otherwise, or for a condition that is not a cancer, or for one trial."""
        only_cancers = all(map(vocabulary.is_cancer, self.wanted_conditions))
        return self.disease or (Disease.CANCER if only_cancers and not self.one_trial else Disease.ALL)

    def given(self, name: str) -> Any:
        """The value of the parameter of this name; () or None where it is not given."""
        if name in _EMPTY:
            return getattr(self, name)
        return self.others.get(name, () if BY_NAME[name].repeats else None)

    def value(self, name: str) -> Any:
        """The value of a parameter; a distance comes with the place it counts from."""
        if name == "within":
            return Circle(self.place, self.within) if self.place and (self.near or self.within) else None
        return self.given(name)

    def meant(self, name: str) -> Any:
        """The value of a filter, by its parameter or by words."""
        by_words = {
            "age": self.years,
            "age_group": self.child_or_adult,
            "sex": self.patient_sex,
            "recruiting": self.open_where,
            "within": Circle(self.place, self.radius) if self.place else None,
            "lines": self.lines_had,
            "prior_car_t": self.after_car_t,
            "investigator": self.leader,
        }
        return by_words[name] if name in by_words else self.given(name)

    def column(self, one: Filter) -> str:
        """The column a filter looks into; places look at recruiting sites where only those count."""
        if one.open_column and self.open_where == Recruiting.INDIA:
            return one.open_column
        return one.exact_column if one.exact_column and Exact.BROAD in self.exact else one.column

    @cached_property
    def from_words(self) -> dict[str, tuple[str, ...]]:
        """The values the words of `q` stand for, by the name of the filter they make."""
        words = self.understood
        city, state = find_city(words.city, words.state) or find_city(words.city), find_state(words.state)
        values = {f"q_{one.name}": getattr(words, one.words) for one in FILTERS if one.words}
        values |= {
            "q_city": (city.slug,) if city and self.place and self.place.slug != city.slug else (),
            "q_state": (state.slug,) if state and not self.state_of_the_city else (),
        }
        return {name: meant for name, meant in values.items() if meant}

    @cached_property
    def state_of_the_city(self) -> bool:
        """Whether the state in the words only says where the city is, as in "Patna, Bihar"."""
        city, state = (
            find_city(self.understood.city, self.understood.state),
            find_state(self.understood.state),
        )
        return bool(
            city and state and city.state == state.name and self.place and self.place.slug == city.slug
        )

    @cached_property
    def filters(self) -> dict[str, Q]:
        """Everything that narrows the list, by name: the parameter's, or `q_...` for what words mean."""
        filters = dict(self._of_parameters())
        for name, values in self.from_words.items():
            filters[name] = self._among(BY_NAME[name.removeprefix("q_")], values)
        if self.registry_id:
            filters["q_registry_id"] = has_registry_id(self.registry_id) | mentions(self.registry_id)
        if self.understood.page:
            filters["q_page"] = has_page(self.understood.page)
        if self.rest:
            filters["q_text"] = mentions(self.rest)
        if self.understood.sponsor and "sponsor" not in self.overruled:
            filters["q_sponsor"] = mentions(self.understood.sponsor)
        return filters | self.word_filters()

    def _of_parameters(self) -> Iterator[tuple[str, Q]]:
        for one in FILTERS:
            value = self.disease_group if one.name == "disease" else self.value(one.name)
            if value is None or value in ("", ()):
                continue
            if one.column:
                yield one.name, self._among(one, value)
            elif (narrowed := one.narrowed(value)) is not None:
                yield one.name, narrowed

    def _among(self, one: Filter, values: Sequence[str]) -> Q:
        """Trials with one of the values; of diseases named exactly also what they include, nothing wider."""
        if one.exact_column and Exact.BROAD in self.exact:
            values = sorted(set(values).union(*map(vocabulary.narrower, values)))
        return Q(**{f"{self.column(one)}__{one.lookup}": list(values)})

    def but(self, **changes: Any) -> Self:
        """The same search with some parameters changed, on its first page."""
        own: dict[str, Any] = {"page": 1, "others": {**self.others}}
        for name, value in changes.items():
            (own if name in _EMPTY else own["others"])[name] = value
        return replace(self, **own)

    def dropping(self, name: str) -> Self:
        """The same search without one of its `filters`."""
        if name in _WORD_PARTS:
            parts = [_WORD_PARTS[name]]
            if name == "q_near":
                parts += ["within", *(["city"] if self.understood.city == self.understood.near else [])]
            nothing = {part: getattr(NOTHING_UNDERSTOOD, part) for part in parts}
            return self.but(understood=replace(self.understood, **nothing))
        if name not in _EMPTY:
            others = {other: value for other, value in self.others.items() if other != name}
            return self.but(others=others)
        return self.but(**{name: Disease.ALL if name == "disease" else _EMPTY[name]})

    def without_places_in_words(self) -> Self:
        """The same search without the words for a place, and for recruiting."""
        left = self
        for name in WORDS_OF_PLACE:
            written = any(found == name for found, _ in left.spans)
            left = replace(left, q=left.q_without(name) if written else left.q).dropping(name)
        return left

    def q_without(self, name: str) -> str:
        """The words of `q` but those that make one of its `filters`, for the link that drops it."""
        return self.q_without_spans(*(span for found, span in self.spans if found == name))

    @property
    def spans(self) -> list[tuple[str, Span]]:
        """What was understood, word by word, with the name of the filter it is part of; in their order."""
        order = list(_WORD_PARTS)
        names = {part: name for name, part in _WORD_PARTS.items()}
        near = self.understood.near
        spans = [
            (names[span.kind], span)
            for span in self.understood.spans
            if span.kind in names
            and span.kind not in self.overruled
            and not (span.kind == "city" and span.values == (near,))
            and not (span.kind == "state" and self.state_of_the_city)
        ]
        return sorted(spans, key=lambda found: order.index(found[0]))

    def q_without_spans(self, *spans: Span) -> str:
        """The words of `q` but those of these spans; without any, only the words not understood."""
        left = plain(self.q)
        for text in [span.text for span in spans] or self.rest.split():
            words = rf"(?<!\w){re.escape(text)}(?![\w\u0900-\u097f])"
            left = re.sub(words, " ", left, count=1, flags=re.I)
        return clean_text(left)

    def matching(self) -> TrialQuerySet:
        """Listed trials that pass all filters, in no order."""
        return Trial.objects.listed().filter(*self.filters.values())

    def results(self) -> TrialQuerySet:
        """The trials in the chosen order."""
        trials, order = self.matching(), self.order
        if order == Order.UPDATED:
            return trials.newest_first()
        if self.place and order == Order.DISTANCE:
            return trials.nearest_first([found.city.slug for found in self.place.cities])
        return trials.most_relevant_first(self.rest) if order == Order.WORDS else trials.in_default_order()

    @property
    def order(self) -> Order:
        """The order that the sort asked for comes to."""
        if self.sort == Sort.UPDATED:
            return Order.UPDATED
        if self.place and self.sort in ("", Sort.DISTANCE):
            return Order.DISTANCE
        return Order.WORDS if self.rest else Order.USUAL

    def pages(self, total: int, size: int = PAGE_SIZE) -> int:
        """How many pages `total` results make. Raises ParameterError where the chosen page is beyond."""
        pages = max(1, -(-total // size))
        if self.page > pages:
            raise ParameterError("page", gettext("The last page is %d.") % pages)
        return pages


_EMPTY = {one.name: one.default for one in fields(Search)}
"""The fields of a search and the values they have in an empty search."""
