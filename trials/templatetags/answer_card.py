"""The answer card and the three strengths of what is known, in templates; links that keep the context."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, quote

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from trials.browse.open_hospital import OpenHospital
from trials.catalogue.certainty import Certainty, certainty
from trials.display import months_ago
from trials.explain.first_call import what_to_say
from trials.views.pieces import piece
from trials.views.results.cards import Card
from trials.views.results.faces import CardFace, DoorFace, silent_words
from trials.views.said import FAR, LATER, SENTENCE, WHY, filled
from trials.views.situation import carried_trials, situation_of

register = template.Library()
register.filter(certainty)
register.filter(months_ago)


@register.simple_tag(takes_context=True)
def how_sure(context: Context, sure: Certainty, silent: str | None = None) -> SafeString:
    """How sure it is, drawn the same way on every page; `silent` is read from the trial of the page."""
    silent = silent_words(sure, context.get("trial")) if silent is None else silent
    return piece("trials/_certainty.html", sure=sure, silent=silent)


@register.simple_tag(takes_context=True)
def answer_card(
    context: Context, door: OpenHospital, *, brief: bool = False, titled: bool = False
) -> SafeString:
    """The answer card; `brief` leaves out what to say, `titled` names the trial."""
    face = DoorFace.of(door, titled=titled)
    drawn = piece("trials/_answer_card.html", door=face, brief=brief, situation=LATER)
    return filled(drawn, situation_of(context), far=_how_far(door))


@register.simple_tag(takes_context=True)
def clinic_place(context: Context, place: OpenHospital) -> SafeString:
    """An open hospital in a row of the doctor's table."""
    drawn = piece("trials/_clinic_place.html", place=DoorFace.of(place), situation=LATER)
    return filled(drawn, situation_of(context), far=_how_far(place, "trials/_clinic_far.html"))


@register.simple_tag(takes_context=True)
def trial_card(context: Context, card: Card, *, brief: bool = False, on_my_list: bool = False) -> SafeString:
    """A trial in a list, with the reasons why it is there, which say what was asked for."""
    carried, why = carried_trials(context), tuple(card.reasons)
    drawn = piece(
        "trials/_card.html",
        keep=not carried,
        trial=CardFace.of(card),
        brief=brief,
        takes=card.trial.published and not on_my_list,
        carried=carried,
        situation=LATER,
    )
    return filled(
        drawn,
        situation_of(context),
        far=_how_far(card.door) if card.door else "",
        why=piece("trials/_card_why.html", keep=False, reasons=why) if why else "",
    )


@register.simple_tag
def how_far() -> SafeString:
    """Where in a piece it stands how far a hospital is."""
    return FAR


@register.simple_tag
def why_here() -> SafeString:
    """Where in a piece it stands why a trial is in the list."""
    return WHY


def _how_far(door: OpenHospital, template: str = "trials/_door_far.html") -> SafeString:
    return piece(template, keep=False, km=door.km) if door.km else mark_safe("")


@register.simple_tag(takes_context=True)
def along(context: Context, mark: str = "?") -> SafeString:
    """What the visitor said of the patient, for the end of a link; `mark` is `&` where it has a query.

    Safe: the parameters are percent-encoded and the result escaped for HTML.
    """
    query = situation_of(context).query
    return conditional_escape(f"{mark}{query}") if query else mark_safe("")


@register.simple_tag(takes_context=True)
def along_fields(context: Context, *but: str) -> SafeString:
    """The same as hidden fields of a form; `but` are those the form asks for itself."""
    pairs = [(name, value) for name, value in parse_qsl(situation_of(context).query) if name not in but]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag(takes_context=True)
def first_call(context: Context, number: str) -> list[str]:
    """Three sentences to say on the phone about the trial of this number."""
    situation = situation_of(context)
    if situation is not LATER:
        return what_to_say(number, situation.age, situation.conditions)
    first, *others = what_to_say(number)
    return [first + SENTENCE, *others]


@register.filter
def as_message(sentences: Sequence[str]) -> str:
    """Sentences as the text of a message, ready for a link's query."""
    return quote(" ".join(sentences), safe="")
