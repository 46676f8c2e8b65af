"""What names CAR-T and gives none: another acronym, earlier or barred treatment, people who are taught."""

import pytest

from importers.classify import classify
from tests.importers.test_classify_kinds import AROUND, GIVES, NOT, OBSERVES, record
from trials.choices import StudyType
from trials.record import Intervention

WATCHED = StudyType.OBSERVATIONAL


def given(kind: str, name: str, description: str = "") -> Intervention:
    return Intervention(name, kind=kind, description=description)


@pytest.mark.parametrize(
    ("title", "intervention", "summary", "role"),
    [
        ("CAR-T mesh repair of hernia", given("PROCEDURE", "CAR-T repair"), "Repairs are compared.", NOT),
        ("Reconstruction (CAR-T) with mesh", given("OTHER", "CAR-T"), "A release of muscles.", NOT),
        ("Drugs A, B and D (CAR-T-D) in myeloma", given("DRUG", "Thalidomide"), "It is called CAR-T-D.", NOT),
        ("CAR-T in lymphoma", given("PROCEDURE", "CAR-T infusion"), "T cells are infused.", GIVES),
        ("Zanubrutinib in lymphoma, CAR-T excluded", given("DRUG", "Zanubrutinib"), "No prior CAR-T.", NOT),
        ("Teclistamab with or without prior CAR-T", given("DRUG", "Teclistamab"), "For myeloma.", NOT),
        ("Teclistamab after failure of CAR-T", given("DRUG", "Teclistamab"), "For myeloma.", AROUND),
        ("Talquetamab when CAR-T is refused", given("DRUG", "Talquetamab"), "For myeloma.", NOT),
        ("CAR T-shaped stent", given("DEVICE", "T-shaped stent"), "For bile ducts.", NOT),
        ("Course on CAR-T for nurses", given("BEHAVIORAL", "E-learning"), "Nurses learn.", NOT),
        ("Nurse-led exercise after CAR-T", given("BEHAVIORAL", "Exercise"), "For patients.", AROUND),
        ("Lymphocytes for relapse", given("BIOLOGICAL", "Infusion"), "CAR-T is not used in this study.", NOT),
        ("QX in cancer", given("BIOLOGICAL", "QX-7-1", "autologous PSMA-directed CAR-T"), "", GIVES),
    ],
)
def test_classify_looks_at_what_car_t_means(
    title: str, intervention: Intervention, summary: str, role: str
) -> None:
    assert classify(record(title, intervention, summary=summary)).role == role


@pytest.mark.parametrize(
    ("title", "summary", "role"),
    [
        ("Late effects of T cells", "Children who got GD2 CAR T cells in our trials are seen.", "follow_up"),
        ("Late effects in survivors", "Adults who got CAR T cells are asked.", OBSERVES),
        ("CAR T-wave alternans", "The heart is recorded.", NOT),
    ],
)
def test_classify_asks_where_people_got_their_cells(title: str, summary: str, role: str) -> None:
    assert classify(record(title, summary=summary, study_type=WATCHED, phases=())).role == role


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("B-cell malignancies other than CLL", ("b-all", "b-nhl")),
        ("Hepatitis B-related liver cancer", ("liver",)),
        ("Hepatitis B", ("infection",)),
    ],
)
def test_classify_leaves_out_what_people_must_not_have_and_what_a_cancer_comes_from(
    condition: str, found: tuple[str, ...]
) -> None:
    assert classify(record("GPC3 CAR-T", "GPC3 CAR-T", conditions=(condition,))).conditions == found


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("Cells are removed from the body, changed and given back.", "autologous"),
        ("The participant is the donor of the T cells.", "autologous"),
        ("Made from their lymphocytes.", "autologous"),
        ("Engineered cells of the same patient.", "autologous"),
        ("Cells of the patient are tested for CD19.", "not_stated"),
        ("Made from umbilical cord blood.", "allogeneic"),
        ("Manufactured from leukapheresis of volunteers.", "allogeneic"),
        ("Third-party cells.", "allogeneic"),
        ("People have had a transplant, autologous or allogeneic.", "not_stated"),
        ("A vector is injected and CAR-T cells are formed in the body.", "in_vivo"),
        ("Particles deliver the gene to T cells.", "in_vivo"),
        ("CAR-T cells persist in the body.", "not_stated"),
    ],
)
def test_classify_reads_whose_cells_in_many_words(said: str, source: str) -> None:
    product = given("BIOLOGICAL", "CD19 CAR-T", said)
    assert classify(record("CD19 CAR-T in lymphoma", product)).cell_source == source
