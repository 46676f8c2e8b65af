"""A hospital is identified only by what identifies it: by words of its own, its branch, its city."""

import pytest

from importers.places import locate
from importers.places.hospital_names import distinguishing, name_words
from importers.places.hospitals import words_of
from importers.records import Place
from trials.record import SiteRecord
from trials.vocabulary.places import find_city, hospitals


def place(facility: str = "", city: str = "", state: str = "", pin: str = "", *, address: str = "") -> Place:
    return locate(SiteRecord(facility, address, city, state, pin, country="India"))


@pytest.mark.parametrize(
    ("facility", "city"),
    [
        ("Hospital", "Mumbai"),
        ("Hospital and Research Centre", "Pune"),
        ("Pune Hospital & Research Centre, Pune", "Pune"),
        ("Cancer Centre", "Kolhapur"),
        ("Medical College", "Kolkata"),
        ("Medical Research Foundation", "Chennai"),
        ("Research Institute", "Vellore"),
        ("Bone Marrow Transplant Unit", "Chennai"),
        ("Radiotherapy Department, Third Floor", "Ludhiana"),
        ("Delhi Cancer Centre", "New Delhi"),
    ],
)
def test_generic_words_and_a_city_identify_no_hospital(facility: str, city: str) -> None:
    assert (place(facility, city).hospital, place(facility, city).city) == ("", city)


@pytest.mark.parametrize(
    ("facility", "city", "hospital"),
    [
        ("Bombay Hospital", "Mumbai", "Bombay Hospital"),
        ("Kolhapur Cancer Centre Pvt. Ltd., Kolhapur", "Kolhapur", "Kolhapur Cancer Centre"),
        ("Medical College and Hospital", "Kolkata", "Medical College and Hospital, Kolkata"),
        ("Tirunelveli Medical College Hospital", "Tirunelveli", "Tirunelveli Medical College"),
        ("A.I.I.M.S., Ansari Nagar", "New Delhi", "AIIMS New Delhi"),
        ("Life Point Hospital", "Pune", "Lifepoint Multispeciality Hospital"),
        ("Namuna Hospital (A unit of Udaharan Trust)", "Pune", "Namuna Hospital"),
        ("M/s Namuna Hospitals, a unit of Udaharan Ltd", "Pune", "Namuna Hospital"),
        ("Namuna Hospital & Research Centre, 12 Kolar Road", "Pune", "Namuna Hospital"),
    ],
)
def test_name_of_its_own_is_one_hospital(facility: str, city: str, hospital: str) -> None:
    assert place(facility, city).hospital == hospital


def test_no_alias_of_the_table_is_generic_unless_it_is_the_hospitals_own_name() -> None:
    generic: list[str] = []
    for hospital in hospitals().values():
        city = find_city(hospital.city, hospital.state)
        assert city is not None
        own = [word for word in name_words(hospital.name) if word not in words_of(city)]
        for alias in hospital.aliases:
            words = name_words(alias)
            own_name = list(words) == own or name_words(hospital.name)[: len(words)] == words
            if not distinguishing(words) and not own_name:
                generic.append(alias)
    assert sorted(generic) == [
        "Care Institute of Medical Sciences",
        "Diabetes Foundation India",
        "Institute of Child Health and Hospital for Children",
        "Super Speciality Cancer Institute and Hospital",
    ]


@pytest.mark.parametrize(
    ("facility", "city", "pin", "address", "hospital", "rule"),
    [
        ("Max Healthcare", "New Delhi", "", "", "Max Hospital", "branch not stated"),
        ("Max Hospital, Saket", "Delhi", "", "", "Max Super Speciality Hospital, Saket", "branch"),
        ("Max Hospital", "Delhi", "110092", "", "Max Super Speciality Hospital, Patparganj", "postal code"),
        ("Max Hospital, Saket", "Delhi", "110092", "", "Max Hospital", "branch not stated"),
        ("Max Hospital, Dwarka", "Delhi", "", "", "Max Hospital, Dwarka", "branch"),
        (
            "Department of Oncology, Fortis Hospital",
            "New Delhi",
            "",
            "Sector B, Vasant Kunj",
            "Fortis Hospital, Vasant Kunj (Flt Lt Rajan Dhall)",
            "branch in the address",
        ),
        ("Apollo Hospitals Enterprise Ltd", "Chennai", "", "", "Apollo Hospitals", "branch not stated"),
        ("AMRI Hospital, Mukundapur", "Kolkata", "", "", "AMRI Hospital, Mukundapur", "branch"),
        ("KIMS Hospital, Nowhere Nagar", "Hyderabad", "", "", "KIMS Hospital, Nowhere Nagar", "as written"),
        ("Medanta Hospital", "Lucknow", "", "", "Medanta Hospital, Lucknow", "name"),
        ("Ruby Hall Clinic", "Pune", "", "", "Ruby Hall Clinic (Grant Medical Foundation)", "name"),
        ("Ruby Hall Clinic, Wanowrie", "Pune", "", "", "Ruby Hall Clinic, Wanowrie", "branch"),
    ],
)
def test_chain_is_never_one_of_its_branches(
    facility: str, city: str, pin: str, address: str, hospital: str, rule: str
) -> None:
    found = place(facility, city, pin=pin, address=address)
    assert (found.hospital, found.rule.split("hospital: ")[1]) == (hospital, rule)


@pytest.mark.parametrize(
    ("facility", "address", "hospital"),
    [
        ("Department of Medical Oncology", "Tata Memorial Hospital, Parel", "Tata Memorial Hospital"),
        ("", "Room 12, Tata Memorial Hospital\nParel", "Tata Memorial Hospital"),
        ("Department of Surgery", "Namuna Hospital, 5 Hill Road", "Namuna Hospital"),
        ("OPD Block", "Near Tata Memorial Hospital, Parel", ""),
        ("Department of Surgery", "Hospital Road, Parel", ""),
        ("Department of Surgery", "Tata Memorial Hospital and Saifee Hospital, Saifee Hospital", ""),
        ("Dr. Asha Namuna", "Tata Memorial Hospital, Parel", ""),
    ],
)
def test_department_takes_the_hospital_of_its_address(facility: str, address: str, hospital: str) -> None:
    assert place(facility, "Mumbai", address=address).hospital == hospital


@pytest.mark.parametrize(
    ("facility", "city", "pin", "found"),
    [
        ("NCI-AIIMS Jhajjar", "New Delhi", "", ("AIIMS Jhajjar (National Cancer Institute)", "Jhajjar")),
        ("D.Y Patil Medical College, Kolhapur 416006", "Pune", "", ("DY Patil Medical College", "Kolhapur")),
        ("Bombay Hospital, Indore", "Mumbai", "", ("Bombay Hospital, Indore", "Mumbai")),
        ("AIIMS", "New Delhi", "751019", ("AIIMS", "New Delhi")),
        ("Tata Memorial Hospital", "Mumbai", "110001", ("Tata Memorial Hospital", "Mumbai")),
        ("Jaipur Golden Hospital", "New Delhi", "", ("Jaipur Golden Hospital", "New Delhi")),
    ],
)
def test_text_or_postal_code_against_the_stated_city(
    facility: str, city: str, pin: str, found: tuple[str, str]
) -> None:
    decided = place(facility, city, pin=pin)
    assert (decided.hospital, decided.city) == found


@pytest.mark.parametrize(
    ("facility", "city", "pin", "address", "rule"),
    [
        ("Bombay Hospital, Indore", "Mumbai", "", "", "contradicted"),
        ("Namuna Hospital", "Jaipur", "682001", "", "contradicted"),
        ("Namuna Hospital", "Ludhiana", "", "5 Hill Road, Coimbatore", "contradicted"),
        ("Namuna Clinic", "Lucknow", "500001", "Civil Lines, Indore", "contradicted"),
        ("Namuna Hospital", "Ludhiana", "", "5 Coimbatore Road", "name"),
        ("Namuna Hospital", "Ludhiana", "", "Coimbatore House, Ludhiana", "name"),
        ("Namuna Hospital", "Gurugram", "110001", "", "name"),
        ("Tata Memorial Hospital", "Mumbai", "110001", "", "name"),
    ],
)
def test_postal_code_or_address_of_another_region_is_asked(
    facility: str, city: str, pin: str, address: str, rule: str
) -> None:
    found = place(facility, city, pin=pin, address=address)
    assert (found.city, found.rule.split(";")[0]) == (city, f"city: {rule}")


@pytest.mark.parametrize(
    ("city", "state", "pin", "address", "found"),
    [
        ("Machilipatnam", "Andhra Pradesh", "521001", "", ("Machilipatnam", "Andhra Pradesh")),
        ("Machilipatnam", "", "", "", ("Machilipatnam", "Andhra Pradesh")),
        ("Krishna", "ANDHRA PRADESH", "", "Main Road, Machilipatnam", ("Machilipatnam", "Andhra Pradesh")),
        ("Krishna", "", "", "Suryaraopeta, Vijayawada", ("Vijayawada", "Andhra Pradesh")),
        ("", "", "", "Main Road\nMachilipatnam\nKrishna", ("Machilipatnam", "Andhra Pradesh")),
        ("Pune", "MAHARASHTRA", "", "MIDC, Baramati", ("Baramati", "Maharashtra")),
        ("Pune", "MAHARASHTRA", "", "Baramati Road", ("Pune", "Maharashtra")),
        ("Gudivada", "", "521301", "", ("Gudivada", "Andhra Pradesh")),
        ("", "", "", "Civil Lines\nHardoi", ("Hardoi", "Uttar Pradesh")),
        ("Kolkata", "Delhi", "", "", ("Kolkata", "West Bengal")),
        ("Bombay", "Gujarat", "", "", ("Mumbai", "Maharashtra")),
        ("Kolkata", "Delhi", "110029", "", ("New Delhi", "Delhi")),
    ],
)
def test_town_of_a_district_and_state_of_a_city(
    city: str, state: str, pin: str, address: str, found: tuple[str, str]
) -> None:
    decided = place("", city, state, pin, address=address)
    assert (decided.city, decided.state) == found


@pytest.mark.parametrize("text", ["x" * 100_000, "a unit of " * 10_000, "(" * 50_000, "Site " * 20_000, "\0"])
def test_text_of_any_length_and_kind_is_read(text: str) -> None:
    assert place(text, "Mumbai", address=text).city == "Mumbai"
    assert place("Tata Memorial Hospital", text, text, text).hospital == "Tata Memorial Hospital"
