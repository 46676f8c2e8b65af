import itertools
from typing import Any

import pytest

from importers.fake.ctgov import fake_ctgov
from importers.fake.server import FORBIDDEN, Fault
from importers.jsontext import canonical
from importers.registries import ctgov
from importers.registry_errors import BadAnswer, Blocked, RegistryError
from tests.studies import study

STUDIES = [study(f"NCT9900{n:04d}") for n in range(450)]


def sweep(settings: Any, **registry: Any) -> list[ctgov.Page]:
    with fake_ctgov(STUDIES, **registry) as settings.CTGOV_API_URL, ctgov.session() as session:
        return list(ctgov.fetch(session))


def test_version_tells_api_and_data(settings: Any) -> None:
    with fake_ctgov() as settings.CTGOV_API_URL, ctgov.session() as session:
        assert ctgov.version(session) == ("2.0.5", "2026-11-20T09:00:05")


def test_sweep_brings_every_study_once(settings: Any) -> None:
    pages = sweep(settings)
    assert [(page.total, len(page.records)) for page in pages] == [(450, 200), (None, 200), (None, 50)]
    assert [raw for page in pages for _, raw in page.records] == [canonical(study) for study in STUDIES]


def test_records_come_with_their_ids(settings: Any) -> None:
    assert sweep(settings)[0].records[1][0] == "NCT99000001"


def test_empty_page_in_the_middle_does_not_end_the_sweep(settings: Any) -> None:
    assert [len(page.records) for page in sweep(settings, empty_page=2)] == [200, 0, 200, 50]


def test_every_request_of_a_sweep_asks_the_same(settings: Any) -> None:
    requests: list[str] = []
    sweep(settings, requests=requests)
    assert {request.split("&pageToken")[0] for request in requests} == {requests[0]}


def test_question_is_wide_and_not_too_long(settings: Any) -> None:
    requests: list[str] = []
    sweep(settings, requests=requests)
    assert "query.term=%22CAR+T%22+OR+" in requests[0]
    assert "bb2121" in requests[0]
    assert "query.cond" not in requests[0]
    assert len(requests[0]) < 7000


def test_fault_in_the_middle_is_sat_out(settings: Any) -> None:
    faults = [Fault(), Fault(status=503), Fault(cut=True), Fault(status=429, headers={"Retry-After": "0"})]
    assert sum(len(page.records) for page in sweep(settings, faults=faults)) == 450


def test_blocked_ends_the_sweep(settings: Any) -> None:
    with pytest.raises(Blocked):
        sweep(settings, faults=[Fault(), FORBIDDEN])


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"studies": {}}', b'{"studies": [1]}', b'{"studies": [], "totalCount": "x"}']
)
def test_answer_of_another_shape_is_told(settings: Any, body: bytes) -> None:
    with pytest.raises(BadAnswer, match=r"^ClinicalTrials.gov sent data of another shape than we know: "):
        sweep(settings, faults=[Fault(body=body)])


def test_token_loop_ends(settings: Any) -> None:
    loop = itertools.repeat(Fault(body=b'{"studies": [], "nextPageToken": "x"}'))
    with pytest.raises(RegistryError, match="round in circles"):
        sweep(settings, faults=loop)


def test_study_without_an_id_is_passed_on(settings: Any) -> None:
    odd = Fault(body=b'{"studies": [{"protocolSection": {}}]}')
    assert sweep(settings, faults=[odd])[0].records == [("", b'{"protocolSection":{}}')]
