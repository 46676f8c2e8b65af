"""Whose word a trial's status is, when it was last given, and where the trial is open: one query a page."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Func, JSONField, OuterRef, Q, QuerySet, When
from django.db.models.fields.json import KT, KeyTransform

from trials import registries
from trials.catalogue.certainty import RegistryWord
from trials.catalogue.own_words import own_contact
from trials.choices import INDIA, Status
from trials.models import Registration, Site, Trial, TrialSite
from trials.models.prepared import Given, IsAmong, Prepared
from trials.models.registration import RECORD_COLUMNS
from trials.models.rows import row_maker
from trials.models.workspace import ListingEdit
from trials.record import Contact, decode_parts
from trials.standing import status_now


@dataclass(frozen=True, slots=True)
class OpenSite:
    """A site in India that recruits now: whose word that is, and whom to call.

    `people` are the hospital's own contact, then those the registry names for the place, then those for the
    whole trial.
    """

    site: TrialSite
    word: RegistryWord
    people: Sequence[Contact]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the registrations of one trial say of it.

    `open_sites` are the Indian sites that recruit now, in the registry's order. `overtaken` are registrations
    that do not speak of now, though their registry has them: either there is a newer version that could not
    be read, or nothing changed for two years.
    """

    word: RegistryWord | None
    open_sites: Sequence[OpenSite]
    overtaken: Sequence[Registration]


NOTHING_KNOWN = Provenance(None, (), ())
_place, _hospital = row_maker(TrialSite), row_maker(Site)


class _Array(Func):
    """Columns as a list in JSON. The SQL of an object, which names them, takes twice as long to make."""

    function = "jsonb_build_array"
    output_field = JSONField()


_SILENT = Q(unreadable_since__isnull=False) | Q(is_stale=True)


def provenance(trials: Collection[Trial]) -> Mapping[int, Provenance]:
    """By the trial's id."""
    if not trials:
        return {}
    by_trial: dict[int, list[Registration]] = {}
    for row in _ROWS.ask(trials=[trial.pk for trial in trials]):
        by_trial.setdefault(row.trial_id, []).append(row)
    return {trial.pk: _of(trial, by_trial.get(trial.pk, [])) for trial in trials}


def _rows() -> QuerySet[Registration]:
    """Of `trials`, with open sites; the long details only of registrations whose silence is explained."""
    sites = TrialSite.objects.filter(registration=OuterRef("pk"), is_open=True, counted=True, country=INDIA)
    columns = _Array(*_SITE_COLUMNS, "site__slug")
    public = ListingEdit.objects.filter(registration=OuterRef("pk"), state=ListingEdit.State.PUBLISHED)
    contacts = public.filter(field=ListingEdit.Field.CONTACT).exclude(site=None)
    return (
        Registration.objects.filter(IsAmong("trial_id", Given("trials")))
        .only("trial_id", "sample", *RECORD_COLUMNS, *_SILENCE_COLUMNS)
        .annotate(
            verified=KT("details__verified"),
            spoken=Case(When(_SILENT, then=F("details"))),
            sites_open=ArraySubquery(sites.order_by("position").values_list(columns)),
            own_contacts=ArraySubquery(contacts.values_list(_Array("site_id", "value"))),
            trial_contacts=KeyTransform("contacts", "details"),
        )
        .order_by("trial_id", "registry_id")
    )


_SILENCE_COLUMNS = ("last_updated", "gone_at", "unreadable_since", "unreadable_updated", "is_stale")
_SITE_COLUMNS = (
    *("site_id", "facility", "hospital", "address", "postal_code", "city", "state", "country", "contacts"),
    *("investigator", "is_open", "confirmed", "confirmed_at"),
)
_ROWS = Prepared(_rows)


def _of(trial: Trial, registrations: Sequence[Any]) -> Provenance:
    speaker = _speaker(trial, registrations)
    in_order = sorted(registrations, key=lambda registration: registration.pk)
    overtaken = [r for r in registrations if r.unreadable_since or r.is_stale]
    for registration in overtaken:
        registration.keep_details(registration.spoken)
    return Provenance(
        _word(speaker) if speaker else None,
        [open_site for registration in in_order for open_site in _open_sites(registration)],
        overtaken if trial.outdated or trial.stale else [],
    )


def _word(registration: Any) -> RegistryWord:
    return RegistryWord(registration.registry, registration.verified or "", registration.last_updated)


def _open_sites(registration: Any) -> Iterator[OpenSite]:
    """In the registry's order."""
    if not registration.sites_open:
        return
    word, for_all = _word(registration), decode_parts(registration.trial_contacts or [], Contact)
    for *columns, slug in registration.sites_open:
        place = _place_of(dict(zip(_SITE_COLUMNS, columns, strict=True)), slug)
        said = (value for site, value in registration.own_contacts if site == place.site_id)
        yield OpenSite(place, word, [*filter(None, map(own_contact, said)), *place.people, *for_all])


def _place_of(columns: dict[str, Any], slug: str | None) -> TrialSite:
    """`columns` as JSON: the day of the hospital's word is text in it."""
    said = columns["confirmed_at"]
    place = _place(columns | {"confirmed_at": datetime.fromisoformat(said) if said else None})
    if slug:
        names = {"id": place.site_id, "slug": slug, "hospital": place.hospital, "city": place.city}
        place.site = _hospital(names)
    return place


def _speaker(trial: Trial, registrations: Collection[Any]) -> Any:
    """Of what recruits in India the recruiting record, first of a registry that speaks for India.

    Else the trial's first record.
    """
    if trial.recruiting_in_india:
        recruiting = [r for r in registrations if status_now(r) == Status.RECRUITING]
        if recruiting:
            return max(recruiting, key=lambda r: registries.describe(r.registry).speaks_for_india)
    return next((r for r in registrations if r.registry_id == trial.primary_id), None)
