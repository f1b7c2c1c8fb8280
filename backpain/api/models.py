"""Tokens a runner gives to programs: a watch, a phone's shortcut, a script. Of a token only its hash is kept."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from backpain.accounts.models import Consent

NAME_LENGTH = 60  # characters
MOST_CALLS = 60  # a minute, of one token; the project's choice
MINUTE = dt.timedelta(minutes=1)


class Scope(models.TextChoices):
    """What a token may do."""

    READ = "read", _("Read: runs, check-ins, sessions and advice")
    LOG = "log", _("Log: add, correct and delete entries, and hear the advice that follows")


class TokenQuerySet(models.QuerySet["Token"]):
    def open_at(self, now: dt.datetime) -> "TokenQuerySet":
        """Return the tokens that work at an instant.

        A token ends with the consent it was made under: agreeing again opens no old one.
        """
        consents = Consent.objects.in_force().filter(
            runner=OuterRef("runner"), given_at__lte=OuterRef("made_at")
        )
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=now),
            Exists(consents),
            runner__is_active=True,
            revoked_at=None,
        )


class Token(models.Model):
    """A runner's token for a program. `name` says to the runner which one has it.

    `last_used_at` is when the minute began in which it was used last, `calls` how often in that minute.
    """

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    token_hash = models.CharField(max_length=64, unique=True)  # asked for by whoever has the token alone
    scopes = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveIntegerField(default=0)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("made_at")),
                name="token_expires_after_it_was_made",
            ),
        ]
        indexes = [models.Index(fields=["runner", "-made_at"], name="token_newest")]

    def __str__(self) -> str:
        return self.name

    def may_call_again_in(self, now: dt.datetime) -> dt.timedelta:
        """Return how long it takes until calls are taken again, after too many in a minute."""
        return (self.last_used_at or now) + MINUTE - now
