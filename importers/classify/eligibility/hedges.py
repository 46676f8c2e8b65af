"""A bar whose own sentence lets some of the people in: it is limited, though no limit stands at the mention.

"HIV, unless the viral load is undetectable for a year" or "active infections, including hepatitis B" must
not become a plain no for everybody.
"""

from dataclasses import replace

from importers.classify.eligibility.antigens import ANTIGEN
from importers.classify.eligibility.direction import EXCLUDED
from importers.classify.eligibility.facets import FacetReader
from importers.classify.eligibility.limits import length_of
from importers.classify.eligibility.wording import WASHOUT, compiled
from importers.records import Stated
from trials.choices import Limit

_LETS_SOME_IN = compiled(
    r"\b(?:except\w*|unless|other\s+than|apart\s+from|provided|as\s+long\s+as|only\s+(?:when|if)|if"
    r"|must\s+have\s+(?:been|completed|received)|cohorts?|arm|part\s+[A-D1-4])\b"
    r"|(?<!not )(?<!not be )(?<!not currently )\b(?:eligible|allowed|permitted|acceptable)\b"
    r"|\b(?:can|may|will)\s+be\s+(?:enrol\w*|included|considered)|\bas\s+\w+\s+(?:in|by|per)\s+(?:the\s+)?protocol"
    r"|[:：]\W*$"
)
"""The last: a line whose list, which says who is meant, stands below it."""
_OF_SOME_FORMS = compiled(
    r"(?<!or )\b(?:primary|isolated)\b(?![^.;]{0,80}?\b(?:metast|secondary|spread))|\bunstable\b"
)
_KEPT_DOWN = compiled(
    r"(?<!or )\b(?:asymptomatic|previously\s+treated|clinically\s+stable)\b(?!\W+or\b|\W+and/or\b)"
)
_AMOUNT = compiled(r"(?:\bthan\s|[<>≥≤])\s*\d|\bIU\b|\bcopies\b")
_NEXT_TREATMENT = compiled(r"\b(?:received|ha[ds]|have|history|under\w+|use\s+of|any\s+time)\b|[;；]")
_OF_A_STATE = compiled(
    r"^\W*(?:\w+\W+){0,4}?(?:active|uncontrolled|untreated|acute)\b[^.;]{0,80}?\b(?:infect\w*|diseases?)\b"
    r"[^.;]{0,60}?(?:\b(?:such\s+as|includ\w+|like)\b|\be\.g|:)"
)
"""Infections in a state, and then the list of them; each of a plain list has a state of its own or none."""
_CAR = compiled(r"\bCAR(?=\W|T)|chimeric\s+antigen")
_CAR_OF_ANTIGEN = compiled(
    rf"{ANTIGEN}[\s-]*(?:target\w*|direct\w*|specific)?[\s-]*(?:\bCAR(?=\W|T)|chimeric\s+antigen)"
)
_EVER = compiled(r"\b(?:chronic|latent|histor\w+|past|previous\w*|prior|ever|inactive|carriers?|recurrent)\b")
_VIRUSES = ("hepatitis_b_c", "hiv")


def hedged(facet: FacetReader, stated: Stated) -> Stated:
    """The same statement, with a limit where its sentence has one that was not seen at the mention."""
    if stated.value != EXCLUDED or stated.limit or facet.never_lets_in:
        return stated
    if _LETS_SOME_IN.search(stated.quote):
        return replace(stated, limit=Limit.EXCEPTIONS)
    if facet.name == "prior_car_t" and _is_of_antigens(stated.quote):
        return replace(stated, limit=Limit.FORMS)
    if facet.name == "cns_disease" and (forms := _of_cns(stated.quote)):
        return replace(stated, limit=forms)
    if facet.name in _VIRUSES and (state := _of_virus(stated.quote)):
        return replace(stated, limit=state)
    if facet.treatment and (length := _for_a_time(facet, stated.quote)):
        return replace(stated, limit=length)
    return stated


def _of_cns(quote: str) -> str:
    """Primary tumours of the brain alone are barred, or disease there that is kept down."""
    if _OF_SOME_FORMS.search(quote):
        return Limit.FORMS
    return Limit.EXCEPTIONS if _KEPT_DOWN.search(quote) else ""


def _of_virus(quote: str) -> str:
    """A list of infections in some state, or an amount of virus."""
    if _is_of_a_state(quote):
        return Limit.ACTIVE
    return Limit.DETECTABLE if _AMOUNT.search(quote) else ""


def _for_a_time(facet: FacetReader, quote: str) -> str:
    """The time at the end of a list of treatments: it may be of each of them."""
    mention = facet.mention.search(quote)
    rest = quote[mention.end() :] if mention else ""
    time = WASHOUT.search(rest)
    return length_of(rest) if time and not _NEXT_TREATMENT.search(rest[: time.start()]) else ""


def _is_of_antigens(quote: str) -> bool:
    """Whether it names an antigen with every CAR: "other genetically engineered CD276-CAR T cells"."""
    return len(_CAR.findall(quote)) == len(_CAR_OF_ANTIGEN.findall(quote)) > 0


def _is_of_a_state(quote: str) -> bool:
    """Whether a list of infections begins with what state they are in: "active infection, such as HIV"."""
    return bool(_OF_A_STATE.search(quote)) and not _EVER.search(quote)
