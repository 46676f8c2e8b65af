"""Ways in which a text says whose cells the product is made from; what only sounds like it says nothing."""

import pytest

from importers.classify import classify
from importers.registries.slugs import Registry
from trials.choices import Status, StudyType
from trials.record import Intervention, TrialRecord


def source(summary: str) -> str:
    record = TrialRecord(
        Registry.CTGOV,
        "NCT1",
        "",
        "CD19 CAR T Cells in Lymphoma",
        Status.RECRUITING,
        study_type=StudyType.INTERVENTIONAL,
        interventions=(Intervention("CD19 CAR T cells"),),
        summary=summary,
    )
    return classify(record).cell_source


@pytest.mark.parametrize(
    "summary",
    [
        "Subject-derived CAR-T cells.",
        "Autologously produced CAR T cells.",
        "The children's lymphocytes receive the gene.",
        "Lymphocytes from the blood of the participant carry the receptor.",
        "Your immune cells will be changed in a laboratory.",
        "The modified cells are infused into the same person.",
        "T cells extracted from each participant.",
        "A person's cells are reprogrammed.",
    ],
)
def test_own_cells(summary: str) -> None:
    assert source(summary) == "autologous"


@pytest.mark.parametrize(
    "summary",
    [
        "The lymphocytes were obtained from a healthy adult.",
        "T cells of a brother or sister carry the receptor.",
        "CAR-T cells of the former donor.",
        "Unlike patients' own cells, these come from a donor.",
        "An allogeneic cell product.",
    ],
)
def test_cells_of_others(summary: str) -> None:
    assert source(summary) == "allogeneic"


@pytest.mark.parametrize(
    "summary",
    [
        "A vector that turns lymphocytes into CAR T cells inside the body.",
        "CAR-T cells are produced within the patient's body.",
        "The particle reprograms T cells in vivo.",
        "In situ CAR-T.",
    ],
)
def test_cells_made_in_the_body(summary: str) -> None:
    assert source(summary) == "in_vivo"


@pytest.mark.parametrize(
    "summary",
    [
        "Drugs make room in your body for CAR T cells.",
        "CAR T cells are made in a laboratory and live in the body for years.",
        "The lymphocyte count of patients is measured.",
        "T cells of patients are examined.",
        "Given after a transplant of stem cells from a sibling.",
        "Cells from healthy volunteers serve as controls.",
    ],
)
def test_what_says_nothing_of_the_product(summary: str) -> None:
    assert source(summary) == "not_stated"
