"""What a coordinator has to do today: the trials at their sites, those with something to do first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count

from trials.choices import Status
from trials.models import Registration, Trial, TrialSite
from trials.models.reports import OF_STAFF, ErrorReport
from trials.models.workspace import ListingEdit
from trials.workspace import edits
from trials.workspace.rights import Rights

OF_A_TRIAL = ("question", "registry_changed")
"""Needs that all sites of a trial share."""
UNCONFIRMED_AFTER = timedelta(days=30)
RUNNING = (Status.RECRUITING, Status.NOT_YET_RECRUITING, Status.ENROLLING_BY_INVITATION, Status.UNKNOWN)
"""Statuses under which a hospital's word matters to patients; other trials stand below."""


@dataclass
class TodoRow:
    """One trial at one site, and why it needs an answer: codes in the order of their weight."""

    site: TrialSite
    needs: list[str] = field(default_factory=list)

    @property
    def registration(self) -> Registration:
        return self.site.registration

    @property
    def own_needs(self) -> list[str]:
        """The needs that only this site has."""
        return [need for need in self.needs if need not in OF_A_TRIAL]


@dataclass(frozen=True, slots=True)
class TodoTrial:
    """One trial and its rows, one a site."""

    rows: Sequence[TodoRow]

    @property
    def trial(self) -> Trial:
        return self.rows[0].site.trial

    @property
    def registration(self) -> Registration:
        return self.rows[0].registration

    @property
    def needs(self) -> list[str]:
        """Why the whole trial needs an answer, once; the sites' own needs stand at their rows."""
        return [need for need in OF_A_TRIAL if any(need in row.needs for row in self.rows)]


def by_trial(found: Iterable[TodoRow]) -> list[TodoTrial]:
    """Each trial once, where the row that needs most stood."""
    trials: dict[int, list[TodoRow]] = {}
    for row in found:
        trials.setdefault(row.site.trial_id, []).append(row)
    return [TodoTrial(rows_of_one) for rows_of_one in trials.values()]


def rows(rights: Rights, at: datetime) -> list[TodoRow]:
    """Every listed trial at the person's sites, what needs them most first. Editors see all of India."""
    places = TrialSite.objects.filter(counted=True, trial__published=True).exclude(site=None)
    if not rights.edits_everything:
        places = places.filter(site__in=rights.sites)
    places = places.select_related("trial", "registration", "site").defer("trial__search_vector")
    once = {
        (place.trial_id, place.site_id): TodoRow(place) for place in places.order_by("trial_id", "position")
    }
    found = list(once.values())
    changed = _changed_under(found)
    questions = _questions(found)
    for row in found:
        row.needs = list(_needs(row, at, changed, questions))
    return sorted(
        found, key=lambda row: (-len(row.needs), row.site.confirmed_at is not None, row.site.trial.title)
    )


def _needs(row: TodoRow, at: datetime, changed: set[int], questions: dict[int, int]) -> Iterable[str]:
    trial, site = row.site.trial, row.site
    if trial.pk in questions:
        yield "question"
    if row.registration.pk in changed:
        yield "registry_changed"
    running = trial.status in RUNNING or site.is_open
    if running and (site.confirmed_at is None or at - site.confirmed_at >= UNCONFIRMED_AFTER):
        yield "unconfirmed"
    if site.is_open and _is_past(row.registration.record.primary_completion, at.date()):
        yield "end_passed"


def _is_past(partial: str | None, today: date) -> bool:
    """Whether a date as precise as the registry gives it lies wholly before today."""
    return bool(partial and partial < today.isoformat()[: len(partial)])


def _changed_under(found: Sequence[TodoRow]) -> set[int]:
    """Registrations of which the registry says something else than when a public word was written."""
    public = ListingEdit.objects.filter(
        registration__in={row.registration.pk for row in found}, state=ListingEdit.State.PUBLISHED
    ).exclude(base=None)
    words = list(public.select_related("registration", "site"))
    contacts = edits.registry_contacts({edit.registration.trial_id for edit in words}) if words else {}
    return {edit.registration_id for edit in words if edits.changed_under(edit, contacts)}


def _questions(found: Sequence[TodoRow]) -> dict[int, int]:
    """How many open reports from the public each trial has."""
    trials = {row.site.trial_id for row in found}
    open_ones = ErrorReport.objects.filter(trial__in=trials, state=ErrorReport.State.OPEN)
    of_visitors = open_ones.exclude(kind__in=OF_STAFF)
    return dict(of_visitors.values_list("trial").annotate(Count("id")))
