"""What one registration says, typed and frozen: made by a registry's parser, read back from its row.

No ORM, no network. Text is the registry's own, cleaned only of what no database can hold; nothing is guessed:
what a registry does not state is `None`, `""` or `()`. `decode` reads a stored row again. It never fails: a
field that an older or damaged row does not hold in its present shape counts as not stated, and is logged.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import (
    Annotated,
    Any,
    NewType,
    NotRequired,
    TypedDict,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec

from trials import results_record as after
from trials.choices import Phase, Sex, Status, StudyType

logger = logging.getLogger(__name__)

PartialDate = NewType("PartialDate", str)
"""An ISO 8601 date as precise as the registry gives it: `2026`, `2026-05` or `2026-05-31`."""
Day = Annotated[PartialDate, msgspec.Meta(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class StoredFacet(TypedDict):
    """What a row holds of one facet of eligibility (`importers.records.Stated`)."""

    value: str
    quote: str
    limit: NotRequired[str]


class StoredEvidence(TypedDict):
    """Why a rule gave a label, as a row holds it (`importers.records.Evidence`)."""

    axis: str
    label: str
    rule: str
    field: str
    quote: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A minor field that could not be read; the record is taken without it, or with it as written."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or office to call or write to, exactly as the registry publishes them."""

    name: str = ""
    role: str = ""
    affiliation: str = ""
    phone: str = ""
    email: str = ""

    @property
    def stated_role(self) -> str:
        """The role; "" for ClinicalTrials.gov's CONTACT, which it gives to everyone without another one."""
        return "" if self.role == "CONTACT" else self.role


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """One place where the trial runs, as the registry writes it. `status` is the site's own."""

    facility: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    status: Status | None = None
    investigator: str = ""
    contacts: tuple[Contact, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class SecondaryId:
    """Another number the trial is known by, with what the registry says it is."""

    value: str
    kind: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Intervention:
    """A treatment or test. `kind` is the registry's word (`BIOLOGICAL`, `Intervention`, ...)."""

    name: str
    kind: str = ""
    description: str = ""
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arm:
    """A group of participants and what it gets. `kind` is the registry's word (`EXPERIMENTAL`)."""

    label: str
    kind: str = ""
    description: str = ""
    interventions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measurement that shows whether the treatment works or is safe."""

    measure: str
    time_frame: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One registry's record of one trial, as its row keeps it. Its sites are rows of their own."""

    registry: str
    registry_id: str
    url: str
    title: str
    status: Status
    last_updated: date | None = None  # the registry's own "last update" day
    aliases: tuple[str, ...] = ()  # former ids that lead to this record
    secondary_ids: tuple[SecondaryId, ...] = ()
    official_title: str = ""
    acronym: str = ""
    why_stopped: str = ""
    study_type: StudyType | None = None
    study_type_words: tuple[str, ...] = ()  # finer kind in the registry's words (CTRI "Type of Study")
    design: str = ""  # allocation, masking, arms in the registry's words
    phases: tuple[Phase, ...] = ()
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    mesh_ids: tuple[str, ...] = ()  # condition MeSH terms the registry derived, never their ancestors
    icd10_codes: tuple[str, ...] = ()  # without dot, as CTRI writes them; `C833`
    interventions: tuple[Intervention, ...] = ()
    arms: tuple[Arm, ...] = ()
    primary_purpose: str = ""
    summary: str = ""
    description: str = ""
    eligibility: str = ""  # the whole text, where the registry keeps it in one
    inclusion: str = ""
    exclusion: str = ""
    sex: Sex | None = None
    min_age_years: float | None = None
    max_age_years: float | None = None
    min_age: str = ""  # as written: "18 Years", "18.00 Year(s)"
    max_age: str = ""
    healthy_volunteers: bool | None = None
    sponsor: str = ""
    sponsor_kind: str = ""
    collaborators: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    enrollment: int | None = None
    enrollment_india: int | None = None
    enrollment_is_actual: bool | None = None
    enrollment_reached: int | None = None  # where a registry states it beside the planned number
    enrollment_reached_india: int | None = None
    registered: Day | None = None
    start: Day | None = None
    primary_completion: Day | None = None
    completion: Day | None = None
    duration_months: int | None = None  # planned length; days beyond the months count as one more
    verified: Day | None = None
    countries: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()  # for the trial as a whole
    officials: tuple[Contact, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    # What came of it (`trials.results_record`)
    has_results: bool | None = None
    results: after.PostedResults | None = None
    results_posted: Day | None = None
    results_sent: Day | None = None  # to the registry, which has not posted them
    results_delay: Day | None = None  # when the team first asked or declared to post them later
    papers: tuple[after.Paper, ...] = ()
    publication_details: str = ""  # in the registry's words, which may name a paper or say that there is none
    links: tuple[after.Link, ...] = ()
    documents: tuple[after.Document, ...] = ()
    completion_is_actual: bool | None = None
    # Who answers for it
    last_known_status: Status | None = None
    expanded_access: after.ExpandedAccess | None = None
    responsible_party: after.ResponsibleParty | None = None
    monitoring_committee: bool | None = None
    data_sharing: after.DataSharing | None = None
    removed_countries: tuple[str, ...] = ()
    # What only CTRI states
    status_india: Status | None = None
    status_global: Status | None = None
    prospective: bool | None = None
    regulator_status: str = ""  # DCGI, in CTRI's words
    ethics_committees: tuple[tuple[str, str], ...] = ()  # (name, approval status)

    @property
    def has_divided_criteria(self) -> bool:
        """Whether the registry writes who can join apart from who cannot."""
        return bool(self.inclusion or self.exclusion)

    @property
    def has_criteria(self) -> bool:
        return self.has_divided_criteria or bool(self.eligibility)

    @property
    def has_treatment(self) -> bool:
        """Whether it states any part of what is done with participants."""
        return bool(self.interventions or self.arms or self.outcomes or self.description or self.design)

    @property
    def status_of_all_countries(self) -> Status | None:
        """The status for all countries together, where the registry gives none for India alone."""
        return None if self.status_india else self.status_global


@dataclass(frozen=True, slots=True)
class TrialRecord(StoredRecord):
    """One registry's record of one trial, as parsed."""

    sites: tuple[SiteRecord, ...] = ()
    notices: tuple[Notice, ...] = ()


Part = TypeVar("Part", Contact, SecondaryId, after.Paper)
_TYPES = get_type_hints(StoredRecord, include_extras=True)


def decode(stored: Mapping[str, Any]) -> StoredRecord:
    """The record in a row: its fields by name, as columns and JSON hold them. Unknown names are left out."""
    try:
        return msgspec.convert(stored, StoredRecord)
    except msgspec.ValidationError:
        return StoredRecord(**dict(_readable(stored)))


def decode_parts(stored: Any, kind: type[Part]) -> tuple[Part, ...]:
    """Contacts, other numbers or the like, as JSON holds them."""
    try:
        return msgspec.convert(stored, tuple[kind, ...])  # type: ignore[valid-type]
    except msgspec.ValidationError:
        return _items(stored, kind)


def first_stated(records: Sequence[StoredRecord]) -> StoredRecord:
    """The records of one trial put together: each field from the first record that states it."""
    stated = {}
    for name in _TYPES:
        values = (getattr(record, name) for record in records)
        stated[name] = next((v for v in values if v not in (None, "", ())), getattr(records[0], name))
    return replace(records[0], **stated)


def _readable(stored: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The fields in their present shape; of lists the items that have it. Identity and status always stay."""
    readable = []
    for field in fields(StoredRecord):
        value, kind = stored.get(field.name), _TYPES[field.name]
        try:
            readable.append((field.name, msgspec.convert(value, kind)))
        except msgspec.ValidationError:
            if value is not None:
                logger.warning("%s: stored %s cannot be read", stored.get("registry_id"), field.name)
            if get_origin(kind) is tuple:
                readable.append((field.name, _items(value, get_args(kind)[0])))
            elif field.default is MISSING:
                readable.append((field.name, value))
    return readable


def _items(stored: Any, kind: Any) -> tuple[Any, ...]:
    """The items of a list that can be read; a part of an item that is missing or null is empty."""
    readable = []
    for item in stored if isinstance(stored, list | tuple) else ():
        if isinstance(item, dict):
            required = {f.name: "" for f in fields(kind) if f.default is MISSING}
            item = required | {name: value for name, value in item.items() if value is not None}
        try:
            readable.append(msgspec.convert(item, kind))
        except msgspec.ValidationError:
            logger.warning("a stored %s cannot be read", getattr(kind, "__name__", kind))
    return tuple(readable)
