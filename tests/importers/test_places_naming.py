"""Hospitals that no table knows come to one name by rule; known ones are found by initials and slips."""

import pytest

from importers.places import locate
from importers.places.naming import stands_for, tidy
from trials.record import SiteRecord


def hospital(facility: str, city: str = "Pune") -> str:
    return locate(SiteRecord(facility, city=city, country="India")).hospital


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("Namuna Hospital, Kothrud", "Namuna Hospitals & Research Center"),
        ("NAMUNA HOSPITAL", "Namuna Multi-Super Speciality Hospital and Medical Research Institute"),
        ("Dr. Asha Rao, Department of Oncology, Namuna Hospital", "Namuna Hospital"),
        ("Namuna Institute of Medical Sciences (NIMS)", "NIMS, Namuna Institute of Medical Sciences, Baner"),
        ("NIMSX (Namuna Institute of Medical Science X)", "Namuna Institute of Medical Sciences X"),
        ("Namuna Trust, Udaharan Hospital", "Udaharan Hospital Kothrud"),
        ("Namuna Medical College and General Hospital", "Namuna MedicalCollege"),
        ("Dr. B. Namuna Cancer Institute", "B Namuna Cancer Institute and Research Centre, Opp. Lake"),
        ("St. Namun's Hospital", "St Namuns Hospital, 5 Hill Road"),
        ("Shree Namuna Hospital", "Sri Namuna Hosptial"),
        ("Namuna Mahaveer Clinic", "Namuna Mahavir Clinics"),
        ("XQZTM, Aundh", "XQZTM Pune"),
        ("Namuna Medical College & Udaharan Hospital", "Namuna Medical College, Baner"),
        ("Rama Namuna Medical College", "Rama Namuna Medical College & Group of Hospitals, Aundh"),
        ("Udaharan Institute at Namuna Hospital, Aundh", "Udaharan Institute"),
    ],
)
def test_ways_to_write_one_hospital_come_to_one_name(written: str, again: str) -> None:
    assert hospital(written) == hospital(again) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Namuna Hospital", "Namuna Eye Hospital"),
        ("Namuna Hospital", "Namuna Medical College"),
        ("Namuna Hospital", "Namuna Cancer Hospital"),
        ("Cloudnine Hospital, Kalyani Nagar", "Cloudnine Hospital, Shivajinagar"),
        ("Sai Hospital, Aundh", "Sai Hospital, Hadapsar"),
        ("St. Mary's Hospital, Aundh", "St. Mary's Hospital, Hadapsar"),
        ("Namuna Hospital", "Namuna Hospital, Nagpur"),
        ("Namuna Hospital", "Namuna Trust"),
        ("Dr. Asharao's Hospital, Aundh", "Dr Asharao Hospital, Hadapsar"),
        ("Namuna Medical College", "Namuna Medical College and Eye Hospital"),
    ],
)
def test_hospitals_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert hospital(one) != hospital(other)


def test_chain_keeps_its_locality_without_a_comma() -> None:
    assert tidy("Cloudnine Hospitals Wakad", "Pune", "Maharashtra") == "Cloudnine Hospital, Wakad"


@pytest.mark.parametrize(
    ("facility", "city", "name"),
    [
        ("TNMC", "Mumbai", "Topiwala National Medical College and B. Y. L. Nair Hospital"),
        ("LTMMCGH, Sion", "Mumbai", "Lokmanya Tilak Municipal Medical College and General Hospital"),
        ("PAK Hospital", "Mumbai", "Prince Aly Khan Hospital"),
        ("Princealy Khan Hospital", "Mumbai", "Prince Aly Khan Hospital"),
        ("Prince Aly Khan Hosptial, Aga Hall, Nesbit Road", "Mumbai", "Prince Aly Khan Hospital"),
        ("Wockhardt Hospitals, 1877 Dr Anand Rao Nair Marg", "Mumbai", "Wockhardt Hospital"),
        ("Govt. Medical College, Ajni Road", "Nagpur", "Government Medical College and Hospital, Nagpur"),
    ],
)
def test_known_hospital_is_found_by_initials_slips_and_beside_a_street(
    facility: str, city: str, name: str
) -> None:
    assert hospital(facility, city) == name


@pytest.mark.parametrize(
    ("short", "full", "stands"),
    [
        (("igim",), ("indira", "gandhi", "institute", "medical"), True),
        (("max",), ("max", "hospital", "saket"), False),
        (("ni",), ("namuna", "institute"), False),
        (("namuna", "x"), ("namuna", "x", "institute"), False),
    ],
)
def test_abbreviation_is_the_initials_of_a_name(
    short: tuple[str, ...], full: tuple[str, ...], stands: bool
) -> None:
    assert stands_for(short, full) is stands


def test_place_and_a_kind_it_has_one_of_is_a_name() -> None:
    assert hospital("Goa Institute of Medical Sciences", "Panaji") == "Goa Institute of Medical Sciences"
