"""The words that criteria share, and a plain way to write them down.

In a phrase a space stands for spaces or hyphens, `-` for at most one of either, `*` for the rest of a
word, `...` for some words of the same sentence. Letters match in either case.
"""

import re

_SIGNS = {"...": r"[^.;:]{0,40}?", " ": r"[\s-]+", "-": r"[\s-]?", "*": r"\w*", "/": r"\s?/\s?"}
_TOKENS = re.compile(r"\.\.\.|.", re.S)


def phrase(written: str) -> str:
    """One phrase as a regular expression."""
    body = "".join(_SIGNS.get(token, re.escape(token)) for token in _TOKENS.findall(written))
    start = r"\b" if written[0].isalnum() else ""
    return start + body + (r"\b" if written[-1].isalnum() else "")


def either(*phrases: str) -> str:
    """Any of the phrases, as a regular expression."""
    return "(?:" + "|".join(phrase(written) for written in phrases) + ")"


def pattern(*phrases: str) -> re.Pattern[str]:
    """Any of the phrases, compiled."""
    return compiled(either(*phrases))


def compiled(expression: str) -> re.Pattern[str]:
    """A regular expression that does not tell capitals from small letters."""
    return re.compile(expression, re.IGNORECASE)


NOTHING = re.compile(r"(?!)")

NEGATED = pattern(
    *(
        "no",
        "not",
        "non",
        "without",
        "never",
        "negative",
        "absence",
        "absent",
        "free of",
        "free from",
        "except*",
    ),
    *("neither", "nor", "cannot", "lack of", "rule out", "ruled out", "exclude", "excluding", "exclusion of"),
    *("none of", "naive", "unless", "other than", "do not", "denies"),
)
HARMLESS_NO = pattern(
    *(
        "not eligible for",
        "not limited to",
        "not required",
        "not suitable",
        "not candidate*",
        "not a candidate",
    ),
    *(
        "not an option",
        "not feasible",
        "not available",
        "no available",
        "no longer",
        "not be limited",
        "no more than",
    ),
    *(
        "no standard",
        "no other treatment*",
        "no other therap*",
        "no other option*",
        "no effective",
        "not respond*",
        "no response",
        "not achiev*",
        "no curative",
    ),
    *(
        "not controlled",
        "not otherwise specified",
        "not amenable",
        "with or without",
        "not exceed*",
        "not yet",
    ),
    *("no alternative", "not appropriate", "not willing", "non Hodgkin*", "non responsive", "no suitable"),
)
"""Negations of something else than having had or having what is spoken of."""

SHUT_OUT = pattern(
    *(
        "not eligible",
        "ineligible",
        "is excluded",
        "are excluded",
        "be excluded",
        "excluded from",
        "excluded if",
    ),
    *(
        "not permitted",
        "not allowed",
        "not acceptable",
        "not be eligible",
        "not be permitted",
        "not be allowed",
    ),
    *(
        "not be enrol*",
        "not be included",
        "are not included",
        "prohibited",
        "disqualif*",
        "excludes",
        "not enrol*",
    ),
    *(
        "will exclude",
        "exclusionary",
        "leads to exclusion",
        "must not have",
        "may not have",
        "should not have",
    ),
)
LET_IN = pattern(
    *("is eligible", "are eligible", "be eligible", "remain eligible", "still eligible", "eligible if"),
    *("eligible provided", "eligible as long", "eligible when", "eligible unless", "eligible for this"),
    *("eligible for the trial", "eligible for the study", "eligible for enrol*", "eligible for inclusion"),
    *("eligible to", "allowed", "permitted", "acceptable", "is included", "are included", "be included"),
    *(
        "may enrol*",
        "can enrol*",
        "be enrol*",
        "are enrol*",
        "may participate",
        "can participate",
        "permissible",
    ),
    *("may be considered", "will be considered", "not excluded", "not be excluded", "not exclusionary"),
    *("not an exclusion", "may have received", "may have had", "may have undergone", "does not exclude"),
)
EXCEPTIONS = pattern(
    "except*", "following are allowed", "following are permitted", "allowed are", "other than"
)

TIME = (
    r"(?:\d+|one|two|three|four|five|six|eight|twelve)\s*[-\s]?\W{0,3}(?:\w+\s+)?(?:day|week|month|year|half)"
)
WASHOUT = compiled(
    rf"(?:within|in|less\s+than|fewer\s+than|<|≤|=<|during|under)\s*\\?[<=]?\s*(?:the\s+|a\s+|at\s+least\s+)?"
    rf"(?:last\s+|past\s+|previous\s+|prior\s+|preceding\s+|recent\s+)?{TIME}"
    rf"|(?:≥|>=|>|at\s+least|more\s+than|longer\s+than|beyond)\s*(?:day\s*\+?\s*)?{TIME}"
    r"|(?:≥|>=|>|at\s+least|more\s+than)\s*day\s*\+?\s*\d+"
    rf"|{TIME}s?\s+(?:since|post|after|from)\b"
)
"""A time that has to pass after a treatment, or has not."""

CONDITION = compiled(
    r"\bassociated\s+with\b|\bunless\b|\bwithout\s+(?:confirmed|documented|evidence\s+of)\b"
    r"|(?:with|having|and|:|who\s+ha\w+|requir\w+)[^.;,]{0,50}?(?:GVHD|graft)"
)
"""What has to be true as well: those who meet it can join in spite of the treatment."""

CLAUSE_END = compiled(r"[;:(,)，；（）：]|\.\s|\b(?:but|however|although|unless)\b")


def is_negated(text: str) -> bool:
    """Whether a piece of a sentence denies something that matters."""
    return bool(NEGATED.search(HARMLESS_NO.sub(" ", text)))
