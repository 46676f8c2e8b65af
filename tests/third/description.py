"""What pages need to know of the Third Register."""

import re

from trials.registries import FoundId, RegistryDescription

_ID = re.compile(r"\bTHIRD[\s-]*(\d{4})\b", re.IGNORECASE)


def _find_id(text: str) -> FoundId | None:
    match = _ID.search(text)
    return FoundId(match.start(), match.end(), f"THIRD-{match[1]}") if match else None


def _cited_ids(text: str) -> list[str]:
    return [f"THIRD-{number}" for number in _ID.findall(text)]


DESCRIPTION = RegistryDescription(
    slug="third",
    label="Third Register",
    precedence=2,
    id_mark="THIRD",
    find_id=_find_id,
    cited_ids=_cited_ids,
)
