"""What a registration says once a trial has run: results, papers, documents, and who answers for it.

Frozen like `trials.record`, which holds these parts. Numbers are the registry's own text: whether two of them
make a share is decided where they are shown (`trials.explain.results`). A count that is a number in the
registry too is one here; None is "not given", never nought.
"""

from dataclasses import dataclass
from typing import Annotated

import msgspec

from trials.choices import Status

DayOrNone = Annotated[str, msgspec.Meta(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]
"""A date as precise as the registry gives it, "" where it gives none."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people whose numbers stand in a table, as that table names it."""

    id: str
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of one group. `value` is the registry's text ("28", "NA", "26,300")."""

    group: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Denominator:
    """How many were analysed in each group. `units` is "Participants", or what else was counted."""

    units: str = ""
    counts: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """One cell of a table: the value of one group, how far it spreads, and what is remarked on it."""

    group: str
    value: str = ""
    spread: str = ""
    lower: str = ""
    upper: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of an outcome's table. `title` names the moment or part, `category` the answer, or neither."""

    title: str = ""
    category: str = ""
    denominators: tuple[Denominator, ...] = ()
    """Of this line alone; where there are none, those of the outcome hold."""
    cells: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """What came of one measurement. `kind`, `parameter` and `dispersion` are the registry's words."""

    title: str = ""
    kind: str = ""
    posted: bool = True
    description: str = ""
    population: str = ""
    time_frame: str = ""
    parameter: str = ""
    dispersion: str = ""
    unit: str = ""
    units_counted: str = ""  # what a table counts where it does not count people
    groups: tuple[Group, ...] = ()
    denominators: tuple[Denominator, ...] = ()
    rows: tuple[ResultRow, ...] = ()
    more_rows: int = 0  # lines of the registry's table that are not kept


@dataclass(frozen=True, slots=True)
class FlowLine:
    """How many people of each group reached a milestone, or left for a reason. `kind` is the word for it."""

    kind: str = ""
    counts: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowPeriod:
    """One part of a trial: who began it, who ended it, and why others did not."""

    title: str = ""
    milestones: tuple[FlowLine, ...] = ()
    reasons: tuple[FlowLine, ...] = ()


@dataclass(frozen=True, slots=True)
class EventGroup:
    """How many of a group died, had any serious event, had any other: affected, and looked at."""

    id: str
    title: str = ""
    description: str = ""
    deaths: int | None = None
    deaths_of: int | None = None
    serious: int | None = None
    serious_of: int | None = None
    other: int | None = None
    other_of: int | None = None


@dataclass(frozen=True, slots=True)
class EventCount:
    """How many of a group had one event."""

    group: str
    affected: int | None = None
    at_risk: int | None = None


@dataclass(frozen=True, slots=True)
class SideEffect:
    """One event by its medical term. Serious and other ones of one term are two."""

    term: str
    serious: bool = False
    organ_system: str = ""
    counts: tuple[EventCount, ...] = ()


@dataclass(frozen=True, slots=True)
class SideEffects:
    """What people had during the trial, whether or not the treatment caused it.

    All serious events up to a limit, and of the others those that `vocabulary.side_effects` names.
    """

    groups: tuple[EventGroup, ...] = ()
    events: tuple[SideEffect, ...] = ()
    time_frame: str = ""
    description: str = ""
    threshold: str = ""  # per cent: other events that fewer had need not be listed
    serious_terms: int = 0  # terms in the registry's tables
    other_terms: int = 0


@dataclass(frozen=True, slots=True)
class PostedResults:
    """The results a registry has posted in tables of its own."""

    flow_groups: tuple[Group, ...] = ()
    periods: tuple[FlowPeriod, ...] = ()
    recruitment: str = ""
    before_assignment: str = ""
    outcomes: tuple[OutcomeResult, ...] = ()
    more_outcomes: int = 0  # outcomes in the registry that are not kept
    side_effects: SideEffects | None = None
    limitations: str = ""
    contact: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    may_be_held_back: bool | None = None
    """Whether the sponsor can keep the trial's doctors from publishing for a while."""
    held_back: str = ""  # LTE60, GT60 (days) or OTHER
    agreement: str = ""  # what was agreed, in the registry's words


@dataclass(frozen=True, slots=True)
class Paper:
    """A publication. `kind` is RESULT, DERIVED (found by its trial number) or BACKGROUND."""

    citation: str
    kind: str = ""
    pmid: str = ""
    retracted_by: tuple[str, ...] = ()
    """The notices that withdraw it, as the registry names them."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that the trial's team named. Only one that a browser opens safely is an `address`."""

    url: str
    label: str = ""

    @property
    def address(self) -> str:
        """The URL where it is one of the web, else ""."""
        return _of_the_web(self.url)


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the trial that the registry itself keeps; `size` in bytes."""

    label: str
    url: str = ""
    date: DayOrNone = ""
    size: int | None = None
    protocol: bool = False
    analysis_plan: bool = False
    consent_form: bool = False


@dataclass(frozen=True, slots=True)
class ExpandedAccess:
    """Whether the treatment can be had outside a trial, and the record that says how."""

    offered: bool
    registry_id: str = ""
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class ResponsibleParty:
    """Who answers for the record: the sponsor, or a named investigator."""

    kind: str = ""
    name: str = ""
    title: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class DataSharing:
    """Whether the data of single participants will be shared. `plan` is YES, NO, UNDECIDED or ""."""

    plan: str = ""
    description: str = ""
    documents: tuple[str, ...] = ()
    time_frame: str = ""
    access: str = ""
    url: str = ""

    @property
    def address(self) -> str:
        """Where to ask for the data, where that is an address of the web, else ""."""
        return _of_the_web(self.url)


def _of_the_web(url: str) -> str:
    """The URL where a browser opens it safely, else ""."""
    return url if url.startswith(("https://", "http://")) else ""
