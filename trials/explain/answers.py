"""What people say of one person, so that it can be held against what trials state. Pure; nothing is kept.

The names are those of `manage.py match --answers`: the facets of eligibility as facts about a person, and
`age`, `sex`, `conditions`, `lines` (treatments had) and `ecog`. What is missing or None is not known.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from trials.choices import Sex
from trials.vocabulary import conditions, targets

OLDEST, MOST_LINES, WORST_ECOG = 120, 20, 4


class AnswerError(ValueError):
    """An answer that cannot be given, or one to a question there is not. It names the question."""

    def __init__(self, question: str, message: str) -> None:
        self.question = question
        super().__init__(f"{question}: {message}")


@dataclass(frozen=True, slots=True)
class Answers:
    """Facts about one person; None where they are not known.

    `age` is in years: a whole number stands for the whole year of life, 0.5 for the sixth month. `sex` is
    FEMALE or MALE. `prior_same_target` is whether an earlier treatment was against the antigen that the
    trial aims at, or the antigens that earlier treatments were against. `lines` counts earlier lines of
    treatment, `ecog` is 0 (well) to 4 (always in bed).
    """

    age: float | None = None
    sex: str | None = None
    conditions: tuple[str, ...] | None = None
    lines: int | None = None
    ecog: int | None = None
    prior_car_t: bool | None = None
    prior_same_target: bool | frozenset[str] | None = None
    prior_allo_sct: bool | None = None
    cns_disease: bool | None = None
    hepatitis_b_c: bool | None = None
    hiv: bool | None = None
    autoimmune_active: bool | None = None
    pregnancy: bool | None = None


QUESTIONS = tuple(one.name for one in fields(Answers))
"""Every question, in the order in which reasons are given."""


def read_answers(given: Mapping[str, Any]) -> Answers:
    """Answers as JSON has them. Raises AnswerError for the first one that is unknown or impossible."""
    for question in given:
        if question not in QUESTIONS:
            raise AnswerError(question, "there is no question of this name")
    return Answers(
        **{
            question: _READ[question](question, value)
            for question, value in given.items()
            if value is not None
        }
    )


def antigen_key(name: str) -> str:
    """A name of an antigen as names are compared: without spaces, hyphens and capitals."""
    return re.sub(r"[\s-]", "", name).casefold()


def _yes_or_no(question: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise AnswerError(question, "must be true, false or null")
    return value


def _age(question: str, value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or not 0 <= value <= OLDEST:
        raise AnswerError(question, f"must be a number of years from 0 to {OLDEST}")
    return float(value)


def _sex(question: str, value: Any) -> str:
    if not isinstance(value, str) or value.upper() not in (Sex.FEMALE, Sex.MALE):
        raise AnswerError(question, "must be female or male")
    return value.upper()


def _whole(most: int) -> Callable[[str, Any], int]:
    def read(question: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise AnswerError(question, f"must be a whole number from 0 to {most}")
        return value

    return read


def _conditions(question: str, value: Any) -> tuple[str, ...] | None:
    """An empty list is no answer."""
    for slug in _texts(question, value):
        if slug not in conditions():
            raise AnswerError(question, f"no condition is called {slug!r}")
    return tuple(dict.fromkeys(value)) or None


def _same_target(question: str, value: Any) -> bool | frozenset[str]:
    """A list names antigens, by any of their names; an empty one says that there was no such treatment."""
    if isinstance(value, bool):
        return value
    known = {
        antigen_key(name): target.name
        for target in targets().values()
        for name in (target.name, *target.aliases)
    }
    names = [known.get(antigen_key(name)) for name in _texts(question, value)]
    for name, written in zip(names, value, strict=True):
        if name is None:
            raise AnswerError(question, f"no antigen is called {written!r}")
    return frozenset(name for name in names if name)


def _texts(question: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise AnswerError(question, "must be a list of names")
    return value


_READ: Mapping[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(QUESTIONS, _yes_or_no),
    "age": _age,
    "sex": _sex,
    "conditions": _conditions,
    "lines": _whole(MOST_LINES),
    "ecog": _whole(WORST_ECOG),
    "prior_same_target": _same_target,
}
