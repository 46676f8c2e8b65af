"""CAR T products: their addresses, what is approved where, and the trials they are in.

Information, never advertisement: no prices, no results, no order of merit.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Q
from django.utils.text import slugify

from trials import vocabulary
from trials.choices import INDIA, Status
from trials.models.lookups import RECRUITING_IN_INDIA
from trials.search.listed import Listed
from trials.search.understand import understand
from trials.vocabulary import Product
from trials.vocabulary.approvals import APPROVED, REPORTED, Approval, approvals

FEWEST_LETTERS = 2
RUNNING = frozenset(
    {
        Status.RECRUITING,
        Status.NOT_YET_RECRUITING,
        Status.ENROLLING_BY_INVITATION,
        Status.ACTIVE_NOT_RECRUITING,
    }
)
"""A product with a trial of these statuses is "in trial"; an unknown status is not known to run."""


@dataclass(frozen=True, slots=True)
class ProductApprovals:
    """A product and every approval that the table has of it, or those that were asked for."""

    product: Product
    approvals: tuple[Approval, ...]

    @property
    def slug(self) -> str:
        return product_slug(self.product.name)

    @property
    def brand(self) -> str:
        return next((approval.brand for approval in self.approvals if approval.brand), "")

    @property
    def title(self) -> str:
        """`NexCAR19 (talicabtagene autoleucel)`; the name alone where it has no brand."""
        return f"{self.brand} ({self.product.name})" if self.brand else self.product.name

    @property
    def other_names(self) -> list[str]:
        """Aliases, each spelling once."""
        names = {_letters(name): name for name in reversed(self.product.aliases)}
        own = (_letters(self.brand), _letters(self.product.name))
        return [name for letters, name in reversed(names.items()) if letters not in own]

    @property
    def checked(self) -> list[Approval]:
        """The approvals that may be stated as facts."""
        return [approval for approval in self.approvals if approval.checked]

    @property
    def unchecked(self) -> list[Approval]:
        return [approval for approval in self.approvals if not approval.checked]

    @property
    def in_india(self) -> bool:
        """Whether a checked approval is India's."""
        return INDIA in self.countries

    @property
    def countries(self) -> list[str]:
        """Where it is approved, or reported so, by checked lines."""
        return list(dict.fromkeys(approval.country for approval in self.checked))

    @property
    def standing(self) -> str:
        """`approved`, `reported` where only the press says so, "" without a checked approval."""
        standings = {approval.standing for approval in self.checked}
        return next((word for word in (APPROVED, REPORTED) if word in standings), "")


@dataclass(frozen=True, slots=True)
class InTrials:
    """How many listed trials name a product, how many of them run, and recruit in India now."""

    trials: int = 0
    running: int = 0
    recruiting_in_india: int = 0


def product_slug(name: str) -> str:
    """The address of a product, from its first name."""
    return slugify(name)


def find_product(slug: str) -> ProductApprovals | None:
    """The CAR T product with this slug, or whose other name makes it; look-alikes have no page."""
    name = _names_by_slug().get(slug)
    return _known(vocabulary.products()[name]) if name else None


def car_t_products() -> list[ProductApprovals]:
    """Every CAR T product of the vocabulary, in its order."""
    return [_known(product) for product in vocabulary.products().values() if product.is_car_t]


def search_products(words: str) -> list[ProductApprovals]:
    """The CAR T products that people may mean, in the order of the vocabulary.

    By any part of a name, brand or code whatever its hyphens, by antigen, by developer, or as the
    search box reads the words.
    """
    letters = _letters(unicodedata.normalize("NFKC", words))
    if len(letters) < FEWEST_LETTERS:
        return []
    understood = understand(words).products
    return [
        known
        for known in car_t_products()
        if known.product.name in understood or any(letters in name for name in _searched(known.product))
    ]


def _searched(product: Product) -> list[str]:
    words = (product.name, *product.aliases, *product.targets, product.developer)
    return [_letters(name) for name in words]


def approved_in(country: str = INDIA, condition: str | None = None) -> list[ProductApprovals]:
    """Products with a checked approval in the country, each with those approvals alone.

    With a condition's slug: approvals for it, for a wider condition that takes it in, or for part of it.
    """
    wanted = [
        approval
        for approval in approvals()
        if approval.checked and approval.country == country and _is_for(approval, condition)
    ]
    names = dict.fromkeys(approval.product for approval in wanted)
    return [
        ProductApprovals(vocabulary.products()[name], tuple(a for a in wanted if a.product == name))
        for name in names
    ]


def approved_for(condition: str) -> list[ProductApprovals]:
    """Products with a checked approval for the condition anywhere; those approved in India first."""
    countries = dict.fromkeys(approval.country for approval in approvals())
    found: dict[str, tuple[Approval, ...]] = {}
    for country in countries:
        for known in approved_in(country, condition):
            found[known.product.name] = found.get(known.product.name, ()) + known.approvals
    return [ProductApprovals(vocabulary.products()[name], approved) for name, approved in found.items()]


def trials_by_product(listed: Listed) -> Mapping[str, InTrials]:
    """Counts of listed trials by the product's first name."""
    running = listed.snapshot.counted("products", listed.passing(Q(status__in=sorted(RUNNING))))
    in_india = listed.snapshot.counted("products", listed.passing(RECRUITING_IN_INDIA))
    return {
        name: InTrials(number, running.get(name, 0), in_india.get(name, 0))
        for name, number in listed.snapshot.counts("products").items()
    }


def _is_for(approval: Approval, condition: str | None) -> bool:
    return condition is None or condition in vocabulary.expand(approval.conditions)


def _known(product: Product) -> ProductApprovals:
    return ProductApprovals(product, tuple(a for a in approvals() if a.product == product.name))


@cache
def _names_by_slug() -> Mapping[str, str]:
    """First names by slug; a product's own name goes before another's alias."""
    products = [product for product in vocabulary.products().values() if product.is_car_t]
    aliases = {slug: p.name for p in products for slug in _slugs(p.aliases)}
    return aliases | {product_slug(product.name): product.name for product in products}


def _slugs(names: Sequence[str]) -> Iterable[str]:
    return filter(None, map(slugify, names))


def _letters(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())
