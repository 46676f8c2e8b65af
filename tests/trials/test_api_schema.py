"""Whatever the document allows is answered as it says, and whatever it does not allow is refused."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import Phase, assume, given, settings
from schemathesis import GenerationMode

from tests.builders import make_trial, site
from trialfinder.wsgi import application
from trials.api.root import api
from trials.models.fulltext import clean_text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VALID, INVALID = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
EXAMPLES = {"trials": 100, "trials/{registry_id}": 50, "conditions": 1, "sites": 1, "status": 1}
OPERATIONS = tuple(EXAMPLES)
ONLY_DATA_KNOW = {"site": ["cmc-vellore"], "city": ["vellore"], "near": "Vellore", "page": 1, "cursor": ""}
"""Texts of which no schema can say which ones there are: where one is to be good, it is one of these."""
UNPACKED = {"Accept-Encoding": "identity"}
"""The test's own client unpacks nothing."""


document = schemathesis.openapi.from_dict(api.get_openapi_schema())
document.app = application


@pytest.fixture
def trials() -> Iterator[None]:
    """Something to find, and a connection that stays that of the test."""
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("CMC", "Vellore", "Tamil Nadu")])
    make_trial("NCT00000002", conditions=["aml"])
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("label", "mode"), [*((label, VALID) for label in OPERATIONS), ("trials", INVALID)])
def test_answers_are_as_the_document_says(label: str, mode: GenerationMode, trials: None) -> None:
    """All checks of schemathesis. Only a search has parameters that can be wrong; of those that say nothing
    (control characters alone) no schema can tell.
    """
    path = f"/api/v1/{label}"

    @settings(max_examples=EXAMPLES[label], deadline=None, database=None, phases=[Phase.generate])
    @given(document[path]["GET"].as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        if mode is VALID and case.query:
            known = ONLY_DATA_KNOW.keys() & case.query.keys()
            case.query = case.query | {name: ONLY_DATA_KNOW[name] for name in known}
        if mode is INVALID:
            assume(
                all(not isinstance(value, str) or clean_text(value) for value in (case.query or {}).values())
            )
        case.call_and_validate(headers=UNPACKED)

    answers()
