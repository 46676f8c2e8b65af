"""What the words of a search say of the patient and the place, where no parameter says otherwise."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Q

from trials.search import geo
from trials.search.filters import BY_NAME
from trials.search.understand import Understood
from trials.vocabulary.places import find_city

READ_ONLY = ("lines", "prior_car_t")
"""What words say and no filter uses yet: the page names it as not used."""


class ByWords:
    """The part of a search that reads its words; a parameter of the same kind overrules them."""

    age: float | None
    age_group: str
    near: geo.Point | None
    within: float | None
    recruiting: str
    others: Mapping[str, Any]
    understood: Understood

    @cached_property
    def place(self) -> geo.Point | None:
        """Where to be near to: the parameter, else what the words say."""
        words = self.understood
        if self.near or not words.near:
            return self.near
        if words.near.isdigit():
            return geo.point_of(words.near)
        city = find_city(words.near, words.state) or find_city(words.near)
        return geo.Point.at(city) if city else None

    @property
    def radius(self) -> float | None:
        """Kilometres around the place, by parameter or by words."""
        return self.within if self.near or self.within else self.understood.within

    @property
    def open_where(self) -> str:
        """Where a trial must be recruiting, by parameter or by words."""
        return self.recruiting or self.understood.recruiting

    @property
    def years(self) -> float | None:
        """The age, by parameter or by words."""
        return self.understood.age if self.age is None and not self.age_group else self.age

    @property
    def child_or_adult(self) -> str:
        """Who the patient is where no age is given, by parameter or by words."""
        return self.age_group or (self.understood.age_group if self.age is None else "")

    @property
    def patient_sex(self) -> str:
        """The patient's sex, by parameter or by words."""
        return self.others.get("sex") or self.understood.sex

    @property
    def not_used(self) -> tuple[str, ...]:
        """Words of `q`, as typed, that no filter can use or that a parameter overrules."""
        idle = set(READ_ONLY) | self.overruled
        if self.understood.age is not None and self.age is None:
            idle.discard("age_group")  # "child, 7 years" is used with the years
        texts = [span.text for span in self.understood.spans if span.kind in idle]
        return tuple(dict.fromkeys((*texts, *self.understood.unused)))

    @property
    def overruled(self) -> set[str]:
        """Kinds of words that a parameter takes the place of."""
        aged = self.age is not None or bool(self.age_group)
        given = {
            "age": aged,
            "age_group": aged or not self.understood.age_group,
            "near": self.near is not None,
            "within": bool(self.near or self.within or self.understood.within is None),
            "recruiting": bool(self.recruiting),
            "sex": bool(self.others.get("sex")),
        }
        return {kind for kind, overruled in given.items() if overruled}

    def word_filters(self) -> dict[str, Q]:
        """What words say of the patient and the place, unless a parameter says otherwise."""
        said: dict[str, Any] = {
            "age": self.understood.age,
            "age_group": self.understood.age_group,
            "sex": self.understood.sex,
            "recruiting": self.understood.recruiting,
            "within": geo.Circle(self.place, self.understood.within) if self.place else None,
        }
        filters = {}
        for name, value in said.items():
            where = BY_NAME[name].where
            if where and value not in (None, "") and name not in self.overruled:
                narrowed = where(value)
                if narrowed is not None:
                    filters[f"q_{name}"] = narrowed
        return filters
