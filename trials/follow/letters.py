"""The words of the mails, in the language of the subscription."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, override

from trials.browse.open_hospital import open_hospital
from trials.catalogue.certainty import Certainty, certainty_of_closed
from trials.catalogue.provenance import NOTHING_KNOWN, Provenance, provenance
from trials.display import trial_status
from trials.explain.headline import headline
from trials.follow import links
from trials.follow.addresses import decrypted
from trials.follow.subject import NothingToFollowError, Subject, of_subscription
from trials.models import Trial, TrialEvent
from trials.models.follow import FollowMail, Subscription
from trials.search.parameters import ParameterError
from trials.search.situation import Situation

MOST = 30
"""Trials in one mail; the others are counted, and stand on the site."""
MOST_CHANGES = 10
"""Changes of one trial."""
Kind = FollowMail.Kind


@dataclass(frozen=True, slots=True)
class Changed:
    """One trial of a mail: what it is, what is known of it now, what happened, its page."""

    name: str
    number: str
    sure: str
    changes: Sequence[str]
    page: str


def letter(mail: FollowMail) -> EmailMessage | None:
    """The mail to send; None where there is nothing left to say, as when its trials are no longer listed."""
    subscription = mail.subscription
    with override(subscription.language):
        try:
            subject = of_subscription(subscription)
        except (NothingToFollowError, ParameterError):
            if mail.kind != Kind.EVENTS:
                return None
            subject = Subject(subscription.what, "", subscription.about, reverse("trials:home"), Situation())
        found = _changed(mail, subject) if mail.kind == Kind.EVENTS else []
        if mail.kind == Kind.EVENTS and not found:
            return None
        return _message(mail, subject, found)


def _message(mail: FollowMail, subject: Subject, found: Sequence[Changed]) -> EmailMessage:
    subscription = mail.subscription
    stop = links.address("follow-stop", subscription)
    context = {
        "subject": subject,
        "subscription": subscription,
        "changed": found[:MOST],
        "more": max(0, len(found) - MOST),
        "page": settings.SITE_URL + subject.page,
        "confirm": links.address("follow-confirm", subscription),
        "manage": links.address("follow-manage", subscription),
        "stop": stop,
    }
    words = render_to_string(f"trials/follow/mail/{mail.kind}.txt", context)
    headers = {
        "Message-ID": mail.message_id,
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    to = [decrypted(subscription.address)]
    return EmailMessage(_title(mail.kind, len(found)), words.strip() + "\n", None, to, headers=headers)


def _title(kind: str, number: int) -> str:
    if kind == Kind.CONFIRM:
        return gettext("Please confirm: news about CAR T trials")
    if kind == Kind.STILL_WANTED:
        return gettext("Do you still want news about CAR T trials?")
    return ngettext("News about %d CAR T trial", "News about %d CAR T trials", number) % number


def _changed(mail: FollowMail, subject: Subject) -> list[Changed]:
    """The trials of a mail, those open in India first. Two statements."""
    events = TrialEvent.objects.filter(pk__in=mail.events).select_related("trial", "registration")
    rows = sorted(events, key=lambda event: (event.trial_id, event.pk))
    grouped = {key: list(group) for key, group in groupby(rows, key=lambda event: event.trial_id)}
    trials = [group[0].trial for group in grouped.values() if group[0].trial.published or group[0].trial.gone]
    trials.sort(key=lambda trial: (not trial.recruiting_in_india, trial.primary_id))
    known = provenance(trials[:MOST])
    return [_one(trial, grouped[trial.pk], known.get(trial.pk, NOTHING_KNOWN), subject) for trial in trials]


def _one(trial: Trial, events: Sequence[TrialEvent], known: Provenance, subject: Subject) -> Changed:
    near = subject.situation.near
    door = open_hospital(trial, known.open_sites, near)
    page = settings.SITE_URL + reverse("trials:detail", kwargs={"registry_id": trial.primary_id})
    query = subject.situation.query
    return Changed(
        name=headline(trial),
        number=trial.primary_id,
        sure=_in_words(door.certainty if door else certainty_of_closed(trial, known.word), trial),
        changes=list(_sentences(events)),
        page=f"{page}?{query}" if query else page,
    )


def _in_words(sure: Certainty, trial: Trial) -> str:
    """The same words as on the pages."""
    drawn = render_to_string("trials/_certainty.html", {"sure": sure, "silent": trial_status(trial)})
    return " ".join(unescape(strip_tags(drawn)).split())


def _sentences(events: Sequence[TrialEvent]) -> Iterator[str]:
    for event in events[-MOST_CHANGES:]:
        words = " ".join(render_to_string("trials/_event.txt", {"event": event}).split())
        yield f"{date_format(timezone.localtime(event.at), 'j M')}: {capfirst(words)}"


def followed(subscription: Subscription) -> Subject | None:
    """What is followed, for a page; None where it is no longer there."""
    try:
        return of_subscription(subscription)
    except (NothingToFollowError, ParameterError):
        return None
