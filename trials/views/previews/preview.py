"""The words of a preview, in the language of the page: what, how much of it is open, whose word that is.

Made from what a page has read anyway: no question to the database.
"""

from dataclasses import dataclass, fields
from hashlib import blake2s

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from trials.browse.conditions import Counts
from trials.browse.hospitals import HospitalCounts
from trials.catalogue.certainty import RegistryWord, Strength
from trials.choices import INDIA, Status
from trials.display import city_label, condition_label, phase_label, state_label, trial_status
from trials.explain.headline import treatment_for
from trials.models import Trial
from trials.search.facets import Facets


@dataclass(frozen=True, slots=True)
class Preview:
    """`state` is `open`, `wait`, `shut` or "" for none; `strength` as in `catalogue.certainty`.

    `address` is the path of the picture without what names its version.
    """

    address: str
    language: str
    kind: str
    title: str
    state: str
    fact: str
    strength: str = ""
    source: str = ""
    number: str = ""
    day: str = ""

    @property
    def alt(self) -> str:
        """The picture in words."""
        words = (self.kind, self.title, self.fact, self.source, self.number, self.day)
        return ". ".join(filter(None, words))

    @property
    def picture(self) -> str:
        """The path of the picture. Its version changes with its words: messengers keep a picture for long."""
        words = "\n".join(str(getattr(self, one.name)) for one in fields(self))
        return f"{self.address}?v={blake2s(words.encode(errors='replace'), digest_size=6).hexdigest()}"


def of_trial(trial: Trial) -> Preview:
    """Only what is open in India is open; what is not known is said to be."""
    state, fact = _state(trial)
    strength, source = _source(trial, state)
    phases = " / ".join(map(phase_label, trial.phases))
    return Preview(
        address=reverse("trials:preview-trial", kwargs={"registry_id": trial.primary_id}),
        language=get_language() or "en",
        kind=" · ".join(filter(None, (gettext("CAR T trial"), phases))),
        title=treatment_for(trial),
        state=state,
        fact=fact,
        strength=strength,
        source=source,
        number=trial.primary_id,
        day=_as_of(),
    )


def of_condition(slug: str, counts: Facets | Counts) -> Preview:
    others = gettext("%(abroad)d open abroad · %(listed)d listed") % {
        "abroad": counts.open_abroad,
        "listed": counts.listed,
    }
    return Preview(
        address=reverse("trials:preview-condition", kwargs={"slug": slug}),
        language=get_language() or "en",
        kind=gettext("CAR T trials"),
        title=condition_label(slug).split(" (")[0],
        source=others,
        day=_as_of(),
        **_open_trials(
            ngettext("%d trial open in India", "%d trials open in India", counts.open_in_india),
            counts.open_in_india,
            gettext("None is known to be open in India"),
        ),
    )


def of_hospital(hospital: HospitalCounts) -> Preview:
    city = city_label(hospital.city) if hospital.city else ""
    state = state_label(hospital.state) if hospital.state else ""
    return Preview(
        address=reverse("trials:preview-site", kwargs={"slug": hospital.site.slug}),
        language=get_language() or "en",
        kind=", ".join(dict.fromkeys(filter(None, (city, state)))),
        title=hospital.site.hospital,
        source=ngettext("%d CAR T trial listed", "%d CAR T trials listed", hospital.trials) % hospital.trials,
        day=_as_of(),
        **_open_trials(
            ngettext("%d CAR T trial open here", "%d CAR T trials open here", hospital.recruiting),
            hospital.recruiting,
            gettext("No trial is known to be open here"),
        ),
    )


def of_website() -> Preview:
    """For every page without a picture of its own."""
    return Preview(
        address=reverse("trials:preview"),
        language=get_language() or "en",
        kind=gettext("CAR T trials in India"),
        title=gettext("Find a CAR T-cell therapy trial"),
        state="",
        fact=gettext("By cancer, by place, in plain words"),
        source=gettext("Which hospital is open, and whom to call"),
    )


def _state(trial: Trial) -> tuple[str, str]:
    if trial.gone:
        return "shut", gettext("No longer on the registry")
    if trial.recruiting_in_india:
        hospitals = len(trial.open_hospitals)
        words = ngettext("Open at %d hospital in India", "Open at %d hospitals in India", hospitals)
        return "open", words % hospitals if hospitals else gettext("Open in India")
    if trial.outdated or trial.stale:
        return "shut", gettext("Not known whether it is open")
    if trial.status == Status.RECRUITING and set(trial.countries) - {INDIA}:
        return "wait", gettext("Open abroad; not known to be open in India")
    if trial.status == Status.RECRUITING:
        return "shut", gettext("Not known to be open in India")
    return "shut", trial_status(trial)


def _source(trial: Trial, state: str) -> tuple[str, str]:
    """Whose word it is and of when."""
    if state == "open" and trial.confirmed_at:
        day = date_format(timezone.localtime(trial.confirmed_at))
        return Strength.CONFIRMED, gettext("Confirmed by the hospital on %s") % day
    if trial.last_updated is None:
        return Strength.NOT_KNOWN, gettext("The registry does not say since when")
    words = gettext("By the registry, last changed on %s") % date_format(trial.last_updated)
    if state == "open" and RegistryWord("", "", trial.last_updated).is_old:
        return Strength.NOT_KNOWN, f"{words} · {gettext('ask first')}"
    known = trial.status != Status.UNKNOWN and not (trial.outdated or trial.stale or trial.gone)
    return Strength.REGISTRY if known or state == "open" else Strength.NOT_KNOWN, words


def _open_trials(words: str, number: int, none: str) -> dict[str, str]:
    return {"state": "open", "fact": words % number} if number else {"state": "shut", "fact": none}


def _as_of() -> str:
    return gettext("As of %s") % date_format(timezone.localdate())
