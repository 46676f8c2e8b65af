"""Events become mails: all of them, each once, wherever the worker is killed."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from tests.builders import make_trial, site, trial_row
from tests.trials.following import ASHA, event, follows
from trialfinder import retention
from trials.follow import collect, limits, sending, wishes
from trials.follow.mailed import MAILED, place_in
from trials.follow.matching import matching_trials
from trials.models import FollowMail, Subscription, Suppression, TrialEvent

pytestmark = pytest.mark.django_db
Kind = TrialEvent.Kind


def tell(days: float = 0) -> list[Any]:
    """Everything that is due some days from now; the mails of this round."""
    mail.outbox.clear()
    at = timezone.now() + timedelta(days=days)
    collect.collect(at)
    sending.send_due(at)
    return list(mail.outbox)


def test_searcher_hears_of_its_trials_alone() -> None:
    follows(about="condition=lbcl")
    lymphoma, leukaemia = trial_row(conditions=["lbcl"]), trial_row(conditions=["b-all"])
    for trial in (lymphoma, leukaemia):
        event(trial, Kind.LISTED)
    (message,) = tell()
    assert (message.to, lymphoma.primary_id in message.body, leukaemia.primary_id in message.body) == (
        [ASHA],
        True,
        False,
    )
    assert tell() == []


def test_who_follows_open_trials_hears_that_one_closed() -> None:
    closed = trial_row(conditions=["lbcl"], status="COMPLETED")
    assert matching_trials(["condition=lbcl&recruiting=india"], [closed.pk]) == {
        "condition=lbcl&recruiting=india": [closed.pk]
    }


def test_hospital_hears_of_itself_alone() -> None:
    trial = make_trial(sites=[site("Tata Memorial Hospital"), site("Apollo", "Chennai")])
    slugs = {row.site.hospital: row.site.slug for row in trial.sites.select_related("site") if row.site}
    follows("hospital", slugs["Apollo"])
    event(trial, Kind.SITE_OPENED, after="Tata Memorial Hospital, Mumbai, India")
    nothing = tell()
    event(trial, Kind.SITE_CLOSED, after="Apollo, Chennai, India")
    assert (nothing, len(tell())) == ([], 1)


def test_follower_of_a_trial_hears_of_it_by_any_of_its_ids() -> None:
    trial = trial_row(registry_ids=["NCT00000001", "CTRI/2020/01/000001"])
    follows("trial", "CTRI/2020/01/000001")
    event(trial)
    assert len(tell()) == 1


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_is_told_or_left_out(kind: str) -> None:
    follows()
    place = "A, Mumbai, India" if place_in(kind, "x", "x") else ""
    event(trial_row(), kind, before=place, after=place)
    assert len(tell()) == (kind in MAILED)


def test_kind_nobody_knows_is_left_out() -> None:
    follows()
    event(trial_row(), "new_kind")
    assert tell() == []


def test_site_abroad_and_sample_are_left_out() -> None:
    follows()
    event(trial_row(), Kind.SITE_ADDED, after="Clinic, Paris, France")
    event(trial_row(sample=True), Kind.LISTED)
    assert tell() == []


def test_weekly_mails_come_once_a_week() -> None:
    follows(pace="weekly", confirmed_at=timezone.now() - timedelta(days=8))
    counts = []
    for day in (0, 1, 7.1):
        event(trial_row(), Kind.LISTED)
        counts.append(len(tell(day)))
    assert counts == [1, 0, 1]


def test_mail_is_in_the_language_of_the_subscription_with_its_context() -> None:
    follows(about="near=mumbai&age=60", language="hi")
    event(trial_row(conditions=["lbcl"], cities=["mumbai"]), Kind.LISTED)
    (message,) = tell()
    assert "/hi/trials/" in message.body
    assert "?near=mumbai&age=60" in message.body
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_address_gets_few_mails_a_day() -> None:
    for number in range(limits.MAILS_OF_ONE + 2):
        follows(about=f"age={number}")
    event(trial_row(), Kind.LISTED)
    assert (len(tell()), len(tell(0.5)), len(tell(1.1))) == (limits.MAILS_OF_ONE, 0, 2)


def test_refused_address_is_erased_and_suppressed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Any, messages: Any) -> int:
        raise SMTPRecipientsRefused({ASHA: (550, b"no such mailbox")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    follows()
    event(trial_row(), Kind.LISTED)
    tell()
    assert (Subscription.objects.count(), Suppression.objects.count()) == (0, 1)


def test_server_that_is_away_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: Any, messages: Any) -> int:
        raise SMTPServerDisconnected

    follows()
    event(trial_row(), Kind.LISTED)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", away)
        assert tell() == []
    assert len(tell(0.1)) == 1


def test_addresses_stay_out_of_logs_and_tables(caplog: pytest.LogCaptureFixture) -> None:
    follows()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(OSError(ASHA)))
        event(trial_row(), Kind.LISTED)
        tell()
    stored = str([*Subscription.objects.values(), *FollowMail.objects.values()])
    assert (ASHA in caplog.text, ASHA in stored, "asha" in stored) == (False, False, False)


class Killed(BaseException):
    """The worker is gone at once: no handler of ours runs."""


class Killer:
    """Kills at the n-th step; afterwards it lets everything pass."""

    def __init__(self, at: int) -> None:
        self.left = at

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed

    def around(self, work: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
        def stepped(*args: Any, **kwargs: Any) -> Any:
            self.step()
            result = work(*args, **kwargs)
            if after:
                self.step()
            return result

        return stepped


@pytest.mark.parametrize("at", range(1, 31))
def test_kill_anywhere_loses_nothing_and_tells_nothing_twice(
    at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one window left, between the server's yes and our note, repeats a Message-ID: counted once."""
    subscriptions = [follows(address=f"{n}@example.org", about="condition=lbcl") for n in range(4)]
    events = [event(trial_row(conditions=["lbcl"]), Kind.LISTED).pk for _ in range(3)]
    killer = Killer(at)
    wrap = killer.around
    for module, name in (
        (collect, "newest_event"),
        (collect, "events_between"),
        (collect, "_write"),
        (collect, "new_mail"),
        (sending, "take"),
        (sending, "letter"),
        (sending, "_note_sent"),
    ):
        monkeypatch.setattr(module, name, wrap(getattr(module, name), after=True))
    monkeypatch.setattr(EmailBackend, "send_messages", wrap(EmailBackend.send_messages, after=True))
    kills = 0
    mail.outbox.clear()
    for round_ in range(4):
        now = timezone.now() + round_ * sending.LEASE * 1.1
        try:
            collect.collect(now)
            sending.send_due(now)
        except Killed:
            kills += 1
    letters = {message.extra_headers["Message-ID"]: message for message in mail.outbox}
    told = Counter(address for message in letters.values() for address in message.to)
    assert kills == 1
    assert told == {f"{n}@example.org": 1 for n in range(len(subscriptions))}
    assert [row.events for row in FollowMail.objects.all()] == [events] * len(subscriptions)
    assert len(mail.outbox) - len(letters) <= 1


def test_after_a_year_is_asked_once_then_erased() -> None:
    follows()
    now = timezone.now()
    assert [wishes.ask_again(now + timedelta(days=day)) for day in (364, 366, 370)] == [0, 1, 0]
    assert len(tell(366)) == 1
    retention.carry_out(now + timedelta(days=395))
    assert Subscription.objects.count() == 1
    retention.carry_out(now + timedelta(days=397))
    assert Subscription.objects.count() == 0


def test_second_worker_that_read_the_same_marks_makes_no_second_mail() -> None:
    follows()
    happened = event(trial_row(), Kind.LISTED)
    now = timezone.now()
    read_before = list(collect._due(now, happened.pk))
    assert collect.collect(now) == 1
    assert collect._write(read_before, {("search", ""): [happened.pk]}, happened.pk, now) == 0
    assert FollowMail.objects.count() == 1
