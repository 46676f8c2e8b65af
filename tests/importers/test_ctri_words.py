"""What the parser makes of single values: closed words, blanks, ages, dates, addresses."""

import pytest

from importers.records import ParseError, TrialRecord
from importers.registries.ctri import parse
from importers.registries.ctri.sites import split_address
from importers.registries.ctri.words import day, years
from tests.importers.test_ctri import PAGES
from trials.choices import Phase, Sex, Status

PAGE = (PAGES / "r01_2023_03_050689.html").read_bytes()
INDIA = b"Open to Recruitment&nbsp;"
WORLD = (
    b'<td valign="top">Not Applicable&nbsp;</td>\n</tr>\n<tr>\n'
    b'<td valign="top"><b>Recruitment Status of Trial (India)'
)


def with_text(old: bytes, new: bytes) -> TrialRecord:
    assert PAGE.count(old) >= 1
    return parse(PAGE.replace(old, new))


def with_statuses(india: bytes, world: bytes) -> TrialRecord:
    page = PAGE.replace(INDIA, india + b"&nbsp;")
    assert WORLD in page
    return parse(page.replace(WORLD, WORLD.replace(b"Not Applicable", world)))


@pytest.mark.parametrize(
    ("india", "world", "status"),
    [
        (b"Completed", b"Open to Recruitment", Status.COMPLETED),
        (b"Open to Recruitment", b"Completed", Status.RECRUITING),
        (b"Other (Terminated)", b"", Status.TERMINATED),
        (b"Terminated", b"", Status.TERMINATED),
        (b"", b"Suspended", Status.SUSPENDED),
        (b"", b"Not Applicable", Status.UNKNOWN),
        (b"", b"", Status.UNKNOWN),
        (b"Not Applicable", b"Open to Recruitment", Status.UNKNOWN),
        (b"OPEN TO  RECRUITMENT", b"", Status.RECRUITING),
    ],
)
def test_status_is_indias_and_the_global_one_only_where_indias_is_blank(
    india: bytes, world: bytes, status: Status
) -> None:
    assert with_statuses(india, world).status == status


@pytest.mark.parametrize(
    ("word", "phases"),
    [
        (b"Phase 2/ Phase 3", (Phase.PHASE2, Phase.PHASE3)),
        (b"Phase 3/Phase 4", (Phase.PHASE3, Phase.PHASE4)),
        (b"Post Marketing Surveillance", (Phase.PHASE4,)),
        (b"N/A", ()),
        (b"", ()),
    ],
)
def test_phase_words(word: bytes, phases: tuple[Phase, ...]) -> None:
    assert with_text(b"Phase 1/ Phase 2&nbsp;", word).phases == phases


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        (INDIA, b"Opened", "Recruitment Status of Trial (India)", "Opened"),
        (b"Phase 1/ Phase 2&nbsp;", b"Phase 5", "Phase of Trial", "Phase 5"),
        (b"Interventional&nbsp;", b"Intervention", "Type of Trial", "Intervention"),
        (b"Both&nbsp;", b"Other", "Gender", "Other"),
        (b"1.00 Year(s)", b"one", "Age From", "one"),
        (b"11/11/2024", b"31/02/2024", "Last Modified On", "31/02/2024"),
        (b'Size="48"', b'Size="many"', "Target Sample Size", None),
        (b"No of Sites = 2", b"No of Sites = 3", "Sites of Study", "No of Sites = 3, but 2 rows"),
    ],
)
def test_unknown_words_name_trial_field_and_value(
    old: bytes, new: bytes, field: str, value: str | None
) -> None:
    with pytest.raises(ParseError) as problem:
        with_text(old, new)
    assert (problem.value.registry_id, problem.value.field) == ("CTRI/2023/03/050689", field)
    assert value in (None, problem.value.value)


@pytest.mark.parametrize(
    "number", [b"CTRI/2023/03/05068", b"CTRI/2023/03/0506891", b"REF/2023/03/050689", b""]
)
def test_page_without_a_valid_number_is_refused(number: bytes) -> None:
    with pytest.raises(ParseError) as problem:
        with_text(b"<b>CTRI/2023/03/050689</b>", number)
    assert (problem.value.registry_id, problem.value.field) == ("", "CTRI Number")


def test_second_different_value_for_a_label_is_refused() -> None:
    next_row = b'<tr>\n<td valign="top"><b>Publication Details'
    with pytest.raises(ParseError, match="Phase of Trial"):
        with_text(next_row, b"<tr><td>Phase of Trial</td><td>Phase 3</td></tr>" + next_row)


def test_labels_inside_the_summary_are_not_rows() -> None:
    table = b"<table><tr><td>Phase of Trial</td><td>Phase 3</td></tr></table>"
    record = with_text(b"This summary was written for testing.", table)
    assert (record.phases, record.summary) == ((Phase.PHASE1, Phase.PHASE2), "Phase of Trial\nPhase 3")


def test_form_for_traditional_medicine_has_columns_of_its_own() -> None:
    old = PAGE[PAGE.index(b"Intervention / Comparator Agent") : PAGE.index(b"<b>Inclusion Criteria")]
    table = (
        "Intervention / Comparator Agent</b></td><td><table><tr><td>sno</td><td>Intervention/Comparator</td>"
        "<td>Type</td><td>Drug-Type</td><td>Procedure Name</td><td>Details</td></tr><tr><td>1</td>"
        "<td>Intervention</td><td>Procedure</td><td>-</td><td>kaTibastiH, कटिबस्तिः</td><td>daily</td></tr>"
        "</table></td></tr><tr><td>"
    )
    (given,) = with_text(old, table.encode()).interventions
    assert (given.kind, given.name, given.description) == ("Intervention", "kaTibastiH, कटिबस्तिः", "daily")


def test_traditional_condition_stands_beside_the_coded_one() -> None:
    new = b", (1) ICD-10 Condition: M543||Sciatica. Ayurveda Condition: GRUDHRASI,"
    record = with_text(b"(1) ICD-10 Condition: C910||Acute lymphoblastic leukemia [ALL],", new)
    assert (record.conditions, record.icd10_codes) == (("Sciatica", "GRUDHRASI"), ("M543",))


def test_characters_no_database_holds_are_dropped() -> None:
    record = with_text(b"A new kind of treatment", b"A\x00 new&#0; kind&#xD800; of&#11; treatment")
    assert record.title.replace("\ufffd", "").startswith("A new kind of treatment")
    assert "\x00" not in record.title
    assert "\ud800" not in record.title


def test_cp1252_bytes_in_a_utf8_page_are_read_as_cp1252() -> None:
    assert with_text("patient’s".encode(), b"patient\x92s").title == parse(PAGE).title


def test_unknown_trialid_leads_to_the_search_page() -> None:
    record = with_text(b"trialid=80740", b"trialid=")
    assert record.url == "https://ctri.nic.in/Clinicaltrials/advancesearchmain.php"


def test_blank_people_are_left_out() -> None:
    record = parse((PAGES / "r22_2008_091_000052.html").read_bytes())
    assert [person.name for person in (*record.officials, *record.contacts)] == ["Dr. Urmila Thatte"]
    assert record.sex == Sex.ALL


@pytest.mark.parametrize(
    ("text", "age"),
    [("18.00 Year(s)", 18.0), ("6.00 Month(s)", 0.5), ("", None), ("Year(s)", None), ("0.00 Year(s)", 0.0)],
)
def test_age_in_years(text: str, age: float | None) -> None:
    assert years("CTRI/1", "Age From", text) == age


@pytest.mark.parametrize("text", ["", "No Date Specified", "Date Missing", "00/00/0000"])
def test_no_date_is_none(text: str) -> None:
    assert day("CTRI/1", "Date", text) is None


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
        ("Somewhere in Maharashtra", ("Somewhere in Maharashtra", "", "")),
        ("", ("", "", "")),
    ],
)
def test_address_ends_in_district_and_state(address: str, split: tuple[str, str, str] | None) -> None:
    whole = split_address(address)
    assert split in (None, whole)
    assert " ".join(part for part in whole if part).split() == address.split()
