"""What makes a trial one of CAR T cells, of a disease or of a cell source, and what only looks like it."""

from typing import Any

import pytest

from importers.classify import classify
from importers.registries.slugs import Registry
from trials.choices import Phase, Status, StudyType
from trials.record import Intervention, TrialRecord

GIVES, NOT, AROUND, OBSERVES = "gives_car_t", "not_car_t", "around_car_t", "observational"


def record(title: str, *interventions: str | Intervention, **fields: Any) -> TrialRecord:
    given = tuple(Intervention(one) if isinstance(one, str) else one for one in interventions)
    defaults: dict[str, Any] = {
        "study_type": StudyType.INTERVENTIONAL,
        "phases": (Phase.PHASE1,),
        "interventions": given,
    }
    return TrialRecord(Registry.CTGOV, "NCT90000001", "", title, Status.RECRUITING, **(defaults | fields))


def role(study: TrialRecord) -> tuple[str, bool]:
    """The role, and whether it waits for a person."""
    found = classify(study)
    return found.role, "role" in found.undecided


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("We will test the safety of QX-77, a CD19 CAR-T cell product.", (GIVES, False)),
        ("Patients will receive a single infusion of CD19 CAR-T cells.", (GIVES, False)),
        ("We want to see if CD19 CAR-T cells are safe.", (GIVES, False)),
        ("CAR-T cells have shown good results in lymphoma.", (NOT, True)),
        ("The cells have fewer side effects than CAR-T cells.", (NOT, False)),
        ("Patients who were treated with standard-of-care CAR-T therapy have a blood test.", (AROUND, False)),
    ],
)
def test_classify_needs_a_sentence_that_gives_car_t(summary: str, expected: tuple[str, bool]) -> None:
    assert role(record("QX-77 in lymphoma", "QX-77 infusion", summary=summary)) == expected


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("Groups: surgery, transplant, CAR-T cell therapy.", NOT),
        ("A registry of patients treated with CAR-T cells.", OBSERVES),
        ("CAR-T cells will be infused.", NOT),
    ],
)
def test_classify_lets_no_observational_study_give(summary: str, expected: str) -> None:
    study = record("A registry", "QX-77", study_type=StudyType.OBSERVATIONAL, phases=(), summary=summary)
    assert role(study) == (expected, False)


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        ("Circular ring (CAR) for CD19 CAR-T patients", "Ring", (AROUND, False)),
        ("CD19 CAR-T in lymphoma", "CD19 CAR-T cells", (AROUND, True)),
        ("Ring for hernia", "Circular Ring (CAR)", (NOT, False)),
    ],
)
def test_classify_lets_no_device_give(title: str, name: str, expected: tuple[str, bool]) -> None:
    assert role(record(title, Intervention(name, "DEVICE"))) == expected


@pytest.mark.parametrize(
    ("title", "name", "summary", "expected"),
    [
        ("JointCart for worn cartilage", "JointCart", "", (NOT, False)),
        ("A medication cart on the ward", "Cart", "", (NOT, False)),
        ("CART in relapsed leukaemia", "CART", "", (GIVES, False)),
        ("Annuloplasty", "Circular Ring (CAR)", "", (NOT, False)),
        ("CAR against CD19", "CAR", "", (GIVES, False)),
        ("MB-102 in kidney function", "MB-102", "A fluorescent dye.", (NOT, False)),
        ("MB-102 in BPDCN", "MB-102", "", (GIVES, False)),
        ("CT-011 in lymphoma", "CT-011", "A monoclonal antibody.", (NOT, False)),
        ("CT-011 in liver cancer", "CT-011", "", (NOT, True)),
        ("CT-011 in liver cancer", "CT-011", "CT-011 is a GPC3 CAR-T.", (GIVES, False)),
        ("CT-103A in myeloma", "CT-103A", "", (GIVES, False)),
    ],
)
def test_classify_asks_a_short_name_for_its_company(
    title: str, name: str, summary: str, expected: tuple[str, bool]
) -> None:
    assert role(record(title, name, summary=summary)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Lymphocytes genetically targeted to the surface antigen CD20", GIVES),
        ("Own T cells engineered to recognise the antigen GPC3", GIVES),
        ("T cells engineered to recognise NY-ESO-1", NOT),
        ("CD22 CARplus T cells in ALL", GIVES),
        ("LUCAR-88Y in myeloma", GIVES),
        ("GD2-targeted chimeric antigen receptors (CARs) in glioma", GIVES),
        ("A drug that is targeted to the antigen CD20", NOT),
    ],
)
def test_classify_knows_car_t_by_what_it_is(title: str, expected: str) -> None:
    assert classify(record(title, "Infusion")).role == expected


@pytest.mark.parametrize(
    ("interventions", "expected"),
    [
        (("QZX-17", "Fludarabine", "Cyclophosphamide"), (GIVES, True)),
        (("QZX-17 cell injection",), (GIVES, True)),
        (("QZX-17", "Anti-BCMA"), (NOT, True)),
        (("QZX-17", "Fludarabine"), (NOT, False)),
        (("QZX-17 antibody", "Fludarabine", "Cyclophosphamide"), (NOT, False)),
    ],
)
def test_classify_leaves_unknown_codes_to_a_person(
    interventions: tuple[str, ...], expected: tuple[str, bool]
) -> None:
    assert role(record("QZX-17 in myeloma", *interventions)) == expected


def test_classify_takes_no_missing_type_for_an_observation() -> None:
    study = record("CD19 CAR-T", "CD19 CAR-T", study_type=None, phases=())
    assert role(study) == (OBSERVES, True)


@pytest.mark.parametrize(
    ("name", "targets"),
    [
        ("4SCAR-FRa", ("FRa",)),
        ("ROR1R-CAR-T", ("ROR1",)),
        ("EGFRvIIIR-CAR-T", ("EGFRvIII",)),
        ("FOUR-CAR-T", ()),
    ],
)
def test_classify_reads_antigens_glued_to_car(name: str, targets: tuple[str, ...]) -> None:
    assert classify(record("Cells", name)).targets == targets


@pytest.mark.parametrize(
    ("beside", "targets"),
    [("Anti-CD20 mAb", ("CD19",)), ("CD20 inhibitor", ("CD19",)), ("CD20 antibody CAR-T", ("CD19", "CD20"))],
)
def test_classify_takes_no_antibody_for_a_target(beside: str, targets: tuple[str, ...]) -> None:
    assert classify(record("Cells in lupus", "CD19 CAR-T", beside)).targets == targets


@pytest.mark.parametrize(
    ("title", "conditions", "summary", "expected"),
    [
        ("BCMA CAR-T in non-malignant disease", ("Myasthenia Gravis",), "", ("myasthenia-gravis",)),
        ("B7-H3 CAR-T in rhabdoid tumours of the brain", (), "", ("medulloblastoma",)),
        ("B7-H3 CAR-T in rhabdoid tumours", (), "", ("wilms-rhabdoid",)),
        ("GD2 CAR-T", ("Embryonal Tumors", "Neuroblastoma"), "", ("neuroblastoma",)),
        ("BCMA CAR-T", ("Leukemia, Plasma Cell",), "", ("plasma-cell-leukaemia",)),
        ("CAR-T", ("Leukemia, Myeloid, Acute",), "", ("aml",)),
        ("CAR-T", ("Lymphoma",), "Mantle cell lymphoma or DLBCL may take part.", ("lbcl", "mcl")),
        ("CAR-T", ("Lymphoma",), "Eligible patients have Hodgkin lymphoma or ALCL.", ("hodgkin", "alcl")),
        ("CAR-T", ("Lymphoma",), "DLBCL is the most common type.", ("b-nhl",)),
        ("CAR-T in ovarian cancer and other solid tumours", (), "", ("ovarian", "solid-tumours")),
        ("CAR-T in ovarian cancer, a solid tumour", (), "", ("ovarian",)),
        ("CAR-T in B-cell malignancies", ("Lymphoma",), "", ("b-all", "cll", "b-nhl")),
    ],
)
def test_classify_names_the_disease(
    title: str, conditions: tuple[str, ...], summary: str, expected: tuple[str, ...]
) -> None:
    found = classify(record(title, "CAR-T cells", conditions=conditions, summary=summary)).conditions
    assert set(found) == set(expected)


def test_classify_takes_side_effects_of_car_t_for_the_disease() -> None:
    study = record(
        "Drug X to prevent adverse events of CAR-T", "Drug X", summary="CAR-T is for follicular lymphoma."
    )
    assert classify(study).conditions == ("car-t-toxicity",)


@pytest.mark.parametrize(
    ("summary", "source", "quote"),
    [
        ("It helps half of patients with B-cell lymphoma.", "not_stated", ""),
        ("It has helped patients.\n\nT lymphocytes kill.", "not_stated", ""),
        ("Samples are collected from the patients.", "not_stated", ""),
        ("They come from the study participant's blood.", "autologous", "from the study participant's blood"),
        (
            "Cells are changed and infused back into the patient.",
            "autologous",
            "infused back into the patient",
        ),
        ("Cells are infused into the patient.", "not_stated", ""),
        ("In another study a gene was made. It was put into patients' own T cells.", "not_stated", ""),
        ("This study uses patients' own T cells.", "autologous", "own T cells"),
    ],
)
def test_classify_quotes_whose_cells_they_are(summary: str, source: str, quote: str) -> None:
    found = classify(record("CD19 CAR-T in lymphoma", "CD19 CAR-T", summary=summary))
    quotes = [evidence.quote for evidence in found.evidence if evidence.axis == "cell_source"]
    assert (found.cell_source, quotes) == (source, [quote] if quote else [])


def test_classify_takes_the_source_of_a_product_spelt_otherwise() -> None:
    found = classify(record("A study in myeloma", "Infusion", summary="CT-103A is given. It is CAR-T."))
    assert (found.role, found.cell_source, found.targets) == (GIVES, "autologous", ("BCMA",))


def test_classify_quotes_the_record_as_it_stands() -> None:
    text = "Autologous\u3000ＣＡＲ-T cells ﬁrst.\nThen rest."
    study = record("CD19 CAR-T", "CD19 CAR-T", conditions=("Leukemia, Plasma Cell",), summary=text)
    written = "\n".join((study.title, "CD19 CAR-T", text, *study.conditions))
    found = classify(study)
    assert found.cell_source == "autologous"
    assert [evidence.quote for evidence in found.evidence if evidence.quote not in written] == []
