"""Every pattern of the rules: texts it must find, and near misses it must not.

The texts are folded first, as the rules read them; those of `AS_WRITTEN` read them as written.
"""

import re
from types import ModuleType

import pytest

from importers.classify import (
    cell_source,
    company,
    condition_words,
    giving,
    naming,
    role_words,
    targets,
)
from importers.classify.patterns import Pattern
from trials.vocabulary.folding import fold

MODULES = (role_words, naming, cell_source, targets, condition_words, company, giving)
AS_WRITTEN = {"PLAIN_NAME", "ACRONYM"}

CASES = {
    "_DRUG": ("anti CD20 mAb|rituximab|monoclonal antibody|EGFR inhibitor", "CD20|map|bodies"),
    "_CELLS": ("CD20 CAR|UCART20|CD20 T cells|chimeric", "CD20 mAb|cellular|chart"),
    "_CAR_WORD": ("CAR|CART19|UCAR", "vicarious|cartilage x|discard"),
    "_CODE": ("CT103A|jwcar029", "cyclin d|a1"),
    "OF_CELLS": ("T cells|chimeric|lymphodepletion|apheresis", "cellulitis|mesh|T wave"),
    "ACRONYM": ("Repair (CAR-T)|Drug (CAR-T-D)|CAR-T stands for", "CD19 CAR-T|cart (trolley)"),
    "BARRED_CAR_T": (
        "with or without prior CAR-T|CAR T excluded|CAR-T is not available",
        "prior CAR-T|CAR T",
    ),
    "TRAINING": ("course for nurses|nurses learn|nursing education", "nurse-led education|patients learn"),
    "YEARS_LATER": ("late effects of T cells|fifteen-year safety", "late relapse|a two-year study"),
    "TREATED_ELSEWHERE": (
        "given CAR T in earlier studies|got cells in our trials",
        "given CAR T two years ago",
    ),
    "DENIED": ("car t is not used|car t is excluded|car t will not be", "car t is given|not car t"),
    "LEADS_TO": ("autologous cd19 directed ", "given before |treatment with "),
    "LEFT_OUT": ("other than|excluding|except for indolent", "cancers with|other"),
    "EXCLUDED": ("excluded|are not eligible", "and excluded|included"),
    "IS_CAUSE": ("related cancer|virus associated", "and cancer|in adults"),
    "CAUSED_BY": ("cancer due to|secondary to", "due to the|patients with"),
    "AND_OTHERS": ("glioma and other|and all other solid|or other advanced", "other|and another|others"),
    "MAY_JOIN": (
        "may take part|can join|may also enroll|are eligible for|will be enrolled|may participate",
        "may take a drug|are eligible|took part|will be treated",
    ),
    "NOT_JOINING": ("transformed from|excluding|people without active", "people with|patients who have"),
    "SIDE_OF_CAR_T": (
        "CAR T related toxicity|side effects of CAR-T|receiving commercial CAR T",
        "CAR T cells in patients|toxicity of the drug|receiving rituximab",
    ),
    "NOT_CELLS": ("data are|blood samples will be|tumor tissue", "white blood cells are|T cells"),
    "CART_WORD": ("KneeCart|crashcart", "CART19|cartilage|CAR-T"),
    "FORM": ("RD14 cell injection|therapy", "RD14|cellular"),
    "HAS_DIGIT": ("RD14", "injection"),
    "CELLS_GIVEN": (
        "T cells|CAR-T|chimeric antigen receptor|cell injection|cellular kinetics|lymphodepletion|NCAR T",
        "a fluorescent dye|cellulose|annuloplasty ring|cell count",
    ),
    "T_CELLS": ("T cells|chimeric receptor|CART19|UCAR-T", "cartilage cells|stem cells|knee cart"),
    "OTHER_PRODUCT": (
        "monoclonal antibody|rituximab|inhibitor|fluorescent dye|tablets|PET tracer|ADC",
        "T cells|injection|infusion|peter|dying",
    ),
    "SHORT_CODE": ("MB-102|CT 011|CB010", "bb2121|CT-103A|KTE-X19|JWCAR029|CT0596"),
    "OF_BLOOD": ("DLBCL lymphoma|B-ALL|lupus|haematological|BPDCN", "kidney function|bloodstain|overall"),
    "OF_SOLID": ("solid tumours|HCC carcinoma|glioblastoma", "kidney function|tumorous|cancerous"),
    "GIVING": (
        "safety of CAR-T|patients will receive|is infused|composed of|to evaluate",
        "CAR-T cells kill tumours|patients who get CAR-T|invest|contagious",
    ),
    "PEOPLE_WHO_GET": ("patients who get|people treated with|subjects receiving", "patients with|the people"),
    "BACKGROUND": ("CAR-T has shown|such as|currently|CAR-T has been approved|unlike", "will be shown|cat"),
    "EXPANDED_ACCESS": (
        "Expanded Access to tisa-cel|Managed-access program|compassionate use|early access|"
        "OOS obe-cel|out-of-specification product|nonconforming liso-cel|single patient IND|"
        "emergency use|pre-approval access|named patient program",
        "access to care|single patient room|emergency department|conforming product|vascular access",
    ),
    "LONG_TERM_FOLLOW_UP": (
        "Long-term follow-up of patients|LTFU|rollover study|roll-over|15-year safety follow-up|"
        "Follow-up study of KYV-101|long-term safety|extended follow-up|lifelong follow-up",
        "followed up weekly|long-term remission|follow me|followed by CAR-T",
    ),
    "ALREADY_TREATED": (
        "previously treated|patients who received CAR-T|treated with bb2121|after CAR T infusion|"
        "parent study|no additional intervention|recipients|subjects were enrolled",
        "treatment of lymphoma|to be enrolled|investigational product",
    ),
    "TREATED_EARLIER": (
        "participants previously treated with ALLO-715|already infused|"
        "patients who have received CAR T|extension study",
        "previously untreated|who are to receive CAR T|extension phase|treated with CAR T",
    ),
    "LATE_EFFECTS": (
        "delayed adverse events|long-term safety|lifelong monitoring|15-year|fifteen years",
        "adverse events|long-term remission|delayed start|15 days",
    ),
    "OBSERVATIONAL": (
        "observational study|non-interventional|registry|real-world|retrospective|"
        "cross-sectional|biomarker screening|chart review|natural history|cohort study|biobank|"
        "database",
        "observation arm|interventional|registered trial|dose cohort|world|screening visit",
    ),
    "NOT_A_DOSE": (
        "leukapheresis for CAR T|CAR-T cells monitoring|bridging|prior CAR T|PET imaging|"
        "follow-up|no intervention|questionnaire|conditioning",
        "CAR T cell infusion|CD19 CAR-T|petri dish|preparation of cells",
    ),
    "BEFORE_OR_AFTER": (
        "after CAR T|before CAR-T|receiving axi-cel|CAR T related toxicity|failure of CAR-T|"
        "CAR-T recipients|cytokine release syndrome|quality of life|vaccination|maintenance|"
        "bridging radiotherapy|lymphodepletion before CAR T|awaiting tisagenlecleucel",
        "CAR T after chemotherapy|CAR-T cells for lymphoma|CAR T bridging radiotherapy-free|car trip",
    ),
    "COMBINED": (
        "combined with CAR-T|tazemetostat plus CAR T|concomitant anti-CD19 CAR T|CAR-T reinfusion",
        "CAR-T for lymphoma|combined modality|after CAR T|CAR-T and transplantation",
    ),
    "ELIGIBLE": (
        "CAR T eligible|ineligible for CAR-T|candidates for CAR T|CAR-T therapy ineligible patients",
        "eligible for transplantation|eligibility|CAR T patients",
    ),
    "ROUTINE_CAR_T": (
        "standard of care CAR T|commercial CD19 CAR-T|approved axicabtagene ciloleucel|routine CAR-T",
        "standard of care chemotherapy|approved by the board|novel CAR-T|commercial insurance",
    ),
    "CELL_THERAPY_CARE": (
        "immune effector cells|ICANS|cytokine release|cellular therapy|cell-based immunotherapy",
        "cytokines|gene therapy|cell lung cancer|effector memory",
    ),
    "INTERVENTIONAL": (
        "single-arm|open-label|dose escalation|investigator-initiated|Phase 2|phase I|clinical trial",
        "arm pain|open question|dose|phase of life|trial lens",
    ),
    "CLOSE_TO_CAR_T": (
        "after CAR T|patients receiving axi-cel|CAR-T related|side effects of CAR T|CAR-T patients",
        "CAR T cells were made|after chemotherapy|CAR-T in lymphoma",
    ),
    "PRIOR_CAR_T": (
        "prior CAR-T|failed CD19 CAR T|progressed after CAR-T|ineligible for CAR T",
        "after CAR T|prior chemotherapy|CAR T for relapse",
    ),
    "AFTER_CAR_T": (
        "after CAR-T|following anti-CD19 CAR T|post CAR-T",
        "before CAR-T|after surgery|post",
    ),
    "EARLIER_CAR_T": (
        "such as CAR-T|including CAR T|previous CAR T|bispecifics or CAR-T|unsuitable for CAR T",
        "CAR-T such as these|and CAR T|like others",
    ),
    "ORDINARY": (
        "Pembrolizumab|Ibrutinib|Lenalidomide|Radiotherapy|Dexamethasone|Questionnaire|Exercise|"
        "IL-7|Placebo|Fludarabine|Virtual reality|R-CHOP",
        "Tafasitamab and|GC012F|CAR-T|Biological/Vaccine|KD-025|evolution",
    ),
    "PLAIN_NAME": (
        "Metformin|Financial navigation|All-trans retinoic acid|Low dose radiation|Prehabilitation program",
        "KD-025|TmCD19-IL18|GLYCAR|SYNCAR-001|zevor-cel 2|Hem101|ARI-0001",
    ),
    "NOT_PLAIN": (
        "Treatment|single infusion|Zeushield|zevor-cel|Gene therapy|Adoptive transfer|cell product",
        "Metformin|Yoga|Decision aid|Theophylline|oxygen",
    ),
    "CELLS": (
        "CAR T cells|T lymphocytes|NK cell",
        "stem cells|cell monitoring|lymphocyte collection|cellular",
    ),
    "LYMPHODEPLETION": (
        "Cyclophosphamide|Fludarabine|leukapheresis|lymphodepleting chemotherapy|tocilizumab|HSCT",
        "Lenalidomide|lymphoma|condition|CAR-T",
    ),
    "CELL_PRODUCT": (
        "cellular kinetics|T cell injection|cell preparation|expansion and persistence|dual-targeted cells",
        "pharmacokinetics|cell lung cancer|expansion cohort|cell line|injection site",
    ),
    "CODE_NAME": (
        "GT802|QX123 injection|SNC-109|HY001N",
        "lymphoma|day 1|2024|injection",
    ),
    "ENGINEERED_CELLS": (
        "genetically engineered lymphocytes|gene-modified T cells|genetically modified autologous T cells",
        "genetically engineered NK cells|gene therapy|engineered antibody|genetically modified B cells",
    ),
    "OTHER_THAN_T": (
        "NK92|mesenchymal|TIL|dendritic|Treg|TCR|monoclonal antibody|rituximab|NK cells",
        "T cells|tilt|lymphocytes|nkt|stems|regulated",
    ),
    "BARE_CAR": (
        "Anti-CD19 CAR|UCAR|chimeric antigen receptor|chimeric anti-mesothelin immunoreceptor",
        "car accident|car seat|care|scar|chimeric antibody",
    ),
    "OTHER_CELLS": (
        "CAR-NK|CAR macrophages|NK cells with a CAR|CAR-M|CAR-DC|TCR-T|NK cell",
        "CAR-NKT cells|CAR-T|TCR alpha beta|CAR T cells|CAR-T monocytosis",
    ),
    "_CAR_T_BY_NAME": (
        "CAR-T|UCART19|LCAR-M23|LUCAR-E9D|CAR 20/19-T|CARCIK|redirected T cells|CAAR-T|"
        "T cells expressing a chimeric receptor|huCAR19|CAR-modified T cells",
        "CAR-NK|LUCAR-DKS1 NK cells|LCAR-N2 NK cells|scar|Descartes|vicar|CAR-M|oscar t|car 5",
    ),
    "IN_VIVO": (
        "in vivo CAR-T|invivo CART|in-vivo generated CAR-T|lipid nanoparticles|LNP|in vivo LV|CAR-T in vivo",
        "in vivo CAR T expansion|in vivo imaging|CAR-T in vivo persistence|ex vivo CAR-T|in vitro",
    ),
    "ALLOGENEIC": (
        "allogeneic CAR-T|universal CAR-T|donor-derived CD7 CAR T|off-the-shelf CAR-T|UCART|"
        "UCAR-T|healthy donor|cord blood derived CAR-T|cells from a healthy stem cell donor",
        "allogeneic transplantation and CAR T|universal precautions|donor lymphocyte infusion|"
        "donor|suitable donor. For these individuals, CAR-T",
    ),
    "AUTOLOGOUS": (
        "autologous CAR-T|auto CAR-T|own T cells|collected from the patient|autologous CD19 CAR|"
        "patients' T lymphocytes|CAR-T, made from isolated patient PBMC|"
        "taken from their blood of patients",
        "autologous stem cell transplantation|autologous graft and CAR T|autonomy|patients|own words",
    ),
    "EITHER": (
        "patient or donor T cells|autologous or allogeneic|donor or autologous cells",
        "patient and family|donor selection|autologous CAR-T",
    ),
    "COLLECTED": (
        "leukapheresis|apheresis|PBMC collection|collection of T cells|T cells are collected",
        "data collection|stool is collected|plasmapheresis|collection of samples",
    ),
    "OTHERS_CELLS": (
        "some researchers have taken T cells from |currently used CAR T cells are engineered |"
        "failure of |in a study for neuroblastoma in children a gene was put into |prior ",
        "in this study we use |after lymphodepletion |researchers give ",
    ),
    "CONTRASTED": ("unlike |instead of the |rather than ", "unlike patients' own |made of |of "),
    "_CAR_NUMBER": (
        "CAR19|CART-19|CAR T 22|CAR7|CAR-20/19",
        "CAR9|CAR 1|cars|scarf 19x",
    ),
    "_CD_NUMBERS": (
        "CD19/22|CD19 x 20",
        "CD19 and 3 others|CD19 5|19/22",
    ),
    "_AIMED_BEFORE": (
        "anti |targeting |directed against |recognizes the |positive ",
        "and |refractory |antigen |tart ",
    ),
    "_AIMED_AFTER": (
        " CAR| targeted| positive| chimeric| specific T cells| expression| protein",
        " antibody| refractory| and| inhibitor",
    ),
    "YOUNG": (
        "children|pediatric|paediatric|infants|childhood",
        "young|childbearing|adult",
    ),
    "GROWN_UP": (
        "adults|elderly|older patients",
        "young adults|adulthood|child",
    ),
}
"""By pattern: hits, then near misses, parted by "|"."""


def patterns(module: ModuleType) -> dict[str, re.Pattern[str] | Pattern]:
    return {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern | Pattern)}


PATTERNS = {name: pattern for module in MODULES for name, pattern in patterns(module).items()}


def found(name: str, text: str) -> bool:
    if name in AS_WRITTEN:
        return bool(PATTERNS[name].fullmatch(text) if name == "PLAIN_NAME" else PATTERNS[name].search(text))
    line = fold(text).line
    line = line + " " if text.endswith(" ") else line
    return bool(PATTERNS[name].search(" " + line if text.startswith(" ") else line))


def test_every_pattern_has_its_hits_and_near_misses() -> None:
    assert set(PATTERNS) == set(CASES)
    assert [name for name, (hits, misses) in CASES.items() if not hits or not misses] == []


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, (hits, _) in CASES.items() for text in hits.split("|")]
)
def test_pattern_finds(name: str, text: str) -> None:
    assert found(name, text)


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, (_, near) in CASES.items() for text in near.split("|")]
)
def test_pattern_passes_over(name: str, text: str) -> None:
    assert not found(name, text)
