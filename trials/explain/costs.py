"""Who pays, where a registry's record says so: treatment, hospital, tests, travel, each with its sentence.

Pure, and never guessed: a sentence counts only where it speaks of paying and of what is paid for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trials.explain.excerpts import CRITERIA, NARRATIVE, Quote, RecordText, of_fields, quote, sentences


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I | re.X)


PAYING = _words(
    r"""\bfree\ of\ (?:charge|cost)\b|(?<![-\w])free\ (?:treatment|drug|medication|CAR)|
    \bfor\ free(?=[\s.,;]*$)|
    \bat\ no\ (?:extra\ |additional\ )?(?:cost|charge)|\bno\ (?:cost|charge)\ to\b|
    \bwithout\ (?:any\ )?(?:cost|charge)\ (?:to|for)\b|
    \b(?:costs?|expenses?|charges?|bills?|fees?)\b[^.\n]{0,90}
        \b(?:borne|covered|cover|paid|met|reimbursed|waived|funded|responsib\w+|provided)\b|
    \b(?:cover|covers|bear|pay|pays|meet|afford)\b[^.\n]{0,40}\b(?:costs?|expenses?|charges?|fees?)\b|
    \breimburs(?:ed?|es)\b(?!\ in\b)|
    \breimbursement\ (?:for|of)\ (?:the\ )?(?:travel|transport|patient|participant|study)|
    \bcompensated\ for\b|\bout[- ]of[- ]pocket\b|\bself[- ]pay\w*|
    \b(?:paid|pay)\ (?:for\ )?by\b|\b(?:pay|paid)\ for\b|\bprovided\ (?:free|by\ the\ sponsor)\b"""
)
_ELSEWHERE = _words(
    r"""cost[- ](?:effective|efficacy|utility|benefit)|\bbillion|\bmillion|socie?tal|
    health[- ]?care\ (?:system|cost)|reimbursement\ (?:rate|polic|approval|and\ clinical|decision)|
    affordable\ for|underprivileged|ha(?:s|ve)\ been\ reimbursed|insurance\ compan|
    \bself-reported|physiolog|compensated\ for\ by"""
)
ITEMS = {
    "treatment": _words(
        r"\btreatments?\b|\btherap(?:y|ies)\b|\bdrugs?\b|\bmedicines?\b|\bmedications?\b|\bCAR\b|CAR-?T|\bcells?\b|"
        r"\binfusions?\b|\binvestigational|\w+leucel\b|\bstudy\ product|\w+(?:mab|case|nib|mide)\b"
    ),
    "hospital": _words(
        r"\bhospitali[sz]ation|\b(?-i:hospital)\b|\binpatient|\bbed\ charges|\badmission|\bICU\b"
    ),
    "tests": _words(
        r"\btests?\b|\btesting\b|\binvestigations\b|\bscans?\b|\blaborator\w+|\bimaging\b|\bbiops\w+|\bexaminations?\b|"
        r"\bPET\b|\bMRI\b|\bassessments\b"
    ),
    "travel": _words(
        r"\btravel\w*|\btransport\w*|\blodging|\baccommodation|\bhousing|\bhotel|\bairfare|\bmeals?\b"
    ),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """One thing that costs money; `quotes` are empty where the record says nothing of who pays for it."""

    item: str
    quotes: Sequence[Quote] = ()


def costs(texts: Sequence[RecordText]) -> list[Cost]:
    """Every item of `ITEMS`, each with the first sentence a record has of it."""
    stated = [
        (passage, sentence, at)
        for passage in of_fields(texts, (*NARRATIVE, *CRITERIA))
        for sentence, at in sentences(passage, PAYING)
        if not _ELSEWHERE.search(sentence)
    ]
    found = []
    for item, words in ITEMS.items():
        quotes: dict[str, Quote] = {}
        for passage, sentence, at in stated:
            if words.search(sentence):
                quotes.setdefault(passage.source, quote(passage, sentence, at))
        found.append(Cost(item, list(quotes.values())[:2]))
    return found
