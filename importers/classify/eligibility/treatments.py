"""Words for the treatments that eligibility asks about: CAR T and its like, and transplants from others."""

from importers.classify.eligibility.wording import compiled, either

HAD = (
    either(
        """prior|previous|previously|received|receipt|history of|exposure|exposure to|exposed to|treated
        |accepted|undergone|underwent|experienced|failed|failure of|failure to|most recent|last
        |earlier|got|came back after|come back after|comes back after|returned after|pretreated with
        |relaps*...after|relaps*...following|relaps*...from|relaps*...post|progress*...after|progress*...on|progress*...following
        |refractory to|resistant to|recurr*...after|recurr*...following|had|use of|used|treatment with
        |therapy with|h/o|participated in|administered|given|persist*...after|residual...after"""
    )
    + r"(?!\s+to\b)"
)
"""Words that put a treatment into the past."""

_NOT_YET = either(
    """prior to|previous to|before|until|planned|planning|plan|scheduled|intended|candidate*|eligible
    |ineligible|unable|declined|refus*|available|attempted|contracept*|birth control|steroid*
    |corticosteroid*|at least|apheresis|bridging|lymphodeplet*|follow up|consent*"""
)
"""Words after which a treatment is this trial's own, or one not had."""
HAD_THEN = rf"{HAD}(?:(?!{_NOT_YET})[^.;。；]){{0,100}}?"

CAR = either(
    """CAR-T|CAR-Ts|CAR-T-cell*|CAR modified T|CAR-NK|CAR therap*|CAR based|CAR cell*|CAR gene*
    |chimeric antigen receptor*|chimeric antigen T|gene therap*|gene product*|gene modified
    |gene engineered|genetically modified|genetically engineered|genetic modified|engineered T cell*
    |modified T cell*|adoptive...cell*|cellular therap*|cellular immunotherap*|cell therap*
    |cell immunotherap*|cell based therap*|cell based immunotherap*|immune cell treatment|T cell treatment
    |cell treatment"""
)

_STEM = either("stem cell*|bone marrow|marrow|hematopoietic*|haematopoietic*|hemopoietic*|progenitor*")
_SHORT = r"\bHS?CTs?\b|\bSCTs?\b|\bHSCTs?\b|\bBMTs?\b"
_OF_ORGANS = r"organ|tissue|solid|renal|kidney|liver|cornea|islet|CAR\b|donor\s+lymph"
ALLO = (
    rf"(?:\ballo(?!graft)\w*(?:(?!{_OF_ORGANS})[^.;,，；]){{0,45}}?(?:transplant\w*|{_SHORT}|{_STEM})"
    rf"|{_STEM}[^.;]{{0,30}}?transplant\w*|{_SHORT}|\ballo-?(?:H?SCT|HCT|BMT)s?\b"
    r"|\bdonor\s+transplant\w*|\btransplant\w*\s+from\s+(?:an?|another)\s+(?:\w+\s+)?(?:donor|person)\b"
    r"|\bhaplo\w*[^.;]{0,20}?transplant\w*|\bpost[\s-]+transplant\w*\s+relaps\w*"
    r"|\brelaps\w*\s+(?:after|post|following)[\s-]+(?:an?\s+|the\s+)?transplant\w*)"
)
"""A transplant of stem cells, from another person or of a kind that is not stated."""
OWN_CELLS = rf"\bauto(?:logous|-)?\s*(?:\w+[\s-]+){{0,3}}?(?:transplant|{_SHORT}|{_STEM})|\basct\b"

COULD_BE = either(
    """eligible|ineligible|eligibility|candidate*|suitable|refus*|unfit|willing|unwilling|appropriate
    |available|plan*|bridge|bridging|consolidat*|intend*|scheduled|undergoing|awaiting|waiting|declin*
    |option*|contraindication*|amenable|considered for|prior to|before|require*|unable|undergo
    |consenting to|proceed|donor for|such as|not received|indication* for|toxicit*...of"""
)
COULD_BE_AFTER = either("candidate*|option*|conditioning|donor|is planned|planned|regimen*|consolidation")
"""Words that make a transplant one that could be, not one that was."""

OTHER_TREATMENT = compiled(
    r"(?:,|，|、|/|\bor\b|\band\b)\s*"
    r"(?:(?:had|have|has|received|any|an?|prior|previous|other|the|treatment\s+with)\s+)*"
    r"(?:auto\w*|ASCT|chemo\w*|radio\w*|radiation|surg\w+|major\s+surg\w+|\S*\s?antibod\w+|steroid\w*|investigational"
    r"|vaccin\w*|live|donor\s+lymph\w*|DLI|immunosuppress\w*|systemic|targeted|small)\b"
)
"""Where another treatment begins: a time that follows it is of that one."""
