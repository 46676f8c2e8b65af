"""What cards say of a trial and of its open hospital: plain values, of which a piece of a page is made."""

from dataclasses import dataclass
from datetime import datetime

from trials.browse.open_hospital import OpenHospital
from trials.catalogue.certainty import Certainty
from trials.display import stale_words, trial_status
from trials.explain.headline import headline
from trials.models import Registration, Trial
from trials.record import Contact
from trials.telephone import Phone
from trials.views.results.cards import Card


@dataclass(frozen=True, slots=True)
class DoorFace:
    """The open hospital of a trial; `headline` is "" where the trial is named elsewhere on the card.

    How far it is depends on what was said of the patient, and is no part of it.
    """

    trial: str
    headline: str
    name: str
    slug: str
    investigator: str
    city: str
    certainty: Certainty
    phone: Phone | None
    contact: Contact | None
    directions: str
    others: int

    @classmethod
    def of(cls, door: OpenHospital, *, titled: bool = False) -> "DoorFace":
        return cls(
            trial=door.trial.primary_id,
            headline=headline(door.trial) if titled else "",
            name=door.name,
            slug=door.slug,
            investigator=door.investigator,
            city=door.city,
            certainty=door.certainty,
            phone=door.phone,
            contact=door.contact,
            directions=door.directions,
            others=door.others,
        )


@dataclass(frozen=True, slots=True)
class OvertakenFace:
    """A registration that does not speak of now."""

    registry: str
    registry_id: str
    url: str
    sample: bool
    unreadable_since: datetime | None
    words: str

    @classmethod
    def of(cls, registration: Registration) -> "OvertakenFace":
        unreadable = registration.unreadable_since
        return cls(
            registration.registry,
            registration.registry_id,
            registration.url,
            registration.sample,
            unreadable,
            "" if unreadable else stale_words(registration),
        )


@dataclass(frozen=True, slots=True)
class CardFace:
    """A trial in a list; the names are those of `Trial`. `sure` and `silent` stand where no door is open."""

    primary_id: str
    headline: str
    title: str
    sample: bool
    role: str
    recruiting_in_india: bool
    countries: tuple[str, ...]
    door: DoorFace | None
    sure: Certainty | None
    silent: str
    broad: bool
    overtaken: tuple[OvertakenFace, ...]

    @classmethod
    def of(cls, card: Card) -> "CardFace":
        trial, sure = card.trial, None if card.door else card.sure
        return cls(
            primary_id=trial.primary_id,
            headline=headline(trial),
            title=trial.title,
            sample=trial.sample,
            role=trial.role,
            recruiting_in_india=trial.recruiting_in_india,
            countries=tuple(trial.countries),
            door=DoorFace.of(card.door) if card.door else None,
            sure=sure,
            silent=silent_words(sure, trial) if sure else "",
            broad=card.broad,
            overtaken=tuple(OvertakenFace.of(registration) for registration in card.overtaken),
        )


def silent_words(sure: Certainty, trial: Trial | None) -> str:
    """The status of a trial of which nothing more is known, in words."""
    return trial_status(trial) if trial and sure.because == "silent" else ""
