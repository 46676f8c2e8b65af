"""Why a trial is in the list: what was asked for, and how this trial answers to it."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.translation import gettext

from trials.display import age_words, city_label, condition_label
from trials.models import Trial
from trials.search.parameters import AgeGroup, Recruiting
from trials.search.search import Search
from trials.views.results.value_labels import LABELS
from trials.vocabulary import conditions, narrower, wider


def reasons(search: Search, trial: Trial, hospitals: Mapping[str, str]) -> list[str]:
    """One sentence for each filter; `hospitals` are the names of the hospitals asked for, by slug."""
    return [*_of_values(search, trial, hospitals), *_of_patient(search, trial), *_of_words(search, trial)]


def _of_values(search: Search, trial: Trial, hospitals: Mapping[str, str]) -> Iterator[str]:
    chosen = {name: getattr(search, name) for name in (*_SENTENCES, "condition", *_PLACES)}
    chosen |= search.from_words
    for given, values in chosen.items():
        name = given.removeprefix("q_")
        label = hospitals.__getitem__ if name == "site" else LABELS[name]
        if name == "condition":
            yield from _of_conditions(values, trial)
        elif name in _PLACES:
            yield from _of_places(_PLACES[name], values, trial, label)
        elif names := ", ".join(label(value) for value in values if value in _had(trial, name)):
            yield _SENTENCES[name]() % names


def _of_conditions(asked: Sequence[str], trial: Trial) -> Iterator[str]:
    """The trial's own label, or a wider or narrower one through which it answers."""
    own = set(trial.conditions)
    for slug in asked:
        groups = own & wider(slug) if slug in conditions() else set()
        kinds = own & narrower(slug) if slug in conditions() else set()
        told = {"asked": condition_label(slug), "groups": _names(groups), "kinds": _names(kinds)}
        if slug in own:
            yield gettext("%(asked)s: the trial names it.") % told
        elif groups:
            yield (
                gettext(
                    "%(asked)s: the trial names a wider group, %(groups)s. Ask whether it takes this type."
                )
                % told
            )
        elif kinds:
            yield gettext("%(asked)s: the trial names a kind of it, %(kinds)s.") % told


def _of_places(column: str, asked: Sequence[str], trial: Trial, label: Callable[[str], str]) -> Iterator[str]:
    """A place where a site is open, else one where the trial runs without a site known to be open."""
    recruiting = [slug for slug in asked if slug in getattr(trial, f"open_{column}")]
    others = [slug for slug in asked if slug in getattr(trial, column) and slug not in recruiting]
    if recruiting:
        yield gettext("%s: a site there is recruiting.") % ", ".join(map(label, recruiting))
    if others:
        yield gettext("%s: a site there is not known to be recruiting.") % ", ".join(map(label, others))


def _of_patient(search: Search, trial: Trial) -> Iterator[str]:
    ages = age_words(trial.min_age_years, trial.max_age_years)
    if search.years is not None:
        yield gettext("Age %(age)g: the trial takes: %(ages)s.") % {"age": search.years, "ages": ages}
    if search.child_or_adult:
        group = str(AgeGroup(search.child_or_adult).label)
        yield gettext("%(group)s: the trial takes: %(ages)s.") % {"group": group, "ages": ages}
    if search.place and search.radius and (found := search.place.nearest(trial.open_cities)):
        place = {"city": city_label(found.city.slug), "km": round(found.km), "place": search.place.name}
        yield gettext("Nearest site that is recruiting: %(city)s, %(km)d km from %(place)s.") % place
    if search.open_where == Recruiting.ANYWHERE:
        yield gettext("The trial is recruiting.")
    if search.open_where == Recruiting.INDIA:
        yield gettext("At least one site in India is recruiting.")


def _of_words(search: Search, trial: Trial) -> Iterator[str]:
    """Words no filter understood: full text found them, in the title or further down."""
    title = trial.title.casefold()
    for words in filter(None, (search.rest, search.understood.investigator, search.understood.sponsor)):
        if all(word in title for word in words.casefold().split()):
            yield gettext("Your words are in its title: %s") % words
        else:
            yield gettext("Your words are in its record: %s") % words


def _had(trial: Trial, name: str) -> Sequence[str]:
    """The trial's own values of what is asked for by this name."""
    columns: dict[str, Sequence[str]] = {
        "phase": trial.phases,
        "target": trial.targets,
        "product": trial.products,
        "cell_source": [trial.cell_source],
        "registry": trial.registries,
    }
    return columns[name]


def _names(slugs: set[str]) -> str:
    return ", ".join(condition_label(slug) for slug in sorted(slugs))


_PLACES = {"state": "states", "city": "cities", "site": "hospitals"}
_SENTENCES: Mapping[str, Callable[[], str]] = {
    "phase": lambda: gettext("%s: so it is registered."),
    "target": lambda: gettext("%s: its CAR T cells look for it."),
    "product": lambda: gettext("%s: it gives this product."),
    "cell_source": lambda: gettext("%s: the cells it uses."),
    "registry": lambda: gettext("%s: listed there."),
}
