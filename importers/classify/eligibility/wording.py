"""The words that criteria share, and a plain way to write them down.

Phrases stand between bars. In a phrase a space is spaces or hyphens, `-` at most one of either, `*` the
rest of a word, `...` some words of the same sentence. Capitals and small letters are the same.
"""

import re

from importers.classify.patterns import Pattern

_SIGNS = {"...": r"[^.;:]{0,40}?", " ": r"[\s-]+", "-": r"[\s-]?", "*": r"\w*", "/": r"\s?/\s?"}
_TOKENS = re.compile(r"\.\.\.|.", re.S)


def either(phrases: str) -> str:
    """Any of the phrases, as a regular expression."""
    return "(?:" + "|".join(_phrase(" ".join(written.split())) for written in phrases.split("|")) + ")"


def _phrase(written: str) -> str:
    body = "".join(_SIGNS.get(token, re.escape(token)) for token in _TOKENS.findall(written))
    return (r"\b" if written[0].isalnum() else "") + body + (r"\b" if written[-1].isalnum() else "")


def pattern(phrases: str) -> Pattern:
    """Any of the phrases, compiled."""
    return compiled(either(phrases))


def compiled(expression: str) -> Pattern:
    """A regular expression that does not tell capitals from small letters."""
    return Pattern(expression, re.IGNORECASE)


NOTHING, ANYTHING = Pattern(r"(?!)"), Pattern("")

NEGATED = pattern(
    """no|not|non-pregnant|non-lactating|non-nursing|without|never|negative|absence|absent
    |free of|free from|except*|neither|nor|cannot|lack of
    |seronegativ*|sero negativ*|non reactive|nonreactive|rule out|ruled out|exclude|excluding
    |exclusion of|none of|naive|unless|other than|denies"""
)
HARMLESS_NO = pattern(
    """not eligible for|not limited to|not be limited|not required|not suitable|not candidate*
    |not a candidate|not an option|not feasible|not available|no available|no longer|no more than
    |not exceed*|not yet|no standard|no other treatment*|no other therap*|no other option*|no effective
    |no curative|no alternative|no suitable|not respond*|no response|not achiev*|not controlled
    |not otherwise specified|not amenable|not appropriate|not willing|with or without|non Hodgkin*
    |non responsive"""
)
"""Negations of something else than having had, or having, what is spoken of."""

DENIED_AFTER = pattern(
    """negativ*|seronegativ*|non reactive|nonreactive|not detect*|absent|ruled out|excluded
    |must not|should not|cannot|is not|are not|not be|not been|not have|not present|none"""
)
"""What may follow a disease to say that people must not have it ("HIV test: negative")."""

SHUT_OUT = pattern(
    """not eligible|ineligible|is excluded|are excluded|be excluded|excluded from|excluded if
    |not permitted|not allowed|not acceptable|not be eligible|not be permitted|not be allowed
    |not be enrol*|not enrol*|not be included|are not included|prohibited|disqualif*|excludes|will exclude
    |exclusionary|leads to exclusion|must not have|may not have|should not have|cannot be enrol*
    |cannot be included|cannot enrol*|may not enrol*|cannot participate|may not participate|cannot join
    |may not join|cannot take part|may not take part|preclude*"""
)
LET_IN = pattern(
    """is eligible|are eligible|be eligible|remain eligible|still eligible|eligible if|eligible provided
    |eligible as long|eligible when|eligible unless|eligible for this|eligible for the trial|eligible to
    |eligible for the study|eligible for enrol*|eligible for inclusion|allowed|permitted|acceptable
    |permissible|is included|are included|be included|may enrol*|can enrol*|be enrol*|are enrol*
    |may participate|can participate|may be considered|will be considered|may have received|may have had
    |may have undergone|may take part|can take part|may join|can join|may enter|can enter|is accepted
    |are accepted|be accepted|is tolerated|are tolerated|is ok"""
)
NOT_SHUT_OUT = pattern(
    """not excluded|not be excluded|not exclusionary|not an exclusion*|does not exclude
    |not be considered*...exclusion*|not reasons|not grounds|not exclusions|not bar
    |not preclude|not disqualify*|not a reason|not a bar|not barred
    |not a contraindication*"""
)
EXCEPTIONS = pattern("except*|following are allowed|following are permitted|allowed are|other than")

TIME = (
    r"(?:\d+|one|two|three|four|five|six|eight|twelve)\s*[-\s]?\W{0,3}(?:\w+\s+)?(?:day|week|month|year|half)"
)
_AT_LEAST = r"(?:≥|>=|>|at\s+least|more\s+than|longer\s+than|beyond)"
WASHOUT = compiled(
    r"(?:within|in|less\s+than|fewer\s+than|<|≤|=<|during|under)\s*\\?[<=]?\s*(?:the\s+|a\s+|at\s+least\s+)?"
    rf"(?:last\s+|past\s+|previous\s+|prior\s+|preceding\s+|recent\s+)?{TIME}"
    rf"|{_AT_LEAST}\s*(?:day\s*\+?\s*)?{TIME}|{_AT_LEAST}\s*day\s*\+?\s*\d+"
    rf"|{TIME}s?\s+(?:since|post|after|from|before|prior|previous|preceding|ago|earlier)\b"
    rf"|(?:last|past|previous|preceding)\s+{TIME}"
)
"""A time that has to pass after a treatment, or has not."""

CONDITION = compiled(
    r"\bassociated\s+with\b|\bunless\b|\bexcept\b[^.;]{0,60}?(?:confirm|still|express|positiv)\w*"
    r"|\bwithout\s+(?:confirmed|documented|evidence\s+of)\b"
    r"|\b(?:with|caus\w+|complicated\s+by|leading\s+to|led\s+to|result\w*\s+in|followed\s+by)\s+(?:\w+\s+)?"
    r"(?:severe|serious|life\W+threatening|\W{0,3}grade)\b[^.;]{0,40}?(?:CRS|cytokine|ICANS|neuro\w*|toxicit)"
    r"|\bwho\s+(?:did\s+not|have\s+not|had\s+no|failed)\b|(?:with|having|and|:|who\s+ha\w+|requir\w+)[^.;,]{0,50}?(?:GVHD|graft)"
)
"""What has to be true as well: those of whom it is not can join in spite of the treatment."""

DEMAND = pattern("must|should|need to|needs to|have to|has to|none may|is required|are required|be required")
"""Demands on people who had it: they can join if they meet them."""
_PEOPLE = r"(?:patients|subjects|participants|those|people|individuals)"
SUPPOSED = compiled(rf"\b(?:(?:for|in)\s+{_PEOPLE}|{_PEOPLE}\s+(?:who|with|that|having|previously))\b")
PEOPLE_WITH_IT = compiled(rf"[\s-]*(?:(?:infect\w+|\w*positive|reactive|virus|carrier)\s+)*{_PEOPLE}\b")
IF = compiled(r"\b(?:if|when|where|in\s+case\s+of)\b")
"""Words that suppose a treatment, rather than ask for it or against it: of people, and at all."""

CLAUSE_END = compiled(
    r"[;:(,)，；（）：]|\.\s|\b(?:but|however|although|unless)\b|\bor\b(?=\s+(?:any|ever|a\s+history)\b)"
)
TURN = compiled(r"[;；。]|(?<!e\.g)(?<!i\.e)\.\s|\b(?:but|however|although|unless)\b")
"""Where what was denied is denied no longer; a comma may go on with the same list."""


def is_negated(text: str) -> bool:
    """Whether a piece of a sentence denies something that matters."""
    return bool(NEGATED.search(HARMLESS_NO.sub(" ", text)))
