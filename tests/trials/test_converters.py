import re

import pytest

from trials.views.converters import RegistryIdConverter


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("NCT04637763", True),
        ("nct04637763", True),
        ("CTRI/2023/03/050689", True),
        ("CTRI-2023-03-050689", True),
        ("2018-000929-32", True),
        ("ChiCTR2000029052", True),
        ("compare", False),
        ("NCT04637763/", False),
        ("../1", False),
        ("NCT 1", False),
        ("'1", False),
    ],
)
def test_registry_id_of_any_registry_fits_and_our_own_pages_do_not(text: str, fits: bool) -> None:
    assert bool(re.fullmatch(RegistryIdConverter.regex, text)) is fits
