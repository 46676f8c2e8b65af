"""Mails that wait are sent, each by one worker at a time.

A mail is taken (noted as tried, and left alone by others for a while), handed to the mail server, and noted
as sent. A worker killed before the server accepts it loses nothing: another takes it once the lease is over.
Only a kill between the server's yes and the note right after it repeats a mail; it then carries the same
Message-ID, by which mail programs know it.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from cryptography.fernet import InvalidToken
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from trials.follow import limits, wishes
from trials.follow.letters import letter
from trials.models.follow import FollowMail, Suppression

logger = logging.getLogger(__name__)
MOST = 200
"""Mails of one round."""
LEASE = timedelta(minutes=15)
LAST_TRY = 12
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)
State = FollowMail.State


def send_due(at: datetime, most: int = MOST) -> int:
    """Send what is due, and return how many were sent. A server that does not answer ends the round."""
    sent = 0
    connection = get_connection()
    try:
        for _ in range(most):
            mail = take(at)
            if mail is None:
                break
            sent += _send(mail, connection, at)
    except OSError as error:  # no server listens: the others would fail as well
        logger.warning("No mail server answers: %s", type(error).__name__)
    finally:
        connection.close()
    return sent


@transaction.atomic
def take(at: datetime) -> FollowMail | None:
    """The next mail that is due, now ours until the lease is over; None where there is none."""
    due = FollowMail.objects.filter(state=State.WAITING, next_try__lte=at).order_by("next_try", "pk")
    mail = due.select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    mail.tries += 1
    mail.next_try = at + max(LEASE, min(_FIRST_PAUSE * 2 ** (mail.tries - 1), _LONGEST_PAUSE))
    mail.save(update_fields=["tries", "next_try"])
    return mail


def _send(mail: FollowMail, connection: BaseEmailBackend, at: datetime) -> bool:
    """Whether it was sent. Raises OSError where the server cannot be reached."""
    subscription = mail.subscription
    if wishes.is_suppressed(subscription.address_hash):
        subscription.delete()
        return False
    if mail.kind == FollowMail.Kind.EVENTS and _had_enough(mail, at):
        FollowMail.objects.filter(pk=mail.pk).update(next_try=at + _LONGEST_PAUSE, tries=mail.tries - 1)
        return False
    try:
        message = letter(mail)
    except InvalidToken:  # the key was changed: the address cannot be read any more
        subscription.delete()
        return False
    except Exception as error:  # of its data; the others must not wait for it
        _failed(mail, error)
        return False
    if message is None:
        mail.delete()
        return False
    message.connection = connection
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _ in error.recipients.values()):
            wishes.suppress(subscription.address_hash, Suppression.Why.BOUNCED, at)
            return False
        _failed(mail, error)
        return False
    except (SMTPDataError, SMTPSenderRefused) as error:  # of this mail; the next may go
        _failed(mail, error)
        return False
    except OSError as error:
        _failed(mail, error)
        raise
    _note_sent(mail)
    return True


def _note_sent(mail: FollowMail) -> None:
    FollowMail.objects.filter(pk=mail.pk).update(state=State.SENT, sent_at=timezone.now())


def _failed(mail: FollowMail, error: Exception) -> None:
    """It stays for its next try; after the last it is given up. The log names no address."""
    logger.warning("Mail %s could not be sent: %s", mail.pk, type(error).__name__)
    if mail.tries >= LAST_TRY:
        FollowMail.objects.filter(pk=mail.pk).update(state=State.FAILED)


def _had_enough(mail: FollowMail, at: datetime) -> bool:
    """Whether the address got as many mails today as one may."""
    today = FollowMail.objects.filter(
        subscription__address_hash=mail.subscription.address_hash,
        kind=FollowMail.Kind.EVENTS,
        sent_at__gt=at - limits.A_DAY,
    )
    return today.count() >= limits.MAILS_OF_ONE
