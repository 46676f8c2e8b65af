"""Whether an age is within the ages a trial states, counted in months. Pure.

Registries mean a highest age inclusively: "75 years" takes people until their 76th birthday, "6 months"
until the seventh month is over. A whole number of years stands for the whole year of life, so that a limit
within that year leaves it open.
"""

import math

YEAR = 12
_CLOSE = 0.15
"""Months: what rounding may take from an age that is written in years ("0.83" is ten months)."""


def within(age: float, lowest: float | None, highest: float | None) -> bool | None:
    """Whether a person of this age in years is within the limits; None where it depends on the month."""
    first, after = _months_lived(age)
    begins = 0.0 if lowest is None else _in_months(lowest)
    ends = math.inf if highest is None else _end(highest)
    if first >= begins and after <= ends:
        return True
    return False if after <= begins or first >= ends else None


def _months_lived(age: float) -> tuple[float, float]:
    """The first month that this age can mean, and the first that it cannot."""
    if float(age).is_integer():
        return age * YEAR, (age + 1) * YEAR
    months = math.floor(age * YEAR + _CLOSE)
    return months, months + 1


def _end(highest: float) -> float:
    """The first month at which people are too old."""
    if float(highest).is_integer():
        return (highest + 1) * YEAR
    return math.floor(highest * YEAR + _CLOSE) + 1


def _in_months(years: float) -> float:
    months = years * YEAR
    return round(months) if abs(months - round(months)) <= _CLOSE else months
