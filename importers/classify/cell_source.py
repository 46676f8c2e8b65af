"""Whose cells the product is made from: autologous, allogeneic, made in vivo, or not stated.

"Autologous transplant" and "allogeneic transplant" say nothing of the CAR T cells.
"""

import re
from collections.abc import Iterable
from functools import partial

from importers.classify import naming
from importers.classify.company import Company
from importers.classify.fields import Passage, Reading, search
from importers.classify.patterns import Pattern
from importers.records import Evidence
from trials.choices import CellSource

AXIS = "cell_source"
_NO_GRAFT = (
    r"(?:(?!stem\b|hematopoietic|transplant\w*|hsct|sct\b|bone|marrow|graft|asct|followed"
    r"|(?:and|for|these|those|this|is|are|was|were|who|due|however|but)\b)\w+ )"
)
_CELLS = r"(?:\w{0,7}car\b|\w{0,7}cart\w*|t cell|t lymphocyte|γδt?\b|lymphocyte|chimeric|t nk|tcell|carcik)"

_OF = (
    r"(?:the |each |a |an |every |their )?(?:research |study |trial |same |individual |enrolled |eligible )?"
)
_PERSON = r"(?:patient|subject|child(?:ren)?|participant|person|individual|recipient|volunteer)"
_OWN_GAP = r"(?:(?!with\b|who|in\b|and\b|or\b|having\b|after\b|receiv\w+|treated\b)\w+ )"
"""Between "of patients" and the cells: not "of patients with B-cell lymphoma"."""
_CHANGED = (
    r"(?:will be|are|is|were) (?:\w+ ){0,2}?(?:chang|modif|engineer|alter|collect|taken|transduc|train"
    r"|re ?program)"
)
_WHITE_CELLS = (
    r"(?:white (?:blood )?cell|t cell|t lymphocyte|immune cell|lymphocyte(?! (?:count|subset|number))"
    r"|leukocyte(?! count))"
)
_WATCHED = r"(?! (?:t )?(?:cell )?(?:expan|persist|kinetic|prolif|surviv|imag|track|function))"
_STAYS = r"(?:(?!and|then|that|which|where|multipl|expan|persist|surviv|live)\w+ )"
"""Between making and the body: not "made in a laboratory and live in the body"."""
_MAKE = r"(?:(?:mak|generat|produc|creat|(?:re ?)?program|engineer|transduc|build|form)\w*|made|arise)"
_IN_THE_BODY = (
    rf"(?:(?:inside|within|in) (?:the |your |their |a )?(?:{_PERSON} |own |human )?body"
    rf"|(?:inside|within) (?:the |a )?(?:{_PERSON}|you))\b"
)
_VECTOR = r"(?:vector|lentivir\w+|(?:nano ?)?particle|mrna|virus)"
IN_VIVO = Pattern(
    rf"\bin ?vivo (?:\w+ )?(?:\w{{0,3}}cart?\b{_WATCHED}|(?:\w+ )?chimeric|lv\b|lentivir\w+|mrna)"
    r"|\bin ?vivo (?:\w+ )?(?:generat\w+|engineer\w+|reprogram\w+|transduc\w+) "
    rf"|\b(?:car ?t|cart) in ?vivo\b{_WATCHED}|\blipid nano ?particle|\blnp\b"
    r"|\b(?:lentiviral|viral) vector (?:\w+ ){0,3}(?:directly|infusion|injection) "
    r"(?:\w+ ){0,3}(?:patient|into)"
    rf"|\b(?:{_MAKE}|turn\w*) {_STAYS}{{0,4}}?(?:cell|cart|lymphocyte) {_STAYS}{{0,5}}?{_IN_THE_BODY}"
    rf"|\b(?:cell|cart|lymphocyte) (?:\w+ ){{0,3}}?{_MAKE} {_STAYS}{{0,2}}?{_IN_THE_BODY}"
    rf"|\b{_VECTOR} (?:\w+ ){{0,6}}?(?:intravenous\w*|injected|infused|directly)"
    r" (?:\w+ ){0,4}?(?:transduc|reprogram|engineer|make|turn)\w* (?:\w+ ){0,2}(?:t cell|lymphocyte)"
    rf"|\b{_VECTOR} (?:\w+ ){{0,2}}deliver\w* (?:\w+ ){{0,4}}to (?:\w+ ){{0,3}}(?:t cell|lymphocyte)\b"
    r"|\bin situ (?:\w+ ){0,2}?(?:car|cart|generat|engineer|reprogram)"
    r"|\b(?:generat|produc|creat|reprogram|engineer|transduc)\w* "
    rf"(?:(?:the|own|patient|immune|these|car|cart|t|cell|lymphocyte) ){{1,5}}in ?vivo\b{_WATCHED}"
)
ALLOGENEIC = Pattern(
    r"\b(?:allogen\w*|allo|universal|off the shelf|donor(?! lymphocyte infusion)|donor derived|third party"
    rf"|cord blood|ipsc|haploidentical) {_NO_GRAFT}{{0,6}}?{_CELLS}"
    r"|\b(?:u|allo|uni) ?car ?t?\b|\bu ?cart\w*|\ballo ?cart|\bhealthy donor\b"
    r"|\b(?<!stem )(?:cell|lymphocyte) (?:\w+ ){0,3}(?:from|of) (?:\w+ ){0,4}donor\b"
    r"|\bcar(?: ?t)? (?:cell )?(?:from|of) (?:\w+ ){0,4}donor\b(?! lymphocyte)"
    r"|\bc[ao]m\w+ from (?:\w+ ){0,3}donor\b"
    rf"|\ballogen\w* {_NO_GRAFT}?product\b|\bcell from (?:someone else|another person|other people)\b"
    r"|\b(?<!stem )(?:cell|lymphocyte|blood|made|come|derived) (?:\w+ ){0,3}?(?:from|of) (?:\w+ ){0,2}?"
    r"(?:healthy (?:volunteer|person|people|individual|adult|subject)|sibling|relative|family member|brother"
    r"|sister|unrelated)\b(?! (?:\w+ ){0,6}(?:control|compar))"
    r"|\b(?:made|manufactured|prepared|produced|generated|derived|come|cell) from (?:\w+ ){0,3}?volunteer\b"
    r"(?! (?:\w+ ){0,6}(?:control|compar))"
    r"|\b(?:from|of) (?:\w+ ){0,2}?cord blood\b(?! transplant)|\binduced pluripotent\b"
    r"|\bthird party (?:\w+ ){0,2}?cell\b|\bdonated (?:blood|cell|lymphocyte|by)\b"
    r"|\bcell from (?:somebody|someone) else\b|\bnon autologous\b"
    r"|^allogen\w*$|\b(?:source|origin|product) (?:is )?allogen\w*(?= \.|$)"
    r"|\b(?:donor derived|off the shelf)(?= \.|$| product\b| cell\b| therapy\b)"
    rf"|\b(?:parental|maternal|paternal|sibling) (?:\w+ )?{_CELLS}"
)
AUTOLOGOUS = Pattern(
    rf"\b(?:autologous(?:ly)?|auto) {_NO_GRAFT}{{0,9}}?(?:{_CELLS}|gene|genetically|engineered|bcma|cd\d+"
    rf"|infusion|product)"
    rf"|\bautologous and allogeneic (?:\w+ ){{0,3}}?{_CELLS}"
    rf"|\b(?:{_PERSON}|self) (?:derived (?:\w+ ){{0,3}}?{_CELLS}|specific (?:\w+ ){{0,2}}?car ?t)"
    r"|\b(?:autologously|patient derived(?= \.|$| product\b)|self (?:car t|cart|t cell))\b"
    rf"|\b{_PERSON} (?:is|are|act as|serve as) (?:(?:the|their|his|her|own|or) ){{0,4}}donor of\b"
    rf"|\b(?:product|cart?|car t|cell) (?:\w+ ){{0,3}}?individually for (?:each|every|the|a) {_PERSON}\b"
    r"|\b(?:made|prepared|manufactured|generated|produced) from (?:their|your|his|her|his or her)"
    r" (?:\w+ ){0,2}?(?:lymphocyte|leukocyte|cell|blood)\b"
    rf"|\b(?<!stem )(?:cell|pbmc|leukocyte|lymphocyte) (?:of|from) {_OF}{_PERSON} "
    r"(?:(?:are|is|will|be) ){0,2}(?:transduc|transfect|modif|engineer|alter|equip|re ?program)\w*"
    rf"|\b(?:engineered|modified|transduced|transfected|altered|edited) (?:t |immune )?(?:cell|lymphocyte)"
    rf" (?:of|from) {_OF}{_PERSON}\b"
    r"|\b(?:cell|lymphocyte|blood) (?:\w+ ){0,2}?(?:removed|taken|collected) from (?:the|your|their) body\b"
    r"|\bauto ?car ?t\b|\bown (?:\w+ ){0,4}(?:cell|lymphocyte|blood)\b|\bautologous$"
    rf"|\b(?:from|of) {_OF}{_PERSON}(?: own)? {_OWN_GAP}{{0,2}}(?:blood|t cell|cell|immune)"
    rf"|\b(?:an?|the|each|every|that|their|your) {_PERSON} (?:{_WHITE_CELLS}|cell {_CHANGED})"
    rf"|\b(?<!\w ){_PERSON} {_WHITE_CELLS}"
    rf"|\b(?:t cell|lymphocyte) from {_OF}{_PERSON} {_CHANGED}"
    rf"|\btake\w* (?:\w+ ){{0,2}}(?:t cell|lymphocyte) of {_OF}{_PERSON}\b"
    rf"|\b(?:cell|lymphocyte) from (?:the )?(?:peripheral )?blood of {_OF}{_PERSON}\b"
    r"|\b(?:his or her|your|their) (?:own )?(?:white blood|t|immune) (?:cell|lymphocyte) "
    rf"{_CHANGED}"
    r"|\b(?:with|from|using|take|takes|taking|change|changes|modify|modifies) (?:their|your|his or her)"
    r" (?:white blood|t|immune|blood) cell\b"
    rf"|\b(?:collect|take|remove|draw|obtain)\w* (?:\w+ ){{0,3}}(?:cell|lymphocyte"
    rf"|blood) from {_OF}{_PERSON}\b"
    rf"|\b(?:given|infus\w+|returned|put|injected|transfused|re ?infus\w+) back (?:in)?(?:to )?(?:the )?"
    rf"(?:same )?(?:body|blood|bloodstream|you|them|{_PERSON})\b"
    rf"|\b(?:re ?infus\w+|returned|transfused|given|infused) (?:\w+ ){{0,3}}?(?:in)?to the same {_PERSON}\b"
    r"|\b(?:patient|subject|participant) (?:own )?(?:peripheral blood|pbmc|t lymphocyte)\b"
    r"|\b(?:cell|car t|cart|product) (?:\w+ ){0,3}?(?:made|prepared|manufactured|generated|produced)"
    r" (?:from|using) (?:\w+ ){0,2}(?:patient|participant|subject)\b"
    r"|\b(?P<taken>extracted|obtained|collected|taken|removed|drawn|derived|isolated|harvested)"
    r" (?:\w+ ){0,2}from "
    rf"{_OF}(?:{_PERSON}|blood of (?:\w+ )?{_PERSON})\b"
)
EITHER = Pattern(
    r"\b(?:patient|autologous|own|self|subject) (?:\w+ ){0,2}or (?:a |from |their )?(?:\w+ )?(?:donor"
    r"|allogeneic)"
    r"|\b(?:donor|allogeneic) (?:\w+ ){0,2}or (?:\w+ )?(?:autologous|patient)"
)
COLLECTED = Pattern(
    r"\b(?:leuk\w*apheresis|apheresis|(?:lymphocyte|pbmc|cell) collection)\b"
    r"|\bcollection of (?:\w+ )?(?:pbmc|lymphocyte|t cell)"
    r"|\b(?:pbmc|lymphocyte|mononuclear cell|t cell) (?:will be |are |is )(?:\w+ )?(?:collected|harvested)\b"
)

OTHERS_CELLS = Pattern(
    r"\b(?:some researcher|investigator found|researcher found|currently (?:used|available|approved)"
    r"|conventional|traditional|existing|most car t|(?:in|from) (?:a|an|another|previous|earlier|prior|other)"
    r" (?:\w+ ){0,2}(?:study|trial))\b(?: \w+){0,30}(?: \.(?: \w+){0,12})? ?$"
    r"|\b(?:failure of|failed|prior|previous|previously received|refractory to|(?:relaps|progress)\w+"
    r" (?:after|on|following))(?: \w+){0,2} ?$"
)
"""What comes shortly before words on cells of other studies or of CAR T cells in general: in the same
sentence, or in the one before ("In another study a gene was made. It was put into patients' own cells.")."""
CONTRASTED = Pattern(r"\b(?:unlike|contrast to|rather than|instead of|not|than)(?: (?!own\b)\w+){0,2} ?$")
"""The cells named next are what the product is not made of."""
NOT_CELLS = Pattern(
    r"\b(?:data|information|sample|specimen|questionnaire|tissue|tumor|urine|saliva|stool|swab|consent|image"
    r"|stem cell|serum|plasma)\b(?: \w+){0,4} ?$"
)
"""What else is "collected from patients"."""
_BACKGROUND = 200  # characters looked at before a match

PATTERNS: tuple[tuple[str, CellSource, Pattern], ...] = (
    ("cell-source/in-vivo", CellSource.IN_VIVO, IN_VIVO),
    ("cell-source/either", CellSource.NOT_STATED, EITHER),
    ("cell-source/autologous", CellSource.AUTOLOGOUS, AUTOLOGOUS),
    ("cell-source/allogeneic", CellSource.ALLOGENEIC, ALLOGENEIC),
)
"""In this order within each group of fields: a trial of both kinds names first what it gives first."""


def decide(reading: Reading) -> tuple[CellSource, list[Evidence]]:
    """The cell source and the words that state it; strong fields first, then products, then text.

    A product in the text beside CAR T cells of the study's own is what others have given.
    """
    strong = (*reading.titles, *reading.interventions, *reading.arms, *reading.keywords)
    text = (*reading.summary, *reading.intervention_descriptions, *reading.arm_descriptions)
    names_car_t = any(naming.find_car_t(passage.folded.line) for passage in reading.interventions)
    products_of = partial(_of_product, Company(reading))
    found = (
        _stated(strong)
        or products_of(strong)
        or _stated(text)
        or (None if names_car_t else products_of(text))
        or _collected((*strong, *text))
    )
    return found or (CellSource.NOT_STATED, [])


def _stated(passages: Iterable[Passage]) -> tuple[CellSource, list[Evidence]] | None:
    passages = tuple(passages)
    for rule, source, pattern in PATTERNS:
        for passage in passages:
            if match := _own(pattern, passage.folded.line):
                return source, [passage.evidence(AXIS, source, rule, match)]
    return None


def _own(pattern: Pattern, line: str) -> re.Match[str] | None:
    """The first match that describes this study's cells."""
    matches = pattern.finditer(line)
    return next((match for match in matches if _is_own(match, line)), None)


def _is_own(match: re.Match[str], line: str) -> bool:
    before = line[max(0, match.start() - _BACKGROUND) : match.start()]
    taken = match.groupdict().get("taken")
    if OTHERS_CELLS.search(before) or CONTRASTED.search(before):
        return False
    return not (taken and NOT_CELLS.search(before))


def _of_product(company: Company, passages: Iterable[Passage]) -> tuple[CellSource, list[Evidence]] | None:
    for passage in passages:
        for product, first, last in company.products(passage):
            source = CellSource(product.cell_source)
            if product.is_car_t and source != CellSource.NOT_STATED:
                return source, [passage.words(AXIS, source, "cell-source/product", first, last)]
    return None


def _collected(passages: Iterable[Passage]) -> tuple[CellSource, list[Evidence]] | None:
    """Who is apheresed in the trial gives the cells for the product."""
    if found := search(COLLECTED, passages):
        source = CellSource.AUTOLOGOUS
        return source, [found[0].evidence(AXIS, source, "cell-source/collected", found[1])]
    return None
