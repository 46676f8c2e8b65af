"""Rules that settle what single words cannot: a case they decide, and the like of it they leave alone."""

from typing import Any

import pytest

from importers.bench import published
from importers.classify import classify
from importers.registries.slugs import Registry
from tests.shared_records import SHARED, needs_shared
from trials.choices import Phase, Status
from trials.record import Intervention, TrialRecord


def record(title: str, *interventions: str, **fields: Any) -> TrialRecord:
    given = tuple(Intervention(name) for name in interventions)
    defaults: dict[str, Any] = {"phases": (Phase.PHASE2,), "interventions": given}
    return TrialRecord(Registry.CTGOV, "NCT90000001", "", title, Status.RECRUITING, **(defaults | fields))


@needs_shared
def test_classify_agrees_with_the_published_trials() -> None:
    role, conditions, targets, source = published.axes(SHARED)
    assert role.total.f1 == 1
    assert conditions.total.f1 >= 0.95
    assert targets.total.recall >= 0.9
    assert source.total.f1 >= 0.6  # the publication knows more of a product than its record says


@pytest.mark.parametrize(
    ("title", "intervention", "role"),
    [
        ("Theophylline to improve apheresis for CAR T manufacturing", "Theophylline", "around_car_t"),
        ("A decision aid for people considering CAR-T", "Decision aid", "around_car_t"),
        ("KD-025 CAR-T in solid tumours", "KD-025", "gives_car_t"),
        ("CAR-T cells against myeloma", "Treatment", "gives_car_t"),
        ("Lenalidomide plus CAR T in lymphoma", "Lenalidomide", "gives_car_t"),
        ("Lenalidomide plus commercial CAR T in lymphoma", "Lenalidomide", "around_car_t"),
        ("LUCAR-E9D in lymphoma", "LUCAR-E9D cells", "gives_car_t"),
        ("LUCAR-X1 NK cells in lymphoma", "LUCAR-X1 NK cells", "not_car_t"),
        ("Magrolimab for ICANS", "Magrolimab", "not_car_t"),
        ("CAR T out of specification", "CAR-T (OOS)", "expanded_access"),
    ],
)
def test_classify_tells_plain_things_from_cell_products(title: str, intervention: str, role: str) -> None:
    assert classify(record(title, intervention)).role == role


def test_classify_reads_drugs_for_people_who_have_routine_car_t() -> None:
    summary = "People receiving commercial CD19 CAR T cell therapy take metformin."
    study = record("Metformin against cytokine release", "Metformin", summary=summary)
    assert classify(study).role == "around_car_t"


@pytest.mark.parametrize(
    ("summary", "role"),
    [
        ("Participants are watched for delayed adverse events.", "follow_up"),
        ("Participants take a drug against relapse of CAR T treated disease.", "observational"),
    ],
)
def test_classify_follows_people_treated_earlier(summary: str, role: str) -> None:
    study = record("Participants previously treated with CAR T", "None", summary=summary, phases=())
    assert classify(study).role == role


@pytest.mark.parametrize(
    ("title", "role", "undecided"),
    [
        ("Genetically engineered lymphocytes in lymphoma", "gives_car_t", ("role",)),
        ("Genetically engineered lymphocytes with a TCR in melanoma", "not_car_t", ()),
        ("Lymphocyte infusion in lymphoma", "not_car_t", ()),
    ],
)
def test_classify_leaves_engineered_lymphocytes_to_a_person(
    title: str, role: str, undecided: tuple[str, ...]
) -> None:
    found = classify(record(title, "Cells"))
    assert (found.role, found.undecided) == (role, undecided)


@pytest.mark.parametrize(
    ("title", "undecided"),
    [
        ("GPC3 CAR-T in lymphoma", ("conditions",)),
        ("CD19 CAR-T in ovarian cancer", ("conditions",)),
        ("GPC3 CAR-T in liver cancer", ()),
        ("CD19 and MSLN CAR-T in ovarian cancer", ()),
        ("CD19 CAR-T in lymphoma and ovarian cancer", ()),
        ("CD19 CAR-T in lupus", ()),
        ("B7-H3 CAR-T in acute myeloid leukemia", ()),
        ("CD70 CAR-T in kidney cancer", ()),
        ("CD19 CAR-T in brain metastases", ()),
    ],
)
def test_classify_leaves_contradictions_to_a_person(title: str, undecided: tuple[str, ...]) -> None:
    assert classify(record(title, "CAR-T cells")).undecided == undecided


def test_classify_quotes_what_contradicts() -> None:
    found = classify(record("GPC3 CAR-T in mantle cell lymphoma", "CAR-T cells")).evidence
    against = [(e.axis, e.label, e.quote) for e in found if e.rule == "conditions/against-target"]
    assert against == [("conditions", "mcl", "mantle cell lymphoma")]


def test_classify_finds_no_contradiction_where_no_car_t_is_given() -> None:
    assert classify(record("CD19 antibody in ovarian cancer", "Tafasitamab")).undecided == ()


@pytest.mark.parametrize(
    ("title", "fields", "conditions"),
    [
        ("CD19 CAR-T in leukemia", {"summary": "For people with B-ALL."}, ("b-all",)),
        ("CD19 CAR-T in leukemia", {"summary": "For people with cancer."}, ("b-all", "cll")),
        ("CD19 CAR-T in lymphoma", {"summary": "DLBCL is the most common kind."}, ("b-nhl",)),
        ("CD19 CAR-T in children with B-cell leukemia", {}, ("b-all",)),
        ("CD19 CAR-T in children and adults with B-cell leukemia", {}, ("b-all", "cll")),
        ("CAR-T in TNBC", {"conditions": ("Breast Cancer",)}, ("tnbc",)),
        ("CAR-T in cancer", {"conditions": ("Breast Cancer", "TNBC")}, ("tnbc", "breast")),
        ("CAR-T", {"conditions": ("Ependymoma", "Leptomeningeal Disease")}, ("ependymoma",)),
        ("CAR-T", {"conditions": ("Breast Cancer", "Leptomeningeal Disease")}, ("brain-mets", "breast")),
        ("CAR-T", {"conditions": ("MG", "MS")}, ("myasthenia-gravis", "multiple-sclerosis")),
        ("CAR-T at 5 MG", {"conditions": ("Lupus",)}, ("lupus",)),
        ("CAR-T in myasthaenia gravis", {}, ("myasthenia-gravis",)),
        ("CAR-T in B-lineage haematological tumours", {}, ("b-all", "cll", "b-nhl")),
        ("CAR-T in hematologic malignancies of B cell origin", {}, ("b-all", "cll", "b-nhl")),
        ("CAR-T in T-lymphocyte blood cancers", {}, ("t-cell-malignancy",)),
        ("CAR-T in haematological tumours", {}, ("blood-cancers",)),
        ("CAR-T in primary peritoneal carcinoma", {}, ("ovarian",)),
        ("CAR-T in primary peritoneal tumors", {}, ()),
        ("CAR-T in malignant haemopathies", {}, ("blood-cancers",)),
    ],
)
def test_classify_settles_conditions(title: str, fields: dict[str, Any], conditions: tuple[str, ...]) -> None:
    assert classify(record(title, "CAR-T cells", **fields)).conditions == conditions


@pytest.mark.parametrize(
    ("summary", "targets"),
    [
        ("Mesothelin, CEA, HER2 and MUC1 targeted cells are given.", ("MSLN", "HER2", "CEA", "MUC1")),
        ("Mesothelin is common here. CEA is targeted.", ("CEA",)),
    ],
)
def test_classify_reads_lists_of_antigens_together(summary: str, targets: tuple[str, ...]) -> None:
    assert classify(record("A study", "CAR-T cells", summary=summary)).targets == targets


@pytest.mark.parametrize(
    ("summary", "source"),
    [
        ("T cells are taken from a person's blood and given back.", "autologous"),
        ("Some researchers have taken T cells from a person's blood.", "not_stated"),
        ("In a study in children a gene was put into the patient's own T cells.", "not_stated"),
        ("For patients after failure of autologous CAR-T therapy.", "not_stated"),
        ("CAR-T, made from isolated patient PBMC, is given.", "autologous"),
        ("For patients without a suitable donor. For these, CAR-T is given.", "not_stated"),
        ("Tisagenlecleucel has been approved.", "not_stated"),
    ],
)
def test_classify_reads_whose_cells_this_study_gives(summary: str, source: str) -> None:
    assert classify(record("A study", "CD19 CAR-T cells", summary=summary)).cell_source == source
