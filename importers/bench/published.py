"""Against the 25 landmark trials of a published classification: role, disease, antigen, cell source.

The publication names one disease and one antigen (or pair) a trial and knows broad groups that we
split, so a further condition of ours is not counted as surplus, and its baskets are not scored.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from importers.bench.labels import records, why
from importers.bench.scores import Axis, lines
from importers.classify import classify
from trials.choices import CellSource, Role
from trials.record import TrialRecord
from trials.vocabulary import table

DISEASES: Mapping[str, frozenset[str]] = {
    "DLBCL": frozenset({"lbcl"}),
    "MCL": frozenset({"mcl"}),
    "R/R MM": frozenset({"myeloma"}),
    "B-ALL": frozenset({"b-all"}),
    "GBM": frozenset({"glioblastoma", "glioma"}),
    "HCC": frozenset({"liver"}),
    "Pancreatic": frozenset({"pancreatic"}),
    "Gastric/GEJ": frozenset({"gastric"}),
    "Neuroblastoma": frozenset({"neuroblastoma"}),
    "Ovarian": frozenset({"ovarian"}),
    "Mesothelioma": frozenset({"mesothelioma"}),
    "NSCLC": frozenset({"nsclc", "lung"}),
    "Soft tissue sarcoma": frozenset({"soft-tissue-sarcoma"}),
    "Sarcoma": frozenset({"sarcoma", "osteosarcoma", "soft-tissue-sarcoma"}),
}
"""The slugs of which any one is right. Entities that are not here are baskets."""
ANTIGENS: Mapping[str, tuple[str, ...]] = {
    "CD19/CD22 dual": ("CD19", "CD22"),
    "Claudin 18.2": ("CLDN18.2",),
    "Mesothelin": ("MSLN",),
}
"""Names that differ from ours."""
SOURCES = {
    "Autologous": CellSource.AUTOLOGOUS,
    "Allogeneic/Off-the-shelf": CellSource.ALLOGENEIC,
    "In vivo": CellSource.IN_VIVO,
}


def report(shared: Path) -> Iterator[str]:
    """The axes as text, misses listed, under a heading with how many of the trials are at hand."""
    measured = axes(shared)
    yield f"published trials: {measured[0].studies} at hand"
    for axis in measured:
        yield from lines(axis)
        yield ""


def axes(shared: Path) -> tuple[Axis, Axis, Axis, Axis]:
    """Role, conditions, targets, cell source; only trials whose record is among the development files."""
    role, conditions, targets, source = Axis("role"), Axis("conditions"), Axis("targets"), Axis("cell_source")
    known = records(shared)
    rows = [row for row in table.rows(shared / "benchmark/published_25.csv") if row["NCTId"] in known]
    for row in rows:
        _add(row, known[row["NCTId"]], role, conditions, targets, source)
    return role, conditions, targets, source


def _add(
    row: dict[str, str], record: TrialRecord, role: Axis, conditions: Axis, targets: Axis, source: Axis
) -> None:
    study, given = record.registry_id, classify(record)
    wanted = Role.NOT_CAR_T if row["Modality"] == "CAR-NK" else Role.GIVES_CAR_T
    role.add(study, [wanted], [given.role], why(given, "role"))
    if wanted == Role.NOT_CAR_T:
        return
    if right := DISEASES.get(row["DiseaseEntity"]):
        named = sorted(right & set(given.conditions))[:1]
        conditions.add(study, named or sorted(right)[:1], named or given.conditions, why(given, "conditions"))
    antigens = ANTIGENS.get(row["TargetCategory"], (row["TargetCategory"],))
    targets.add(study, antigens, given.targets, why(given, "targets"))
    source.add(study, [SOURCES[row["ProductType"]]], [given.cell_source], why(given, "cell_source"))
