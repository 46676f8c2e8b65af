"""What a question states about the patient: age, sex, lines of treatment had, CAR T had before.

A number is an age only where a unit, a word for age or a person beside it shows it; a time that is since, for
or after something is not. What is not stated is never guessed.
"""

import re
from collections.abc import Mapping

from trials.search.understand.fillers import fillers
from trials.search.understand.ordinary import ordinary
from trials.search.understand.patterns import END, any_of, find, whole_words
from trials.search.understand.question import Question
from trials.search.understand.words import disease_words, right_words
from trials.vocabulary.folding import fold

OLDEST = 120
MALE, FEMALE = "male", "female"
CHILD, ADULT = "child", "adult"
_COUNTED = (
    "one ek",
    "two do",
    "three teen tin",
    "four char chaar",
    "five paanch panch पांच",
    "six chhe chah chhah छह छः",
    "seven saat सात",
    "eight aath आठ",
    "nine nau नौ",
    "ten das दस",
    "eleven gyarah ग्यारह",
    "twelve barah बारह",
)
_SPELT: Mapping[str, float] = {
    **{word: n for n, words in enumerate(_COUNTED, 1) for word in fold(words).words},
    **dict.fromkeys(fold("dedh डेढ़").words, 1.5),
    **dict.fromkeys(fold("dhai adhai ढाई अढ़ाई").words, 2.5),
}
_N = rf"(?:\d{{1,3}}|{'|'.join(_SPELT)})"
_YEARS = any_of("year yr yrs yo y y_o saal sal varsh baras barsh साल वर्ष बरस वर्षीय")
_MONTHS = any_of("month mth mths mahine mahina maheene महीने महीना माह महिने")
_WEEKS = any_of("week wk wks hafte हफ्ते सप्ताह")
_PERSON: Mapping[str, str] = {
    MALE: "male man boy gentleman ladka aadmi purush mard लड़का आदमी पुरुष",
    FEMALE: "female woman girl lady ladki aurat mahila लड़की औरत महिला",
}
_KIN: Mapping[str, str] = {
    MALE: """son father dad papa husband brother uncle grandfather grandpa beta pita pitaji bhai pati bete
        बेटा बेटे पिता पापा भाई पति""",
    FEMALE: """daughter mother mom mum mummy wife sister aunt grandmother grandma beti maa mata behen bahen
        patni बेटी माँ माता मम्मी बहन पत्नी""",
}
_PEOPLE = any_of(f"{_PERSON[MALE]} {_PERSON[FEMALE]}")
_CHILDREN = """child children kid baby infant toddler newborn teenager pediatric paediatric childhood
    bachcha bachche bacche bachha bachi bachchi baccha बच्चा बच्चे बच्ची बच्चों"""
_CHILD = any_of(_CHILDREN)
_ANY_PERSON = rf"(?:{_CHILD}|{_PEOPLE}|{any_of(_KIN[MALE] + ' ' + _KIN[FEMALE])})"
_ALIVE = rf"(?:old|of age|{_ANY_PERSON})"
_POSSESSIVE = any_of("ka ki ke का की के")
_EVENT = any_of(
    """relapse relapsed remission survival treatment treated therapy chemo chemotherapy transplant diagnosed
    diagnosis since ago after before pregnant pregnancy garbhvati गर्भवती ilaj ilaaj इलाज follow followup"""
)
_SINCE = any_of("since for last past from in after within next every over pichhle pichle diagnosed पिछले")
_AGO = any_of("ago back since se pehle earlier after before later remission survival से पहले बाद post")
_LIMIT = any_of("under below above over than upto up_to minimum maximum min max least most")
_SPAN = whole_words(
    rf"(?:(?P<limit>{_LIMIT}) )?(?:(?P<since>{_SINCE}) )?(?P<n>{_N})(?: (?P<more>\d{{1,3}}))?"
    rf"(?: |(?<=\d))(?:(?P<years>{_YEARS})|(?P<months>{_MONTHS})|(?P<weeks>{_WEEKS}))"
    rf"(?P<alive>(?: {_POSSESSIVE})?(?: {_ALIVE})|(?: {_POSSESSIVE})(?! {_EVENT}{END}))?"
    rf"(?P<ago> {_AGO})?"
)
_NAMED = whole_words(
    rf"{any_of('age aged umar umr umra aayu ayu उम्र उमर आयु')}"
    rf"(?: (?:{any_of('is of was around about hai approx है')}))*"
    rf" (?P<n>\d{{1,3}})(?! \d)(?: ?{_YEARS})?"
)
_COUNTED_WORDS = any_of(
    "cycle time line relapse dose chemo session trial day week month stage lakh brother sister"
)
_BESIDE = whole_words(
    rf"{_ANY_PERSON}(?: is)? (?P<n>\d{{1,3}})(?! {_COUNTED_WORDS}{END})|(?P<m>\d{{1,3}}) {_PEOPLE}"
)
_LETTERED = re.compile(r"(?<!\w)(?:(\d{1,3})[ /]?([MFf])|([MF])[ /]?(\d{1,3})|(\d{1,3})([mf]))(?!\w)")
_RANKS = frozenset(
    fold("stage grade type phase ecog line rai binet score class level no number nos chapter dose").words
)
_TRACERS = frozenset({"18f", "pet", "fdg"})
_NOT_CHILD = frozenset({"pugh", "bearing", "birth", "care"})
_ADULT_DISEASE = "atll"
"""Adult T-cell leukaemia, which has the word in its name."""
_NOT_ADULT = frozenset({"onset", "still"})

_ORDINALS = ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th")
_ORDINAL = {word: n for n, words in enumerate(_ORDINALS, 1) for word in words.split()}
_THERAPY = any_of("line therapy treatment regimen")
_NTH_LINE = whole_words(
    rf"(?:(?P<had>failed|failing|after|post|had) )?(?:the )?(?P<nth>{'|'.join(_ORDINAL)}) line"
)
_LINES = whole_words(rf"(?P<n>{_N}) (?:line|(?:or more )?(?:prior|previous|earlier|different) {_THERAPY})")
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_RELAPSES = whole_words(
    rf"(?P<n>{_N}) (?:prior |previous )?relapse"
    rf"|(?:relapsed|relapse|{any_of('returned came_back')})"
    rf" (?:(?P<times>{'|'.join(_TIMES)})|(?P<number>{_N}) times?)"
    rf"|(?P<nth>{'|'.join(_ORDINAL)}) relapse"
    rf"|(?P<bar>{_N}) {any_of('baar bar बार')} {any_of('relapse wapas laut रिलैप्स वापस लौट')}"
)
_SHORT_LINE = whole_words(r"(?P<n>[1-7])l")

_FILL = r"(?:(?:a|an|the|any|my|his|her|first|one|getting|having|receiving) )*"
_CART = (
    r"(?:(?!car|cart|after|to|of|with|no|or|and)[a-z0-9]+ )?"
    r"(?:car t|cart)(?: cell)?(?: therapy| treatment| infusion)?"
)
_HINDI_CART = any_of("कार_टी car_t cart")
_TREATED = (
    r"(?:(?:previously|already|earlier|been) )*"
    r"(?:(?:treated|infused) (?:with|by)|exposed to|progressed (?:on|after)|failed on|(?:given|got|received))"
)
_HAD_NONE = whole_words(
    rf"(?:no|not|without|never|nil)(?: (?:had|got|received|any|a|history of))*"
    rf" (?:prior|previous|earlier|past) {_CART}"
    rf"|(?:never|not)(?: (?:had|got|received|taken|been given|any|a))+ {_CART}|{_CART} naive"
    rf"|(?:no|not|without) {_CART} (?:before|earlier|previously|yet|so far|till now)"
)
_HAVING_HAD = (
    r"(?:(?:(?:relapsed|relapse) )?(?:after|post|following)|failed|failing|prior|previous|earlier|received"
    rf"|had|refractory to|(?:relapsed|relapse) (?:on|from)|{_TREATED})"
    rf" (?:(?:prior|previous|earlier|failed) )?{_FILL}"
)
_IN_VAIN = r"(?:failed|failure|relapse|relapsed|exposed|(?:did not|didn t|not) (?:work|help|working|helping))"
_BEFORE_NOW = rf"{any_of('के ke')} {any_of('बाद baad bad')}"
_HAD = whole_words(
    rf"(?:{_HAVING_HAD}|(?:second|repeat|2nd) {_FILL}){_CART}|{_CART} {_IN_VAIN}"
    rf"|{_HINDI_CART}(?: {any_of('थेरेपी therapy सेल')})? {_BEFORE_NOW}"
)
_HISTORY = (("no", _HAD_NONE), ("yes", _HAD))


def find_history(question: Question) -> None:
    """Take lines of treatment and CAR T before.

    Who looks for a third line has had two; "failed third line" means three.
    """
    for value, pattern in _HISTORY:
        for first, last, _ in find(pattern, question.folded.line):
            if all(question.free[first:last]):
                question.take(first, last, "prior_car_t", (value,))
    for first, last, match in find(_NTH_LINE, question.read.line):
        number = _ORDINAL[match["nth"]] - (0 if match["had"] else 1)
        if all(question.free[first:last]):
            question.take(first, last, "lines", (str(number),))
    for first, last, match in find(_RELAPSES, question.folded.line):
        if all(question.free[first:last]):
            question.take(first, last, "lines", (str(_relapses(match)),))
    for pattern, before in ((_LINES, 0), (_SHORT_LINE, 1)):
        for first, last, match in find(pattern, question.folded.line):
            if all(question.free[first:last]):
                question.take(first, last, "lines", (str(int(_number(match["n"])) - before),))


def take_product_of_history(question: Question, first: int, last: int) -> bool:
    """Take a CAR T product that was given before, or never, as "CAR T" in its place would be taken.

    Returns whether it was one: "relapse after Abecma", "Abecma failed", "never had Abecma".
    """
    words, name = question.folded.words, ("car", "t")
    line = " ".join((*words[:first], *name, *words[last:]))
    for value, pattern in _HISTORY:
        for begin, end, _ in find(pattern, line):
            if begin <= first and first + len(name) <= end:
                while not question.free[begin]:
                    begin += 1
                question.take(begin, end - len(name) + last - first, "prior_car_t", (value,))
                return True
    return False


def _relapses(match: re.Match[str]) -> int:
    """How often a disease came back: as many lines of treatment it has had, at least."""
    if match["nth"]:
        return _ORDINAL[match["nth"]]
    if match["times"]:
        return _TIMES[match["times"]]
    return int(_number(match["n"] or match["number"] or match["bar"]))


def find_age(question: Question) -> None:
    """Take the first age; times that are no age, and limits ("above 60 years"), are named as not used."""
    line = question.folded.line
    for first, last, match in find(_SPAN, line):
        if not all(question.free[first:last]):
            continue
        years = _years(match, question.folded.written(first, last))
        is_age = _is_age(match, line) and not _is_of_something(question, match, last)
        if years is not None and years <= OLDEST and is_age and not question.first("age"):
            first += sum(bool(match[part]) for part in ("since", "limit"))
            question.take(first, last, "age", (f"{years:g}",))
        else:
            question.take(first, last, "unused", (question.folded.written(first, last),))
    for first, last, match in find(_NAMED, line):
        _take_plain_age(question, first, last, match["n"])
    for first, last, match in find(_BESIDE, line):
        before = question.folded.words[first - 1] if first else ""
        if before not in _RANKS:
            _take_plain_age(question, first, last, match["n"] or match["m"])
    _find_lettered(question)


def _take_plain_age(question: Question, first: int, last: int, number: str) -> None:
    if all(question.free[first:last]) and 0 < int(number) <= OLDEST and not question.first("age"):
        question.take(first, last, "age", (number.lstrip("0"),))


def _find_lettered(question: Question) -> None:
    """ "58M", "F 45": the letter is the sex. "18F" is a tracer."""
    words = question.folded.words
    places = [(at, at + length) for at in range(len(words)) for length in (1, 2) if at + length <= len(words)]
    for at, last in () if _TRACERS & set(words) else places:
        match = _LETTERED.fullmatch(question.folded.written(at, last))
        if not match or not all(question.free[at:last]) or (at and words[at - 1] in _RANKS):
            continue
        number, letter = match[1] or match[4] or match[5], match[2] or match[3] or match[6]
        if 0 < int(number) <= OLDEST and not question.first("age"):
            question.take(at, last, "age", (number.lstrip("0"),))
            question.also(at, last, "sex", (MALE if letter in "Mm" else FEMALE,))


def _is_age(match: re.Match[str], line: str) -> bool:
    """Whether a time is how old the patient is and not how long something lasts."""
    if match["limit"] or match["ago"]:
        return False
    if match["alive"]:
        return True
    if match["since"]:
        return False
    return bool(match["years"]) or not re.search(rf"(?<!\S){_EVENT}(?!\S)", line)


def _is_of_something(question: Question, match: re.Match[str], last: int) -> bool:
    """Whether a time is how long something lasts: no person and no disease is named in "2 year warranty"."""
    words = question.read.words
    other = {word for word in words if not word.isdigit()} - fillers()
    if match["alive"] or last >= len(words) or not disease_words().isdisjoint(other):
        return False
    return words[last] not in right_words() - ordinary()


def _years(match: re.Match[str], written: str) -> float | None:
    """The time in years, None for a range ("5-10 years")."""
    number = _number(match["n"])
    if match["more"]:
        decimal = re.search(r"\d+[.]\d+", written)
        if not decimal:
            return None
        number = float(decimal[0])
    parts = 1 if match["years"] else 12 if match["months"] else 52
    return round(number / parts, 2)


def _number(text: str) -> float:
    return _SPELT[text] if text in _SPELT else int(text)


def find_person(question: Question) -> None:
    """Take words for a child or an adult, and the sex; both sexes in one question count as neither."""
    words = question.folded.words
    adult_disease = _ADULT_DISEASE in question.values("conditions")
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in _WORDS[CHILD] and following not in _NOT_CHILD:
            question.also(at, at + 1, "age_group", (CHILD,))
        elif word in _WORDS[ADULT] and not adult_disease and following not in _NOT_ADULT:
            question.also(at, at + 1, "age_group", (ADULT,))
        for sex in (MALE, FEMALE):
            if word in _WORDS[sex] and question.folded.written(at, at + 1).lower() not in _SEVERAL:
                question.also(at, at + 1, "sex", (sex,))


_WORDS: Mapping[str, frozenset[str]] = {
    CHILD: frozenset(fold(_CHILDREN).words),
    ADULT: frozenset({"adult", "elderly"}),
} | {sex: frozenset(fold(_PERSON[sex] + " " + _KIN[sex]).words) for sex in (MALE, FEMALE)}
_SEVERAL = frozenset({"males", "females", "men", "women", "boys", "girls", "brothers", "sisters", "sons"})
