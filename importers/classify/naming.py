"""How records name CAR T cells, and the cells and products that look like them.

The patterns work on folded text (`trials.vocabulary.folding`): lower case, no hyphens, singular.
Hits and near misses of each are in tests/importers/test_classify_naming.py.
"""

import re
from functools import cache

from importers.classify.fields import Passage
from importers.classify.patterns import Pattern
from trials import vocabulary
from trials.vocabulary import Product
from trials.vocabulary.folding import fold
from trials.vocabulary.phrases import Phrases

_T_CELL = (
    r"(?:t\d?|tcm|tscm|tn|tn mem|γδ ?t|gamma delta t|nkt|nk t|natural killer t|ctl|treg|cik|vst|ebvst"
    r"|lymphocyte|pbl)"
)
_CELL = r"(?:cell|lymphocyte)"
_AIMED = r"(?:specific|targeted|targeting|directed|redirected|retargeted)"
_NOT_OTHERS = (
    r"(?!than\b|unlike\b|versus\b|vs\b|nk\b|pnk|natural|macrophage|monocyte|m\b|dc\b|dendritic|til\b|car\b)"
)
_GAP = rf"(?:{_NOT_OTHERS}\w+ ){{0,%d}}"
_TCR_ANTIGENS = frozenset(
    {
        "WT1",
        "NY-ESO-1",
        "PRAME",
        "MAGE-A4",
        "HPV E6/E7",
        "EBV LMP1",
        "AFP",
        "HLA-A2",
        "HIV Env / bNAb",
    }
)
"""Antigens that T cells are aimed at with a T-cell receptor as often as with a CAR."""


_MARK = r"(?:the |a |cell |tumor |surface |b |antigen |protein |marker |molecule |receptor |called ){0,6}"
"""What may stand before an antigen's name: "to the surface antigen CD22"."""
_CHANGED = (
    r"(?:genetically )?(?:engineered|modified|reprogrammed|designed|altered|changed|trained|transduced)"
)
_FIND = r"(?:recogni[sz]e|target|attack|kill|find|see|bind(?: to)?|react (?:to|with))"


_BY_NAME = "|".join(
    (
        r"\b(?!des)\w{0,8}cart(?:\d+\w{0,3})?\b(?! (?:cell )?nk)",  # CART, UCART19, huCART19
        rf"\b(?!os|vi|s?id)\w{{0,7}}car(?:plus)? {_T_CELL}s?\b(?! ?nk| wave| shape)",  # CAR-T, UCAR T
        r"\b(?!nk)\w{0,6}car ?(?:\d{1,3}\w{0,3} ){1,4}t\b",  # CAR 20/19-T
        r"\b\w{0,7}car\d{1,6}\w{0,4}\b(?! (?:cell )?(?:nk|m\b))",  # huCAR19, 4SCAR19, CAR7
        rf"\bcar {_GAP % 6}{_T_CELL}s?\b(?! ?nk| wave| shape)",  # CAR-modified autologous T cells
        r"\blu?car [a-z]{0,2}\d+\w*\b(?! (?:cell )?nk)",  # LCAR-M23, LUCAR-E9D, LUCAR-20S
        r"\bcarcik\b|\bcarv\d\b|\bcar positive\b|\bcaar ?t\b",
        rf"\bchimeric {_GAP % 4}receptor {_GAP % 9}{_T_CELL}s?\b",
        rf"\b{_T_CELL}(?: cell)? {_GAP % 14}(?:chimeric {_GAP % 4}receptor|car)\b(?! (?:p|m)?nk)",
        r"\bchimeric t cell receptor\b|\bmeso cir\b|\bt4 immunotherapy\b|\bkappa cd28 t\b",
        rf"\bre ?directed (?:\w+ ){{0,2}}t {_CELL}\b|\bt {_CELL} re ?directed\b|\bgd2 t cell\b",
    )
)


@cache
def car_t() -> Pattern:
    """Words that name CAR-modified T cells (or NKT cells), however made."""
    antigens = _antigens()
    return Pattern(
        "|".join(
            (
                _BY_NAME,
                rf"\b(?:{antigens}) {_AIMED} (?:\w+ ){{0,2}}t {_CELL}\b",
                rf"\banti (?:human )?(?:{antigens}) t {_CELL}\b",
                rf"\bt {_CELL} (?:\w+ ){{0,2}}{_AIMED} (?:to|against|at) {_MARK}(?:{antigens})\b",
                rf"\bgenetically targeted (?:to|against|at) {_MARK}(?:{antigens})\b",
                rf"\bt {_CELL} (?:\w+ )?{_CHANGED} (?:\w+ )?to {_FIND} {_MARK}(?:{antigens})\b",
            )
        )
    )


_SIGNS = (
    "car",
    "caar",
    "chimeric",
    "t cell",
    "t lymphocyte",
    "meso cir",
    "t4 immunotherapy",
    "kappa cd28 t",
    "genetically targeted",
)
"""What a line must hold for `car_t` to match: every alternative needs one of these."""
_ANTIGEN_SIGNS = (
    "specific",
    "target",
    "directed",
    "anti ",
    "recogni",
    "attack",
    "kill",
    "find",
    "bind",
    "react",
)
"""The same for the alternatives that list the antigens, which take the most time."""
_CAR_T_BY_NAME = Pattern(_BY_NAME)


def find_car_t(line: str) -> re.Match[str] | None:
    """Where `car_t` first matches. Most lines hold no sign of CAR T cells and cost little."""
    if not any(sign in line for sign in _SIGNS):
        return None
    pattern = car_t() if any(sign in line for sign in _ANTIGEN_SIGNS) else _CAR_T_BY_NAME
    return pattern.search(line)


def _antigens() -> str:
    """An alternation of the antigens that T cells are only aimed at with a CAR."""
    targets = (target for target in vocabulary.targets().values() if target.name not in _TCR_ANTIGENS)
    aliases = (alias for target in targets for alias in target.aliases)
    return "|".join(sorted(aliases, key=len, reverse=True))


BARE_CAR = Pattern(
    r"\b(?:u|c|i|hs|4s|hu|atl|duo|tri|multi|dual)?car\b(?! (?:accident|seat|t (?:wave|shape)))"
    r"|\bchimeric (?:antigen|immuno|immune)?(?: \w+)? ?receptor\b|\bchimeric (?:\w+ ){0,3}immunoreceptor\b"
)
"""A CAR without a word on the cells that carry it; T cells where no other cells are named."""

OTHER_CELLS = Pattern(
    r"\bcar (?:\w+ ){0,3}?(?:p|m|i|e)?nk(?:92)?\b(?! ?t\b)"
    r"|\b(?:nk|natural killer)(?: cell)? (?:\w+ ){0,8}(?:car|chimeric)\b"
    r"|\bchimeric (?:\w+ ){0,8}(?:nk|natural killer)\b(?! ?t\b)"
    r"|\bcar (?:\w+ ){0,4}?(?:m|macrophage|monocyte|dc|dendritic)\b"
    r"|\btcr ?t\b|\bt cell receptor (?:\w+ ){0,4}(?:t cell|gene therapy|engineered|transduced)"
    r"|\bnatural killer cell\b|\bnk cell\b"
)
"""CAR-NK, CAR macrophages, TCR-T: cells that look like CAR T cells in a record and are not."""


@cache
def _phrases() -> Phrases[Product]:
    """Every name as the table has it, then the same with and without its hyphens and spaces."""
    named = [
        (name, product)
        for product in vocabulary.products().values()
        for name in (product.name, *product.aliases)
    ]
    return Phrases([*named, *((spelt, product) for name, product in named for spelt in _spellings(name))])


_CODE = re.compile(r"([a-z]{2,8})(\d+[a-z0-9]{0,5})")


def _spellings(name: str) -> list[str]:
    """A code joined and parted: "CT103A" and "CT-103A". Names without digits are written in one way."""
    parts = fold(name).words
    joined = "".join(parts)
    code = _CODE.fullmatch(joined)
    return [joined, f"{code[1]} {code[2]}"] if code and len(parts) <= 2 else []


def products(passage: Passage) -> list[tuple[Product, int, int]]:
    """Named products in a passage, look-alikes included, each with the words it covers."""
    return [(hit.meaning, hit.first, hit.last) for hit in _phrases().find(passage.folded)]
