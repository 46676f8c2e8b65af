"""What is kept of people, how long and why: one table, by which it is erased and which `/privacy/` shows.

A table of the database that holds anything of a person stands in a row here; `tests/trialfinder/
test_retention.py` names all others. `docs/security/dpdp.md` repeats what people can see of it.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

logger = logging.getLogger(__name__)
AN_HOUR, A_DAY, A_YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
AT_ONCE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Row:
    """`erase(before)` erases what ended before a moment, `after` ago; without one it stays.

    `until` says in words when that is; `%(time)s` in it is `after`.
    """

    key: str
    tables: tuple[str, ...]
    what: Promise
    until: Promise
    why: Promise
    after: timedelta = AT_ONCE
    erase: str = ""

    @property
    def how_long(self) -> str:
        return str(self.until) % {"time": _in_words(self.after)}

    def carry_out(self, at: datetime) -> int:
        """Erase what is due, and return how many rows or files that were."""
        erase: Callable[[datetime], int] = import_string(self.erase)
        return erase(at - self.after)


ROWS = (
    Row(
        "follow-unconfirmed",
        ("trials_subscription", "trials_followmail"),
        _("What you asked to follow, and your e-mail address, encrypted"),
        _("%(time)s, where you do not press the button in our first mail"),
        _("So that nobody can sign you up"),
        timedelta(hours=48),
        "trials.follow.wishes.erase_unconfirmed",
    ),
    Row(
        "follow-unanswered",
        ("trials_subscription", "trials_followmail"),
        _("What you follow, and your e-mail address, encrypted"),
        _("Until you stop it; after a year we ask, and without an answer for %(time)s it is erased"),
        _("To write to you, and no longer than you want"),
        timedelta(days=30),
        "trials.follow.wishes.erase_unanswered",
    ),
    Row(
        "follow-mails",
        ("trials_followmail",),
        _("Which mails went to you, without their words"),
        _("%(time)s"),
        _("So that none comes twice"),
        timedelta(days=30),
        "trials.follow.wishes.erase_mails",
    ),
    Row(
        "follow-suppressed",
        ("trials_suppression",),
        _("An unreadable form of an e-mail address whose mails came back, or whose owner complained"),
        _("%(time)s"),
        _("So as not to write there again"),
        2 * A_YEAR,
        "trials.follow.wishes.forget_suppressed",
    ),
    Row(
        "follow-limits",
        ("trials_followlimit",),
        _("Unreadable forms of the internet and e-mail addresses from which the form to follow was sent"),
        _("An hour and a day; then erased within an hour"),
        _("Against misuse of the form"),
        AT_ONCE,
        "trials.follow.limits.forget",
    ),
    Row(
        "report-address",
        ("trials_errorreport",),
        _("The e-mail address in a report of an error"),
        _("Until we answer or close it, at most %(time)s"),
        _("To answer you"),
        timedelta(days=180),
        "trials.reports.erasing.erase_addresses",
    ),
    Row(
        "report-words",
        ("trials_errorreport",),
        _("The words of a report and our answer"),
        _("%(time)s"),
        _("To mend errors and see which come again"),
        2 * A_YEAR,
        "trials.reports.erasing.erase_reports",
    ),
    Row(
        "sessions",
        ("django_session",),
        _("That a member of staff is signed in"),
        _("Until they sign out, at most two weeks; then erased within an hour"),
        _("So that they stay signed in"),
        AT_ONCE,
        "trialfinder.ended_sessions.erase_sessions",
    ),
    Row(
        "session-addresses",
        ("usersessions_usersession",),
        _("From which internet address and browser staff signed in"),
        _("As long as they are signed in; then erased within an hour"),
        _("So that they can see a stranger's session and end it"),
        AT_ONCE,
        "trialfinder.ended_sessions.erase_addresses",
    ),
    Row(
        "tries",
        ("cache",),
        _("Unreadable forms of the internet addresses from which somebody tried to sign in"),
        _("A day at most; then erased within an hour"),
        _("Against people who guess passwords"),
        AT_ONCE,
        "trialfinder.ended_sessions.erase_tries",
    ),
    Row(
        "invitations",
        ("trials_invitation", "trials_invitation_sites"),
        _("The e-mail address of somebody who was invited to the staff"),
        _("%(time)s after the invitation has run out"),
        _("To see who was invited"),
        timedelta(days=30),
        "trials.workspace.invitations.erase",
    ),
    Row(
        "links",
        ("trials_confirmationlink",),
        _("Which links were mailed to staff of hospitals"),
        _("%(time)s after they have run out"),
        _("So that each works once"),
        timedelta(days=30),
        "trials.workspace.mail_links.erase",
    ),
    Row(
        "staff-acts",
        ("trials_staffact", "django_admin_log"),
        _("What staff did here, and when"),
        _("%(time)s"),
        _("To find out what went wrong, and who was it"),
        2 * A_YEAR,
        "trials.workspace.acts.erase",
    ),
    Row(
        "accounts",
        (
            *("auth_user", "auth_user_groups", "auth_user_user_permissions", "account_emailaddress"),
            *("account_emailconfirmation", "mfa_authenticator", "trials_reminders", "trials_siteassignment"),
        ),
        _("Name, e-mail address, hospitals and second factor of staff"),
        _("Until the account is deleted"),
        _("To sign in"),
    ),
    Row(
        "staff-words",
        (
            *("trials_listingedit", "trials_remark", "trials_hiding", "trials_siteconfirmation"),
            *(
                "trials_productgiven",
                "trials_labelcorrection",
                "importers_placeanswer",
                "importers_triallink",
            ),
            *("importers_importrun", "importers_connectiontry"),
        ),
        _("What staff and hospitals wrote about trials, and who wrote it"),
        _("As long as this site runs; the name until the account is deleted"),
        _("It is shown on the pages, with its history"),
    ),
    Row(
        "trial-contacts",
        (
            *("trials_registration", "trials_trialsite", "trials_trial", "trials_trialevent"),
            *("importers_rawrecord", "importers_runpage", "importers_recordchange", "importers_uploadedfile"),
        ),
        _("Names, telephone numbers and e-mail addresses of trial staff, as registries published them"),
        _("On pages as long as the registry shows them; in copies of its records as long as this site runs"),
        _("So that people can ask about a trial, and changes can be traced"),
    ),
    Row(
        "backups",
        (),
        _("Backups, with all of this but sessions and counts of tries"),
        _("%(time)s at most; the newest stays"),
        _("So that nothing is lost when a machine breaks"),
        timedelta(days=42),
        "trialfinder.backup.nightly.remove_old",
    ),
)


def carry_out(at: datetime) -> Mapping[str, int]:
    """Erase all that is due. Where one row fails the others are erased nevertheless, and it the next time."""
    erased = {}
    for row in ROWS:
        if not row.erase:
            continue
        try:
            with transaction.atomic():
                erased[row.key] = row.carry_out(at)
        except Exception as error:
            logger.error("Nothing was erased of %s: %s", row.key, type(error).__name__)
    return erased


def _in_words(span: timedelta) -> str:
    """In the largest unit that is whole, but for two days, which are 48 hours."""
    if span >= A_YEAR and span % A_YEAR == AT_ONCE:
        number = span // A_YEAR
        return ngettext("%(number)s year", "%(number)s years", number) % {"number": number}
    if span > 2 * A_DAY and span % A_DAY == AT_ONCE:
        number = span // A_DAY
        return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}
    number = span // AN_HOUR
    return ngettext("%(number)s hour", "%(number)s hours", number) % {"number": number}
