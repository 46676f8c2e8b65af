"""Real successive versions of studies, replayed in their order: every change becomes the event it is."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from importers.places.countries import country_name
from tests.importers.sweeps import sweep
from tests.shared_records import SHARED, needs_shared
from trials.models import Registration, TrialEvent

pytestmark = [pytest.mark.django_db, needs_shared]
HISTORY = SHARED / "registries/ctgov/history"
Study = dict[str, Any]
Event = tuple[str, str, str]


def versions() -> dict[str, list[Study]]:
    """Every study's versions, oldest first."""
    return {
        folder.name: [_findable(path) for path in sorted(folder.glob("*.json"), key=_number)]
        for folder in sorted(HISTORY.iterdir())
    }


def _findable(path: Path) -> Study:
    """The study with a word that a sweep asks for: few of them are about CAR T cells."""
    study: Study = json.loads(path.read_bytes())
    study["protocolSection"].setdefault("conditionsModule", {}).setdefault("keywords", []).append("CAR T")
    return study


def _number(path: Any) -> int:
    return int(path.stem.rsplit("_", 1)[1])


def open_places(study: Study) -> dict[str, bool]:
    """Each place of a study, and whether it recruits, straight from the registry's words."""
    protocol = study["protocolSection"]
    recruiting = protocol["statusModule"]["overallStatus"] == "RECRUITING"
    places: dict[str, bool] = {}
    for location in protocol.get("contactsLocationsModule", {}).get("locations", []):
        country = country_name(location.get("country", ""))
        name = ", ".join(filter(None, [location.get("facility", ""), location.get("city", ""), country]))
        places[name] = places.get(name, False) or (recruiting and location.get("status") == "RECRUITING")
    return places


def expected(before: Study, after: Study) -> Iterator[Event]:
    """The events between two versions."""
    old, new = (s["protocolSection"]["statusModule"]["overallStatus"] for s in (before, after))
    if old != new:
        yield "status_changed", old, new
    was, now = open_places(before), open_places(after)
    yield from (("site_added", "", place) for place in now.keys() - was.keys())
    yield from (("site_removed", place, "") for place in was.keys() - now.keys())
    for place in now.keys() & was.keys():
        if was[place] != now[place]:
            yield ("site_opened" if now[place] else "site_closed"), "", place


def test_replayed_versions_make_the_events_of_their_differences() -> None:
    studies = versions()
    rounds = max(map(len, studies.values()))
    runs = [
        sweep([every[min(day, len(every) - 1)] for every in studies.values()], day=day)
        for day in range(rounds)
    ]
    assert [run.status for run in runs] == ["succeeded"] * rounds
    told = {
        nct_id: sorted(
            TrialEvent.objects.filter(registration__registry_id=nct_id)
            .exclude(kind="listed")
            .values_list("kind", "before", "after")
        )
        for nct_id in studies
    }
    assert told == {
        nct_id: sorted(event for pair in pairwise(every) for event in expected(*pair))
        for nct_id, every in studies.items()
    }


def test_replayed_versions_leave_the_last_one() -> None:
    studies = versions()
    for day in range(max(map(len, studies.values()))):
        sweep([every[min(day, len(every) - 1)] for every in studies.values()], day=day)
    statuses = dict(Registration.objects.values_list("registry_id", "status"))
    assert statuses == {
        nct_id: every[-1]["protocolSection"]["statusModule"]["overallStatus"]
        for nct_id, every in studies.items()
    }
