"""A database of an earlier release, with records and people's words, through every migration since.

`tests/payloads/upgrade/` holds such databases as SQL (sample records, and what one coordinator said). Keep
them; when a migration moves data add one, by `pg_dump --inserts --no-owner --no-privileges` of a small site,
without its comments and the line of `transaction_timeout`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Database, new_database

ROOT = Path(__file__).resolve().parents[2]
DUMPS = sorted((ROOT / "tests/payloads/upgrade").glob("*.sql"))
KEPT = (
    "trials_registration",
    "trials_trialsite",
    "trials_listingedit",
    "trials_siteconfirmation",
    "trials_labelcorrection",
    "trials_hiding",
    "trials_errorreport",
    "trials_siteassignment",
    "importers_rawrecord",
    "importers_importrun",
    "importers_placeanswer",
    "importers_triallink",
    "auth_user",
)
"""What a migration may change in form, but never lose."""
ID = "NCT99990001"
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=DUMPS, ids=lambda path: path.stem)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with new_database("earlier", tmp_path) as database:
        database.query(request.param.read_text())
        yield database


def rows(database: Database) -> dict[str, int]:
    counts = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM public.{table}" for table in KEPT)  # noqa: S608
    return dict(database.query(counts))


def test_earlier_release_is_brought_forward_with_its_records_and_words(earlier: Database) -> None:
    before = rows(earlier)
    assert min(before.values()) > 0
    done = earlier.manage("migrate", "-v0")
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(earlier) == before
    code = (
        "from django.test import Client\n"
        "client = Client(headers={'host': '127.0.0.1'})\n"
        f"for path in ('/', '/trials/', '/trials/{ID}/', '/hi/trials/{ID}/', '/sites/', '/changes/',\n"
        "             '/api/v1/trials', '/healthz'):\n"
        "    print(client.get(path).status_code, end=' ')\n"
        f"page = client.get('/trials/{ID}/').content.decode()\n"
        "print('Ring before nine.' in page, client.get('/api/v1/trials').json()['count'] > 0)\n"
    )
    assert earlier.shell(code) == " ".join(["200"] * 8) + " True True"


def test_upgrade_can_be_left_and_taken_up_again(earlier: Database) -> None:
    """A kill between two migrations: the next `migrate` goes on from there."""
    before = rows(earlier)
    assert earlier.manage("migrate", "trials", "0019", "-v0").returncode == 0
    assert earlier.manage("migrate", "-v0").returncode == 0
    assert rows(earlier) == before
