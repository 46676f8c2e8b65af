"""Antigens as eligibility criteria name them, and which of them a trial itself aims at."""

import re

from importers.classify.eligibility.wording import compiled, either
from trials.record import TrialRecord

WRITTEN = {
    "BCMA": "B cell maturation antigen|BCMA|CD269|TNFRSF17",
    "B7-H3": "B7-H3|CD276",
    "CCR8": "CCR8|chemokine receptor 8",
    "CLDN18.2": "claudin-18.2|CLDN-18.2|claudin-18|CLDN18",
    "CLL1": "CLL-1|CLEC12A",
    "GPC3": "GPC-3|glypican-3",
    "GPRC5D": "GPRC5D",
    "MSLN": "mesothelin|MSLN",
    "PSMA": "PSMA|prostate specific membrane antigen",
    "GD2": "GD-2",
    "IL13Ra2": "IL-13-R*",
    "EGFRvIII": "EGFRvIII",
    "GUCY2C": "GUCY2C|GCC",
    "CEA": "CEA|CEACAM5|carcinoembryonic antigen",
    "MUC1": "MUC1",
    "DLL3": "DLL-3",
    "ROR1": "ROR-1",
    "SLAMF7": "SLAMF7|CS1",
    "FcRH5": "FcRH5|FCRL5",
    "NKG2D": "NKG2D*",
    "TROP2": "TROP-2",
    "HER2": "HER-2|HER2/neu",
    "EGFR": "EGFR",
    "FLT3": "FLT-3",
    "TIGIT": "TIGIT",
    "PVRIG": "PVRIG",
    "LAG3": "LAG-3",
    "TIM3": "TIM-3",
}
"""How an antigen is written, by its usual name; CD numbers (CD19) need no entry."""

DRUGS = {
    "CD19": "blinatumomab|blincyto|tafasitamab|loncastuximab*",
    "CD22": "inotuzumab*|moxetumomab*|epratuzumab",
    "BCMA": "belantamab*|teclistamab|elranatamab|linvoseltamab",
    "GPRC5D": "talquetamab",
    "CD30": "brentuximab*",
    "CD33": "gemtuzumab*",
    "FcRH5": "cevostamab",
}
"""Antibodies that have one antigen of their own, by generic names. Rituximab is left out: it is in most
earlier treatment of lymphoma, and named for that."""

CAR_TARGETS = frozenset(
    {
        *("CD5", "CD7", "CD19", "CD22", "CD30", "CD33", "CD70", "CD123", "CD138", "BCMA", "GPRC5D", "FcRH5"),
        *("CLL1", "B7-H3", "GPC3", "CLDN18.2", "MSLN", "PSMA", "GD2", "IL13Ra2", "EGFRvIII", "GUCY2C"),
        *("DLL3", "ROR1", "CCR8", "TIGIT", "PVRIG"),
    }
)
"""Where having aimed at these bars people, the trial aims at them, though its title may not say so.

Others (HER2, CD20) are named for many reasons and count only where the trial says that it aims at them.
"""
COMPANIONS = frozenset({"CD3", "CD20", "CD28", "CD38"})
"""What a second arm of an antibody or a partner drug binds: no aim of a trial but in its short title."""

HINTS = (
    *("cd", "maturation antigen", "bcma", "tnfrsf17", "b7", "ccr8", "receptor 8", "claudin", "cldn", "cll"),
    *(
        "clec",
        "gpc",
        "glypican",
        "gprc",
        "mesothelin",
        "msln",
        "psma",
        "prostate",
        "gd2",
        "gd-2",
        "gd 2",
        "il13",
    ),
    *(
        "il-13",
        "il 13",
        "egfr",
        "gucy",
        "gcc",
        "cea",
        "carcinoembryonic",
        "muc",
        "dll",
        "ror1",
        "ror-1",
        "ror 1",
    ),
    *(
        "slamf",
        "cs1",
        "fcrh",
        "fcrl",
        "nkg2d",
        "trop",
        "her2",
        "her-2",
        "her 2",
        "flt",
        "tigit",
        "pvrig",
        "lag",
    ),
    *("tim3", "tim-3", "tim 3", "mab", "blincyto", "vedotin", "ozogamicin", "mafodotin"),
)
"""Small letters of which some stand in every name of an antigen or of a drug against one."""
DRUG = either("|".join(DRUGS.values()))
ANTIGEN = rf"(?:\bCD[\s-]?\d{{1,3}}[a-e]?\b|{'|'.join(map(either, WRITTEN.values()))})"
_ANTIGEN = compiled(ANTIGEN)
_CD = compiled(r"CD[\s-]?(?!276|269)\d+\w?")
_DRUG = compiled(DRUG)
_DRUGS = [(antigen, compiled(either(drugs))) for antigen, drugs in DRUGS.items()]
_USUAL = [(name, compiled(either(written))) for name, written in WRITTEN.items()]


def named(text: str) -> set[str]:
    """The antigens that a text names, by their usual names."""
    found = {_usual(match[0]) for match in _ANTIGEN.finditer(text)}
    return (
        found | {antigen for antigen, drugs in _DRUGS if drugs.search(text)} if _DRUG.search(text) else found
    )


def aims(record: TrialRecord) -> set[str]:
    """The antigens that titles, interventions, arms and keywords of a record name."""
    given = (text for one in record.interventions for text in (one.name, *one.other_names))
    arms = (arm.label for arm in record.arms)
    others = " | ".join((record.official_title, *record.keywords, *given, *arms))[:20_000]
    return named(record.title) | named(others) - COMPANIONS


def _usual(written: str) -> str:
    if _CD.fullmatch(written):
        return re.sub(r"[\s-]", "", written).upper()
    return next((name for name, ways in _USUAL if ways.fullmatch(written)), written.upper())
