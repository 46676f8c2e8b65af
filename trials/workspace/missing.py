"""Trials and hospitals that coordinators miss: each becomes an open report, for editors at the desk."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from trials import registries
from trials.models import Site, Trial, TrialSite
from trials.models.reports import LONGEST, ErrorReport

Kind = ErrorReport.Kind
MOST_OPEN = 30
"""Open reports of one person: more would be a script."""


class AlreadyHereError(Exception):
    """The trial is listed with that hospital."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(trial.primary_id)
        self.trial = trial


class TooManyError(Exception):
    """The person has too many open reports."""


def report_trial(words: str, site: Site | None, note: str, *, who: User, language: str) -> ErrorReport:
    """Ask for a trial by its number, the address of its page or its title.

    Where the number is known already the report names the trial: then its hospital is what is missing.
    Raises `AlreadyHereError`, `TooManyError`.
    """
    number = number_in(words)
    trial = Trial.objects.by_registry_id(number).order_by("-published", "pk").first() if number else None
    if trial and site and trial.published and _is_linked(trial, site):
        raise AlreadyHereError(trial)
    text = _lines(words if words != number else "", str(site) if site else "", note)
    return _keep(Kind.MISSING_TRIAL, text, number[:40], trial, who, language)


def report_hospital(name: str, city: str, note: str, *, who: User, language: str) -> ErrorReport:
    """Ask for a hospital. Raises `TooManyError`."""
    return _keep(Kind.MISSING_HOSPITAL, _lines(f"{name}, {city}", note), "", None, who, language)


def number_in(words: str) -> str:
    """The first registry number in what a person wrote or pasted; "" where there is none."""
    found, page = registries.find_id(words), registries.find_page(words)
    return found.registry_id if found else page.registry_id if page else ""


def of(user: User) -> QuerySet[ErrorReport]:
    """What a person asked for, the newest first."""
    return ErrorReport.objects.filter(by=user, kind__in=(Kind.MISSING_TRIAL, Kind.MISSING_HOSPITAL))


def _is_linked(trial: Trial, site: Site) -> bool:
    return TrialSite.objects.filter(trial=trial, site=site, counted=True).exists()


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)[:LONGEST]


def _keep(kind: str, text: str, number: str, trial: Trial | None, who: User, language: str) -> ErrorReport:
    if of(who).filter(state=ErrorReport.State.OPEN).count() >= MOST_OPEN:
        raise TooManyError
    return ErrorReport.objects.create(
        kind=kind, text=text, registry_id=number, trial=trial, by=who, email=who.email, language=language
    )
