"""Our closed lists in the code systems of FHIR R4, and texts as FHIR takes them.

A code is given only where it says what we know, no more. R4 asks for a status and has no word for "not
known", "by invitation" or "not yet recruiting" (R5 has; "approved" would claim that an ethics committee has
agreed, which ClinicalTrials.gov does not ask before it registers a study). There the element holds the
reason for its absence (http://hl7.org/fhir/R4/extension-data-absent-reason.html), and the extension beside it
our exact word.
"""

import re
from typing import Any

from django.conf import settings

from trials.choices import Phase, Sex, Status

Json = dict[str, Any]

STATUS = {
    Status.RECRUITING: "active",
    Status.ACTIVE_NOT_RECRUITING: "closed-to-accrual",
    Status.SUSPENDED: "temporarily-closed-to-accrual",
    Status.COMPLETED: "completed",
    Status.TERMINATED: "administratively-completed",
    Status.WITHDRAWN: "withdrawn",
}
"""http://hl7.org/fhir/R4/codesystem-research-study-status.html beside ClinicalTrials.gov's glossary.

active: "opened for accrual". closed-to-accrual: "closed for accrual; patients can be examined and treated".
administratively-completed: "completed prematurely and will not resume; patients are no longer examined nor
treated", word for word ClinicalTrials.gov's "Terminated". Nothing but RECRUITING is ever active.
"""
PHASES = {
    (Phase.EARLY_PHASE1,): ("early-phase-1", "Early Phase 1"),
    (Phase.PHASE1,): ("phase-1", "Phase 1"),
    (Phase.PHASE1, Phase.PHASE2): ("phase-1-phase-2", "Phase 1/Phase 2"),
    (Phase.PHASE2,): ("phase-2", "Phase 2"),
    (Phase.PHASE2, Phase.PHASE3): ("phase-2-phase-3", "Phase 2/Phase 3"),
    (Phase.PHASE3,): ("phase-3", "Phase 3"),
    (Phase.PHASE4,): ("phase-4", "Phase 4"),
    (Phase.NA,): ("n-a", "N/A"),
}
"""http://hl7.org/fhir/R4/codesystem-research-study-phase.html"""
PURPOSES = {
    "TREATMENT": "treatment",
    "PREVENTION": "prevention",
    "DIAGNOSTIC": "diagnostic",
    "SUPPORTIVE_CARE": "supportive-care",
    "SCREENING": "screening",
    "HEALTH_SERVICES_RESEARCH": "health-services-research",
    "BASIC_SCIENCE": "basic-science",
    "DEVICE_FEASIBILITY": "device-feasibility",
}
"""http://hl7.org/fhir/R4/codesystem-research-study-prim-purp-type.html; others are left out."""
GENDERS = {Sex.FEMALE: "female", Sex.MALE: "male"}
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
MESH = f"{TERMINOLOGY}/MSH"
ICD_10 = "http://hl7.org/fhir/sid/icd-10"
UCUM = "http://unitsofmeasure.org"
LOINC = "http://loinc.org"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
LONGEST = 1_048_576
"""Characters of a string in R4 ("SHALL NOT exceed 1MB in size")."""
_NO_TEXT = re.compile(r"[^\S \r\n\t]|[\x00-\x08\x0b\x0c\x0e-\x1f]")


def text(words: str) -> str:
    """A string as R4 allows it: no other white space than blanks, tabs and line ends, and not too long."""
    return _NO_TEXT.sub(" ", words)[:LONGEST].strip()


def concept(words: str, system: str = "", code: str = "", display: str = "") -> Json:
    """A CodeableConcept: its words, and a code where there is one."""
    coding = {"system": system, "code": code, **({"display": display} if display else {})}
    return ({"coding": [coding]} if code else {}) | ({"text": text(words)} if text(words) else {})


def recruitment(status: str) -> list[Json]:
    """The exact word, for the study and each place; [] where none is stated."""
    url = f"{settings.SITE_URL}/open-data/#recruitment-status"
    return [{"url": url, "valueCode": str(status)}] if status else []


def study_status(status: Status) -> Json:
    """`status` where R4 has a word for it, else why there is none."""
    if status in STATUS:
        return {"status": STATUS[status]}
    reason = "unknown" if status in (Status.UNKNOWN, Status.WITHHELD) else "unsupported"
    return {"_status": {"extension": [{"url": ABSENT, "valueCode": reason}]}}


def phase(phases: list[str]) -> Json | None:
    """The official code; words alone for combinations that it has none for."""
    if not phases:
        return None
    code, display = PHASES.get(tuple(map(Phase, phases)), ("", ""))
    words = display or "/".join(str(Phase(one).value) for one in phases)
    return concept(words, f"{TERMINOLOGY}/research-study-phase", code, display)


def dotted(icd10: str) -> str:
    """`C833` as ICD-10 itself writes it: C83.3."""
    return f"{icd10[:3]}.{icd10[3:]}" if len(icd10) > 3 else icd10
