"""Ordinary words, names of people and places abroad that look like a disease or a city, and are none."""

import pytest

from trials.search.understand import understand

LYMPHOMA = ("b-nhl", "t-cell-malignancy", "hodgkin")


def _said(query: str) -> tuple[object, ...]:
    found = understand(query)
    return (found.conditions, found.targets, found.products, found.phases, found.city, found.state, found.age)


NOTHING: tuple[object, ...] = ((), (), (), (), "", "", None)


@pytest.mark.parametrize(
    "query",
    [
        *("sharad", "collared shirt", "bidding", "jonty", "kumble", "sandra"),  # near short names of towns
        *("tested", "trash", "brawn"),  # near organs
        *("सफर", "गाना", "बोतल", "तारीख", "हथेली"),  # near names in Hindi script
        *("tinny", "sixty", "phonebook", "phi"),  # numbers and phases inside words
    ],
)
def test_word_near_a_name_is_not_the_name(query: str) -> None:
    assert _said(query) == NOTHING


@pytest.mark.parametrize(
    ("query", "city"),
    [
        ("lymphoma nagpoor", "Nagpur"),
        ("lymphoma indor", "Indore"),
        ("lymphoma guwahatti", "Guwahati"),
        ("lymphoma vellor", "Vellore"),
        ("लिम्फोमा पुने", "Pune"),
        ("लिम्फोमा नासीक", "Nashik"),
    ],
)
def test_slip_in_a_city_is_forgiven(query: str, city: str) -> None:
    assert understand(query).city == city


@pytest.mark.parametrize(
    "query", ["Mr Suri", "Smt Sagar Devi", "my name is Kalyan", "मेरा नाम सागर है", "Anand Verma"]
)
def test_name_of_a_person_is_no_town(query: str) -> None:
    assert _said(query) == NOTHING


def test_doctor_may_have_the_name_of_a_town() -> None:
    assert understand("Dr Sagar Mehta myeloma").investigator == "Sagar Mehta"
    assert understand("Dr Kota").city == ""
    assert understand("cancer dr jaipur").city == "Jaipur"
    assert understand("dr limphoma").conditions == LYMPHOMA


@pytest.mark.parametrize("query", ["Hyderabad in Pakistan", "Salem Massachusetts", "Delhi Canada"])
def test_city_abroad_is_not_the_indian_one(query: str) -> None:
    assert understand(query).city == ""


@pytest.mark.parametrize(
    "query", ["nice to have met you", "her 2 sons", "hearing aids", "a poem", "grave mistake"]
)
def test_word_in_small_letters_is_no_abbreviation(query: str) -> None:
    assert _said(query)[:3] == NOTHING[:3]


def test_antigen_beside_its_disease_and_with_a_gap() -> None:
    assert understand("Her-2 positive stomach cancer").targets in {(), ("HER2",)}
    assert understand("HER2 CAR T for breast").conditions == ("her2-breast",)
    assert understand("GPRC 5D or SSTR-2").targets == ("GPRC5D", "SSTR2")


@pytest.mark.parametrize(
    ("query", "conditions"), [("lever tumour", ("liver",)), ("brest carcinoma", ("breast",)), ("brest", ())]
)
def test_ordinary_word_before_cancer_may_be_a_misspelt_organ(query: str, conditions: tuple[str, ...]) -> None:
    assert understand(query).conditions == conditions


@pytest.mark.parametrize(
    ("query", "lines"),
    [("three relapses", 3), ("ALL relapsed twice", 2), ("third relapse", 3), ("teen baar relapse", 3)],
)
def test_each_relapse_followed_a_line_of_treatment(query: str, lines: int) -> None:
    assert understand(query).lines == lines


def test_hindi_name_of_several_words_is_no_organ_by_one_of_them() -> None:
    assert understand("खाना").conditions == ()
    assert understand("भोजन की नली का कैंसर").conditions == ("oesophageal",)
