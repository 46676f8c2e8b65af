"""Antigens as eligibility criteria name them, and which of them a trial itself aims at."""

import re

from importers.classify.eligibility.wording import either
from importers.records import TrialRecord

SYNONYMS = {
    "BCMA": ("B cell maturation antigen", "BCMA", "CD269", "TNFRSF17"),
    "B7-H3": ("B7-H3", "CD276"),
    "CCR8": ("CCR8", "chemokine receptor 8"),
    "CLDN18.2": ("claudin-18.2", "CLDN-18.2", "claudin-18", "CLDN18"),
    "CLL1": ("CLL-1", "CLEC12A"),
    "GPC3": ("GPC-3", "glypican-3"),
    "GPRC5D": ("GPRC5D",),
    "MSLN": ("mesothelin", "MSLN"),
    "PSMA": ("PSMA", "prostate specific membrane antigen"),
    "GD2": ("GD-2",),
    "IL13Ra2": ("IL-13-R*",),
    "EGFRvIII": ("EGFRvIII",),
    "GUCY2C": ("GUCY2C", "GCC"),
    "CEA": ("CEA", "CEACAM5", "carcinoembryonic antigen"),
    "MUC1": ("MUC1",),
    "DLL3": ("DLL-3",),
    "ROR1": ("ROR-1",),
    "SLAMF7": ("SLAMF7", "CS1"),
    "FcRH5": ("FcRH5", "FCRL5"),
    "NKG2D": ("NKG2D*",),
    "TROP2": ("TROP-2",),
    "HER2": ("HER-2", "HER2/neu"),
    "EGFR": ("EGFR",),
    "FLT3": ("FLT-3",),
    "TIGIT": ("TIGIT",),
    "PVRIG": ("PVRIG",),
    "LAG3": ("LAG-3",),
    "TIM3": ("TIM-3",),
}
"""By its usual name, how it is written; CD numbers (CD19) need no entry."""

CAR_TARGETS = frozenset(
    {
        "CD5",
        "CD7",
        "CD19",
        "CD22",
        "CD30",
        "CD33",
        "CD70",
        "CD123",
        "CD138",
        "BCMA",
        "GPRC5D",
        "FcRH5",
        "CLL1",
    }
    | {"B7-H3", "GPC3", "CLDN18.2", "MSLN", "PSMA", "GD2", "IL13Ra2", "EGFRvIII", "GUCY2C", "DLL3", "ROR1"}
    | {"CCR8", "TIGIT", "PVRIG"}
)
"""Barred where they were aimed at before, they are what the trial aims at, though its title may not say so.

Others (HER2, CD20) are named for many reasons and count only where the trial says that it aims at them.
"""
COMPANIONS = frozenset({"CD3", "CD20", "CD28", "CD38"})
"""What a second arm of an antibody, or a standard partner drug, binds: no aim of the trial by themselves."""

_CD = r"\bCD[\s-]?\d{1,3}[a-e]?\b"
ANTIGEN = f"(?:{_CD}|{'|'.join(either(*written) for written in SYNONYMS.values())})"
_ANTIGEN = re.compile(ANTIGEN, re.IGNORECASE)
_BY_WRITING = [(name, re.compile(either(*written), re.IGNORECASE)) for name, written in SYNONYMS.items()]


def named(text: str) -> set[str]:
    """The antigens that a text names, by their usual names."""
    return {_usual(match[0]) for match in _ANTIGEN.finditer(text)}


def aims(record: TrialRecord) -> set[str]:
    """The antigens that titles, interventions, arms and tags of a record name."""
    given = (text for one in record.interventions for text in (one.name, *one.other_names))
    arms = (arm.label for arm in record.arms)
    return named(" | ".join((record.title, record.official_title, *record.keywords, *given, *arms))[:20_000])


def _usual(written: str) -> str:
    if re.match(r"CD[\s-]?\d", written, re.IGNORECASE) and written.upper() not in ("CD276", "CD269"):
        return re.sub(r"[\s-]", "", written).upper()
    return next((name for name, pattern in _BY_WRITING if pattern.fullmatch(written)), written.upper())
