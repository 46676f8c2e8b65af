"""A study with posted results in the shape of ClinicalTrials.gov API v2, small and invented."""

from typing import Any

from tests.studies import study

Json = dict[str, Any]
NUMBER = "NCT99000001"


def counts(*values: str) -> list[Json]:
    """A number for each outcome group: OG000, OG001, ..."""
    return [{"groupId": f"OG{n:03}", "value": value} for n, value in enumerate(values)]


def measure(*cells: Json, **changes: Any) -> Json:
    """A main outcome that counts people in two groups of 40 and 12."""
    return {
        "type": "PRIMARY",
        "title": "Overall response",
        "description": "Scans after \\>=28 days",
        "reportingStatus": "POSTED",
        "paramType": "COUNT_OF_PARTICIPANTS",
        "unitOfMeasure": "Participants",
        "timeFrame": "3 months",
        "groups": [{"id": "OG000", "title": "Low dose"}, {"id": "OG001", "title": "High dose"}],
        "denoms": [{"units": "Participants", "counts": counts("40", "12")}],
        "classes": [{"categories": [{"measurements": list(cells) or counts("28", "12")}]}],
    } | changes


def flow() -> Json:
    def line(kind: str, *numbers: str) -> Json:
        return {
            "type": kind,
            "achievements": [
                {"groupId": f"FG{n:03}", "numSubjects": number} for n, number in enumerate(numbers)
            ],
        }

    milestones = [line("STARTED", "40", "12"), line("COMPLETED", "30", "9")]
    return {
        "groups": [{"id": "FG000", "title": "Low dose"}, {"id": "FG001", "title": "High dose"}],
        "periods": [{"title": "Overall Study", "milestones": milestones}],
    }


def event(term: str, *numbers: tuple[int | None, int]) -> Json:
    """How many of how many had it, group by group."""
    stats = [
        {"groupId": f"EG{n:03}", "numAtRisk": of} | ({} if affected is None else {"numAffected": affected})
        for n, (affected, of) in enumerate(numbers)
    ]
    return {"term": term, "organSystem": "Immune system disorders", "stats": stats}


def adverse_events(**changes: Any) -> Json:
    return {
        "frequencyThreshold": "5",
        "timeFrame": "2 years",
        "eventGroups": [
            {
                "id": "EG000",
                "title": "Low dose",
                "deathsNumAffected": 3,
                "deathsNumAtRisk": 40,
                "seriousNumAffected": 20,
                "seriousNumAtRisk": 40,
                "otherNumAffected": 40,
                "otherNumAtRisk": 40,
            },
            {"id": "EG001", "title": "High dose"},
        ],
        "seriousEvents": [
            event("Sepsis", (1, 40), (0, 12)),
            event("Cytokine release syndrome", (9, 40), (None, 12)),
        ],
        "otherEvents": [event("Headache", (5, 40)), event("Neurotoxicity", (4, 40), (2, 12))],
    } | changes


def with_results(*measures: Json, number: str = NUMBER, **sections: Any) -> Json:
    """A completed study with results; `sections` are changes of its results."""
    made = study(
        number,
        statusModule={
            "overallStatus": "COMPLETED",
            "resultsFirstPostDateStruct": {"date": "2026-05-04", "type": "ACTUAL"},
        },
    )
    results = {
        "participantFlowModule": flow(),
        "outcomeMeasuresModule": {"outcomeMeasures": list(measures) or [measure()]},
        "adverseEventsModule": adverse_events(),
    } | sections
    return made | {"hasResults": True, "resultsSection": results}


def reference(pmid: str, kind: str = "RESULT", **changes: Any) -> Json:
    return {"pmid": pmid, "type": kind, "citation": f"Paper {pmid}"} | changes
