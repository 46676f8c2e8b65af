import pytest

from trials.search.geo import Point, point_of


@pytest.mark.parametrize("text", ["400012", "400 012", " 400012 ", "४०००१२"])
def test_point_of_pin_in_any_writing(text: str) -> None:
    point = point_of(text)
    assert (point.name, round(point.latitude), round(point.longitude)) == ("400012", 19, 73)


@pytest.mark.parametrize("text", ["Mumbai", "bombay", "MUMBAI", "मुंबई"])
def test_point_of_city_by_any_name(text: str) -> None:
    assert point_of(text).name == "Mumbai"


@pytest.mark.parametrize("text", ["999999", "40001", "4000122", "000000", "Atlantis", "4000१", "²³", "'"])
def test_point_of_unknown_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not known"):
        point_of(text)


def test_cities_of_a_point_are_nearest_first_in_kilometres() -> None:
    distances = point_of("Mumbai").cities
    assert (distances[0].city.slug, distances[0].km) == ("mumbai", 0)
    pune = next(distance for distance in distances if distance.city.slug == "pune")
    assert round(pune.km, -1) == 120
    assert [distance.km for distance in distances] == sorted(distance.km for distance in distances)


def test_nearest_of_some_cities_ignores_unknown_ones() -> None:
    nearest = point_of("Mumbai").nearest(["chennai", "pune", "no-such-city"])
    assert nearest is not None
    assert nearest.city.slug == "pune"
    assert Point("x", 0, 0).nearest(["no-such-city"]) is None
