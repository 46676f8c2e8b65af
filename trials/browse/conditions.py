"""One condition with everything the catalogue knows of it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from trials import vocabulary
from trials.display import in_page_language
from trials.models import Site, Trial
from trials.models.lookups import HAS_INDIAN_SITE, RECRUITING_ANYWHERE, RECRUITING_IN_INDIA
from trials.search.facets import facets
from trials.search.parameters import Disease
from trials.search.search import Search
from trials.vocabulary import Condition

FIRST_TRIALS = 10
MOST_NAMES = 6
_CAPITALS = {
    word.lower(): word
    for word in (
        *("B-cell", "T-cell", "NK-cell", "B", "T", "NK", "CNS", "EBV", "HIV", "MALT", "HER2", "IgA", "IgG4"),
        *("Burkitt", "Hodgkin", "Richter", "Waldenstrom", "Ewing", "Wilms", "Merkel", "Castleman", "Crohn"),
        *("Sjogren", "Graves", "ANCA", "POEMS", "AL", "ALL", "NHL", "MS", "MOG", "CAR"),
    )
}


@dataclass(frozen=True, slots=True)
class Where:
    """How many listed trials answer to the condition: at all, recruiting, and where."""

    total: int
    open_in_india: int
    in_india: int
    open_abroad: int  # recruiting, and with no site in India that recruits


@dataclass(frozen=True, slots=True)
class ConditionFacts:
    """What the page of a condition tells."""

    condition: Condition
    where: Where
    trials: list[Trial]  # the first ones, in the order of the list
    phases: dict[str, int]
    targets: list[tuple[str, int]]
    hospitals: list[tuple[Site, int]]  # in India, recruiting now
    broader: list[tuple[str, int]]
    narrower: list[tuple[str, int]]


def picture(condition: Condition) -> ConditionFacts:
    """Five queries, whatever the number of trials."""
    search = Search(condition=(condition.slug,))
    found = facets(search)
    targets = found.counts["target"]
    everywhere = found.counts["condition"]
    trials = search.results().without_long_texts()[:FIRST_TRIALS]
    return ConditionFacts(
        condition=condition,
        where=_where(search),
        trials=list(trials),
        phases=found.counts["phase"],
        targets=sorted(targets.items(), key=lambda pair: (-pair[1], pair[0])),
        hospitals=_open_hospitals(search),
        broader=[(slug, everywhere.get(slug, 0)) for slug in condition.included_in],
        narrower=[
            (c.slug, everywhere.get(c.slug, 0))
            for c in vocabulary.conditions().values()
            if condition.slug in c.included_in
        ],
    )


def every_condition() -> Iterator[tuple[Condition, int, int]]:
    """Every condition with its trials, and those of them that recruit in India. Two queries."""
    at_all = facets(Search(disease=Disease.ALL)).counts["condition"]
    in_india = recruiting_in_india()
    for condition in vocabulary.conditions().values():
        yield condition, at_all.get(condition.slug, 0), in_india[condition.slug]


def recruiting_in_india() -> Counter[str]:
    """How many trials that recruit in India answer to each condition. One query."""
    rows = Trial.objects.listed().recruiting_in_india().values_list("answers_to", flat=True)
    return Counter(slug for slugs in rows for slug in slugs)


def also_called(condition: Condition) -> list[str]:
    """A few names of it or its kinds: in English what doctors write, else what people type in its script.

    English words of the search box are left out: many are there because they are misspelt.
    """
    names = (condition.name.split(" (")[0], *condition.synonyms[:4])
    script = _script(in_page_language(condition.patient_names))
    if script != _script(condition.patient_names["en"]):
        names = tuple(word for word in condition.search_words if _script(word) == script)[:2]
    return list(_different(map(_written, (*names, *condition.abbreviations[:3])), condition))[:MOST_NAMES]


def _where(search: Search) -> Where:
    counts = search.matching().aggregate(
        total=Count("pk"),
        open_in_india=Count("pk", filter=RECRUITING_IN_INDIA),
        in_india=Count("pk", filter=HAS_INDIAN_SITE),
        open_abroad=Count("pk", filter=RECRUITING_ANYWHERE & Q(recruiting_in_india=False)),
    )
    return Where(**counts)


def _open_hospitals(search: Search) -> list[tuple[Site, int]]:
    """Hospitals in India where a trial of the search recruits, most trials first. Two queries."""
    rows = search.matching().recruiting_in_india().values_list("open_hospitals", flat=True)
    counts = Counter(slug for slugs in rows for slug in slugs)
    sites = Site.objects.filter(slug__in=counts) if counts else []
    return sorted(
        ((site, counts[site.slug]) for site in sites),
        key=lambda pair: (-pair[1], pair[0].hospital),
    )


def _written(name: str) -> str:
    """A folded synonym as people write it: `b cell` is B-cell, `hodgkin` Hodgkin."""
    if not name.islower():
        return name
    joined = re.sub(r"\b(b|t|nk) cell\b", r"\1-cell", name)
    return " ".join(_CAPITALS.get(word, word) for word in joined.split())


def _different(names: Iterable[str], condition: Condition) -> Iterator[str]:
    """Names that are not one another, nor the name for patients, in another spelling or cut short."""
    own = condition.patient_names.values()
    covered = {letters for name in own for letters in (_letters(name), f"{_letters(name)}s")}
    for name in names:
        letters = _letters(name)
        cut_short = name not in condition.abbreviations and any(
            longer.startswith(letters) for longer in covered
        )
        if letters not in covered and not cut_short and " s " not in name:
            covered |= {letters, f"{letters}s"}
            yield name


def _letters(name: str) -> str:
    plain = name.split(" (")[0].casefold().replace("aem", "em").replace("our", "or")
    return "".join(char for char in plain if char.isalnum() or unicodedata.category(char) in ("Mc", "Mn"))


def _script(name: str) -> str:
    """The script of its first letter, as Unicode calls it: LATIN, DEVANAGARI, TAMIL."""
    return next((unicodedata.name(char).split()[0] for char in name if char.isalpha()), "")
