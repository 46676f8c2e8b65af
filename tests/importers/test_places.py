"""Tables of hits and near-misses for places; the benchmark measures the rest (`make bench`)."""

import pytest

from importers.places import locate
from importers.places.anonymous import is_anonymous
from importers.places.countries import country_name
from importers.places.pins import find_pin
from importers.places.spelling import near_city, near_state
from importers.records import Place
from trials.record import SiteRecord


def india(
    city: str = "", state: str = "", pin: str = "", *, facility: str = "", address: str = ""
) -> SiteRecord:
    return SiteRecord(facility, address, city, state, pin, country="India")


@pytest.mark.parametrize(
    ("city", "state", "pin", "found"),
    [
        ("Bangalore", "", "", ("Bengaluru", "Karnataka")),
        ("NEW Delhi Delhi", "", "", ("New Delhi", "Delhi")),
        ("Sūrat", "", "", ("Surat", "Gujarat")),
        ("Luknow", "", "", ("Lucknow", "Uttar Pradesh")),
        ("Vishkhapatnam", "", "", ("Visakhapatnam", "Andhra Pradesh")),
        ("Navi-Mumbai", "Maharashtra", "", ("Navi Mumbai", "Maharashtra")),
        ("Ahmedabad-380016", "", "", ("Ahmedabad", "Gujarat")),
        ("Surat CITY", "", "", ("Surat", "Gujarat")),
        ("Marg Jaipur", "", "302004", ("Jaipur", "Rajasthan")),
        ("Mahim(West)", "Maharashtra", "", ("Mumbai", "Maharashtra")),
        ("Parel", "Mumbai", "400012", ("Mumbai", "Maharashtra")),
        ("Gokul Shirgoan", "Kolhapur", "416234", ("Kolhapur", "Maharashtra")),
        ("Kerala", "", "695 011", ("Thiruvananthapuram", "Kerala")),
        ("Sector-12", "Chandigarh", "160012", ("Chandigarh", "Chandigarh")),
        ("Apex Wellness Hospital", "", "422009", ("Nashik", "Maharashtra")),
        ("Hyderabad", "Andhra Pradesh", "", ("Hyderabad", "Telangana")),
        ("Gurgaon", "New Delhi", "122002", ("Gurugram", "Haryana")),
        ("Chandigarh", "", "160062", ("Mohali", "Punjab")),
        ("Mumbai", "Maharashtra", "410210", ("Navi Mumbai", "Maharashtra")),
        ("Puducherry", "Kerala", "605006", ("Puducherry", "Puducherry")),
        ("Raigarh", "MAHARASHTRA", "", ("Raigad", "Maharashtra")),
        ("Raigarh", "Chhattisgarh", "", ("Raigarh", "Chhattisgarh")),
        ("Krishna", "ANDHRA PRADESH", "", ("Vijayawada", "Andhra Pradesh")),
        ("Khordha", "ORISSA", "", ("Bhubaneswar", "Odisha")),
        ("South West", "DELHI", "", ("New Delhi", "Delhi")),
        ("Ranga Reddy", "ANDHRA PRADESH", "", ("Hyderabad", "Telangana")),
        ("Aurangabad", "", "431001", ("Chhatrapati Sambhajinagar", "Maharashtra")),
        ("Aurangabad", "Bihar", "", ("Aurangabad", "Bihar")),
        ("Amaravati", "Maharashtra", "", ("Amravati", "Maharashtra")),
        ("Amaravati", "", "", ("Amaravati", "Andhra Pradesh")),
        ("", "", "400012", ("Mumbai", "Maharashtra")),
        ("Vizagapatam", "", "", ("Visakhapatnam", "Andhra Pradesh")),
        ("Poorbi Champaran", "Bihar", "", ("Motihari", "Bihar")),
        ("Kondhwa Naka", "Maharashtra", "440013", ("Nagpur", "Maharashtra")),
        ("Dakshina Kanada", "KARNATAKA", "", ("Mangaluru", "Karnataka")),
    ],
)
def test_city_is_recognised(city: str, state: str, pin: str, found: tuple[str, str]) -> None:
    place = locate(india(city, state, pin))
    assert (place.city, place.state) == found


@pytest.mark.parametrize(
    ("city", "state", "left"),
    [
        ("Kerala", "", ("", "Kerala")),
        ("Goa", "", ("", "Goa")),
        ("Dwarka", "", ("Dwarka", "")),
        ("Aurangabad", "", ("Aurangabad", "")),
        ("Bilaspur", "", ("Bilaspur", "")),
        ("Raigarh", "", ("Raigarh", "")),
        ("Khanpur", "", ("Khanpur", "")),
        ("Salem Road", "", ("Salem Road", "")),
        ("Gandhinagar", "Karnataka", ("Gandhinagar", "")),
        ("Chandigarh", "MAHARASHTRA", ("Chandigarh", "")),
        ("Sector-12", "", ("Sector-12", "")),
        ("Apex Wellness Clinic", "", ("Apex Wellness Clinic", "")),
        ("Namchi", "Sikkim", ("Namchi", "Sikkim")),
        ("", "Choose Any State/Province", ("", "")),
        ("Multiple Locations", "", ("", "")),
        ("", "", ("", "")),
    ],
)
def test_unknown_stays_unknown(city: str, state: str, left: tuple[str, str]) -> None:
    place = locate(india(city, state))
    assert (place.city, place.state) == left


@pytest.mark.parametrize(
    ("district", "state", "address", "city"),
    [
        ("Raigarh", "MAHARASHTRA", "Sector 22, Kharghar, Navi Mumbai 410210", "Navi Mumbai"),
        ("Krishna", "ANDHRA PRADESH", "Gopalakrishnaiah St, Suryaraopeta", "Vijayawada"),
        ("Udupi", "KARNATAKA", "Madhav Nagar, Manipal", "Manipal"),
        ("Nashik", "MAHARASHTRA", "B/H Shivang Auto, Mumbai Naka", "Nashik"),
        ("Bangalore", "KARNATAKA", "Gandhinagar", "Bengaluru"),
    ],
)
def test_address_may_name_another_city_than_the_district(
    district: str, state: str, address: str, city: str
) -> None:
    assert locate(india(district, state, address=address)).city == city


def test_coordinates_choose_between_cities_of_one_name() -> None:
    site = SiteRecord(city="Aurangabad", country="India", latitude=19.88, longitude=75.34)
    assert locate(site).city == "Chhatrapati Sambhajinagar"


def test_known_city_brings_its_own_coordinates() -> None:
    site = SiteRecord(city="Dwarka", postal_code="110075", country="India", latitude=22.24, longitude=68.97)
    place = locate(site)
    assert (place.city, place.latitude, place.longitude) == ("New Delhi", 28.62137, 77.2148)


@pytest.mark.parametrize(
    ("facility", "city", "hospital"),
    [
        ("Tata Memorial Centre", "Mumbai", "Tata Memorial Hospital"),
        ("Tata Memorial Hospital-Medical Oncology ( Site 2053)", "Mumbai", "Tata Memorial Hospital"),
        ("TATA Memorial Centre", "Kolkata", "Tata Medical Center, Kolkata"),
        ("ALL India Institute of medical Scieneces", "New Delhi", "AIIMS New Delhi"),
        ("IRCH, All India Institute of Medical Sciences", "Delhi", "AIIMS New Delhi"),
        ("AIIMS", "Khorda", "AIIMS Bhubaneswar"),
        ("Department of Endocrinology, PGIMER", "Chandigarh", "PGIMER Chandigarh"),
        (
            "Rajiv Ghandhi Cancer Institute and Research Centre",
            "Delhi",
            "Rajiv Gandhi Cancer Institute and Research Centre",
        ),
        (
            "Max Super Speciality Hospital, Shalimar Bagh",
            "Delhi",
            "Max Super Speciality Hospital, Shalimar Bagh",
        ),
        (
            "Max Super Speciality Hospital, Nowhere Vihar",
            "Delhi",
            "Max Hospital, Nowhere Vihar",
        ),
        ("St. John's Research Institute", "Bangalore", "St. John's Research Institute"),
        ("St John's Medical College Hospital", "Bangalore", "St. John's Medical College Hospital"),
        ("Malabar Cancer Care Society Kannur", "Kannur", "Malabar Cancer Care Society, Kannur"),
        (
            "Post Graduate Institute of Dental Sciences",
            "Rohtak",
            "Post Graduate Institute of Dental Sciences, Rohtak",
        ),
        ("Jupiter Eye Hospital", "Thane", "Jupiter Eye Hospital"),
        ("Apollo Dental Clinic", "Hyderabad", "Apollo Dental Clinic"),
        ("Namuna Hospitals & Research Center Pvt. Ltd., Pune", "Pune", "Namuna Hospital"),
        ("Namuna hospital and research centre (P) Ltd", "Pune", "Namuna Hospital"),
    ],
)
def test_hospital_has_one_name_and_branches_stay_apart(facility: str, city: str, hospital: str) -> None:
    assert locate(india(city, facility=facility)).hospital == hospital


@pytest.mark.parametrize(
    "facility",
    [
        "Research Site",
        "Research Site 30091-010",
        "Novartis Investigative Site",
        "Investigational Site Number : 3560006",
        "Local Institution - 007-1565",
        "GSK Investigational Site",
        "Site 12",
        "Dr. Sameer Bakhshi",
        "Dr.Sumeet Mirgh",
        "Anoop misra",
        "Chest Clinic, Dept. of Pulmonary Medicine",
        "Registered BABE centre",
        "",
        "-",
    ],
)
def test_anonymous_site_has_no_hospital(facility: str) -> None:
    place = locate(india("Mumbai", facility=facility))
    assert (place.hospital, place.city) == ("", "Mumbai")


@pytest.mark.parametrize(
    "facility",
    [
        "Dr. Agarwal's Eye Hospital Ltd.",
        "Hemato Oncology Clinic X",
        "Sangath",
        "Deep Griha Society",
        "Research Society of Pune Hospital",
        "Dr Reddys Laboratories",
        "MS Ramaiah",
        "Clinical Research Hospital of Pune City Trust",
    ],
)
def test_named_site_is_not_anonymous(facility: str) -> None:
    assert not is_anonymous(facility)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Korea, Republic of", "South Korea"),
        ("Republic of Korea", "South Korea"),
        ("Turkey (Türkiye)", "Türkiye"),
        ("Turkey", "Türkiye"),
        ("Russian Federation", "Russia"),
        ("Iran, Islamic Republic of", "Iran"),
        ("United States of America", "United States"),
        ("Côte d’Ivoire", "Côte d'Ivoire"),
        ("INDIA", "India"),
        ("Réunion", "Réunion"),
        ("", ""),
    ],
)
def test_country_has_one_name(written: str, name: str) -> None:
    assert country_name(written) == name


def test_site_outside_india_keeps_its_text() -> None:
    site = SiteRecord(
        "Research Site", "", "Bangalore", "TX", "1", "Korea, Republic of", latitude=1, longitude=2
    )
    assert locate(site) == Place("Research Site", "Bangalore", "TX", "South Korea", 1, 2, "as written")


@pytest.mark.parametrize(
    ("text", "state", "slug"),
    [
        ("Madhurai", "", "madurai"),
        ("Belgavi", "Karnataka", "belagavi"),
        ("Raipur", "Uttar Pradesh", None),
        ("Kannpur", "Kerala", None),
        ("Nagaur", "Maharashtra", None),
        ("Pun", "", None),
    ],
)
def test_spelling_slips_keep_the_skeleton(text: str, state: str, slug: str | None) -> None:
    city = near_city(text, state)
    assert (city.slug if city else None) == slug


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Maharahstra", "Maharashtra"),
        ("Karntakaka", "Karnataka"),
        ("Orisa", "Odisha"),
        ("Tamil NADU", "Tamil Nadu"),
        ("Gujarat, India", "Gujarat"),
        ("Kolhapur", ""),
        ("Goat", ""),
        ("Choose Any State/Province", ""),
    ],
)
def test_states_and_their_slips(text: str, state: str) -> None:
    assert near_state(text) == state


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("400 012",), "400012"),
        (("400012,",), "400012"),
        (("-410210",), "410210"),
        (("110 062.",), "110062"),
        (("4000012",), ""),
        (("38007",), ""),
        (("", "Delhi 110029"), "110029"),
        (("999999",), ""),
    ],
)
def test_postal_code_is_found(texts: tuple[str, ...], code: str) -> None:
    assert find_pin(*texts).code == code
