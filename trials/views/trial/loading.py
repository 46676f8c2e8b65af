"""One trial with all its registrations, for its page and those made to be taken away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from trials.choices import INDIA
from trials.models import Registration, Trial, TrialQuerySet, TrialSite
from trials.models.lookups import id_spellings
from trials.models.prepared import Given, Prepared
from trials.record import Contact, StoredRecord, first_stated
from trials.views.trial.trial_sites import people

SHOWN_AFTER_WITHDRAWAL = timedelta(days=365)
"""How long the last copy of a trial that its registries have no more keeps its page."""


_SEARCHED = ("ids_text", "label_text", "people_text", "search_vector")
"""Columns that no page shows."""


def _with_one_of(trials: TrialQuerySet) -> TrialQuerySet:
    named = trials.filter(registry_ids__overlap=Given("ids")).defer(*_SEARCHED)
    return named.order_by("-published", "id")[:1]


_VISIBLE = Prepared(lambda: _with_one_of(Trial.objects.visible()))
_REACHABLE = Prepared(lambda: _with_one_of(Trial.objects.reachable()))


class WithdrawnError(Http404):
    """The trial has been off its registries for too long to show what it said."""

    def __init__(self, registry_id: str, day: datetime) -> None:
        super().__init__(gettext("No longer on the registry"))
        self.registry_id, self.day = registry_id, day


@dataclass(frozen=True, slots=True)
class OneTrial:
    """The trial, its registrations with the main one first, and its Indian sites that count."""

    trial: Trial
    registrations: Sequence[Registration]
    indian_sites: Sequence[TrialSite]

    @property
    def open_sites(self) -> list[TrialSite]:
        return [site for site in self.indian_sites if site.is_open]

    @property
    def record(self) -> StoredRecord:
        """What its registrations say together."""
        return first_stated([r.record for r in self.registrations])

    @property
    def contacts(self) -> list[Contact]:
        """Whom to ask about the trial as a whole."""
        return people(contact for r in self.registrations for contact in r.record.contacts)


def find_trial(registry_id: str, *, staff: bool) -> Trial:
    """The trial with this id, however it is spelt. Http404 where there is none to see.

    WithdrawnError where only staff may still see it, which costs one more statement of a withdrawn trial.
    """
    found = next(iter((_VISIBLE if staff else _REACHABLE).ask(ids=sorted(id_spellings(registry_id)))), None)
    if found is None:
        raise Http404(gettext("No listed trial has this id."))
    if found.gone and not staff:
        day = found.registrations.aggregate(last=Max("gone_at"))["last"]
        if day and day < timezone.now() - SHOWN_AFTER_WITHDRAWAL:
            raise WithdrawnError(found.primary_id, day)
    return found


def or_gone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Of a trial withdrawn long ago: 410, by which search engines forget the page sooner than by 404."""

    @wraps(view)
    def answer(request: HttpRequest, registry_id: str) -> HttpResponse:
        try:
            return view(request, registry_id)
        except WithdrawnError as error:
            context = {"registry_id": error.registry_id, "day": error.day}
            return render(request, "trials/gone.html", context, status=410)

    return answer


def with_registrations(trials: Sequence[Trial]) -> list[OneTrial]:
    """Each trial with what its pages tell; two queries, whatever the number of trials."""
    registrations = Registration.objects.filter(trial__in=trials).order_by("registry_id")
    sites = TrialSite.objects.filter(trial__in=trials, counted=True, country=INDIA)
    placed = list(sites.select_related("site").order_by("registration_id", "position"))
    known = list(registrations)
    by_id = {registration.pk: registration for registration in known}
    for site in placed:
        site.registration = by_id[site.registration_id]
    return [
        OneTrial(
            trial,
            sorted(
                (r for r in known if r.trial_id == trial.pk), key=lambda r: r.registry_id != trial.primary_id
            ),
            [site for site in placed if site.trial_id == trial.pk],
        )
        for trial in trials
    ]


def at_its_address(request: HttpRequest, trial: Trial, registry_id: str) -> HttpResponse | None:
    """A redirect to the same page under the trial's own id; None where that is the address asked for."""
    if trial.primary_id == registry_id or request.resolver_match is None:
        return None
    return redirect(f"trials:{request.resolver_match.url_name}", registry_id=trial.primary_id)


def not_for_search_engines(response: HttpResponse) -> HttpResponse:
    """For pages that say a trial's page again."""
    response["X-Robots-Tag"] = "noindex"
    return response
