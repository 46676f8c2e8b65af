"""Who wants a mail about what, and the mails that wait. No name, no account, no readable address."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """One address follows one search, trial or hospital. It goes whole when the person stops it.

    `about` is the query string of a search, the id of a trial or the slug of a hospital. `address` is
    encrypted, `address_hash` keyed (`trials.follow.addresses`): without the key neither can be read.
    `seen_event` is the last `TrialEvent` already looked at for it.
    """

    class What(models.TextChoices):
        SEARCH = "search", _("a search")
        TRIAL = "trial", _("a trial")
        HOSPITAL = "hospital", _("a hospital")

    class Pace(models.TextChoices):
        AT_ONCE = "at-once", _("as soon as something changes")
        WEEKLY = "weekly", _("once a week")

    what = models.CharField(max_length=10, choices=What)
    about = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=10)
    pace = models.CharField(max_length=10, choices=Pace)
    address = models.TextField()
    address_hash = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    consent_version = models.CharField(max_length=20)
    consent_at = models.DateTimeField()
    seen_event = models.BigIntegerField(default=0)
    last_mailed = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "trials"
        constraints = [models.UniqueConstraint("address_hash", "what", "about", name="subscription_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"


class FollowMail(models.Model):
    """One mail to one subscription, from its making until a month after it was sent.

    `events` are the ids of the events it is about. Of a subscription the events after `after` go into one
    mail alone: that no event is mailed twice is a constraint, not a habit.
    """

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("please confirm")
        EVENTS = "events", _("what has changed")
        STILL_WANTED = "still-wanted", _("still wanted?")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=15, choices=Kind)
    after = models.BigIntegerField(null=True)
    events = ArrayField(models.BigIntegerField(), default=list)
    message_id = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "trials"
        indexes = [models.Index("next_try", name="follow_mail_due", condition=Q(state="waiting"))]
        constraints = [
            models.UniqueConstraint("subscription", "after", name="follow_event_once"),
            models.UniqueConstraint(
                fields=["subscription", "kind"], condition=Q(state="waiting"), name="follow_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Suppression(models.Model):
    """An address that gets no mail: mails to it come back, or its owner complained."""

    class Why(models.TextChoices):
        BOUNCED = "bounced", _("mails come back")
        COMPLAINED = "complained", _("the owner complained")

    address_hash = models.CharField(max_length=64, unique=True)
    why = models.CharField(max_length=10, choices=Why)
    at = models.DateTimeField()

    class Meta:
        app_label = "trials"

    def __str__(self) -> str:
        return self.why


class FollowLimit(models.Model):
    """How often something was asked for in a span of time. `key` holds only keyed hashes."""

    key = models.CharField(max_length=100, unique=True)
    number = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()

    class Meta:
        app_label = "trials"

    def __str__(self) -> str:
        return f"{self.number} until {self.until}"
