"""What a visitor said of the patient: near where, how old, which disease. Every link carries it along.

It stands in the address alone, like a search; nothing of it is stored.
"""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from trials.search.filters import read_parameters
from trials.search.geo import Point
from trials.search.known_places import KnownPlaces
from trials.search.parameters import ParameterError
from trials.search.search import Search
from trials.vocabulary.places import cities

CARRIED = ("near", "age", "condition")


@dataclass(frozen=True, slots=True)
class Situation:
    """`age` in years, `conditions` as slugs; each may be missing."""

    near: Point | None = None
    age: float | None = None
    conditions: tuple[str, ...] = ()

    @classmethod
    def of(cls, search: Search) -> Self:
        """What a search states, by its parameters or its words."""
        near = search.place or next(
            (Point.at(cities()[slug]) for slug in search.city if slug in cities()), None
        )
        return cls(near, search.years, tuple(sorted(search.wanted_conditions)))

    @classmethod
    def from_query(cls, data: QueryDict) -> Self:
        """What an address states. Raises ParameterError."""
        stated = QueryDict(mutable=True)
        for name in CARRIED:
            stated.setlist(name, data.getlist(name))
        values = read_parameters(stated, KnownPlaces())
        return cls(values.get("near"), values.get("age"), values.get("condition", ()))

    @classmethod
    def forgiving(cls, data: QueryDict) -> Self:
        """What an address states as far as it can be read, for links of pages that ask for nothing of it."""
        try:
            return cls.from_query(data)
        except ParameterError:
            return cls()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that say the same."""
        near = [("near", self.near.slug or self.near.written)] if self.near else []
        age = [("age", f"{self.age:g}")] if self.age is not None else []
        return [*near, *age, *(("condition", slug) for slug in self.conditions)]

    @property
    def query(self) -> str:
        """The same as a query string."""
        return urlencode(self.pairs)

    def __bool__(self) -> bool:
        return bool(self.pairs)
