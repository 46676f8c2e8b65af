"""Places, phases, ids, products and antigens in a question, and what only looks like one."""

import pytest

from trials.search.understand import understand
from trials.vocabulary.places import cities, states

NAMESAKES = frozenset(
    {
        *("Aurangabad", "Bilaspur", "Hamirpur", "Bijapur", "Raigarh"),
        *("Amravati", "Amaravati", "Loni", "Dwarka"),
    }
)
"""Cities that share a name: only a state tells which."""
TWO_NAMES = {"Delhi": "New Delhi", "Dadra and Nagar Haveli and Daman and Diu": "Silvassa"}
"""States that are asked for by the name of a city."""


@pytest.mark.parametrize("name", [state.name for state in states().values()])
def test_every_state_is_known_in_english_and_hindi(name: str) -> None:
    hindi = {state.name: state.names["hi"] for state in states().values()}[name]
    found = [understand(f"lymphoma {written}") for written in (name, name.lower(), hindi)]
    right = {name, TWO_NAMES.get(name, name)}
    assert [read for read in found if right.isdisjoint({read.state, read.city})] == []


def test_every_city_is_known_in_english_and_hindi() -> None:
    lost = [
        name
        for city in cities().values()
        for name in filter(None, (city.name, city.name.lower(), city.names["hi"]))
        if city.name not in NAMESAKES and understand(f"myeloma in {name}").city not in (city.name, "")
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("query", "city"),
    [
        ("पुने", "Pune"),
        ("बंबई", "Mumbai"),
        ("गुड़गांव", "Gurugram"),
        ("कानपूर", "Kanpur"),
        ("लिम्फोमा बुलढाणा", "Buldhana"),
        ("bengalooru", "Bengaluru"),
        ("Bihar Sharif", "Nalanda"),
        ("lymphoma in gaya", "Gaya"),
        ("gaya bihar", "Gaya"),
    ],
)
def test_city_by_old_name_sound_and_neighbours(query: str, city: str) -> None:
    assert understand(query).city == city


@pytest.mark.parametrize("query", ["papa ho gaya", "शुगर", "career", "color", "मेरा बेटा बीमार है", "storage"])
def test_words_that_sound_like_a_city_are_none(query: str) -> None:
    assert understand(query).city == ""


@pytest.mark.parametrize(
    ("query", "state"),
    [
        ("UP", "Uttar Pradesh"),
        ("myeloma up", "Uttar Pradesh"),
        ("lymphoma in HP", "Himachal Pradesh"),
        ("यूपी में", "Uttar Pradesh"),
        ("जम्मू कश्मीर", "Jammu and Kashmir"),
        ("follow up", ""),
        ("HR-MDS", ""),
        ("CML AP", ""),
        ("Goa", "Goa"),
    ],
)
def test_state_by_letters_only_where_they_stand_for_it(query: str, state: str) -> None:
    assert understand(query).state == state


@pytest.mark.parametrize(
    ("query", "phases"),
    [
        ("Ph I/II CD7", ("PHASE1", "PHASE2")),
        ("phase 2b", ("PHASE2",)),
        ("फेज 1/2", ("PHASE1", "PHASE2")),
        ("दूसरे फेज का ट्रायल", ("PHASE2",)),
        ("second phase", ("PHASE2",)),
        ("early phase 1", ("EARLY_PHASE1",)),
        ("Ph+ ALL", ()),
        ("phase out", ()),
        ("stage 4", ()),
    ],
)
def test_phase_however_it_is_written(query: str, phases: tuple[str, ...]) -> None:
    assert understand(query).phases == phases


@pytest.mark.parametrize(
    ("query", "registry_id"),
    [
        ("nct id 01234567", "NCT01234567"),
        ("NCT 0123 4567", "NCT01234567"),
        ("NCTO1234567", "NCT01234567"),
        ("01234567", "NCT01234567"),
        ("CTRI No. CTRI/2022/12/012345", "CTRI/2022/12/012345"),
        ("CTRI202212012345", "CTRI/2022/12/012345"),
        ("ctri/22/1/12345", "CTRI/2022/01/012345"),
        ("CTRI_2022_12_012345", "CTRI/2022/12/012345"),
        ("NCT012345678", ""),
        ("CTRI 2022", ""),
        ("call 01234567 now", ""),
    ],
)
def test_registry_id_in_any_spelling(query: str, registry_id: str) -> None:
    assert understand(query).registry_id == registry_id


@pytest.mark.parametrize(
    ("query", "product"),
    [
        ("nexcar", "talicabtagene autoleucel"),
        ("नेक्सकार19", "talicabtagene autoleucel"),
        ("ciltacel", "ciltacabtagene autoleucel"),
        ("BMS986393", "arlocabtagene autoleucel"),
        ("JCAR 017", "lisocabtagene maraleucel"),
        ("UCART-19", "UCART19"),
    ],
)
def test_product_with_and_without_gaps_and_numbers(query: str, product: str) -> None:
    assert understand(query).products == (product,)


@pytest.mark.parametrize("query", ["car loan", "next car 19", "cel", "cart", "CTL"])
def test_words_like_a_product_are_none(query: str) -> None:
    assert understand(query).products == ()


@pytest.mark.parametrize(
    ("query", "targets"),
    [
        ("EGFR vIII", ("EGFRvIII",)),
        ("EGFR", ("EGFR",)),
        ("सीडी19", ("CD19",)),
        ("बीसीएमए", ("BCMA",)),
        ("CD190", ()),
        ("CLL-1", ("CLL1",)),
    ],
)
def test_antigen_and_its_near_miss(query: str, targets: tuple[str, ...]) -> None:
    assert understand(query).targets == targets
