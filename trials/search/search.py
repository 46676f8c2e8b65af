"""What a search asks for, and the trials that answer it.

    search = Search.from_query(request.GET)     # ParameterError: answer 400
    trials = search.results()

A search keeps its filters apart by name, so that `trials.search.facets` can count with all but one of them.
"""

import re
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Self

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext

from trials import vocabulary
from trials.models import Trial
from trials.models.fulltext import clean_text, mentions
from trials.models.lookups import (
    has_page,
    has_registry_id,
    takes_age,
)
from trials.models.trial import TrialQuerySet
from trials.search import geo
from trials.search.by_words import AGE_GROUP, RECRUITING, ByWords, within
from trials.search.parameters import (
    AgeGroup,
    Disease,
    Exact,
    ParameterError,
    Recruiting,
    Sort,
    read_parameters,
)
from trials.search.understand import Span, Understood, plain, understand
from trials.vocabulary.places import find_city, find_state

PAGE_SIZE = 20
COLUMNS = {
    "condition": "answers_to",
    "phase": "phases",
    "target": "targets",
    "product": "products",
    "registry": "registries",
}
PLACE_COLUMNS = {"state": "states", "city": "cities", "site": "hospitals"}
PLACE_FILTERS = (*PLACE_COLUMNS, "within", "q_state", "q_city", "q_near", "q_within")
WORDS_OF_PLACE = ("q_state", "q_city", "q_near", "q_within", "q_recruiting")
_WORD_PARTS = {
    "q_condition": "conditions",
    "q_phase": "phases",
    "q_target": "targets",
    "q_product": "products",
    "q_city": "city",
    "q_state": "state",
    "q_registry_id": "registry_id",
    "q_page": "page",
    "q_age": "age",
    "q_age_group": "age_group",
    "q_near": "near",
    "q_within": "within",
    "q_recruiting": "recruiting",
    "q_investigator": "investigator",
    "q_sponsor": "sponsor",
    "q_text": "rest",
}
NOTHING_UNDERSTOOD = understand("")
_DISEASE = {Disease.CANCER: Q(other_disease_only=False), Disease.OTHER: Q(other_disease_only=True)}


@dataclass(frozen=True)
class Search(ByWords):
    """The cleaned parameters of DESIGN section 4; repeated ones are tuples, what is not asked is empty."""

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
    near: geo.Point | None = None
    within: float | None = None
    recruiting: str = ""
    registry: tuple[str, ...] = ()
    disease: str = ""
    sort: str = ""
    page: int = 1
    exact: tuple[str, ...] = ()
    understood: Understood = NOTHING_UNDERSTOOD
    """What the words of `q` mean. It narrows the list like filters do, under names that begin with `q_`."""

    @classmethod
    def from_query(cls, data: QueryDict, *besides: str) -> Self:
        """Raises ParameterError; `besides` are parameters that a page keeps for itself."""
        values = read_parameters(data, *besides)
        forgiving = Exact.SPELLING not in values.get("exact", ())
        return cls(**values, understood=understand(values.get("q", ""), forgiving=forgiving))

    @property
    def registry_id(self) -> str:
        """The registry id somebody typed, "" for none: the page goes straight to that trial."""
        return self.understood.registry_id

    @property
    def one_trial(self) -> str:
        """The registry id or the address of a registry's page that was asked for, "" for neither."""
        return self.understood.page or self.registry_id

    @property
    def rest(self) -> str:
        """The words left for full text."""
        return self.understood.rest

    @property
    def disease_group(self) -> str:
        """Cancers, unless asked otherwise or a condition asked for is not a cancer, or one trial is."""
        asked = {*self.condition, *self.understood.conditions}
        only_cancers = all(map(vocabulary.is_cancer, asked))
        return self.disease or (Disease.CANCER if only_cancers and not self.one_trial else Disease.ALL)

    @property
    def columns(self) -> dict[str, str]:
        """The array column each parameter looks into; places look at recruiting sites where asked to."""
        prefix = "open_" if self.open_where == Recruiting.INDIA else ""
        condition = "conditions" if Exact.BROAD in self.exact else COLUMNS["condition"]
        return (
            COLUMNS
            | {"condition": condition}
            | {name: prefix + column for name, column in PLACE_COLUMNS.items()}
        )

    @cached_property
    def from_words(self) -> dict[str, tuple[str, ...]]:
        """The values the words of `q` stand for, by the name of the filter they make."""
        words = self.understood
        city, state = find_city(words.city, words.state) or find_city(words.city), find_state(words.state)
        values = {
            "q_condition": words.conditions,
            "q_phase": words.phases,
            "q_target": words.targets,
            "q_product": words.products,
            "q_city": (city.slug,) if city and words.city != words.near else (),
            "q_state": (state.slug,) if state else (),
        }
        return {name: meant for name, meant in values.items() if meant}

    @cached_property
    def filters(self) -> dict[str, Q]:
        """Everything that narrows the list, by name: the parameter's, or `q_...` for what words mean."""
        chosen = {name: getattr(self, name) for name in self.columns} | self.from_words
        filters = {
            name: self._among(name.removeprefix("q_"), values) for name, values in chosen.items() if values
        }
        if self.registry_id:
            filters["q_registry_id"] = has_registry_id(self.registry_id) | mentions(self.registry_id)
        if self.understood.page:
            filters["q_page"] = has_page(self.understood.page)
        if self.rest:
            filters["q_text"] = mentions(self.rest)
        for name in ("investigator", "sponsor"):
            if text := getattr(self.understood, name):
                filters[f"q_{name}"] = mentions(text)
        return filters | self._single() | self.word_filters()

    def _among(self, name: str, values: tuple[str, ...]) -> Q:
        """Trials with one of the values; of diseases named exactly also what they include, nothing wider."""
        if name == "condition" and Exact.BROAD in self.exact:
            values = tuple(sorted(set(values).union(*map(vocabulary.narrower, values))))
        return Q(**{f"{self.columns[name]}__overlap": list(values)})

    def _single(self) -> dict[str, Q]:
        """The filters that are no list of values."""
        filters: dict[str, Q] = {}
        if self.disease_group != Disease.ALL:
            filters["disease"] = _DISEASE[Disease(self.disease_group)]
        if self.cell_source:
            filters["cell_source"] = Q(cell_source__in=self.cell_source)
        if self.age is not None:
            filters["age"] = takes_age(self.age)
        if self.age_group:
            filters["age_group"] = AGE_GROUP[AgeGroup(self.age_group)]
        if self.recruiting:
            filters["recruiting"] = RECRUITING[Recruiting(self.recruiting)]
        if self.place and self.within:
            filters["within"] = within(self.place, self.within)
        return filters

    def but(self, **changes: Any) -> Self:
        """The same search with some parameters changed, on its first page."""
        return replace(self, **({"page": 1} | changes))

    def dropping(self, name: str) -> Self:
        """The same search without one of its `filters`."""
        if name in _WORD_PARTS:
            parts = [_WORD_PARTS[name]]
            if name == "q_near":
                parts += ["within", *(["city"] if self.understood.city == self.understood.near else [])]
            nothing = {part: getattr(NOTHING_UNDERSTOOD, part) for part in parts}
            return self.but(understood=replace(self.understood, **nothing))
        return self.but(**{name: Disease.ALL if name == "disease" else _UNASKED[name]})

    def q_without(self, name: str) -> str:
        """The words of `q` but those that make one of its `filters`, for the link that drops it."""
        return self.q_without_spans(*(span for found, span in self.spans if found == name))

    @property
    def spans(self) -> list[tuple[str, Span]]:
        """What was understood, word by word, with the name of the filter it is part of."""
        names = {part: name for name, part in _WORD_PARTS.items()}
        near = self.understood.near
        return [
            (names[span.kind], span)
            for span in self.understood.spans
            if span.kind in names
            and span.kind not in self.overruled
            and not (span.kind == "city" and span.values == (near,))
        ]

    def without_words(self, *names: str) -> Self:
        """The same search without the words that make these filters."""
        left = self
        for name in names:
            said = any(found == name for found, _ in left.spans)
            left = replace(left, q=left.q_without(name) if said else left.q).dropping(name)
        return left

    def q_without_spans(self, *spans: Span) -> str:
        """The words of `q` but those of these spans; without any, but the words nobody understood."""
        left = plain(self.q)
        for text in [span.text for span in spans] or self.rest.split():
            words = rf"(?<!\w){re.escape(text)}(?![\w\u0900-\u097f])"
            left = re.sub(words, " ", left, count=1, flags=re.I)
        return clean_text(left)

    def matching(self) -> TrialQuerySet:
        """Listed trials that pass all filters, in no order."""
        return Trial.objects.listed().filter(*self.filters.values())

    def results(self) -> TrialQuerySet:
        """The answer in the order asked for."""
        trials, sort = self.matching(), self.sort
        if sort == Sort.UPDATED:
            return trials.newest_first()
        if self.place and sort in ("", Sort.DISTANCE):
            return trials.nearest_first([found.city.slug for found in self.place.cities])
        if self.rest:
            return trials.most_relevant_first(self.rest)
        return trials.in_default_order()

    def pages(self, total: int) -> int:
        """How many pages `total` results make. Raises ParameterError where the page asked for is beyond."""
        pages = max(1, -(-total // PAGE_SIZE))
        if self.page > pages:
            raise ParameterError("page", gettext("The last page is %d.") % pages)
        return pages

    def results_on_page(self) -> TrialQuerySet:
        """The `PAGE_SIZE` results of the page asked for."""
        trials = self.results().without_long_texts()
        return trials[(self.page - 1) * PAGE_SIZE : self.page * PAGE_SIZE]


_UNASKED = {field.name: field.default for field in fields(Search)}
