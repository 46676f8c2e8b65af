"""The blocks of a CTRI page that are tables of their own, as the record's parts."""

import re

from importers.records import Contact, Intervention, Outcome, ParseError, SecondaryId
from importers.registries.ctri.columns import pairs, rows_under
from importers.registries.ctri.page import Page
from importers.registries.ctri.words import something

INVESTIGATOR = "Details of Principal Investigator or overall Trial Coordinator (multi-center study)"
PEOPLE = {
    INVESTIGATOR: "Principal investigator",
    "Details of Contact Person Scientific Query": "Scientific query",
    "Details of Contact Person Public Query": "Public query",
}
_SIZE = re.compile(r"[0-9]{1,8}")
_NCT = re.compile(r"NCT\d{8}(?!\d)")
_ICD = re.compile(
    r"(?:\(\d+\)\s*)?ICD-10 Condition:\s*([^|]*)\|\|(.*?)(?=,?\s*(?:\(\d+\)\s*)?ICD-10 Condition:|$)", re.S
)
_TRADITIONAL = re.compile(
    r"\.?\s*\b(?:Ayurveda|Siddha|Unani|Homoeopathy|Yoga)\s+Condition:\s*", re.IGNORECASE
)


def secondary_ids(page: Page) -> tuple[SecondaryId, ...]:
    """Numbers as the table has them, then every NCT number that hides in either column."""
    label = "Secondary IDs if Any"
    if label not in page:
        return ()
    rows = rows_under(page.number, label, page.table(label), ("secondaryid", "identifier|registry"))
    stated = [SecondaryId(one_line(value), kind=one_line(kind)) for value, kind in rows if something(value)]
    hidden = dict.fromkeys(_NCT.findall(page.value(label).upper()))
    values = {stated_id.value for stated_id in stated}
    extra = [SecondaryId(nct, kind="NCT", domain="ClinicalTrials.gov") for nct in hidden if nct not in values]
    return (*stated, *extra)


def conditions(page: Page) -> tuple[tuple[str, ...], tuple[str, ...], bool | None]:
    """Conditions, their ICD-10 codes, and whether healthy people may join."""
    label = "Health Condition / Problems Studied"
    rows = rows_under(page.number, label, page.table(label), ("healthtype", "condition"))
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


def interventions(page: Page) -> tuple[Intervention, ...]:
    """What is given. The form for traditional medicine has columns of its own."""
    label = "Intervention / Comparator Agent"
    table = page.table(label)
    traditional = any("Procedure Name" in " ".join(row) for row in table)
    columns = (
        ("interventioncomparator", "procedurename", "details") if traditional else ("type", "name", "details")
    )
    rows = rows_under(page.number, label, table, columns)
    return tuple(
        Intervention(
            one_line(something(name) or details), kind=one_line(kind), description=something(details)
        )
        for kind, name, details in rows
        if something(name) or something(details)
    )


def sample_size(page: Page) -> tuple[int | None, int | None]:
    """Planned number of people: in all, and from India."""
    label = "Target Sample Size"
    sizes = dict(re.findall(r'(Total Sample Size|Sample Size from India)\s*=\s*"([^"]*)"', page.value(label)))
    numbers = [sizes.get(name, "").strip() for name in ("Total Sample Size", "Sample Size from India")]
    if any(number and not _SIZE.fullmatch(number) for number in numbers):
        raise ParseError(page.number, label, page.value(label))
    total, india = (int(number) if number else None for number in numbers)
    return total, india


def people(page: Page, *roles: str) -> tuple[Contact, ...]:
    found = []
    for label, role in PEOPLE.items():
        if role not in roles:
            continue
        said = pairs(page.table(label))
        name, affiliation, phone, email = (
            one_line(something(said.get(key, ""))) for key in ("name", "affiliation", "phone", "email")
        )
        if name or phone or email:
            found.append(Contact(name=name, role=role, affiliation=affiliation, phone=phone, email=email))
    return tuple(found)


def outcomes(page: Page) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(measure, something(when), primary=label == "Primary Outcome")
        for label in ("Primary Outcome", "Secondary Outcome")
        if label in page
        for measure, when in rows_under(page.number, label, page.table(label), ("outcome", "timepoints"))
        if something(measure)
    )


def ethics(page: Page) -> tuple[tuple[str, str], ...]:
    label = "Details of Ethics Committee"
    if label not in page:
        return ()
    rows = rows_under(page.number, label, page.table(label), ("nameofcommittee", "approvalstatus"))
    return tuple((one_line(name), one_line(status)) for name, status in rows if something(name))


def first_column(
    page: Page, label: str, columns: tuple[str, ...], skip_nothing: bool = True
) -> tuple[str, ...]:
    """The first of these columns; the words for nothing left out unless they are an answer."""
    if label not in page:
        return ()
    rows = rows_under(page.number, label, page.table(label), columns)
    return tuple(one_line(row[0]) for row in rows if (something(row[0]) if skip_nothing else row[0]))


def one_line(text: str) -> str:
    return " ".join(text.split())
