"""The way to a hospital, on a map elsewhere."""

from urllib.parse import urlencode

from trials.choices import INDIA


def directions(hospital: str, *place: str) -> str:
    """The address of a map with the way there; `place` is the city, and the state where it is known."""
    destination = ", ".join(filter(None, (hospital, *place, INDIA)))
    return f"https://www.google.com/maps/dir/?{urlencode({'api': 1, 'destination': destination})}"
