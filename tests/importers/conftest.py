"""Fixtures that several tests of imports share."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from importers.registries.ctgov import query
from importers.registries.ctri import known
from importers.registries.ctri.crawl import targets
from tests.desk import person, signed_in
from tests.importers.dropped import Drop

FEW_NAMES = query.product_names()[:12]


@pytest.fixture(autouse=True)
def few_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep asks for a dozen names of products: all of them are eighty questions, and prove nothing more.

    `test_ctgov_sweep.py`, whose subject they are, asks for all.
    """
    monkeypatch.setattr(query, "product_names", lambda: FEW_NAMES)


@pytest.fixture
def few_ids(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """CTRI with a hundred ids, an end after five without a record, and no known trials."""
    settings.CTRI_FRONTIER = 100
    monkeypatch.setattr(targets, "FRONTIER_RUN", 5)
    monkeypatch.setattr(known, "known_trials", tuple)


@pytest.fixture
def drop() -> Drop:
    """Drop files on the desk; gives the answer."""
    client = signed_in(person(admin=True))

    def drop(*files: SimpleUploadedFile, language: str = "", registry: str = "ctgov", **entries: str) -> Any:
        form = {"registry": registry, "dropped": list(files)} | entries
        return client.post(f"{language}/imports/upload/", form)

    return drop
