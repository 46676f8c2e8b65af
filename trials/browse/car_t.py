"""The page that explains CAR T: its statements in the page's language, each with the numbers of its sources.

Nothing is said here of the treatment that no line of `car_t_facts.csv` says, and no number of trials is
counted: the page asks the database only which hospitals say that they give an approved product.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trials.browse.given import GivingHospital, hospitals_giving
from trials.browse.products import ProductApprovals, approved_in
from trials.display import in_page_language
from trials.search.geo import Point
from trials.vocabulary.car_t_facts import facts
from trials.vocabulary.sources import Source

TIME = "time"
"""The part of a step that says how long it takes."""
STEPS = (
    ("collected", "collect", _("Cells are collected")),
    ("changed", "laboratory", _("They are changed")),
    ("chemotherapy", "medicine", _("Chemotherapy")),
    ("given", "drip", _("The cells are given")),
    ("watched", "watch", _("The patient is watched")),
)
"""Section, picture in `icons.svg`, name."""
SIDE_EFFECTS = (
    ("crs", _("Fever and inflammation (cytokine release syndrome, CRS)")),
    ("icans", _("Confusion and the brain (neurotoxicity, ICANS)")),
    ("infections", _("Infections and low blood counts")),
    ("later", _("Later effects")),
)
"""Part of the section `side-effects`, heading."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact as the page shows it, with the numbers of its sources in the list at the end."""

    key: str
    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PictureStep:
    """One of the five pictures: what happens, and how long it usually takes."""

    picture: str
    name: Promise
    statements: Sequence[Statement]
    time: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class GivenAt:
    """A product approved in India, and the hospitals that give it."""

    known: ProductApprovals
    hospitals: Sequence[GivingHospital]


def picture_steps() -> list[PictureStep]:
    """The way of the treatment, in its order."""
    return [
        PictureStep(picture, name, statements(section), statements(section, TIME))
        for section, picture, name in STEPS
    ]


def side_effects() -> list[tuple[str, Promise, list[Statement]]]:
    """Each kind of side effect: its anchor, its heading, what is said of it."""
    return [(part, heading, statements("side-effects", part)) for part, heading in SIDE_EFFECTS]


def statements(section: str, part: str = "") -> list[Statement]:
    """What the table says in one place of the page, in its order."""
    numbers = _numbers()
    return [
        Statement(
            fact.key,
            in_page_language(fact.text),
            tuple(sorted(numbers[source.key] for source in fact.sources)),
        )
        for fact in facts()
        if (fact.section, fact.part) == (section, part)
    ]


def numbered_sources() -> list[tuple[int, Source]]:
    """Every source that a statement names, in the order in which the page first names it."""
    return list(enumerate(_named(), 1))


def given_in_india(near: Point | None = None) -> list[GivenAt]:
    """Products approved in India; what hospitals said themselves, then what a checked source says."""
    hospitals = hospitals_giving(near)
    return [GivenAt(known, hospitals[known.product.name]) for known in approved_in()]


@cache
def _named() -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for fact in facts() for source in fact.sources))


@cache
def _numbers() -> Mapping[str, int]:
    return {source.key: number for number, source in numbered_sources()}
