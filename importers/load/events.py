"""What changed between two copies of a registration, as `TrialEvent` rows people can read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from importers.load import bulk
from importers.load.publications import publication_changes
from trials.models import Registration, TrialEvent, TrialSite
from trials.record import TrialRecord

Kind = TrialEvent.Kind


def listed(registration: Registration, at: datetime, run_id: int | None) -> TrialEvent:
    """The first copy of a registration arrived."""
    return _event(registration, Kind.LISTED, at, run_id, after=registration.status)


def differences(
    registration: Registration,
    before: Mapping[str, Any],
    old_sites: Sequence[TrialSite],
    new_sites: Sequence[TrialSite],
    at: datetime,
    run_id: int | None,
) -> list[TrialEvent]:
    """Events for what differs. `before` holds the old `status` and `phases`, `registration` the new."""
    events = []
    if before["status"] != registration.status:
        events.append((Kind.STATUS_CHANGED, before["status"], registration.status))
    old_phases, new_phases = ", ".join(before["phases"]), ", ".join(registration.phases)
    if old_phases != new_phases:
        events.append((Kind.PHASE_CHANGED, old_phases, new_phases))
    events += _site_differences(old_sites, new_sites)
    return [_event(registration, kind, at, run_id, *words) for kind, *words in events]


def publications(
    registration: Registration,
    before: Mapping[str, Any],
    record: TrialRecord,
    at: datetime,
    run_id: int | None,
) -> list[TrialEvent]:
    """Events for results and papers that came with a newer copy. `registration` has its old `fetched_at`."""
    found = publication_changes(before["details"], record, registration.fetched_at)
    return [_event(registration, kind, at, run_id, after=words) for kind, words in found]


def _site_differences(
    old_sites: Sequence[TrialSite], new_sites: Sequence[TrialSite]
) -> Iterator[tuple[Kind, str, str]]:
    """Sites are the same when facility, city and country are; several rows of one place count as one."""
    old, new = _open_by_place(old_sites), _open_by_place(new_sites)
    for place in sorted(new.keys() - old.keys()):
        yield Kind.SITE_ADDED, "", place
    for place in sorted(old.keys() - new.keys()):
        yield Kind.SITE_REMOVED, place, ""
    for place in sorted(old.keys() & new.keys()):
        if old[place] != new[place]:
            yield (Kind.SITE_OPENED if new[place] else Kind.SITE_CLOSED), "", place


def _open_by_place(sites: Sequence[TrialSite]) -> dict[str, bool]:
    places: dict[str, bool] = {}
    for site in sites:
        name = ", ".join(part for part in (site.facility, site.written_city, site.country) if part)
        places[name] = places.get(name, False) or site.registry_open
    return places


def _event(
    registration: Registration,
    kind: Kind,
    at: datetime,
    run_id: int | None,
    before: str = "",
    after: str = "",
) -> TrialEvent:
    return bulk.row(
        TrialEvent,
        trial_id=registration.trial_id,
        registration_id=registration.pk,
        kind=kind,
        at=at,
        before=before[:500],
        after=after[:500],
        import_run=run_id,
    )
