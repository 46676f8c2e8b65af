"""What is minor never costs a study: each unknown word or wrong type costs its field and is noted."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.records import ParseError
from importers.registries.ctgov import parse
from importers.registries.ctgov.lenient import MOST_NOTICES, STRICT
from importers.text.jsontext import canonical
from tests.studies import study
from trials.choices import Status
from trials.record import Notice, TrialRecord

FULL = json.loads((Path(__file__).parents[1] / "payloads" / "ctgov" / "full.json").read_bytes())
NUMBER = "protocolSection.identificationModule.nctId"


def parsed(**modules: Any) -> TrialRecord:
    return parse(canonical(study(**modules)))


def noted(record: TrialRecord) -> list[tuple[str, str]]:
    assert {notice.field.split(".")[0] for notice in record.notices} == {"protocolSection"}
    return [(notice.field.removeprefix("protocolSection."), notice.value) for notice in record.notices]


def test_study_that_is_understood_has_no_notice() -> None:
    assert parse(canonical(FULL)).notices == ()


def test_words_no_list_knows_stand_as_written() -> None:
    record = parsed(
        identificationModule={"secondaryIdInfos": [{"id": "jRCT1", "type": "JRCT"}]},
        designModule={"designInfo": {"primaryPurpose": "CURE", "maskingInfo": {"masking": "SEXTUPLE"}}},
        armsInterventionsModule={
            "armGroups": [{"label": "A", "type": "BASKET"}],
            "interventions": [{"name": "Cells", "type": "CELL"}],
        },
        sponsorCollaboratorsModule={"leadSponsor": {"name": "S", "class": "CHARITY"}},
        contactsLocationsModule={"centralContacts": [{"name": "C", "role": "FRIEND"}]},
    )
    words = (
        record.secondary_ids[-1].kind,
        record.primary_purpose,
        record.design,
        record.arms[0].kind,
        record.interventions[0].kind,
        record.sponsor_kind,
        record.contacts[0].role,
    )
    assert words == ("JRCT", "CURE", "Sextuple masking", "BASKET", "CELL", "CHARITY", "FRIEND")
    assert [value for _, value in noted(record)] == [
        "JRCT",
        "CHARITY",
        "CURE",
        "SEXTUPLE",
        "BASKET",
        "CELL",
        "FRIEND",
    ]


@pytest.mark.parametrize(
    ("modules", "field", "value"),
    [
        ({"designModule": {"studyType": "GAME"}}, "designModule.studyType", "GAME"),
        ({"eligibilityModule": {"sex": "BOTH"}}, "eligibilityModule.sex", "BOTH"),
        ({"eligibilityModule": {"healthyVolunteers": "yes"}}, "eligibilityModule.healthyVolunteers", "yes"),
        ({"conditionsModule": {"conditions": "Lymphoma"}}, "conditionsModule.conditions", "Lymphoma"),
        ({"conditionsModule": {"keywords": ["a", 7]}}, "conditionsModule.keywords[1]", "7"),
        ({"descriptionModule": {"briefSummary": 7}}, "descriptionModule.briefSummary", "7"),
        ({"designModule": {"enrollmentInfo": {"count": -1}}}, "designModule.enrollmentInfo.count", "-1"),
        ({"identificationModule": {"nctIdAliases": ["X"]}}, "identificationModule.nctIdAliases[0]", "X"),
    ],
)
def test_minor_field_that_cannot_be_read_is_not_stated(
    modules: dict[str, Any], field: str, value: str
) -> None:
    assert noted(parsed(**modules)) == [(field, value)]


def test_unknown_study_type_and_sex_are_not_stated() -> None:
    record = parsed(designModule={"studyType": "GAME"}, eligibilityModule={"sex": "BOTH"})
    assert (record.study_type, record.sex) == (None, None)


def test_whole_module_of_the_wrong_kind_costs_itself() -> None:
    raw = study()
    raw["protocolSection"]["descriptionModule"] = "none"
    record = parse(canonical(raw))
    assert (record.summary, noted(record)) == ("", [("descriptionModule", "none")])


def test_module_that_holds_what_decides_is_as_strict() -> None:
    raw = study()
    raw["protocolSection"]["designModule"] = "PHASE1"
    with pytest.raises(ParseError, match="designModule: 'PHASE1'"):
        parse(canonical(raw))


def test_age_that_is_none_is_kept_as_written_and_limits_nothing() -> None:
    record = parsed(eligibilityModule={"minimumAge": "old", "maximumAge": 70})
    assert (record.min_age, record.min_age_years, record.max_age) == ("old", None, "")
    assert noted(record) == [("eligibilityModule.minimumAge", "old"), ("eligibilityModule.maximumAge", "70")]


def test_enrollment_of_an_unknown_kind_is_neither_reached_nor_planned() -> None:
    record = parsed(designModule={"enrollmentInfo": {"count": 40, "type": "GUESSED"}})
    assert (record.enrollment, record.enrollment_is_actual) == (40, None)


@pytest.mark.parametrize("point", [{"lat": 18.5}, {"lat": 118, "lon": 73}, {"lat": "x", "lon": 73}, "Pune"])
def test_point_that_is_on_no_map_is_left_out_and_its_site_kept(point: Any) -> None:
    place = {"city": "Pune", "country": "India", "status": "RECRUITING", "geoPoint": point}
    record = parsed(contactsLocationsModule={"locations": [place]})
    site = record.sites[0]
    assert (site.city, site.status, site.latitude, site.longitude) == (
        "Pune",
        Status.RECRUITING,
        None,
        None,
    )
    assert [field for field, _ in noted(record)] == ["contactsLocationsModule.locations[0].geoPoint"]


def test_same_word_in_many_places_is_one_notice() -> None:
    people = [{"name": str(number), "role": "FRIEND"} for number in range(300)]
    record = parsed(contactsLocationsModule={"centralContacts": people})
    assert noted(record) == [("contactsLocationsModule.centralContacts[0].role", "FRIEND")]


def test_notices_of_one_record_have_an_end() -> None:
    record = parsed(conditionsModule={"keywords": list(range(MOST_NOTICES + 7))})
    assert (len(record.notices), record.notices[-1]) == (MOST_NOTICES + 1, Notice("record", "7 more values"))


def test_withheld_study_without_a_title_goes_by_its_number() -> None:
    raw = study(identificationModule={"briefTitle": ""}, statusModule={"overallStatus": "WITHHELD"})
    assert parse(canonical(raw)).title == "NCT99000001"


Path_ = tuple[str | int, ...]


def _paths(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Every place of a study."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from _paths(item, (*path, key))


def _is_minor(path: Path_) -> bool:
    """Whether the place neither is strict nor holds anything strict."""
    rule = ".".join(key for key in path if isinstance(key, str))
    return not any(strict == rule or strict.startswith(f"{rule}.") for strict in STRICT)


MINOR = [path for path in _paths(FULL) if _is_minor(path)]
STRICT_HERE = [
    path
    for path in _paths(FULL)
    if ".".join(key for key in path if isinstance(key, str)) in STRICT and path[-1] != "phases"
]
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def _with(changes: dict[Path_, Any]) -> bytes:
    raw = copy.deepcopy(FULL)
    for path, junk in changes.items():
        place = raw
        try:
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = junk
        except (LookupError, TypeError):  # an earlier change took the place away
            continue
    return json.dumps(raw).encode()


@given(st.dictionaries(st.sampled_from(MINOR), JUNK, min_size=1, max_size=6))
def test_junk_in_minor_fields_never_costs_the_study(changes: dict[Path_, Any]) -> None:
    changes = {path: junk for path, junk in changes.items() if path[-1] not in ("briefTitle",)}
    record, whole = parse(_with(changes)), parse(canonical(FULL))
    decides = [(r.registry_id, r.status, r.phases, r.last_updated, r.completion) for r in (record, whole)]
    assert decides[0] == decides[1]


@given(st.sampled_from(STRICT_HERE), st.integers() | st.just("NEW WORD") | st.lists(st.integers()))
def test_junk_in_what_decides_always_refuses_the_study(path: Path_, junk: Any) -> None:
    with pytest.raises(ParseError) as caught:
        parse(_with({path: junk}))
    assert caught.value.registry_id == ("" if path[-1] == "nctId" else "NCT99000101")
