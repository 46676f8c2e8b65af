"""Which conditions a trial is for: conditions and titles first, then what says less.

MeSH terms, ICD-10 codes, keywords and the summary are asked in turn only where the fields before them
named nothing. Eligibility text is never read.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from importers.classify.reading import Passage, Reading
from importers.records import Evidence
from trials import vocabulary
from trials.choices import Role
from trials.vocabulary.folding import fold
from trials.vocabulary.phrases import Phrases

AXIS = "conditions"
Slugs = tuple[str, ...]

LOOK_ALIKES = (
    "cll 1",
    "all trans",
    "anaplastic lymphoma kinase",
    "anti gbm antibody",
    "esthesioneuroblastoma",
    "olfactory neuroblastoma",
    "esophagitis",
    "cancer cell",
    "cancer immunotherapy",
    "cancer center",
    "cancer hospital",
    "cancer institute",
    "tumor cell",
    "tumor infiltrating",
    "tumor microenvironment",
    "tumor antigen",
    "tumor lysis",
    "tumor necrosis",
    "infection of",
    "anti infection",
    "human immunodeficiency virus vector",
    "immune effector cell therapy",
    "immune effector cell",
    "b cell maturation",
    "prostate specific membrane antigen",
    "prostate stem cell antigen",
    "carcinoembryonic antigen",
    "hodgkin negative",
)
"""Phrases that hold the words of a condition and do not name it."""

GENERIC = frozenset(
    {
        "cancer",
        "tumor",
        "neoplasm",
        "malignancy",
        "carcinoma",
        "adenocarcinoma",
        "malignant tumor",
        "malignant neoplasm",
    }
    | {
        "hematologic disease",
        "hematological disease",
        "hematologic disorder",
        "hematological disorder",
        "blood disease",
    }
)
"""Words for any cancer or blood disease: they name a trial only where nothing else does."""

UMBRELLA_OF_ITS_OWN = frozenset({"indolent"})
"""Words that make an umbrella mean people beyond the narrower types named beside it."""


B_ANTIGENS = frozenset({"CD19", "CD20", "CD22", "CD79a", "CD79b", "BAFF-R"})
T_ANTIGENS = frozenset({"CD7", "CD5", "CD1a", "CD2", "CD4", "TRBC1", "TRBC2", "CCR9"})
OTHER_LYMPHOMAS = frozenset({"hodgkin", "t-cell-malignancy", "ptcl", "alcl", "ctcl", "nk-t", "atll"})
YOUNG_ADULT = 30  # years; CLL is a disease of later life


@dataclass(frozen=True)
class Named:
    """A phrase that names one condition, or several at once ("B-cell malignancy")."""

    slugs: Slugs
    evidence: Evidence


@cache
def _phrases() -> Phrases[Slugs]:
    synonyms: dict[str, Slugs] = dict.fromkeys(LOOK_ALIKES, ())
    for slug, condition in vocabulary.conditions().items():
        for phrase in condition.synonyms:
            synonyms[phrase] = (*synonyms.get(phrase, ()), slug)
    abbreviations = (
        (abbreviation, (slug,))
        for slug, condition in vocabulary.conditions().items()
        for abbreviation in condition.abbreviations
    )
    return Phrases(synonyms.items(), abbreviations)


@cache
def _by_code() -> dict[str, str]:
    """MeSH ids and ICD-10 codes that decide: one condition's own, or else the one umbrella's that has it."""
    sharing: dict[str, list[str]] = {}
    for slug, condition in vocabulary.conditions().items():
        for code in (*condition.mesh, *condition.icd10):
            sharing.setdefault(code, []).append(slug)
    umbrellas = {
        code: [slug for slug in slugs if vocabulary.conditions()[slug].umbrella]
        for code, slugs in sharing.items()
    }
    decisive = {code: slugs if len(slugs) == 1 else umbrellas[code] for code, slugs in sharing.items()}
    return {code: slugs[0] for code, slugs in decisive.items() if len(slugs) == 1}


def decide(reading: Reading, role: Role, targets: Sequence[str]) -> tuple[Slugs, list[Evidence]]:
    """The conditions a trial is for, in the vocabulary's order, and the words that name them."""
    sources: tuple[Callable[[], list[Named]], ...] = (
        lambda: _named("named", (*reading.conditions, *reading.titles)),
        lambda: _coded("icd10", "icd10_codes", reading.record.icd10_codes),
        lambda: _named("keyword", reading.keywords),
        lambda: _coded("mesh", "mesh_ids", reading.record.mesh_ids),
        lambda: _named("summary", reading.summary),
    )
    for source in sources:
        if named := settle(source(), role, targets, reading):
            evidence = [replace(name.evidence, label=slug) for name in named for slug in name.slugs]
            slugs = {one.label for one in evidence}
            return tuple(slug for slug in vocabulary.conditions() if slug in slugs), evidence
    return (), []


def _named(rule: str, passages: Iterable[Passage]) -> list[Named]:
    return [
        Named(hit.meaning, passage.words(AXIS, "", f"conditions/{rule}", hit.first, hit.last))
        for passage in passages
        for hit in _phrases().find(passage.folded)
        if hit.meaning
    ]


def _coded(rule: str, field: str, codes: Iterable[str]) -> list[Named]:
    """By code; of an ICD-10 code the three-character category where the code itself says nothing."""
    found = ((code, _by_code().get(code) or _by_code().get(code[:3])) for code in codes)
    return [
        Named((slug,), Evidence(AXIS, "", f"conditions/{rule}", field, code)) for code, slug in found if slug
    ]


def settle(named: list[Named], role: Role, targets: Sequence[str], reading: Reading) -> list[Named]:
    """Settle lineage by the antigen, then drop what a narrower or a plainer name makes superfluous."""
    lineage = _lineage(set(targets), reading.record.max_age_years)
    named = [_settled(name, lineage) for name in named]
    specific = [name for name in named if fold(name.evidence.quote).line not in GENERIC]
    named = specific or named
    if role == Role.GIVES_CAR_T:
        named = _without_toxicity(named)
    named = _summed_up(named)
    single = {name.slugs[0] for name in named if len(name.slugs) == 1}
    named = [name for name in named if len(name.slugs) == 1 or not _covered(name.slugs, single)]
    kept = {slug for name in named for slug in name.slugs}
    return [name for name in named if not _superfluous(name, kept)]


def _settled(name: Named, lineage: dict[Slugs, Slugs]) -> Named:
    if name.slugs not in lineage:
        return name
    return Named(lineage[name.slugs], replace(name.evidence, rule="conditions/lineage-by-antigen"))


def _lineage(targets: set[str], max_age_years: float | None) -> dict[Slugs, Slugs]:
    """What the antigen says of a name that leaves the lineage open.

    "ALL" in a trial of a CD19 or CD22 CAR is B-ALL; of a CD7 or CD5 CAR, T-ALL. "Leukaemia" in a trial of
    B-cell antigens alone is B-ALL in the young and B-ALL or CLL in adults.
    """
    if targets & B_ANTIGENS:
        settled: dict[Slugs, Slugs] = {("all",): ("b-all",)}
        if targets <= B_ANTIGENS:
            young = max_age_years is not None and max_age_years <= YOUNG_ADULT
            settled[("leukaemia",)] = ("b-all",) if young else ("b-all", "cll")
        return settled
    if targets & T_ANTIGENS:
        return {("all",): ("t-all",), ("b-nhl",): ("t-cell-malignancy",)}
    return {}


def _without_toxicity(named: list[Named]) -> list[Named]:
    """Where CAR T is given for a disease, its side-effects are what is watched, not what it is for."""
    rest = [name for name in named if name.slugs != ("car-t-toxicity",)]
    return rest or named


def _summed_up(named: list[Named]) -> list[Named]:
    """ "Lymphoma" and "leukaemia" under the heading "haematologic malignancy" are just that."""
    slugs = {name.slugs for name in named}
    if slugs == {("blood-cancers",), ("leukaemia",), ("b-nhl",)}:
        return [name for name in named if name.slugs == ("blood-cancers",)]
    return named


def _covered(broad: Slugs, single: set[str]) -> bool:
    """Whether one of the conditions of a broad phrase has its own name beside it, or a part of it has."""
    return bool(set(broad) & single.union(*(vocabulary.wider(slug) for slug in single)))


def _superfluous(name: Named, kept: set[str]) -> bool:
    slug, words = name.slugs[0], fold(name.evidence.quote).words
    if len(name.slugs) > 1 or not vocabulary.conditions()[slug].umbrella or UMBRELLA_OF_ITS_OWN & set(words):
        return False
    if words == ("lymphoma",) and kept & OTHER_LYMPHOMAS:
        return True
    return any(slug in vocabulary.wider(other) for other in kept)
