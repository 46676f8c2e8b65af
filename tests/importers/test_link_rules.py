"""Whether two records are one trial: what they say decides, and what a person has to be asked."""

import csv
from dataclasses import replace
from typing import Any

import pytest

from importers.matching.rules import Method, Objection, Side, Verdict, decide
from tests.shared_records import SHARED, needs_shared
from trials.choices import Role

NCT, CTRI = "NCT04999999", "CTRI/2023/03/050689"
TITLE = "A phase 2 study of anti-CD19 CAR T cells in B-cell lymphoma"
GOV = Side(NCT, (TITLE,), sponsor="Immuneel Therapeutics Pvt. Ltd.", phases=("PHASE2",), countries=("India",))
OURS = Side(
    CTRI, (TITLE,), sponsor="Immuneel Therapeutics Private Limited", phases=("PHASE2",), countries=("India",)
)


@pytest.mark.parametrize(
    "text", [CTRI, f"{CTRI} [Registered on: 09/03/2023]", "ctri-2023-03-050689", f"Reg. no.: {CTRI}, IEC/12"]
)
def test_number_named_on_either_side_joins(text: str) -> None:
    assert decide(replace(GOV, other_ids=(text,)), OURS) == Verdict(Method.STATED, text)
    assert decide(GOV, replace(OURS, other_ids=("NCT 04999999 (ClinicalTrials.gov)",))) == Verdict(
        Method.STATED, "NCT 04999999 (ClinicalTrials.gov)"
    )


@pytest.mark.parametrize("text", [f"N{CTRI}", "CTRI/2023/03/050688", "NCT049999991", "XNCT04999999", ""])
def test_other_numbers_do_not_join(text: str) -> None:
    apart = replace(GOV, sponsor="")
    assert decide(replace(apart, other_ids=(text,)), replace(OURS, other_ids=(text,))) is None


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        ({"titles": ("Long-term follow-up of people given CAR T cells",)}, Objection.OTHER_STUDY),
        ({"titles": ("A roll-over study",)}, Objection.OTHER_STUDY),
        ({"role": Role.EXPANDED_ACCESS}, Objection.OTHER_STUDY),
        ({"phases": ("PHASE1",)}, Objection.PHASE),
        ({"countries": ("United States",)}, Objection.COUNTRY),
        ({"role": Role.NOT_CAR_T}, Objection.ROLE),
    ],
)
def test_contradiction_leaves_a_stated_number_to_a_person(change: dict[str, Any], doubt: Objection) -> None:
    verdict = decide(replace(GOV, **change), replace(OURS, other_ids=(NCT,)))
    assert verdict == Verdict(Method.STATED, NCT, (doubt,))
    assert not verdict.is_certain


def test_phase_that_overlaps_or_is_not_stated_is_no_contradiction() -> None:
    ours = replace(OURS, other_ids=(NCT,))
    for phases in ((), ("NA",), ("PHASE1", "PHASE2")):
        assert decide(replace(GOV, phases=phases), ours) == Verdict(Method.STATED, NCT)


def test_protocol_number_and_sponsor_are_asked_about() -> None:
    gov, ours = replace(GOV, other_ids=("IMN-003A",)), replace(OURS, other_ids=("IMN 003A",))
    assert decide(gov, ours) == Verdict(Method.PROTOCOL, "IMN 003A")
    assert decide(replace(gov, sponsor="Tata Memorial Centre"), ours) is None


@pytest.mark.parametrize("number", ["12345", "ABCDE", "A12", ""])
def test_number_that_is_no_protocol_number_says_nothing(number: str) -> None:
    assert decide(replace(GOV, other_ids=(number,)), replace(OURS, other_ids=(number,))) is None


def test_same_title_sponsor_and_place_are_asked_about() -> None:
    gov, ours = replace(GOV, cities=("Bengaluru",)), replace(OURS, cities=("Bengaluru", "Mumbai"))
    verdict = decide(gov, ours)
    assert (verdict and verdict.method, verdict and verdict.is_certain) == (Method.SIMILAR, False)
    assert decide(gov, replace(ours, cities=("Chennai",))) is None
    assert decide(gov, replace(ours, titles=("CAR T cells for multiple myeloma after two lines",))) is None


def test_two_trials_without_car_t_are_not_asked_about() -> None:
    gov, ours = (replace(side, role=Role.NOT_CAR_T, cities=("Mumbai",)) for side in (GOV, OURS))
    assert decide(gov, ours) is None


@needs_shared
def test_every_real_pair_is_joined_from_either_side() -> None:
    text = (SHARED / "registries/ctri/ids/ctri_nct_pairs.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    pairs = [(c, n) for row in rows for c in row["ctri_ids"].split(";") for n in row["nct_ids"].split(";")]
    assert len(pairs) >= 360
    for ctri, nct in pairs:
        gov, ours = replace(GOV, registry_id=nct), replace(OURS, registry_id=ctri)
        assert decide(replace(gov, other_ids=(ctri,)), ours) == Verdict(Method.STATED, ctri)
        assert decide(gov, replace(ours, other_ids=(nct,))) == Verdict(Method.STATED, nct)
