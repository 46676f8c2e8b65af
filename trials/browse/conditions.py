"""One condition with everything the catalogue knows of it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from trials import vocabulary
from trials.catalogue.compose import city_slug
from trials.display import in_page_language
from trials.models import Site, Trial
from trials.models.lookups import RECRUITING_ANYWHERE, RECRUITING_IN_INDIA
from trials.search.facets import Facets, facets
from trials.search.geo import Point, kilometres_from
from trials.search.listed import Listed
from trials.search.search import Search
from trials.search.understand import understand
from trials.vocabulary import Condition

FIRST_TRIALS = 5
MOST_NAMES = 6
FEWEST_LETTERS = 2
_CAPITALS = {
    word.lower(): word
    for word in (
        *("B-cell", "T-cell", "NK-cell", "B", "T", "NK", "CNS", "EBV", "HIV", "MALT", "HER2", "IgA", "IgG4"),
        *("Burkitt", "Hodgkin", "Richter", "Waldenstrom", "Ewing", "Wilms", "Merkel", "Castleman", "Crohn"),
        *("Sjogren", "Graves", "ANCA", "POEMS", "AL", "ALL", "NHL", "MS", "MOG", "CAR"),
    )
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many listed trials answer to a condition: open in India, open abroad only, and at all."""

    open_in_india: int = 0
    open_abroad: int = 0
    listed: int = 0


NONE = Counts()


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A hospital in India with its trials that are open now; `km` to its city, None without a place."""

    site: Site
    trials: int
    km: int | None

    @property
    def city(self) -> str:
        """Slug of its city."""
        return city_slug(self.site)


@dataclass(frozen=True, slots=True)
class ConditionFacts:
    """What the page of a condition tells, for a patient of the age asked for."""

    condition: Condition
    search: Search
    counts: Facets
    trials: list[Trial]  # the first ones; the nearest where a place is asked for
    hospitals: list[OpenPlace]  # in India, open now; the nearest first, else those with most trials
    broader: list[tuple[str, Counts]]
    narrower: list[tuple[str, Counts]]

    @property
    def phases(self) -> dict[str, int]:
        """Listed trials by phase."""
        return self.counts.counts["phase"]

    @property
    def targets(self) -> list[tuple[str, int]]:
        """Listed trials by antigen, most first."""
        return sorted(self.counts.counts["target"].items(), key=lambda pair: (-pair[1], pair[0]))


def picture(condition: Condition, near: Point | None = None, age: float | None = None) -> ConditionFacts:
    """At most five queries, whatever the number of trials."""
    search = Search(condition=(condition.slug,), near=near, age=age)
    everywhere = counts_of_conditions(search.listed)
    return ConditionFacts(
        condition=condition,
        search=search,
        counts=facets(search),
        trials=search.between(0, FIRST_TRIALS),
        hospitals=open_hospitals(search),
        broader=[(slug, everywhere.get(slug, NONE)) for slug in condition.included_in],
        narrower=[
            (c.slug, everywhere.get(c.slug, NONE))
            for c in vocabulary.conditions().values()
            if condition.slug in c.included_in
        ],
    )


def counts_of_conditions(listed: Listed) -> dict[str, Counts]:
    """Listed trials that answer to each condition; one without any is missing."""
    column, india = "answers_to", listed.passing(RECRUITING_IN_INDIA)
    open_in_india = listed.snapshot.counted(column, india)
    open_abroad = listed.snapshot.counted(column, listed.passing(RECRUITING_ANYWHERE) - india)
    return {
        slug: Counts(open_in_india.get(slug, 0), open_abroad.get(slug, 0), number)
        for slug, number in listed.snapshot.counts(column).items()
    }


def recruiting_in_india(listed: Listed) -> Mapping[str, int]:
    """How many trials that recruit in India answer to each condition."""
    return listed.snapshot.counted("answers_to", listed.passing(RECRUITING_IN_INDIA))


def find_conditions(words: str) -> list[Condition]:
    """The conditions that people may mean: as the search box reads the words, or by the beginning of a name.

    Those whose own names begin so go before those of which only a synonym does.
    """
    understood, asked = understand(words).conditions, _beginnings(words)
    matches = {}
    for one in vocabulary.conditions().values():
        own = (one.name, *one.patient_names.values(), *one.abbreviations)
        if one.slug in understood or _begins(own, asked):
            matches[one.slug] = 0
        elif _begins(one.synonyms, asked):
            matches[one.slug] = 1
    return [vocabulary.conditions()[slug] for slug in sorted(matches, key=lambda slug: matches[slug])]


def _begins(names: Iterable[str], asked: str) -> bool:
    """Whether a word of a name, or the whole name, begins with what is asked; hyphens do not count."""
    if len(asked.replace(" ", "")) < FEWEST_LETTERS:
        return False
    written = (_beginnings(name) for name in names)
    return any(f" {asked}" in f" {name}" or name.replace(" ", "").startswith(asked) for name in written)


@lru_cache(maxsize=5000)
def _beginnings(name: str) -> str:
    return " ".join(filter(None, (_letters(word) for word in re.split(r"[\s/()-]+", name))))


def also_called(condition: Condition) -> list[str]:
    """A few names of it or its kinds: in English what doctors write, else what people type in its script.

    English words of the search box are left out: many are there because they are misspelt.
    """
    names = (condition.name.split(" (")[0], *condition.synonyms[:4])
    script = _script(in_page_language(condition.patient_names))
    if script != _script(condition.patient_names["en"]):
        names = tuple(word for word in condition.search_words if _script(word) == script)[:2]
    return list(_different(map(_written, (*names, *condition.abbreviations[:3])), condition))[:MOST_NAMES]


def open_hospitals(search: Search) -> list[OpenPlace]:
    """Hospitals in India where a trial of the search is open, nearest or most trials first. Two queries."""
    open_now = search.hits & search.listed.passing(RECRUITING_IN_INDIA)
    counts = search.listed.snapshot.counted("open_hospitals", open_now)
    sites = Site.objects.filter(slug__in=counts) if counts else []
    kilometres = kilometres_from(search.near)
    places = [OpenPlace(site, counts[site.slug], kilometres.get(city_slug(site))) for site in sites]
    return sorted(places, key=lambda one: (one.km is None, one.km or 0, -one.trials, one.site.hospital))


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
