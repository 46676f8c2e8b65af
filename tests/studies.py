"""Studies in the shape of ClinicalTrials.gov API v2, small, for tests that need several."""

import copy
import json
from pathlib import Path
from typing import Any

_STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT99000001",
            "orgStudyIdInfo": {"id": "EX-001"},
            "briefTitle": "CD19 CAR T Cells in Large B-cell Lymphoma",
        },
        "statusModule": {
            "overallStatus": "RECRUITING",
            "lastUpdatePostDateStruct": {"date": "2026-10-30", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Example Institute", "class": "OTHER"}},
        "descriptionModule": {"briefSummary": "Autologous CD19 CAR T cells are given once."},
        "conditionsModule": {"conditions": ["Large B-cell Lymphoma"]},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE1", "PHASE2"]},
        "armsInterventionsModule": {
            "interventions": [{"type": "BIOLOGICAL", "name": "CD19 CAR T cells"}],
        },
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n* Large B-cell lymphoma\n\n"
            "Exclusion Criteria:\n\n* Pregnancy",
            "sex": "ALL",
            "minimumAge": "18 Years",
        },
        "contactsLocationsModule": {
            "locations": [
                {"facility": "Example Hospital", "city": "Mumbai", "country": "India", "status": "RECRUITING"}
            ]
        },
    },
    "derivedSection": {"miscInfoModule": {"versionHolder": "2026-11-01"}},
    "hasResults": False,
}


def study(nct_id: str = "NCT99000001", **changes: Any) -> dict[str, Any]:
    """A study with parts replaced: `study(statusModule={"overallStatus": "COMPLETED"})` merges modules."""
    made = copy.deepcopy(_STUDY)
    section = made["protocolSection"]
    section["identificationModule"]["nctId"] = nct_id
    for module, content in changes.items():
        section[module] = section.get(module, {}) | content
    return made


def aspirin(nct_id: str = "NCT99000001") -> dict[str, Any]:
    """A study that our questions find, because it excludes people after CAR T, and that gives none."""
    return study(
        nct_id,
        identificationModule={"briefTitle": "Aspirin for Headache"},
        descriptionModule={"briefSummary": "Aspirin."},
        conditionsModule={"conditions": ["Headache"]},
        armsInterventionsModule={"interventions": [{"type": "DRUG", "name": "Aspirin"}]},
        eligibilityModule={"eligibilityCriteria": "Exclusion Criteria:\n\n* Earlier CAR T therapy"},
    )


def write_lines(path: Path, *studies: Any) -> Path:
    """Studies as JSON lines; a string is written as it is, for broken lines."""
    lines = (entry if isinstance(entry, str) else json.dumps(entry) for entry in studies)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
