"""How the benchmark is measured: halves, rules, and what people corrected."""

import json
from pathlib import Path

import pytest

from importers.bench import corrections, labels, outcome, queries, rules
from importers.classify import classify
from importers.registries.slugs import Registry
from tests.shared_records import SHARED, needs_shared
from trials.choices import Role, Status, StudyType
from trials.record import Intervention, TrialRecord


def study(number: int, title: str) -> TrialRecord:
    given = (Intervention("CD19 CAR-T cells"),)
    kind = StudyType.INTERVENTIONAL
    return TrialRecord(
        Registry.CTGOV,
        f"NCT9000000{number}",
        "",
        title,
        Status.RECRUITING,
        study_type=kind,
        interventions=given,
    )


KNOWN = {record.registry_id: record for record in (study(1, "CAR-T in DLBCL"), study(2, "CAR-T in ALL"))}
ROW = {"id": "NCT90000001", "role": "gives_car_t", "conditions": "lbcl", "targets": "CD19", "cell_source": ""}


def test_every_part_is_kept_beside_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome.keep("start", ["3 s"])
    outcome.keep("pages", ["1 ms"])
    kept = json.loads((tmp_path / "bench.json").read_text())
    assert (kept["start"], kept["pages"]) == (["3 s"], ["1 ms"])


def test_halves_are_always_the_same() -> None:
    assert [labels.half_of(f"NCT{number:08}") for number in (0, 8)] == ["look", "blind"]


def test_measure_scores_what_is_labelled_and_at_hand() -> None:
    rows = [ROW, ROW | {"id": "NCT90000002", "conditions": "?"}, ROW | {"id": "NCT90000009"}]
    scored = {axis.name: (axis.studies, axis.exact) for axis in labels.measure(rows, KNOWN)}
    assert scored == {"role": (2, 1), "conditions": (1, 1), "targets": (2, 1), "cell_source": (0, 1)}


def test_tallies_count_what_a_person_confirmed() -> None:
    tallies = rules.Tallies("targets")
    for record, row in zip(KNOWN.values(), (ROW, ROW | {"targets": "CD20"}), strict=True):
        tallies.add(classify(record), row)
    assert tallies.rules == {"targets/named": rules.Tally(records=2, labelled=2, confirmed=1)}


def test_details_of_queries_are_read_from_their_notes() -> None:
    rows = [
        {"query": "myeloma 54 years", "note": "lay; age:54"},
        {"query": "lymphoma 400012", "note": "pin; near:400012"},
        {"query": "lymphoma", "note": "lay; lines:2"},
        {"query": "lymphoma", "note": "lay; age:older"},
    ]
    assert queries.details(rows) == (2, 3, ["'lymphoma': lines 2"])


@pytest.mark.parametrize(
    ("table", "first"),
    [
        (
            "id,role,conditions,targets,cell_source\nNCT90000001,not_car_t,,,\n",
            "corrections: 1 studies, 1 of them",
        ),
        ("id,role,conditions,targets,cell_source\n", "corrections: 0 studies, 0 of them"),
        ("id,role\nNCT90000001,not_car_t\n", "corrections: c.csv has no column conditions, targets"),
    ],
)
def test_corrections_are_measured_or_refused(
    table: str, first: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "records", lambda _shared: KNOWN)
    path = tmp_path / "c.csv"
    path.write_text(table, encoding="utf-8")
    assert next(corrections.report(path, tmp_path)).startswith(first)


@needs_shared
def test_no_observational_study_and_no_device_gives_car_t() -> None:
    wrong = [
        study
        for study, record in labels.records(SHARED).items()
        if record.study_type == StudyType.OBSERVATIONAL
        or {given.kind for given in record.interventions} == {"DEVICE"}
        if classify(record).role == Role.GIVES_CAR_T
    ]
    assert wrong == []


@needs_shared
def test_every_quotation_of_a_cell_source_stands_in_the_record() -> None:
    invented = []
    for study, record in labels.records(SHARED).items():
        arms = (part for arm in record.arms for part in (arm.label, arm.description))
        given = (p for one in record.interventions for p in (one.name, *one.other_names, one.description))
        written = "\n".join(
            (record.title, record.official_title, *record.keywords, record.summary, *given, *arms)
        )
        quotes = [one.quote for one in classify(record).evidence if one.axis == "cell_source"]
        invented += [(study, quote) for quote in quotes if quote not in written or "\n" in quote]
    assert invented == []
