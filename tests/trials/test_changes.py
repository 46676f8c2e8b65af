"""What has changed: the page by day, its filters, and the feed."""

from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import AT, make_trial, site
from tests.snapshots import MADE
from trials.browse.updates import ALIKE, LAST_PAGE, PAGE_SIZE
from trials.models import Trial, TrialEvent
from trials.search.snapshot.columns import MANY_LISTED

pytestmark = pytest.mark.django_db
Kind = TrialEvent.Kind
ATOM = "{http://www.w3.org/2005/Atom}"


def event(trial: Trial, kind: str = Kind.STATUS_CHANGED, at: datetime = AT, **columns: Any) -> TrialEvent:
    if kind == Kind.STATUS_CHANGED:
        columns = {"before": "RECRUITING", "after": "COMPLETED"} | columns
    return TrialEvent.objects.create(trial=trial, kind=kind, at=at, **columns)


def text(client: Client, path: str = "/changes/") -> str:
    return " ".join(client.get(path).content.decode().split())


def told(client: Client, path: str = "/changes/") -> list[tuple[str, str, list[tuple[str, int]]]]:
    return [
        (str(day.day), lines[0].event.trial.primary_id, [(line.event.kind, line.number) for line in lines])
        for day in client.get(path).context["days"]
        for lines in day.trials
    ]


def entries(client: Client, path: str) -> list[dict[str, str]]:
    # Only our own answer is parsed.
    feed = ElementTree.fromstring(client.get(path).content)  # noqa: S314
    return [
        {part: entry.findtext(f"{ATOM}{part}", "") for part in ("title", "summary", "id")}
        for entry in feed.iter(f"{ATOM}entry")
    ]


def test_changes_stand_by_day_and_trial_newest_first(client: Client) -> None:
    one, other = make_trial("NCT00000001"), make_trial("NCT00000002")
    event(one, Kind.LISTED, AT - timedelta(days=1))
    event(one)
    event(other, Kind.PHASE_CHANGED, after="PHASE2")
    event(one, Kind.SITE_OPENED, after="CMC")
    assert told(client) == [
        ("2026-11-01", "NCT00000001", [("site_opened", 1), ("status_changed", 1)]),
        ("2026-11-01", "NCT00000002", [("phase_changed", 1)]),
        ("2026-10-31", "NCT00000001", [("listed", 1)]),
    ]


def test_trials_with_a_site_in_india_come_first_and_first_sightings_are_folded(client: Client) -> None:
    abroad, india, seen = (
        make_trial("NCT00000001"),
        make_trial("NCT00000002", sites=[site("A")]),
        make_trial(),
    )
    for trial, kind in ((india, Kind.STATUS_CHANGED), (abroad, Kind.STATUS_CHANGED), (seen, Kind.LISTED)):
        event(trial, kind)
    (day,) = client.get("/changes/").context["days"]
    ids = [[lines[0].event.trial.primary_id for lines in part] for part in (day.changed, day.first_seen)]
    assert ids == [["NCT00000002", "NCT00000001"], [seen.primary_id]]


def test_results_and_papers_are_changes_of_their_own(client: Client) -> None:
    trial = make_trial("NCT00000001")
    event(trial, Kind.RESULTS_POSTED, AT - timedelta(days=1), after="2026-10-30")
    event(trial, Kind.PAPER_ADDED, after="Example A. CAR T cells. 2026.")
    assert [lines for _, _, lines in told(client)] == [[("paper_added", 1)], [("results_posted", 1)]]
    assert [lines for _, _, lines in told(client, "/hi/changes/?kind=paper_added")] == [[("paper_added", 1)]]
    assert "2026-10-30" not in text(client) + entries(client, "/changes/feed/")[1]["summary"]
    assert client.get("/trials/NCT00000001/").status_code == 200


def test_days_are_those_of_india(client: Client) -> None:
    event(make_trial("NCT00000001"), at=AT.replace(hour=20))
    assert [day for day, *_ in told(client)] == ["2026-11-02"]


def test_many_alike_become_one_line(client: Client) -> None:
    trial = make_trial("NCT00000001")
    for number in range(ALIKE + 1):
        event(trial, Kind.SITE_ADDED, after=f"Place {number}")
    assert told(client) == [("2026-11-01", "NCT00000001", [("site_added", ALIKE + 1)])]


def test_trials_that_are_not_listed_stay_out(client: Client) -> None:
    event(make_trial(role="not_car_t"))
    assert told(client) == []
    assert "No change of this kind has been seen yet." in text(client)
    assert entries(client, "/changes/feed/") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=status_changed", ["NCT00000001"]),
        ("condition=b-nhl", ["NCT00000001"]),
        ("place=india", ["NCT00000002"]),
        ("condition=aml", []),
        ("kind=listed&condition=&place=&page=", ["NCT00000002"]),
    ],
)
def test_filters_narrow_page_and_feed(client: Client, query: str, found: list[str]) -> None:
    event(make_trial("NCT00000001", conditions=["lbcl"]))
    event(make_trial("NCT00000002", conditions=["lupus"], sites=[site("A")]), Kind.LISTED)
    assert [trial for _, trial, _ in told(client, f"/changes/?{query}")] == found
    assert [entry["title"].split()[0] for entry in entries(client, f"/changes/feed/?{query}")] == found


@pytest.mark.parametrize("path", ["/changes/", "/hi/changes/feed/"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "x"),
        ("condition", "%00x"),
        ("place", "mars"),
        ("page", "0"),
        ("page", "²"),
        ("page", "9" * 30),
    ],
)
def test_unknown_values_are_a_400_that_names_them(client: Client, path: str, name: str, value: str) -> None:
    page = client.get(f"{path}?{name}={value}")
    assert (page.status_code, page.context["parameter"]) == (400, name)


def test_first_import_is_told_as_a_number(client: Client) -> None:
    trial, *others = (make_trial(f"NCT{number:08}") for number in range(1, MANY_LISTED + 1))
    TrialEvent.objects.bulk_create(
        [TrialEvent(trial=one, kind=Kind.LISTED, at=AT) for one in (trial, *others)]
    )
    event(trial)
    assert told(client) == [("2026-11-01", "NCT00000001", [("status_changed", 1)])]
    assert f"1 Nov 2026 {MANY_LISTED} " in text(client)
    assert [lines for _, _, lines in told(client, "/changes/?kind=listed")] == [[("listed", 1)]] * PAGE_SIZE
    assert len(entries(client, "/changes/feed/")) == 1


def test_pages_lead_to_older_ones_and_no_further_than_the_last(client: Client) -> None:
    trial = make_trial()
    for number in range(PAGE_SIZE + 1):
        event(trial, at=AT - timedelta(days=number))
    assert (len(told(client)), len(told(client, "/changes/?page=2"))) == (PAGE_SIZE, 1)
    assert ('rel="next"' in text(client), 'rel="next"' in text(client, "/changes/?page=2")) == (True, False)
    assert told(client, f"/changes/?page={LAST_PAGE}") == []


def test_feed_tells_in_the_language_of_its_address(client: Client) -> None:
    event(make_trial("NCT00000001", title="CAR T & <b>B</b>"))
    (english,), (hindi,) = entries(client, "/changes/feed/"), entries(client, "/hi/changes/feed/")
    assert english["title"] == "NCT00000001 CAR T & <b>B</b>"
    assert english["summary"] == 'status changed from "Recruiting" to "Completed"'
    assert hindi["summary"].startswith("स्थिति")
    assert hindi["id"] == english["id"]


def test_feed_never_tells_of_samples(client: Client) -> None:
    event(make_trial(sample=True))
    assert (len(told(client)), entries(client, "/changes/feed/")) == (1, [])


def test_page_names_its_feed_with_the_filters(client: Client) -> None:
    assert 'type="application/atom+xml" href="/changes/feed/?condition=lbcl"' in text(
        client, "/changes/?condition=lbcl"
    )


@pytest.mark.parametrize(("path", "most"), [("/changes/", MADE + 4), ("/changes/feed/", MADE + 2)])
def test_changes_ask_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    for _ in range(12):
        event(make_trial(conditions=["lbcl"], sites=[site("A")]))
    with django_assert_num_queries(most):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("hiv=ok&lines=1", ["NCT00000002"]),
        ("investigator=rao", ["NCT00000001"]),
        ("kind=status_changed&phase=PHASE1&phase=PHASE2", ["NCT00000001"]),
        ("q=nothing+like+zebra", []),
        ("disease=other", []),
    ],
)
def test_page_and_feed_take_the_parameters_of_a_search(client: Client, query: str, ids: list[str]) -> None:
    barred = {"hiv": {"value": "excluded", "quote": "No HIV."}}
    officials = [{"name": "Dr Asha Rao"}]
    event(
        make_trial(
            "NCT00000001",
            conditions=["aml"],
            phases=["PHASE2"],
            eligibility=barred,
            details={"officials": officials},
        )
    )
    event(make_trial("NCT00000002", conditions=["aml"], phases=["PHASE3"]))
    assert [registry_id for _day, registry_id, _lines in told(client, f"/changes/?{query}")] == ids
    assert [entry["title"].split()[0] for entry in entries(client, f"/changes/feed/?{query}")] == ids
    assert client.get(f"/changes/?{query}").context["search_link"].startswith("/trials/?")


def test_changes_are_of_every_disease_unless_asked(client: Client) -> None:
    event(make_trial("NCT00000001", conditions=["lupus"]))
    assert len(told(client)) == 1
    assert client.get("/changes/").context["search_link"] == ""


def test_feed_carries_the_words_of_a_registry_as_plain_text(client: Client) -> None:
    trial = make_trial()
    TrialEvent.objects.create(trial=trial, kind="site_added", at=AT, after="<img src=x> Hospital, India")
    summary = ElementTree.fromstring(client.get("/changes/feed/").content).find(f".//{ATOM}summary")  # noqa: S314
    assert summary is not None
    assert (summary.get("type"), "<img src=x>" in (summary.text or "")) == ("text", True)
