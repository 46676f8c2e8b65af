"""Steps of CAR T treatment: what states them, what only looks like it."""

from typing import Any

import pytest

from tests.builders import record
from trials.explain.excerpts import LONGEST, passages
from trials.explain.treatment_steps import NAMES, NOT_MENTIONED, STATED, WITHOUT, Step, journey


def step(name: str, summary: str = "", **details: Any) -> Step:
    return next(one for one in journey(passages(record(summary=summary, **details))) if one.name == name)


HITS = [
    ("screening", "Patients will be screened with blood tests."),
    ("screening", "Each participant will undergo screening, treatment and follow-up."),
    ("apheresis", "Participants will have leukapheresis."),
    ("apheresis", "Patients will undergo an unstimulated leucapheresis."),
    ("apheresis", "White blood cells are collected, in a process called apheresis."),
    ("apheresis", "Peripheral blood mononuclear cells (PBMC) will be collected."),
    ("bridging", "Bridging therapy is allowed while cells are made."),
    ("bridging", "Bridging radiotherapy."),
    ("bridging", "Subjects may receive bridging chemotherapy."),
    ("lymphodepletion", "Lymphodepleting chemotherapy on days -5 to -3."),
    ("lymphodepletion", "Fludarabine 30 mg/m2 for three days."),
    ("lymphodepletion", "Patients get a conditioning chemotherapy."),
    ("lymphodepletion", "Arms with or without lymphodepletion."),
    ("infusion", "CAR-T cells will be infused on day 0."),
    ("infusion", "Patients receive a single dose of CD19 CAR T cells."),
    ("stay", "Participants will stay in the hospital about 2 weeks."),
    ("stay", "Subjects will be hospitalized for a minimum of 7 days."),
    ("stay", "Patients will be closely monitored in hospital."),
    ("stay", "Axi-cel is given in the outpatient setting."),
    ("follow_up", "Patients will be followed for 15 years."),
    ("follow_up", "There is a long-term follow-up."),
    ("follow_up", "Follow-up visits are every 3 months."),
]
NEAR_MISSES = [
    ("screening", "Age is that of the breast cancer screening programme."),
    ("screening", "Hits of a high-throughput screening were tested."),
    ("apheresis", "Plasmapheresis is not part of care."),
    ("apheresis", "Blood pressure is measured."),
    ("bridging", "CAR T as bridging to transplant."),
    ("bridging", "This study bridges a gap."),
    ("lymphodepletion", "Myeloablative conditioning precedes transplant."),
    ("lymphodepletion", "For fludarabine-refractory disease."),
    ("infusion", "An infusion of rituximab is given."),
    ("infusion", "Donor lymphocyte infusion of T cells is compared."),
    ("stay", "A serious adverse event is one that requires inpatient hospitalization."),
    ("stay", "The trial runs at Beijing Boren Hospital."),
    ("stay", "The aim is to shorten length of hospitalization."),
    ("follow_up", "CAR T cells followed by transplant within 2 years."),
    ("follow_up", "Median follow-up was 12 months in published data."),
]


@pytest.mark.parametrize(("name", "sentence"), HITS)
def test_step_is_stated_with_its_sentence(name: str, sentence: str) -> None:
    told = step(name, f"Some words before. {sentence} Others after.")
    assert (told.state, [quote.text for quote in told.quotes]) == (STATED, [sentence])


@pytest.mark.parametrize(("name", "sentence"), NEAR_MISSES)
def test_what_looks_like_a_step_is_none(name: str, sentence: str) -> None:
    assert step(name, f"Some words before. {sentence} Others after.").state == NOT_MENTIONED


@pytest.mark.parametrize(
    "sentence",
    [
        "The participants will not undergo lymphodepleting chemotherapy.",
        "Cells are given without prior lymphodepletion.",
        "CAR-T is given without the need to give preparative chemotherapy (lymphodepletion).",
        "No lymphodepletion is given.",
    ],
)
def test_step_that_is_left_out_is_told_so(sentence: str) -> None:
    told = step("lymphodepletion", sentence)
    assert (told.state, [quote.text for quote in told.quotes]) == (WITHOUT, [sentence])


def test_step_of_one_arm_only_shows_both_sentences() -> None:
    told = step("lymphodepletion", "Arm A gets lymphodepletion. Arm B gets no lymphodepletion.")
    assert told.state == STATED
    assert [quote.text for quote in told.quotes] == [
        "Arm A gets lymphodepletion.",
        "Arm B gets no lymphodepletion.",
    ]


@pytest.mark.parametrize(
    "criterion",
    ["Fludarabine within 4 weeks.", "Prior bridging therapy.", "Hospitalization within 3 months."],
)
def test_criteria_of_earlier_treatment_state_no_step(criterion: str) -> None:
    assert {one.state for one in journey(passages(record(exclusion=criterion)))} == {NOT_MENTIONED}


def test_criteria_can_state_what_is_to_come() -> None:
    told = step("apheresis", inclusion="* Adults\n* Good veins for leukapheresis")
    assert [(quote.field, quote.text) for quote in told.quotes] == [
        ("inclusion", "Good veins for leukapheresis")
    ]


def test_what_is_measured_last_states_a_follow_up() -> None:
    outcomes = [
        {"measure": "Safety", "time_frame": "28 days"},
        {"measure": "Survival", "time_frame": "up to 2 years"},
        {"measure": "Response", "time_frame": "6 months"},
    ]
    assert [q.text for q in step("follow_up", outcomes=outcomes).quotes] == ["Survival (up to 2 years)"]


def test_short_measurement_states_no_follow_up() -> None:
    outcomes = [{"measure": "Response in 15 year old patients", "time_frame": "28 days"}]
    assert step("follow_up", outcomes=outcomes).state == NOT_MENTIONED


def test_infusion_falls_back_on_what_is_given() -> None:
    given = [{"name": "CD19 CAR-T", "description": ""}]
    assert [q.text for q in step("infusion", interventions=given).quotes] == ["CD19 CAR-T"]


def test_two_records_each_have_their_sentence() -> None:
    texts = [
        *passages(record(summary="Patients have leukapheresis.", registry_id="A")),
        *passages(record(summary="Apheresis first.", registry_id="B")),
    ]
    told = journey(texts)[NAMES.index("apheresis")]
    assert [(quote.source, quote.text) for quote in told.quotes] == [
        ("A", "Patients have leukapheresis."),
        ("B", "Apheresis first."),
    ]


def test_empty_record_states_nothing() -> None:
    assert [(one.name, one.state) for one in journey([])] == [(name, NOT_MENTIONED) for name in NAMES]


def test_long_sentence_is_cut_around_its_words() -> None:
    sentence = "word " * 200 + "leukapheresis " + "word " * 200
    text = step("apheresis", sentence).quotes[0].text
    assert "leukapheresis" in text
    assert len(text) <= LONGEST + 4
