"""What we read of a study's results, papers and documents, in API v2's own shape; a line a field.

Source: the OpenAPI description of API v2 (2.0.5), and real studies where they differ: `dispersionType` is
"Standard Deviation" there and not STANDARD_DEVIATION, so it is text here. Nothing of this decides whether a
trial is open: what cannot be read is noted (`lenient`).
"""

from typing import Annotated, Literal

from msgspec import Meta

from importers.registries.ctgov.shape_base import Shape
from importers.registries.ctgov.values import Day
from trials.choices import Status

People = Annotated[int, Meta(ge=0, lt=2**31)] | None
Pmid = Annotated[str, Meta(pattern=r"^([0-9]{1,9})?\Z")]
FileName = Annotated[str, Meta(pattern=r"^([A-Za-z0-9_-]{1,100}\.pdf)?\Z")]
MeasureParam = Literal[
    "GEOMETRIC_MEAN",
    "GEOMETRIC_LEAST_SQUARES_MEAN",
    "LEAST_SQUARES_MEAN",
    "LOG_MEAN",
    "MEAN",
    "MEDIAN",
    "NUMBER",
    "COUNT_OF_PARTICIPANTS",
    "COUNT_OF_UNITS",
    "",
]
MeasureType = Literal["PRIMARY", "SECONDARY", "OTHER_PRE_SPECIFIED", "POST_HOC", ""]


class GroupJson(Shape, frozen=True):
    id: str = ""
    title: str = ""
    description: str = ""


class FlowCount(Shape, frozen=True):
    group_id: str = ""
    num_subjects: str = ""


class Milestone(Shape, frozen=True):
    type: str = ""
    achievements: tuple[FlowCount, ...] = ()


class DropOut(Shape, frozen=True):
    type: str = ""
    reasons: tuple[FlowCount, ...] = ()


class Period(Shape, frozen=True):
    title: str = ""
    milestones: tuple[Milestone, ...] = ()
    drop_withdraws: tuple[DropOut, ...] = ()


class ParticipantFlow(Shape, frozen=True):
    pre_assignment_details: str = ""
    recruitment_details: str = ""
    groups: tuple[GroupJson, ...] = ()
    periods: tuple[Period, ...] = ()


class DenomCount(Shape, frozen=True):
    group_id: str = ""
    value: str = ""


class Denom(Shape, frozen=True):
    units: str = ""
    counts: tuple[DenomCount, ...] = ()


class Measurement(Shape, frozen=True):
    group_id: str = ""
    value: str = ""
    spread: str = ""
    lower_limit: str = ""
    upper_limit: str = ""
    comment: str = ""


class MeasureCategory(Shape, frozen=True):
    title: str = ""
    measurements: tuple[Measurement, ...] = ()


class MeasureClass(Shape, frozen=True):
    title: str = ""
    denoms: tuple[Denom, ...] = ()
    categories: tuple[MeasureCategory, ...] = ()


class OutcomeMeasure(Shape, frozen=True):
    type: MeasureType = ""
    title: str = ""
    description: str = ""
    population_description: str = ""
    reporting_status: Literal["POSTED", "NOT_POSTED", ""] = ""
    param_type: MeasureParam = ""
    dispersion_type: str = ""
    unit_of_measure: str = ""
    time_frame: str = ""
    type_units_analyzed: str = ""
    denom_units_selected: str = ""
    groups: tuple[GroupJson, ...] = ()
    denoms: tuple[Denom, ...] = ()
    classes: tuple[MeasureClass, ...] = ()


class OutcomeMeasures(Shape, frozen=True):
    outcome_measures: tuple[OutcomeMeasure, ...] = ()


class EventGroupJson(Shape, frozen=True):
    id: str = ""
    title: str = ""
    description: str = ""
    deaths_num_affected: People = None
    deaths_num_at_risk: People = None
    serious_num_affected: People = None
    serious_num_at_risk: People = None
    other_num_affected: People = None
    other_num_at_risk: People = None


class EventStats(Shape, frozen=True):
    group_id: str = ""
    num_affected: People = None
    num_at_risk: People = None


class AdverseEvent(Shape, frozen=True):
    term: str = ""
    organ_system: str = ""
    stats: tuple[EventStats, ...] = ()


class AdverseEvents(Shape, frozen=True):
    frequency_threshold: str = ""
    time_frame: str = ""
    description: str = ""
    event_groups: tuple[EventGroupJson, ...] = ()
    serious_events: tuple[AdverseEvent, ...] = ()
    other_events: tuple[AdverseEvent, ...] = ()


class Limitations(Shape, frozen=True):
    description: str = ""


class Agreement(Shape, frozen=True):
    pi_sponsor_employee: bool | None = None
    restriction_type: Literal["LTE60", "GT60", "OTHER", ""] = ""
    restrictive_agreement: bool | None = None
    other_details: str = ""


class PointOfContact(Shape, frozen=True):
    title: str = ""
    organization: str = ""
    email: str = ""
    phone: str = ""
    phone_ext: str = ""


class MoreInfo(Shape, frozen=True):
    limitations_and_caveats: Limitations = Limitations()
    certain_agreement: Agreement = Agreement()
    point_of_contact: PointOfContact = PointOfContact()


class Results(Shape, frozen=True):
    """The section of posted results; without groups and outcomes there are none."""

    participant_flow_module: ParticipantFlow = ParticipantFlow()
    outcome_measures_module: OutcomeMeasures = OutcomeMeasures()
    adverse_events_module: AdverseEvents | None = None
    more_info_module: MoreInfo = MoreInfo()


class Retraction(Shape, frozen=True):
    pmid: Pmid = ""
    source: str = ""


class Reference(Shape, frozen=True):
    pmid: Pmid = ""
    type: Literal["BACKGROUND", "RESULT", "DERIVED", ""] = ""
    citation: str = ""
    retractions: tuple[Retraction, ...] = ()


class SeeAlso(Shape, frozen=True):
    label: str = ""
    url: str = ""


class References(Shape, frozen=True):
    references: tuple[Reference, ...] = ()
    see_also_links: tuple[SeeAlso, ...] = ()


class LargeDoc(Shape, frozen=True):
    has_protocol: bool | None = None
    has_sap: bool | None = None
    has_icf: bool | None = None
    label: str = ""
    date: Day = Day()
    filename: FileName = ""
    size: People = None


class LargeDocuments(Shape, frozen=True):
    large_docs: tuple[LargeDoc, ...] = ()


class Documents(Shape, frozen=True):
    large_document_module: LargeDocuments = LargeDocuments()


class UnpostedEvent(Shape, frozen=True):
    type: Literal["RESET", "RELEASE", "UNRELEASE", ""] = ""
    date: Day = Day()


class Unposted(Shape, frozen=True):
    unposted_events: tuple[UnpostedEvent, ...] = ()


class Annotation(Shape, frozen=True):
    unposted_annotation: Unposted = Unposted()


class Annotations(Shape, frozen=True):
    annotation_module: Annotation = Annotation()


class ExpandedAccessInfo(Shape, frozen=True):
    has_expanded_access: bool | None = None
    nct_id: Annotated[str, Meta(pattern=r"^(NCT[0-9]{8})?\Z")] = ""
    status_for_nct_id: Status | None = None


class Party(Shape, frozen=True):
    type: Literal["SPONSOR", "PRINCIPAL_INVESTIGATOR", "SPONSOR_INVESTIGATOR", ""] = ""
    investigator_full_name: str = ""
    investigator_title: str = ""
    investigator_affiliation: str = ""
    old_name_title: str = ""
    old_organization: str = ""


class Oversight(Shape, frozen=True):
    oversight_has_dmc: bool | None = None


class DataSharingJson(Shape, frozen=True):
    ipd_sharing: Literal["YES", "NO", "UNDECIDED", ""] = ""
    description: str = ""
    info_types: tuple[Literal["STUDY_PROTOCOL", "SAP", "ICF", "CSR", "ANALYTIC_CODE", ""], ...] = ()
    time_frame: str = ""
    access_criteria: str = ""
    url: str = ""
