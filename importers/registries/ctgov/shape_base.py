"""What every object of a ClinicalTrials.gov study has in common, for `shape.py` and `results_shape.py`."""

import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from importers.registries.ctgov.values import Day

NctNumber = Annotated[str, Meta(pattern=r"^NCT[0-9]{8}\Z")]
DateType = Literal["ACTUAL", "ESTIMATED", ""]


class Shape(msgspec.Struct, frozen=True, rename="camel"):
    """An object of the API. Missing words are "", missing lists empty, missing objects blank."""


class PartialDate(Shape, frozen=True):
    date: Day = Day()


class CompletionDate(Shape, frozen=True):
    date: Day = Day()
    type: DateType = ""


class PostDate(Shape, frozen=True):
    date: datetime.date | None = None
