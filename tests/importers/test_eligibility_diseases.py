"""Diseases and pregnancy: excluding only while active is excluding."""

import pytest

from tests.importers.eligibility_criteria import joins, leaves


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "Active central nervous system involvement by malignancy"),
        ("excluded", "Patients with extramedullary lesions or active CNSL"),
        ("excluded", "CNS-3 leukemia"),
        ("excluded", "Plasma cell leukemia; known central nervous system (CNS) involvement by myeloma"),
        ("excluded", "Patients with secondary CNS lymphoma"),
        ("excluded", "Brain metastasis or leptomeningeal disease unless treated and stable for 4 weeks"),
        ("excluded", "Central nervous system leukemia (CNSL) that is not controlled"),
        ("excluded", "Lymphoma involving the central nervous system"),
        ("excluded", "Malignant cells in the cerebrospinal fluid"),
        ("excluded", "Symptomatic CNS-2 disease"),
        ("excluded", "Presence of CNS-3 disease or CNS-2 with neurological changes"),
        ("excluded", "History of brain tumor"),
        ("excluded", "Lymphoma cells found in the CSF"),
        ("not_stated", "History of central nervous system diseases such as epilepsy"),
        ("not_stated", "Subject has a history of intracranial hemorrhage"),
        ("not_stated", "Patients with CNS symptoms"),
        ("not_stated", "Stroke or intracranial bleeding within 6 months"),
        (
            "not_stated",
            "A disorder of the CNS, such as epilepsy or dementia, or autoimmune disease with CNS involvement",
        ),
        ("not_stated", "Degenerative CNS disease"),
    ],
)
def test_cns_disease_among_the_exclusions(value: str, text: str) -> None:
    assert leaves("cns_disease", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "No CNS involvement"),
        ("excluded", "Patients must not have active CNS involvement"),
        ("allowed", "Patients with CNS disease are eligible if asymptomatic"),
        ("allowed", "Recurrent diffuse intrinsic pontine glioma (DIPG)"),
        ("allowed", "Histologically confirmed primary central nervous system lymphoma"),
        ("allowed", "Patients with treated brain metastases that are stable may enroll"),
        ("not_stated", "Adequate central nervous system function: no seizure disorder"),
    ],
)
def test_cns_disease_among_the_inclusions(value: str, text: str) -> None:
    assert joins("cns_disease", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "Active or chronic HBV or HCV infection"),
        (
            "excluded",
            "Any uncontrolled active infection, such as but not limited to hepatitis B and HIV",
        ),
        ("excluded", "HBsAg positive or HBV DNA > 1000 copies/ml; HCV antibody positive"),
        ("excluded", "Viral hepatitis"),
        ("excluded", "Active hepatitis"),
        ("excluded", "Uncontrolled HBV (carriers with undetectable DNA are permitted)"),
        ("excluded", "Positive HBsAg. People without HBV DNA are eligible"),
        ("allowed", "Subjects with hepatitis B or C are eligible if PCR is negative"),
        ("not_stated", "Autoimmune hepatitis"),
    ],
)
def test_hepatitis_b_c_among_the_exclusions(value: str, text: str) -> None:
    assert leaves("hepatitis_b_c", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "Negative for hepatitis B surface antigen and hepatitis C antibody"),
        ("excluded", "No active hepatitis B, hepatitis C or HIV"),
        ("excluded", "HIV, HBV and HCV negative"),
        ("allowed", "Patients with past HBV infection are eligible if HBV DNA is undetectable"),
    ],
)
def test_hepatitis_b_c_among_the_inclusions(value: str, text: str) -> None:
    assert joins("hepatitis_b_c", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "Seropositive for HIV"),
        ("excluded", "Infected with AIDS virus"),
        ("excluded", "HIV infection, unless on ART with undetectable load"),
        ("not_stated", "Immunodeficiency disease"),
        ("not_stated", "Congenital immunodeficiency"),
    ],
)
def test_hiv_among_the_exclusions(value: str, text: str) -> None:
    assert leaves("hiv", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "No active hepatitis B, hepatitis C, or HIV infection"),
        ("excluded", "Serum HIV antibody negative"),
        ("allowed", "HIV-positive patients with undetectable viral load are eligible"),
    ],
)
def test_hiv_among_the_inclusions(value: str, text: str) -> None:
    assert joins("hiv", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "Known active autoimmune disease, including but not limited to lupus"),
        (
            "excluded",
            "History of autoimmune disease (e.g. Crohn) requiring immunosuppression in the last 2 years",
        ),
        (
            "excluded",
            "Uncontrolled systemic autoimmune disease; patients with controlled thyroiditis are allowed",
        ),
        ("excluded", "Patients with a history of autoimmune disease are not eligible"),
        ("not_stated", "Autoimmune hemolytic anemia"),
        ("not_stated", "Lung disease caused by any autoimmune disorder"),
    ],
)
def test_autoimmune_active_among_the_exclusions(value: str, text: str) -> None:
    assert leaves("autoimmune_active", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "No active autoimmune disease requiring immunosuppressive therapy"),
        ("not_stated", "Refractory systemic lupus erythematosus, an autoimmune disease"),
    ],
)
def test_autoimmune_active_among_the_inclusions(value: str, text: str) -> None:
    assert joins("autoimmune_active", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "Pregnant or breastfeeding women"),
        ("excluded", "Women who are lactating"),
        ("excluded", "Females who are nursing"),
        ("not_stated", "Elevated lactate dehydrogenase"),
        ("not_stated", "Women of childbearing potential who refuse contraception"),
    ],
)
def test_pregnancy_among_the_exclusions(value: str, text: str) -> None:
    assert leaves("pregnancy", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "Women of childbearing potential must have a negative serum pregnancy test"),
        ("excluded", "Female subjects must not be pregnant or breast-feeding"),
        ("excluded", "Not pregnant"),
        ("excluded", "Negative serum β-HCG"),
        ("allowed", "Pregnancy will not be considered an exclusion criterion"),
        ("not_stated", "Men must use condoms with pregnant partners"),
        ("not_stated", "Must agree to use contraception to avoid pregnancy for one year"),
    ],
)
def test_pregnancy_among_the_inclusions(value: str, text: str) -> None:
    assert joins("pregnancy", text) == value
