"""Earlier treatment: CAR T, anything against the same antigen, transplants from others."""

import pytest

from tests.importers.eligibility_criteria import joins, leaves


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            "excluded",
            "Prior treatment with any CAR T-cell therapy or other genetically modified T-cell therapy",
        ),
        ("excluded", "Prior adoptive cellular therapy of any kind other than stem cell transplantation"),
        ("excluded", "Patients who received CAR-T cells before"),
        ("excluded", "Previous use of any CAR-T cell product or other genetically modified T cell therapies"),
        ("excluded", "Received CAR-T or any other gene-modified cell therapy in the past"),
        ("excluded", "Have used any gene therapy products before"),
        ("excluded", "Treatment with any gene therapy or cell therapy product"),
        ("excluded", "Patients who have participated in other CAR-T clinical trials"),
        ("excluded", "Prior gene therapy using an integrating vector"),
        ("excluded", "Previously treated with genetically modified T cells"),
        ("excluded", "Prior exposure to genetically engineered cell products"),
        ("excluded", "Subjects who have previously undergone CAR-T treatment"),
        ("excluded", "Treated previously with any CAR-T product"),
        ("excluded", "Patient has previously been given gene-modified T cells including TCR-T and CAR-T"),
        (
            "excluded",
            "History of CAR-T therapy or any other cell therapy product (including investigational)",
        ),
        ("excluded", "Patients who have received prior T cell therapy are excluded"),
        ("excluded", "Received treatment with CAR-T cell therapy that targets any antigen"),
        ("allowed", "Subjects who had been treated with CAR-T therapy within 3 months before enrollment"),
        ("allowed", "Any prior immunotherapy including CAR-T within 28 days of leukapheresis"),
        ("allowed", "CAR-T cell therapy within 6 months prior to apheresis"),
        (
            "allowed",
            "Prior treatment with any other engineered T cell therapy, unless approved by the sponsor",
        ),
        ("allowed", "Received any cell therapy within 12 weeks"),
        ("allowed", "Patients with previous CAR-T cell therapy who did not respond"),
        ("not_stated", "Steroids within 3 days prior to CAR-T cell infusion"),
        (
            "not_stated",
            "Live vaccine within 6 weeks before lymphodepletion or planned after CAR-T cells",
        ),
        ("not_stated", "Allergy to any ingredient of the CAR-T cell product"),
        ("not_stated", "Patients not suitable for CAR-T therapy in the opinion of the investigator"),
        ("not_stated", "Women who plan to become pregnant within 2 years after cell infusion"),
        ("not_stated", "Received donor lymphocyte infusion within 6 weeks before CAR-T cell infusion"),
        ("not_stated", "Radiotherapy within 2 weeks before CAR-T infusion"),
        ("not_stated", "Expected to receive other cell therapy during the trial"),
        ("not_stated", "Prior treatment with CD19-targeted CAR-T cells"),
        ("not_stated", "Ongoing toxicities from previous CAR T therapy"),
        ("not_stated", "Systemic anti-cancer treatment within 2 weeks prior to CAR-T infusion"),
        ("not_stated", "Active infection requiring treatment before CAR T-cell infusion"),
        ("not_stated", "Hypersensitivity to cyclophosphamide, fludarabine or CAR-T product"),
        ("not_stated", "Patients who received chemotherapy within 2 weeks before CAR-T treatment"),
    ],
)
def test_prior_car_t_among_the_exclusions(value: str, text: str) -> None:
    assert leaves("prior_car_t", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "No previous CAR-T cell therapy"),
        ("excluded", "Subjects must not have received any prior gene therapy"),
        ("excluded", "Have not previously received CAR-T therapy"),
        ("allowed", "Relapsed or refractory after CD19 CAR-T therapy"),
        ("allowed", "Patients who failed prior anti-CD19 CAR-T cell therapy may be enrolled"),
        ("allowed", "Previous CAR-T therapy is allowed if given more than 3 months before enrolment"),
        ("allowed", "At least 3 months since prior CAR T cell therapy"),
        ("allowed", "Have received CAR T-cell therapy as standard of care at least 30 days ago"),
        ("allowed", "Prior CAR-T or bispecific therapy permitted"),
        ("allowed", "Patients in whom previous CAR-T therapy has failed"),
        ("allowed", "Received at least 2 prior lines, which may include CAR T-cell therapy"),
        (
            "allowed",
            "Patients who have received CAR-T cells in a previous study and agreed to long-term follow-up",
        ),
        ("allowed", "Persistent disease after CAR T-cell therapy"),
        ("not_stated", "Willing to be followed for 15 years after receiving CAR-T cells"),
        (
            "not_stated",
            "Eligible for treatment with commercial CAR-T cells and has received bridging therapy",
        ),
        ("not_stated", "Patients planned to receive commercial CAR T-cell therapy"),
        ("not_stated", "Agree to use contraception for at least 1 year after CAR-T infusion"),
        ("not_stated", "Sufficient CAR-T cells have been manufactured"),
        ("not_stated", "Patients who have received tisagenlecleucel"),
    ],
)
def test_prior_car_t_among_the_inclusions(value: str, text: str) -> None:
    assert joins("prior_car_t", text) == value


@pytest.mark.parametrize(
    ("value", "text", "title"),
    [
        ("excluded", "Prior treatment with any anti-CD19 therapy", "CD19 CAR-T in lymphoma"),
        (
            "excluded",
            "Prior CD19 directed therapy with the exception of blinatumomab",
            "CD19 CAR-T in lymphoma",
        ),
        ("excluded", "Prior BCMA-targeted therapy", "BCMA CAR T in myeloma"),
        ("excluded", "Has received any therapy that is targeted to BCMA", "BCMA CAR T in myeloma"),
        ("excluded", "Received prior treatment targeting BCMA or CD19", "BCMA/CD19 CAR T in myeloma"),
        ("excluded", "Previous treatment with GPRC5D-targeted agents", "GPRC5D CAR-T in myeloma"),
        ("excluded", "Previous treatment targeting Claudin 18.2", "CLDN18.2 CAR-T"),
        ("excluded", "Subjects with prior treatment with anti-CD7 therapy", "CD7 CAR-T in T-ALL"),
        (
            "excluded",
            "Prior therapy with BCMA x CD3 bispecific antibody or BCMA CAR-T",
            "BCMA CAR-T in myeloma",
        ),
        ("excluded", "Exposure to any anti-GPC3 treatment", "GPC3 CAR-T"),
        ("excluded", "Previously received therapy targeting the same antigen", "CD7 CAR-T"),
        ("excluded", "Prior therapy with T cells directed to GD2", "GD2 CAR-T in neuroblastoma"),
        ("allowed", "Received CD19-targeted treatment such as blinatumomab within 4 weeks", "CD19 CAR-T"),
        ("not_stated", "Prior anti-CD20 antibody within 4 weeks", "CD19 CAR-T in lymphoma"),
        ("not_stated", "Received anti-CD38 monoclonal antibody within 21 days", "BCMA CAR-T in myeloma"),
        ("not_stated", "CD19-negative disease after prior treatment", "CD19 CAR-T"),
        ("not_stated", "Under treatment with a CD4 count below 200", "CD4 CAR-T"),
    ],
)
def test_prior_same_target_among_the_exclusions(value: str, text: str, title: str) -> None:
    assert leaves("prior_same_target", text, title) == value


@pytest.mark.parametrize(
    ("value", "text", "title"),
    [
        ("excluded", "No prior anti-BCMA therapy", "BCMA CAR T"),
        ("allowed", "CD19 positive relapse after previous anti-CD19 therapy", "CD19 CAR-T in lymphoma"),
        ("allowed", "Prior anti-CD19 therapy is allowed if CD19 expression is confirmed", "CD19 CAR-T"),
        ("allowed", "CD19 expression must be documented after any prior anti-CD19 therapy", "CD19 CAR-T"),
        ("allowed", "Prior treatment with anti-GD2 antibody is allowed", "GD2 CAR-T in neuroblastoma"),
        (
            "allowed",
            "Patients previously treated with HER2-targeted agents are eligible",
            "HER2 CAR-T in sarcoma",
        ),
        ("not_stated", "CD19-positive by flow cytometry after the last treatment", "CD19 CAR-T in lymphoma"),
        ("not_stated", "Must have received an anti-CD20 monoclonal antibody", "CD19 CAR-T in lymphoma"),
        (
            "not_stated",
            "Prior therapy including a proteasome inhibitor and an anti-CD38 antibody",
            "BCMA CAR-T in myeloma",
        ),
        ("not_stated", "Relapse after CD19 CAR-T therapy with CD22 positive blasts", "CD22 CAR-T"),
    ],
)
def test_prior_same_target_among_the_inclusions(value: str, text: str, title: str) -> None:
    assert joins("prior_same_target", text, title) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "Prior allogeneic hematopoietic stem cell transplant"),
        ("excluded", "Received allogeneic HSCT, or autologous HSCT within 12 weeks"),
        ("excluded", "Previous allo-HSCT or solid organ transplantation"),
        ("excluded", "Prior allogeneic SCT or organ transplant"),
        ("excluded", "Bone marrow transplantation from a donor"),
        ("allowed", "Allogeneic stem cell transplantation within 6 months prior to screening"),
        ("allowed", "Patients who have active GVHD after allogeneic transplantation"),
        ("allowed", "Subject has received an allogeneic transplant with any of the following: active GVHD"),
        ("allowed", "Allogeneic transplant less than 3 months before infusion"),
        ("allowed", "Subject has received allo-HSCT within the past 6 months or has active GVHD"),
        ("allowed", "Hematopoietic stem cell transplantation within 12 weeks"),
        ("not_stated", "History of solid organ transplant"),
        ("not_stated", "Autologous stem cell transplantation within 3 months"),
        ("not_stated", "Eligible for allogeneic stem cell transplantation"),
        ("not_stated", "Grade II-IV acute GVHD or extensive chronic GVHD"),
        ("not_stated", "Patients who are candidates for allo-HSCT with a suitable donor"),
    ],
)
def test_prior_allo_sct_among_the_exclusions(value: str, text: str) -> None:
    assert leaves("prior_allo_sct", text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("excluded", "No prior allogeneic transplant"),
        ("excluded", "No history of allogeneic stem cell transplantation"),
        ("allowed", "Relapse after allogeneic or autologous stem cell transplantation"),
        ("allowed", "Patients who relapsed after allo-SCT at least 100 days ago without active GVHD"),
        ("allowed", "Relapsed within 12 months of autologous HSCT or after allo-HSCT"),
        ("allowed", "Subjects with prior allo-SCT must be off immunosuppression"),
        ("not_stated", "Not eligible for allogeneic stem cell transplantation"),
        ("not_stated", "Relapsed after autologous stem cell transplantation"),
        ("not_stated", "Refractory to 2 lines, ineligible for or relapsed after autologous HSCT"),
        ("not_stated", "Patients who are not candidates for HSCT or refuse HSCT"),
        ("not_stated", "Patients with a suitable donor for allogeneic transplant"),
        ("not_stated", "Ineligible for or declined stem cell transplantation"),
        ("not_stated", "Patients who plan to receive allogeneic HSCT after CAR-T"),
    ],
)
def test_prior_allo_sct_among_the_inclusions(value: str, text: str) -> None:
    assert joins("prior_allo_sct", text) == value
