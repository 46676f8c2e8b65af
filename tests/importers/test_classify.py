"""Classification against what people decided, and rules that the development records do not show."""

from typing import Any

import pytest

from importers.bench import labels
from importers.classify import classify
from importers.registries.slugs import Registry
from tests.shared_records import SHARED, needs_shared
from trials.choices import Phase, Status, StudyType
from trials.record import Intervention, TrialRecord


def record(title: str, *interventions: str, **fields: Any) -> TrialRecord:
    given = tuple(Intervention(name) for name in interventions)
    defaults: dict[str, Any] = {
        "study_type": StudyType.INTERVENTIONAL,
        "phases": (Phase.PHASE1,),
        "interventions": given,
    }
    return TrialRecord(Registry.CTGOV, "NCT90000001", "", title, Status.RECRUITING, **(defaults | fields))


@needs_shared
def test_classify_keeps_its_floors_on_the_benchmark() -> None:
    role, conditions, targets, source = labels.axes(SHARED)
    assert role.macro_f1 >= 0.97
    assert role.by_label["gives_car_t"].precision >= 0.99
    assert role.by_label["gives_car_t"].recall >= 0.99
    assert conditions.total.f1 >= 0.98
    assert targets.total.f1 >= 0.98
    assert source.exact >= 0.95


@pytest.mark.parametrize(
    ("title", "interventions", "role"),
    [
        ("CD19 CAR T for B-ALL", ("CD19 CAR-T cells",), "gives_car_t"),
        ("A study of bb2121 versus standard regimens in myeloma", ("bb2121", "Daratumumab"), "gives_car_t"),
        ("Anti-CD19 CAR NK cells in lymphoma", ("CAR-NK cells",), "not_car_t"),
        ("NY-ESO-1 TCR-T cells in sarcoma", ("TCR-T cells",), "not_car_t"),
        ("Glofitamab in DLBCL", ("Glofitamab",), "not_car_t"),
        ("Siltuximab to prevent CAR T related cytokine release", ("Siltuximab",), "around_car_t"),
        ("Nivolumab after CAR T in lymphoma", ("Nivolumab",), "around_car_t"),
        ("Bridging radiotherapy before CAR T", ("Radiotherapy", "Axicabtagene ciloleucel"), "gives_car_t"),
        ("Long-term follow-up of people treated with CAR T cells", ("CAR-T cells",), "follow_up"),
        ("Expanded access to tisagenlecleucel", ("Tisagenlecleucel",), "expanded_access"),
    ],
)
def test_classify_tells_the_role(title: str, interventions: tuple[str, ...], role: str) -> None:
    assert classify(record(title, *interventions)).role == role


def test_classify_takes_the_registrys_word_for_observational() -> None:
    study = record("CAR T cells in lymphoma", "CAR-T cells", study_type=StudyType.OBSERVATIONAL, phases=())
    assert classify(study).role == "observational"


def test_classify_never_reads_eligibility() -> None:
    study = record("Drug X in lymphoma", "Rituximab", eligibility="Prior CAR-T therapy. Active HIV.")
    found = classify(study)
    assert (found.role, found.conditions) == ("not_car_t", ("b-nhl",))


def test_classify_leaves_code_named_cells_to_a_person() -> None:
    found = classify(record("QX123 in lupus", "QX123 injection", summary="Cellular kinetics of QX123."))
    assert (found.role, found.undecided) == ("gives_car_t", ("role",))


@pytest.mark.parametrize(
    ("title", "conditions"),
    [
        ("CD19 CAR T in relapsed ALL", ("b-all",)),
        ("CD7 CAR T in relapsed ALL", ("t-all",)),
        ("CAR T for all adults", ()),
        ("CLL-1 CAR T in AML", ("aml",)),
        ("CAR T in non-Hodgkin lymphoma", ("b-nhl",)),
        ("CAR T in transformed follicular lymphoma", ("lbcl",)),
        ("CAR T in B-cell malignancies", ("b-all", "cll", "b-nhl")),
        ("CAR T in B-cell malignancies: mantle cell lymphoma", ("mcl",)),
        ("CAR T in solid tumors: ovarian cancer", ("ovarian",)),
        ("CAR T in non-small cell lung cancer", ("nsclc",)),
        ("CAR T in anti-GBM disease", ("immune-kidney",)),
        ("CAR T in relapsing MS", ("multiple-sclerosis",)),
        ("CAR T in leukaemia and lymphoma, haematological malignancies", ("blood-cancers",)),
    ],
)
def test_classify_names_conditions(title: str, conditions: tuple[str, ...]) -> None:
    assert classify(record(title, "CAR-T cells")).conditions == conditions


def test_classify_reads_mesh_turned_names_the_right_way_round() -> None:
    study = record("CAR T", "CAR-T cells", conditions=("Leukemia, Lymphocytic, Chronic, B-Cell",))
    assert classify(study).conditions == ("cll",)


@pytest.mark.parametrize(("code", "conditions"), [("C833", ("lbcl",)), ("C910", ("all",)), ("C830", ())])
def test_classify_takes_icd10_only_where_it_decides(code: str, conditions: tuple[str, ...]) -> None:
    assert classify(record("CAR T cells", "CAR-T cells", icd10_codes=(code,))).conditions == conditions


@pytest.mark.parametrize(
    ("intervention", "targets"),
    [
        ("CD19/CD22 CAR-T", ("CD19", "CD22")),
        ("CD19/22 CAR-T", ("CD19", "CD22")),
        ("CAR-20/19-T cells", ("CD19", "CD20")),
        ("4SCAR19 T cells", ("CD19",)),
        ("CAR2219 T cells", ("CD19", "CD22")),
        ("CD123 CAR-T", ("CD123",)),
        ("CD19CAR-CD28-EGFRt T cells", ("CD19",)),
        ("IL-13Rα2 CAR-T", ("IL13Ra2",)),
        ("Claudin18.2 CAR-T", ("CLDN18.2",)),
        ("αPD1-MSLN-CAR T", ("MSLN",)),
        ("ATLCAR.CD30.CCR4 cells", ("CD30",)),
        ("CD190 CAR-T", ()),
        ("JCAR015", ("CD19",)),
        ("CAR-T from CD4+ and CD8+ cells", ()),
    ],
)
def test_classify_names_single_antigens(intervention: str, targets: tuple[str, ...]) -> None:
    assert classify(record("A study", intervention)).targets == targets


@pytest.mark.parametrize(
    ("title", "targets"),
    [
        ("CD22 CAR-T after CD19 CAR-T failure", ("CD22",)),
        ("CD19 CAR-T after CD19 CAR-T failure", ("CD19",)),
        ("CD19 CAR-T followed by CD22 CAR-T", ("CD19", "CD22")),
    ],
)
def test_classify_tells_the_antigen_of_earlier_treatment_apart(title: str, targets: tuple[str, ...]) -> None:
    assert classify(record(title, "CAR-T cells")).targets == targets


def test_classify_aims_nothing_where_car_t_is_not_what_is_studied() -> None:
    assert classify(record("Nivolumab after CD19 CAR T", "Nivolumab")).targets == ()


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Autologous CD19 CAR T cells", "autologous"),
        ("Universal CD19 CAR T cells", "allogeneic"),
        ("Donor-derived CD7 CAR T cells", "allogeneic"),
        ("In vivo CAR-T against CD19", "in_vivo"),
        ("CD19 CAR T and in vivo imaging", "not_stated"),
        ("CD19 CAR T and autologous stem cell transplantation", "not_stated"),
        ("CD19 CAR T after allogeneic transplantation", "not_stated"),
        ("CD19 CAR T from patient or donor T cells", "not_stated"),
        ("A study of ciltacabtagene autoleucel", "autologous"),
    ],
)
def test_classify_states_the_cell_source(title: str, source: str) -> None:
    assert classify(record(title, "CAR-T cells")).cell_source == source


def test_classify_quotes_the_registrys_own_words() -> None:
    found = classify(record("CAR-T in DLBCL", "CD19 CAR-T cells")).evidence
    quotes = [(one.axis, one.label, one.quote) for one in found]
    assert quotes[:2] == [("role", "gives_car_t", "CAR-T"), ("conditions", "lbcl", "DLBCL")]


@pytest.mark.parametrize(
    ("summary", "role"),
    [
        ("QX1 is a CAR-T cell product against CD19.", "gives_car_t"),
        ("QX1 in people who progressed after prior CAR-T therapy.", "not_car_t"),
        ("QX1 as maintenance after CAR-T infusion.", "around_car_t"),
    ],
)
def test_classify_reads_what_a_code_named_product_has_to_do_with_car_t(summary: str, role: str) -> None:
    assert classify(record("QX1 in lymphoma", "QX1", summary=summary)).role == role
