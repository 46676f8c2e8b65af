"""The closed tables everything is named by: conditions, CAR targets, products. No Django, no database.

The tables are the CSV files next to this one, a line an entry, checked by eye and by
tests/trials/test_vocabulary.py. Places are in `trials.vocabulary.places`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from trials.vocabulary import table
from trials.vocabulary.translated import Names, names

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Condition:
    """A disease people search by. `kind` is cancer, basket (a broad group), non_cancer or complication.

    An `umbrella` names a trial only where nothing it covers is named. `synonyms` mean the condition in
    any spelling, `abbreviations` only with these capitals, `search_words` only in the search box.
    A phrase of several conditions ("B-cell malignancy") names them all.
    """

    slug: str
    kind: str
    group: str
    name: str
    patient_names: Names = field(hash=False)
    synonyms: tuple[str, ...]
    abbreviations: tuple[str, ...]
    search_words: tuple[str, ...]
    umbrella: bool
    included_in: tuple[str, ...]
    mesh: tuple[str, ...]
    icd10: tuple[str, ...]  # without the dot


@dataclass(frozen=True, slots=True)
class Target:
    """An antigen a CAR can be made against, by its canonical name; never a pair."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """A named product. Where not `is_car_t` it is a look-alike (CAR-NK, TCR-T, antibody, ...)."""

    name: str
    aliases: tuple[str, ...]
    targets: tuple[str, ...]
    cell_source: str
    is_car_t: bool
    developer: str = ""


@cache
def conditions() -> Mapping[str, Condition]:
    """Every condition by slug, in the order to show them."""
    rows = (
        Condition(
            **{name: row[name] for name in ("slug", "kind", "group", "name")},
            patient_names=names(row, "patient_name"),
            synonyms=table.values(row["synonyms"]),
            abbreviations=table.values(row["abbreviations"]),
            search_words=table.values(row["search_words"]),
            umbrella=row["umbrella"] == "yes",
            included_in=table.values(row["included_in"]),
            mesh=table.values(row["mesh"]),
            icd10=table.values(row["icd10"]),
        )
        for row in table.rows(_FOLDER / "conditions.csv")
    )
    return MappingProxyType({condition.slug: condition for condition in rows})


@cache
def group_names() -> Mapping[str, Names]:
    """The heading of every group of conditions by language, by the English one."""
    return MappingProxyType({row["group"]: names(row, "name") for row in table.rows(_FOLDER / "groups.csv")})


@cache
def targets() -> Mapping[str, Target]:
    """Every CAR target by its canonical name."""
    rows = (
        Target(row["target"], table.values(row["aliases"])) for row in table.rows(_FOLDER / "targets.csv")
    )
    return MappingProxyType({target.name: target for target in rows})


@cache
def products() -> Mapping[str, Product]:
    """Every named product by its first name; look-alikes included."""
    rows = (
        Product(
            name=row["name"],
            aliases=table.values(row["aliases"]),
            targets=table.values(row["targets"]),
            cell_source=row["cell_source"],
            is_car_t={"yes": True, "no": False}[row["is_car_t"]],
            developer=row["developer"],
        )
        for row in table.rows(_FOLDER / "products.csv")
    )
    return MappingProxyType({product.name: product for product in rows})


@cache
def wider(slug: str) -> frozenset[str]:
    """Every condition this one is included in, at any remove; not itself."""
    parents = conditions()[slug].included_in
    return frozenset(parents).union(*(wider(parent) for parent in parents))


@cache
def narrower(slug: str) -> frozenset[str]:
    """Every condition included in this one, at any remove; not itself."""
    return frozenset(other for other in conditions() if slug in wider(other))


def expand(slugs: Collection[str]) -> frozenset[str]:
    """Every condition whose search should find a trial that is labelled with these.

    The labels, what a broad label includes ("solid tumours" takes people with ovarian cancer: show it
    as a broad trial), and every wider condition ("leukaemia" is how a family may search for B-ALL).
    """
    found = set(slugs)
    for slug in slugs:
        found |= wider(slug) | narrower(slug)
    return frozenset(found)


def is_cancer(slug: str) -> bool:
    """Whether it is a cancer or a group of cancers. A side-effect of CAR T is part of cancer care."""
    return conditions()[slug].kind != "non_cancer"


def label_text(
    condition_slugs: Collection[str], target_names: Collection[str], product_names: Collection[str]
) -> str:
    """Names and synonyms, in every language, for full-text search: any of them finds the trial."""
    return " ".join(dict.fromkeys(_label_words(condition_slugs, target_names, product_names)))


def _label_words(
    condition_slugs: Collection[str], target_names: Collection[str], product_names: Collection[str]
) -> Iterator[str]:
    for slug in condition_slugs:
        condition = conditions()[slug]
        yield from (condition.name, *condition.patient_names.values())
        yield from (*condition.synonyms, *condition.abbreviations)
    for name in target_names:
        yield from (name, *targets()[name].aliases)
    for name in product_names:
        yield from (name, *products()[name].aliases)
