"""A real record of each registry with a payload in every text that its parser takes.

Which texts those are is tried, one by one: what a parser refuses or notes is left as it is in the records
that carry all payloads, and has a record of its own beside them, of a trial that has ended. Countries too: a
trial that is not in India would not come to the pages of hospitals.
"""

import copy
import html
import json
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec

from importers.records import ParseError
from importers.registries import ctgov, ctri
from importers.registries.ctri.labelled import letters
from importers.registries.ctri.labels import LABELS
from tests.ctri_pages import PAGES
from tests.hostile.payloads import BEGINNINGS, EVERYTHING, MARK
from tests.result_studies import counts, measure, reference, with_results

Json = dict[str, Any]
Leaf = tuple[str | int, ...]
Change = Callable[[str], str]

NUMBER = "NCT99000101"
CTRI_NUMBER = "CTRI/2023/03/050689"


def appended(text: str) -> str:
    return f"{text} {EVERYTHING}"


def study() -> Json:
    """A study with everything the product reads, recruiting in India."""
    path = PAGES.parent / "ctgov" / "full.json"
    made: Json = json.loads(path.read_text(encoding="utf-8"))
    afterwards = with_results(
        measure(analyses=[{"groupIds": ["OG000"], "pValue": "<0.05", "statisticalMethod": "t"}]),
        measure(type="SECONDARY", paramType="MEAN", dispersionType="Standard Deviation", title="Other"),
        measure(
            classes=[{"title": "Week 1", "categories": [{"title": "Men", "measurements": counts("2", "1")}]}]
        ),
    )
    protocol = made["protocolSection"]
    protocol["statusModule"] |= {
        "overallStatus": "RECRUITING",
        "resultsFirstPostDateStruct": {"date": "2026-05-04"},
    }
    protocol["statusModule"].pop("lastKnownStatus")
    protocol["eligibilityModule"] |= {"sex": "ALL", "minimumAge": "18 Years"}
    protocol["referencesModule"] = {
        "references": [reference("1"), reference("2", "DERIVED"), reference("3", "BACKGROUND")],
        "seeAlsoLinks": [{"label": "The team", "url": "https://example.org/team"}],
        "availIpds": [{"id": "1", "type": "Data", "url": "https://example.org/data", "comment": "Ask"}],
    }
    protocol["ipdSharingStatementModule"] = {
        "ipdSharing": "YES",
        "description": "On request",
        "infoTypes": ["ICF"],
        "timeFrame": "Later",
        "accessCriteria": "Doctors",
        "url": "https://example.org/sharing",
    }
    large = {
        "label": "Informed Consent Form",
        "filename": "ICF_000.pdf",
        "hasIcf": True,
        "date": "2026-01-01",
    }
    made["documentSection"] = {"largeDocumentModule": {"largeDocs": [large]}}
    return made | {"hasResults": True, "resultsSection": afterwards["resultsSection"]}


def leaves(value: Any, at: Leaf = ()) -> Iterator[Leaf]:
    """Where the texts of a study are."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*at, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from leaves(item, (*at, position))
    elif isinstance(value, str):
        yield at


def changed(value: Json, places: list[Leaf], change: Change) -> Json:
    """The study with these texts changed."""
    made = copy.deepcopy(value)
    for *path, last in places:
        part: Any = made
        for step in path:
            part = part[step]
        part[last] = change(part[last])
    return made


def numbered(value: Json, number: str) -> Json:
    made = copy.deepcopy(value)
    made["protocolSection"]["identificationModule"]["nctId"] = number
    made["protocolSection"]["identificationModule"].pop("nctIdAliases", None)
    return made


@cache
def taken_leaves() -> list[Leaf]:
    """Where a study holds text that the parser takes whatever it is."""
    plain = study()
    found = [leaf for leaf in leaves(plain) if _is_taken(changed(plain, [leaf], appended))]
    return [leaf for leaf in found if leaf[-1] != "country"]


def studies() -> list[Json]:
    """All payloads in all texts that are taken; each beginning in them; each other text, alone."""
    plain, ended, taken = study(), study(), taken_leaves()
    ended["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    others = [leaf for leaf in leaves(plain) if leaf not in taken and leaf[-1] not in ("nctId", "groupId")]
    made = [changed(plain, taken, appended)]
    for number, beginning in enumerate(BEGINNINGS.values()):
        begun = changed(plain, taken, beginning.__add__)
        made.append(numbered(begun, f"NCT991000{number:02}"))
    for number, leaf in enumerate(others):
        made.append(numbered(changed(ended, [leaf], appended), f"NCT99200{number:03}"))
    return made


def _is_taken(value: Json) -> bool:
    try:
        record = ctgov.parse_value(value)
    except ParseError:
        return False
    return record.registry_id == NUMBER and not record.notices


_TEXT = re.compile(r">([^<>]*\w[^<>]*)<")


def page() -> str:
    """A CTRI page of this year."""
    text = (PAGES / "r01_2023_03_050689.html").read_text(encoding="utf-8", errors="replace")
    return re.sub(r"(\d\d/0\d/)20\d\d", r"\g<1>2026", text)


def pages() -> dict[str, str]:
    """CTRI pages by number: payloads escaped, as markup and at the beginning of every text that is taken.

    Then those with a payload in one text that is refused or noted.
    """
    plain = page()
    found = [one for one in _TEXT.finditer(plain) if letters(html.unescape(one[1])) not in LABELS]
    read = {one: _read(_replaced(plain, [one], _escaped)) for one in found}
    taken = [one for one, record in read.items() if record and MARK in record and '"notices":[]' in record]
    taken = [one for one in taken if one[1].replace("&nbsp;", "").strip() != "India"]
    others = [one for one in found if one not in taken and not _is_ignored(read[one])]
    made = [_replaced(plain, taken, _escaped), _replaced(plain, taken, appended)]
    made += [_replaced(plain, taken, partial(_begun, beginning)) for beginning in BEGINNINGS.values()]
    made += [_replaced(plain, [one], _escaped).replace("Open to", "Closed to") for one in others]
    numbers = [CTRI_NUMBER, *(f"CTRI/2023/03/06{number:04}" for number in range(1, len(made)))]
    return {number: text.replace(CTRI_NUMBER, number) for number, text in zip(numbers, made, strict=True)}


def _is_ignored(record: str | None) -> bool:
    """Whether the parser takes the page without this text, which is none of ours."""
    return record is not None and MARK not in record


def _escaped(text: str) -> str:
    return f"{text} {html.escape(EVERYTHING)}"


def _begun(beginning: str, text: str) -> str:
    return html.escape(beginning) + text


def _replaced(text: str, places: list[re.Match[str]], change: Change) -> str:
    parts, at = [], 0
    for place in places:
        parts += [text[at : place.start(1)], change(place[1])]
        at = place.end(1)
    return "".join([*parts, text[at:]])


def _read(text: str) -> str | None:
    """What a page's parser makes of it, as JSON; None where the page is refused."""
    try:
        return msgspec.json.encode(ctri.parse(text.encode("utf-8", "replace"))).decode()
    except ParseError:
        return None


def write_studies(path: Path, *made: Json) -> str:
    """The studies as JSON lines, lone surrogates and NUL and all."""
    path.write_text("".join(json.dumps(one) + "\n" for one in made), encoding="ascii")
    return str(path)


def write_pages(folder: Path, made: dict[str, str]) -> str:
    folder.mkdir()
    for number, text in made.items():
        (folder / f"{number.replace('/', '_')}.html").write_bytes(text.encode("utf-8", "replace"))
    return str(folder)
