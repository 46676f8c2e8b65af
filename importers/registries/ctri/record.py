"""A CTRI page to a `TrialRecord`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from importers.records import ParseError
from importers.registries.ctri.amounts import duration, sizes
from importers.registries.ctri.blocks import (
    INVESTIGATOR,
    NO_CONDITIONS,
    PUBLIC,
    SCIENTIFIC,
    acknowledgements,
    conditions,
    ethics,
    funders,
    interventions,
    one_line,
    outcomes,
    person,
    regulator,
    secondary_ids,
    secondary_sponsors,
)
from importers.registries.ctri.columns import pairs
from importers.registries.ctri.page import RecordPage
from importers.registries.ctri.sites import sites
from importers.registries.ctri.web_addresses import CTRI_SITE, ctri_page
from importers.registries.ctri.words import (
    PHASES,
    SEXES,
    STATUSES,
    STUDY_TYPES,
    day,
    iso_day,
    look_up,
    something,
    years,
)
from importers.registries.slugs import Registry
from trials.choices import Status
from trials.record import PartialDate, TrialRecord
from trials.results_record import DataSharing

Meaning = TypeVar("Meaning")

INDIA_STATUS = "Recruitment Status of Trial (India)"
GLOBAL_STATUS = "Recruitment Status of Trial (Global)"
_DESIGN = (
    "Study Design",
    "Method of Generating Random Sequence",
    "Method of Concealment",
    "Blinding/Masking",
)

_OUTCOMES = ("Primary Outcome", "Secondary Outcome")
_MOST_NOTICES = 100

_TRIAL_ID = re.compile(r"(?:\btrialid=|\bmid1=|name=\"?trialid\"? value=\"?)(\d{1,9})\b", re.IGNORECASE)
_SHARED = re.compile(r"Response\s*[-:]\s*(YES|NO)\b", re.IGNORECASE)
"""The answer to the first question of the statement: will the data be shared?"""
_REGISTERED = re.compile(r"Registered\s+on\s*:\s*([\d/-]+)", re.IGNORECASE)
_PROSPECTIVE = re.compile(r"Registered\s+(Prospectively|Retrospectively)", re.IGNORECASE)


def parse(raw: bytes) -> TrialRecord:
    """The record of a saved detail page, or `ParseError` naming what the page is or what it says.

    Number, sites and statuses must be readable. Anything else that is not is left out, and a notice.
    """
    page = RecordPage(raw)
    text = page.value
    heading = text("CTRI Number")
    title = _title(page)
    india, world = _status(page, INDIA_STATUS), _status(page, GLOBAL_STATUS)
    countries = tuple(line for line in text("Countries of Recruitment").split("\n") if something(line))
    effective = _in_india(page, india, world, countries)
    record = TrialRecord(
        registry=Registry.CTRI,
        registry_id=page.number,
        url=_url(page),
        title=title,
        status=effective or Status.UNKNOWN,
        last_updated=page.take(partial(day, page.number, "Last Modified On", text("Last Modified On")), None),
        official_title=one_line(something(text("Scientific Title of Study"))),
        acronym=one_line(something(text("Trial Acronym"))),
        design="; ".join(one_line(text(label)) for label in _DESIGN if something(text(label))),
        summary=something(text("Brief Summary")),
        publication_details=something(text("Publication Details")),
        data_sharing=_sharing(something(text("Individual Participant Data (IPD) Sharing Statement"))),
        registered=_registered(page, heading),
        start=_date(page, "Date of First Enrollment"),
        completion=_date(page, "Date of Study Completion"),
        duration_months=duration(page),
        countries=countries,
        sites=sites(page, effective),
        status_india=india,
        status_global=world,
        prospective=_prospective(heading),
        **_kind(page),
        **_content(page),
        **_eligibility(page),
        **_enrollment(page),
        **_people(page),
    )
    return replace(record, notices=tuple(dict.fromkeys(page.notices))[:_MOST_NOTICES])


def _kind(page: RecordPage) -> dict[str, Any]:
    words = page.value("Type of Study").split("\n")
    return {
        "study_type": _word(page, "Type of Trial", STUDY_TYPES, page.value("Type of Trial"), None),
        "study_type_words": tuple(line for line in words if something(line)),
        "phases": _word(page, "Phase of Trial", PHASES, page.value("Phase of Trial"), ()),
    }


def _content(page: RecordPage) -> dict[str, Any]:
    named, codes, healthy = page.take(partial(conditions, page), NO_CONDITIONS)
    found = [_part(page, partial(outcomes, page, label)) for label in _OUTCOMES]
    return {
        "conditions": named,
        "icd10_codes": codes,
        "healthy_volunteers": healthy,
        "interventions": _part(page, partial(interventions, page)),
        "outcomes": tuple(outcome for group in found for outcome in group),
        "secondary_ids": (*_part(page, partial(secondary_ids, page)), *acknowledgements(page)),
        "regulator_status": page.take(partial(regulator, page), ""),
        "ethics_committees": _part(page, partial(ethics, page)),
    }


def _eligibility(page: RecordPage) -> dict[str, Any]:
    inclusion = pairs(page, "Inclusion Criteria", ("agefrom", "ageto", "gender", "details"))
    exclusion = pairs(page, "Exclusion Criteria", ("agefrom", "details"))
    for label, found in (("Inclusion Criteria", inclusion), ("Exclusion Criteria", exclusion)):
        if label in page and "details" not in found:
            page.note(label, page.region_text(label) or "no table")
    lowest, highest = inclusion.get("agefrom", ""), inclusion.get("ageto", "")
    youngest = page.take(partial(years, page.number, "Age From", lowest), None)
    oldest = page.take(partial(years, page.number, "Age To", highest), None)
    if youngest is not None and oldest is not None and oldest < youngest:
        page.note("Age To", f"{highest}, but Age From {lowest}")
        youngest = oldest = None
    return {
        "inclusion": something(inclusion.get("details", "")),
        "exclusion": something(exclusion.get("details", "")),
        "sex": _word(page, "Gender", SEXES, inclusion.get("gender", ""), None),
        "min_age_years": youngest,
        "max_age_years": oldest,
        "min_age": one_line(lowest),
        "max_age": one_line(highest),
    }


def _enrollment(page: RecordPage) -> dict[str, Any]:
    people = sizes(page)
    return {
        "enrollment": people.total,
        "enrollment_india": people.india,
        "enrollment_is_actual": None if people.total is None else False,
        "enrollment_reached": people.reached,
        "enrollment_reached_india": people.reached_india,
    }


def _people(page: RecordPage) -> dict[str, Any]:
    sponsor = pairs(page, "Primary Sponsor", ("name", "address", "typeofsponsor"))
    return {
        "sponsor": one_line(something(sponsor.get("name", ""))),
        "sponsor_kind": one_line(something(sponsor.get("typeofsponsor", ""))),
        "collaborators": _part(page, partial(secondary_sponsors, page)),
        "funders": funders(page),
        "contacts": (*person(page, SCIENTIFIC), *person(page, PUBLIC)),
        "officials": person(page, INVESTIGATOR),
    }


def _part(page: RecordPage, read: Callable[[], tuple[Meaning, ...]]) -> tuple[Meaning, ...]:
    """What a list of the page holds; nothing, and a notice, where it cannot be read."""
    return page.take(read, ())


def _word(
    page: RecordPage, label: str, table: Mapping[str, Meaning], text: str, otherwise: Meaning
) -> Meaning:
    """The meaning of a closed word; of one we do not know a notice, and what stands for "not stated"."""
    return page.take(partial(look_up, page.number, label, table, text), otherwise)


def _status(page: RecordPage, label: str) -> Status | None:
    """A status; one in a word we do not know is UNKNOWN, so that it neither opens nor gives way."""
    return _word(page, label, STATUSES, page.value(label), Status.UNKNOWN)


def _in_india(
    page: RecordPage, india: Status | None, world: Status | None, countries: Sequence[str]
) -> Status | None:
    """The status in India: its own; the global one only where that is blank and India is the only country.

    "Not Applicable" is as blank. The global word of a trial in several countries, or in none that is named,
    does not say what happens in India.
    """
    if india or not world:
        return india
    if [country.casefold() for country in countries] == ["india"]:
        return world
    page.note(INDIA_STATUS, f"not stated; {GLOBAL_STATUS}: {page.value(GLOBAL_STATUS)}")
    return Status.UNKNOWN


def _sharing(statement: str) -> DataSharing | None:
    """Whether the data of single participants will be shared, with the whole statement."""
    return DataSharing(_group(_SHARED, statement).upper(), statement) if statement else None


def _registered(page: RecordPage, heading: str) -> PartialDate | None:
    written = _group(_REGISTERED, heading)
    return page.take(partial(iso_day, page.number, "Registered on", written), None)


def _title(page: RecordPage) -> str:
    titles = (page.value("Public Title of Study"), page.value("Scientific Title of Study"))
    title = next((one_line(title) for title in titles if something(title)), "")
    if not title:
        raise ParseError(page.number, "Public Title of Study", "no title")
    return title


def _url(page: RecordPage) -> str:
    """The page's address where it says its trialid, else where CTRI can be searched."""
    ids = set(_TRIAL_ID.findall(page.text))
    if len(ids) != 1:
        return f"{CTRI_SITE}/advancesearchmain.php"
    return ctri_page(int(ids.pop()))


def _prospective(heading: str) -> bool | None:
    word = _group(_PROSPECTIVE, heading).casefold()
    return {"prospectively": True, "retrospectively": False, "": None}[word]


def _date(page: RecordPage, label: str) -> PartialDate | None:
    """India's date, else the global one."""
    for place in ("India", "Global"):
        name = f"{label} ({place})"
        written = page.value(name)
        if found := page.take(partial(iso_day, page.number, name, written), None):
            return found
    return None


def _group(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
