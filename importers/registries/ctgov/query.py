"""What we ask ClinicalTrials.gov for: wide, and never by condition. `classify` decides what is CAR T."""

import re

from trials import vocabulary

TERMS = (
    "CAR T",
    "CAR-T",
    "chimeric antigen receptor",
    "CAR-NK",
    "CAR NK",
    "CAAR-T",
    "CAR-Treg",
    "gamma delta CAR",
    "CAR gamma delta",
    "autoleucel",
)
_FOUND_ANYWAY = re.compile(r"\bCAR\b|autoleucel$|[- ]cel$")
"""Product names a term above finds, and the short forms ("axi-cel"), which never stand alone."""


def query() -> str:
    """The expression in the registry's search syntax.

    Some records say nothing but a product's name or code (bb2121), so those are asked
    for as well. The expression travels in the address of each request, which servers cut off at about
    8,000 characters: one spelling of each name has to do, and only what is more than one word to the
    registry is put in quotes, which take six characters there.
    """
    return " OR ".join(map(_quoted, (*TERMS, *_product_names())))


def _quoted(name: str) -> str:
    return name if name.isascii() and name.isalnum() else f'"{name}"'


def _product_names() -> list[str]:
    names: dict[str, str] = {}
    for product in vocabulary.products().values():
        for name in (product.name, *product.aliases):
            if product.is_car_t and not _FOUND_ANYWAY.search(name):
                names.setdefault(re.sub(r"\W", "", name.lower()), name)
    return list(names.values())
