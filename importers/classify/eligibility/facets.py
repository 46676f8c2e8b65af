"""The facets of eligibility that are allowed or excluded: one table, a facet an entry."""

import re
from dataclasses import dataclass

from importers.classify.eligibility.antigens import ANTIGEN
from importers.classify.eligibility.wording import NOTHING, compiled, either, pattern


@dataclass(frozen=True)
class Facet:
    """One question of eligibility."""

    name: str
    hints: tuple[str, ...]
    """One of these (small letters) stands in every criterion that speaks of it: a cheap first look."""
    mention: re.Pattern[str]
    """What a criterion must say to speak of it."""
    unlike: re.Pattern[str] = NOTHING
    """What, next to a mention, makes it something else."""
    unlike_before: re.Pattern[str] = NOTHING
    """The same, in the words that lead to the mention."""
    unlike_after: re.Pattern[str] = NOTHING
    """The same, directly after it."""
    let_in: re.Pattern[str] = NOTHING
    """What lets people in where it merely stands among the criteria for joining."""
    treatment: bool = False
    """Whether it is a treatment: excluded only for a time after it, or on a condition, is allowed."""
    never_lets_in: bool = False
    """Whether "are eligible" in the same sentence is about other people ("not pregnant ... are eligible")."""
    under_heading: bool = False
    """Whether the words that make it a mention may stand in the line above ("Prior treatment with:")."""
    wins: re.Pattern[str] = NOTHING
    """Where the disease itself is there, a bar on some of its places is none."""
    allowed_wins: bool = False
    """Which value stands when two criteria differ."""


_HAD = either(
    *(
        "prior",
        "previous",
        "previously",
        "received",
        "receipt",
        "history of",
        "exposure",
        "exposed to",
        "treated",
    ),
    *(
        "accepted",
        "undergone",
        "underwent",
        "experienced",
        "failed",
        "failure of",
        "failure to",
        "most recent",
        "last",
    ),
    *("relaps*...after", "relaps*...following", "relaps*...from", "progress*...after", "progress*...on"),
    *("progress*...following", "refractory to", "resistant to", "recurr*...after", "recurr*...following"),
    *("had", "use of", "used", "treatment with", "therapy with", "participated in", "administered", "given"),
)
"""Words that put a treatment into the past."""
_NOT_YET = either(
    *(
        "prior to",
        "previous to",
        "before",
        "until",
        "planned",
        "planning",
        "plan",
        "scheduled",
        "intended",
        "candidate*",
    ),
    *(
        "eligible",
        "ineligible",
        "unable",
        "declined",
        "refus*",
        "available",
        "attempted",
        "contracept*",
        "birth control",
    ),
    *(
        "steroid*",
        "corticosteroid*",
        "at least",
        "apheresis",
        "bridging",
        "lymphodeplet*",
        "follow up",
        "consent*",
    ),
)
"""Words after which a treatment is this trial's own, or one not had."""
_GAP = rf"(?:(?!{_NOT_YET})[^.;。；]){{0,100}}?"
_CAR = either(
    *(
        "CAR-T",
        "CAR-Ts",
        "CAR-T-cell*",
        "CAR modified T",
        "CAR-NK",
        "CAR therap*",
        "CAR based",
        "CAR cell*",
        "CAR gene*",
    ),
    *(
        "chimeric antigen receptor*",
        "chimeric antigen T",
        "gene therap*",
        "gene product*",
        "gene modified",
        "gene engineered",
    ),
    *(
        "genetically modified",
        "genetically engineered",
        "genetic modified",
        "engineered T cell*",
        "modified T cell*",
    ),
    *("adoptive...cell*", "cellular therap*", "cellular immunotherap*", "cell therap*", "cell immunotherap*"),
    *(
        "cell based therap*",
        "cell based immunotherap*",
        "immune cell treatment",
        "T cell treatment",
        "cell treatment",
    ),
)
_NOT_A_FINDING = r"(?!\W{0,3}(?:positiv|negativ|\+|express|mutat|amplif|status|count|\+?\s*T?\s*(?:lympho\w+|cells?)\s+count))"
_STEM = either(
    "stem cell*", "bone marrow", "marrow", "hematopoietic*", "haematopoietic*", "hemopoietic*", "progenitor*"
)
_TRANSPLANT = r"(?:transplant\w*|graft(?!-|\s+versus|\s+vs)\w*|\bHS?CTs?\b|\bSCTs?\b|\bHSCTs?\b|\bBMTs?\b)"
_NO_STEM = r"(?!organ|tissue|solid|renal|kidney|liver|cornea|islet|CAR\b|donor\s+lymph)"
_ALLO = (
    rf"(?:\ballo(?!graft)\w*(?:{_NO_STEM}[^.;,，；]){{0,45}}?(?:{_TRANSPLANT}|{_STEM})"
    rf"|{_STEM}[^.;]{{0,30}}?transplant\w*|\bHSCTs?\b|\bSCTs?\b|\bHCTs?\b|\bBMTs?\b|\balloSCTs?\b|\ballo-?HCTs?\b)"
)
OWN_CELLS = compiled(rf"\bauto(?:logous|-)?\s*(?:\w+[\s-]+){{0,3}}?(?:{_TRANSPLANT}|{_STEM})|\basct\b")
"""A transplant of people's own cells."""
_FUTURE = either(
    *(
        "eligible",
        "ineligible",
        "eligibility",
        "candidate*",
        "suitable",
        "refus*",
        "unfit",
        "willing",
        "unwilling",
    ),
    *(
        "appropriate",
        "available",
        "plan*",
        "bridge",
        "bridging",
        "consolidat*",
        "intend*",
        "scheduled",
        "undergoing",
    ),
    *(
        "awaiting",
        "waiting",
        "declin*",
        "option*",
        "contraindication*",
        "amenable",
        "considered for",
        "prior to",
    ),
    *(
        "before",
        "require*",
        "unable",
        "undergo",
        "consenting to",
        "proceed",
        "donor for",
        "such as",
        "not received",
    ),
    *("indication* for", "toxicit*...of"),
)
_NOT_HAD = either(
    "candidate*", "option*", "conditioning", "donor", "is planned", "planned", "regimen*", "consolidation"
)
"""Words that make a transplant one that could be, not one that was."""
_CNS = either(
    "CNS",
    "central nervous*",
    "intracranial",
    "intra cranial",
    "brain",
    "leptomening*",
    "mening*",
    "cerebral",
    "cranial",
)
_GROWTH = either(
    *(
        "involve*",
        "metasta*",
        "leuk*",
        "lymphom*",
        "invasion",
        "invaded",
        "lesion*",
        "infiltrat*",
        "tumor*",
        "tumour*",
    ),
    *(
        "malignan*",
        "relapse*",
        "myeloma",
        "carcinomatosis",
        "localization",
        "localisation",
        "spread",
        "cancer*",
        "mets",
    ),
)
_BRAIN_TUMOUR = either(
    *(
        "glioblastoma*",
        "GBM",
        "glioma*",
        "medulloblastoma*",
        "ependymoma*",
        "DIPG",
        "DMG",
        "astrocytoma*",
        "ATRT",
    ),
)
_DISEASE_IS_THERE = compiled(
    rf"{_BRAIN_TUMOUR}|primary\s+(?:CNS|central\s+nervous\s+system|brain)|isolated\s+CNS|with\s+or\s+without\s+CNS"
    r"|disease\s+in\s+the\s+central\s+nervous|relapse\w*\s+in\s+the\s+(?:CNS|central)"
)

FACETS = (
    Facet(
        "prior_car_t",
        hints=("car", "chimeric", "gene", "cell"),
        mention=compiled(
            rf"{_HAD}(?!\s+to\b){_GAP}(?P<what>{_CAR})|(?P<whose>{_CAR})[^.;,，；]{{0,40}}?"
            r"(?:within|before\s+(?:screening|enrol|inclusion|sign)|prior\s+to\s+(?:screening|enrol|inclusion|sign|study))"
        ),
        unlike=compiled(
            r"(?:stem|progenitor)[\s-]+cell\s+therap|allogene?ic\s+cell|follow-?up|child-?\s?bearing|contracept"
            r"|(?:prior\s+to|before|after|until|following|since|during|receive|undergo|planned|for)\s+(?:\S+\s+){0,4}?\S*"
            r"CAR\S*(?:[\s-]T)?(?:[\s-]cells?)?\s+(?:re)?infusion|T[\s-]cell\s+(?:engag|lymphom|leuk|malignan)"
            r"|attempted|hypersensitiv|allerg|component|ingredient|excipient|donor\s+lymphocyte|gene\s+(?:mutat|rearrang|fusion)|dendritic\s+cell"
        ),
        unlike_before=pattern(
            "eligible", "ineligible", "plan*", "scheduled", "candidate*", "intend*", "suitable"
        ),
        let_in=compiled(
            r"relaps|progress|refractor|fail|resist|recurr|received|receipt|previous|prior|most\s+recent|last|post|after"
        ),
        treatment=True,
        under_heading=True,
    ),
    Facet(
        "prior_same_target",
        hints=("target", "direct", "anti", "car", "against", "specific", "inhibitor", "expos"),
        mention=compiled(
            rf"{_HAD}(?!\s+to\b){_GAP}(?:(?P<antigen>(?:anti[\s-]?)?{ANTIGEN}{_NOT_A_FINDING}[^.;]{{0,60}}?"
            r"(?:target|direct|therap|treat|CAR|antibod|agent|cell|inhibit|specific|product|drug|deplet|bispecific))"
            rf"|(?:target\w*|against|direct\w*\s+(?:at|to|against)|anti)[\s-]+(?:(?:to|at|against)\s+)?(?:the\s+)?(?P<aim>{ANTIGEN}){_NOT_A_FINDING})"
            rf"|{_HAD}{_GAP}same\s+(?:target|antigen)|\bsame\s+(?:target|antigen)"
        ),
        unlike=compiled(
            r"contracept|child-?\s?bearing|intoleran|lymphodeplet|refractory\s+to\s+(?:an?\s+)?anti"
        ),
        let_in=compiled(r"relaps|progress|refractor|fail|recurr|received|receipt|previous|prior"),
        treatment=True,
        under_heading=True,
    ),
    Facet(
        "cns_disease",
        hints=(
            "cns",
            "nervous",
            "central",
            "brain",
            "crani",
            "mening",
            "cereb",
            "glio",
            "gbm",
            "blastoma",
            "ependym",
            "astrocyt",
        ),
        mention=compiled(
            rf"{_CNS}(?:\s+system)?(?:\s*\(\w+\))?(?:\s+or\s+spinal(?:\s+cord)?)?\s+(?:active\s+)?disease\b"
            rf"|{_CNS}(?:\s*\(\w+\))?(?:(?!\bdue\s+to|\bbut\b)[^.;。；]){{0,40}}?{_GROWTH}|\bCNS[\s-]?(?:status\s*)?[23]\b|\bCNSL\b"
            rf"|(?:involve\w*|invasi\w+|infiltrat\w+|metasta\w+|spread|disease|leuk\w+|lymphoma)\s+(?:\w+\s+){{0,3}}?"
            rf"(?:to|in|of|into)\s+(?:the\s+)?{_CNS}|\bcentral\s+(?:or|and/or|and)\s+extramedullary|{_BRAIN_TUMOUR}"
        ),
        unlike=compiled(
            r"(?:disorder|patholog|disease|condition)s?\W+(?:\w+\W+){0,3}?(?:such\s+as|e\.?g|including|like)[^.]{0,40}"
            r"(?:epilep|seizure|stroke|paresis|ischemi|dement|hemorrh|haemorrh|parkinson|psychiat)"
            r"|auto-?immune\s+disease\s+with\s+|epilep|vascular\s+disease|cerebral\s+(?:vascular|infarct)"
            r"|the\s+most\s+common|(?:therapy|treatment|drugs?|surgery|radiation)\s+(?:for|of)\s+(?:\w+\s+){0,3}(?:glio|GBM)|prophyla|anticoagul|LMWH|biopsy\s+of"
        ),
        unlike_before=pattern(
            "degenerati*", "neurodegenerati*", "demyelinat*", "inflammatory", "infectious", "only"
        ),
        let_in=_DISEASE_IS_THERE,
        wins=_DISEASE_IS_THERE,
    ),
    Facet(
        "prior_allo_sct",
        hints=("transplant", "sct", "bmt", "hct", "allo"),
        mention=compiled(_ALLO),
        unlike_before=compiled(rf"\bauto(?:logous)?[\s/-]*(?:\w+[\s-]+){{0,2}}$|{_FUTURE}"),
        unlike_after=compiled(rf"[\s-]*{_NOT_HAD}"),
        let_in=compiled(
            r"relaps|after|following|post|prior|previous|history|undergone|underwent|received|fail|since|have\s+had"
            r"|at\s+the\s+time\s+of"
        ),
        treatment=True,
        under_heading=True,
        allowed_wins=True,
    ),
    Facet(
        "hepatitis_b_c",
        hints=("hepatitis", "hbv", "hcv", "hbs", "hbc", "hep b", "hep c"),
        mention=compiled(
            r"(?<!autoimmune )(?:\bhep(?:atitis)?[\s,-]*(?:(?:virus|type|viruses|A|and|or|,|/)[\s,/]*){0,3}[BC]\b|hepatitis\s+(?:virus|infection)"
            r"|viral\s+hepatitis|\bHBV|\bHCV|HBs[\s-]?A|HBc[\s-]?A|active\s+hepatitis|infectious\s+hepatitis|\bhepatitis\s*[(,]\s*(?:hepatitis\s*)?[BC]\b)"
        ),
        unlike=compiled(r"vaccin\w*\s+(?:against|for)|hepatitis\s+B\s+vaccin"),
    ),
    Facet(
        "hiv",
        hints=("hiv", "immunodeficiency", "immuno-deficiency", "immunodefiency", "aids"),
        mention=compiled(
            r"\bHIV\b|HIV[-/]|\bHIV|(?:human\s+)?immuno-?\s?deficien?cy\s+(?:virus|syndrome\s+virus)|acquired\s+immun\w*[\s-]+deficiency|\bAIDS\b"
        ),
    ),
    Facet(
        "autoimmune_active",
        hints=("autoimmun", "auto-immun", "auto immun"),
        mention=compiled(r"\bauto[\s-]?immun\w*"),
        unlike=compiled(
            r"auto-?immune\s+(?:cytopeni|ha?emoly|thrombocyt)|hormone\s+replacement\s+for|(?:reasons|such\s+as)\s*\([^)]*autoimmun"
        ),
    ),
    Facet(
        "pregnancy",
        hints=("pregn", "lactat", "breast", "nursing", "hcg", "gonadotropin"),
        mention=compiled(
            r"\bpregnan\w*|\bpregancy|\blactat\w*(?!\s*(?:dehydrog|level|acid))|\bbreast[\s-]*feed\w*|\bbreasting[\s-]*feeding|\bnursing\b"
            r"|\bHCG\b|chorionic\s+gonadotropin"
        ),
        unlike=compiled(
            r"(?:avoid|prevent)\w*\s+(?:a\s+)?pregnan|partners?\b[^.;,]{0,30}\bpregnan|pregnan\w+\s+(?:female\s+)?partner|lactate|nursing\s+(?:home|staff|care)"
        ),
        never_lets_in=True,
    ),
)
