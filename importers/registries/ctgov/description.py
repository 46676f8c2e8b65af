"""What pages need to know of ClinicalTrials.gov."""

import re

from django.utils.translation import gettext_lazy as _

from trials.registries import FoundId, RegistryDescription, RegistryPage

_TYPED = re.compile(
    r"\bNCT(?:\W*(?:id|no|number)\b)?[\s.:#_-]*([0O](?:[\s-]?\d){7})\b|^\W*(0\d{7})\W*$", re.I
)
_CITED = re.compile(r"(?<![A-Z0-9])NCT[\s:_-]*(\d{8})(?!\d)", re.IGNORECASE | re.ASCII)
_PAGE = re.compile(
    r"[^\s<>\"'()]*\bclinicaltrials\.gov/[^\s<>\"']*?\b(NCT[0-9]{8})(?![0-9])[^\s<>\"']*", re.IGNORECASE
)


def _find_id(text: str) -> FoundId | None:
    match = _TYPED.search(text)
    if match is None:
        return None
    digits = re.sub(r"[\s-]", "", match[1] or match[2])
    return FoundId(match.start(), match.end(), f"NCT0{digits[1:]}")


def _cited_ids(text: str) -> list[str]:
    return [f"NCT{digits}" for digits in _CITED.findall(text)]


def _find_page(text: str) -> RegistryPage | None:
    found = _PAGE.search(text)
    if found is None:
        return None
    nct_id = found[1].upper()
    return RegistryPage(found[0], f"https://clinicaltrials.gov/study/{nct_id}", nct_id)


DESCRIPTION = RegistryDescription(
    slug="ctgov",
    label="ClinicalTrials.gov",
    precedence=0,
    id_mark="NCT",
    find_id=_find_id,
    cited_ids=_cited_ids,
    find_page=_find_page,
    ages=False,
    identifier_system="http://clinicaltrials.gov",  # terminology.hl7.org/NamingSystem/ClinicalTrials-Gov
    terms=_(
        "ClinicalTrials.gov asks to be named as the source with the date of the data, and not to be shown as "
        "endorsing anything."
    ),
    about="registries/ctgov.html",
)
