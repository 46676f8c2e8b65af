"""What people take away, in templates: links that keep, links that share, questions for the doctor."""

from collections.abc import Iterable
from urllib.parse import quote

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from trials.catalogue.shortlist import with_ids
from trials.explain.questions import QuestionToAsk, facts_of, questions
from trials.models import Trial
from trials.record import StoredRecord
from trials.search.situation import Situation
from trials.views.pieces import piece
from trials.views.situation import carried_trials, situation_of, with_said

register = template.Library()


@register.simple_tag(takes_context=True)
def keep_address(context: Context, registry_id: str) -> str:
    """The list with this trial added to those the page's own address carries as `keep`, and the context."""
    return _list_with((*carried_trials(context), registry_id), situation_of(context))


@register.simple_tag(takes_context=True)
def card_takes(context: Context, number: str, carried: tuple[str, ...]) -> SafeString:
    """What can be taken from a trial's card: it on one's own list beside those `carried`, its sheet."""
    situation = situation_of(context)
    return piece(
        "trials/_card_takes.html",
        keep=not (situation or carried),
        number=number,
        list_address=_list_with((*carried, number), situation),
        situation=situation,
    )


def _list_with(numbers: Iterable[str], situation: Situation) -> str:
    return with_said(with_ids(reverse("trials:shortlist"), dict.fromkeys(numbers)), situation)


@register.simple_tag(takes_context=True)
def full_address(context: Context, path: str = "") -> str:
    """The address as other people need it, of this page or of another path of the site."""
    request = context.get("request")
    return str(request.build_absolute_uri(path or None)) if request else path


@register.simple_tag
def whatsapp_address(text: str, address: str) -> str:
    """Opens WhatsApp with the text written; whom it goes to is chosen there."""
    return f"https://wa.me/?text={quote(f'{text} {address}')}"


@register.simple_tag
def email_address(text: str, address: str) -> str:
    """Opens a new e-mail without a recipient."""
    body = quote("\n".join([text, address]))
    return f"mailto:?subject={quote(text)}&body={body}"


@register.simple_tag
def doctor_questions(trial: Trial, record: StoredRecord) -> list[QuestionToAsk]:
    """The questions to ask about this trial; `record` is what its registrations say together."""
    return questions(facts_of(trial, record))
