"""One person's answers against what a trial states: the rules one by one, then what holds for all of them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.choices import Facet, Limit
from trials.explain.age_limits import within
from trials.explain.answers import QUESTIONS, AnswerError, Answers, read_answers
from trials.explain.match import StatedFacts, Verdict, match
from trials.explain.trial_facts import could_it_fit, facts_of, stated_against
from trials.models import Trial
from trials.record import StoredFacet

FITS, AGAINST, ASK = Verdict.FITS, Verdict.DOES_NOT_FIT, Verdict.ASK
SILENT = "silent"
"""An `ask` that is not relevant."""
STATES = [
    name for name in Facet if name not in (Facet.MIN_PRIOR_LINES, Facet.ECOG_MAX, Facet.PRIOR_SAME_TARGET)
]


def one(value: str, limit: str = "", quote: str = "As written") -> StoredFacet:
    return {"value": value, "quote": quote, "limit": limit}


def verdict(question: str, answer: Any, stated: StatedFacts) -> str:
    [reason] = match(read_answers({question: answer}), stated, [question]).reasons
    return reason.verdict if reason.is_relevant else SILENT


@pytest.mark.parametrize("facet", STATES)
@pytest.mark.parametrize(
    ("value", "limit", "has", "has_not", "unknown"),
    [
        ("excluded", "", AGAINST, FITS, ASK),
        ("excluded", Limit.ACTIVE, ASK, FITS, ASK),
        ("excluded", "within 3 months", ASK, FITS, ASK),
        ("allowed", "", FITS, FITS, FITS),
        ("allowed", Limit.CONDITION, ASK, FITS, ASK),
        ("required", "", FITS, AGAINST, ASK),
        ("required", Limit.CONDITION, ASK, ASK, ASK),
        ("not_stated", "", ASK, SILENT, SILENT),
        ("a newer word", "", ASK, SILENT, SILENT),
    ],
)
def test_what_a_person_has(
    facet: Facet, value: str, limit: str, has: str, has_not: str, unknown: str
) -> None:
    stated = StatedFacts(facets={facet.value: one(value, limit)})
    assert [verdict(facet, answer, stated) for answer in (True, False, None)] == [has, has_not, unknown]
    assert [verdict(facet, answer, StatedFacts()) for answer in (True, False, None)] == [ASK, SILENT, SILENT]


@pytest.mark.parametrize("facet", STATES)
def test_without_a_quotation_nothing_is_against(facet: Facet) -> None:
    assert verdict(facet, True, StatedFacts(facets={facet.value: one("excluded", quote="")})) == ASK


@pytest.mark.parametrize(
    ("had", "expected"),
    [(True, AGAINST), (False, FITS), ([], FITS), (["CD19"], AGAINST), (["BCMA"], FITS), (["cd-19"], AGAINST)],
)
def test_earlier_treatment_counts_by_its_antigen(had: Any, expected: str) -> None:
    facets = {Facet.PRIOR_SAME_TARGET.value: one("excluded")}
    stated = StatedFacts(targets=["CD19"], facets=facets)
    assert verdict("prior_same_target", had, stated) == expected


def test_antigen_is_asked_about_where_the_trials_own_is_not_known_or_the_sentence_names_it() -> None:
    name = Facet.PRIOR_SAME_TARGET.value
    unknown = StatedFacts(facets={name: one("excluded")})
    naming = StatedFacts(targets=["CD19"], facets={name: one("excluded", quote="Prior anti-CD 22 therapy")})
    assert [verdict(name, ["CD22"], stated) for stated in (unknown, naming)] == [ASK, ASK]
    assert verdict(name, ["BCMA"], naming) == FITS


@pytest.mark.parametrize(
    ("person", "trial", "expected"),
    [
        (["lbcl"], ["lbcl"], FITS),
        (["lbcl"], ["b-nhl"], FITS),
        (["lbcl"], ["blood-cancers"], FITS),
        (["b-nhl"], ["lbcl"], ASK),
        (["lbcl"], [], ASK),
        (["lbcl"], ["myeloma"], AGAINST),
        (["lbcl"], ["fl"], ASK),
        (["cll"], ["richter"], ASK),
        (["nsclc"], ["brain-mets"], ASK),
        (["lbcl"], ["hiv"], ASK),
        (["lbcl"], ["an-older-slug"], ASK),
        (["medulloblastoma"], ["childhood-solid"], ASK),
        (["leukaemia"], ["b-nhl"], ASK),
        (["lbcl"], ["lupus"], AGAINST),
        (["myeloma", "lbcl"], ["lbcl"], FITS),
        (["myeloma", "lbcl"], ["aml"], AGAINST),
        ([], ["lbcl"], ASK),
    ],
)
def test_disease_follows_the_tree_of_the_vocabulary(
    person: list[str], trial: list[str], expected: str
) -> None:
    assert verdict("conditions", person, StatedFacts(conditions=trial)) == expected


@pytest.mark.parametrize(
    ("age", "lowest", "highest", "expected"),
    [
        (17, 18, None, False),
        (18, 18, 75, True),
        (75, 18, 75, True),
        (75.5, 18, 75, True),
        (76, 18, 75, False),
        (17.9, 18, None, False),
        (17, 17.5, None, None),
        (0.5, 0.5, 18, True),
        (0.4, 0.5, 18, False),
        (0, 0.5, 18, None),
        (0.83, 10 / 12, None, True),
        (0.5, None, 0.5, True),
        (0.6, None, 0.5, False),
        (3, None, 21, True),
        (90, 18, None, True),
    ],
)
def test_age_is_within_limits_as_registries_mean_them(
    age: float, lowest: float | None, highest: float | None, expected: bool | None
) -> None:
    assert within(age, lowest, highest) is expected


def test_age_that_is_not_stated_is_asked_about() -> None:
    assert verdict("age", 40, StatedFacts()) == ASK
    assert verdict("age", None, StatedFacts(min_age_years=18)) == ASK


@pytest.mark.parametrize(
    ("stated", "answers"),
    [("", [SILENT, SILENT]), ("ALL", [FITS, FITS]), ("FEMALE", [AGAINST, ASK]), ("MALE", [FITS, ASK])],
)
def test_sex(stated: str, answers: list[str]) -> None:
    assert [verdict("sex", given, StatedFacts(sex=stated)) for given in ("male", None)] == answers


@pytest.mark.parametrize(
    ("facet", "question", "answers", "expected"),
    [
        (one("2", Limit.AT_LEAST), "lines", (0, 1, 2, 3, None), [AGAINST, AGAINST, FITS, FITS, ASK]),
        (one("2", "at least; with exceptions"), "lines", (1, 2), [ASK, FITS]),
        (one("2", quote="Cohort A: 2 lines; cohort B: 1"), "lines", (1, 2), [ASK, FITS]),
        (one("many"), "lines", (0, 1), [ASK, SILENT]),
        (one("1", Limit.AT_MOST), "ecog", (0, 1, 2, None), [FITS, FITS, AGAINST, ASK]),
        (one("1", quote="ECOG 0-1 or Lansky 50 and more"), "ecog", (1, 2), [FITS, ASK]),
        (one("", quote=""), "ecog", (1, 2, None), [SILENT, ASK, SILENT]),
    ],
)
def test_numbers(facet: StoredFacet, question: str, answers: tuple[Any, ...], expected: list[str]) -> None:
    name = Facet.MIN_PRIOR_LINES if question == "lines" else Facet.ECOG_MAX
    stated = StatedFacts(facets={name.value: facet})
    assert [verdict(question, answer, stated) for answer in answers] == expected


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        *[("age", answer) for answer in (-1, 121, "40", True, float("nan"), float("inf"), [40])],
        *[("sex", answer) for answer in ("other", 1)],
        *[("conditions", answer) for answer in ("lbcl", ["nothing"], [1], {"lbcl": 1})],
        *[("lines", answer) for answer in (-1, 21, 1.5, True, "2")],
        *[("ecog", answer) for answer in (5, -1, False)],
        *[("prior_same_target", answer) for answer in ("CD19", ["CD9999"], 1)],
        ("hiv", 1),
        ("hiv", "yes"),
        *[(question, True) for question in ("HIV", "weight", "min_prior_lines", "")],
    ],
)
def test_impossible_answers_are_named(question: str, answer: Any) -> None:
    with pytest.raises(AnswerError) as refused:
        read_answers({question: answer})
    assert refused.value.question == question


def test_stored_trial_whose_records_disagree_is_asked_about() -> None:
    facets = {"hiv": one("excluded"), "ecog_max": one("1", "at most"), "prior_car_t": one("excluded")}
    columns = {"stated": [*facets], "barred": ["prior_car_t"], "limited": ["hiv"], "ecog_max": 2}
    trial = Trial(eligibility=facets, conditions=["lbcl"], **columns)
    answers = Answers(hiv=True, prior_car_t=True, ecog=3, conditions=("lbcl",))
    assert [reason.facet for reason in stated_against(trial, answers)] == ["prior_car_t"]
    assert {reason.facet for reason in could_it_fit(trial, answers).to_ask} == {"hiv", "ecog", "age"}
    assert facts_of(trial).facets["hiv"]["quote"] == "As written"


# What holds whatever is answered and stated ---------------------------------------------------------------

LIMITS = st.sampled_from(["", Limit.ACTIVE.value, "within 3 months", Limit.EXCEPTIONS.value])
FACETS = st.fixed_dictionaries(
    {},
    optional={
        name.value: st.builds(one, st.sampled_from(["excluded", "allowed", "required", "not_stated"]), LIMITS)
        for name in (*STATES, Facet.PRIOR_SAME_TARGET)
    }
    | {
        name.value: st.builds(one, st.sampled_from(["0", "1", "2", "4", ""]), LIMITS)
        for name in (Facet.MIN_PRIOR_LINES, Facet.ECOG_MAX)
    },
)
SLUGS = st.sampled_from(["lbcl", "b-nhl", "myeloma", "b-all", "lupus", "nsclc", "solid-tumours"])
AGES = st.one_of(st.none(), st.sampled_from([0.0, 0.5, 1.5, 17.0, 18.0, 40.0, 75.0]))
STATED = st.builds(
    StatedFacts,
    conditions=st.lists(SLUGS, max_size=3),
    targets=st.lists(st.sampled_from(["CD19", "BCMA"]), max_size=2),
    min_age_years=AGES,
    max_age_years=AGES,
    sex=st.sampled_from(["", "ALL", "FEMALE", "MALE"]),
    facets=FACETS,
)
FULL = {
    "age": st.floats(0, 120),
    "sex": st.sampled_from(["female", "male"]),
    "conditions": st.lists(SLUGS, min_size=1, max_size=2),
    "lines": st.integers(0, 5),
    "ecog": st.integers(0, 4),
    "prior_same_target": st.one_of(st.booleans(), st.just(["CD19"]), st.just([])),
    **{name.value: st.booleans() for name in STATES},
}
ANSWERS = st.fixed_dictionaries({}, optional=FULL)


@given(answers=ANSWERS, stated=STATED, more=st.fixed_dictionaries(FULL), added=st.sampled_from(QUESTIONS))
def test_another_answer_changes_its_own_reason_alone_and_lifts_no_bar(
    answers: dict[str, Any], stated: StatedFacts, more: dict[str, Any], added: str
) -> None:
    before = match(read_answers({k: v for k, v in answers.items() if k != added}), stated)
    after = match(read_answers(answers | {added: more[added]}), stated)
    assert [r for r in before.reasons if r.facet != added] == [r for r in after.reasons if r.facet != added]
    assert before.verdict != AGAINST or after.verdict == AGAINST


@given(answers=ANSWERS, stated=STATED)
def test_what_is_not_known_or_limited_or_not_stated_never_decides(
    answers: dict[str, Any], stated: StatedFacts
) -> None:
    for reason in match(read_answers(answers), stated).against:
        assert reason.facet in answers
        name = {"lines": "min_prior_lines", "ecog": "ecog_max"}.get(reason.facet, reason.facet)
        facet = stated.facets.get(name)
        assert facet is None or (facet["limit"] == "" and reason.quote == facet["quote"] != "")
        assert facet or reason.facet in ("age", "sex", "conditions")
    assert match(Answers(), stated).verdict != AGAINST


@given(answers=ANSWERS, stated=STATED, order=st.randoms(use_true_random=False))
def test_order_does_not_matter(answers: dict[str, Any], stated: StatedFacts, order: Any) -> None:
    def shuffled(one: Any) -> dict[str, Any]:
        items = list(one.items())
        order.shuffle(items)
        return dict(items)

    asked = [*QUESTIONS]
    order.shuffle(asked)
    other = replace(stated, facets=shuffled(stated.facets))
    assert match(read_answers(shuffled(answers)), other, asked) == match(read_answers(answers), stated)


@given(answers=ANSWERS, stated=STATED)
def test_whole_verdict_is_the_worst_that_is_relevant(answers: dict[str, Any], stated: StatedFacts) -> None:
    found = match(read_answers(answers), stated)
    expected = AGAINST if found.against else ASK if found.to_ask else FITS
    assert found.verdict == expected
    assert [reason.facet for reason in found.reasons] == list(QUESTIONS)
