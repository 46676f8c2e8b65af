"""Words of a million letters and lines without end: taken, cut and noted; no page grows with them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from importers.models import ImportProblem, ImportRun
from importers.pipeline import start
from importers.registries.slugs import Registry
from tests.hostile.inert import wrong
from tests.hostile.payloads import LONG_LINE, LONG_WORD
from tests.hostile.records import (
    CTRI_NUMBER,
    NUMBER,
    changed,
    numbered,
    page,
    study,
    write_pages,
    write_studies,
)
from trials.models import Registration

pytestmark = pytest.mark.django_db

PROTOCOL = "protocolSection"
LEAVES = [
    (PROTOCOL, "identificationModule", "briefTitle"),
    (PROTOCOL, "identificationModule", "orgStudyIdInfo", "id"),
    (PROTOCOL, "sponsorCollaboratorsModule", "leadSponsor", "name"),
    (PROTOCOL, "descriptionModule", "briefSummary"),
    (PROTOCOL, "conditionsModule", "conditions", 0),
    (PROTOCOL, "armsInterventionsModule", "interventions", 0, "name"),
    (PROTOCOL, "eligibilityModule", "eligibilityCriteria"),
    (PROTOCOL, "contactsLocationsModule", "locations", 0, "facility"),
    (PROTOCOL, "contactsLocationsModule", "locations", 0, "city"),
    (PROTOCOL, "contactsLocationsModule", "centralContacts", 0, "name"),
]
"""Texts that stand on many pages, or that the search and the rules read."""
LIST = 600_000
"""Bytes of a page that is no single trial's."""


@pytest.fixture(scope="module")
def long_words(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[ImportRun]]:
    folder = tmp_path_factory.mktemp("long")
    made = [changed(study(), [leaf], lambda text: f"{text} {LONG_WORD}") for leaf in LEAVES]
    lines = changed(study(), [LEAVES[3], LEAVES[6]], lambda text: f"{text}\n{LONG_LINE}")
    every = [numbered(one, f"NCT991100{number:02}") for number, one in enumerate([*made, lines])]
    pages = {CTRI_NUMBER: page().replace("A new kind of", f"{LONG_WORD} a new kind of")}
    with django_db_blocker.unblock(), transaction.atomic():
        yield [
            _imported(
                Registry.CTGOV, write_studies(folder / "long.jsonl", numbered(study(), NUMBER), *every)
            ),
            _imported(Registry.CTRI, write_pages(folder / "long", pages)),
        ]
        transaction.set_rollback(True)


def _imported(registry: Registry, origin: str) -> ImportRun:
    return start.carry_out(start.queue(registry, ImportRun.Source.FILES, origin=origin).pk)


def test_every_record_is_taken_and_what_was_cut_is_noted(long_words: list[ImportRun]) -> None:
    assert [(run.status, run.failed) for run in long_words] == [("succeeded", 0)] * 2
    noted = ImportProblem.objects.filter(minor=True, value__endswith="cut").values_list(
        "registry_id", flat=True
    )
    assert len(set(noted)) == len(LEAVES) + 2


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/trials/", "/sites/", "/changes/", "/changes/feed/", "/clinic/", "/clinic.csv"),
        *(
            "/conditions/lbcl/",
            "/map/",
            "/numbers/",
            "/match/",
            "/sitemap.xml",
            "/api/v1/trials",
            "/api/v1/sites",
        ),
    ],
)
def test_pages_of_many_trials_stay_small(long_words: list[ImportRun], address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, len(answer.getvalue()) < LIST, wrong(answer)) == (200, True, [])


def test_page_of_each_trial_is_bounded(long_words: list[ImportRun]) -> None:
    for number in Registration.objects.values_list("registry_id", flat=True):
        for part in ("", "sheet/"):
            answer = Client().get(f"/trials/{number}/{part}")
            assert (answer.status_code, wrong(answer)) == (200, []), number
