"""What the parser makes of single values: closed words, blanks, ages, dates, addresses."""

import re

import pytest

from importers.records import ParseError
from importers.registries.ctri import parse
from importers.registries.ctri.words import day, years
from tests.importers.test_ctri import PAGES
from trials.choices import Phase, Sex, Status
from trials.record import Notice, SecondaryId, TrialRecord

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
        (b"Not Applicable", b"Open to Recruitment", Status.RECRUITING),
        (b"", b"Open to Recruitment", Status.RECRUITING),
        (b"Withdrawn", b"Open to Recruitment", Status.WITHDRAWN),
        (b"Temporarily Halted", b"", Status.SUSPENDED),
        (b"Opened", b"Open to Recruitment", Status.UNKNOWN),
        (b"", b"Opened", Status.UNKNOWN),
        (b"OPEN TO  RECRUITMENT", b"", Status.RECRUITING),
    ],
)
def test_status_is_indias_and_the_global_one_only_where_indias_is_blank(
    india: bytes, world: bytes, status: Status
) -> None:
    record = with_statuses(india, world)
    assert record.status == status
    assert {site.status for site in record.sites} <= {status, None}


@pytest.mark.parametrize("countries", [b"India<br>Germany", b"", b"Germany"])
def test_global_status_is_not_indias_where_india_is_not_the_only_country(countries: bytes) -> None:
    page = PAGE.replace(INDIA, b"&nbsp;").replace(
        WORLD, WORLD.replace(b"Not Applicable", b"Open to Recruitment")
    )
    where = re.search(rb"Countries of Recruitment.*?<td[^>]*>(.*?)</td>", page, re.DOTALL)
    assert where
    record = parse(page[: where.start(1)] + countries + page[where.end(1) :])
    assert (record.status, {site.status for site in record.sites}) == (Status.UNKNOWN, {Status.UNKNOWN})
    assert record.notices == (
        Notice(
            "Recruitment Status of Trial (India)",
            "not stated; Recruitment Status of Trial (Global): Open to Recruitment",
        ),
    )


@pytest.mark.parametrize(
    ("word", "phases"),
    [
        (b"Phase 2/ Phase 3", (Phase.PHASE2, Phase.PHASE3)),
        (b"Phase 3/Phase 4", (Phase.PHASE3, Phase.PHASE4)),
        (b"Post Marketing Surveillance", (Phase.PHASE4,)),
        (b"Phase 0", (Phase.EARLY_PHASE1,)),
        (b"N/A", ()),
        (b"NA", ()),
        (b"Not Applicable", ()),
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
        (b"Both&nbsp;", b"Transgender", "Gender", "Transgender"),
        (b"1.00 Year(s)", b"one", "Age From", "one"),
        (b"1.00 Year(s)", b"18.00", "Age From", "18.00"),
        (b"1.00 Year(s)", b"31 Year(s)", "Age To", "30.00 Year(s), but Age From 31 Year(s)"),
        (b"11/11/2024", b"31/02/2024", "Last Modified On", "31/02/2024"),
        (b'Size="48"', b'Size="many"', "Target Sample Size", "many"),
        (b"Phase of Trial", b"Phase of Trail", "Phase of Trail", "Phase 1/ Phase 2"),
    ],
)
def test_unknown_words_are_noted_and_the_record_is_taken(
    old: bytes, new: bytes, field: str, value: str
) -> None:
    record = with_text(old, new)
    assert Notice(field, value) in record.notices
    assert (record.registry_id, len(record.sites)) == ("CTRI/2023/03/050689", 2)


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        (b"No of Sites = 2", b"No of Sites = 3", "Sites of Study", "No of Sites = 3, but 2 rows"),
        (b"Trial (India)", b"Trial (Indien)", "Recruitment Status of Trial (Indien)", "Open to Recruitment"),
        (b"Sites of Study", b"Places", "Sites of Study", "row missing"),
        (b"Name of Site", b"Hospital", "Sites of Study", None),
    ],
)
def test_nothing_is_taken_where_sites_or_statuses_cannot_be_read(
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


def test_second_different_value_for_a_label_is_not_taken() -> None:
    next_row = b'<tr>\n<td valign="top"><b>Publication Details'
    record = with_text(next_row, b"<tr><td>Phase of Trial</td><td>Phase 3</td></tr>" + next_row)
    assert record.phases == ()
    assert record.notices[0] == Notice("Phase of Trial", "given twice with different values: Phase 3")


def test_second_different_status_is_refused() -> None:
    next_row = b'<tr>\n<td valign="top"><b>Publication Details'
    with pytest.raises(ParseError, match="Recruitment Status"):
        with_text(next_row, b"<tr><td>Recruitment Status (India)</td><td>Completed</td></tr>" + next_row)


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
    [
        ("18.00 Year(s)", 18.0),
        ("6.00 Month(s)", 0.5),
        ("18 Year(s) 0 Month(s)", 18.0),
        ("1 Year(s) 6 Month(s)", 1.5),
        ("0.00 Year(s)", 0.0),
        ("Year(s)", None),
        ("No Limit", None),
        ("Nil", None),
        ("", None),
    ],
)
def test_age_in_years(text: str, age: float | None) -> None:
    assert years("CTRI/1", "Age From", text) == age


@pytest.mark.parametrize(
    ("size", "people"), [(b"1,200", 1200), (b"1,20,000", 120000), (b"Nil", None), (b"", None), (b"1,2", None)]
)
def test_sample_size(size: bytes, people: int | None) -> None:
    assert with_text(b'Sample Size="48"', b'Sample Size="' + size + b'"').enrollment == people


def test_final_number_of_people_stands_beside_the_planned_one() -> None:
    old = re.search(rb"Final Enrollment numbers achieved \(Total\).*?&nbsp;", PAGE, re.DOTALL)
    assert old
    new = b"""%(Total)= "58"<br> %(India)="1,005" """.replace(b"%", b"Final Enrollment numbers achieved ")
    record = with_text(old[0], new)
    assert (record.enrollment, record.enrollment_is_actual) == (48, False)
    assert (record.enrollment_reached, record.enrollment_reached_india) == (58, 1005)
    assert parse(PAGE).enrollment_reached is None


@pytest.mark.parametrize(
    ("written", "months"),
    [
        (b'Years="1"<br> Months="6"<br> Days="0"', 18),
        (b'<b>Years=</b>"0"<br><b>Months=</b>"4"<br><b>Days=</b>"10"', 5),
        (b'Years="0" Months="0" Days="0"', None),
        (b'Years="" Months="" Days=""', None),
        (b'Years="two" Months="0" Days="0"', None),
        (b"", None),
    ],
)
def test_estimated_duration(written: bytes, months: int | None) -> None:
    row = re.search(rb"Estimated Duration of Trial.*?<td[^>]*>(.*?)</td>", PAGE, re.DOTALL)
    assert row
    assert parse(PAGE[: row.start(1)] + written + PAGE[row.end(1) :]).duration_months == months


@pytest.mark.parametrize("number", ["REF/2021/08/046159", "REFCTRI/2010/000123"])
def test_number_of_the_submission_is_read_from_its_comment(number: str) -> None:
    row = f"<!--<tr><td><b>Acknowledgement Number&nbsp;</td><td>{number}&nbsp;</td></tr>--><tr>".encode()
    at = PAGE.index(b"<tr", PAGE.index(b"Last Modified"))
    record = parse(PAGE[:at] + row + PAGE[at + 4 :])
    assert record.secondary_ids[-1] == SecondaryId(number, "Acknowledgement Number", "CTRI")


@pytest.mark.parametrize("text", ["", "No Date Specified", "Date Missing", "00/00/0000"])
def test_no_date_is_none(text: str) -> None:
    assert day("CTRI/1", "Date", text) is None
