"""What the words of a search state of the patient and the place, unless a parameter overrules them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Q

from trials.models.fulltext import untitled
from trials.search import geo
from trials.search.filters import BY_NAME
from trials.search.parameters import Taken
from trials.search.understand import Understood
from trials.vocabulary.places import find_city


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
        """Where to be near to: the parameter, else what the words name. A city in the words is such a place:
        who writes "lymphoma patna" is helped by the next open hospital, not by Patna's closed ones."""
        words = self.understood
        written = words.near or words.city
        if self.near or not written:
            return self.near
        if written.isdigit():
            return geo.point_of(written)
        city = find_city(written, words.state) or find_city(written)
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
    def lines_had(self) -> int | None:
        """Lines of treatment had, by parameter or by words."""
        given: int | None = self.others.get("lines")
        return self.understood.lines if given is None else given

    @property
    def after_car_t(self) -> str:
        """Whether the patient had CAR T before, by parameter or by words. "None" narrows nothing."""
        return self.others.get("prior_car_t") or (Taken.OK if self.understood.prior_car_t else "")

    @property
    def leader(self) -> str:
        """Who leads the trial, by parameter or by words."""
        return self.others.get("investigator") or untitled(self.understood.investigator)

    @property
    def not_used(self) -> tuple[str, ...]:
        """Words of `q`, as typed, that no filter can use or that a parameter overrules."""
        idle = self.overruled
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
            "sex": bool(self.others.get("sex")) or not self.understood.sex,
            "lines": self.others.get("lines") is not None,
            "prior_car_t": bool(self.others.get("prior_car_t")) or not self.understood.prior_car_t,
            "investigator": bool(self.others.get("investigator")),
            "sponsor": bool(self.others.get("sponsor")),
        }
        return {kind for kind, overruled in given.items() if overruled}

    def word_filters(self) -> dict[str, Q]:
        """Filters from what words state of the patient and the place, unless a parameter overrules it."""
        stated: dict[str, Any] = {
            "age": self.understood.age,
            "age_group": self.understood.age_group,
            "sex": self.understood.sex,
            "recruiting": self.understood.recruiting,
            "within": geo.Circle(self.place, self.understood.within) if self.place else None,
            "lines": self.lines_had,
            "prior_car_t": self.after_car_t,
            "investigator": self.leader,
        }
        filters = {}
        for name, value in stated.items():
            if value not in (None, "") and name not in self.overruled:
                narrowed = BY_NAME[name].narrowed(value)
                if narrowed is not None:
                    filters[f"q_{name}"] = narrowed
        return filters
