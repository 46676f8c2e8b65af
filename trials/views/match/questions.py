"""The questions of the page "Could it fit?": each has a closed list of answers and says why it is asked.

An answer is known by its place in the list of its field; place 0 is "not answered". Closed lists let
`trials.views.match.patterns` work out every possible verdict beforehand, so that the script of the page only
looks up and has no rules of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trials.choices import Facet
from trials.display import condition_label, group_label
from trials.explain.answers import MOST_LINES, OLDEST
from trials.explain.key_eligibility import QUESTIONS
from trials.search.parameters import ParameterError, PatientSex, unknown
from trials.vocabulary import conditions

UNIT, MONTHS = "age_unit", "months"
_EXACT = 0.001
"""Years: makes twelve months an age in months, where 1 would be the whole year of life."""
ANTIGENS = ("CD19", "BCMA", "CD22", "CD7", "CD30", "GPRC5D")
"""Antigens that earlier treatments are mostly against; of others people ask."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. `answers` are what it can mean, as `trials.explain.answers.Answers` has them."""

    value: str
    label: str | Promise
    answers: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One answer that is asked for, by its name. `short` stands beside what a trial states."""

    name: str
    legend: str | Promise
    short: str | Promise
    options: Sequence[Option]

    def place(self, value: str) -> int:
        """The place of an answer, 0 for none. Raises ParameterError for one that is not in the list."""
        places = {option.value: place for place, option in enumerate(self.options, 1)}
        if value and value not in places:
            raise ParameterError(self.name, str(unknown(value)))
        return places.get(value, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the page: a question with why it is asked, and what belongs to it."""

    question: str | Promise
    why: str | Promise
    fields: Sequence[Field]


def _yes_or_no(facet: Facet) -> Field:
    options = (Option("yes", _("Yes"), (True,)), Option("no", _("No"), (False,)))
    return Field(facet.value, QUESTIONS[facet], facet.label, options)


def _ages() -> Iterator[Option]:
    """Whole years first, then months: as `age` and `age_unit` of the form."""
    for years in range(OLDEST + 1):
        yield Option(f"{years}", "", (float(years),))
    for months in range(OLDEST + 1):
        yield Option(f"{months} {MONTHS}", "", (months / 12 + _EXACT,))


def _lines() -> Iterator[Option]:
    yield Option("0", _("None yet"), (0,))
    for number in range(1, 5):
        yield Option(f"{number}", f"{number}", (number,))
    yield Option("5", _("5 or more"), (5, MOST_LINES))


_ECOG = (
    _("Fully active, as before the illness"),
    _("Walks and does light work, but no hard work"),
    _("Up and about for more than half of the day, cannot work"),
    _("In bed or in a chair for more than half of the day"),
    _("In bed all day"),
)


@cache
def fields() -> Mapping[str, Field]:
    """Every field by name, in the order of the page."""
    return {field.name: field for step in steps() for field in step.fields}


@cache
def steps() -> Sequence[Step]:
    """The questions in their order: those that people can answer at once come first."""
    return (
        Step(
            _("Which disease is it?"),
            _(
                "Each trial is for certain diseases. The exact type is written in the biopsy report or the "
                "discharge summary. If you know only the group, choose the group."
            ),
            [
                Field(
                    "conditions",
                    _("Disease"),
                    _("Disease"),
                    [Option(slug, "", ((slug,),)) for slug in _diseases()],
                )
            ],
        ),
        Step(
            _("How old is the patient?"),
            _("Most trials take people of certain ages only."),
            [Field("age", _("Age"), _("Age"), tuple(_ages()))],
        ),
        Step(
            _("Is the patient female or male?"),
            _("A few trials are for women or for men only."),
            [
                Field(
                    "sex",
                    _("Sex"),
                    _("Sex"),
                    [Option(sex.value, sex.label, (sex.upper(),)) for sex in PatientSex],
                )
            ],
        ),
        Step(
            _("How many different treatments has the patient had for this disease?"),
            _(
                "Many trials take people only after a certain number of treatments. Medicines that are given "
                "together count as one; new ones after the disease came back count as one more."
            ),
            [Field("lines", _("Treatments had"), _("Treatments had"), tuple(_lines()))],
        ),
        Step(
            _("How is the patient on most days?"),
            _("Doctors call this the ECOG score, 0 to 4. Most trials take people up to a certain score."),
            [
                Field(
                    "ecog",
                    _("ECOG score"),
                    _("ECOG score"),
                    [Option(f"{score}", words, (score,)) for score, words in enumerate(_ECOG)],
                )
            ],
        ),
        Step(
            QUESTIONS[Facet.PRIOR_CAR_T],
            _(
                "Some trials do not take people who had CAR T cells before, or whose earlier treatment was "
                "against the same antigen. Blinatumomab is against CD19, teclistamab against BCMA, "
                "inotuzumab against CD22."
            ),
            [
                _yes_or_no(Facet.PRIOR_CAR_T),
                Field(
                    Facet.PRIOR_SAME_TARGET.value,
                    _("Which antigen was an earlier CAR T or antibody treatment against?"),
                    Facet.PRIOR_SAME_TARGET.label,
                    [
                        Option("none", _("There was no such treatment"), (frozenset(),)),
                        *(Option(name, name, (frozenset({name}),)) for name in ANTIGENS),
                    ],
                ),
            ],
        ),
        _plain_step(
            Facet.PRIOR_ALLO_SCT,
            _("Some trials do not take people after a transplant from another person, or only months later."),
        ),
        _plain_step(
            Facet.CNS_DISEASE,
            _("Many trials do not take people whose cancer has reached the brain or the fluid around it."),
        ),
        _plain_step(
            Facet.HEPATITIS_B_C,
            _("CAR T treatment can wake these viruses. Blood tests before the treatment look for them."),
        ),
        _plain_step(
            Facet.HIV,
            _("Many trials do not take people with HIV. Blood tests before the treatment look for it."),
        ),
    )


def _plain_step(facet: Facet, why: Promise) -> Step:
    return Step(QUESTIONS[facet], why, [_yes_or_no(facet)])


@cache
def _diseases() -> tuple[str, ...]:
    """Diseases that people have; side-effects of CAR T are none."""
    return tuple(slug for slug, one in conditions().items() if one.kind != "complication")


def diseases_by_group() -> list[tuple[str, list[tuple[str, str]]]]:
    """The diseases under the headings of the vocabulary, as (slug, name in the page's language)."""
    grouped = groupby(_diseases(), key=lambda slug: conditions()[slug].group)
    return [
        (group_label(group), [(slug, condition_label(slug)) for slug in slugs]) for group, slugs in grouped
    ]


def places(data: QueryDict) -> dict[str, int]:
    """The place of each answer of a sent form, by the field's name. Raises ParameterError."""
    values = {name: data.get(name, "").strip()[:100] for name in fields()}
    unit = data.get(UNIT, "")
    if unit not in ("", "years", MONTHS):
        raise ParameterError(UNIT, str(unknown(unit)))
    if values["age"] and unit == MONTHS:
        values["age"] += f" {MONTHS}"
    return {name: field.place(values[name]) for name, field in fields().items()}
