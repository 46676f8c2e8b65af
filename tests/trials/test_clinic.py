"""The doctors' table: its rows, cells, order, heads, filters, statements."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from tests.builders import AT, make_trial, next_id, site
from tests.clinic import ids
from tests.snapshots import MADE
from trials.browse.clinic import ClinicRow
from trials.choices import Status
from trials.explain.criterion_cells import COLUMNS
from trials.models import Trial
from trials.views import clinic

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 6


def says(value: str, limit: str = "") -> dict[str, str]:
    return {"value": value, "quote": "As written.", "limit": limit}


def row(client: Client, query: str = "") -> ClinicRow:
    groups = client.get(f"/clinic/?{query}").context["groups"]
    found: ClinicRow = groups[0][2][0]
    return found


def test_every_cell_of_the_page_has_its_answer_in_words_and_its_sentence(client: Client) -> None:
    make_trial(eligibility={"hiv": says("excluded"), "cns_disease": says("allowed")}, sites=[site("A")])
    page: Any = html.fromstring(client.get("/clinic/").content)
    cells = {one.get("data-criterion"): one for one in page.xpath("//*[@data-criterion]")}
    assert list(cells) == list(COLUMNS)
    assert cells["hiv"].get("data-answer") == "no"
    assert cells["hiv"].findtext(".//blockquote", "").strip() == "As written."
    assert cells["prior_car_t"].get("data-answer") == "not-stated"
    spoken = [one.xpath("string(.//*[@class='visually-hidden'])").strip() for one in cells.values()]
    assert all(spoken)


def test_only_what_is_open_in_india_is_a_row(client: Client) -> None:
    opened = make_trial(sites=[site("A"), site("B", "Pune", status=Status.COMPLETED)])
    make_trial(sites=[site("A", status=Status.COMPLETED)])
    make_trial(sites=[site("A")], status=Status.UNKNOWN)
    make_trial(sites=[site("A", status="")])
    make_trial(sites=[site("Abroad", "Houston", "Texas", "United States")])
    make_trial(sites=[site("A")], is_stale=True)
    make_trial(sites=[site("A")], unreadable_since=AT)
    assert ids(client) == [opened.primary_id]
    assert [place.name for place in row(client).hospitals] == ["A"]


def test_hospital_comes_with_its_own_investigator_and_number(client: Client) -> None:
    contact = {"name": "Office", "role": "", "affiliation": "", "phone": "022 2417 7000", "email": ""}
    make_trial(sites=[site("A", investigator="Dr Asha Rao", contacts=[contact])])
    door = row(client).door
    assert door is not None
    assert (door.investigator, door.phone and door.phone.dialled) == ("Dr Asha Rao", "+912224177000")
    assert 'href="tel:+912224177000"' in client.get("/clinic/").content.decode()
    assert row(client).leaders == []


def test_leaders_of_the_trial_are_named_where_no_hospital_names_its_own(client: Client) -> None:
    official = {"name": "Prof. Vikram Das", "role": "", "affiliation": "", "phone": "", "email": ""}
    make_trial(details={"officials": [official]}, sites=[site("A")])
    assert row(client).leaders == ["Vikram Das"]


QUERIES = [
    ("condition=lbcl", True),
    ("condition=myeloma", False),
    ("target=CD19", True),
    ("target=BCMA", False),
    ("state=maharashtra", True),
    ("state=kerala", False),
    ("city=pune", True),
    ("city=kochi", False),
    ("site=a-pune", True),
    ("age=40", True),
    ("age=9", False),
    ("lines=2", True),
    ("lines=1", False),
    ("ecog=1", True),
    ("ecog=2", False),
    ("prior_car_t=ok", False),
    ("hiv=ok", True),
    ("investigator=Dr+Rao", True),
    ("investigator=Dr+Iyer", False),
    ("sponsor=immuno", True),
    ("sponsor=other", False),
    ("q=Dr+Asha+Rao", True),
    ("q=Dr+A.+Rao+lymphoma", True),
    ("q=PI+Rao", True),
    ("q=Dr+Iyer", False),
    ("q=sponsor+immunoadoptive", True),
    ("phase=PHASE2", True),
    ("phase=PHASE3", False),
    ("cell_source=autologous", True),
    ("cell_source=allogeneic", False),
    ("near=Mumbai&within=200", True),
    ("near=Mumbai&within=50", False),
    ("recruiting=india", True),
    ("utm_source=x", True),
]


@pytest.fixture
def lymphoma() -> Trial:
    """What `QUERIES` ask for."""
    return make_trial(
        conditions=["lbcl"],
        targets=["CD19"],
        phases=["PHASE1", "PHASE2"],
        min_age_years=18,
        sponsor="Immunoadoptive Cell Therapy",
        eligibility={
            "min_prior_lines": says("2"),
            "ecog_max": says("1"),
            "prior_car_t": says("excluded"),
            "hiv": says("excluded", "active only"),
        },
        sites=[site("A", "Pune", investigator="Dr Asha Rao")],
    )


def test_takes_the_parameters_of_the_list(client: Client, lymphoma: Trial) -> None:
    found = {query: ids(client, query) for query, _found in QUERIES}
    assert found == {query: [lymphoma.primary_id] * found for query, found in QUERIES}


DOCTORS = [(query, found) for query, found in QUERIES if "Rao" in query or "Iyer" in query]


@pytest.mark.parametrize(("query", "found"), DOCTORS)
def test_doctors_are_found_in_list_and_interface_alike(
    client: Client, lymphoma: Trial, query: str, found: bool
) -> None:
    assert client.get(f"/trials/?{query}").context["total"] == int(found)
    assert client.get(f"/api/v1/trials?{query}").json()["count"] == int(found)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("conditions=lbcl", "conditions"),
        ("condition=nothing", "condition"),
        ("recruiting=anywhere", "recruiting"),
        ("recruiting=soon", "recruiting"),
        ("sort=price", "sort"),
        ("by=doctor", "by"),
        ("keep=NCT00000001", "keep"),
        ("page=2", "page"),
        ("page=0", "page"),
        ("age=old", "age"),
        ("near=Atlantis", "near"),
        ("hiv=yes", "hiv"),
        ("site=nowhere", "site"),
        ("city=%00", None),
    ],
)
@pytest.mark.parametrize("path", ["/clinic/", "/clinic.csv"])
def test_what_is_not_known_is_a_400_that_names_it(
    client: Client, path: str, query: str, parameter: str | None
) -> None:
    make_trial(sites=[site("A")])
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == (400 if parameter else 200)
    if parameter:
        assert answer.context["parameter"] == parameter
        assert answer.context["page"] == "/clinic/"


def test_pages_hold_a_hundred_rows_and_none_is_lost(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clinic, "PAGE_SIZE", 2)
    made = {make_trial(sites=[site("A"), site("B", "Pune")]).primary_id for _ in range(3)}
    pages = [ids(client, f"page={page}") for page in (1, 2)]
    assert ([len(page) for page in pages], {one for page in pages for one in page}) == ([2, 1], made)
    groups = [client.get(f"/clinic/?by=city&page={page}").context["groups"] for page in (1, 2, 3)]
    assert [[(head, number, len(rows)) for head, number, rows in page] for page in groups] == [
        [("Mumbai", 3, 2)],
        [("Mumbai", 3, 1), ("Pune", 3, 1)],
        [("Pune", 3, 2)],
    ]


@pytest.mark.parametrize("trials", [0, 1, 30])
@pytest.mark.parametrize("path", ["/clinic/", "/clinic.csv"])
def test_statements_do_not_grow(client: Client, path: str, trials: int) -> None:
    for _ in range(trials):
        make_trial(conditions=["lbcl"], sites=[site("A", investigator="Dr Rao"), site("B", "Chhota Gaon")])
    queries = ["", "by=hospital", "by=city&near=400012&within=500", "sort=hospital&q=lbcl+zebra+pune"]
    queries += ["by=disease&hiv=ok&lines=2", *(["site=a-mumbai&city=Chhota+Gaon&by=hospital"] * bool(trials))]
    asked = {}
    for query in queries:
        with CaptureQueriesContext(connection) as statements:
            assert client.get(f"{path}?{query}").status_code == 200
        asked[query] = len(statements)
    assert {query: number for query, number in asked.items() if number > MADE + MOST_STATEMENTS} == {}


def test_words_that_alone_leave_nothing_are_named(client: Client) -> None:
    trial = make_trial(conditions=["lbcl"], sites=[site("A")])
    answer = client.get("/clinic/?q=DLBCL+zebra")
    assert answer.context["ignored_words"] == "zebra"
    assert ids(client, "q=DLBCL+zebra") == [trial.primary_id]


def test_chips_stay_in_the_table(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A")])
    chips = client.get("/hi/clinic/?condition=lbcl&by=city").context["chips"]
    assert [(chip.name, chip.link) for chip in chips] == [("condition", "/hi/clinic/?by=city")]


def test_nothing_said_is_lost_when_the_form_is_sent(client: Client) -> None:
    make_trial(conditions=["lbcl"], phases=["PHASE1"], sites=[site("A")])
    query = "condition=lbcl&condition=myeloma&age_group=adult&stated=hiv&exact=broad&hiv=ok&near=Pune&by=city"
    page: Any = html.fromstring(client.get(f"/clinic/?{query}").content)
    form = page.forms[0]
    sent = [(name, value) for name, value in form.form_values() if value]
    assert sorted(f"{name}={value}" for name, value in sent) == sorted(query.split("&"))


def test_page_is_found_by_search_engines_and_papers_are_not(client: Client) -> None:
    make_trial(sites=[site("A")])
    assert "/clinic/</loc>" in client.get("/sitemap-pages.xml").content.decode()
    for page in ("/clinic/note/", "/clinic/sheet/", "/clinic.csv"):
        assert client.get(page)["X-Robots-Tag"] == "noindex"


def test_what_was_said_of_the_patient_goes_along(client: Client) -> None:
    number = make_trial(next_id(), conditions=["lbcl"], sites=[site("A", "Pune")]).primary_id
    text = client.get("/clinic/?near=Pune&age=62&condition=lbcl").content.decode()
    assert f'href="/trials/{number}/?near=pune&amp;age=62&amp;condition=lbcl"' in text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)("/clinic/").status_code == 405
