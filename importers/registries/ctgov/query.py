"""What we ask ClinicalTrials.gov for: wide, and never by condition. `classify` decides what is CAR T.

The registry refuses a query field of more than about a dozen words with 400 `Too complicated query`,
whatever joins the words and whether they are quoted or not. Public clients measured it: one keeps to
ten words, another was refused a long protocol title in `query.cond`. So the words are asked for in
groups, each a question of its own.
"""

import re
from collections.abc import Sequence

from importers.http.session import Params
from trials import vocabulary

LONGEST = 8
"""Words of one question, well below the dozen that are refused."""
WIDE = (
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
"""Words for CAR cells: they find nearly every study."""
_FOUND_ANYWAY = re.compile(r"\bCAR\b|autoleucel$|[- ]cel$")
"""Product names a wide word finds, and the short forms ("axi-cel"), which never stand alone."""
_REFUSED = re.compile(r"[()\[\]{}/%\"]+")


def expression(names: Sequence[str]) -> str:
    """Any of these names, in the registry's search syntax."""
    return " OR ".join(map(_quoted, names))


def studies_with(names: Sequence[str]) -> Params:
    """Ask for whole studies that hold any of these names."""
    return {"query.term": expression(names)}


def numbers_with(names: Sequence[str]) -> Params:
    """The same, for their NCT numbers only."""
    return {"query.term": expression(names), "fields": "NCTId"}


def by_number(numbers: Sequence[str]) -> Params:
    """Ask for whole studies by their NCT numbers."""
    return {"filter.ids": ",".join(numbers)}


def _quoted(name: str) -> str:
    """One word as it is, several in quotes. Brackets and slashes are refused, and divide words anyway."""
    plain = _REFUSED.sub(" ", name).strip()
    return plain if plain.isascii() and plain.isalnum() else f'"{plain}"'


def words(names: Sequence[str]) -> int:
    """How many words these names have; a hyphen divides words for the registry too."""
    return sum(len(re.findall(r"\w+", name)) for name in names)


def first_group(names: Sequence[str], longest: int) -> list[str]:
    """As many of the first names as have at most `longest` words together, but at least one."""
    group = list(names[:1])
    for name in names[1:]:
        if words([*group, name]) > longest:
            break
        group.append(name)
    return group


def product_names() -> list[str]:
    """Names and codes (bb2121) that some studies hold instead of the wide words, one spelling of each."""
    names: dict[str, str] = {}
    for product in vocabulary.products().values():
        for name in (product.name, *product.aliases):
            if product.is_car_t and not _FOUND_ANYWAY.search(name):
                names.setdefault(re.sub(r"\W", "", name.lower()), name)
    return list(names.values())
