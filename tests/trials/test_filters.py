"""Queries as a browser sends them, and the trials that answer."""

from datetime import date

import pytest
from django.http import QueryDict

from tests.builders import make_trial, site, trial_row
from trials.choices import Sex, Status
from trials.models import Trial
from trials.search.filters import FILTERS
from trials.search.found import PAGE_SIZE
from trials.search.parameters import ParameterError
from trials.search.search import Search

pytestmark = pytest.mark.django_db


def search(query: str) -> Search:
    return Search.from_query(QueryDict(query))


def found(query: str) -> list[str]:
    return [trial.primary_id for trial in search(query).results()]


UNKNOWN = {
    "condition": "flu",
    "phase": "PHASE9",
    "state": "Bavaria",
    "city": "Atlantis",
    "site": "no-such-site",
    "target": "NOSUCH",
    "cell_source": "stem",
    "product": "nosuch",
    "registry": "nosuch",
    "near": "999999",
    "within": "far",
    "age": "old",
    "sex": "all",
    "age_group": "dog",
    "lines": "2.5",
    "ecog": "5",
    **dict.fromkeys(("prior_car_t", "prior_same_target", "cns_disease"), "yes"),
    **dict.fromkeys(("prior_allo_sct", "hepatitis_b_c", "hiv"), "no"),
    "stated": "sex",
    "recruiting": "mars",
    "disease": "broken-arm",
    "exact": "thing",
    "sort": "magic",
    "page": "0",
}
TEXTS = ("q", "sponsor", "investigator")


def test_every_parameter_but_free_text_has_an_unknown_value() -> None:
    assert [one.name for one in FILTERS if one.name not in TEXTS] == list(UNKNOWN)


@pytest.mark.parametrize(("name", "value"), UNKNOWN.items())
def test_unknown_value_names_its_parameter(name: str, value: str) -> None:
    with pytest.raises(ParameterError) as caught:
        search(f"{name}={value}")
    assert caught.value.parameter == name
    assert caught.value.message != ""


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "5001", "1e9", "'", "५x", "%F0%9F%98%80"])
@pytest.mark.parametrize("name", ["age", "within", "lines", "ecog"])
def test_numbers_out_of_reason_are_refused(name: str, value: str) -> None:
    with pytest.raises(ParameterError, match=name):
        search(f"{name}={value}")


def test_empty_values_and_marks_of_sharing_are_ignored() -> None:
    assert search("condition=&age=&near=+&q=%00&utm_source=x&sort=") == Search()


def test_values_are_taken_in_any_case_and_by_alias() -> None:
    asked = search("condition=LBCL&phase=phase1&state=MAHARASHTRA&city=Bombay&target=cd19&recruiting=India")
    assert (asked.condition, asked.phase, asked.state) == (("lbcl",), ("PHASE1",), ("maharashtra",))
    assert (asked.city, asked.target, asked.recruiting) == (("mumbai",), ("CD19",), "india")


def test_repeated_parameters_are_alternatives_and_different_ones_add_up() -> None:
    trial_row("NCT00000001", phases=["PHASE1"], conditions=["aml"])
    trial_row("NCT00000002", phases=["PHASE2"], conditions=["aml"])
    trial_row("NCT00000003", phases=["PHASE2"], conditions=["myeloma"])
    assert found("phase=PHASE1&phase=PHASE2&condition=aml") == ["NCT00000001", "NCT00000002"]


def test_a_city_only_a_registry_knows_can_be_asked_for() -> None:
    trial_row("NCT00000001", cities=["chhota-gaon"])
    assert found("city=Chhota+Gaon") == ["NCT00000001"]


def test_recruiting_in_india_wants_the_site_of_that_place_to_recruit() -> None:
    closed_here = [
        site("Tata Memorial Hospital", "Mumbai", status=Status.COMPLETED),
        site("CMC", "Vellore", "Tamil Nadu"),
    ]
    make_trial("NCT00000001", conditions=["lbcl"], sites=closed_here)
    assert found("city=mumbai") == ["NCT00000001"]
    assert found("city=mumbai&recruiting=anywhere") == ["NCT00000001"]
    assert found("city=mumbai&recruiting=india") == []
    assert found("city=vellore&recruiting=india") == ["NCT00000001"]
    assert found("state=Tamil+Nadu&recruiting=india") == ["NCT00000001"]
    assert found("site=tata-memorial-hospital-mumbai&recruiting=india") == []


@pytest.mark.parametrize("status", [s for s in Status if s != Status.RECRUITING])
def test_no_other_status_counts_as_recruiting(status: Status) -> None:
    make_trial(status=status, conditions=["lbcl"], sites=[site("CMC", "Vellore", "Tamil Nadu", status="")])
    assert found("recruiting=india") == found("recruiting=anywhere") == []


def test_cancers_are_the_usual_group_and_other_diseases_are_asked_for() -> None:
    trial_row("NCT00000001", conditions=["lupus"], other_disease_only=True)
    trial_row("NCT00000002", conditions=["aml"])
    assert found("") == ["NCT00000002"]
    assert found("disease=other") == found("condition=lupus") == ["NCT00000001"]
    assert found("disease=all") == ["NCT00000001", "NCT00000002"]
    assert found("condition=lupus&disease=cancer") == []


def test_near_sorts_by_the_nearest_open_city() -> None:
    trial_row("NCT00000001", open_cities=["chennai"])
    trial_row("NCT00000002", open_cities=["pune"])
    trial_row("NCT00000003", cities=["mumbai"])
    assert found("near=400012") == ["NCT00000002", "NCT00000001", "NCT00000003"]


def test_near_and_within_leave_only_trials_recruiting_that_near() -> None:
    trial_row("NCT00000001", open_cities=["chennai"])
    trial_row("NCT00000002", open_cities=["pune"])
    trial_row("NCT00000003", cities=["mumbai"])
    assert found("near=400012&within=200") == ["NCT00000002"]
    assert found("near=400012&within=5000") == ["NCT00000002", "NCT00000001"]
    assert len(found("within=200")) == 3  # from nowhere


@pytest.mark.parametrize(
    "text", ["'", "%22", "%00", "%25_%5C", "a" * 10_000, "%F0%9F%98%80", "%ED%A0%80", "&", "((", ":*"]
)
def test_no_words_are_an_error(text: str) -> None:
    trial_row()
    assert set(found(f"q={text}")) <= set(Trial.objects.values_list("primary_id", flat=True))


def test_words_narrow_like_filters_and_the_rest_is_searched_for() -> None:
    asked = search("q=DLBCL+CD19+phase+2+Mumbai+zebra")
    assert asked.from_words == {
        "q_condition": ("lbcl",),
        "q_phase": ("PHASE2",),
        "q_target": ("CD19",),
    }
    assert (asked.place and asked.place.slug, asked.rest) == ("mumbai", "zebra")
    assert asked.q_without("q_city") == "DLBCL CD19 phase 2 zebra"
    assert asked.q_without("q_text") == "DLBCL CD19 phase 2 Mumbai"


def test_words_for_another_disease_leave_the_cancers() -> None:
    trial_row("NCT00000001", conditions=["lupus"], other_disease_only=True)
    trial_row("NCT00000002", conditions=["aml"])
    assert found("q=lupus") == ["NCT00000001"]


def test_a_registry_id_finds_its_trial_alone_whatever_the_disease() -> None:
    trial_row("NCT00000001", registry_ids=["NCT00000001", "CTRI/2023/03/050689"], other_disease_only=True)
    trial_row("NCT00000002", conditions=["aml"])
    assert search("q=ctri-2023-03-050689").registry_id == "CTRI/2023/03/050689"
    assert found("q=nct00000001") == found("q=ctri-2023-03-050689") == ["NCT00000001"]
    assert found("q=NCT99999999") == []


def test_a_number_of_the_sponsor_in_an_id_field_is_found_too() -> None:
    trial_row("NCT00000001", ids_text="NCT00000001 CTRI/2020/01/022750")
    assert found("q=CTRI/2020/01/022750") == ["NCT00000001"]


def test_pages_hold_every_result_once() -> None:
    for _ in range(2 * PAGE_SIZE + 1):
        trial_row()
    pages = [search(f"page={page}").results_on_page() for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 1]
    assert {trial for page in pages for trial in page} == set(Trial.objects.all())


def test_a_page_beyond_the_last_is_refused_by_name() -> None:
    assert search("page=1").pages(0) == 1
    assert search("page=2").pages(PAGE_SIZE + 1) == 2
    with pytest.raises(ParameterError, match="page"):
        search("page=2").pages(PAGE_SIZE)


@pytest.mark.parametrize(("group", "ids"), [("child", ["C", "B", "A"]), ("adult", ["D", "C", "A"])])
def test_age_group_hides_no_trial_whose_limit_is_not_stated(group: str, ids: list[str]) -> None:
    limits = {"A": (None, None), "B": (1, 17), "C": (12, 18), "D": (18, None)}
    for number, (name, (lowest, highest)) in enumerate(limits.items()):
        updated = date(2026, 1, 1 + number)
        trial_row(name, min_age_years=lowest, max_age_years=highest, last_updated=updated)
    assert found(f"age_group={group}") == ids


def test_sex_finds_trials_that_take_it_or_do_not_say() -> None:
    for registry_id, sex in {"A": "", "B": Sex.ALL, "C": Sex.FEMALE, "D": Sex.MALE}.items():
        trial_row(registry_id, sex=sex)
    assert sorted(found("sex=Female")) == ["A", "B", "C"]
    assert sorted(found("sex=male")) == ["A", "B", "D"]


@pytest.mark.parametrize("text", ["HOPITAL saint", "hôpital", "Louis", "%C3%B4pital+SAINT"])
def test_sponsor_is_found_by_a_part_of_its_name_in_any_spelling(text: str) -> None:
    trial_row("A", sponsor="Hôpital Saint-Louis")
    trial_row("B", sponsor="Novartis")
    assert found(f"sponsor={text}") == ["A"]


@pytest.mark.parametrize("text", ["100%25", "a_c", "%5C", "'", "x" * 10_000, "%00;--"])
def test_marks_in_a_sponsor_are_only_text(text: str) -> None:
    trial_row("A", sponsor="Abc 100 Trust")
    assert found(f"sponsor=z{text}") == []
    assert found(f"sponsor={text}") == []


@pytest.mark.parametrize("query", ["phse=PHASE1", "condition=aml&cell-source=autologous", "%00x=1", "Q=aml"])
def test_unknown_parameter_is_refused_by_name(query: str) -> None:
    with pytest.raises(ParameterError) as caught:
        search(query)
    assert caught.value.parameter == query.rpartition("&")[2].partition("=")[0].replace("%00", "")
