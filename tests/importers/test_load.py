"""Loading records: what is written, what is left alone, what is told as an event."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from importers.load.store import Arrival, load
from importers.records import Labels
from importers.registries.slugs import Registry
from trials.choices import Phase, Role, Status
from trials.models import Registration, Site, Trial, TrialEvent, TrialSite
from trials.record import SiteRecord, TrialRecord

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 1, 6, tzinfo=UTC)
LATER = datetime(2026, 11, 2, 6, tzinfo=UTC)
MUMBAI = SiteRecord(
    facility="Example Cancer Hospital", city="Mumbai", country="India", status=Status.RECRUITING
)
PUNE = SiteRecord(facility="Example Clinic", city="Pune", country="India", status=Status.NOT_YET_RECRUITING)
RECORD = TrialRecord(
    registry=Registry.CTGOV,
    registry_id="NCT99000001",
    url="https://clinicaltrials.gov/study/NCT99000001",
    title="CD19 CAR T Cells in Large B-cell Lymphoma",
    status=Status.RECRUITING,
    last_updated=date(2026, 10, 30),
    phases=(Phase.PHASE1, Phase.PHASE2),
    conditions=("Large B-cell Lymphoma",),
    sites=(MUMBAI, PUNE),
)
LABELS = Labels(role=Role.GIVES_CAR_T, conditions=("lbcl",), targets=("CD19",), cell_source="autologous")


def arrival(content_hash: str = "a", **changes: object) -> Arrival:
    return Arrival(replace(RECORD, **changes), LABELS, content_hash)  # type: ignore[arg-type]


def events() -> list[tuple[str, str, str]]:
    return list(TrialEvent.objects.order_by("id").values_list("kind", "before", "after"))


def test_load_creates_trial_registration_and_sites() -> None:
    changes = load([arrival()], at=AT)
    trial = Trial.objects.get()
    assert [(change.registry_id, change.created) for change in changes] == [("NCT99000001", True)]
    assert (trial.primary_id, trial.published, trial.phases) == ("NCT99000001", True, ["PHASE1", "PHASE2"])
    assert (trial.cities, trial.open_cities) == (["mumbai", "pune"], ["mumbai"])
    assert TrialSite.objects.count() == 2
    assert trial.registrations.get().details["conditions"] == ["Large B-cell Lymphoma"]


def test_load_twice_changes_nothing() -> None:
    load([arrival()], at=AT)
    before = Trial.objects.values().get()
    assert load([arrival()], at=LATER) == []
    assert Trial.objects.values().get() == before | {"fetched_at": LATER}
    assert events() == [("listed", "", "RECRUITING")]


def test_load_tells_status_phase_and_sites_that_changed() -> None:
    load([arrival()], at=AT)
    sites = (
        replace(PUNE, status=Status.RECRUITING),
        SiteRecord(facility="New", city="Surat", country="India"),
    )
    load([arrival("b", phases=(Phase.PHASE2,), sites=sites)], at=LATER)
    assert events()[1:] == [
        ("phase_changed", "PHASE1, PHASE2", "PHASE2"),
        ("site_added", "", "New, Surat, India"),
        ("site_removed", "Example Cancer Hospital, Mumbai, India", ""),
        ("site_opened", "", "Example Clinic, Pune, India"),
    ]


def test_load_closes_every_site_of_a_trial_that_stopped_recruiting() -> None:
    load([arrival()], at=AT)
    load([arrival("b", status=Status.UNKNOWN)], at=LATER)
    trial = Trial.objects.get()
    assert (trial.recruiting_in_india, trial.open_cities) == (False, [])
    assert events()[1:] == [
        ("status_changed", "RECRUITING", "UNKNOWN"),
        ("site_closed", "", "Example Cancer Hospital, Mumbai, India"),
    ]


def test_load_follows_a_former_id_to_the_same_trial() -> None:
    load([arrival()], at=AT)
    load([arrival("b", registry_id="NCT99000002", aliases=("NCT99000001",))], at=LATER)
    assert Registration.objects.get().registry_id == "NCT99000002"
    assert Trial.objects.get().registry_ids == ["NCT99000002", "NCT99000001"]


def test_load_shares_one_hospital_between_trials() -> None:
    load([arrival(), arrival(registry_id="NCT99000003")], at=AT)
    assert Site.objects.filter(city="Mumbai").count() == 1


def test_load_keeps_an_undecided_role_from_the_public() -> None:
    load([Arrival(RECORD, replace(LABELS, undecided=("role",)), "a")], at=AT)
    assert list(Trial.objects.values_list("published", flat=True)) == [False]
