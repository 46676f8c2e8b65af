"""Titles and descriptions, for the tab, for search engines and for messengers.

A search engine shows 60 to 70 characters of a title and 160 of a description; what tells one page from the
next stands first.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext

from trials.browse.conditions import Counts
from trials.browse.hospitals import HospitalCounts
from trials.display import city_label, condition_label, state_label
from trials.explain.headline import phase_numbers, treatment_for
from trials.models import Trial
from trials.search.facets import Facets
from trials.search.search import Search
from trials.views.results.chips import FilterChip

ROOM = 72
MOST_NAMES = 2
MOST_LETTERS = 40
_NAMED = frozenset({"condition", "phase", "state", "city", "site", "near"})
"""Filters that a title says in its own words, not in those of their chips."""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text; templates escape it."""

    title: str
    description: str


def of_search(search: Search, found: Facets, chips: Sequence[FilterChip]) -> Words:
    """`Lymphoma CAR T trials in Mumbai, phase 2 · 3 open in India`."""
    opened = gettext("%s open in India") % intcomma(found.open_in_india)
    narrowed = ", ".join([_diseases_and_place(search), *_narrower(search, chips)])
    description = gettext(
        "%(search)s: %(india)s open in India, %(abroad)s open abroad, %(listed)s listed. "
        "Who can join, which hospital, whom to call."
    ) % {"search": shortened(narrowed, 75), **_counted(found)}
    return Words(_joined(narrowed, opened), description)


def of_trial(trial: Trial) -> Words:
    """`CD19 CAR T for large B-cell lymphoma, phase 2 · NCT00000001`; the registry's title describes it."""
    number = phase_numbers(trial.phases)
    phase = gettext("phase %s") % number if number else ""
    what = ", ".join(filter(None, (treatment_for(trial), phase)))
    return Words(_joined(what, trial.primary_id), f"{trial.primary_id}: {what}. {trial.title}")


def of_condition(slug: str, counts: Facets | Counts) -> Words:
    name = condition_label(slug)
    description = gettext(
        "CAR T trials for %(name)s: %(india)s open in India, %(abroad)s open abroad, %(listed)s listed. "
        "Hospitals, approved products, who can join."
    ) % {"name": shortened(name, 65), **_counted(counts)}
    return Words(_joined(name, gettext("CAR T trials")), description)


def of_hospital(hospital: HospitalCounts) -> Words:
    name, city = hospital.site.hospital, city_label(hospital.city) if hospital.city else ""
    description = gettext(
        "CAR T trials at %(name)s: %(open)s open there now, %(listed)s listed. "
        "Whom to call, who can join, how old the news is."
    ) % {
        "name": ", ".join(filter(None, (shortened(name, 60), city))),
        "open": intcomma(hospital.recruiting),
        "listed": intcomma(hospital.trials),
    }
    return Words(_joined(name, " · ".join(filter(None, (city, gettext("CAR T trials"))))), description)


def shortened(text: str, room: int) -> str:
    """The text, cut at the last word that finds room."""
    if letters(text) <= room:
        return text
    taken = accumulate(map(letters, text))
    cut = text[: sum(1 for number in taken if number < room)]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip(' ,;:·')}…"


def letters(text: str) -> int:
    """What takes room of its own: vowel signs of Indian scripts stand on their letter."""
    return sum(not unicodedata.category(letter).startswith("M") for letter in text)


def _joined(what: str, last: str) -> str:
    """Both, with what is first cut so that the last finds room."""
    return f"{shortened(what, max(ROOM - letters(last) - 3, 20))} · {last}"


def _diseases_and_place(search: Search) -> str:
    words = {"disease": _diseases(search), "place": _place(search)}
    if words["disease"] and words["place"]:
        return gettext("%(disease)s CAR T trials in %(place)s") % words
    if words["disease"]:
        return gettext("%(disease)s CAR T trials") % words
    return gettext("CAR T trials in %(place)s") % words if words["place"] else gettext("CAR T trials")


def _diseases(search: Search) -> str:
    """Of a search in words, the words: "lymphoma" means several diseases."""
    chosen = [condition_label(slug).split(" (")[0] for slug in search.condition]
    written = [span.text[:1].upper() + span.text[1:] for name, span in search.spans if name == "q_condition"]
    return shortened(_listed([*chosen, *written], " / "), MOST_LETTERS)


def _place(search: Search) -> str:
    """The hospital, else the city, else the state; the narrowest says most."""
    words = search.from_words
    hospitals = [search.places.hospitals.get(slug, "") for slug in search.site]
    cities = map(city_label, (*search.city, *words.get("q_city", ())))
    states = map(state_label, (*search.state, *words.get("q_state", ())))
    named = [name for names in (hospitals, cities, states) if (name := _listed(names))]
    return next(iter(named), "")


def _narrower(search: Search, chips: Sequence[FilterChip]) -> list[str]:
    """Whatever else narrows the list, by parameter or by words."""
    phases = phase_numbers([*search.phase, *search.understood.phases])
    others = [
        shortened(chip.label, MOST_LETTERS) for chip in chips if chip.name.removeprefix("q_") not in _NAMED
    ]
    near = search.place.name if search.place and not _place(search) else ""
    named = [gettext("near %s") % near if near else "", gettext("phase %s") % phases if phases else ""]
    return [
        *filter(None, named),
        *(words for words in dict.fromkeys(others) if words != gettext("Near %s") % near),
    ]


def _listed(names: Iterable[str], sign: str = ", ") -> str:
    return sign.join(list(dict.fromkeys(filter(None, names)))[:MOST_NAMES])


def _counted(counts: Facets | Counts) -> dict[str, str]:
    numbers = {"india": counts.open_in_india, "abroad": counts.open_abroad, "listed": counts.listed}
    return {name: intcomma(number) for name, number in numbers.items()}
