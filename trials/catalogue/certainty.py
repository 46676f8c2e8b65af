"""How sure it is that a trial takes patients at a place: whose word says so, and how old that word is.

Three strengths, drawn the same way everywhere: the hospital confirmed it, the registry says so, not known.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from trials.choices import INDIA, Status
from trials.models import Registration, Trial, TrialSite
from trials.standing import site_status_now

OLD_MONTHS = 12
"""A registry's word unchanged for longer is shown as old; hospitals change within months."""


class Strength(StrEnum):
    """Whose word it is."""

    CONFIRMED = "confirmed"  # by the hospital, within the time its word counts
    REGISTRY = "registry"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class RegistryWord:
    """The registry that says so, and the day or month its record was last confirmed.

    `verified` is the month in which the sponsor confirmed the whole record (ClinicalTrials.gov
    alone asks for it), as written; `updated` the day the record last changed on the registry.
    """

    registry: str
    verified: str
    updated: date | None

    @classmethod
    def of(cls, registration: Registration) -> "RegistryWord":
        """The word of a registration that was fetched whole."""
        return cls(registration.registry, registration.record.verified or "", registration.last_updated)

    @property
    def months(self) -> int | None:
        """Whole months since the last sign of life; None where there is none."""
        last = max(self.verified[:7], self.updated.isoformat()[:7] if self.updated else "")
        if not last:
            return None
        year, month = map(int, last.split("-")) if "-" in last else (int(last), 12)
        today = timezone.localdate()
        return max(0, (today.year - year) * 12 + today.month - month)

    @property
    def is_old(self) -> bool:
        """Whether the last sign of life is more than a year ago, or there is none."""
        return self.months is None or self.months > OLD_MONTHS


@dataclass(frozen=True, slots=True)
class Certainty:
    """What is known of one place now.

    `answer` is a `HospitalAnswer` of a hospital's own word, else the status by the registry. `because` says
    why nothing is known: `unreadable`, `stale`, `unconfirmed` (the trial as a whole does not recruit) or
    `unstated`; of a whole trial `silent`, or `no-site` (it recruits, and no site here is known to be open).
    `day` is the day of the hospital's word. `abroad`: what recruits is outside India.
    """

    strength: Strength
    is_open: bool
    answer: str = ""
    word: RegistryWord | None = None
    day: datetime | None = None
    because: str = ""
    abroad: bool = False

    @property
    def ask_first(self) -> bool:
        """An open door by a word so old that one must ask before travelling."""
        return self.is_open and self.strength is Strength.REGISTRY and (self.word is None or self.word.is_old)


def certainty(site: TrialSite, word: RegistryWord | None = None) -> Certainty:
    """Of one place; its registration must be loaded unless `word` comes with an open site."""
    own = site.fresh_word
    if own and (own != "open" or site.is_open):
        return Certainty(Strength.CONFIRMED, site.is_open, own, day=site.confirmed_at)
    word = word or RegistryWord.of(site.registration)
    if site.is_open:
        return Certainty(Strength.REGISTRY, True, Status.RECRUITING, word)
    registration = site.registration
    now = site_status_now(registration, site.status)
    if now != site.status and (registration.unreadable_since or registration.is_stale):
        because = "unreadable" if registration.unreadable_since else "stale"
    elif site.status == Status.RECRUITING:
        because = "unconfirmed"
    elif not site.status or site.status == Status.UNKNOWN:
        because = "unstated"
    else:
        return Certainty(Strength.REGISTRY, False, site.status, word)
    return Certainty(Strength.NOT_KNOWN, False, word=word, because=because)


def certainty_of_closed(trial: Trial, word: RegistryWord | None) -> Certainty:
    """Of a trial without an open site in India, as a whole."""
    if trial.status == Status.RECRUITING and set(trial.countries) - {INDIA}:
        return Certainty(Strength.REGISTRY, False, trial.status, word, abroad=True)
    if trial.outdated or trial.stale:
        return Certainty(
            Strength.NOT_KNOWN, False, word=word, because="unreadable" if trial.outdated else "stale"
        )
    if trial.status in (Status.RECRUITING, Status.UNKNOWN) or word is None:
        because = "no-site" if trial.status == Status.RECRUITING else "silent"
        return Certainty(Strength.NOT_KNOWN, False, word=word, because=because)
    return Certainty(Strength.REGISTRY, False, trial.status, word)
