"""One open trial among the answers: in which of three groups it stands, what to ask, and what it states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext

from trials.catalogue.compose import city_slug
from trials.catalogue.provenance import NOTHING_KNOWN, Provenance, provenance
from trials.choices import Facet, Sex
from trials.display import age_words, condition_short, country_label
from trials.explain.excerpts import plain
from trials.explain.headline import headline
from trials.explain.key_eligibility import key_point
from trials.explain.match import StatedFacts
from trials.explain.trial_facts import facts_of
from trials.models import Trial, TrialSite
from trials.models.lookups import RECRUITING_ANYWHERE, RECRUITING_IN_INDIA
from trials.search.listed import Listed
from trials.views.match.patterns import AGAINST, ASK, FACETS, FITS, SILENT, pattern
from trials.views.match.questions import fields

QUOTED = 200
"""Characters of a quotation; the page of the trial has the whole sentence."""
QUOTED_FOR_ALL, ROOM = 100, 45_000
"""The same where the page holds what every trial states, and those of one field of all trials together. There
only what can be against a person is quoted: at 400 trials about 50 KB are sent."""
MOST_TRIALS = 2_000
"""Twice as many as are open in the world. Each takes a millisecond and a kilobyte of the page."""
NAMED = 3
"""Diseases and countries named on a card."""
OPEN_NOW = "open_now"
"""Beside the fields: whether the trial still takes people, where its record is too old to say so."""


class Group(StrEnum):
    """The three groups of the page, in their order."""

    NOTHING_AGAINST = "nothing-against"
    ASK = "ask"
    AGAINST = "against"

    @property
    def letter(self) -> str:
        """The worst letter of a card in it."""
        return {Group.AGAINST: AGAINST, Group.ASK: ASK}.get(self, FITS)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a trial states of one field. `quote` is the registry's, `words` are ours; either may be empty."""

    name: str
    place: int  # of the field among the letters of a card
    short: str
    words: str
    quote: str


@dataclass(frozen=True)
class MatchCard:
    """One trial with the letters of each field, and the answers' places in them."""

    trial: Trial
    known: Provenance
    patterns: Mapping[str, str]
    places: Mapping[str, int]
    statements: Sequence[Statement]

    @property
    def headline(self) -> str:
        """What stands for the trial on its card."""
        return headline(self.trial)

    @cached_property
    def open_site(self) -> TrialSite | None:
        """The first site in India that is open, one with a name before the others."""
        sites = [known.site for known in self.known.open_sites]
        return next((site for site in sites if site.hospital), next(iter(sites), None))

    @property
    def city(self) -> str:
        """The slug of that site's city."""
        return city_slug(self.open_site) if self.open_site else ""

    @property
    def abroad(self) -> str:
        """Where it is open, if not in India."""
        names = [country_label(country) for country in self.trial.countries[:NAMED]]
        return ", ".join(names) + ("…" if len(self.trial.countries) > NAMED else "")

    @cached_property
    def letters(self) -> dict[str, str]:
        """The verdict on each field with these answers."""
        return {name: letters[self.places.get(name, 0)] for name, letters in self.patterns.items()}

    @property
    def group(self) -> Group:
        found = set(self.letters.values())
        if AGAINST in found:
            return Group.AGAINST
        return Group.ASK if ASK in found else Group.NOTHING_AGAINST

    @property
    def to_ask(self) -> str:
        """What people ask the hospital about, in words; "" where something is against it already."""
        if self.group != Group.ASK:
            return ""
        names = short_names()
        return ", ".join(names[name] for name, letter in self.letters.items() if letter == ASK)

    @property
    def shown(self) -> list[str]:
        """The fields whose statements are shown: those that put it into its group."""
        letter = AGAINST if self.group == Group.AGAINST else ASK
        return [name for name, one in self.letters.items() if one == letter]


def short_names() -> dict[str, str]:
    """What stands for each field beside what a trial states, in the order of the letters."""
    return {name: str(field.short) for name, field in fields().items()} | {
        OPEN_NOW: gettext("Whether it still takes patients")
    }


def open_trials() -> tuple[list[Trial], int]:
    """`MOST_TRIALS` of those that recruit at most, those open in India first; and how many recruit."""
    listed = Listed()
    hits = listed.passing(RECRUITING_IN_INDIA | RECRUITING_ANYWHERE)
    ids = listed.ids(listed.india_first(hits, 0, MOST_TRIALS))
    trials = Trial.objects.listed().filter(RECRUITING_IN_INDIA | RECRUITING_ANYWHERE, pk__in=ids)
    return list(trials.in_default_order().without_long_texts("eligibility")), len(hits)


def cards(trials: Sequence[Trial], places: Mapping[str, int]) -> list[MatchCard]:
    """The cards of these trials with these answers, in their order. One query."""
    known = provenance(trials)
    quoted = QUOTED if places else max(40, min(QUOTED_FOR_ALL, ROOM // max(1, len(trials))))
    names = short_names()
    return [_card(trial, known.get(trial.pk, NOTHING_KNOWN), places, quoted, names) for trial in trials]


def _card(
    trial: Trial, known: Provenance, places: Mapping[str, int], quoted: int, names: Mapping[str, str]
) -> MatchCard:
    stated = facts_of(trial)
    patterns = {name: pattern(name, stated) for name in fields()}
    patterns[OPEN_NOW] = SILENT if _is_sure(trial, known) else ASK
    useful = {name: letters for name, letters in patterns.items() if {AGAINST, ASK} & set(letters)}
    lengths = {name: quoted if places or AGAINST in letters else 0 for name, letters in useful.items()}
    statements = []
    for place, name in enumerate(fields()):
        words, quote = _words_and_quote(name, trial, stated) if name in lengths else ("", "")
        if words or quote:
            statements.append(Statement(name, place, names[name], words, _cut(quote, lengths[name])))
    return MatchCard(trial, known, patterns, places, statements)


def _is_sure(trial: Trial, known: Provenance) -> bool:
    """Whether it is known of now that the trial recruits: by the hospital, or by a record that is not old."""
    if trial.confirmed_at:
        return True
    return not (trial.stale or trial.outdated or known.word is None or known.word.is_old)


def _cut(quote: str, length: int) -> str:
    return Truncator(quote).chars(length) if length else ""


def _words_and_quote(name: str, trial: Trial, stated: StatedFacts) -> tuple[str, str]:
    """What is stated of one field; two empty texts where nothing is."""
    if name == "conditions":
        labels = [condition_short(slug) for slug in trial.conditions]
        return ", ".join(labels[:NAMED]) + ("…" if len(labels) > NAMED else ""), ""
    if name == "age":
        return (age_words(stated.min_age_years, stated.max_age_years) if stated.age_words else ""), ""
    if name == "sex":
        return (str(Sex(trial.sex).label) if trial.sex else ""), ""
    facet = FACETS.get(name) or Facet(name)
    if facet not in stated.facets:
        return "", ""
    point = key_point(facet, stated.facets[facet])
    return (point.words, plain(point.quote)) if point.is_stated else ("", "")
