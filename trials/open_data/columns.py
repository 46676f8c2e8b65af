"""The columns of our tables: their names never change, their order only grows at the end.

CSV, SQLite, the data package and the page "Open data" are all made from these lists.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from trials.choices import INDIA, Facet
from trials.display import condition_label
from trials.models import Registration, Trial, TrialSite
from trials.standing import site_status_now

Value = str | int | float | bool | None
Row = TypeVar("Row")
BETWEEN = "; "
"""Stands between the values of a cell that holds several."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """`type` is one of the data package's: string, number, boolean or date."""

    name: str
    type: str
    about: str | Promise
    read: Callable[[Row], Value]


def as_text(value: Value) -> str:
    """A value as CSV writes it; what is not stated is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def page_address(registry_id: str) -> str:
    """The full address of a trial's English page."""
    with override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('trials:detail', kwargs={'registry_id': registry_id})}"


def _joined(values: Iterable[str]) -> str:
    return BETWEEN.join(dict.fromkeys(value for value in values if value))


def _registrations(trial: Trial, name: str) -> str:
    return _joined(getattr(one, name) for one in trial.registrations.all())


def _condition_names(trial: Trial) -> str:
    with override(settings.LANGUAGE_CODE):
        return _joined(map(condition_label, trial.conditions))


def _facet(facet: str) -> Callable[[Trial], str]:
    """`excluded (uncontrolled only)`: a limit is never parted from its value."""

    def read(trial: Trial) -> str:
        stated = trial.eligibility.get(facet)
        if not stated:
            return ""
        limit = stated.get("limit", "")
        return f"{stated['value']} ({limit})" if limit else str(stated["value"])

    return read


def _indian(trial: Trial, *, only_open: bool) -> str:
    """Hospitals with their city, anonymous ones as the registry writes them."""
    places = (site for site in trial.sites.all() if site.country == INDIA and (site.is_open or not only_open))
    return _joined(", ".join(filter(None, (site.hospital or site.facility, site.city))) for site in places)


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def _status(site: TrialSite) -> str:
    return site_status_now(site.registration, site.status)


TRIALS: tuple[Column[Trial], ...] = (
    Column("id", "string", _("The trial's number on its first registry"), lambda t: t.primary_id),
    Column("page", "string", _("Its page on this site"), lambda t: page_address(t.primary_id)),
    Column(
        "registrations",
        "string",
        _("Its numbers on all registries"),
        lambda t: _registrations(t, "registry_id"),
    ),
    Column("registry_pages", "string", _("Its pages on the registries"), lambda t: _registrations(t, "url")),
    Column("title", "string", _("The registry's title"), lambda t: t.title),
    Column(
        "status",
        "string",
        _("Status, such as RECRUITING; UNKNOWN where the registry's word no longer holds"),
        lambda t: t.status,
    ),
    Column(
        "recruiting_in_india",
        "boolean",
        _("true: a hospital in India is recruiting now; false: none is known to be"),
        lambda t: t.recruiting_in_india,
    ),
    Column(
        "open_hospitals",
        "string",
        _("Hospitals in India that are recruiting now"),
        lambda t: _indian(t, only_open=True),
    ),
    Column(
        "hospitals_in_india",
        "string",
        _("All its hospitals in India, recruiting or not"),
        lambda t: _indian(t, only_open=False),
    ),
    Column(
        "hospital_confirmed_on",
        "date",
        _("Day on which a hospital last confirmed to us that it is open"),
        lambda t: _day(t.confirmed_at and timezone.localdate(t.confirmed_at)),
    ),
    Column("countries", "string", _("Countries of its places"), lambda t: _joined(t.countries)),
    Column("phases", "string", _("Phases, such as PHASE1; PHASE2"), lambda t: _joined(t.phases)),
    Column("conditions", "string", _("Diseases, by our short names"), lambda t: _joined(t.conditions)),
    Column("condition_names", "string", _("Diseases, in English words"), _condition_names),
    Column("targets", "string", _("Antigens that the CAR T cells look for"), lambda t: _joined(t.targets)),
    Column("products", "string", _("Named products"), lambda t: _joined(t.products)),
    Column(
        "cell_source",
        "string",
        _("Whose cells: autologous, allogeneic, in_vivo or not_stated"),
        lambda t: t.cell_source,
    ),
    Column("role", "string", _("Kind of study: gives_car_t or expanded_access"), lambda t: t.role),
    Column("sex", "string", _("ALL, FEMALE or MALE; empty: not stated"), lambda t: t.sex),
    Column("min_age_years", "number", _("Lowest age; empty: no limit stated"), lambda t: t.min_age_years),
    Column("max_age_years", "number", _("Highest age; empty: no limit stated"), lambda t: t.max_age_years),
    *(Column(facet.value, "string", facet.label, _facet(facet.value)) for facet in Facet),
    Column("sponsor", "string", _("Who is responsible for the trial"), lambda t: t.sponsor),
    Column(
        "last_updated", "date", _("Day on which a registry last changed it"), lambda t: _day(t.last_updated)
    ),
    Column(
        "newer_version_not_read",
        "boolean",
        _("true: a registry has a newer version that we could not read"),
        lambda t: t.outdated,
    ),
    Column(
        "registry_unchanged_for_two_years",
        "boolean",
        _("true: called open by a registry that changed nothing for two years"),
        lambda t: t.stale,
    ),
)
REGISTRATIONS: tuple[Column[Registration], ...] = (
    Column("registry", "string", _("The registry, by our short name"), lambda r: r.registry),
    Column("id", "string", _("Its number there"), lambda r: r.registry_id),
    Column("url", "string", _("Its page there"), lambda r: r.url),
    Column(
        "status",
        "string",
        _("Status, such as RECRUITING; UNKNOWN where the registry's word no longer holds"),
        lambda r: r.status_now,
    ),
    Column("registry_status", "string", _("The registry's own word"), lambda r: r.status),
    Column("updated", "date", _("Day of its last change there"), lambda r: _day(r.last_updated)),
)
SITES: tuple[Column[TrialSite], ...] = (
    Column(
        "registration",
        "string",
        _("The registry's number that names this place"),
        lambda s: s.registration.registry_id,
    ),
    Column(
        "hospital",
        "string",
        _("The hospital; the registry's text where it names none"),
        lambda s: s.hospital or s.facility,
    ),
    Column("city", "string", _("City"), lambda s: s.city),
    Column("state", "string", _("State"), lambda s: s.state),
    Column("country", "string", _("Country"), lambda s: s.country),
    Column("status", "string", _("The place's own status; empty: not stated"), _status),
    Column("recruiting", "boolean", _("true: known to be recruiting now"), lambda s: s.is_open),
    Column("latitude", "number", _("Latitude, of the hospital or its city"), lambda s: s.latitude),
    Column("longitude", "number", _("Longitude, of the hospital or its city"), lambda s: s.longitude),
)
