"""This week in Indian CAR T: sentences, a line a trial, and an honest quiet week."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from tests.pages import parsed
from trials.browse.updates import UpdatesQuery
from trials.browse.week import this_week
from trials.models import RegistrySource, Trial, TrialEvent

pytestmark = pytest.mark.django_db
Kind = TrialEvent.Kind
TATA = "Tata Memorial Hospital, Mumbai, India"


def event(trial: Trial, kind: str, days: float = 1, **columns: Any) -> None:
    TrialEvent.objects.create(trial=trial, kind=kind, at=timezone.now() - timedelta(days=days), **columns)


def in_india(number: int = 1) -> Trial:
    return make_trial(f"NCT0000000{number}", conditions=["lbcl"], targets=["CD19"], sites=[site("Tata")])


def sentences(language: str = "en") -> list[tuple[str, list[str]]]:
    with translation.override(language):
        return [
            (line.words, [trial.primary_id for trial in line.trials])
            for line in this_week(UpdatesQuery()).sentences
        ]


def test_trials_that_changed_alike_are_one_sentence() -> None:
    for number in (1, 2):
        event(in_india(number), Kind.SITE_OPENED, after=TATA)
    ids = ["NCT00000001", "NCT00000002"]
    assert sentences() == [("Two trials began recruiting at Tata Memorial Hospital, Mumbai.", ids)]
    hindi = "दो ट्रायलों ने Tata Memorial Hospital, Mumbai में मरीज़ लेना शुरू किया।"
    assert sentences("hi") == [(hindi, ids)]


def test_one_trial_is_one() -> None:
    event(in_india(), Kind.SITE_CLOSED, after=TATA)
    assert [words for words, _ in sentences()] == [
        "One trial stopped recruiting at Tata Memorial Hospital, Mumbai."
    ]
    assert [words for words, _ in sentences("hi")] == [
        "एक ट्रायल ने Tata Memorial Hospital, Mumbai में मरीज़ लेना बंद किया।"
    ]


def test_several_events_of_a_trial_are_one_line_each_once(client: Client) -> None:
    trial = in_india()
    event(trial, Kind.STATUS_CHANGED, 3, before="NOT_YET_RECRUITING", after="RECRUITING")
    event(trial, Kind.SITE_OPENED, 2, after=TATA)
    event(trial, Kind.SITE_OPENED, 1, after=TATA)
    assert sentences() == [("", ["NCT00000001"])]
    (line,) = parsed(client.get("/changes/")).xpath("//section[@aria-labelledby='week']//li")
    assert " ".join(line.text_content().split()) == (
        "CD19 CAR T for large B-cell lymphoma – "
        'status changed from "Not yet recruiting" to "Recruiting" · '
        f"site began recruiting: {TATA}"
    )


def test_trials_and_places_abroad_stay_below() -> None:
    event(make_trial(sites=[site("X", "Houston", "Texas", "United States")]), Kind.STATUS_CHANGED)
    event(in_india(), Kind.SITE_OPENED, after="MD Anderson, Houston, United States")
    assert sentences() == []


def test_hospital_that_was_the_last_in_india_is_told() -> None:
    trial = make_trial("NCT00000001", sites=[site("X", "Houston", "Texas", "United States")])
    event(trial, Kind.SITE_REMOVED, before=TATA)
    assert sentences() == [("", ["NCT00000001"])]


def test_older_changes_are_not_of_this_week() -> None:
    event(in_india(), Kind.SITE_OPENED, days=7.1, after=TATA)
    assert sentences() == []


def test_hospitals_own_word_is_told_as_its_own() -> None:
    event(in_india(), Kind.SAID_FULL, after="Tata Memorial Hospital, Mumbai")
    assert [words for words, _ in sentences()] == [
        "One trial is full for now at Tata Memorial Hospital, Mumbai, says the hospital."
    ]


def test_first_sightings_are_one_folded_line(client: Client) -> None:
    for number in (1, 2):
        event(in_india(number), Kind.LISTED)
    page = parsed(client.get("/changes/"))
    (fold,) = page.xpath("//section[@aria-labelledby='week']/details")
    assert " ".join(fold.xpath("string(summary)").split()) == "2 trials in India first seen here"
    assert len(fold.xpath(".//li")) == 2


def test_quiet_week_says_so_and_when_the_registries_were_read(client: Client) -> None:
    RegistrySource.objects.create(registry=Registry.CTGOV, last_good_at=timezone.now())
    (week,) = parsed(client.get("/changes/")).xpath("//section[@aria-labelledby='week']")
    said, read = (" ".join(text.text_content().split()) for text in week.xpath("./p"))
    today = timezone.localdate()
    assert said == "Nothing changed on trials in India this week."
    assert read == (
        f"The registries were read on: ClinicalTrials.gov: {today.day} {today:%b %Y} · CTRI: not read yet"
    )


@pytest.mark.parametrize("query", ["kind=listed", "condition=lbcl", "page=2", "phase=PHASE1"])
def test_week_stands_above_the_newest_changes_alone(client: Client, query: str) -> None:
    assert client.get(f"/changes/?{query}").context["week"] is None


def test_openings_come_first_then_the_newest() -> None:
    event(in_india(1), Kind.SITE_OPENED, 3, after=TATA)
    event(in_india(2), Kind.SITE_CLOSED, 2, after=TATA)
    event(in_india(3), Kind.SAID_FULL, 1, after="Apollo Hospital, Chennai")
    assert [ids for _, ids in sentences()] == [["NCT00000001"], ["NCT00000003"], ["NCT00000002"]]


def test_first_page_names_what_opened_and_still_is(client: Client) -> None:
    event(in_india(1), Kind.SITE_OPENED, after=TATA)
    event(
        make_trial("NCT00000002", status="UNKNOWN", sites=[site("B")]),
        Kind.SITE_OPENED,
        after="B, Pune, India",
    )
    (said,) = parsed(client.get("/")).xpath("//p[@class='note'][a[@href='/changes/']]/text()[1]")
    assert said.strip() == "One trial began recruiting at Tata Memorial Hospital, Mumbai."
