"""A study of API v2 as a `TrialRecord`: one function a module of the study."""

from typing import Any

import msgspec

from importers.records import ParseError
from importers.registries.ctgov import lenient, papers, shape
from importers.registries.ctgov.eligibility import split
from importers.registries.ctgov.identity import decoded
from importers.registries.ctgov.people import contact, site
from importers.registries.ctgov.results import posted
from importers.registries.ctgov.values import Day, read
from importers.registries.slugs import Registry
from importers.text.cleaning import clean
from trials.choices import Status, StudyType
from trials.plain_text import is_plain
from trials.record import Arm, Intervention, Notice, Outcome, PartialDate, SecondaryId, TrialRecord

STUDY_URL = "https://clinicaltrials.gov/study/"
ENROLLMENT_NOT_STATED = 99_999_999
IS_ACTUAL = {"ACTUAL": True, "ESTIMATED": False}
EXPANDED_ACCESS_STATUSES = (
    Status.AVAILABLE,
    Status.NO_LONGER_AVAILABLE,
    Status.TEMPORARILY_NOT_AVAILABLE,
    Status.APPROVED_FOR_MARKETING,
)
"""The registry's data dictionary keeps these for expanded access records."""

ORG_STUDY_ID = "ORG_STUDY_ID"
_ENCODER = msgspec.json.Encoder(enc_hook=str)
_UNHOLDABLE = (rb"\u", rb"\b", rb"\f")
"""How JSON writes the control characters that `clean` drops; other escapes it has no need of."""

Fields = dict[str, Any]
"""Some fields of a `TrialRecord`, from one module of the study."""


def parse(raw: bytes) -> TrialRecord:
    """The study as a record, or `ParseError` naming the field (a path in the study) and its value."""
    return parse_value(decoded(raw))


def parse_value(value: Any) -> TrialRecord:
    """`parse` for a study decoded already."""
    study = _as_it_stands(value)
    return _record(study) if study else _record(*lenient.study(_tidy(value)))


def _as_it_stands(value: Any) -> shape.StudyJson | None:
    """The study where none of it needs tidying, as nearly always; else None."""
    try:
        study = msgspec.convert(value, shape.StudyJson, dec_hook=read)
        text = _ENCODER.encode(study)
    except (msgspec.ValidationError, UnicodeEncodeError):
        return None
    return None if any(escape in text for escape in _UNHOLDABLE) or not is_plain(text) else study


def _tidy(value: Any) -> Any:
    """Clean every text; what is null is not stated."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if isinstance(value, dict):
        return {key: _tidy(item) for key, item in value.items() if item is not None}
    return value


def _record(study: shape.StudyJson, notices: tuple[Notice, ...] = ()) -> TrialRecord:
    protocol = study.protocol_section
    return TrialRecord(
        registry=Registry.CTGOV,
        **_identity(protocol.identification_module, protocol.status_module.overall_status),
        **_status(protocol.status_module),
        **_sponsors(protocol.sponsor_collaborators_module),
        **_description(protocol.description_module, protocol.conditions_module),
        **_design(protocol.design_module, protocol.status_module),
        **_treatment(protocol.arms_interventions_module, protocol.outcomes_module),
        **_eligibility(protocol.eligibility_module),
        **_people(protocol.contacts_locations_module),
        **_afterwards(study),
        mesh_ids=tuple(mesh.id for mesh in study.derived_section.condition_browse_module.meshes),
        removed_countries=study.derived_section.misc_info_module.removed_countries,
        notices=notices,
    )


def _title(module: shape.Identification, status: Status) -> str:
    """The brief title, else the official one; a withheld study has neither, and goes by its number."""
    title = module.brief_title or module.official_title
    if not title and status != Status.WITHHELD:
        raise ParseError(module.nct_id, "protocolSection.identificationModule.briefTitle", "missing")
    return title or module.nct_id


def _identity(module: shape.Identification, status: Status) -> Fields:
    own = SecondaryId(module.org_study_id_info.id, ORG_STUDY_ID, module.organization.full_name)
    others = (SecondaryId(other.id, other.type, other.domain) for other in module.secondary_id_infos)
    return {
        "registry_id": module.nct_id,
        "url": STUDY_URL + module.nct_id,
        "title": _title(module, status),
        "aliases": module.nct_id_aliases,
        "secondary_ids": tuple(secondary for secondary in (own, *others) if secondary.value),
        "official_title": module.official_title,
        "acronym": module.acronym,
    }


def _status(module: shape.StatusModule) -> Fields:
    return {
        "status": module.overall_status,
        "last_updated": module.last_update_post_date_struct.date,
        "why_stopped": module.why_stopped,
        "registered": _stated(module.study_first_post_date_struct.date),
        "start": _stated(module.start_date_struct.date),
        "primary_completion": _stated(module.primary_completion_date_struct.date),
        "completion": _stated(module.completion_date_struct.date),
        "completion_is_actual": IS_ACTUAL.get(module.completion_date_struct.type),
        "verified": _stated(module.status_verified_date),
        "results_posted": _stated(module.results_first_post_date_struct.date),
        "results_delay": _stated(module.disp_first_submit_date or module.disp_first_post_date_struct.date),
        "last_known_status": module.last_known_status,
        "expanded_access": papers.expanded_access(module.expanded_access_info),
    }


def _stated(day: Day) -> PartialDate | None:
    return PartialDate(str(day)) if day else None


def _sponsors(module: shape.Sponsors) -> Fields:
    return {
        "sponsor": module.lead_sponsor.name,
        "sponsor_kind": module.lead_sponsor.kind,
        "collaborators": tuple(sponsor.name for sponsor in module.collaborators),
        "responsible_party": papers.responsible_party(module.responsible_party),
    }


def _description(module: shape.Description, conditions: shape.Conditions) -> Fields:
    return {
        "summary": module.brief_summary,
        "description": module.detailed_description,
        "conditions": conditions.conditions,
        "keywords": conditions.keywords,
    }


def _design(module: shape.Design, status: shape.StatusModule) -> Fields:
    info, enrollment = module.design_info, module.enrollment_info
    expanded = StudyType.EXPANDED_ACCESS if status.overall_status in EXPANDED_ACCESS_STATUSES else None
    return {
        "study_type": module.study_type or expanded,
        "design": _in_words(info),
        "phases": module.phases,
        "primary_purpose": info.primary_purpose,
        "enrollment": None if enrollment.count == ENROLLMENT_NOT_STATED else enrollment.count,
        "enrollment_is_actual": IS_ACTUAL.get(enrollment.type),
    }


def _in_words(info: shape.DesignInfo) -> str:
    """The design in the registry's own words: "Randomized, parallel, double masking"."""
    masking = info.masking_info.masking
    words = [
        info.allocation if info.allocation != "NA" else "",  # one group: nothing to allocate
        info.intervention_model,
        info.observational_model,
        info.time_perspective,
        "open label" if masking == "NONE" else f"{masking} masking" if masking else "",
    ]
    return ", ".join(filter(None, words)).replace("_", " ").capitalize()


def _treatment(module: shape.ArmsInterventions, outcomes: shape.Outcomes) -> Fields:
    primary = [Outcome(o.measure, o.time_frame, primary=True) for o in outcomes.primary_outcomes]
    others = (*outcomes.secondary_outcomes, *outcomes.other_outcomes)
    return {
        "arms": tuple(Arm(a.label, a.type, a.description, a.intervention_names) for a in module.arm_groups),
        "interventions": tuple(
            Intervention(i.name, i.type, i.description, i.other_names) for i in module.interventions
        ),
        "outcomes": (*primary, *(Outcome(o.measure, o.time_frame) for o in others)),
    }


def _eligibility(module: shape.Eligibility) -> Fields:
    inclusion, exclusion = split(module.eligibility_criteria)
    return {
        "eligibility": module.eligibility_criteria,
        "inclusion": inclusion,
        "exclusion": exclusion,
        "sex": module.sex,
        "min_age_years": module.minimum_age.years,
        "max_age_years": module.maximum_age.years,
        "min_age": str(module.minimum_age),
        "max_age": str(module.maximum_age),
        "healthy_volunteers": module.healthy_volunteers,
    }


def _people(module: shape.ContactsLocations) -> Fields:
    return {
        "countries": tuple(dict.fromkeys(place.country for place in module.locations if place.country)),
        "sites": tuple(dict.fromkeys(site(location) for location in module.locations)),
        "contacts": tuple(contact(person) for person in module.central_contacts),
        "officials": tuple(contact(person) for person in module.overall_officials),
    }


def _afterwards(study: shape.StudyJson) -> Fields:
    """What came of the trial: results, papers, documents; who watches over it, and who gets its data."""
    protocol = study.protocol_section
    references, number = protocol.references_module, protocol.identification_module.nct_id
    return {
        "has_results": study.has_results,
        "results": posted(study.results_section),
        "results_sent": papers.sent(study.annotation_section),
        "papers": papers.papers(references),
        "links": papers.links(references),
        "documents": papers.documents(study.document_section, number),
        "monitoring_committee": protocol.oversight_module.oversight_has_dmc,
        "data_sharing": papers.data_sharing(protocol.ipd_sharing_statement_module),
    }
