"""Where approved products are given, by the hospitals' own words. No Django, no database.

product_hospitals.csv has a line for each hospital that said so itself: empty rather than guessed. `hospital`
is its slug in hospitals.csv, or its name where it has none there. Only a `checked` line may be shown.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trials.vocabulary import table
from trials.vocabulary.places import hospitals
from trials.vocabulary.sources import CHECKED

_TABLE = Path(__file__).with_name("product_hospitals.csv")


@dataclass(frozen=True, slots=True)
class ProductHospital:
    """A hospital that says that it gives a product (its first name in products.csv), and when it said so.

    `date` is as precise as the source, as in approvals.csv.
    """

    product: str
    hospital: str
    city: str
    source: str
    date: str
    checked: bool


@cache
def product_hospitals() -> tuple[ProductHospital, ...]:
    """Every line, in the order of the table."""
    return tuple(
        ProductHospital(
            row["product"],
            _name(row["hospital"]),
            row["city"],
            row["source"],
            row["date"],
            CHECKED[row["checked"]],
        )
        for row in table.rows(_TABLE)
    )


def _name(hospital: str) -> str:
    known = hospitals().get(hospital)
    return known.name if known else hospital
