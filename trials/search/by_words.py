"""What the words of a search say of the patient and the place, where no parameter says otherwise."""

from functools import cached_property

from django.db.models import Q

from trials.models.lookups import (
    RECRUITING_ANYWHERE,
    RECRUITING_IN_INDIA,
    takes_adults,
    takes_age,
    takes_children,
)
from trials.search import geo
from trials.search.parameters import AgeGroup, Recruiting
from trials.search.understand import Understood
from trials.vocabulary.places import find_city

READ_ONLY = ("sex", "lines", "prior_car_t")
"""What words say and no filter uses yet: the page names it as not used."""
RECRUITING = {Recruiting.INDIA: RECRUITING_IN_INDIA, Recruiting.ANYWHERE: RECRUITING_ANYWHERE}
AGE_GROUP = {AgeGroup.CHILD: takes_children(), AgeGroup.ADULT: takes_adults()}


class ByWords:
    """The part of a search that reads its words; a parameter of the same kind overrules them."""

    age: float | None
    age_group: str
    near: geo.Point | None
    within: float | None
    recruiting: str
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
        }
        return {kind for kind, overruled in given.items() if overruled}

    def word_filters(self) -> dict[str, Q]:
        """The same for what words say of the patient and the place, unless a parameter says otherwise."""
        words, filters = self.understood, dict[str, Q]()
        if self.age is None and not self.age_group:
            if words.age is not None:
                filters["q_age"] = takes_age(words.age)
            if words.age_group:
                filters["q_age_group"] = AGE_GROUP[AgeGroup(words.age_group)]
        if words.recruiting and not self.recruiting:
            filters["q_recruiting"] = RECRUITING[Recruiting(words.recruiting)]
        if words.within and not self.near and not self.within and self.place:
            filters["q_within"] = within(self.place, words.within)
        return filters


def within(place: geo.Point, km: float) -> Q:
    """Trials with an open site in a city this near."""
    return Q(open_cities__overlap=[found.city.slug for found in place.cities if found.km <= km])
