"""A sweep of ClinicalTrials.gov: short questions, whose answers together are all there is."""

import itertools
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from pytest_django import Settings

from importers.fake.server import FORBIDDEN, Fault
from importers.http.errors import BadAnswer, Blocked, Incomplete, Refused
from importers.models import ImportRun
from importers.registries import ctgov
from importers.registries.base import SweepPage
from importers.registries.ctgov import query
from importers.registries.ctgov.fake import Record, fake_ctgov
from importers.registries.ctgov.sweep import MOST_A_NAME, QuestionOutcome, QuestionSweep
from importers.text.jsontext import canonical
from tests.importers.sweeps import sweep as import_all
from tests.state import catalogue_state
from tests.studies import study

STUDIES = [study(f"NCT9900{n:04d}") for n in range(450)]


@pytest.fixture(autouse=True)
def few_names() -> None:
    """Here all names are asked for."""


def code_named(nct_id: str, text: str) -> Record:
    """A study that says this of its treatment, and nothing of CAR cells."""
    return study(
        nct_id,
        identificationModule={"briefTitle": f"{text} in Lymphoma"},
        descriptionModule={"briefSummary": f"One infusion of {text}."},
        armsInterventionsModule={"interventions": [{"type": "BIOLOGICAL", "name": text}]},
    )


OTHERS = [
    *(code_named(f"NCT99100{n:03}", name) for n, name in enumerate(query.product_names()[::5])),
    *(code_named(f"NCT99101{n:03}", words) for n, words in enumerate(query.WIDE)),
]
ASPIRIN = code_named("NCT99102000", "Aspirin")
ALL = [*STUDIES[:20], *OTHERS, ASPIRIN]


def swept(
    settings: Settings, records: Sequence[Record] = STUDIES, **registry: Any
) -> tuple[QuestionSweep, list[Any]]:
    """The sweep and its pages that hold studies."""
    with fake_ctgov(records, **registry) as settings.CTGOV_API_URL, ctgov.session() as session:
        sweep = QuestionSweep(session)
        return sweep, [page for page in sweep.pages() if page.records]


def ids(pages: Sequence[SweepPage]) -> list[str]:
    return sorted(registry_id for page in pages for registry_id, _ in page.records)


def found_by_one_wide_question(settings: Settings) -> list[str]:
    """What a registry without limits answers to all names in one question."""
    params: dict[str, str | int] = {
        "query.term": query.expression([*query.WIDE, *query.product_names()]),
        "pageSize": 1000,
    }
    with fake_ctgov(ALL, most_words=None) as settings.CTGOV_API_URL, ctgov.session() as session:
        studies = session.get_json("studies", params)["studies"]
    return sorted(study["protocolSection"]["identificationModule"]["nctId"] for study in studies)


def outcomes(sweep: QuestionSweep, outcome: str) -> list[list[str]]:
    return [question.names for question in sweep.questions if question.outcome == outcome]


@pytest.mark.parametrize("limit", [12, 8, 5, 4])
def test_short_questions_find_what_one_wide_question_would(settings: Settings, limit: int) -> None:
    expected = found_by_one_wide_question(settings)
    sweep, pages = swept(settings, ALL, most_words=limit)
    assert ids(pages) == expected
    assert len(expected) == len(ALL) - 1
    assert outcomes(sweep, QuestionOutcome.REFUSED) == []


def test_short_limit_is_learnt_once(settings: Settings) -> None:
    sweep, _ = swept(settings, ALL, most_words=4)
    assert len(outcomes(sweep, QuestionOutcome.HALVED)) <= 3


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [12, 4])
def test_import_twice_changes_nothing(limit: int) -> None:
    first = import_all(ALL, most_words=limit)
    before = catalogue_state()
    again = import_all(ALL, day=1, most_words=limit)
    assert (first.status, first.seen, first.total) == ("succeeded", len(ALL) - 1, len(ALL) - 1)
    assert (again.status, again.unchanged, catalogue_state() == before) == ("succeeded", len(ALL) - 1, True)


def test_three_thousand_studies_take_fewer_than_150_requests(settings: Settings) -> None:
    requests: list[str] = []
    records = [study(f"NCT9930{n:04}") for n in range(3000 - len(OTHERS))] + OTHERS
    _, pages = swept(settings, records, requests=requests)
    assert (len(ids(pages)), len(requests) < 150) == (3000, True)


def test_no_question_has_more_than_eight_words(settings: Settings) -> None:
    sweep, _ = swept(settings, STUDIES[:1])
    names = [name for question in sweep.questions for name in question.names]
    assert names == [*query.WIDE, *query.product_names()]
    assert outcomes(sweep, QuestionOutcome.REFUSED) == []
    assert max(question.words for question in sweep.questions) <= 8


def test_study_of_several_questions_comes_once(settings: Settings) -> None:
    both = study("NCT99000001", descriptionModule={"briefSummary": "CAR-NK and gamma delta CAR, bb2121."})
    sweep, pages = swept(settings, [both])
    assert ids(pages) == ["NCT99000001"]
    assert [question.new for question in sweep.questions if question.found] == [1, 0, 0, 0]


def test_name_that_finds_thousands_is_left_to_the_wide_questions(settings: Settings) -> None:
    flood = [code_named(f"NCT9920{n:04}", "Abecma") for n in range(MOST_A_NAME + 1)]
    sweep, pages = swept(settings, [*ALL, *flood])
    assert outcomes(sweep, QuestionOutcome.TOO_MANY) == [["Abecma"]]
    assert set(ids(pages)).isdisjoint(
        record["protocolSection"]["identificationModule"]["nctId"] for record in flood
    )
    assert len(ids(pages)) == len([r for r in ALL if r is not ASPIRIN and "Abecma" not in str(r)])


def test_common_name_of_known_studies_is_no_flood(settings: Settings) -> None:
    known = [
        study(f"NCT9920{n:04}", descriptionModule={"briefSummary": "Abecma"}) for n in range(MOST_A_NAME + 1)
    ]
    sweep, pages = swept(settings, known)
    assert (outcomes(sweep, QuestionOutcome.TOO_MANY), len(ids(pages))) == ([], len(known))


def test_wide_words_that_are_refused_are_reported(settings: Settings) -> None:
    sweep, pages = swept(settings, STUDIES[:2], most_words=2)
    assert outcomes(sweep, QuestionOutcome.REFUSED)[0] == ["chimeric antigen receptor"]
    assert len(ids(pages)) == 2


@pytest.fixture
def odd_name(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["bb2121", "карт", "Abecma", "KTE-C19"]
    monkeypatch.setattr(query, "product_names", lambda: names)


@pytest.mark.usefixtures("odd_name")
def test_single_name_that_is_refused_is_reported_and_the_rest_is_found(settings: Settings) -> None:
    records = [code_named(f"NCT9910000{n}", name) for n, name in enumerate(["bb2121", "Abecma", "KTE-C19"])]
    sweep, pages = swept(settings, [*records, *STUDIES[:2]])
    assert outcomes(sweep, QuestionOutcome.REFUSED) == [["карт"]]
    assert len(ids(pages)) == 5


@pytest.mark.django_db
@pytest.mark.usefixtures("odd_name")
def test_refused_name_does_not_fail_the_import(
    capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    with fake_ctgov(STUDIES[:2]) as settings.CTGOV_API_URL, pytest.raises(SystemExit) as ended:
        call_command("import_trials", "ctgov", "--json")
    said = capsys.readouterr()
    assert ended.value.code == 0
    assert "“карт”" in said.err
    refused = [q["names"] for q in ImportRun.objects.get().questions if q["outcome"] == "refused"]
    assert refused == [["карт"]]
    first = json.loads(said.out.splitlines()[-1])["questions"][0]
    assert first == {
        "kind": "wide",
        "names": ["CAR T", "CAR-T", "chimeric antigen receptor"],
        "words": 7,
        "found": 2,
        "new": 2,
        "outcome": "answered",
    }


def test_registry_that_refuses_everything_is_incomplete(settings: Settings) -> None:
    with pytest.raises(Incomplete, match=r"^Every question for CAR cells was refused\.$"):
        swept(settings, most_words=0)


def test_pages_come_in_order_and_whole(settings: Settings) -> None:
    _, pages = swept(settings)
    assert [(page.expected, len(page.records)) for page in pages] == [(450, 200), (450, 200), (450, 50)]
    assert [raw for page in pages for _, raw in page.records] == [canonical(study) for study in STUDIES]
    assert pages[0].records[1][0] == "NCT99000001"


def test_version_tells_api_and_data(settings: Settings) -> None:
    with fake_ctgov() as settings.CTGOV_API_URL, ctgov.session() as session:
        assert ctgov.version(session) == ("2.0.5", "2026-11-20T09:00:05")


def test_empty_page_in_the_middle_does_not_end_the_sweep(settings: Settings) -> None:
    assert [len(page.records) for page in swept(settings, empty_page=2)[1]] == [200, 200, 50]


def test_fault_in_the_middle_is_sat_out(settings: Settings) -> None:
    faults = [Fault(), Fault(status=503), Fault(cut=True), Fault(status=429, headers={"Retry-After": "0"})]
    assert len(ids(swept(settings, faults=faults)[1])) == 450


def test_blocked_ends_the_sweep(settings: Settings) -> None:
    with pytest.raises(Blocked):
        swept(settings, faults=[Fault(), FORBIDDEN])


def test_refused_page_token_is_passed_on(settings: Settings) -> None:
    expired = Fault(status=400, body=b"Too complicated token", content_type="text/plain")
    with pytest.raises(Refused):
        swept(settings, faults=[Fault(), expired])


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"studies": {}}', b'{"studies": [1]}', b'{"studies": [], "totalCount": "x"}']
)
def test_answer_of_another_shape_is_an_error(settings: Settings, body: bytes) -> None:
    with pytest.raises(BadAnswer, match=r"^ClinicalTrials.gov sent data of another shape than we know: "):
        swept(settings, faults=[Fault(body=body)])


def test_token_loop_ends(settings: Settings) -> None:
    loop = itertools.repeat(Fault(body=b'{"studies": [], "nextPageToken": "x"}'))
    with pytest.raises(Incomplete, match="round in circles"):
        swept(settings, faults=loop)


def test_study_without_an_id_is_passed_on(settings: Settings) -> None:
    odd = Fault(body=b'{"studies": [{"protocolSection": {}}], "totalCount": 1}')
    assert swept(settings, faults=[odd])[1][0].records == [("", b'{"protocolSection":{}}')]


def test_number_that_is_not_given_in_full_is_incomplete(settings: Settings) -> None:
    nothing = Fault(body=b'{"studies": [], "totalCount": 0}')
    with pytest.raises(Incomplete, match=r"^1 studies were asked for by number, 0 came\.$"):
        swept(settings, [code_named("NCT99100001", "bb2121")], faults=[nothing] * 9, when="filter.ids")


def test_names_are_asked_for_numbers_only(settings: Settings) -> None:
    requests: list[str] = []
    swept(settings, [code_named("NCT99100001", "bb2121")], requests=requests)
    asked = [parse_qs(urlsplit(request).query) for request in requests]
    assert {params.get("fields", [""])[0] for params in asked if "bb2121" in str(params)} == {"NCTId"}
    assert asked[-1]["filter.ids"] == ["NCT99100001"]
