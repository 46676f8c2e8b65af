"""No trial is "stated against" a person whom people, who read its criteria, found that it allows.

Held against the invented criteria and studies of this repository, and the real ones beside it: first with
what people found put in the place of the rules, then with what the rules read.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from importers.bench import eligibility, invented, labels
from importers.classify import classify
from importers.management.commands.match import facts_of_record
from tests.shared_records import SHARED, needs_shared
from trials import vocabulary
from trials.choices import NUMBERS, Facet, Limit, Role
from trials.explain.answers import read_answers
from trials.explain.match import StatedFacts, Verdict, match
from trials.record import StoredFacet, TrialRecord

ROWS = Path(__file__).parents[1] / "benchmark"
QUESTION = {Facet.MIN_PRIOR_LINES: "lines", Facet.ECOG_MAX: "ecog"}
Known = Mapping[str, TrialRecord]
Rows = list[dict[str, Any]]
Read = Callable[[], tuple[Rows, Known]]
Wrong = tuple[str, str, Any]


def own_criteria() -> tuple[Rows, Known]:
    return invented.criteria(ROWS), invented.records(ROWS / invented.ELIGIBILITY)


def shared_criteria() -> tuple[Rows, Known]:
    return eligibility.read(SHARED / "benchmark/eligibility_dev.jsonl"), labels.records(SHARED)


def own_studies() -> tuple[Rows, Known]:
    return list(invented.studies(ROWS)), invented.records(ROWS / invented.LABELS)


def shared_studies() -> tuple[Rows, Known]:
    texts = [(SHARED / f"benchmark/{name}.csv").read_text("utf-8") for name in ("labels_dev", "labels_dev_2")]
    return [row for text in texts for row in csv.DictReader(text.splitlines())], labels.records(SHARED)


criteria = pytest.mark.parametrize("read", [own_criteria, pytest.param(shared_criteria, marks=needs_shared)])
studies = pytest.mark.parametrize("read", [own_studies, pytest.param(shared_studies, marks=needs_shared)])


def answers_to(facet: Facet) -> list[bool] | list[int]:
    return [0, 1, 2, 3, 4] if facet in NUMBERS else [True, False]


def is_barred(facet: Facet, gold: Any, answer: Any) -> bool:
    """Whether what people found keeps out people with this answer."""
    if facet == Facet.MIN_PRIOR_LINES:
        return str(gold).isdecimal() and answer < int(gold)
    if facet == Facet.ECOG_MAX:
        return str(gold).isdecimal() and answer > int(gold)
    return bool(gold == "excluded" and answer)


def wrongly_against(row: dict[str, Any], stated: StatedFacts) -> Iterator[Wrong]:
    for name, gold in row["facets"].items():
        if "ambiguous" in gold["note"]:
            continue
        question = QUESTION.get(Facet(name), name)
        for answer in answers_to(Facet(name)):
            [reason] = match(read_answers({question: answer}), stated, [question]).reasons
            if reason.verdict == Verdict.DOES_NOT_FIT and not is_barred(Facet(name), gold["value"], answer):
                yield row["id"], name, answer


@criteria
def test_nothing_is_against_people_whom_the_criteria_allow_as_people_read_them(
    read: Callable[[], tuple[Rows, Known]],
) -> None:
    rows, _known = read()
    found: list[Wrong] = []
    for row in rows:
        facets: dict[str, StoredFacet] = {
            name: {"value": str(gold["value"]), "quote": gold["quote"], "limit": ""}
            for name, gold in row["facets"].items()
        }
        found += wrongly_against(row, StatedFacts(facets=facets))
    assert found == []


@criteria
def test_nothing_is_against_people_whom_the_criteria_allow_as_the_rules_read_them(
    read: Callable[[], tuple[Rows, Known]],
) -> None:
    rows, known = read()
    found: list[Wrong] = []
    against = 0
    for row in rows:
        stated = facts_of_record(known[row["id"]], classify(known[row["id"]]))
        found += wrongly_against(row, stated)
        against += match(read_answers({"hiv": True, "pregnancy": True}), stated).verdict == "does_not_fit"
    assert found == []
    assert against >= len(rows) / 3  # a match that is never against anything would be safe and of no use


@studies
def test_no_disease_that_a_study_is_for_is_against_it(read: Read) -> None:
    rows, known = read()
    found = []
    for row in rows:
        if row["role"] == Role.NOT_CAR_T or row["conditions"] in ("", "?") or row["id"] not in known:
            continue
        stated = facts_of_record(known[row["id"]], classify(known[row["id"]]))
        for slug in row["conditions"].split("|"):
            for kind in {slug, *vocabulary.narrower(slug)}:
                [reason] = match(read_answers({"conditions": [kind]}), stated, ["conditions"]).reasons
                if reason.verdict == Verdict.DOES_NOT_FIT:
                    found.append((row["id"], kind))
    assert found == []


@pytest.mark.parametrize(
    "criterion",
    [
        "HIV, unless the virus has been undetectable for a year",
        "HIV infection (patients on treatment are eligible)",
        "Active bacterial, fungal or viral infection needing treatment, including HIV and hepatitis B",
        "HIV positive, if not controlled",
        "Cohort B: HIV infection",
    ],
)
def test_bar_whose_sentence_lets_some_in_is_limited(criterion: str) -> None:
    assert facets_of(criterion)["hiv"].limit


@pytest.mark.parametrize(
    ("criterion", "is_limited"),
    [
        ("Previous treatment with other genetically engineered CD276-CAR T cells", True),
        ("Previous CAR-T therapy", False),
        ("Previous CD19 CAR-T or any other CAR-T therapy", False),
    ],
)
def test_bar_on_car_t_against_one_antigen_is_limited(criterion: str, is_limited: bool) -> None:
    stated = facets_of(criterion)["prior_car_t"]
    assert stated.value != "excluded" or bool(stated.limit) == is_limited


def facets_of(criterion: str) -> Mapping[str, Any]:
    record = {"title": "CD19 CAR-T Cells in Lymphoma", "exclusion": f"* {criterion}", "inclusion": "* Adults"}
    return classify(invented._record("criterion", record)).eligibility


@pytest.mark.parametrize(
    ("facet", "criterion", "limit"),
    [
        ("cns_disease", "CNS lesions are asymptomatic and previously treated", Limit.EXCEPTIONS),
        ("cns_disease", "Central nervous system (CNS) involvement:", Limit.EXCEPTIONS),
        ("cns_disease", "Primary central nervous system lymphoma", Limit.FORMS),
        ("cns_disease", "Symptomatic or asymptomatic brain metastases", ""),
        ("cns_disease", "Primary CNS tumour or tumour metastatic to the CNS", ""),
        ("hepatitis_b_c", "HBsAg greater than 1000 IU/mL or HCV antibody positive", Limit.DETECTABLE),
        ("hepatitis_b_c", "Hepatitis B or hepatitis C", ""),
        ("prior_allo_sct", "Prior allogeneic HSCT, or autologous HSCT within 12 months", "within 12 months"),
        ("prior_allo_sct", "Received an allogeneic HSCT or had surgery within 2 weeks", ""),
    ],
)
def test_limit_that_stands_elsewhere_in_the_sentence_is_seen(facet: str, criterion: str, limit: str) -> None:
    stated = facets_of(criterion)[facet]
    assert (stated.value, stated.limit) == ("excluded", limit)
