"""The way to a hospital, on a map elsewhere."""

from functools import lru_cache
from urllib.parse import urlencode

from trials.choices import INDIA


@lru_cache(1_024)
def directions(hospital: str, *place: str) -> str:
    """The address of a map with the way there; `place` is the city, and the state where it is known."""
    destination = ", ".join(filter(None, (hospital, *place, INDIA)))
    return f"https://www.google.com/maps/dir/?{urlencode({'api': 1, 'destination': destination})}"
