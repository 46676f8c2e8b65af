"""Floors on the rows invented for this repository (`tests/benchmark`), and that the rows are in order.

The rows were written by the labelling guide and by what haematologists and families mean, not by what the
rules answer. Correct a row only where the guide proves it wrong; what the rules still get wrong stays.
The numbers beside the floors are what is measured now, after those of the first day, before any rule was
mended by these rows: only the first day says how rules do on rows nobody has seen.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from importers.bench import eligibility, invented, labels, queries
from importers.classify.eligibility import ALLOWED, EXCLUDED, NOT_STATED
from trials import vocabulary
from trials.choices import CellSource, Phase, Role
from trials.vocabulary import places

ROWS = Path(__file__).parents[1] / "benchmark"
NUMBERS = ("min_prior_lines", "ecog_max")


def questions() -> list[dict[str, str]]:
    return queries.read(ROWS / invented.QUERIES)


def facets() -> list[tuple[str, str, dict[str, Any]]]:
    return [(row["id"], name, one) for row in invented.criteria(ROWS) for name, one in row["facets"].items()]


def parts(value: str) -> set[str]:
    return set(filter(None, re.split(r"[|/]", value)))


def test_roles_conditions_targets_and_cell_sources_keep_their_floors() -> None:
    known = invented.records(ROWS / invented.LABELS)
    role, conditions, targets, source = labels.measure(invented.studies(ROWS), known)
    assert role.exact >= 0.97  # 0.925 of 147, now 0.986
    assert role.by_label["gives_car_t"].precision >= 0.98  # 0.986, now 1.0
    assert role.by_label["gives_car_t"].recall >= 0.98  # 0.971 of 70, now 1.0
    assert conditions.total.f1 >= 0.99  # 0.991 of 115, now 1.0
    assert targets.total.f1 >= 0.98  # 0.982 of 83, now 1.0
    assert source.exact >= 0.95  # 0.875 of 72, now 0.972


def test_key_eligibility_keeps_its_floors() -> None:
    known = invented.records(ROWS / invented.ELIGIBILITY)
    scores, wrong_direction, _ = eligibility.score(invented.criteria(ROWS), known)
    assert sum(scores.values()) / len(scores) >= 0.98  # 0.925 of 93 texts, now 0.995
    assert wrong_direction <= 0.005  # 0.019, now 0.004


def test_queries_keep_their_floors() -> None:
    rows = questions()
    assert queries.exact(rows) >= 0.98  # 0.948 of 232, now 0.996
    assert queries.misread(rows) == []  # 5 of 55
    right, asked, _ = queries.details(rows)
    assert right / asked >= 0.9  # 0.833 of 36, now 0.944


def test_studies_are_labelled_from_the_closed_lists() -> None:
    rows = invented.studies(ROWS)
    unsure = {labels.NOT_SCORED}
    assert {row["role"] for row in rows} - unsure <= set(Role.values)
    assert {row["cell_source"] for row in rows} - unsure <= set(CellSource.values)
    assert {one for row in rows for one in parts(row["conditions"])} - unsure <= set(vocabulary.conditions())
    antigens = {part for one in vocabulary.targets() for part in (one, *one.split("/"))}
    assert {one for row in rows for one in row["targets"].split("|") if one} - unsure <= antigens


def test_half_of_the_studies_only_look_like_trials_that_give_car_t() -> None:
    roles = Counter(row["role"] for row in invented.studies(ROWS))
    assert roles["gives_car_t"] <= roles.total() / 2


def test_criteria_are_labelled_from_the_closed_lists_and_quote_their_text() -> None:
    known = invented.records(ROWS / invented.ELIGIBILITY)
    for study, name, one in facets():
        record = known[study]
        values = range(10) if name in NUMBERS else (ALLOWED, EXCLUDED, NOT_STATED)
        assert one["value"] in ("", *values), (study, name)
        assert one["quote"] in "\n".join((record.eligibility, record.inclusion, record.exclusion)), study
        assert bool(one["quote"]) or one["value"] in ("", NOT_STATED), (study, name)


@pytest.mark.parametrize(
    ("column", "allowed"),
    [
        ("conditions", vocabulary.conditions),
        ("targets", vocabulary.targets),
        ("products", vocabulary.products),
        ("phases", lambda: Phase.values),
        ("city", lambda: {city.name for city in places.cities().values()}),
        ("state", lambda: {state.name for state in places.states().values()}),
        ("lang", lambda: ("en", "hi", "latin")),
    ],
)
def test_queries_mean_what_stands_in_the_closed_lists(column: str, allowed: Any) -> None:
    meant = (re.split(r"[|/]" if column == "conditions" else r"\|", row[column]) for row in questions())
    assert {one for row in meant for one in row if one} - set(allowed()) == set()


def test_ids_and_queries_stand_once() -> None:
    studies = [row["id"] for row in invented.studies(ROWS)] + [row["id"] for row in invented.criteria(ROWS)]
    typed = [row["query"].casefold() for row in questions()]
    assert [one for one, times in Counter(studies + typed).items() if times > 1] == []


def test_enough_queries_look_like_something_they_are_not() -> None:
    assert sum("near-miss" in row["note"] for row in questions()) >= 25


def test_the_report_shows_misses_only_of_the_half_to_look_at() -> None:
    text = "\n".join(invented.report(ROWS))
    shown = {
        one for one in re.findall(r"(?:study|criteria)-\d+", text) if labels.half_of(one) == labels.BLIND
    }
    assert shown == set()


def test_a_field_that_no_record_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "study-1", "record": {"title": "CAR-T", "sumary": "CAR-T"}}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="sumary"):
        invented.records(path)
