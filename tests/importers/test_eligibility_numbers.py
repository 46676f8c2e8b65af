"""Lines of treatment that people must have had, and the worst ECOG status that may join."""

import pytest

from tests.importers.eligibility_criteria import joins, leaves


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2", "Relapsed or refractory after at least 2 lines of systemic therapy"),
        ("3", "Received at least 3 prior lines of therapy including a PI, an IMiD and an anti-CD38 antibody"),
        ("2", "At least two prior systemic treatment regimens"),
        ("2", "Refractory disease after ≥2 lines of chemotherapy"),
        ("2", "Have failed two or more lines of therapy"),
        ("3", "Subjects must have received 3 or more prior treatment regimens"),
        ("2", "Failure of second-line or later systemic therapy"),
        ("3", "Progression after three or more lines of treatment"),
        ("1", "Patients previously treated with at least one line of standard systemic therapy"),
        ("1", "Disease progression after 1 prior line"),
        ("4", "Have received ≥ 4 prior lines of anti-myeloma therapy"),
        ("3", "Received a minimum of three prior lines of therapy"),
        ("3", "Have been treated with more than 2 lines of therapy"),
        ("2", "relapsed after two prior therapies"),
        ("1", "Relapse or progression within 12 months of first-line therapy"),
        ("1", "Refractory to first line chemoimmunotherapy"),
        ("2", "At least two (2) prior lines of systemic therapy"),
        ("2", "Two prior lines of therapy are required"),
        ("2", "relapsed/refractory to ≥ 2 prior therapies"),
        ("2", "Relapse after 2 or more lines of systemic therapy or after autologous transplant"),
        ("3", "Have received at least 3 different prior lines of therapy for multiple myeloma"),
        ("2", "Subject must have had at least two previous lines of systemic treatment"),
        ("2", "At least 2 prior therapies, one of which contained rituximab"),
        ("2", "Patients who have failed standard second-line treatment"),
        ("2", "Failed first-line and second-line treatment"),
        ("1", "Failed at least one prior regimen"),
        ("3", "At least three prior regimens, including an IMiD"),
        ("2", "Progressed on or intolerant to at least 2 lines of standard therapy"),
        ("2", "previously received 2-4 prior lines of therapy"),
        ("", "No more than 3 prior lines of therapy"),
        ("", "At least 2 weeks since prior therapy"),
        ("", "Previously received at least 2 cycles of chemotherapy"),
        ("", "Previously untreated disease"),
        ("", "At least two weeks must have elapsed since any prior systemic therapy"),
        ("", "Primary refractory: no response after two cycles of induction chemotherapy"),
        ("", "Washout of at least 5 half-lives since previous treatment"),
        ("", "At least 1 measurable lesion after prior therapy"),
    ],
)
def test_min_prior_lines_among_the_inclusions(value: str, text: str) -> None:
    assert joins("min_prior_lines", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1", "ECOG performance status ≥ 2"),
        ("1", "ECOG > 1"),
        ("2", "ECOG performance status of 3-4"),
        ("1", "ECOG performance status of 2 or higher"),
        ("2", "ECOG performance status greater than 2"),
    ],
)
def test_ecog_max_among_the_exclusions(value: str, text: str) -> None:
    assert leaves("ecog_max", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1", "ECOG performance status 0 to 1"),
        ("2", "ECOG performance status less than or equal to two"),
        ("1", "Eastern Cooperative Oncology Group (ECOG) score ≤1"),
        ("2", "ECOG score: 0~2"),
        ("3", "ECOG PS of 0, 1, 2 or 3"),
        ("2", "ECOG performance status less than or equal to 2"),
        ("1", "ECOG performance status of 1 or less"),
        ("2", "ECOG \\<3"),
        ("2", "ECOG performance status =\\< 2 (Karnofsky >= 60%)"),
        ("2", "Karnofsky score ≥ 60 or ECOG 0-2"),
        ("2", "Performance status of 0-2 by ECOG"),
        ("2", "ECOG performance status ≤ grade 2"),
        (
            "1",
            "Eastern Cooperative Oncology Group performance status of 0 or 1 and life expectancy of 12 weeks",
        ),
        ("2", "Age 18-70; ECOG physical status 0–2"),
        ("2", "ECOG not exceeding 2"),
        ("1", "ECOG (Eastern Cooperative Oncology Group) grade 0 and 1"),
        ("1", "ECOG: 0-1 points"),
        ("2", "Eastern Cooperative Oncology Group (ECOG) performance status must be 0, 1 or 2"),
        ("2", "ECOG score of at most 2"),
        ("1", "ECOG PS ≦ 1"),
        ("2", "Physical condition: ECOG score 0 to 2, expected survival over 3 months"),
        ("1", "ECOG performance status of 0 – 1"),
        ("2", "ECOG performance status < or = 2"),
        ("2", "Karnofsky or Lansky ≥ 50, or ECOG 0-2"),
        ("0", "ECOG 0"),
        ("2", "ECOG performance status of 2 or lower"),
        ("1", "Performance status (ECOG) 0/1"),
        ("", "Karnofsky performance status of at least 70%"),
        ("", "Adequate performance status"),
    ],
)
def test_ecog_max_among_the_inclusions(value: str, text: str) -> None:
    assert joins("ecog_max", text) == value
