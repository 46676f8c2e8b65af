"""What a question says of the patient, the place and the people, and what is named as not used."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from rapidfuzz.process import extract

from trials.search.understand import MOST_MISSPELT, MOST_WORDS, Understood, plain, understand


def read(query: str, *names: str) -> tuple[Any, ...]:
    found: Understood = understand(query)
    return tuple(getattr(found, name) for name in names)


@pytest.mark.parametrize(
    ("query", "age"),
    [
        ("lymphoma child 9 years", 9),
        ("ALL 8 months old", 0.67),
        ("AML in 6 month baby", 0.5),
        ("neuroblastoma for our 4 year old daughter", 4),
        ("१४ साल के लड़के को ल्यूकेमिया", 14),
        ("bete ko leukemia hai 8 saal ka", 8),
        ("उम्र ६५ मायलोमा", 65),
        ("umar 66 myeloma", 66),
        ("girl 11 ALL", 11),
        ("DLBCL 58M", 58),
        ("AML 30 f", 30),
        ("2.5 year old AML", 2.5),
        ("डेढ़ साल का बच्चा ल्यूकेमिया", 1.5),
        ("seven year old boy ALL", 7),
        ("myeloma since 3 years", None),
        ("lymphoma relapsed 6 months", None),
        ("3 saal se lymphoma", None),
        ("above 60 years lymphoma", None),
        ("5-10 years leukemia", None),
        ("stage 4 woman ovarian", None),
        ("PSMA 18F", None),
        ("DLBCL 62", None),
        ("250 years lymphoma", None),
    ],
)
def test_age_is_read_where_words_say_that_it_is_one(query: str, age: float | None) -> None:
    assert understand(query).age == age


def test_second_age_is_named_as_not_used() -> None:
    assert read("myeloma 60 years 62 years", "age", "unused") == (60, ("62 years",))


@pytest.mark.parametrize(
    ("query", "sex", "age_group"),
    [
        ("lupus woman", "female", ""),
        ("lymphoma in my son", "male", ""),
        ("childhood ALL", "", "child"),
        ("बच्चे को ल्यूकेमिया", "", "child"),
        ("adult ALL", "", "adult"),
        ("liver cancer child pugh B", "", ""),
        ("adult T-cell leukemia", "", ""),
        ("my mother asks for my father", "", ""),
        ("lymphoma men", "", ""),
    ],
)
def test_sex_and_child_or_adult_are_read(query: str, sex: str, age_group: str) -> None:
    assert read(query, "sex", "age_group") == (sex, age_group)


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("myeloma third line", 2),
        ("first line DLBCL", 0),
        ("failed second line lymphoma", 2),
        ("after 3 lines myeloma", 3),
        ("myeloma four prior therapies", 4),
        ("3L myeloma", 2),
        ("PICC line myeloma", None),
    ],
)
def test_lines_of_treatment_are_those_had(query: str, lines: int | None) -> None:
    assert understand(query).lines == lines


@pytest.mark.parametrize(
    ("query", "had"),
    [
        ("no prior CAR T", False),
        ("never had CAR-T lymphoma", False),
        ("CAR T naive myeloma", False),
        ("no CAR T before, myeloma", False),
        ("CAR T after CAR T", True),
        ("relapsed after BCMA CAR-T myeloma", True),
        ("कार टी के बाद लिंफोमा", True),
        ("CAR T failed", True),
        ("CAR T for lymphoma", None),
        ("no CAR T in my city", None),
    ],
)
def test_car_t_before_is_read(query: str, had: bool | None) -> None:
    assert understand(query).prior_car_t is had


@pytest.mark.parametrize(
    ("query", "near", "within", "city"),
    [
        ("DLBCL near patna", "Patna", None, "Patna"),
        ("पटना के पास लिंफोमा", "Patna", None, "Patna"),
        ("lymphoma 800001", "800001", None, ""),
        ("lymphoma pin ८००००१", "800001", None, ""),
        ("within 50 km of Nagpur myeloma", "Nagpur", 50, "Nagpur"),
        ("lymphoma within 50 km", "", None, ""),
        ("lymphoma 999999", "", None, ""),
        ("lymphoma patna", "", None, "Patna"),
    ],
)
def test_places_near_are_read(query: str, near: str, within: int | None, city: str) -> None:
    assert read(query, "near", "within", "city") == (near, within, city)


@pytest.mark.parametrize(
    ("query", "recruiting"),
    [
        ("lymphoma recruiting now", "india"),
        ("lymphoma recruiting abroad", "anywhere"),
        ("lymphoma not recruiting", ""),
        ("lymphoma open label", ""),
    ],
)
def test_recruiting_is_read(query: str, recruiting: str) -> None:
    assert understand(query).recruiting == recruiting


@pytest.mark.parametrize(
    ("query", "investigator", "sponsor"),
    [
        ("Dr Asha Rao lymphoma", "Asha Rao", ""),
        ("डॉ सुनील अरोड़ा", "सुनील अरोड़ा", ""),
        ("Dr H. Mehta", "H. Mehta", ""),
        ("dr a rao pune", "a rao", ""),
        ("dr i need a trial", "", ""),
        ("principal investigator Asha Rao", "Asha Rao", ""),
        ("PI Asha Rao", "Asha Rao", ""),
        ("PI3K lymphoma", "", ""),
        ("sponsor: Immuneel", "", "Immuneel"),
        ("dr in mumbai for myeloma", "", ""),
        ("Immuneel lymphoma", "", "Immuneel"),
        ("legend of lymphoma", "", ""),
    ],
)
def test_people_who_run_a_trial_are_read(query: str, investigator: str, sponsor: str) -> None:
    assert read(query, "investigator", "sponsor") == (investigator, sponsor)


@pytest.mark.parametrize(
    ("query", "targets", "unused"),
    [
        ("lymphoma CD30 negative", (), ("CD30 negative",)),
        ("CD22-ve leukemia", (), ("CD22 negative",)),
        ("CD19- leukemia BCMA", ("BCMA",), ("CD19 negative",)),
        ("lymphoma without CD30", (), ("CD30", "without")),
        ("HER2 status negative gastric cancer", (), ("HER2 status negative",)),
        ("CD4 cells low", (), ("CD4 cells low",)),
        ("AFP 400 liver cancer", (), ("AFP 400",)),
        ("CD4 CAR T lymphoma", ("CD4",), ()),
        ("cd19 leukemia delhi", ("CD19",), ()),
        ("CD19 - CD22 leukemia", ("CD19", "CD22"), ()),
    ],
)
def test_antigen_that_is_absent_or_measured_is_no_target(
    query: str, targets: tuple[str, ...], unused: tuple[str, ...]
) -> None:
    assert read(query, "targets", "unused") == (targets, unused)


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("multiple mylanoma", ("myeloma",)),
        ("mylanoma", ("melanoma",)),
        ("diffuse lage b cell lymphoma", ("lbcl",)),
        ("tFL relapsed", ("lbcl",)),
        ("mm hg pressure", ()),
        ("breast feeding during trial", ()),
        ("kidney function test", ()),
        ("hb 8 g/dl", ()),
        ("kidney cancer with HIV", ("kidney",)),
        ("PTLD after kidney transplant", ("ptld",)),
        ("lupus without HIV", ("lupus",)),
        ("myeloma, platelets low", ("myeloma",)),
        ("ITP", ("immune-blood",)),
        ("no prior BCMA CAR T lymphoma", ("b-nhl", "t-cell-malignancy", "hodgkin")),
        ("CAR T lymphoma", ("b-nhl", "t-cell-malignancy", "hodgkin")),
        ("HIV", ("hiv",)),
        ("HER2 +ve breast cancer", ("her2-breast",)),
        ("cancer of both kidneys", ("kidney",)),
        ("टी सेल एएलएल", ("t-all",)),
        ("MF stage IIB", ("ctcl",)),
        ("MF", ()),
    ],
)
def test_company_makes_the_disease(query: str, conditions: tuple[str, ...]) -> None:
    assert understand(query).conditions == conditions


@pytest.mark.parametrize(
    ("query", "unused"),
    [
        ("side effects", ("side effects",)),
        ("CAR T cost", ("cost",)),
        ("relapsed refractory DLBCL", ("relapsed refractory",)),
        ("leukemia without chemo", ("without chemo",)),
        ("lymphoma near me", ("near me",)),
        ("tongue cancer stage IVA", ("stage IVA",)),
        ("CAR T for lymphoma in India", ()),
    ],
)
def test_words_no_filter_can_use_are_named(query: str, unused: tuple[str, ...]) -> None:
    assert read(query, "unused", "rest") == (unused, "")


@pytest.mark.parametrize("name", ["nexkar19", "NexKAR-19", "NEXCAR 19", "नेक्सकार19"])
def test_product_is_known_by_any_spelling(name: str) -> None:
    assert understand(name).products == ("talicabtagene autoleucel",)


def test_digits_of_every_script_are_digits() -> None:
    assert plain("२ ௩ ൪ ８") == "2 3 4 8"
    assert understand("चरण २").phases == ("PHASE2",)
    assert understand("CTRI/२०२४/०१/०१२३४५").registry_id == "CTRI/2024/01/012345"


def test_long_question_is_read_so_far_and_the_rest_named(monkeypatch: pytest.MonkeyPatch) -> None:
    walks: list[str] = []

    def counted(heard: str, *args: Any, **options: Any) -> Any:
        walks.append(heard)
        return extract(heard, *args, **options)

    monkeypatch.setattr("trials.search.understand.spelling.extract", counted)
    words = [f"q{a}{b}zzk" for a in "bcdfgh" for b in "bcdfghjklmnpqr"]
    found = understand(" ".join(words)[:500])
    assert len(walks) <= 4 * MOST_MISSPELT
    assert len(found.rest.split()) <= MOST_WORDS


def test_character_of_many_words_is_cut() -> None:
    found = understand("\ufdfa" * 440)
    assert len(plain("\ufdfa" * 440)) <= 500
    assert len(found.rest.split()) == MOST_WORDS
    assert len(found.unused) == 1


def test_command_prints_what_was_added(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("understand", "girl 7 years AML third line near Pune")
    told = json.loads(capsys.readouterr().out)
    names = ("age", "sex", "near", "lines", "prior_car_t", "investigator", "sponsor", "unused")
    assert [told[name] for name in names] == [7, "female", "Pune", 2, None, "", "", []]


@pytest.mark.parametrize(
    ("query", "field", "value", "unused"),
    [
        ("myeloma male female", "sex", "", ("male", "female")),
        ("myeloma woman daughter", "sex", "female", ()),
        ("adult child myeloma", "age_group", "", ("adult", "child")),
        ("myeloma 2 lines fifth line", "lines", 2, ("fifth line",)),
        ("no prior CAR T after CAR T myeloma", "prior_car_t", None, ("no prior CAR T", "after CAR T")),
    ],
)
def test_second_value_of_a_kind_that_takes_one_is_named(
    query: str, field: str, value: object, unused: tuple[str, ...]
) -> None:
    assert read(query, field, "unused") == (value, unused)
