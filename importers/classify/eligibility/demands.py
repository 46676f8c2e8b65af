"""What a trial asks of everybody besides the facets: an antigen on the cancer, a weight, working organs.

They are named only where a criterion for joining (of weight: also one against it) says so; whether a
patient's organs are well enough is never judged, only that there are limits.
"""

from collections.abc import Callable, Sequence

from importers.classify.eligibility.antigens import ANTIGEN, named
from importers.classify.eligibility.criteria import IN, OUT, Criterion
from importers.classify.eligibility.wording import SUPPOSED, compiled, is_negated, pattern
from importers.records import Stated
from trials.choices import Demand, Limit

_POSITIVE = (
    r"(?:\W{0,2}\+(?!\w)|\W{1,3}(?:antigen\W+|protein\W+|surface\W+|tumou?r\W+){0,2}"
    r"(?:positiv\w*|express\w*)(?!\s*(?:negativ|loss|lost|status|level)))"
)
_ASKED = compiled(
    rf"{ANTIGEN}{_POSITIVE}"
    rf"|(?:express\w*|positiv\w*|presence)\s+(?:\w+\s+){{0,2}}?(?:of|for|to)?\s*{ANTIGEN}"
)
_OPTIONAL = pattern(
    """regardless|irrespective|not required|not necessary|not mandatory|unknown|may be tested|will be tested
    |is tested|or negative|negative or|positive or negative|cohort*|if available
    |will be evaluated|be evaluated|will be determined|be determined for|be assessed for|expression evaluation
    |scored|rescoring|low|suspected|mutation*"""
)
_OF_SOME = pattern("if|previously|prior|earlier|who had|who received|in case of")
"""What makes it a demand on some people alone: "if treated with blinatumomab, CD19 must be there"."""
_KILOGRAMS = r"(?P<kg>\d{1,3}(?:\.\d+)?)\s*(?:kg\b|kilo)(?!\s*(?:/|per))"
_IS = r"(?:\W{0,3}(?:must|should|has\s+to|to)?\s*(?:be|is|of)?\s*\W{0,3}?)"
_FLOOR = compiled(
    rf"\bweigh(?:t|s|ing)?\b{_IS}(?:(?P<least>≥|>=|=>|at\s+least|(?:a\s+)?minimum(?:\s+of)?|not\s+less\s+than"
    rf"|no\s+less\s+than|greater\s+than\s+or\s+equal\s+to|more\s+than\s+or\s+equal\s+to)"
    rf"|>|more\s+than|greater\s+than|over|above)\s*{_KILOGRAMS}"
)
_TOO_LIGHT = compiled(
    rf"\bweigh(?:t|s|ing)?\b{_IS}(?:(?P<most>≤|<=|=<)|<|less\s+than|below|under|lower\s+than)\s*{_KILOGRAMS}"
)
_NOT_OF_PEOPLE = pattern("los*|gain*|dose*|tumour*|tumor*|change*|birth weight|donor*|apheresis")
_ORGANS = compiled(
    r"\b(?:creatinine|bilirubin|ALT|AST|SGPT|SGOT|transaminases?|aminotransferases?|(?-i:e?GFR)|LVEF|ejection\s+fraction"
    r"|oxygen\s+saturation|SpO2|SaO2|neutrophils?|ANC|platelets?|(?<!glycated\s)(?<!glycosylated\s)ha?emoglobin)\b[^.;]{0,60}?\d"
    r"|\badequate\s+(?:\w+[\s,/]+(?:and\s+)?){0,5}?(?:organs?|marrow|renal|kidney|hepatic|liver|cardiac|heart"
    r"|pulmonary|lung)\b"
)
_LIST = 60
"""Characters after an antigen in which others of the same list stand: "expressing CD19 and CD22"."""
_ANTIGEN_HINTS = ("positiv", "express", "presence", "+")
_ORGAN_HINTS = (
    "adequate",
    "creatinine",
    "bilirubin",
    "alt",
    "gfr",
    "lvef",
    "ejection",
    "saturation",
    "neutro",
)


def demands(
    found: Sequence[Criterion], lowered: Sequence[str], aims: Callable[[], set[str]]
) -> dict[str, Stated]:
    """Each demand by its name; none where no criterion states it. `aims`: what the trial is against."""
    demanded = {}
    text = "\n".join(lowered)
    if any(hint in text for hint in _ANTIGEN_HINTS) and (antigens := _antigens(found, lowered, aims)):
        demanded[Demand.ANTIGEN] = antigens
    if "weigh" in text and (least := _weight(found)):
        demanded[Demand.WEIGHT] = least
    if any(hint in text for hint in _ORGAN_HINTS) and (organs := _organs(found)):
        demanded[Demand.ORGANS] = organs
    return {str(name): stated for name, stated in demanded.items()}


def _antigens(
    found: Sequence[Criterion], lowered: Sequence[str], aims: Callable[[], set[str]]
) -> Stated | None:
    """The antigens that the trial aims at and that the cancer must carry, from the first sentence of any."""
    for one, text in zip(found, lowered, strict=True):
        if not any(hint in text for hint in _ANTIGEN_HINTS) or one.side != IN or _OPTIONAL.search(one.text):
            continue
        required = {
            antigen
            for match in _ASKED.finditer(one.text)
            if not is_negated(one.text[max(0, match.start() - 40) : match.start()] + match[0])
            for antigen in named(one.text[match.start() : match.end() + _LIST])
        } & aims()
        if required:
            limit = Limit.CONDITION if _OF_SOME.search(one.text) else ""
            return Stated(", ".join(sorted(required)), one.text, limit)
    return None


def _weight(found: Sequence[Criterion]) -> Stated | None:
    """The lowest weight in kilograms; `Limit.AT_LEAST` where exactly that weight will do."""
    for one in found:
        written = {IN: _FLOOR, OUT: _TOO_LIGHT}.get(one.side)
        if not written or _NOT_OF_PEOPLE.search(one.text) or SUPPOSED.search(one.text):
            continue
        weights = list(written.finditer(one.text.replace("\\", " ")))
        if weights and len({match["kg"] for match in weights}) == 1:  # not one for women and one for men
            exactly = bool(weights[0]["least"]) if one.side == IN else not weights[0]["most"]
            return Stated(weights[0]["kg"].removesuffix(".0"), one.text, Limit.AT_LEAST if exactly else "")
    return None


def _organs(found: Sequence[Criterion]) -> Stated | None:
    """That there are limits of organs or blood counts; which, only the text says."""
    for one in found:
        if one.side == IN and _ORGANS.search(one.text):
            return Stated("stated", one.text)
    return None
