"""Pages of a large catalogue, in counts instead of seconds: statements, temporary files, rows read."""

from functools import partial
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from importers.bench.cost import cost
from tests.builders import AT
from trials.choices import INDIA, Role, Status
from trials.models import Trial
from trials.search.snapshot import current

TRIALS = 20_000
MOST_STATEMENTS = 5
"""Version of the data, rows, where they are open, names of hospitals, banner."""
FOR_WORDS = 2
"""More, for words that few trials hold: how PostgreSQL reads them, and the trials that hold them."""
FEW_ROWS = 20
"""Trials that a page may read by going through the table: whether there is any at all is asked so."""
PATHS = (
    *("/trials/", "/trials/?page=1000", "/trials/?q=quagga&sort=updated", "/trials/?sponsor=trust&age=40"),
    *("/", "/numbers/", "/changes/", "/sites/", "/map/", "/conditions/", "/conditions/lbcl/", "/products/"),
    *("/sitemap.xml", "/sitemap-conditions.xml", "/sitemap-places.xml", "/sitemap-sites.xml"),
    *(
        "/embed/trials/",
        "/match/trials/",
        "/api/v1/trials",
        "/api/v1/trials?sort=updated&page=800",
        "/api/v1/trials.fhir?page=800",
    ),
    *(
        "/clinic/",
        "/clinic.csv",
        "/api/v1/trials?condition=lbcl",
        "/api/v1/status",
        "/api/v1/conditions",
        "/api/v1/sites",
    ),
)


def many_trials() -> None:
    Trial.objects.bulk_create(
        Trial(
            primary_id=f"NCT{number:08}",
            registry_ids=[f"NCT{number:08}"],
            registries=["ctgov"],
            title="quagga" if number % 1000 == 0 else "zebra",
            role=Role.GIVES_CAR_T,
            published=True,
            status=Status.RECRUITING if number % 3 else Status.COMPLETED,
            conditions=["lbcl"] if number % 2 else ["aml"],
            answers_to=["lbcl"] if number % 2 else ["aml"],
            countries=[] if number % 50 else [INDIA],
            sponsor=f"Trust {number % 500}",
            fetched_at=AT,
            listed_at=AT,
        )
        for number in range(TRIALS)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE trials_trial")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_pages_read_little_of_many_trials(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    many_trials()
    assert current.current().total == TRIALS
    client = Client()
    costs = [cost(path, partial(client.get, path), rounds=1) for path in PATHS]
    asked = {one.what: (one.statements, one.temporary, one.scanned) for one in costs}
    assert {
        path: found
        for path, found in asked.items()
        if found[0] > MOST_STATEMENTS + FOR_WORDS * ("q=" in path) or found[1] or found[2] > FEW_ROWS
    } == {}
