"""One trial with all its registrations, for its page and those made to be taken away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from trials.choices import INDIA
from trials.models import Registration, Trial, TrialSite
from trials.record import Contact, StoredRecord, first_stated
from trials.views.trial.trial_sites import people


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
    """The trial with this id, however it is spelt. Http404 where there is none to see."""
    trials = Trial.objects.visible() if staff else Trial.objects.reachable()
    found = trials.by_registry_id(registry_id).order_by("-published", "id").first()
    if found is None:
        raise Http404(gettext("No listed trial has this id."))
    return found


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
