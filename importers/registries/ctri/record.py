"""A CTRI page to a `TrialRecord`."""

import re

from importers.records import ParseError, PartialDate, TrialRecord
from importers.registries.ctri.blocks import (
    conditions,
    ethics,
    first_column,
    interventions,
    one_line,
    outcomes,
    people,
    sample_size,
    secondary_ids,
)
from importers.registries.ctri.columns import pairs
from importers.registries.ctri.page import Page
from importers.registries.ctri.sites import sites
from importers.registries.ctri.words import (
    PHASES,
    SEXES,
    STATUSES,
    STUDY_TYPES,
    day,
    look_up,
    partial,
    something,
    years,
)
from trials.choices import Registry, Status
from trials.registry_pages import CTRI_SITE, ctri_page

FUNDERS = "Source of Monetary or Material Support"
INDIA_STATUS = "Recruitment Status of Trial (India)"
GLOBAL_STATUS = "Recruitment Status of Trial (Global)"
_DESIGN = (
    "Study Design",
    "Method of Generating Random Sequence",
    "Method of Concealment",
    "Blinding/Masking",
)

_TRIAL_ID = re.compile(r"(?:\btrialid=|\bmid1=|name=\"?trialid\"? value=\"?)(\d{1,9})\b", re.IGNORECASE)
_REGISTERED = re.compile(r"Registered\s+on\s*:\s*([\d/-]+)", re.IGNORECASE)
_PROSPECTIVE = re.compile(r"Registered\s+(Prospectively|Retrospectively)", re.IGNORECASE)


def parse(raw: bytes) -> TrialRecord:
    """The record of a saved detail page, or `ParseError` naming what the page is or what it says."""
    page = Page(raw)
    text = page.value
    heading = text("CTRI Number")
    named, codes, healthy = conditions(page)
    inclusion = pairs(page.table("Inclusion Criteria"))
    india, world = _status(page, INDIA_STATUS), _status(page, GLOBAL_STATUS)
    sponsor = pairs(page.table("Primary Sponsor"))
    total, from_india = sample_size(page)
    return TrialRecord(
        registry=Registry.CTRI,
        registry_id=page.number,
        url=_url(page),
        title=_title(page),
        status=_decided(page, india, world),
        last_updated=day(page.number, "Last Modified On", text("Last Modified On")),
        secondary_ids=secondary_ids(page),
        official_title=one_line(something(text("Scientific Title of Study"))),
        acronym=one_line(something(text("Trial Acronym"))),
        study_type=look_up(page.number, "Type of Trial", STUDY_TYPES, text("Type of Trial")),
        study_type_words=tuple(line for line in text("Type of Study").split("\n") if something(line)),
        design="; ".join(one_line(text(label)) for label in _DESIGN if something(text(label))),
        phases=look_up(page.number, "Phase of Trial", PHASES, text("Phase of Trial")),
        conditions=named,
        icd10_codes=codes,
        interventions=interventions(page),
        summary=something(text("Brief Summary")),
        inclusion=something(inclusion.get("details", "")),
        exclusion=something(pairs(page.table("Exclusion Criteria")).get("details", "")),
        sex=look_up(page.number, "Gender", SEXES, inclusion.get("gender", "")),
        min_age_years=years(page.number, "Age From", inclusion.get("agefrom", "")),
        max_age_years=years(page.number, "Age To", inclusion.get("ageto", "")),
        min_age=inclusion.get("agefrom", ""),
        max_age=inclusion.get("ageto", ""),
        healthy_volunteers=healthy,
        sponsor=one_line(something(sponsor.get("name", ""))),
        sponsor_kind=one_line(something(sponsor.get("typeofsponsor", ""))),
        collaborators=first_column(page, "Details of Secondary Sponsor", ("name", "address")),
        funders=tuple(one_line(name) for name, *_ in filter(None, page.table(FUNDERS)) if something(name)),
        enrollment=total,
        enrollment_india=from_india,
        enrollment_is_actual=None if total is None else False,
        registered=partial(page.number, "Registered on", _group(_REGISTERED, heading)),
        start=_date(page, "Date of First Enrollment"),
        completion=_date(page, "Date of Study Completion"),
        countries=tuple(line for line in text("Countries of Recruitment").split("\n") if something(line)),
        sites=sites(page, india),
        contacts=people(page, "Scientific query", "Public query"),
        officials=people(page, "Principal investigator"),
        outcomes=outcomes(page),
        status_india=india,
        status_global=world,
        prospective=_prospective(heading),
        regulator_status="; ".join(
            first_column(page, "Regulatory Clearance Status from DCGI", ("status",), False)
        ),
        ethics_committees=ethics(page),
    )


def _status(page: Page, label: str) -> Status | None:
    return look_up(page.number, label, STATUSES, page.value(label))


def _decided(page: Page, india: Status | None, world: Status | None) -> Status:
    """India's status; the global one only where India's is blank.

    "Not Applicable" is no status, and no blank either: then the trial's is unknown.
    """
    if india or page.value(INDIA_STATUS):
        return india or Status.UNKNOWN
    return world or Status.UNKNOWN


def _title(page: Page) -> str:
    titles = (page.value("Public Title of Study"), page.value("Scientific Title of Study"))
    title = next((one_line(title) for title in titles if something(title)), "")
    if not title:
        raise ParseError(page.number, "Public Title of Study", "no title")
    return title


def _url(page: Page) -> str:
    """The page's address where it says its trialid, else where CTRI can be searched."""
    ids = set(_TRIAL_ID.findall(page.text))
    if len(ids) != 1:
        return f"{CTRI_SITE}/advancesearchmain.php"
    return ctri_page(int(ids.pop()))


def _prospective(heading: str) -> bool | None:
    word = _group(_PROSPECTIVE, heading).casefold()
    return {"prospectively": True, "retrospectively": False, "": None}[word]


def _date(page: Page, label: str) -> PartialDate | None:
    """India's date, else the global one."""
    found = (
        partial(page.number, f"{label} ({of})", page.value(f"{label} ({of})")) for of in ("India", "Global")
    )
    return next((date for date in found if date), None)


def _group(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
