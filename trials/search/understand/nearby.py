"""Where in a question: a PIN, "near Patna", "within 50 km", and whether trials must be recruiting now."""

from trials.search.geo import is_pin
from trials.search.understand.patterns import any_of, find, whole_words
from trials.search.understand.question import Question
from trials.vocabulary.folding import fold

_KM = whole_words(
    rf"(?:{any_of('within in under upto up_to less than')} )*(?P<km>\d{{1,4}}) ?"
    rf"{any_of('km kms kilometer kilometre kilometers किमी किलोमीटर कि_मी')}"
    rf"(?: {any_of('of from around radius se से')})*"
)
_PIN = whole_words(
    rf"(?:{any_of('pin pincode pin_code पिन पिनकोड पिन_कोड')} )?(?P<pin>\d{{6}}|\d{{3}} \d{{3}})"
)
_NEAR = frozenset(fold("near nearby nearest closest close around").words)
_NEAR_BETWEEN = frozenset({"to", "from", "of", "me", "the", "city", "in"})
_NEAR_BEHIND = whole_words(
    rf"{any_of('ke के')} {any_of('paas pas nazdeek nazdik aaspaas aas_paas करीब पास नज़दीक आसपास आस_पास')}"
    rf"|{any_of('nearby')}"
)
_NEAR_ME = whole_words(
    rf"{any_of('near nearest closest')}(?: to)? {any_of('me us my')}(?: (?:home|house|place|location))?"
    rf"|{any_of('mere hamare मेरे हमारे')} {any_of('paas pas nazdeek पास नज़दीक')}"
)
_RECRUITING = whole_words(
    rf"(?:{any_of('is are now currently still actively')} )*{any_of('recruiting enrolling भर्ती')}"
    rf"(?: {any_of('now currently जारी चालू')})*"
    rf"(?: (?:in )?{any_of('india anywhere abroad worldwide')})?"
)
_DENIED = frozenset({"not", "no", "without", "non", "stopped", "नहीं"})
ABROAD = frozenset(fold("anywhere abroad worldwide usa us uk america china europe विदेश").words)


def find_pin(question: Question) -> None:
    """Take the first PIN that exists and the first distance; other numbers stay what they are.

    "Near me" is set aside: no address is known here.
    """
    line = question.folded.line
    for first, last, _ in find(_NEAR_ME, line):
        if all(question.free[first:last]):
            question.set_aside(first, last)
    for kind, part, pattern in (("within", "km", _KM), ("near", "pin", _PIN)):
        for first, last, match in find(pattern, line):
            value = match[part].replace(" ", "")
            if all(question.free[first:last]) and (kind == "within" or is_pin(value)) and int(value):
                question.take(first, last, kind, (value,))
                break


def find_near(question: Question, city: str, at: int, behind: int) -> None:
    """Whether the city found at these words is searched with what is around it: "near", or a distance."""
    words, first = question.folded.words, at - 1
    while first >= 0 and words[first] in _NEAR_BETWEEN:
        first -= 1
    if first >= 0 and words[first] in _NEAR and question.free[first]:
        question.take(first, behind, "near", (city,))
        return
    for start, end, _ in find(_NEAR_BEHIND, question.folded.line):
        if start == behind:
            question.take(at, end, "near", (city,))


def find_recruiting(question: Question) -> None:
    """Take "recruiting": in India unless "anywhere" is typed; "not recruiting" does not count."""
    for first, last, _ in find(_RECRUITING, question.folded.line):
        if not all(question.free[first:last]):
            continue
        if first and question.folded.words[first - 1] in _DENIED:
            question.set_aside(first - 1, last)
            continue
        where = "india" if ABROAD.isdisjoint(question.folded.words) else "anywhere"
        question.take(first, last, "recruiting", (where,))
        return
