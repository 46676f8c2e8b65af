"""Where the products approved in India are given outside trials: whose word says so, how old, and how far.

A hospital's own word goes before what a source says of it; without either nothing is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef

from trials.browse.directions import directions
from trials.browse.products import approved_in
from trials.catalogue.certainty import Strength
from trials.catalogue.compose import city_slug
from trials.choices import INDIA
from trials.models import ProductAnswer, ProductGiven, Trial, TrialSite
from trials.search.geo import Point, kilometres_from
from trials.telephone import Phone, find_phones
from trials.vocabulary.places import find_city
from trials.vocabulary.product_hospitals import ProductHospital, product_hospitals


@dataclass(frozen=True)
class GivingHospital:
    """A hospital that gives a product. `km` are whole kilometres to its city, None where no place is known.

    `said` is the day of its own word, else `source` says so at `date`, as precise as the source is.
    `slug` is that of its page, "" where it has none.
    """

    name: str
    city: str
    written_city: str
    km: int | None
    strength: Strength
    said: datetime | None = None
    source: str = ""
    date: str = ""
    slug: str = ""
    written_phone: str = ""
    email: str = ""

    @property
    def ask_first(self) -> bool:
        """An own word that is too old to count."""
        return self.said is not None and self.strength is not Strength.CONFIRMED

    @cached_property
    def phone(self) -> Phone | None:
        """The number to call."""
        return next(iter(find_phones(self.written_phone, INDIA)), None)

    @property
    def directions(self) -> str:
        """A map's address for the way to it."""
        return directions(self.name, self.written_city)


Given = Mapping[str, Sequence[GivingHospital]]
"""Hospitals by the first name of the product."""


def newest_given(sites: Iterable[int] | None = None) -> dict[tuple[int, str], ProductGiven]:
    """The word that counts of each hospital and approved product: `(site, product)`. One query."""
    words = ProductGiven.objects.filter(product__in=approved_names(), undone_at=None)
    if sites is not None:
        words = words.filter(site__in=sites)
    newest = words.order_by("site", "product", "-at", "-id").distinct("site", "product")
    listed = TrialSite.objects.filter(
        site=OuterRef("site"), counted=True, trial__in=Trial.objects.listed().values("pk")
    )
    found = newest.select_related("site").annotate(has_page=Exists(listed))
    return {(word.site_id, word.product): word for word in found}


def approved_names() -> list[str]:
    """First names of the products approved in India."""
    return [known.product.name for known in approved_in()]


def hospitals_giving(near: Point | None = None) -> Given:
    """Every hospital that gives an approved product, those to rely on first, then the nearest. One query."""
    words = list(newest_given().values())
    kilometres = kilometres_from(near)
    given: dict[str, list[GivingHospital]] = {name: [] for name in approved_names()}
    for word in words:
        if word.said == ProductAnswer.YES:
            given[word.product].append(_by_own_word(word, kilometres))
    own = {
        (word.product, name)
        for word in words
        if word.said != ProductAnswer.NOT_SAID
        for name in (word.site.slug, word.site.hospital)
    }
    for line in product_hospitals():
        if line.checked and line.product in given and (line.product, line.hospital) not in own:
            given[line.product].append(_by_source(line, kilometres))
    return {name: sorted(hospitals, key=_order) for name, hospitals in given.items()}


def nearest_giving(near: Point | None) -> Mapping[str, GivingHospital]:
    """The first hospital of each product; none, and no query, where no place is asked for."""
    if near is None:
        return {}
    return {name: hospitals[0] for name, hospitals in hospitals_giving(near).items() if hospitals}


def _by_own_word(word: ProductGiven, kilometres: Mapping[str, int]) -> GivingHospital:
    city = city_slug(word.site)
    return GivingHospital(
        word.site.hospital,
        city,
        word.site.city,
        kilometres.get(city),
        Strength.CONFIRMED if word.is_fresh else Strength.REGISTRY,
        said=word.at,
        slug=word.site.slug if word.has_page else "",  # type: ignore[attr-defined]  # annotated
        written_phone=word.phone,
        email=word.email,
    )


def _by_source(line: ProductHospital, kilometres: Mapping[str, int]) -> GivingHospital:
    known = find_city(line.city)
    city = known.slug if known else ""
    return GivingHospital(
        line.hospital,
        city,
        line.city,
        kilometres.get(city),
        Strength.REGISTRY,
        source=line.source,
        date=line.date,
    )


def _order(one: GivingHospital) -> tuple[bool, bool, bool, int, str]:
    """Own words that count, own words that are old, then sources; the nearest first in each."""
    return (one.said is None, one.ask_first, one.km is None, one.km or 0, one.name)
