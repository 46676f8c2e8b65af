"""Values in the words of a page: labels in its language, ages, phases, statuses, dates, counts."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trials import registries
from trials.choices import CellSource, Phase, Role, Status
from trials.models import Registration, Trial
from trials.vocabulary import conditions, group_names
from trials.vocabulary.country_names import country_name
from trials.vocabulary.places import cities, states
from trials.vocabulary.translated import Names, in_language

PHASE_WORDS = {
    ("EARLY_PHASE1",): _("Early phase 1: very first tests in a few people"),
    ("PHASE1",): _("Phase 1: first tests of safety"),
    ("PHASE1", "PHASE2"): _("Phase 1 and 2: tests of safety, then of effect"),
    ("PHASE2",): _("Phase 2: does it work?"),
    ("PHASE2", "PHASE3"): _("Phase 2 and 3: does it work, and better than usual treatment?"),
    ("PHASE3",): _("Phase 3: is it better than usual treatment?"),
    ("PHASE4",): _("Phase 4: followed after approval"),
    ("NA",): _("Phase: not applicable, says the registry"),
    (): _("Phase not stated"),
}
STATUS_CLASSES = {
    Status.RECRUITING: "open",
    Status.NOT_YET_RECRUITING: "wait",
    Status.ENROLLING_BY_INVITATION: "wait",
    Status.AVAILABLE: "wait",
}


PERSONS = frozenset(
    {"Burkitt", "Castleman", "Crohn", "Ewing", "Graves", "Hodgkin", "Merkel", "Richter"}
) | frozenset({"Sjögren", "Waldenström", "Wilms"})
"""Names of diseases that begin with a person's and keep its capital."""


def phase_words(phases: list[str]) -> str:
    """A trial's phases in words; combinations no registry writes are joined from their names."""
    words = PHASE_WORDS.get(tuple(phases))
    return str(words) if words else ", ".join(phase_label(phase) for phase in phases)


def phase_label(phase: str) -> str:
    return str(Phase(phase).label)


def trial_status(trial: Trial) -> str:
    """The status in words. UNKNOWN means one thing at a registry that makes silent trials unknown."""
    derived = bool(trial.registries) and not registries.describe(trial.registries[0]).ages
    if trial.status == Status.UNKNOWN and derived and not (trial.outdated or trial.stale):
        return gettext("Unknown: not confirmed for over two years")
    return status_label(trial.status)


def status_label(status: str) -> str:
    return str(Status(status).label) if status else gettext("Status not stated")


def status_class(status: str) -> str:
    """`open`, `wait` or `shut`, for the colour of a badge. Only recruiting is open."""
    return STATUS_CLASSES.get(Status(status), "shut") if status else "shut"


def role_label(role: str) -> str:
    return str(Role(role).label)


def cell_source_label(source: str) -> str:
    return str(CellSource(source).label)


def registry_label(registry: str) -> str:
    return registries.describe(registry).label


def condition_label(slug: str) -> str:
    """What patients call the condition."""
    condition = conditions().get(slug)
    if condition is None:  # of an older vocabulary: `import_trials --reparse` labels anew
        return slug.replace("-", " ")
    return in_page_language(condition.patient_names)


def condition_short(slug: str) -> str:
    """The condition's plain name, without what the patients' name explains in brackets."""
    if (get_language() or "en").startswith("en") and slug in conditions():
        return conditions()[slug].name
    return condition_label(slug).split(" (")[0]


def condition_in_sentence(slug: str) -> str:
    """The patients' name within a sentence: without what it explains in brackets, no capital of its own."""
    name = condition_label(slug).split(" (")[0].split(",")[0]
    first, second = name[:1], name[1:2]
    ordinary = second.islower() and name.split(" ")[0] not in PERSONS
    return first.lower() + name[1:] if ordinary else name


def group_label(group: str) -> str:
    """The heading of a group of conditions."""
    return in_page_language(group_names()[group], group)


def city_label(slug: str) -> str:
    """A city's name; one the vocabulary does not know is written from its slug."""
    city = cities().get(slug)
    if city is None:
        return slug.replace("-", " ").title()
    return in_page_language(city.names, city.name)


def state_label(slug: str) -> str:
    state = states().get(slug)
    if state is None:
        return slug.replace("-", " ").title()
    return in_page_language(state.names, state.name)


def country_label(english: str) -> str:
    """A country or union in the page's language; our own catalogue goes before Unicode's names."""
    own = gettext(english) if english else ""
    return own if own != english else country_name(english, get_language() or "en")


def in_page_language(names: Names, english: str = "") -> str:
    """A name of the vocabulary in the page's language, English where that has none."""
    return in_language(names, get_language() or "en", english)


def age_words(lowest: float | None, highest: float | None) -> str:
    """Who may join by age; registries state no limit by leaving it out."""
    if lowest is None and highest is None:
        return gettext("No age limit stated")
    if highest is None:
        return gettext("%s and older") % age_words_of(lowest)
    if lowest is None:
        return gettext("Up to %s") % age_words_of(highest)
    return gettext("%(lowest)s to %(highest)s") % {
        "lowest": age_words_of(lowest),
        "highest": age_words_of(highest),
    }


def age_words_of(years: float | None) -> str:
    """Whole years; below two, months."""
    years = years or 0.0
    if 0 < years < 2 and years != 1:
        months = round(years * 12)
        return ngettext("%d month", "%d months", months) % months
    return ngettext("%d year", "%d years", round(years)) % round(years)


def months_ago(months: int | None) -> str:
    """The age of a word in months, years from the third on: `this month`, `21 months ago`."""
    if months is None:
        return gettext("date not stated")
    if months < 1:
        return gettext("this month")
    if months < 36:
        return ngettext("%d month ago", "%d months ago", months) % months
    return ngettext("%d year ago", "%d years ago", months // 12) % (months // 12)


def trials_counted(number: int) -> str:
    """`1 trial`, `7 trials`."""
    return ngettext("%(number)s trial", "%(number)s trials", number) % {"number": intcomma(number)}


def stale_words(registration: Registration) -> str:
    """Why a record that says "open" is not taken at its word any more."""
    changed, end = registration.last_changed, registration.planned_end
    values = {
        "registry": registry_label(registration.registry),
        "status": status_label(registration.status),
        "day": date_format(changed) if changed else "",
        "year": end.year if end else "",
    }
    if changed and end:
        words = gettext(
            "%(registry)s still says: %(status)s. Nothing changed there since %(day)s, and the trial was "
            "planned to end in %(year)s. Whether it takes patients now is not known."
        )
    elif changed:
        words = gettext(
            "%(registry)s still says: %(status)s. Nothing changed there since %(day)s. Whether the trial "
            "takes patients now is not known."
        )
    else:
        words = gettext(
            "%(registry)s still says: %(status)s, and does not say since when. Whether the trial takes "
            "patients now is not known."
        )
    return words % values


AXES = {
    "role": _("Kind of study"),
    "conditions": _("Disease"),
    "targets": _("The CAR T cells look for"),
    "products": _("Product"),
    "cell_source": _("Made from"),
    "eligibility": _("Key eligibility"),
}
ANSWERS = {"allowed": _("can join"), "excluded": _("cannot join")}
LABELS: dict[str, Callable[[str], str]] = {
    "role": role_label,
    "conditions": condition_label,
    "targets": str,
    "products": str,
    "cell_source": cell_source_label,
    "eligibility": lambda value: str(ANSWERS.get(value, value)),
}


def partial_date(written: str | None) -> str:
    """`2026`, `2026-05` or `2026-05-31` in words, as precise as the registry gives it; else what it gives."""
    return _partial_date(written or "", get_language())


@lru_cache(4_096)
def _partial_date(text: str, _language: str | None) -> str:
    precision = text.count("-")
    try:
        day = date.fromisoformat(text + "-01" * (2 - precision))
    except ValueError:
        return text
    return date_format(day, ("Y", "YEAR_MONTH_FORMAT", "DATE_FORMAT")[precision])


def day_words(day: date | None) -> str:
    """A day as pages write it, that of a moment in the zone of the site; "" for none."""
    if day is None:
        return ""
    return _day_words(localtime(day).date() if isinstance(day, datetime) else day, get_language())


@lru_cache(4_096)
def _day_words(day: date, _language: str | None) -> str:
    return date_format(day, "DATE_FORMAT")


def axis_words(axis: str) -> str:
    """What a label is about."""
    return str(AXES[axis])


def label_words(label: str, axis: str) -> str:
    """A label of `classify` in patients' words."""
    return LABELS[axis](label)


def contact_role(role: str) -> str:
    """`SUB_INVESTIGATOR` as words."""
    return role.replace("_", " ").capitalize()
