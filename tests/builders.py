"""Rows for tests, as an import leaves them.

    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("Tata Memorial Hospital", "Mumbai")])

`make_trial` writes a registration with its sites and composes the trial from them, so that what a test
sees is what `trials.catalogue.compose` decides. `trial_row` is the read model alone, for tests of searching.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.utils.text import slugify

from importers.registries.slugs import Registry
from trials.catalogue.compose import compose, refresh, site_is_open
from trials.choices import CellSource, Role, Status
from trials.models import Registration, Site, Trial, TrialSite
from trials.record import StoredRecord, decode

AT = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
_numbers = count(1)


def next_id(registry: Registry = Registry.CTGOV) -> str:
    """An id that no other row of the test has."""
    number = next(_numbers)
    return f"NCT{90_000_000 + number}" if registry == Registry.CTGOV else f"CTRI/2026/01/{100_000 + number}"


def trial_row(primary_id: str = "", **columns: Any) -> Trial:
    """A stored row of the read model: listed, recruiting, a cancer trial; change what matters by name."""
    primary_id = primary_id or next_id()
    defaults: dict[str, Any] = {
        "registry_ids": [primary_id],
        "registries": [Registry.CTGOV],
        "title": f"CAR T cells, trial {primary_id}",
        "role": Role.GIVES_CAR_T,
        "published": True,
        "status": Status.RECRUITING,
        "fetched_at": AT,
        "listed_at": AT,
        "last_updated": date(2026, 10, 1),
        "answers_to": columns.get("conditions", []),
    }
    return Trial.objects.create(primary_id=primary_id, **(defaults | columns))


def record(**stored: Any) -> StoredRecord:
    """A record as it is read back from its row, of these stored fields."""
    identity = {
        "registry": Registry.CTGOV,
        "registry_id": "",
        "url": "",
        "title": "",
        "status": Status.RECRUITING,
    }
    return decode(identity | stored)


def site(
    hospital: str = "",
    city: str = "Mumbai",
    state: str = "Maharashtra",
    country: str = "India",
    *,
    status: str = Status.RECRUITING,
    **columns: Any,
) -> TrialSite:
    """An unsaved site for `make_trial`; without a hospital it is anonymous."""
    columns.setdefault("facility", hospital or "Research Site")
    written = {"written_city": city, "written_state": state}
    place = {"hospital": hospital, "city": city, "state": state, "country": country}
    return TrialSite(status=status, **written, **place, **columns)


def make_trial(
    registry_id: str = "",
    *,
    registry: Registry = Registry.CTGOV,
    sites: Sequence[TrialSite] = (),
    trial: Trial | None = None,
    **columns: Any,
) -> Trial:
    """A trial with one registration and its sites; give `trial` to add a registration to that one.

    `columns` are those of `Registration`; `details` holds further fields of the record.
    """
    registration = _registration(registry_id or next_id(registry), registry, columns)
    rows = [_placed(row, position, registration) for position, row in enumerate(sites)]
    others = list(trial.registrations.all()) if trial else []
    other_sites = list(trial.sites.select_related("site")) if trial else []
    trial = trial or Trial(listed_at=AT)
    for name, value in compose([*others, registration], [*other_sites, *rows]).items():
        setattr(trial, name, value)
    trial.save()
    registration.trial = trial
    registration.save()
    for row in rows:
        row.trial, row.registration = trial, registration
        row.save()
    if rows or others:
        refresh([trial.pk], AT)
    return Trial.objects.get(pk=trial.pk)


def _registration(registry_id: str, registry: Registry, columns: dict[str, Any]) -> Registration:
    defaults: dict[str, Any] = {
        "url": f"https://registry.example/{registry_id}",
        "title": f"CAR T cells, trial {registry_id}",
        "status": Status.RECRUITING,
        "role": Role.GIVES_CAR_T,
        "cell_source": CellSource.AUTOLOGOUS,
        "last_updated": date(2026, 10, 1),
        "content_hash": registry_id,
        "fetched_at": AT,
        "first_seen_at": AT,
        "changed_at": AT,
    }
    return Registration(registry=registry, registry_id=registry_id, **(defaults | columns))


def _placed(row: TrialSite, position: int, registration: Registration) -> TrialSite:
    """The site at its position, with its hospital in India stored and its openness decided."""
    row.position = position
    if row.hospital and row.country == "India":
        place = {"hospital": row.hospital, "city": row.city, "state": row.state}
        row.site, _ = Site.objects.get_or_create(slug=slugify(f"{row.hospital} {row.city}"), defaults=place)
    row.registry_open = row.is_open = site_is_open(registration, row)
    return row
