"""What a trial asks of patients, as filters: the columns, the lists, the words, the form."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.http import QueryDict
from django.test import Client

from tests.builders import make_trial, site, trial_row
from trials.catalogue.asked import asked_columns
from trials.models import Trial
from trials.models.fulltext import untitled
from trials.record import StoredFacet
from trials.search.filters import FILTERS
from trials.search.of_patients import PATIENT
from trials.search.search import Search
from trials.views.results.chips import chips
from trials.views.results.reasons import asked_of, reasons

pytestmark = pytest.mark.django_db
FACETS = [facet.value for facet in PATIENT]


def told(value: str, limit: str = "") -> StoredFacet:
    return {"value": value, "quote": "As written.", "limit": limit}


def search(query: str) -> Search:
    return Search.from_query(QueryDict(query))


def found(query: str) -> list[str]:
    return sorted(trial.primary_id for trial in search(query).results())


@pytest.mark.parametrize(
    ("records", "barred", "limited"),
    [
        ([told("excluded")], True, False),
        ([told("excluded", "active only")], False, True),
        ([told("excluded", "within 3 months")], False, True),
        ([told("allowed")], False, False),
        ([told("allowed", "on a condition")], False, True),
        ([told("excluded"), told("allowed")], False, True),
        ([told("excluded"), told("excluded", "active only")], True, False),
        ([], False, False),
    ],
)
def test_only_a_bar_without_limit_is_absolute(
    records: list[StoredFacet], barred: bool, limited: bool
) -> None:
    columns = asked_columns([{"hiv": one} for one in records])
    assert columns["barred"] == ["hiv"] * barred
    assert columns["limited"] == ["hiv"] * limited
    assert columns["stated"] == ["hiv"] * bool(records)


@pytest.mark.parametrize(
    ("values", "lines", "ecog"),
    [([], None, None), (["2"], 2, 2), (["1", "3"], 1, 3), (["many"], None, None), (["999"], None, None)],
)
def test_of_several_numbers_the_one_counts_that_shuts_out_fewest(
    values: list[str], lines: int | None, ecog: int | None
) -> None:
    records = [{"min_prior_lines": told(v, "at least"), "ecog_max": told(v, "at most")} for v in values]
    columns = asked_columns(records)
    assert (columns["min_prior_lines"], columns["ecog_max"]) == (lines, ecog)
    assert columns["limited"] == (["min_prior_lines", "ecog_max"] if len(values) > 1 else [])


@pytest.mark.parametrize("facet", FACETS)
def test_ok_leaves_out_absolute_bars_alone(facet: str) -> None:
    for registry_id, facets in {
        "BARRED": {facet: told("excluded")},
        "LIMITED": {facet: told("excluded", "symptomatic only")},
        "TAKES": {facet: told("allowed")},
        "SILENT": {},
    }.items():
        make_trial(registry_id, conditions=["lbcl"], eligibility=facets)
    assert found(f"{facet}=ok") == ["LIMITED", "SILENT", "TAKES"]
    assert found(f"{facet}=OK&stated={facet}") == ["LIMITED", "TAKES"]


def test_stated_wants_every_facet_named() -> None:
    trial_row("A", stated=["hiv", "ecog_max"])
    trial_row("B", stated=["hiv"])
    assert (found("stated=hiv"), found("stated=hiv&stated=ecog_max")) == (["A", "B"], ["A"])


def test_numbers_leave_out_what_asks_for_more() -> None:
    trial_row("A", min_prior_lines=3, ecog_max=1)
    trial_row("B", min_prior_lines=2, ecog_max=2)
    trial_row("C", min_prior_lines=4, ecog_max=0, limited=["min_prior_lines", "ecog_max"])
    trial_row("D")
    assert (found("lines=2"), found("lines=0"), found("lines=3")) == (list("BCD"), list("CD"), list("ABCD"))
    assert (found("ecog=2"), found("ecog=0")) == (list("BCD"), list("ABCD"))


@pytest.mark.parametrize("name", ["Asha Rao", "Dr. Rao, Asha", "ASHA", "prof dr rao"])
def test_investigator_is_found_by_words_of_the_name(name: str) -> None:
    officials = [{"name": "Prof. Asha K. Rao"}]
    make_trial("A", conditions=["lbcl"], details={"officials": officials})
    make_trial("B", conditions=["lbcl"], sites=[site("X", investigator="Dr Ravi Sample")])
    assert found(f"investigator={name}") == ["A"]
    assert found("investigator=ravi") == ["B"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Dr. A. Rao, MD", "A Rao MD"), ("Prof Dr Rao", "Rao"), ("Drake", "Drake"), ("Dr", "Dr"), (";", ";")],
)
def test_names_are_kept_without_titles(written: str, plain: str) -> None:
    assert untitled(written) == plain


@pytest.mark.parametrize("words", ["DLBCL relapsed after CAR T", "DLBCL received CAR T"])
def test_earlier_car_t_in_words_leaves_out_what_bars_it(words: str) -> None:
    trial_row("A", conditions=["lbcl"], barred=["prior_car_t"])
    trial_row("B", conditions=["lbcl"])
    asked = search(f"q={words}")
    assert [trial.primary_id for trial in asked.results()] == ["B"]
    assert [chip.name for chip in chips(asked, QueryDict(f"q={words}"))] == ["q_condition", "q_prior_car_t"]


def test_lines_in_words_narrow_until_a_parameter_says_otherwise() -> None:
    trial_row("A", conditions=["lbcl"], min_prior_lines=3)
    trial_row("B", conditions=["lbcl"], min_prior_lines=2)
    assert found("q=DLBCL third line") == ["B"]
    asked = search("q=DLBCL third line&lines=0")
    assert (asked.not_used, list(asked.results())) == (("third line",), [])
    dropped = search("q=DLBCL third line").dropping("q_lines").results()
    assert sorted(trial.primary_id for trial in dropped) == ["A", "B"]


@pytest.mark.parametrize(
    ("words", "parameter", "idle"),
    [
        ("myeloma Dr Ravi Sample", "investigator=asha", "Dr Ravi Sample"),
        ("myeloma novartis", "sponsor=cell", "novartis"),
        ("myeloma received CAR T", "prior_car_t=ok", "received CAR T"),
    ],
)
def test_parameter_takes_the_place_of_words(words: str, parameter: str, idle: str) -> None:
    trial_row("A", conditions=["myeloma"], investigators="Asha Rao", sponsor="Cell Trust")
    asked = search(f"q={words}&{parameter}")
    assert ([trial.primary_id for trial in asked.results()], asked.not_used) == (["A"], (idle,))


def test_two_sexes_in_words_are_named_as_not_used(client: Client) -> None:
    answer = client.get("/trials/", {"q": "DLBCL male female"})
    assert (answer.status_code, answer.context["not_used"]) == (200, ("male", "female"))


def test_reasons_never_say_more_than_the_trial() -> None:
    query = search("hiv=ok&lines=2")
    silent = trial_row()
    some = trial_row(stated=["hiv"], limited=["hiv"], min_prior_lines=2)
    takes = trial_row(stated=["hiv"], min_prior_lines=1)
    sentences = [reasons(query, asked_of(query), trial) for trial in (silent, some, takes)]
    assert [len(of_trial) for of_trial in sentences] == [2, 2, 2]
    assert len({tuple(of_trial) for of_trial in sentences}) == 3


def test_form_offers_each_in_one_group_with_its_trials(client: Client) -> None:
    trial_row(conditions=["lbcl"], barred=["hiv"], stated=["hiv"])
    answer = client.get("/trials/", {"lines": "0"})
    fields = answer.context["fields"]
    ticks = {field.filter.name: field.choices[0].count for field in fields["asked_tick"]}
    assert ticks == dict.fromkeys(FACETS, 1) | {"hiv": 0}
    assert [field.written for field in fields["asked_field"]] == ["0", "", ""]
    names = {one.name for one in FILTERS if one.asked}
    assert all(f'name="{name}"' in answer.content.decode() for name in names)
    assert (answer.context["asked_open"], client.get("/trials/").context["asked_open"]) == (True, False)


def test_api_counts_them(client: Client) -> None:
    trial_row(
        conditions=["lbcl"], barred=["hiv"], stated=["hiv"], min_prior_lines=2, investigators="Asha Rao"
    )
    facets = client.get("/api/v1/trials").json()["facets"]
    assert facets["hiv"] == {"ok": 0}
    assert facets["lines"] == {"0": 0, "1": 0, "2": 1, "3": 1, "4": 1, "5": 1}
    assert (facets["stated"], facets["investigator"]) == ({"hiv": 1}, {"Asha Rao": 1})


def test_trials_that_are_there_get_the_columns() -> None:
    migration: Any = import_module("trials.migrations.0018_asked_of_patients")
    facets = {"hiv": told("excluded"), "min_prior_lines": told("2", "at least")}
    officials = [{"name": "Dr Asha Rao"}]
    trial = make_trial(
        eligibility=facets, details={"officials": officials}, sites=[site("X", investigator="Z")]
    )
    kept = Trial.objects.filter(pk=trial.pk)
    columns = kept.values(*migration.COLUMNS).get()
    kept.update(stated=[], barred=[], limited=[], min_prior_lines=None, ecog_max=None, investigators="")
    migration.fill_in(apps, None)
    assert kept.values(*migration.COLUMNS).get() == columns
    assert (columns["barred"], columns["investigators"]) == (["hiv"], "Asha Rao\nZ")


def test_number_of_some_people_leaves_out_no_trial() -> None:
    cohorts = {"value": "3", "quote": "Cohort A: 3 lines; cohort B: 1 line", "limit": "at least"}
    make_trial("A", conditions=["lbcl"], eligibility={"min_prior_lines": cohorts})
    assert (found("lines=0"), found("lines=0&stated=min_prior_lines")) == (["A"], ["A"])


@pytest.mark.parametrize("name", FACETS)
def test_each_is_counted_like_the_others(client: Client, name: str) -> None:
    trial_row("A", conditions=["lbcl"], barred=[name], stated=[name])
    trial_row("B", conditions=["lbcl"])
    assert client.get("/api/v1/trials").json()["facets"][name] == {"ok": 1}
    assert [one["id"] for one in client.get("/api/v1/trials", {name: "ok"}).json()["results"]] == ["B"]
    assert client.get("/changes/feed/", {name: "ok"}).status_code == 200
