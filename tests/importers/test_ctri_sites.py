"""Where an address of a site ends: district and state, or the district alone."""

import pytest

from importers.registries.ctri.sites import split_address


@pytest.mark.parametrize(
    ("address", "split"),
    [
        ("Parel\nMumbai MAHARASHTRA", ("Parel", "Mumbai", "MAHARASHTRA")),
        ("Dr E Borges Road, Parel Mumbai MAHARASHTRA", ("Dr E Borges Road, Parel", "Mumbai", "MAHARASHTRA")),
        ("Kharghar\nRaigarh\nMAHARASHTRA", ("Kharghar", "Raigarh", "MAHARASHTRA")),
        (
            "Vijayawada, Andhra Pradesh- 520002 Krishna ANDHRA PRADESH",
            ("Vijayawada, Andhra Pradesh- 520002", "Krishna", "ANDHRA PRADESH"),
        ),
        ("Alkapuri , Vadodara Gujarat - 390020 Vadodara GUJARAT", None),
        ("Sahid Nagar,\nKhordha ORISSA", ("Sahid Nagar,", "Khordha", "ORISSA")),
        ("Saket South West DELHI", ("Saket", "South West", "DELHI")),
        ("Andheri\nMumbai (Suburban) MAHARASHTRA", ("Andheri", "Mumbai (Suburban)", "MAHARASHTRA")),
        ("Main Road\nLakhimpur Kheri UTTAR PRADESH", ("Main Road", "Lakhimpur Kheri", "UTTAR PRADESH")),
        ("12 Long Road, Some Ward, No District UTTAR PRADESH", None),
        ("Parel\nMumbai", ("Parel", "Mumbai", "")),
        ("Parel\nSome Ward", ("Parel\nSome Ward", "", "")),
        ("Somewhere in Maharashtra", ("Somewhere in Maharashtra", "", "")),
        ("", ("", "", "")),
    ],
)
def test_address_ends_in_district_and_state(address: str, split: tuple[str, str, str] | None) -> None:
    whole = split_address(address)
    assert split in (None, whole)
    assert " ".join(part for part in whole if part).split() == address.split()


@pytest.mark.parametrize(
    ("address", "split"),
    [
        ("Ward 4, Example Road, Pune-- 411001\nPune", ("Ward 4, Example Road, Pune-- 411001", "Pune", "")),
        ("Example Nagar, Mumbai 400012\nNot Applicable\nN/A", ("Example Nagar, Mumbai 400012", "", "")),
        ("Example Road\nVellore TAMIL NADU", ("Example Road", "Vellore", "TAMIL NADU")),
        ("Pune", ("", "Pune", "")),
        ("Example Road", ("Example Road", "", "")),
        ("Example Road\nPune 411001", ("Example Road\nPune 411001", "", "")),
        ("", ("", "", "")),
    ],
)
def test_address_without_a_state_ends_in_its_district(address: str, split: tuple[str, str, str]) -> None:
    assert split_address(address, district_alone=True) == split
