"""Every saved record of a registry is a valid FHIR R4 study, whatever it holds."""

from datetime import UTC, datetime

import pytest
from fhir.resources.R4B.researchstudy import ResearchStudy

from importers.files.archives import RawItem, read
from importers.load.store import Arrival, registration_columns
from importers.records import Labels
from importers.registries.ctgov import parse
from importers.registries.ctgov.files import KINDS
from tests.shared_records import SHARED, needs_shared
from trials.catalogue.compose import compose
from trials.choices import Role, Status
from trials.models import Registration, Trial, TrialSite
from trials.open_data.fhir.study import study_of
from trials.record import TrialRecord

pytestmark = [needs_shared, pytest.mark.slow]
LABELS = Labels(role=Role.GIVES_CAR_T, conditions=("lbcl",), targets=("CD19",))
AT = datetime(2026, 11, 22, tzinfo=UTC)


def rows_of(record: TrialRecord) -> tuple[Registration, list[TrialSite]]:
    """Unsaved, with the places as the registry writes them."""
    registration = Registration(**registration_columns(Arrival(record, LABELS, "")), fetched_at=AT)
    sites = [
        TrialSite(
            registration=registration,
            facility=site.facility,
            city=site.city,
            state=site.state,
            country=site.country,
            status=site.status or "",
            latitude=site.latitude,
            longitude=site.longitude,
        )
        for site in record.sites
    ]
    return registration, sites


@pytest.mark.parametrize("name", ["v2_dev.jsonl.gz", "cart_dev.jsonl.gz", "history"])
def test_every_record_is_a_valid_study(name: str) -> None:
    for item in read(SHARED / "registries" / "ctgov" / name, KINDS):
        assert isinstance(item, RawItem)
        registration, sites = rows_of(parse(item.raw))
        study = study_of(Trial(**compose([registration], [])), [registration], sites)
        ResearchStudy.model_validate(study)
        assert study["id"] == registration.registry_id
        assert (study.get("status") == "active") == (registration.status == Status.RECRUITING)
