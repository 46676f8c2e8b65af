"""Which conditions a trial is for: conditions and titles first, then what says less.

MeSH terms, ICD-10 codes, keywords and the summary are read in turn only where the fields before them
named nothing. Eligibility text is never read.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from importers.classify import condition_words as words
from importers.classify.condition_words import Slugs
from importers.classify.fields import Passage, Reading, search
from importers.classify.sentences import BREAK
from importers.records import Evidence
from trials import vocabulary
from trials.choices import Role
from trials.vocabulary.phrases import Hit, Phrases

AXIS = "conditions"


@dataclass(frozen=True)
class Named:
    """A phrase that names one condition, or several at once ("B-cell malignancy")."""

    slugs: Slugs
    evidence: Evidence
    words: tuple[str, ...]  # folded, as the phrase stands there
    of_its_own: bool = False  # "other brain tumours": people beyond the narrower types beside it


@cache
def _phrases() -> Phrases[Slugs]:
    synonyms: dict[str, Slugs] = dict.fromkeys(words.LOOK_ALIKES, ())
    for slug, condition in vocabulary.conditions().items():
        for phrase in condition.synonyms:
            synonyms[phrase] = (*synonyms.get(phrase, ()), slug)
    synonyms = words.BROAD | synonyms
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
        lambda: _with_population(_named("named", (*reading.conditions, *reading.titles)), reading),
        lambda: _coded("icd10", "icd10_codes", reading.record.icd10_codes),
        lambda: _named("keyword", reading.keywords),
        lambda: _coded("mesh", "mesh_ids", reading.record.mesh_ids),
        lambda: _named("summary", reading.summary),
    )
    for source in sources:
        if named := settle(source(), role, targets, reading):
            named = _narrowed(named, role, targets, reading)
            evidence = [replace(name.evidence, label=slug) for name in named for slug in name.slugs]
            slugs = {one.label for one in evidence}
            return tuple(slug for slug in vocabulary.conditions() if slug in slugs), evidence
    return (), []


def _with_population(named: list[Named], reading: Reading) -> list[Named]:
    """With the types that a sentence of the summary lets in ("A, B or C may take part")."""
    lines = [passage.folded.line for passage in reading.summary]
    if not named or not any(words.MAY_JOIN.search(line) for line in lines):
        return named
    kinds = [name for passage in reading.summary for name in _names_in("may-join", passage)]
    parts = [part for line in lines for part in line.split(f" {BREAK} ") if words.MAY_JOIN.search(part)]
    return named + [name for name in kinds if any(_joins(name, part) for part in parts)]


def _joins(name: Named, sentence: str) -> bool:
    """Whether it is one type of disease that people who may join have, by this sentence."""
    if len(name.slugs) > 1 or vocabulary.conditions()[name.slugs[0]].umbrella:
        return False
    before, found, _ = sentence.partition(" ".join(name.words))
    return bool(found) and not words.NOT_JOINING.search(before)


def _narrowed(named: list[Named], role: Role, targets: Sequence[str], reading: Reading) -> list[Named]:
    """Where only "leukaemia" is named, the keywords and the summary may say which."""
    if any(name.words not in words.LEUKAEMIA for name in named):
        return named
    texts = (*reading.keywords, *reading.summary)
    kinds = vocabulary.narrower("leukaemia")
    types = [n for n in _named("summary", texts) if len(n.slugs) == 1 and n.slugs[0] in kinds]
    return settle(types, role, targets, reading) or named


def _named(rule: str, passages: Iterable[Passage]) -> list[Named]:
    passages = tuple(passages)
    short = (
        (words.ALONE.get(passage.folded.text.strip()), passage)
        for passage in passages
        if passage.field == "conditions"
    )
    found = [
        Named((slug,), passage.words(AXIS, "", f"conditions/{rule}", 0, 1), passage.folded.words)
        for slug, passage in short
        if slug
    ]
    for passage, following in zip_longest(passages, passages[1:]):
        turned = _names_in(rule, following) if following and following.written else []
        longest = [set(name.words) for name in turned]
        found += [
            name
            for name in _names_in(rule, passage)
            if not any(set(name.words) < whole for whole in longest)  # "Leukemia, Plasma Cell"
        ]
    return found


def _names_in(rule: str, passage: Passage) -> list[Named]:
    folded = passage.folded
    hits = [hit for hit in _phrases().find(folded) if hit.meaning]
    left_out = {slug for hit in hits if _is_left_out(hit, folded.words) for slug in hit.meaning}
    return [
        Named(
            slugs,
            passage.words(AXIS, "", f"conditions/{rule}", hit.first, hit.last),
            folded.words[hit.first : hit.last],
            words.AND_OTHERS.search(" ".join(folded.words[max(0, hit.first - 4) : hit.first])) is not None,
        )
        for hit in hits
        if (slugs := tuple(slug for slug in hit.meaning if slug not in left_out))
        if not _is_cause(hit, folded.words)
    ]


def _is_left_out(hit: Hit[Slugs], folded: Sequence[str]) -> bool:
    """Whether a disease is named as what people must not have."""
    before, after = folded[max(0, hit.first - 5) : hit.first], folded[hit.last : hit.last + 3]
    return bool(words.LEFT_OUT.search(" ".join(before)) or words.EXCLUDED.match(" ".join(after)))


def _is_cause(hit: Hit[Slugs], folded: Sequence[str]) -> bool:
    """Whether an infection is named as what a cancer comes from."""
    if hit.meaning != ("infection",):
        return False
    before, after = folded[max(0, hit.first - 5) : hit.first], folded[hit.last : hit.last + 3]
    return bool(words.IS_CAUSE.match(" ".join(after)) or words.CAUSED_BY.search(" ".join(before)))


def _coded(rule: str, field: str, codes: Iterable[str]) -> list[Named]:
    """By code; of an ICD-10 code the three-character category where the code itself says nothing."""
    found = ((code, _by_code().get(code) or _by_code().get(code[:3])) for code in codes)
    return [
        Named((slug,), Evidence(AXIS, "", f"conditions/{rule}", field, code), (code,))
        for code, slug in found
        if slug
    ]


def settle(named: list[Named], role: Role, targets: Sequence[str], reading: Reading) -> list[Named]:
    """Settle lineage by the antigen, then drop what a narrower or a plainer name makes superfluous."""
    titled_young = _for_the_young(reading)
    lineage = _lineage(set(targets), titled_young or _young(reading))
    if titled_young:
        lineage[words.B_LEUKAEMIAS] = ("b-all",)
    named = [_settled(name, lineage) for name in named]
    specific = [name for name in named if " ".join(name.words) not in words.GENERIC]
    named = specific or named
    if role == Role.GIVES_CAR_T:
        named = _without_toxicity(named)
    named = _summed_up(named)
    plain = {name.words for name in named} & words.ANY_KIND
    plain = plain if len(plain) == 1 else set()
    single = {name.slugs[0] for name in named if len(name.slugs) == 1 and name.words not in plain}
    named = [name for name in named if len(name.slugs) == 1 or not _covered(name.slugs, single)]
    kept = {slug for name in named for slug in name.slugs}
    named = [name for name in named if not _superfluous(name, kept)]
    return _by_title(_without_heading(_without_spread(named, kept), kept))


def _without_heading(named: list[Named], kept: set[str]) -> list[Named]:
    """ "Embryonal tumours" is a heading of tumours in many places: of the brain where one there is named."""
    if kept & words.PRIMARY_BRAIN - {"medulloblastoma"} or kept == {"medulloblastoma"}:
        return named
    return [name for name in named if name.words != words.EMBRYONAL]


def _without_spread(named: list[Named], kept: set[str]) -> list[Named]:
    """Spread of a brain tumour within the brain is not "cancer that has spread to the brain"."""
    if not kept & words.PRIMARY_BRAIN:
        return named
    return [name for name in named if name.slugs != ("brain-mets",) or "leptomeningeal" not in name.words]


def _by_title(named: list[Named]) -> list[Named]:
    """ "Breast cancer" is a heading where the titles name one type of it and no other."""
    titled = {slug for name in named if name.evidence.field in words.TITLE_FIELDS for slug in name.slugs}
    if "breast" in titled or not titled & words.BREAST_TYPES:
        return named
    return [name for name in named if name.slugs != ("breast",)]


def _settled(name: Named, lineage: dict[Slugs, Slugs]) -> Named:
    if name.slugs not in lineage:
        return name
    evidence = replace(name.evidence, rule="conditions/lineage-by-antigen")
    return replace(name, slugs=lineage[name.slugs], evidence=evidence)


def _young(reading: Reading) -> bool:
    """Whether the age limit leaves out people past young adulthood."""
    limit = reading.record.max_age_years
    return limit is not None and limit <= words.YOUNG_ADULT


def _for_the_young(reading: Reading) -> bool:
    """Whether the titles say that the trial is for children, or children and young adults."""
    return bool(search(words.YOUNG, reading.titles)) and not search(words.GROWN_UP, reading.titles)


def _lineage(targets: set[str], young: bool) -> dict[Slugs, Slugs]:
    """What the antigen says of a name that leaves the lineage open.

    "ALL" in a trial of a CD19 or CD22 CAR is B-ALL; of a CD7 or CD5 CAR, T-ALL. "Leukaemia" in a trial of
    B-cell antigens alone is B-ALL in the young and B-ALL or CLL in adults.
    """
    if targets & words.B_ANTIGENS:
        settled: dict[Slugs, Slugs] = {("all",): ("b-all",)}
        if targets <= words.B_ANTIGENS:
            settled[("leukaemia",)] = ("b-all",) if young else words.B_LEUKAEMIAS
        return settled
    if targets & words.T_ANTIGENS:
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
    slug = name.slugs[0]
    if (
        len(name.slugs) > 1
        or not vocabulary.conditions()[slug].umbrella
        or words.UMBRELLA_OF_ITS_OWN & set(name.words)
        or name.of_its_own
    ):
        return False
    if name.words == ("lymphoma",) and kept & words.OTHER_LYMPHOMAS:
        return True
    return any(slug in vocabulary.wider(other) for other in kept)
