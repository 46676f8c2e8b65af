"""The contract between a registry and the rest: what one registry record says, typed and frozen.

`parse` makes these and nothing else does. No ORM, no network. Text is the registry's own, cleaned
only of what no database can hold (see `importers.text.cleaning`); nothing is guessed: what a registry does
not state is `None`, `""` or `()`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from trials.choices import Phase, Sex, Status, StudyType

PartialDate = NewType("PartialDate", str)
"""An ISO 8601 date as precise as the registry gives it: `2026`, `2026-05` or `2026-05-31`."""


class ParseError(Exception):
    """A record says something the parser does not know or cannot trust. The old good copy stays."""

    def __init__(self, registry_id: str, field: str, value: object) -> None:
        self.registry_id = registry_id
        self.field = field
        self.value = str(value)[:500]
        super().__init__(f"{registry_id or 'record without an id'}: {field}: {self.value!r}")


@dataclass(frozen=True, slots=True)
class Notice:
    """A minor field that could not be read; the record is taken without it, or with it as written."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call or write to, exactly as the registry publishes them."""

    name: str = ""
    role: str = ""
    affiliation: str = ""
    phone: str = ""
    email: str = ""


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
    """Something given or done. `kind` is the registry's word (`BIOLOGICAL`, `Intervention`, ...)."""

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
    """Something measured."""

    measure: str
    time_frame: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """One registry's record of one trial."""

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
    registered: PartialDate | None = None
    start: PartialDate | None = None
    primary_completion: PartialDate | None = None
    completion: PartialDate | None = None
    duration_months: int | None = None  # planned length; days beyond the months count as one more
    verified: PartialDate | None = None
    countries: tuple[str, ...] = ()
    sites: tuple[SiteRecord, ...] = ()
    contacts: tuple[Contact, ...] = ()  # for the trial as a whole
    officials: tuple[Contact, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    has_results: bool | None = None
    # What only CTRI states
    status_india: Status | None = None
    status_global: Status | None = None
    prospective: bool | None = None
    regulator_status: str = ""  # DCGI, in CTRI's words
    ethics_committees: tuple[tuple[str, str], ...] = ()  # (name, approval status)
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a label was given: which rule fired, on which field, on which words."""

    axis: str  # "role", "conditions", "targets", "cell_source"
    label: str
    rule: str
    field: str
    quote: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What one criterion says of one facet of eligibility, and the sentence, as written.

    `value` is `allowed`, `excluded` or `not_stated`; of numbers the number as text, "" where none is stated.
    """

    value: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """What `classify` concludes from a `TrialRecord`. Slugs and values as in DESIGN section 4.

    `undecided` names the axes whose evidence contradicts itself: those go to a person and the trial
    is not public until decided. `eligibility` has every facet, by name.
    """

    role: str
    conditions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    cell_source: str = "not_stated"
    products: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=())
    undecided: tuple[str, ...] = ()
    eligibility: Mapping[str, Stated] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site really is, decided by `importers.places` from what a registry wrote.

    `city` and `state` are canonical names of the vocabulary where it knows them; an Indian city it
    does not know keeps its written name. `hospital` is "" for an anonymous site ("Research Site").
    `rule` says how each was decided.
    """

    hospital: str
    city: str
    state: str
    country: str
    latitude: float | None
    longitude: float | None
    rule: str
