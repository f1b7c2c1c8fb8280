"""The secret links a runner gives out: to a report, and to a calendar. Of a token only its hash is kept.

Beside them the PDFs of reports, for an hour each.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from backpain.accounts.models import Consent

MOST_WRONG_PINS = 5  # of a million, for as long as the link lives; the project's choice
LABEL_LENGTH = 60  # characters
LATE = dt.timedelta(minutes=1)  # a PDF takes seconds: nobody should wait for a worker that does not run


class ShareQuerySet(models.QuerySet["Share"]):
    def open_at(self, now: dt.datetime) -> "ShareQuerySet":
        """Return the links that work at an instant.

        A link ends with the consent it was made under: agreeing again opens no old one.
        """
        consents = Consent.objects.in_force().filter(
            runner=OuterRef("runner"), given_at__lte=OuterRef("made_at")
        )
        return self.filter(
            Exists(consents),
            runner__is_active=True,
            revoked_at=None,
            expires_at__gt=now,
            wrong_pins__lt=MOST_WRONG_PINS,
        )

    def ended_before(self, instant: dt.datetime) -> "ShareQuerySet":
        """Return the links that had expired, were revoked or locked before an instant."""
        locked = Q(wrong_pins=MOST_WRONG_PINS, tried_at__lt=instant)
        return self.filter(Q(expires_at__lt=instant) | Q(revoked_at__lt=instant) | locked)


class Share(models.Model):
    """A link to the report of a period, with what the runner put into it.

    `first` and `last` are the runner's own days, `label` says to the runner alone whom it is for, `pin` is
    hashed as passwords are, or "". `tried_at` is when a PIN was last tried: of a locked link, when it ended.
    """

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shares")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)  # asked for by whoever has the link alone
    label = models.CharField(max_length=LABEL_LENGTH, blank=True)
    first = models.DateField()
    last = models.DateField()
    with_screening = models.BooleanField(default=False)
    with_notes = models.BooleanField(default=False)
    with_name = models.BooleanField(default=False)
    pin = models.CharField(max_length=128, blank=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="share_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="share_expires_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(wrong_pins__range=(0, MOST_WRONG_PINS)), name="share_locks_after_wrong_pins"
            ),
        ]
        indexes = [models.Index(fields=["runner", "-made_at"], name="share_newest")]

    def __str__(self) -> str:
        return f"report of {self.first} to {self.last}"

    @property
    def is_locked(self) -> bool:
        return self.wrong_pins >= MOST_WRONG_PINS


class ShareVisit(models.Model):
    """An opening of a shared report: when, and nothing of who. `by_runner`: signed in as its own runner."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="share_visits")
    share = models.ForeignKey(Share, models.CASCADE, related_name="visits")
    at = models.DateTimeField()
    by_runner = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["runner", "share", "-at"], name="share_visit_newest")]

    def __str__(self) -> str:
        return f"opened {self.at:%Y-%m-%d}"


class Pdf(models.Model):
    """A PDF somebody asked for: `content` is None until it is made, `failed` when it could not be."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pdfs")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_at = models.DateTimeField()
    content = models.BinaryField(null=True)
    failed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"PDF of runner {self.runner_id}"

    @property
    def is_waiting(self) -> bool:
        return self.content is None and not self.failed

    def is_late(self, now: dt.datetime) -> bool:
        return self.is_waiting and now - self.asked_at > LATE


class CalendarFeed(models.Model):
    """A runner's secret calendar address; a new one takes the place of the old."""

    runner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    with_details = models.BooleanField(default=False)
    language = models.CharField(max_length=10)  # calendars name no language when they ask
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of runner {self.runner_id}"
