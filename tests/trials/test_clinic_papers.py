"""What doctors take from the table: CSV, notes and sheets."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from importers.registries.slugs import Registry
from tests.builders import make_trial, next_id, site
from trials.browse.clinic_csv import certainty_code, certainty_day, header
from trials.catalogue.certainty import Certainty, Strength
from trials.catalogue.spreadsheet import MARK, inert
from trials.choices import Status
from trials.explain.criterion_cells import COLUMNS
from trials.models import Trial, TrialSite

pytestmark = pytest.mark.django_db
OFFICE = {
    "name": "Trial office",
    "role": "",
    "affiliation": "",
    "phone": "+91 98200 12345",
    "email": "a@b.in",
}
QUOTATION = "Patients with HIV are excluded."


def open_trial(registry_id: str = "", **columns: Any) -> Trial:
    sites: list[TrialSite] = [
        site("Example Hospital", "Pune", investigator="Dr Asha Rao", contacts=[OFFICE]),
        site("Other Hospital", "New Delhi", "Delhi"),
    ]
    stated = {"hiv": {"value": "excluded", "quote": QUOTATION}}
    own: dict[str, Any] = {"conditions": ["lbcl"], "targets": ["CD19"], "eligibility": stated, "sites": sites}
    return make_trial(registry_id or next_id(), **(own | columns))


def table(client: Client, query: str = "", path: str = "/clinic.csv") -> list[dict[str, str]]:
    answer = client.get(f"{path}?{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK))))


def note(client: Client, trial: Trial, query: str = "", language: str = "") -> str:
    (paper,) = client.get(f"{language}/clinic/note/?id={trial.primary_id}{query}").context["papers"]
    text: str = paper["note"]
    return text


@pytest.mark.parametrize("query", ["", "by=hospital", "by=disease", "near=Delhi&by=city", "sort=updated"])
def test_csv_has_the_rows_of_the_table_in_their_order(client: Client, query: str) -> None:
    for number in range(5):
        open_trial(last_updated=date(2026, 9, 1 + number), conditions=["myeloma", "b-all"][number % 2 :])
    make_trial(sites=[site("Closed", status=Status.COMPLETED)])
    groups = client.get(f"/clinic/?{query}").context["groups"]
    shown = [(head, row.trial.primary_id, row.door.name) for head, _number, rows in groups for row in rows]
    assert [(line["under"], line["id"], line["hospital"]) for line in table(client, query)] == shown


def test_csv_of_very_many_rows_has_the_first_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        make_trial(sites=[site("A", "Mumbai")])
    whole = table(client)
    monkeypatch.setattr("trials.views.clinic.MOST_IN_FILE", 2)
    rows = table(client)
    assert ([row["id"] for row in rows], rows[-1]["under"]) == (
        [*(row["id"] for row in whole[:2]), None],
        "Only the first 2 of 3 rows: narrow the search.",
    )


def test_csv_holds_what_the_row_holds(client: Client) -> None:
    trial = open_trial(min_age_years=18, last_updated=date(2026, 10, 1), phases=["PHASE1", "PHASE2"])
    (line,) = table(client)
    wanted = {
        "id": trial.primary_id,
        "antigens": "CD19",
        "age": "≥ 18",
        "hiv": "no",
        "hiv_quotation": QUOTATION,
        "prior_car_t": "not-stated",
        "hospital": "Example Hospital",
        "city": "Pune",
        "certainty": "registry",
        "certainty_date": "2026-10-01",
        "investigator": "Dr Asha Rao",
    }
    assert {name: line[name] for name in wanted} == wanted
    assert (line["contact"], line["telephone"], line["email"]) == ("Trial office", "'+919820012345", "a@b.in")
    assert line["address"] == f"http://testserver/trials/{trial.primary_id}/"
    assert line["other_open_hospitals"].startswith("Other Hospital, New Delhi, registry")


def test_columns_have_the_same_names_in_every_language(client: Client) -> None:
    open_trial()
    assert list(table(client, path="/hi/clinic.csv")[0]) == list(table(client)[0]) == header()
    assert all(name.isascii() and name.islower() for name in header())


def test_old_word_of_a_registry_is_marked(client: Client) -> None:
    open_trial(last_updated=date(2024, 1, 1))
    assert table(client)[0]["certainty"] == "ask-first"


def test_word_of_a_hospital_has_its_day_in_india() -> None:
    said = Certainty(Strength.CONFIRMED, True, "open", day=datetime(2026, 10, 30, 20, tzinfo=UTC))
    assert (certainty_code(said), certainty_day(said)) == ("confirmed", "2026-10-31")


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", "\t=", "\xa0@"])
def test_formula_is_inert(first: str) -> None:
    assert inert(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("text", ["", "CD19", "18–75", "≥ 18", "a=b", "A-B", "'=1", "क"])
def test_other_text_stays(text: str) -> None:
    assert inert(text) == text


def test_no_cell_of_a_hostile_record_is_a_formula(client: Client) -> None:
    bad = '=HYPERLINK("http://evil.example","x")'
    person = {"name": bad, "role": bad, "affiliation": bad, "phone": bad, "email": bad}
    open_trial(
        title=bad,
        sponsor=bad,
        eligibility={"hiv": {"value": "excluded", "quote": f'{bad}\n"=1+1', "limit": "\t=1"}},
        sites=[site(bad, bad, bad, investigator=bad, contacts=[person]), site("B", investigator=bad)],
    )
    cells = [cell for line in table(client, "by=hospital") for cell in line.values()]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []


def test_note_says_whom_to_call_and_what_the_registry_says(client: Client) -> None:
    trial = open_trial(registry=Registry.CTRI, registry_id=next_id(Registry.CTRI))
    text = note(client, trial)
    wanted = ("Example Hospital, Pune", "Dr Asha Rao", "+91 98200 12345", f"“{QUOTATION}”", trial.title)
    assert [words for words in (*wanted, trial.primary_id) if words not in text] == []
    assert text.splitlines()[-1] == f"http://testserver/trials/{trial.primary_id}/"


def test_note_names_what_is_not_stated(client: Client) -> None:
    line = note(client, open_trial()).split("\n\n")[-2].splitlines()[-1]
    assert line.partition(": ")[2].split(": ")[-1] == ", ".join(
        str(head) for name, head in COLUMNS.items() if name != "hiv"
    )


def test_note_holds_nothing_of_a_patient(client: Client) -> None:
    trial = open_trial("NCT00000001")
    said = note(client, trial, "&near=400012&age=62&condition=lbcl")
    assert [word for word in ("400012", "62", "near=", "age=") if word in said] == []


def test_note_begins_with_the_hospital_near_the_place_asked_for(client: Client) -> None:
    trial = open_trial()
    assert note(client, trial, "&near=Delhi").index("Other Hospital") < note(
        client, trial, "&near=Delhi"
    ).index("Example Hospital")


@pytest.mark.parametrize("columns", [{"status": Status.COMPLETED}, {"status": Status.UNKNOWN}, {"sites": []}])
@pytest.mark.parametrize("language", ["", "/hi"])
def test_papers_of_a_trial_that_is_not_open_do_not_call_it_open(
    client: Client, columns: dict[str, Any], language: str
) -> None:
    trial = open_trial(**columns)
    text = note(client, trial, language=language)
    assert "+91 98200 12345" not in text
    (paper,) = client.get(f"/clinic/sheet/?id={trial.primary_id}").context["papers"]
    assert paper["closed"].is_open is False


def test_text_of_registries_cannot_add_lines_to_a_note(client: Client) -> None:
    trial = open_trial(title="A\nTelephone: 1", eligibility={"hiv": {"value": "excluded", "quote": "a\n\nb"}})
    text = note(client, trial)
    assert [line for line in text.splitlines() if line.startswith(("Telephone: 1", "b"))] == []


@pytest.mark.parametrize("paper", ["note", "sheet"])
def test_papers_of_ticked_rows(client: Client, paper: str) -> None:
    trials = [open_trial() for _ in range(8)]
    query = "&".join(f"id={trial.primary_id}" for trial in trials)
    with CaptureQueriesContext(connection) as statements:
        context = client.get(f"/clinic/{paper}/?{query}&id=NCT00000000").context
    assert [one["row"].trial for one in context["papers"]] == trials[:6]
    assert (context["too_many"], context["unknown"], len(statements) <= 5) == (2, ["NCT00000000"], True)


@pytest.mark.parametrize("paper", ["note", "sheet"])
@pytest.mark.parametrize(("query", "status"), [("", 200), ("id=", 200), ("age=x", 400), ("patient=A", 400)])
def test_papers_of_nothing(client: Client, paper: str, query: str, status: int) -> None:
    assert client.get(f"/clinic/{paper}/?{query}").status_code == status


def test_hindi_papers_speak_hindi(client: Client) -> None:
    trial = open_trial()
    assert note(client, trial, language="/hi") != note(client, trial)
