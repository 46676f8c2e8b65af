"""Ordinary words, names of people and places abroad that look like a disease or a city, and are none."""

import pytest

from trials.search.understand import understand
from trials.vocabulary.asking import ordinary_words

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
        ("lymphoma bangalur", "Bengaluru"),
        ("lymphoma visakapatnem", "Visakhapatnam"),
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


@pytest.mark.parametrize(
    "query",
    ["MG road nagpur", "NHL league table", "MDS degree abroad", "RB bank", "250 gb drive", "rcc slab"],
)
def test_abbreviation_beside_a_word_of_another_matter_is_no_disease(query: str) -> None:
    assert understand(query).conditions == ()


@pytest.mark.parametrize(
    "query",
    [
        *("throat problem", "nose wash", "gum contact", "prostate operation", "liver disease"),
        *("kidney transplant", "eye hospital", "thyroid medicine dose", "prostate 40 gm", "lung ki dawa"),
    ],
)
def test_organ_beside_another_matter_is_no_cancer(query: str) -> None:
    assert understand(query).conditions == ()


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("breast enhancement", ()),
        ("ovarian hyperstimulation", ()),
        ("prostate pune", ("prostate",)),
        ("rectal adenocarcinoma newly found", ("colorectal",)),
        ("ननद को लिम्फोमा", LYMPHOMA),
    ],
)
def test_place_of_a_cancer_is_one_unless_a_strange_word_says_otherwise(
    query: str, conditions: tuple[str, ...]
) -> None:
    assert understand(query).conditions == conditions


def test_misspelt_neighbour_may_be_an_ordinary_word() -> None:
    assert understand("mental cell lymphoma").conditions == ("mcl",)
    assert understand("hair cell leukaemia").conditions == ("hairy-cell",)


@pytest.mark.parametrize(
    ("query", "targets", "had"),
    [
        ("already treated with CD22 car t", (), True),
        ("GPRC5D naive myeloma", (), None),
        ("target other than BCMA", (), None),
        ("non CD19 car t", (), None),
        ("CD7 car t in T-ALL", ("CD7",), None),
    ],
)
def test_antigen_of_earlier_treatment_is_not_asked_for(
    query: str, targets: tuple[str, ...], had: bool | None
) -> None:
    assert (understand(query).targets, understand(query).prior_car_t) == (targets, had)


def test_months_of_a_pregnancy_are_no_age() -> None:
    assert understand("lymphoma pregnant 6 months").age is None


@pytest.mark.parametrize(
    ("query", "age"),
    [
        ("5 year guarantee", None),
        ("7 months rent", None),
        ("61 years smoker myeloma", 61),
        ("44 yrs pune", 44),
    ],
)
def test_how_long_something_lasts_is_no_age(query: str, age: float | None) -> None:
    assert understand(query).age == age


@pytest.mark.parametrize("query", ["heart surgeon", "bone clinic bhopal", "किडनी डॉक्टर"])
def test_organ_of_a_doctor_is_no_cancer(query: str) -> None:
    assert understand(query).conditions == ()


def test_ordinary_words_are_listed_once() -> None:
    words = ordinary_words()
    assert len(words) == len(set(words))


def test_organ_beside_another_disease_is_no_cancer() -> None:
    assert understand("breast allergy").conditions == ("other-non-cancer",)
    assert understand("prostate bone mets").conditions == ("prostate",)


def test_organ_is_no_cancer_where_the_swelling_of_another_is_asked_about() -> None:
    assert understand("lymph node swelling in neck").conditions == ()


@pytest.mark.parametrize(
    ("query", "phases"),
    [
        ("DLF phase 2 gurgaon", ()),
        ("phase 1 exam date", ()),
        ("jp nagar 2nd phase", ()),
        ("first phase of election", ()),
        ("first phase of trial", ("PHASE1",)),
        ("myeloma phase 2 mumbai", ("PHASE2",)),
    ],
)
def test_phase_of_a_town_or_an_election_is_none_of_a_trial(query: str, phases: tuple[str, ...]) -> None:
    assert understand(query).phases == phases


@pytest.mark.parametrize(
    ("query", "targets"),
    [
        ("her 3 sons", ()),
        ("HER3", ("HER3",)),
        ("eGFR 45", ()),
        ("EGFR glioma", ("EGFR",)),
        ("psma pet scan", ()),
        ("gd2 antibody", ()),
        ("her2neu gastric", ("HER2",)),
    ],
)
def test_antigen_is_told_from_words_and_laboratory_values(query: str, targets: tuple[str, ...]) -> None:
    assert understand(query).targets == targets


def test_medical_word_is_no_misspelt_city() -> None:
    assert understand("thalassemia").city == ""


def test_words_behind_the_abbreviation_ms_are_nobodys_name() -> None:
    assert understand("MS car t pune").conditions == ("multiple-sclerosis",)


def test_short_word_is_not_read_as_one_with_half_its_sounds() -> None:
    assert understand("muh me chhala cancer").conditions == ()


def test_abbreviation_of_several_meanings_counts_in_capitals() -> None:
    assert understand("GBC").conditions == ("biliary",)
    assert understand("gbc").conditions == ()
