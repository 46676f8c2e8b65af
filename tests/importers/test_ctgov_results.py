"""Results, papers and documents of a study: what is read, what is left out, and that nothing is refused."""

from typing import Any

import pytest

from importers.registries.ctgov import parse_value
from importers.registries.ctgov.results import (
    CUT,
    LONGEST,
    MOST_GROUPS,
    MOST_OUTCOMES,
    MOST_ROWS,
    MOST_SERIOUS,
)
from tests.result_studies import adverse_events, counts, event, measure, reference, with_results
from tests.studies import study
from trials.choices import Status
from trials.record import TrialRecord
from trials.results_record import (
    Counted,
    DataSharing,
    Denominator,
    Document,
    EventCount,
    ExpandedAccess,
    Link,
    Measured,
    OutcomeResult,
    Paper,
    PostedResults,
    ResponsibleParty,
)


def posted(*measures: dict[str, Any], **sections: Any) -> PostedResults:
    results = parse_value(with_results(*measures, **sections)).results
    assert results is not None
    return results


def only(outcome: dict[str, Any]) -> OutcomeResult:
    (found,) = posted(outcome).outcomes
    return found


def test_a_study_without_results_has_none() -> None:
    record = parse_value(study())
    assert (record.results, record.has_results, record.results_posted) == (None, False, None)


def test_an_outcome_keeps_its_numbers_as_written() -> None:
    limits = {"lowerLimit": "3.3", "upperLimit": "NA", "comment": "Not reached"}
    cell = {"groupId": "OG000", "value": "NA"} | limits
    words = {"paramType": "MEDIAN", "unitOfMeasure": "months", "dispersionType": "95% Confidence Interval"}
    found = only(measure(cell, **words))
    assert (found.parameter, found.unit, found.dispersion) == tuple(words.values())
    assert found.rows[0].cells == (Measured("OG000", "NA", "", "3.3", "NA", "Not reached"),)
    analysed = (Counted("OG000", "40"), Counted("OG001", "12"))
    assert found.denominators == (Denominator("Participants", analysed),)


def test_main_outcomes_come_first_and_exploratory_ones_are_counted() -> None:
    kinds = ["SECONDARY", "OTHER_PRE_SPECIFIED", "PRIMARY", "POST_HOC"]
    results = posted(*(measure(type=kind) for kind in kinds))
    assert [outcome.kind for outcome in results.outcomes] == ["PRIMARY", "SECONDARY"]
    assert results.more_outcomes == 2


def test_what_a_limit_leaves_out_is_counted() -> None:
    row = {"title": "Week 1", "categories": [{"measurements": counts("1", "1")}]}
    serious = [event(f"Event {n}", (1, 40)) for n in range(MOST_SERIOUS + 5)]
    results = posted(
        *[measure(classes=[row] * (MOST_ROWS + 3))] * (MOST_OUTCOMES + 2),
        adverseEventsModule=adverse_events(seriousEvents=serious),
    )
    assert (len(results.outcomes), results.more_outcomes) == (MOST_OUTCOMES, 2)
    assert (len(results.outcomes[0].rows), results.outcomes[0].more_rows) == (MOST_ROWS, 3)
    harms = results.side_effects
    assert harms
    assert (harms.serious_terms, sum(e.serious for e in harms.events)) == (MOST_SERIOUS + 5, MOST_SERIOUS)


def test_all_serious_events_are_kept_and_of_others_those_that_are_watched_for() -> None:
    harms = posted().side_effects
    assert harms
    assert [(e.term, e.serious) for e in harms.events] == [
        ("Cytokine release syndrome", True),
        ("Sepsis", True),
        ("Neurotoxicity", False),
    ]
    assert harms.events[0].counts == (EventCount("EG000", 9, 40), EventCount("EG001", None, 12))
    assert (harms.groups[0].deaths, harms.groups[0].serious_of, harms.groups[1].deaths) == (3, 40, None)
    assert (harms.threshold, harms.serious_terms, harms.other_terms) == ("5", 2, 2)


def test_papers_about_the_trial_come_first() -> None:
    module = {
        "references": [
            reference("1", "BACKGROUND"),
            reference("2", "DERIVED"),
            reference("3", retractions=[{"pmid": "4", "source": "Withdrawn"}]),
            {"type": "RESULT"},
        ],
        "seeAlsoLinks": [{"label": "Team", "url": "https://example.org"}, {"url": "javascript:alert(1)"}],
    }
    record = parse_value(study(referencesModule=module))
    assert record.papers == (
        Paper("Paper 2", "DERIVED", "2"),
        Paper("Paper 3", "RESULT", "3", ("Withdrawn",)),
        Paper("Paper 1", "BACKGROUND", "1"),
    )
    assert [link.address for link in record.links] == ["https://example.org", ""]
    assert record.links[0] == Link("https://example.org", "Team")


def test_a_document_is_at_the_address_the_registry_serves_it() -> None:
    file = {"label": "Consent", "filename": "ICF_000.pdf", "date": "2026-01-02", "hasIcf": True, "size": 9}
    section = {"documentSection": {"largeDocumentModule": {"largeDocs": [file]}}}
    made = study("NCT99000123") | section
    url = "https://cdn.clinicaltrials.gov/large-docs/23/NCT99000123/ICF_000.pdf"
    assert parse_value(made).documents == (Document("Consent", url, "2026-01-02", 9, consent_form=True),)


def test_who_answers_for_a_trial_is_read() -> None:
    record = parse_value(
        study(
            statusModule={
                "overallStatus": "UNKNOWN",
                "lastKnownStatus": "RECRUITING",
                "expandedAccessInfo": {"hasExpandedAccess": True, "nctId": "NCT99000009"},
                "dispFirstSubmitDate": "2025-01-02",
            },
            sponsorCollaboratorsModule={
                "responsibleParty": {"oldNameTitle": "Dr A", "oldOrganization": "Example Institute"}
            },
            oversightModule={"oversightHasDmc": False},
            ipdSharingStatementModule={
                "ipdSharing": "YES",
                "infoTypes": ["ICF"],
                "url": "https://example.org",
            },
        )
    )
    assert record.last_known_status == Status.RECRUITING
    assert record.expanded_access == ExpandedAccess(True, "NCT99000009")
    assert (record.results_delay, record.monitoring_committee) == ("2025-01-02", False)
    assert record.responsible_party == ResponsibleParty(name="Dr A", affiliation="Example Institute")
    assert record.data_sharing == DataSharing("YES", documents=("ICF",), url="https://example.org")


@pytest.mark.parametrize(
    ("acts", "day"),
    [
        ([("RELEASE", "2025-01-02"), ("RESET", "2025-02-03")], "2025-01-02"),
        ([("RELEASE", "2025-01-02"), ("UNRELEASE", "2025-02-03")], None),
        ([("RESET", "2025-02-03")], None),
    ],
)
def test_results_sent_and_not_posted(acts: list[tuple[str, str]], day: str | None) -> None:
    events = [{"type": kind, "date": date} for kind, date in acts]
    section = {"annotationModule": {"unpostedAnnotation": {"unpostedEvents": events}}}
    assert parse_value(study() | {"annotationSection": section}).results_sent == day


def noted(record: TrialRecord) -> list[str]:
    return [notice.field for notice in record.notices]


HOSTILE: list[tuple[dict[str, Any], str]] = [
    ({"resultsSection": []}, "resultsSection"),
    ({"resultsSection": {"outcomeMeasuresModule": {"outcomeMeasures": "none"}}}, "resultsSection"),
    (with_results(measure(paramType="MODE")), "resultsSection"),
    (with_results(measure({"groupId": "OG000", "value": 5})), "resultsSection"),
    (with_results(adverseEventsModule={"eventGroups": [{"seriousNumAffected": -1}]}), "resultsSection"),
    (with_results(adverseEventsModule={"eventGroups": [None, 3]}), "resultsSection"),
    ({"documentSection": {"largeDocumentModule": {"largeDocs": [{"filename": "../x"}]}}}, "documentSection"),
    ({"annotationSection": {"annotationModule": 5}}, "annotationSection"),
]


@pytest.mark.parametrize(("section", "where"), HOSTILE)
def test_what_cannot_be_read_is_a_notice(section: dict[str, Any], where: str) -> None:
    record = parse_value(study() | section)
    assert record.notices
    assert {field.split(".")[0] for field in noted(record)} == {where}


def test_odd_references_and_numbers_are_notices() -> None:
    module = {"references": [reference("1; DROP"), reference("2", "RUMOUR"), 7]}
    record = parse_value(study(referencesModule=module))
    assert [(paper.pmid, paper.kind) for paper in record.papers] == [("", "RESULT"), ("2", "RUMOUR")]
    assert len(noted(record)) == 3


def test_an_endless_text_or_table_is_cut_and_its_number_is_none() -> None:
    crowd = [{"groupId": f"OG{n}", "value": "1"} for n in range(5000)]
    endless = measure({"groupId": "OG000", "value": "1" * 100_000}, *crowd, title="x" * 100_000)
    (found,) = posted(endless).outcomes
    assert (len(found.title), len(found.rows[0].cells)) == (LONGEST + 1, MOST_GROUPS)
    assert found.rows[0].cells[0].value.endswith(CUT)
