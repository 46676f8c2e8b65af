"""The columns of `Trial` that a snapshot knows by value, and how each is read as text."""

from datetime import date

from django.db.models import CharField, F, Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Upper

LISTS = (
    *("answers_to", "conditions", "phases", "targets", "products", "registries", "countries"),
    *("states", "open_states", "cities", "open_cities", "hospitals", "open_hospitals"),
    *("stated", "barred", "limited"),
)
SINGLE = (
    *("cell_source", "sex", "status", "recruiting_in_india", "other_disease_only", "sample"),
    *("min_age_years", "max_age_years", "min_prior_lines", "ecog_max"),
)
NAMES = ("sponsor", "investigators")
"""Columns with a name a line, of which a search gives words."""
YEAR = "first_year"
"""The year in which a trial began or is to begin; of several registrations the earliest counts."""
FIRST_YEAR = 2000
"""An earlier start is a slip of the pen: hardly any CAR T trial of the years before is registered."""
LISTED_ON = "listed_on"
"""The day in India on which a trial was first seen here, of days with `MANY_LISTED`."""
MANY_LISTED = 100
"""From this many trials first seen on one day, pages sum the day up as a number."""
NOTHING = "\0"
"""No value at all, as against a text of no letters."""
LINE = "\n"


def text_of(name: str) -> Combinable:
    """A column as a text, a value a line; None where it is NULL."""
    if name in LISTS:
        return Func(F(name), Value(LINE), function="array_to_string", output_field=TextField())
    return Cast(F(name), TextField())


def key_of(name: str) -> Combinable:
    """Names as they are compared: without accents, in capitals."""
    return Upper(F(f"{name}__unaccent"), output_field=CharField())


def as_text(value: object) -> str:
    """A value in the words of `text_of`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def year_of(start: str | None) -> int | None:
    """The year of a registry's start date; None where it is missing or cannot be."""
    year = int(start[:4]) if start and start[:4].isdecimal() else 0
    return year if FIRST_YEAR <= year <= date.today().year + 10 else None
