"""What we read of a ClinicalTrials.gov study, in API v2's own shape; a line a field.

Source: the OpenAPI description of API v2 (2.0.5). Names are the API's in snake case. Every field may
be missing, as the description says. A value that is not of its type here refuses the study where
`lenient.STRICT` names the field; elsewhere it is noted, and a word that no list knows stands as written.
Fields not named here are not read: the raw copy keeps them.
"""

from typing import Annotated, Literal

from msgspec import Meta, field

from importers.registries.ctgov.results_shape import (
    Annotations,
    DataSharingJson,
    Documents,
    ExpandedAccessInfo,
    Oversight,
    Party,
    References,
    Results,
)
from importers.registries.ctgov.shape_base import CompletionDate, NctNumber, PartialDate, PostDate, Shape
from importers.registries.ctgov.values import Age, Day
from trials.choices import Phase, Sex, Status, StudyType

AgencyClass = Literal[
    "NIH", "FED", "OTHER_GOV", "INDIV", "INDUSTRY", "NETWORK", "AMBIG", "OTHER", "UNKNOWN", ""
]
SecondaryIdType = Literal[
    "NIH",
    "FDA",
    "VA",
    "CDC",
    "AHRQ",
    "SAMHSA",
    "OTHER_GRANT",
    "EUDRACT_NUMBER",
    "CTIS",
    "REGISTRY",
    "OTHER",
    "",
]
InterventionType = Literal[
    "BEHAVIORAL",
    "BIOLOGICAL",
    "COMBINATION_PRODUCT",
    "DEVICE",
    "DIAGNOSTIC_TEST",
    "DIETARY_SUPPLEMENT",
    "DRUG",
    "GENETIC",
    "PROCEDURE",
    "RADIATION",
    "OTHER",
    "",
]
ArmType = Literal[
    "EXPERIMENTAL",
    "ACTIVE_COMPARATOR",
    "PLACEBO_COMPARATOR",
    "SHAM_COMPARATOR",
    "NO_INTERVENTION",
    "OTHER",
    "",
]
ContactRole = Literal[
    "STUDY_CHAIR", "STUDY_DIRECTOR", "PRINCIPAL_INVESTIGATOR", "SUB_INVESTIGATOR", "CONTACT", ""
]
Purpose = Literal[
    "TREATMENT",
    "PREVENTION",
    "DIAGNOSTIC",
    "ECT",
    "SUPPORTIVE_CARE",
    "SCREENING",
    "HEALTH_SERVICES_RESEARCH",
    "BASIC_SCIENCE",
    "DEVICE_FEASIBILITY",
    "OTHER",
    "",
]
Allocation = Literal["RANDOMIZED", "NON_RANDOMIZED", "NA", ""]
Model = Literal["SINGLE_GROUP", "PARALLEL", "CROSSOVER", "FACTORIAL", "SEQUENTIAL", ""]
Masking = Literal["NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE", ""]
ObservationalModel = Literal[
    "COHORT",
    "CASE_CONTROL",
    "CASE_ONLY",
    "CASE_CROSSOVER",
    "ECOLOGIC_OR_COMMUNITY",
    "FAMILY_BASED",
    "DEFINED_POPULATION",
    "NATURAL_HISTORY",
    "OTHER",
    "",
]
TimePerspective = Literal["RETROSPECTIVE", "PROSPECTIVE", "CROSS_SECTIONAL", "OTHER", ""]


class OrgStudyId(Shape, frozen=True):
    id: str = ""


class SecondaryIdJson(Shape, frozen=True):
    id: str = ""
    type: SecondaryIdType = ""
    domain: str = ""


class Organization(Shape, frozen=True):
    full_name: str = ""


class Identification(Shape, frozen=True):
    nct_id: NctNumber
    nct_id_aliases: tuple[NctNumber, ...] = ()
    org_study_id_info: OrgStudyId = OrgStudyId()
    secondary_id_infos: tuple[SecondaryIdJson, ...] = ()
    brief_title: str = ""
    official_title: str = ""
    acronym: str = ""
    organization: Organization = Organization()


class StatusModule(Shape, frozen=True):
    overall_status: Status
    status_verified_date: Day = Day()
    why_stopped: str = ""
    start_date_struct: PartialDate = PartialDate()
    primary_completion_date_struct: PartialDate = PartialDate()
    completion_date_struct: CompletionDate = CompletionDate()
    study_first_post_date_struct: PartialDate = PartialDate()
    last_update_post_date_struct: PostDate = PostDate()
    last_known_status: Status | None = None
    expanded_access_info: ExpandedAccessInfo = ExpandedAccessInfo()
    results_first_post_date_struct: PartialDate = PartialDate()
    disp_first_post_date_struct: PartialDate = PartialDate()
    disp_first_submit_date: Day = Day()


class Sponsor(Shape, frozen=True):
    name: str = ""
    kind: AgencyClass = field(name="class", default="")


class Sponsors(Shape, frozen=True):
    responsible_party: Party = Party()
    lead_sponsor: Sponsor = Sponsor()
    collaborators: tuple[Sponsor, ...] = ()


class Description(Shape, frozen=True):
    brief_summary: str = ""
    detailed_description: str = ""


class Conditions(Shape, frozen=True):
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class MaskingInfo(Shape, frozen=True):
    masking: Masking = ""


class DesignInfo(Shape, frozen=True):
    allocation: Allocation = ""
    intervention_model: Model = ""
    primary_purpose: Purpose = ""
    observational_model: ObservationalModel = ""
    time_perspective: TimePerspective = ""
    masking_info: MaskingInfo = MaskingInfo()


class Enrollment(Shape, frozen=True):
    count: Annotated[int, Meta(ge=0, lt=2**31)] | None = None
    type: Literal["ACTUAL", "ESTIMATED", ""] = ""


class Design(Shape, frozen=True):
    study_type: StudyType | None = None
    phases: tuple[Phase, ...] = ()
    design_info: DesignInfo = DesignInfo()
    enrollment_info: Enrollment = Enrollment()


class ArmJson(Shape, frozen=True):
    label: str = ""
    type: ArmType = ""
    description: str = ""
    intervention_names: tuple[str, ...] = ()


class InterventionJson(Shape, frozen=True):
    name: str = ""
    type: InterventionType = ""
    description: str = ""
    other_names: tuple[str, ...] = ()


class ArmsInterventions(Shape, frozen=True):
    arm_groups: tuple[ArmJson, ...] = ()
    interventions: tuple[InterventionJson, ...] = ()


class OutcomeJson(Shape, frozen=True):
    measure: str = ""
    time_frame: str = ""


class Outcomes(Shape, frozen=True):
    primary_outcomes: tuple[OutcomeJson, ...] = ()
    secondary_outcomes: tuple[OutcomeJson, ...] = ()
    other_outcomes: tuple[OutcomeJson, ...] = ()


class Eligibility(Shape, frozen=True):
    eligibility_criteria: str = ""
    healthy_volunteers: bool | None = None
    sex: Sex | None = None
    minimum_age: Age = Age()
    maximum_age: Age = Age()


class ContactJson(Shape, frozen=True):
    name: str = ""
    role: ContactRole = ""
    affiliation: str = ""
    phone: str = ""
    phone_ext: str = ""
    email: str = ""


class GeoPoint(Shape, frozen=True):
    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]


class Location(Shape, frozen=True):
    facility: str = ""
    status: Status | None = None
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""
    contacts: tuple[ContactJson, ...] = ()
    geo_point: GeoPoint | None = None


class ContactsLocations(Shape, frozen=True):
    central_contacts: tuple[ContactJson, ...] = ()
    overall_officials: tuple[ContactJson, ...] = ()
    locations: tuple[Location, ...] = ()


class Protocol(Shape, frozen=True):
    identification_module: Identification
    status_module: StatusModule
    sponsor_collaborators_module: Sponsors = Sponsors()
    description_module: Description = Description()
    conditions_module: Conditions = Conditions()
    design_module: Design = Design()
    arms_interventions_module: ArmsInterventions = ArmsInterventions()
    outcomes_module: Outcomes = Outcomes()
    eligibility_module: Eligibility = Eligibility()
    contacts_locations_module: ContactsLocations = ContactsLocations()
    references_module: References = References()
    oversight_module: Oversight = Oversight()
    ipd_sharing_statement_module: DataSharingJson = DataSharingJson()


class Mesh(Shape, frozen=True):
    id: str = ""


class ConditionBrowse(Shape, frozen=True):
    meshes: tuple[Mesh, ...] = ()


class Misc(Shape, frozen=True):
    removed_countries: tuple[str, ...] = ()


class Derived(Shape, frozen=True):
    condition_browse_module: ConditionBrowse = ConditionBrowse()
    misc_info_module: Misc = Misc()


class StudyJson(Shape, frozen=True):
    protocol_section: Protocol
    derived_section: Derived = Derived()
    results_section: Results | None = None
    document_section: Documents = Documents()
    annotation_section: Annotations = Annotations()
    has_results: bool | None = None
