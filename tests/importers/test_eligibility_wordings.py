"""Ways in which criteria let people in, shut them out, or ask something of those whom a facet is about."""

import pytest

from tests.importers.eligibility_criteria import joins, leaves, told


@pytest.mark.parametrize(
    ("facet", "criterion"),
    [
        ("cns_disease", "People with CNS lymphoma in the past can take part after its treatment"),
        ("hiv", "Adults who are HIV positive may join on antiretroviral drugs"),
        ("hiv", "HIV-infected patients must take antiretroviral drugs"),
        ("hepatitis_b_c", "Patients with known hepatitis C must have completed treatment"),
        ("hepatitis_b_c", "If anti-HBc is positive, HBV DNA has to be undetectable"),
        ("prior_car_t", "Patients who have been treated with CAR T cells and are not in remission"),
        ("prior_car_t", "Lymphoma that came back after CAR T-cell therapy"),
        ("cns_disease", "Mantle cell lymphoma with secondary CNS disease"),
        ("prior_car_t", "If gene therapy was given in the past, none may be found in blood"),
        ("prior_allo_sct", "Post-transplant relapse"),
        ("prior_allo_sct", "At least 4 months after alloBMT"),
    ],
)
def test_criteria_for_joining_let_in(facet: str, criterion: str) -> None:
    assert joins(facet, criterion) == "allowed"


@pytest.mark.parametrize(
    ("facet", "criterion"),
    [
        ("hiv", "Patients must have negative tests for HIV"),
        ("hiv", "Participants who give consent must be HIV negative"),
        ("hiv", "HIV seronegativity"),
        (
            "pregnancy",
            "Women who could bear children must have a pregnancy test on the day, which has to be negative",
        ),
        ("pregnancy", "Nonpregnant women"),
        ("hepatitis_b_c", "Patients with hepatitis B must not be enrolled"),
    ],
)
def test_criteria_for_joining_shut_out(facet: str, criterion: str) -> None:
    assert joins(facet, criterion) == "excluded"


@pytest.mark.parametrize(
    ("facet", "criterion"),
    [
        ("prior_car_t", "No previous cell therapy is permitted"),
        ("prior_car_t", "Engineered T cells given earlier"),
        ("prior_allo_sct", "Autologous transplant within 6 months or ever an allogeneic transplant"),
        ("cns_disease", "The leukaemia involves the brain"),
        ("hiv", "Acquired immune deficiency syndrome"),
        ("autoimmune_active", "Immune-mediated disease that needs steroids"),
        ("pregnancy", "Expectant mothers"),
        ("prior_allo_sct", "Received a haploidentical bone marrow transplant"),
        ("cns_disease", "Extramedullary relapse, e.g. in the CNS"),
    ],
)
def test_bars_shut_out(facet: str, criterion: str) -> None:
    assert leaves(facet, criterion) == "excluded"


@pytest.mark.parametrize(
    ("facet", "criterion"),
    [
        ("hiv", "Needs a stick, a frame or other walking aids"),
        ("hiv", "Takes an HIV protease inhibitor"),
        ("hiv", "HIV RNA above 50 copies"),
        ("cns_disease", "Brain metastases as the only measurable lesion"),
    ],
)
def test_words_that_only_look_alike_say_nothing(facet: str, criterion: str) -> None:
    assert leaves(facet, criterion) == "not_stated"


def test_what_follows_a_disease_denies_it_only_by_its_absence() -> None:
    assert joins("hiv", "HIV infection without earlier treatment") == "not_stated"
    assert joins("hiv", "HIV test: non-reactive") == "excluded"


def test_lines_of_a_chart_and_no_fewer_than() -> None:
    assert told("min_prior_lines", "Vision changed by more than 2 lines of letters").value == ""
    assert told("min_prior_lines", "Had no fewer than three prior lines of therapy").value == "3"


def test_a_bar_on_harm_by_earlier_treatment_lets_the_others_in() -> None:
    found = told("prior_car_t", "Adults", "Earlier CAR-T cells with severe neurotoxicity")
    assert (found.value, found.limit) == ("allowed", "on a condition")


def test_lines_that_are_asked_for_last() -> None:
    assert told("min_prior_lines", "Earlier therapies: two or more").value == "2"


def test_a_status_shut_out_among_the_criteria_for_joining() -> None:
    assert told("ecog_max", "Those with an ECOG status of 2 or above are excluded").value == "1"
    assert told("ecog_max", "ECOG 0-2; people who cannot consent are not eligible").value == "2"


def test_another_illness_of_the_brain_leaves_its_cancer_a_bar() -> None:
    assert leaves("cns_disease", "Leukaemia in the CNS or brain injury such as stroke") == "excluded"
    assert leaves("cns_disease", "CNS disorder such as stroke or dementia") == "not_stated"


def test_an_exception_for_those_who_still_have_the_antigen_lets_them_in() -> None:
    bar = "Earlier CD22-directed treatment, except where the blasts still express CD22"
    found = told("prior_same_target", "Adults", bar, title="CD22 CAR-T")
    assert (found.value, found.limit) == ("allowed", "on a condition")


@pytest.mark.parametrize(
    "criterion",
    ["Earlier lines of treatment: at least 3", "Relapsed on, or refractory to, three or more therapies"],
)
def test_lines_are_counted_wherever_the_number_stands(criterion: str) -> None:
    assert told("min_prior_lines", criterion).value == "3"


@pytest.mark.parametrize(
    ("facet", "criterion", "value"),
    [
        ("hiv", "Controlled HIV, hepatitis C or hepatitis B is accepted", "allowed"),
        ("hiv", "HIV (past hepatitis C is accepted)", "excluded"),
        ("prior_car_t", "Earlier CAR-T cells (earlier chemotherapy is accepted)", "excluded"),
        ("prior_car_t", "CAR-T cells received at any time, or chemotherapy within 2 weeks", "excluded"),
        ("prior_car_t", "Had an anti-CD22 antibody or any CAR-T cells", "excluded"),
    ],
)
def test_what_is_accepted_is_what_is_spoken_of(facet: str, criterion: str, value: str) -> None:
    assert leaves(facet, criterion) == value


@pytest.mark.parametrize(
    ("whole", "value"),
    [
        ("Who can join:\nAdults\nWho cannot join: people with HIV; smokers", "excluded"),
        ("Not eligible:\nHIV\nSmoking", "excluded"),
        ("Patients cannot take part if they have any of the following\n1. HIV\n2. Fever", "excluded"),
        ("You can take part: adults, HIV under treatment is accepted", "allowed"),
    ],
)
def test_headings_in_plain_words(whole: str, value: str) -> None:
    assert told("hiv", whole=whole).value == value


def test_a_number_that_ends_a_sentence_opens_no_list() -> None:
    assert told("ecog_max", "1. Adults 2. ECOG 0 or 1. Able to consent").value == "1"
    assert told("ecog_max", "ECOG status 0 / 1. Signed consent").value == "1"
