"""The list page asks the database at most three times, whatever is chosen; for words five times."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders import AT, make_trial, site, trial_row
from trials.choices import Status

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 3
FOR_WORDS = 2
"""More for words left to full text: PostgreSQL is asked which trials hold them, and how well."""
FOR_HOSPITALS = 1
"""More where they leave nothing: the way on leads to their cities."""
PARTS = (
    "condition=lbcl&condition=aml",
    "site=a-mumbai&site=b-chhota-gaon",
    "city=Chhota+Gaon&city=pune",
    "near=400012&within=50",
    "q=zebra",
    "q=lbcl+phase+2+in+pune+zebra",
    "recruiting=india",
    "sex=female&sponsor=novartis&age=7",
    "hiv=ok&lines=2&investigator=rao&stated=hiv",
    "sort=relevance&exact=broad",
)


def queries() -> Iterator[str]:
    yield ""
    yield "q=NCT99999999"
    for number in (1, 2):
        yield from map("&".join, combinations(PARTS, number))
    yield "&".join(PARTS)


@pytest.mark.parametrize("trials", [0, 1, 25])
def test_list_page_asks_three_statements_at_most(client: Client, trials: int) -> None:
    for _ in range(trials):
        make_trial(conditions=["lbcl"], sites=[site("A"), site("B", "Chhota Gaon", status=Status.COMPLETED)])
    make_trial(conditions=["myeloma"], sites=[site("A"), site("B", "Chhota Gaon")], is_stale=True)
    make_trial(conditions=["lbcl"], sites=[site("A", "Pune")], unreadable_since=AT, unreadable_hash="x")
    trial_row(conditions=["aml"], summary="zebra", outdated=True, stale=True)
    client.get("/trials/")  # after a change the first reader waits until it is counted
    asked = {}
    for query in queries():
        with CaptureQueriesContext(connection) as statements:
            assert client.get(f"/trials/?{query}").status_code == 200
        most = MOST + FOR_WORDS * ("zebra" in query) + FOR_HOSPITALS * ("site=" in query)
        if len(statements) > most:
            asked[query] = [statement["sql"] for statement in statements]
    assert asked == {}
