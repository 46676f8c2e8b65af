"""Spelling, sounds and organs: every rule with what it reads and what it must leave alone."""

import time

import pytest

from trials.search.understand import understand
from trials.search.understand.sounds import english_key, hindi_key, romanised, skeleton, sound
from trials.search.understand.spelling import corrected, correction, read

LYMPHOMA = ("b-nhl", "t-cell-malignancy", "hodgkin")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lymfoma", "lymphoma"),
        ("mylema", "myeloma"),
        ("luekemia", "leukemia"),
        ("waldenstorm", "waldenstrom"),
        ("colerectal", "colorectal"),
        ("hydrabad", "hyderabad"),
        ("colan", "colon"),  # no nearer to the village of Kalan
        ("kimriah", "kymriah"),
    ],
)
def test_misspelt_word_is_read_as_the_one_meant(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


@pytest.mark.parametrize(
    "word", ["color", "threat", "check", "career", "canada", "delay", "test", "third", "lymphoma", "cd190"]
)
def test_ordinary_word_is_no_misspelling(word: str) -> None:
    assert corrected(word) == word


def test_correction_is_told_for_misspelt_english_alone() -> None:
    words = [("lymfoma", "lymphoma"), ("lymphoma", ""), ("kensar", ""), ("fefde", ""), ("मायलॉयड", "")]
    assert [correction(typed, typed) for typed, _ in words] == [meant for _, meant in words]


def test_words_of_one_sound_and_of_one_skeleton() -> None:
    assert (sound("lymfoma"), skeleton("limfoma")) == (sound("lymphoma"), "lmfm")


@pytest.mark.parametrize(
    ("hindi", "latin"), [("कोलन", "kolan"), ("लिंफोमा", "limfoma"), ("गर्दन", "gardan"), ("पुणे", "pune")]
)
def test_hindi_script_in_latin_letters_without_unspoken_vowels(hindi: str, latin: str) -> None:
    assert romanised(hindi) == latin


@pytest.mark.parametrize(
    ("one", "other"), [("फेफड़ों", "phephde"), ("गुर्दे", "gurda"), ("मुंह", "muh"), ("चमड़ी", "chamdi")]
)
def test_organ_has_one_key_however_declined_and_spelt(one: str, other: str) -> None:
    assert hindi_key(one) == hindi_key(other)


def test_organs_that_sound_alike_keep_their_keys_apart() -> None:
    assert len({hindi_key(word) for word in ("पेट", "पीठ", "गाल", "कान", "नाक")}) == 5


@pytest.mark.parametrize(
    ("hindi", "english"), [("मायलॉयड", "myeloid"), ("ग्लायोब्लास्टोमा", "glioblastoma"), ("एएमएल", "aml")]
)
def test_english_in_hindi_script_is_read_as_english(hindi: str, english: str) -> None:
    assert read(hindi) == english


def test_hindi_word_is_not_forced_into_english() -> None:
    assert [understand(word).conditions for word in ("मदद", "दवा", "परिवार", "सर्जरी")] == [()] * 4
    assert english_key("मायलॉयड") == english_key("myeloid")


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("cancer in my father's lungs", ("lung",)),
        ("lungcancer", ("lung",)),
        ("फेफड़ों में कैंसर", ("lung",)),
        ("phephdo me kensar", ("lung",)),
        ("ca breast", ("breast",)),
        ("mouth of uterus cancer", ("cervical",)),
        ("uterus cancer", ("endometrial",)),
        ("gall bladder cancer", ("biliary",)),
        ("bladder cancer", ("bladder",)),
        ("raktacha karkarog", ("blood-cancers",)),
        ("breast cancer spread to brain", ("breast",)),
        ("pet ka cancer", ("gastric",)),
        ("liver mumbai phase 1", ("liver",)),
    ],
)
def test_organ_beside_a_word_for_cancer_is_a_disease(query: str, conditions: tuple[str, ...]) -> None:
    assert understand(query).conditions == conditions


@pytest.mark.parametrize(
    "query", ["blood test", "blood", "liver function test", "pet scan", "pet dard", "lung infection", "stone"]
)
def test_organ_in_another_matter_is_no_disease(query: str) -> None:
    assert understand(query).conditions == ()


def test_scan_is_not_the_stomach() -> None:
    assert understand("pet scan for lymphoma").conditions == LYMPHOMA


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("neuro blastoma", ("neuroblastoma",)),
        ("braintumor", ("brain-tumour",)),
        ("mRCC", ("kidney",)),
        ("tAML", ("aml",)),
        ("FL POD24", ("fl",)),
        ("mm", ("myeloma",)),
        ("ए एम एल", ("aml",)),
        ("डीएलबीसीएल", ("lbcl",)),
    ],
)
def test_names_are_known_joined_parted_staged_and_spelt_out(query: str, conditions: tuple[str, ...]) -> None:
    assert understand(query).conditions == conditions


@pytest.mark.parametrize(
    "query", ["5 mm", "ALL TRIALS IN DELHI", "net", "liver mets of MET", "gm", "os", "mas"]
)
def test_abbreviations_are_not_read_into_units_and_words(query: str) -> None:
    assert set(understand(query).conditions) <= {"digestive"}


def test_mets_are_metastases_and_not_the_antigen() -> None:
    assert (understand("brain mets").targets, understand("brain mets").conditions) == ((), ("brain-mets",))
    assert understand("MET CAR T").targets == ("MET",)


def test_where_a_cancer_went_is_not_what_it_is() -> None:
    assert understand("uveal melanoma liver mets").conditions == ("melanoma",)
    assert understand("liver metastases").conditions == ("digestive",)


def test_words_taken_as_typed_are_not_corrected() -> None:
    found = understand("lymfoma hydrabad", forgiving=False)
    assert (found.conditions, found.city, found.rest) == ((), "", "lymfoma hydrabad")
    assert understand("lymphoma in Pune", forgiving=False).conditions == LYMPHOMA


def test_a_question_takes_milliseconds() -> None:
    understand("warm up")
    begin = time.process_time()
    for number in range(20):
        understand(f"mere papa ko mylema hai, phase {number} hydrabad ya lakhnow me ilaj")
    assert (time.process_time() - begin) / 20 < 0.02


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("advanced cancer of the pancreas", ("pancreatic",)),
        ("advanced cancer, liver mets", ("solid-tumours",)),
        ("stage 4 cancer bone metastases", ("solid-tumours",)),
        ("cancer of plasma cells", ("myeloma", "plasma-cell-leukaemia")),
        ("रक्ताचा कर्करोग", ("blood-cancers",)),
        ("stan nu cancer", ("breast",)),
        ("jabaan ka cancer", ("head-neck",)),
        ("squamous lung", ("lung",)),
        ("bone mass", ()),
        ("chest lining cancer", ("mesothelioma",)),
    ],
)
def test_cancer_of_an_organ_is_read_however_the_two_are_joined(
    query: str, conditions: tuple[str, ...]
) -> None:
    assert understand(query).conditions == conditions
