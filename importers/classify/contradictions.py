"""Where a CAR's antigens and the diseases of a trial contradict each other: a person must look.

A rule misread the one or the other, or the trial is a rare exception. Only single-minded pairs count:
every antigen is of one kind of cancer and every condition of the other.
"""

from collections.abc import Sequence
from dataclasses import replace

from importers.records import Evidence
from trials import vocabulary
from trials.choices import Role

AXIS = "conditions"
RULE = "conditions/against-target"
ROLES = frozenset({Role.GIVES_CAR_T, Role.EXPANDED_ACCESS, Role.FOLLOW_UP})

BLOOD_ANTIGENS = frozenset(
    {"CD19", "CD20", "CD22", "CD79a", "CD79b", "BAFF-R", "CD37", "CD72", "CD180", "Kappa light chain"}
    | {"BCMA", "GPRC5D", "FcRH5", "SLAMF7", "CD38", "CD138", "TACI", "CD229"}
    | {"CD7", "CD5", "CD1a", "CD2", "CD4", "TRBC1", "TRBC2", "CCR4", "CCR9", "CD21"}
    | {"CD33", "CD123", "CLL1", "FLT3", "ADGRE2", "SIGLEC-6", "ILT3", "LILRA6", "TSLPR", "CD64"}
)
"""Antigens of blood cells: no solid tumour carries them."""
SOLID_ANTIGENS = frozenset(
    {
        "GPC2",
        "GPC3",
        "CLDN18.2",
        "CLDN6",
        "PSMA",
        "PSCA",
        "STEAP1",
        "STEAP2",
        "KLK2",
        "CEA",
        "GUCY2C",
        "CDH17",
    }
    | {"MUC16", "MUC17", "TAG72", "ALPP", "AFP", "CAIX", "DLL3", "GPNMB", "FGFR4", "Nectin4", "TSHR"}
    | {"EGFRvIII", "IL13Ra2", "EphA2", "chlorotoxin", "L1CAM", "PHOX2B", "GFRa4", "B7-H4", "LGR5"}
)
"""Antigens of solid tumours: no leukaemia, lymphoma or myeloma carries them."""
BLOOD_GROUPS = frozenset(
    {
        "Leukaemia",
        "B-cell lymphoma and CLL",
        "T-cell / NK-cell and Hodgkin lymphoma",
        "Myeloma and plasma-cell disorders",
    }
)
OF_ANY_CANCER = frozenset({"brain-mets"})


def against_target(
    role: Role, slugs: Sequence[str], targets: Sequence[str], named: Sequence[Evidence]
) -> list[Evidence]:
    """The words that name the conditions, where none of them goes with any of the antigens.

    `named` is the evidence of the conditions. Empty where nothing contradicts.
    """
    if role not in ROLES or not slugs or not targets:
        return []
    kinds = {_kind(slug) for slug in slugs}
    solid_disease = kinds == {"solid"} and BLOOD_ANTIGENS.issuperset(targets)
    blood_disease = kinds == {"blood"} and SOLID_ANTIGENS.issuperset(targets)
    if not solid_disease and not blood_disease:
        return []
    return [replace(evidence, rule=RULE) for evidence in named if evidence.label in slugs]


def _kind(slug: str) -> str:
    """blood, solid or other."""
    condition = vocabulary.conditions()[slug]
    if slug == "blood-cancers" or condition.group in BLOOD_GROUPS:
        return "blood"
    return "solid" if condition.kind in {"cancer", "basket"} and slug not in OF_ANY_CANCER else "other"
