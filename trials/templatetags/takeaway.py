"""What people take away, in templates: links that keep, links that share, questions for the doctor."""

from urllib.parse import quote

from django import template
from django.template.context import Context
from django.urls import reverse

from trials.catalogue.shortlist import with_ids
from trials.explain.questions import QuestionToAsk, facts_of, questions
from trials.models import Trial
from trials.record import StoredRecord
from trials.views.situation import carried_trials, situation_of, with_said

register = template.Library()


@register.simple_tag(takes_context=True)
def keep_address(context: Context, registry_id: str) -> str:
    """The list with this trial added to those the page's own address carries as `keep`, and the context."""
    kept = with_ids(reverse("trials:shortlist"), dict.fromkeys([*carried_trials(context), registry_id]))
    return with_said(kept, situation_of(context))


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
