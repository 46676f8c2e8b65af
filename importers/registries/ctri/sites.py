"""The "Sites of Study" table: hospital, address, and the district and state CTRI ends it with."""

import re
from collections.abc import Sequence

from importers.records import ParseError
from importers.registries.ctri.columns import has_column, rows_under
from importers.registries.ctri.page import RecordPage
from importers.registries.ctri.words import something
from trials.choices import Status
from trials.record import Contact, SiteRecord
from trials.vocabulary.places import cities_named, find_state, states

LABEL = "Sites of Study"
_COLUMNS = ("nameofprincipalinvestigator|contactperson", "nameofsite", "siteaddress", "phonefaxemail")
_COUNT = re.compile(r"No\s*of\s*Sites\s*=\s*([0-9]{1,5})", re.IGNORECASE)
_MAX_DISTRICT_WORDS = 4
_SKIN_WITHOUT_STATES = "contactperson"
"""Heading of the skin (`showallp.php`) whose addresses end in a line of the district and an empty one."""


def sites(page: RecordPage, status: Status | None) -> tuple[SiteRecord, ...]:
    """Every site. `city` is the district and `state` the state as CTRI writes them at the address' end.

    `status` is the one CTRI states for India: it lists Indian sites only, and gives them no other.
    """
    found = [row for row in rows_under(page, LABEL, _COLUMNS, strict=True) if any(row)]
    text = page.region_text(LABEL)
    announced = _COUNT.search(text)
    if announced and int(announced[1]) != len(found):
        raise ParseError(page.number, LABEL, f"{announced[0]}, but {len(found)} rows")
    district_alone = has_column(page, LABEL, _SKIN_WITHOUT_STATES)
    return tuple(_site(status, district_alone, *row) for row in found)


def _site(
    status: Status | None,
    district_alone: bool,
    investigator: str,
    name: str,
    address: str,
    contact: str,
) -> SiteRecord:
    rest, district, state = split_address(address, district_alone=district_alone)
    person = something(investigator).replace("\n", " ")
    reach = _reach(person, contact)
    return SiteRecord(
        facility=something(name).replace("\n", " "),
        address=rest,
        city=district,
        state=state,
        country="India",
        status=status,
        investigator=person,
        contacts=(reach,) if reach else (),
    )


def _reach(name: str, cell: str) -> Contact | None:
    """The contact of a site: lines of phone, fax and e-mail, any of them blank."""
    lines = [line for line in cell.split("\n") if something(line)]
    email = next((line for line in lines if "@" in line), "")
    phone = next((line for line in lines if "@" not in line), "")
    return Contact(name=name, phone=phone, email=email) if email or phone else None


def split_address(address: str, *, district_alone: bool = False) -> tuple[str, str, str]:
    """Address, district and state of a text that ends "District STATE", on one line or two.

    Where no state stands there, a last line that our table knows as a city is the district; with
    `district_alone` any short last line is. Old records have "Not Applicable" in place of either.
    """
    written = address.strip().split("\n")
    lines = list(written)
    while lines and not something(lines[-1]):
        lines.pop()
    text = "\n".join(lines)
    state = next(
        (name for name in _state_endings() if re.search(rf"(?:^|[\s,]){re.escape(name)}$", text)), ""
    )
    if state:
        lines = text[: -len(state)].rstrip(" ,\n").split("\n")
        district = _district(lines[-1], state)
        lines[-1] = lines[-1][: len(lines[-1]) - len(district)].rstrip(" ,")
        return "\n".join(line for line in lines if line), district, state
    if lines and lines == written and _is_district(lines, district_alone):
        return "\n".join(lines[:-1]).rstrip(" ,"), lines[-1], ""
    return text, "", ""


def _is_district(lines: Sequence[str], alone: bool) -> bool:
    """Whether the last line names a place and nothing else."""
    last = lines[-1]
    plain = len(last.split()) <= _MAX_DISTRICT_WORDS and not re.search(r"[\d,;:@]", last)
    return bool(plain and (cities_named(last) or (alone and len(lines) > 1)))


def _district(line: str, state: str) -> str:
    """The district at the end of a line: the longest ending our table knows, else the whole short line."""
    words = line.split()
    for start in range(max(0, len(words) - _MAX_DISTRICT_WORDS), len(words)):
        ending = " ".join(words[start:])
        if cities_named(ending, state) and line.endswith(ending):
            return ending
    plain = len(words) <= _MAX_DISTRICT_WORDS and not re.search(r"[\d,]", line)
    return line if plain else ""


def _state_endings() -> Sequence[str]:
    """Names of states in capitals, longest first, as CTRI's list of states has them or had them."""
    names = {
        name.upper() for state in states().values() for name in (state.name, *state.aliases) if len(name) > 2
    }
    return sorted((name for name in names if find_state(name)), key=len, reverse=True)
