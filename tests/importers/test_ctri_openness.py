"""Whether an example page of CTRI leads to a trial that is open in India, on the day its gold was written."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from importers.load.store import Arrival, load
from importers.records import Labels
from importers.registries.ctri import parse
from trials.choices import Role
from trials.models import Trial

pytestmark = pytest.mark.django_db

PAGES = Path(__file__).parents[1] / "payloads" / "ctri"
EXPECTED: dict[str, Any] = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))["pages"]
STATED = sorted(name for name, page in EXPECTED.items() if "recruiting_in_india" in page)
AT = datetime(2026, 11, 28, 6, tzinfo=UTC)


@pytest.mark.parametrize("name", STATED)
def test_page_is_open_in_india_exactly_where_it_should_be(name: str) -> None:
    record = parse((PAGES / name).read_bytes())
    load([Arrival(record, Labels(role=Role.GIVES_CAR_T, conditions=("lbcl",)), "hash")], at=AT)
    assert Trial.objects.get().recruiting_in_india is EXPECTED[name]["recruiting_in_india"]
