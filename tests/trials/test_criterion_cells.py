"""Key criteria as narrow cells: a limit is never a plain no, and silence is neither yes nor no."""

import pytest

from importers.registries.slugs import Registry
from tests.builders import make_trial
from trials.explain.criterion_cells import Answer, CriterionCell, criterion_cells
from trials.models import Trial

pytestmark = pytest.mark.django_db
BARS = ["prior_car_t", "prior_same_target", "cns_disease", "prior_allo_sct", "hepatitis_b_c", "hiv"]


def says(value: str, limit: str = "") -> dict[str, str]:
    return {"value": value, "quote": "As written.", "limit": limit}


def cell(trial: Trial, name: str) -> CriterionCell:
    return next(cell for cell in criterion_cells(trial) if cell.name == name)


@pytest.mark.parametrize("name", BARS)
@pytest.mark.parametrize(
    ("stated", "answer"),
    [
        (says("allowed"), Answer.YES),
        (says("excluded"), Answer.NO),
        (says("excluded", "active only"), Answer.LIMIT),
        (says("excluded", "within 3 months"), Answer.LIMIT),
        (says("allowed", "on a condition"), Answer.LIMIT),
        (says("excluded", "a limit of a newer import"), Answer.LIMIT),
        (says("not known"), Answer.NOT_STATED),
        (None, Answer.NOT_STATED),
    ],
)
def test_cell_is_plain_only_without_limit(name: str, stated: dict[str, str] | None, answer: Answer) -> None:
    trial = make_trial(eligibility={name: stated} if stated else {})
    assert cell(trial, name).answer == answer


def test_records_that_disagree_are_a_limit() -> None:
    trial = make_trial(eligibility={"hiv": says("excluded")}, registry=Registry.CTRI)
    trial = make_trial(eligibility={"hiv": says("allowed")}, trial=trial)
    assert cell(trial, "hiv").answer == Answer.LIMIT


@pytest.mark.parametrize(
    ("lowest", "highest", "answer", "short"),
    [
        (18, 75, Answer.LIMIT, "18–75"),
        (18, None, Answer.LIMIT, "≥ 18"),
        (None, 25, Answer.LIMIT, "≤ 25"),
        (0.5, 18, Answer.LIMIT, "6 months–18"),
        (0, None, Answer.LIMIT, "≥ 0"),
        (None, None, Answer.NOT_STATED, "?"),
    ],
)
def test_ages(lowest: float | None, highest: float | None, answer: Answer, short: str) -> None:
    found = cell(make_trial(min_age_years=lowest, max_age_years=highest), "age")
    assert (found.answer, found.short) == (answer, short)


@pytest.mark.parametrize(
    ("name", "value", "answer", "short"),
    [
        ("min_prior_lines", "2", Answer.LIMIT, "≥ 2"),
        ("ecog_max", "1", Answer.LIMIT, "0–1"),
        ("ecog_max", "0", Answer.LIMIT, "0"),
        ("ecog_max", "one", Answer.NOT_STATED, "?"),
        ("min_prior_lines", None, Answer.NOT_STATED, "?"),
    ],
)
def test_numbers_say_their_direction(name: str, value: str | None, answer: Answer, short: str) -> None:
    found = cell(make_trial(eligibility={name: says(value)} if value else {}), name)
    assert (found.answer, found.short) == (answer, short)
