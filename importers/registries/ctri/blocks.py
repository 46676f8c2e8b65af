"""The blocks of a CTRI page that are tables of their own, as the record's parts."""

import re
from typing import TypeAlias

from importers.registries.ctri.columns import has_column, leaves, pairs, rows_under
from importers.registries.ctri.page import RecordPage
from importers.registries.ctri.words import something
from trials.record import Contact, Intervention, Outcome, SecondaryId

INVESTIGATOR = "Details of Principal Investigator or overall Trial Coordinator (multi-center study)"
SCIENTIFIC = "Details of Contact Person Scientific Query"
PUBLIC = "Details of Contact Person Public Query"
PEOPLE = {INVESTIGATOR: "Principal investigator", SCIENTIFIC: "Scientific query", PUBLIC: "Public query"}
_PERSON = ("name", "designation", "affiliation", "address", "phone", "fax", "email")
_ACKNOWLEDGED = re.compile(r"\bREF(?:CTRI)?/\d{4}/[\d/]{3,14}\d")
"""`REF/2021/08/046159`, in old records `REFCTRI/2010/...`."""
_ACKNOWLEDGEMENT = "Acknowledgement Number"
_FUNDERS = "Source of Monetary or Material Support"
_NCT = re.compile(r"NCT\d{8}(?!\d)")
_ICD = re.compile(
    r"(?:\(\d+\)\s*)?ICD-10 Condition:\s*([^|]*)\|\|(.*?)(?=,?\s*(?:\(\d+\)\s*)?ICD-10 Condition:|$)", re.S
)
_TRADITIONAL = re.compile(
    r"\.?\s*\b(?:Ayurveda|Siddha|Unani|Homoeopathy|Yoga)\s+Condition:\s*", re.IGNORECASE
)


Conditions: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], bool | None]
NO_CONDITIONS: Conditions = ((), (), None)


def secondary_ids(page: RecordPage) -> tuple[SecondaryId, ...]:
    """Numbers as the table has them, then every NCT number that hides in either column."""
    label = "Secondary IDs if Any"
    rows = rows_under(page, label, ("secondaryid", "identifier|registry"))
    stated = [SecondaryId(one_line(value), kind=one_line(kind)) for value, kind in rows if something(value)]
    hidden = dict.fromkeys(_NCT.findall(page.region_text(label).upper()))
    values = {stated_id.value for stated_id in stated}
    extra = [SecondaryId(nct, kind="NCT", domain="ClinicalTrials.gov") for nct in hidden if nct not in values]
    return (*stated, *extra)


def acknowledgements(page: RecordPage) -> tuple[SecondaryId, ...]:
    """CTRI's number of the submission, from its row, which CTRI keeps in a comment."""
    texts = [page.value(_ACKNOWLEDGEMENT)]
    texts += [comment for comment in page.markup.comments if "acknowledgement" in comment.casefold()]
    numbers = dict.fromkeys(number for text in texts for number in _ACKNOWLEDGED.findall(text))
    return tuple(SecondaryId(number, kind=_ACKNOWLEDGEMENT, domain="CTRI") for number in numbers)


def conditions(page: RecordPage) -> Conditions:
    """Conditions, their ICD-10 codes, and whether healthy people may join."""
    label = "Health Condition / Problems Studied"
    rows = rows_under(page, label, ("healthtype", "condition"))
    texts: list[str] = []
    codes: list[str] = []
    for _, written in rows:
        text_line = one_line(written)
        coded = _ICD.findall(text_line)
        codes += [code.strip() for code, _ in coded if code.strip()]
        for text in [text for _, text in coded] or [text_line]:
            texts += [part.strip(" ,") for part in _TRADITIONAL.split(text) if something(part.strip(" ,"))]
    kinds = [kind for kind, _ in rows if something(kind)]
    healthy = any("healthy" in kind.casefold() for kind in kinds) if kinds else None
    return tuple(texts), tuple(codes), healthy


def interventions(page: RecordPage) -> tuple[Intervention, ...]:
    """What is given. The form for traditional medicine has columns of its own."""
    label = "Intervention / Comparator Agent"
    traditional = has_column(page, label, "procedurename")
    columns = (
        ("interventioncomparator", "procedurename", "details") if traditional else ("type", "name", "details")
    )
    rows = rows_under(page, label, columns)
    return tuple(
        Intervention(
            one_line(something(name) or details), kind=one_line(kind), description=something(details)
        )
        for kind, name, details in rows
        if something(name) or something(details)
    )


def person(page: RecordPage, label: str) -> tuple[Contact, ...]:
    """Somebody to ask, of the block of this label; () where it is blank."""
    stated = pairs(page, label, _PERSON)
    name, affiliation, phone, email = (
        one_line(something(stated.get(key, ""))) for key in ("name", "affiliation", "phone", "email")
    )
    if not (name or phone or email):
        return ()
    return (Contact(name=name, role=PEOPLE[label], affiliation=affiliation, phone=phone, email=email),)


def outcomes(page: RecordPage, label: str) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(measure, something(when), primary=label == "Primary Outcome")
        for measure, when in rows_under(page, label, ("outcome", "timepoints"))
        if something(measure)
    )


def ethics(page: RecordPage) -> tuple[tuple[str, str], ...]:
    """Committees with their approval in CTRI's words ("Submittted/Under Review" has three "t")."""
    rows = rows_under(page, "Details of Ethics Committee", ("nameofcommittee", "approvalstatus"))
    return tuple((one_line(name), one_line(status)) for name, status in rows if something(name))


def regulator(page: RecordPage) -> str:
    """The drug regulator's answer; "Not Applicable" is an answer too."""
    rows = rows_under(page, "Regulatory Clearance Status from DCGI", ("status",))
    return "; ".join(one_line(status) for (status,) in rows if status)


def secondary_sponsors(page: RecordPage) -> tuple[str, ...]:
    rows = rows_under(page, "Details of Secondary Sponsor", ("name", "address"))
    return tuple(one_line(name) for name, _ in rows if something(name))


def funders(page: RecordPage) -> tuple[str, ...]:
    """A list without a heading."""
    return tuple(one_line(name) for name in leaves(page, _FUNDERS) if something(name))


def one_line(text: str) -> str:
    return " ".join(text.split())
