"""The page of one trial: its addresses, what it tells, what it never lets through."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from importers.registries.slugs import Registry
from tests.builders import AT, make_trial, site
from tests.desk import person
from trials.choices import Role, Status
from trials.models import Trial, TrialEvent

pytestmark = pytest.mark.django_db

CTRI_ID = "CTRI/2023/03/050689"


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def sures(page: str) -> list[tuple[str, str]]:
    """How sure the page is of the trial and of each of its sites, and why where nothing is known."""
    return re.findall(r'data-sure="([a-z-]+)"(?:\s+data-because="([a-z-]+)")?', page)


@pytest.mark.parametrize("spelt", ["ctri/2023/03/050689", "CTRI-2023-03-050689", "ctri-2023-03-050689"])
def test_other_spellings_lead_to_the_one_address(client: Client, spelt: str) -> None:
    make_trial(CTRI_ID, registry=Registry.CTRI)
    page = client.get(f"/trials/{spelt}/")
    assert (page.status_code, page.headers["Location"]) == (301, f"/trials/{CTRI_ID}/")


def test_former_id_leads_to_the_trial(client: Client) -> None:
    make_trial("NCT00000001", aliases=["NCT00000009"])
    assert client.get("/trials/NCT00000009/").headers["Location"] == "/trials/NCT00000001/"


def test_unknown_trial_is_a_404_that_helps(client: Client) -> None:
    page = client.get("/trials/NCT00000001/")
    assert (page.status_code, page.templates[0].name) == (404, "404.html")


def test_trial_that_is_not_listed_is_for_staff_only(client: Client) -> None:
    make_trial("NCT00000001", role=Role.NOT_CAR_T)
    assert client.get("/trials/NCT00000001/").status_code == 404
    client.force_login(person())
    assert 'class="note unlisted" role="note"' in text(client, "/trials/NCT00000001/")


def test_sites_stand_india_first_and_open_cities_first(client: Client) -> None:
    sites = [
        site("Z", "Houston", "Texas", "United States"),
        site("B", "Chennai", "Tamil Nadu", status=Status.COMPLETED),
        site("A", "Mumbai"),
    ]
    page = client.get(f"/trials/{make_trial(sites=sites).primary_id}/")
    assert [city.name for city in page.context["cities"]] == ["Mumbai", "Chennai"]
    assert [(name, opened) for name, _, opened in page.context["abroad"]] == [("United States", 1)]


def test_site_without_a_status_is_not_shown_as_recruiting(client: Client) -> None:
    trial = make_trial(sites=[site("A", status="")])
    page = text(client, f"/trials/{trial.primary_id}/")
    assert sures(page) == [("not-known", "no-site"), ("not-known", "unstated")]


def test_site_of_a_trial_that_ended_is_not_shown_as_recruiting(client: Client) -> None:
    trial = make_trial(status=Status.COMPLETED, sites=[site("A")])
    page = text(client, f"/trials/{trial.primary_id}/")
    assert sures(page) == [("registry", ""), ("not-known", "unconfirmed")]


def test_cities_of_one_name_in_two_states_stay_apart(client: Client) -> None:
    sites = [site("A", "Aurangabad", "Bihar"), site("B", "Aurangabad", "Maharashtra")]
    page = client.get(f"/trials/{make_trial(sites=sites).primary_id}/")
    assert [city.state for city in page.context["cities"]] == ["bihar", "maharashtra"]


def test_contact_is_told_once_with_every_role(client: Client) -> None:
    person = {"name": "Dr A", "affiliation": "", "phone": "022 1234567 (office)", "email": "a@example.org"}
    contacts = [{**person, "role": role} for role in ("Scientific query", "Public query")]
    page = text(client, f"/trials/{make_trial(details={'contacts': contacts}).primary_id}/")
    assert page.count("Dr A") == 1
    assert '<a href="tel:0221234567"><span>Call</span> 022 1234567 (office)</a>' in page


def test_phone_without_a_number_is_no_link(client: Client) -> None:
    contact = {"name": "Dr A", "role": "", "affiliation": "", "phone": "ask at the desk", "email": ""}
    page = text(client, f"/trials/{make_trial(details={'contacts': [contact]}).primary_id}/")
    assert "ask at the desk" in page
    assert "tel:" not in page


def test_criteria_of_two_registries_are_never_mixed(client: Client) -> None:
    trial = make_trial("NCT00000001", details={"inclusion": "Adults."})
    make_trial(CTRI_ID, registry=Registry.CTRI, trial=trial, details={"exclusion": "Children."})
    page = client.get("/trials/NCT00000001/")
    assert [r.registry_id for r in page.context["criteria"]] == ["NCT00000001", CTRI_ID]


def test_label_is_explained_once_with_its_quotes(client: Client) -> None:
    why = [
        {"axis": "targets", "label": "CD19", "rule": "r", "field": field, "quote": "CD19"}
        for field in ("title", "official_title", "title")
    ]
    page = client.get(f"/trials/{make_trial(evidence=why).primary_id}/")
    told = [(reason.axis, reason.label, reason.quotes) for reason in page.context["reasons"]]
    assert told == [("targets", "CD19", [("CD19", "title"), ("CD19", "official_title")])]


def test_many_alike_changes_of_a_day_are_told_as_a_number(client: Client) -> None:
    trial = make_trial("NCT00000001")
    for n in range(5):
        trial.events.create(kind=TrialEvent.Kind.SITE_ADDED, at=AT, after=f"Hospital {n}")
    told = client.get("/trials/NCT00000001/").context["history"]
    assert [(one.event.kind, one.number) for one in told if one.event] == [("site_added", 5)]


def test_trial_of_six_hundred_sites_stays_light(client: Client) -> None:
    sites = [site(f"Hospital {n}", f"Town {n}", "", f"Country {n % 30}") for n in range(600)]
    trial = make_trial(sites=sites)
    page = client.get(f"/trials/{trial.primary_id}/", headers={"Accept-Encoding": "gzip"})
    assert len(page.content) < 50_000


def test_registry_text_becomes_lists_and_nothing_else(client: Client) -> None:
    hostile = "* one <script>alert(1)</script>\n* [here](javascript:alert(1)) ![x](http://e.example/x.png)\n"
    trial = make_trial(details={"inclusion": hostile, "exclusion": "1) two\n2) three"})
    page = text(client, f"/trials/{trial.primary_id}/")
    assert "<li>one &lt;script&gt;alert(1)&lt;/script&gt;</li>" in page
    assert 'href="javascript' not in page
    assert '<img src="http' not in page
    assert "<ol> <li>two</li> <li>three</li> </ol>" in page


def test_undivided_criteria_are_shown_whole(client: Client) -> None:
    trial = make_trial(details={"eligibility": "Adults in good health."})
    assert "Adults in good health." in text(client, f"/trials/{trial.primary_id}/")


@pytest.mark.parametrize(
    ("written", "told"), [("2026", "2026"), ("2026-05", "May 2026"), ("2026-05-31", "31 May 2026")]
)
def test_dates_are_as_precise_as_the_registry_gives_them(client: Client, written: str, told: str) -> None:
    trial = make_trial(details={"start": written})
    assert f"<dd> {told} – Not stated </dd>" in text(client, f"/trials/{trial.primary_id}/")


def test_registries_that_disagree_are_told(client: Client) -> None:
    trial = make_trial("NCT00000001", status=Status.COMPLETED, phases=["PHASE1"], min_age_years=18)
    make_trial(
        CTRI_ID,
        registry=Registry.CTRI,
        trial=trial,
        status=Status.RECRUITING,
        phases=["PHASE2"],
        min_age_years=12,
    )
    page = client.get("/trials/NCT00000001/")
    told = [(d.subject, [words for _r, words in d.statements]) for d in page.context["disagreements"]]
    assert [subject for subject, _ in told] == ["Status", "Phase", "Age"]
    assert told[0][1] == ["Completed", "Recruiting"]


def test_registry_that_states_nothing_does_not_disagree(client: Client) -> None:
    trial = make_trial("NCT00000001", phases=["PHASE1"], min_age_years=18)
    make_trial(CTRI_ID, registry=Registry.CTRI, trial=trial)
    assert client.get("/trials/NCT00000001/").context["disagreements"] == []


def test_trial_with_nothing_stated_says_so(client: Client) -> None:
    page = text(client, f"/trials/{make_trial(phases=[], countries=[]).primary_id}/")
    assert "Where it takes place is not stated." in page
    assert "Phase not stated" in page
    assert "No site is stated." in page


def test_trial_page_costs_few_queries_whatever_the_sites(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sites = [site(f"Hospital {n}", "Mumbai", country=f"Country {n % 9}") for n in range(200)]
    trial = make_trial(sites=[*sites, site("A", "Pune")])
    with django_assert_max_num_queries(8):
        client.get(f"/trials/{trial.primary_id}/")


def test_joined_and_corrected_trial_costs_one_query_more(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    trial = make_trial("NCT00000001", corrected={"targets": ["CD19"]}, sites=[site("A", "Pune")])
    make_trial(CTRI_ID, registry=Registry.CTRI, trial=trial, corrected={"eligibility": {}}, sites=[site("B")])
    with django_assert_max_num_queries(8):
        client.get("/trials/NCT00000001/")


def test_hospital_that_has_not_confirmed_is_the_registrys_word(client: Client) -> None:
    trial = make_trial(sites=[site("A")], details={"verified": "2026-05"})
    page = text(client, f"/trials/{trial.primary_id}/")
    assert sures(page) == [("registry", ""), ("registry", "")]  # the answer card, and all hospitals


def test_what_officials_decided_is_told_or_said_not_to_be_stated(client: Client) -> None:
    known = {
        "prospective": False,
        "ethics_committees": [["Committee A", "Submittted/Under Review"], ["Committee B", "Odd word"]],
        "regulator_status": "Not Applicable",
    }
    make_trial("NCT00000001", details=known)
    make_trial("NCT00000002")
    safety = [
        text(client, f"/trials/{number}/").split('id="safety"')[1].split("</dl>")[0]
        for number in ("NCT00000001", "NCT00000002")
    ]
    for words in ("submitted, not decided yet", "Odd word", "not needed, CTRI says", "only after the first"):
        assert words in safety[0]
    assert safety[1].count("Not stated") == 3


def test_study_without_car_t_has_no_way_of_treatment(client: Client) -> None:
    make_trial("NCT00000001", role=Role.NOT_CAR_T, summary="Patients have leukapheresis.")
    client.force_login(person())
    assert client.get("/trials/NCT00000001/").context["journey"] == []


def test_record_that_is_gone_does_not_speak_beside_one_that_is_not(client: Client) -> None:
    trial = make_trial("NCT00000001", summary="Old words.", gone_at=AT)
    make_trial(CTRI_ID, registry=Registry.CTRI, trial=trial, summary="New words.")
    page = client.get(f"/trials/{Trial.objects.get().primary_id}/")
    assert [registration.summary for registration in page.context["summaries"]] == ["New words."]


def test_long_criteria_are_folded_and_complete(client: Client) -> None:
    points = [f"Point number {n} of who can join" for n in range(100)]
    make_trial("NCT00000001", details={"inclusion": "\n".join(f"* {point}" for point in points)})
    page = text(client, "/trials/NCT00000001/")
    assert [page.count(f"<li>{point}</li>") for point in points] == [1] * 100
    assert re.search(
        '</div> <details class="fold"> <summary>[^<]+</summary> <div class="registry-text"', page
    )


def test_label_of_an_older_vocabulary_is_still_shown(client: Client) -> None:
    trial = make_trial("NCT00000001", conditions=["lbcl"])
    Trial.objects.update(conditions=["old-name"])
    assert [client.get(path).status_code for path in ("/trials/", f"/trials/{trial.primary_id}/")] == [
        200,
        200,
    ]


def test_people_who_joined_stand_beside_the_planned_number(client: Client) -> None:
    stated = {"enrollment": 1100, "enrollment_is_actual": False, "enrollment_reached": 58}
    make_trial("NCT00000001", details=stated)
    make_trial("NCT00000002", details={"enrollment": 100, "enrollment_is_actual": False})
    glances = [
        " ".join(text(client, f"/trials/{number}/").split('id="record"')[1].split("</dl>")[0].split())
        for number in ("NCT00000001", "NCT00000002")
    ]
    assert "58 joined – 1,100 were planned" in glances[0]
    assert "joined" not in glances[1]


def test_global_status_is_named_where_ctri_states_none_for_india(client: Client) -> None:
    make_trial("NCT00000001", details={"status_global": "RECRUITING", "status_india": None}, status="UNKNOWN")
    page = " ".join(text(client, "/trials/NCT00000001/").split())
    assert "Not stated for India. For all countries together: Recruiting" in page
