"""Names of countries in the languages of the pages: Unicode's (CLDR), found by the English name of a record.

`importers.places.countries` sees to it that one country has one English name.
"""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError

_OTHER_ENGLISH = {
    "hong kong": "HK",
    "macau": "MO",
    "congo": "CG",
    "democratic republic of the congo": "CD",
}


def country_name(english: str, language: str) -> str:
    """The country's name in the language (its code), else in English as given."""
    return _names(language).get(_codes().get(_key(english), ""), english)


def _key(name: str) -> str:
    """Names differ in "&", the apostrophe and "St."."""
    return name.casefold().replace("’", "'").replace("&", "and").replace("st. ", "saint ")


@cache
def _codes() -> Mapping[str, str]:
    """ISO 3166 codes by what `_key` makes of the English names."""
    return {_key(name): code for code, name in _names("en").items()} | _OTHER_ENGLISH


@cache
def _names(language: str) -> Mapping[str, str]:
    """Names by code; none for a language that Unicode does not know."""
    try:
        territories = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: re.sub(r"\s*\(.*\)", "", name) for code, name in territories.items()}
