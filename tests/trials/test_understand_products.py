"""Products in a question: given before, never given, or searched for."""

from typing import Any

import pytest

from trials.search.understand import understand


def read(query: str, *names: str) -> tuple[Any, ...]:
    found = understand(query)
    return tuple(getattr(found, name) for name in names)


@pytest.mark.parametrize(
    "query",
    [
        "myeloma after Abecma",
        "Kymriah failed",
        "my uncle received tecartus",
        "NexCAR19 के बाद",
        "Breyanzi did not work",
    ],
)
def test_product_that_was_given_before_is_earlier_car_t_and_not_searched_for(query: str) -> None:
    assert read(query, "products", "prior_car_t") == ((), True)


@pytest.mark.parametrize("query", ["never had Abecma", "no prior Kymriah", "myeloma not received carvykti"])
def test_product_that_was_never_given_is_no_earlier_car_t(query: str) -> None:
    assert read(query, "products", "prior_car_t") == ((), False)


def test_relapses_before_a_product_are_counted_too() -> None:
    assert read("two relapses after Abecma", "lines", "prior_car_t") == (2, True)


@pytest.mark.parametrize("query", ["Abecma", "trial of Kymriah", "tecartus after two relapses"])
def test_product_is_searched_for_else(query: str) -> None:
    found = understand(query)
    assert (len(found.products), found.prior_car_t) == (1, None)
