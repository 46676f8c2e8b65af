"""A stored record read back: typed, and never an error, whatever an older or damaged row holds."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from importers.load.store import Arrival, registration_columns
from importers.records import Labels
from importers.registries.slugs import Registry
from importers.runs.guards import WATCHED_ARRAYS, WATCHED_COLUMNS, WATCHED_DETAILS
from tests.builders import make_trial, record, site
from trials.choices import Phase, Role, Sex, Status
from trials.explain.result_values import Outcome as Measured
from trials.explain.result_values import Share
from trials.explain.results import NoResults, Period, Reached
from trials.explain.side_effects import GroupTotals, SideEffects
from trials.models import Registration
from trials.models.registration import RECORD_COLUMNS
from trials.record import (
    Arm,
    Contact,
    Intervention,
    Outcome,
    PartialDate,
    SecondaryId,
    StoredRecord,
    TrialRecord,
    decode_parts,
    first_stated,
)
from trials.results_record import (
    DataSharing,
    Document,
    ExpandedAccess,
    OutcomeResult,
    Paper,
    PostedResults,
    ResponsibleParty,
    ResultRow,
)
from trials.results_record import Measured as Measure

ROOT = Path(__file__).resolve().parents[2]
FIELDS = {field.name for field in fields(StoredRecord)}
STORED = FIELDS - set(RECORD_COLUMNS)
"""Names inside `Registration.details`."""
RESULT = OutcomeResult("Response", rows=(ResultRow(cells=(Measure("OG000", "28"),)),))
FULL = TrialRecord(
    registry=Registry.CTRI,
    registry_id="CTRI/2026/01/000001",
    url="https://registry.example/1",
    title="CAR T cells",
    status=Status.RECRUITING,
    sex=Sex.FEMALE,
    phases=(Phase.PHASE1,),
    countries=("India",),
    conditions=("Lymphoma",),
    secondary_ids=(SecondaryId("NCT00000001"),),
    interventions=(Intervention("CAR T", other_names=("a", "b")),),
    arms=(Arm("One", interventions=("CAR T",)),),
    contacts=(Contact("Dr A", phone="1"),),
    outcomes=(Outcome("Survival", primary=True),),
    min_age_years=18.0,
    enrollment=0,
    prospective=False,
    status_global=Status.COMPLETED,
    ethics_committees=(("Committee", "Approved"),),
    results=PostedResults(outcomes=(RESULT,)),
    results_posted=PartialDate("2026-05"),
    papers=(Paper("Paper 1", "RESULT", "1"),),
    documents=(Document("Protocol", size=9, protocol=True),),
    expanded_access=ExpandedAccess(True, status=Status.AVAILABLE),
    data_sharing=DataSharing("YES", documents=("ICF",)),
)


def row(**columns: Any) -> Registration:
    defaults = {"registry": "CTRI", "registry_id": "X", "title": "T", "status": "RECRUITING"}
    return Registration(**(defaults | columns))


def test_what_is_stored_is_read_back() -> None:
    columns = registration_columns(Arrival(FULL, Labels(role=Role.GIVES_CAR_T), "hash"))
    read = Registration(**columns).record
    assert read == StoredRecord(**{name: getattr(FULL, name) for name in FIELDS})
    assert set(columns["details"]) == STORED


def test_a_row_holds_every_field_of_a_record() -> None:
    columns = {field.name for field in Registration._meta.concrete_fields}
    labels = {field.name for field in fields(Labels)}
    assert set(RECORD_COLUMNS) == FIELDS & columns - labels


@pytest.mark.parametrize(
    "details",
    [
        {},
        {"a field of another version": 1},
        {"start": None, "arms": None, "design": None, "enrollment": None},
        {"start": "soon", "enrollment": "many", "arms": "one", "design": ["x"], "status_india": "OPEN"},
        {"contacts": [None, 1, "Dr A"], "ethics_committees": [["one"], None]},
        {"documents": [{"label": "Protocol", "date": "soon"}], "results_posted": "soon"},
        {"results": {"outcomes": [{"rows": 5}]}, "expanded_access": {"offered": "perhaps"}, "papers": "many"},
        [],
        "text",
    ],
)
def test_what_cannot_be_read_is_not_stated(details: Any) -> None:
    assert row(details=details).record == row().record


def test_one_unreadable_part_takes_no_other_with_it() -> None:
    arms = [{"label": "A", "kind": None}, {"label": 5}, {"description": "B"}]
    read = row(details={"start": 5, "completion": "2027", "arms": arms}).record
    assert (read.start, read.completion) == (None, "2027")
    assert read.arms == (Arm("A"), Arm("", description="B"))


def test_contacts_that_cannot_be_read_are_left_out() -> None:
    assert decode_parts([{"name": "A", "phone": None, "fax": "1"}, 3], Contact) == (Contact("A"),)
    assert decode_parts(None, Contact) == ()


@pytest.mark.django_db
def test_unreadable_row_still_has_its_page(client: Client) -> None:
    place = site("A", contacts=[{"name": None}, "Dr B", {"name": "Dr C"}])
    details = {"start": "soon", "interventions": [{}, 7], "contacts": {"name": "x"}, "inclusion": 1}
    trial = make_trial(details=details, sites=[place])
    page = client.get(f"/trials/{trial.primary_id}/")
    assert (page.status_code, "Dr C" in page.content.decode()) == (200, True)
    assert client.get(f"/trials/{trial.primary_id}/sheet/").status_code == 200


def test_each_field_comes_from_the_first_record_that_states_it() -> None:
    first, second = record(start="2026", enrollment=0), record(start="2027", enrollment=9, design="Open")
    joined = first_stated([first, second])
    assert (joined.start, joined.enrollment, joined.design) == ("2026", 0, "Open")


def python_files() -> Iterator[Path]:
    for folder in ("trials", "importers"):
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def test_every_name_in_sql_is_a_field() -> None:
    """mypy cannot see a field's name inside a lookup path or SQL."""
    paths = [
        name
        for path in python_files()
        for name in re.findall(r"details__([a-z]\w*?)(?:__|\W)", path.read_text())
    ]
    assert sorted({*paths, *WATCHED_DETAILS} - STORED) == []
    assert sorted({*WATCHED_COLUMNS, *WATCHED_ARRAYS} - {f.name for f in Registration._meta.fields}) == []


def test_stored_json_is_read_in_one_place_only() -> None:
    """`details` and a site's `contacts` are read as `record` and `people`, which mypy knows."""
    readers = {
        str(path.relative_to(ROOT))
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "details"
    }
    assert readers == {"trials/models/registration.py"}
    templates = (ROOT / "templates").rglob("*.html")
    assert [p.name for p in templates if re.search(r"\.details\b|site\.contacts", p.read_text())] == []


KINDS = {
    "record": StoredRecord, "contact": Contact, "id": SecondaryId, "intervention": Intervention, "arm": Arm,
    "outcome": Outcome, "posted": PostedResults, "paper": Paper, "document": Document, "sharing": DataSharing,
    "party": ResponsibleParty, "access": ExpandedAccess, "absence": NoResults, "measured": Measured,
    "period": Period, "reached": Reached, "harms": SideEffects, "totals": GroupTotals, "counted": Share,
}  # fmt: skip
"""What the pages of a trial call a record and its parts."""


def test_every_attribute_that_templates_read_is_a_field() -> None:
    """A renamed field would blank a page without an error."""
    unknown, read = [], set()
    for path in [*(ROOT / "templates/trials").rglob("*.html"), *(ROOT / "templates/jinja").rglob("*.html")]:
        for tag in re.findall(r"\{[{%](.*?)[%}]\}", path.read_text(), re.S):
            for name, attribute in re.findall(rf"\b({'|'.join(KINDS)})\.([a-z_]+)", tag):
                read.add(name)
                if not hasattr(KINDS[name], attribute):
                    unknown.append(f"{path.name}: {name}.{attribute}")
    assert unknown == []
    assert read == KINDS.keys()


@pytest.mark.django_db
def test_page_never_shows_a_missing_value_as_none(client: Client) -> None:
    page = client.get(f"/trials/{make_trial().primary_id}/").content.decode()
    assert re.findall(r"\bNone\b", page) == []
