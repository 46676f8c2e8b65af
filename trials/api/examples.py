"""An invented answer of each operation, for the document. A test holds them against the schemas."""

from typing import Any

from trials import languages

REGISTRATION = {"registry": "ctgov", "id": "NCT00000000"}
TRIAL: dict[str, Any] = {
    "id": "NCT00000000",
    "registrations": [
        REGISTRATION
        | {
            "url": "https://clinicaltrials.gov/study/NCT00000000",
            "status": "RECRUITING",
            "updated": "2026-10-01",
        }
    ],
    "title": "An invented trial of CD19 CAR T cells in lymphoma",
    "role": "gives_car_t",
    "conditions": ["lbcl"],
    "targets": ["CD19"],
    "cell_source": "autologous",
    "phases": ["PHASE1", "PHASE2"],
    "eligibility": {
        "hiv": {
            "value": "excluded",
            "limit": "",
            "quote": "Known HIV infection.",
            "words": {"en": "Cannot join", "hi": "शामिल नहीं हो सकते"},
        }
    },
    "status": "RECRUITING",
    "recruiting_in_india": True,
    "min_age_years": 18.0,
    "max_age_years": None,
    "sites": [
        {
            "hospital": "An invented hospital",
            "city": "Mumbai",
            "state": "Maharashtra",
            "country": "India",
            "status": "RECRUITING",
        }
    ],
    "last_updated": "2026-10-01",
    "published": True,
    "sample": True,
}
DETAIL: dict[str, Any] = {
    "page": "https://trials.example.org/trials/NCT00000000/",
    "sponsor": "An invented sponsor",
    "criteria": [
        REGISTRATION | {"text": "Adults with lymphoma. No HIV infection.", "inclusion": "", "exclusion": ""}
    ],
    "evidence": [
        REGISTRATION
        | {
            "axis": "targets",
            "label": "CD19",
            "by": "rules",
            "rule": "named",
            "field": "title",
            "quote": "CD19 CAR T cells",
        }
    ],
    "places": [
        REGISTRATION
        | {
            "site": "an-invented-hospital-mumbai",
            "hospital": "An invented hospital",
            "city": "Mumbai",
            "state": "Maharashtra",
            "open": True,
            "strength": "confirmed",
            "because": "",
            "registry_verified": "",
            "registry_updated": None,
            "ask_first": False,
            "hospital_said": {"said": "open", "at": "2026-11-01T12:00:00+05:30", "counts": True},
        }
    ],
    "has_results": False,
    "results_posted": None,
    "results": [],
    "papers": [],
}
CONDITION: dict[str, Any] = {
    "slug": "lbcl",
    "name": "Large B-cell lymphoma",
    "kind": "cancer",
    "group": "lymphoma",
    **{f"patient_name_{code}": "" for code in languages.codes()},
    "trials": 1,
}
SITE: dict[str, Any] = {
    "slug": "an-invented-hospital-mumbai",
    "hospital": "An invented hospital",
    "city": "Mumbai",
    "state": "Maharashtra",
    "latitude": 19.07,
    "longitude": 72.88,
    "trials": 1,
    "recruiting": 1,
}
REGISTRY: dict[str, Any] = {
    "registry": "ctgov",
    "name": "ClinicalTrials.gov",
    "registrations": 1,
    "read": "registry",
    "page_by_page": False,
    "listed": 1,
    "last_good_at": "2026-11-01T00:30:00Z",
    "last_good_from": "registry",
    "files_at": None,
    "last_tried_at": "2026-11-01T00:00:00Z",
    "last_try_failed": False,
    "late": False,
    "data_timestamp": "2026-10-31T09:00:05",
    "importing": False,
}
DUMP: dict[str, Any] = {
    "date": "2026-11-01",
    "created": "2026-11-01T01:00:00Z",
    "trials": 1,
    "data_version": "1-0000000000-2026110106",
    "files": [
        {
            "name": "trials.ndjson.gz",
            "url": "https://trials.example.org/api/v1/dumps/2026-11-01/trials.ndjson.gz",
            "bytes": 1000,
            "sha256": "0" * 64,
        }
    ],
}
ANSWERS: dict[str, dict[str, Any]] = {
    "trials": {
        "count": 1,
        "page": 1,
        "pages": 1,
        "page_size": 20,
        "next": None,
        "next_cursor": None,
        "results": [TRIAL],
        "facets": {"condition": {"lbcl": 1}, "recruiting": {"india": 1, "anywhere": 1}},
    },
    "trial": TRIAL | DETAIL,
    "conditions": {"count": 1, "results": [CONDITION]},
    "sites": {"count": 1, "results": [SITE]},
    "dumps": {"count": 1, "results": [DUMP]},
    "status": {
        "trials": 1,
        "recruiting_in_india": 1,
        "sample": True,
        "notice": "",
        "registries": [REGISTRY],
    },
}
