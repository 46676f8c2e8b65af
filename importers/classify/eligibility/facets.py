"""What key eligibility criteria look like: one table of patterns, a facet a line.

`mention` is what a criterion must speak of, `skip` what looks like it and is not. `bare` says whether a
criterion for joining that merely names it lets people in: relapse after CAR T does, HIV does not. `washout`:
excluded only for a time after it means allowed.
"""

import re
from dataclasses import dataclass

ANTIGEN = (
    r"(?:CD\d{1,3}[a-z]?|BCMA|B[\s-]cell\s+maturation\s+antigen|B7[\s-]?H3|GPRC5D|GPC3|glypican[\s-]?3|CLDN\s?18(?:\.2)?"
    r"|claudin\s?18(?:\.2)?|mesothelin|HER-?2|PSMA|GD2|FLT3|CLL-?1|IL13R\w*|EGFR\w*|MUC1|CEA|ROR1|DLL3)"
)
_CAR = (
    r"(?:CAR[\s-]?(?:modified\s+)?T\b|CAR-?Ts?\b|CAR[\s-](?:based\s+)?(?:cell\s+)?therap|chimeric\s+antigen\s+receptor"
    r"|gene(?:tic)?[\s-]+(?:product\s+|modified\s+)?therap|gene(?:tically)?[\s-]+(?:modified|engineered)\s+(?:\S+\s+)?(?:T[\s-]?)?cell"
    r"|adoptive\s+(?:\S+\s+)?cell|cell(?:ular)?\s+(?:immuno)?therap|T[\s-]cell\s+therap)"
)
_BEFORE = (
    r"(?:prior|previous(?:ly)?|received|receipt|recent|history|had|has|have|ever|after|experienced|exposure"
    r"|treated|accepted|undergone|failed)"
)


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@dataclass(frozen=True)
class Facet:
    """One question of eligibility; see the module."""

    name: str
    words: re.Pattern[str]
    """Cheap first look at the whole text."""
    mention: re.Pattern[str]
    skip: re.Pattern[str] = re.compile(r"(?!)")
    bare: bool = False
    washout: bool = False


FACETS = (
    Facet(
        "prior_car_t",
        _any(r"CAR|chimeric|gene|cell"),
        _any(
            rf"\b{_BEFORE}\b(?:(?!\b(?:prior\s+to|before|at\s+least|within|planned|for)\b)[^.;]){{0,90}}?\b{_CAR}"
        ),
        _any(
            r"stem\s+cell\s+therap|contracept|birth\s+control|child-?\s?bearing|follow-?up|targeted|(?:prior\s+to|before|receive|undergo|after)\s+(?:the\s+|this\s+)?(?:study\s+)?CAR[\s-]?T(?:\s+cells?)?\s+(?:infusion|treatment)|T[\s-]cell\s+(?:engag|lymphom|leuk)"
        ),
        bare=True,
        washout=True,
    ),
    Facet(
        "prior_same_target",
        _any(r"target|direct|anti|CAR"),
        _any(
            rf"\b(?:prior|previous(?:ly)?|received|exposure|history|treated)\b(?:(?!\bprior\s+to\b)[^.;]){{0,80}}?(?:anti[\s-]?)?{ANTIGEN}"
            r"(?:\s*\([^)]*\))?[^.;]{0,40}?(?:target|direct|therap|treat|CAR|antibod|agent|cell)|\bsame\s+target"
        ),
        _any(
            rf"{ANTIGEN}\W*(?:positive|negative|\+|express)|contracept|birth\s+control|child-?\s?bearing|steroid|infusion"
            r"|attempted|intoleran|investigational|consent"
        ),
    ),
    Facet(
        "cns_disease",
        _any(r"CNS|nervous|brain|crani|mening|glio|GBM"),
        _any(
            r"\b(?:CNS|central\s+nervous\s+system|intra-?cranial|brain|lepto-?mening\w+|mening\w+|cerebral)\b\W*(?:\(\w+\))?[^.;]{0,40}?"
            r"(?:involve|disease|metasta|leuk|lymphom|invasion|lesion|infiltrat|tumou?r|malignan|relapse)|\bCNS[\s-]?[23]\b"
            r"|metasta\w+\s+(?:to|in|of)\s+(?:the\s+)?(?:brain|CNS|central)|glioblastoma|\bGBM\b|glioma|medulloblastoma|ependymoma"
        ),
        _any(
            r"history\s+of[^.;]*(?:epilep|seizure|stroke)|(?:CNS|nervous\s+system)\s+(?:disorder|patholog)|such\s+as[^.;]*epilep|vascular"
        ),
        bare=True,
    ),
    Facet(
        "prior_allo_sct",
        _any(r"transplant|HSCT|SCT|BMT"),
        _any(
            r"allo\w*[\s-]*(?:HSCT|SCT|BMT|\S*\s*(?:stem|bone|transplant|hematopoietic|haematopoietic))|\bHSCT\b|(?:stem[\s-]cell|bone\s+marrow)\s+transplant"
        ),
        _any(
            r"(?:in|un)?eligib\w*\s+for|candidate|suitable|refus|unfit|willing|not\s+(?:an?\s+)?(?:appropriate|available)|no\s+(?:suitable\s+)?donor"
            r"|\bauto(?:logous|[\s-]?HSCT|[\s-]?SCT)\b(?![^.;]*\ballo)|planned|bridge|consolidat"
        ),
        bare=True,
        washout=True,
    ),
    Facet(
        "hepatitis_b_c",
        _any(r"hepatitis|HBV|HCV|HBs"),
        _any(
            r"hepatitis\s*(?:type\s*)?[BC]\b|hepatitis\s+(?:virus|infection)|viral\s+hepatitis|\bHBV|\bHCV|HBs-?Ag|HBc-?Ab|active\s+hepatitis"
        ),
    ),
    Facet(
        "hiv",
        _any(r"HIV|immunodeficiency|AIDS"),
        _any(r"\bHIV\b|HIV[-/]|immuno-?deficiency\s+virus|acquired\s+immun\w*|\bAIDS\b"),
    ),
    Facet(
        "autoimmune_active",
        _any(r"auto-?\s?immun"),
        _any(r"auto-?\s?immune?"),
        _any(r"auto-?immune\s+(?:cytopeni|h(?:a)?emoly|thrombocyt)"),
    ),
    Facet(
        "pregnancy",
        _any(r"pregnan|lactat|breast|HCG"),
        _any(r"pregnan|lactating|breast-?\s?feed|\bHCG\s+test"),
    ),
)

NEGATED = _any(
    r"\b(?:no|not|non|without|never|negative|absence|absent|free\s+of|exclud\w*|except|neither|nor|must\s+not|cannot|ineligible|un?able)\b"
)
PERMITTED = _any(
    r"\b(?:(?:are|is|be|remain|still)\s+(?:\w+\s+)?(?:eligible|allowed|permitted|acceptable|included|enrolled)|eligible\s+if|allowed\b|permitted\b"
    r"|may\s+(?:be\s+)?(?:enrol|includ|particip)|can\s+(?:be\s+)?(?:enrol|includ|particip))"
)
NOT_PERMITTED = _any(r"\b(?:not|no)\s+(?:be\s+)?(?:eligible|allowed|permitted|acceptable|included|enrolled)")
WASHOUT = _any(
    r"(?:within|less\s+than|fewer\s+than|<|≤|in)\s*\\?\s*(?:the\s+)?(?:last\s+|past\s+|previous\s+)?(?:\d+|one|two|three|four|six|twelve)\s*[-\s]?(?:day|week|month|year)"
    r"|(?:≥|>=|>|at\s+least|more\s+than|longer\s+than)\s*(?:day\s*\+?\s*)?\d+\s*(?:days|weeks|months)?|associated\s+with|GVHD|graft"
)

ECOG = _any(r"ECOG|Eastern\s+Cooperative|\bWHO\s+performance|\bZubrod")
ECOG_VALUE = _any(
    r"(?:ECOG|Eastern\s+Cooperative|performance|Zubrod)[^;\n]{0,90}?"
    r"(?:(?P<range>[0-4]\s*(?:-|–|~|to|or|and|,|/|through)\s*(?:[0-4]\s*,?\s*(?:or|and|,)\s*)?(?P<top>[0-4]))"
    r"|(?:≤|<=|=<|less\s+than\s+or\s+equal\s+to|no\s+(?:more|greater)\s+than|not\s+exceed\w*|up\s+to|at\s+most)\s*(?P<max>[0-4])"
    r"|(?:<|less\s+than|below|under)\s*(?P<below>[1-5])|(?P<better>[0-4])\s*or\s*(?:better|less|lower|below)"
    r"|(?:≥|>=|>)\s*(?P<out>[1-5])|(?:of|is|score|status|=|:)\s*(?P<only>[0-2])\b(?!\s*(?:-|–|~|to\b|or\b|and\b|,|/)))"
)

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "first": 1, "second": 2, "third": 3}
_N = r"(?P<n>\d|one|two|three|four|five)"
_LINE = (
    r"(?:(?!\b(?:weeks?|days?|months?|years?|doses?|cycles?)\b)[\w-]+\s+){0,5}?"
    r"(?:lines?|regimens?|(?:systemic\s+)?(?:therap(?:y|ies)|treatments?))\b"
)
LINES = (
    _any(
        rf"(?:at\s+least|≥|>=|minimum\s+of|a\s+minimum\s+of)\s*{_N}\s*(?:\(\d\)\s*)?(?:or\s+more\s+)?{_LINE}"
    ),
    _any(rf"\b{_N}\s*(?:\(\d\)\s*)?(?:or\s+more|or\s+greater)\s+{_LINE}"),
    _any(rf"\b{_N}\s*(?:to|-|–)\s*\d\s+(?:prior|previous)\s+{_LINE}"),
    _any(
        rf"(?:after|failed|failure\s+of|following|received)\s+(?:\w+\s+){{0,2}}{_N}\s+(?:prior\s+|previous\s+)?(?:lines?|regimens?)\b"
    ),
    _any(
        r"(?:fail\w*|after|following|received|progress\w*|refractory)\s[^.;]{0,50}?\b(?P<n>first|second|third)[\s-]+line"
    ),
)
TUMOUR_OF_BRAIN = _any(
    r"glioblastoma|\bGBM\b|glioma|medulloblastoma|ependymoma|primary\s+CNS|disease\s+in\s+the\s+central\s+nervous"
)
"""Where the disease itself is in the brain, disease there is no hindrance."""

ECOG_BEFORE = _any(r"\b[0-4]\s*(?:-|–|to|or)\s*(?P<top>[0-4])\b[^.;]{0,25}?ECOG")
OTHER_THAN = _any(r"(?:except|excluding|other\s+than|unless)[^.;]{0,25}$")
ONLY_SOME = _any(r"\bTKI|\bPh\s?\+|tyrosine|philadelphia")
"""Lines of treatment that only people with one mutation need."""
