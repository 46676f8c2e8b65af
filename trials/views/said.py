"""Places in kept pieces of pages for what a visitor said: filled in for each page, and kept nowhere.

Each begins with a NUL, which stands in no text that PostgreSQL stores.
"""

from urllib.parse import quote

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from trials.explain.first_call import of_patient
from trials.search.situation import Situation

_QUERY = "\0along"
SENTENCE = "\0say"
FAR = mark_safe("\0far")
WHY = mark_safe("\0why")


class _Later(Situation):
    """What the visitor says is not known while a piece is made."""

    __slots__ = ()

    @property
    def query(self) -> str:
        return _QUERY

    def __bool__(self) -> bool:
        return True


LATER = _Later()
"""The situation of a piece in which `filled` puts that of the page."""


def filled(piece: SafeString, situation: Situation, *, far: str = "", why: str = "") -> SafeString:
    """The piece with what is said of the patient: on its links, in what to say on the phone, how far it is.

    Safe: the parameters are percent-encoded, the sentence is escaped here; `far` and `why` are pieces.
    """
    query = conditional_escape(situation.query) if situation else ""
    sentence = f" {said}" if situation and (said := of_patient(situation.age, situation.conditions)) else ""
    return mark_safe(  # noqa: S308
        piece.replace(f"?{_QUERY}", f"?{query}" if query else "")
        .replace(f"&amp;{_QUERY}", f"&amp;{query}" if query else "")
        .replace(quote(SENTENCE, safe=""), quote(sentence, safe=""))
        .replace(SENTENCE, conditional_escape(sentence))
        .replace(FAR, far)
        .replace(WHY, why)
    )
