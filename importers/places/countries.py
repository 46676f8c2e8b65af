"""One English name a country, whatever a registry called it at the time.

ClinicalTrials.gov has changed its spellings over the years and CTRI has its own; the names here are
ClinicalTrials.gov's of 2026 (without the brackets of "Turkey (Türkiye)").
"""

from functools import lru_cache

from trials.choices import INDIA
from trials.vocabulary.places import place_key

_CANONICAL = {
    "Bolivia": ("Bolivia, Plurinational State of", "Plurinational State of Bolivia"),
    "Bosnia and Herzegovina": ("Bosnia & Herzegovina", "Bosnia"),
    "Brunei": ("Brunei Darussalam",),
    "Cape Verde": ("Cabo Verde",),
    "Congo": ("Republic of the Congo", "Congo, Republic of the"),
    "Czechia": ("Czech Republic",),
    "Côte d'Ivoire": ("Cote d Ivoire", "Ivory Coast"),
    "Democratic Republic of the Congo": (
        "Congo, The Democratic Republic of the",
        "Congo, Democratic Republic of the",
    ),
    "Eswatini": ("Swaziland",),
    "Georgia": ("Georgia, Republic of",),
    "Hong Kong": ("Hong Kong SAR", "Hong Kong, China"),
    INDIA: ("Bharat", "Republic of India", "IN", "IND"),
    "Iran": ("Iran, Islamic Republic of", "Islamic Republic of Iran"),
    "Laos": ("Lao People's Democratic Republic", "Lao Peoples Democratic Republic"),
    "Libya": ("Libyan Arab Jamahiriya",),
    "Macau": ("Macao",),
    "Micronesia": ("Micronesia, Federated States of",),
    "Moldova": ("Moldova, Republic of", "Republic of Moldova"),
    "Myanmar": ("Burma",),
    "Netherlands": ("The Netherlands", "Holland"),
    "North Korea": ("Korea, Democratic People's Republic of", "Korea, North"),
    "North Macedonia": (
        "Macedonia",
        "Macedonia, The Former Yugoslav Republic of",
        "Former Yugoslav Republic of Macedonia",
    ),
    "Palestinian Territories": (
        "Palestinian Territory, occupied",
        "Palestinian Territory",
        "Palestine",
        "State of Palestine",
    ),
    "Russia": ("Russian Federation",),
    "Serbia": ("Republic of Serbia",),
    "Slovakia": ("Slovak Republic",),
    "South Korea": ("Korea, Republic of", "Republic of Korea", "Korea, South", "Korea"),
    "Syria": ("Syrian Arab Republic",),
    "Taiwan": ("Taiwan, Province of China", "Taiwan, China"),
    "Tanzania": ("Tanzania, United Republic of", "United Republic of Tanzania"),
    "Türkiye": ("Turkey", "Turkey (Türkiye)", "Turkiye"),
    "United Kingdom": ("UK", "Great Britain", "United Kingdom of Great Britain and Northern Ireland"),
    "United States": ("United States of America", "USA", "U.S.A."),
    "Venezuela": ("Venezuela, Bolivarian Republic of",),
    "Vietnam": ("Viet Nam",),
}
_BY_SPELLING = {
    place_key(name): country for country, names in _CANONICAL.items() for name in (country, *names)
}


@lru_cache(maxsize=1_000)
def country_name(written: str) -> str:
    """The one name of a country; a country the table does not rename keeps its own."""
    return _BY_SPELLING.get(place_key(written), written.strip())
