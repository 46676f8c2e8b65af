"""Which regulator approved which CAR T product for what, by public sources. No Django, no database.

`approvals.csv` next to this file has a line an approval, checked by eye and by
tests/trials/test_products.py. It holds no prices and nothing about how well a product works.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from trials.vocabulary import table
from trials.vocabulary.translated import Names, names

APPROVED, REPORTED = "approved", "reported"
_TABLE = Path(__file__).parent / "approvals.csv"


@dataclass(frozen=True, slots=True)
class Approval:
    """One regulator's approval of one product. `product` is its first name in `products.csv`.

    `date` is as precise as the source: `2021`, `2023-10`, `2024-11-08`, "" where none is known. `standing`
    is "approved", or "reported" where the press reports it and no regulator's paper was seen. Only a
    `checked` line may be stated as a fact.
    """

    product: str
    brand: str
    agency: str
    country: str
    date: str
    standing: str
    conditions: tuple[str, ...]
    indications: Names = field(hash=False)
    source: str
    checked: bool


@cache
def approvals() -> tuple[Approval, ...]:
    """Every approval, India first."""
    every = (
        Approval(
            **{name: row[name] for name in _TEXTS},
            indications=names(row, "indication"),
            conditions=table.values(row["conditions"]),
            checked={"yes": True, "no": False}[row["checked"]],
        )
        for row in table.rows(_TABLE)
    )
    return tuple(sorted(every, key=lambda approval: approval.country != "India"))


_TEXTS = ("product", "brand", "agency", "country", "date", "standing", "source")
