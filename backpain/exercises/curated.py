"""What sources, exercises, ladders and articles have in common: where a row came from, and how it may change."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Expression, F, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

OF = "of"  # in translations: the marks of the English texts they were made from
WITH_CARE = {"how_to", "mistakes", "stop_note"}


class Shipped(models.Model):
    """A row that may come from the files of the product; `shipped` is its entry there as last loaded.

    A row that no longer reads like `shipped` was edited by a curator, and load_catalogue keeps it.
    """

    shipped = models.JSONField(null=True, editable=False)

    class Meta:
        abstract = True


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    REVIEWED = "reviewed", _("reviewed")
    PUBLISHED = "published", _("published")
    RETIRED = "retired", _("retired")


DRAFTS = [State.DRAFT, State.REVIEWED]


class CuratedQuerySet(models.QuerySet[Any]):
    def published(self) -> "CuratedQuerySet":
        """Return what is in use; what was retired is left to old logs."""
        return self.filter(state=State.PUBLISHED)


class RunnersManager(models.Manager[Any]):
    """The rows runners may meet: drafts are left out."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().exclude(state__in=DRAFTS)


class Curated(Shipped):
    """A part of the catalogue that two people have looked at before runners see it.

    It changes through a draft, a row of its own: of something new, or (`draft_of`) of what is in use, which it
    replaces when published. `objects` has no drafts; `desk`, the curators', has everything.
    `entry` is the row with all that belongs to it as of its last saving, for the history.
    """

    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, editable=False, db_index=True
    )
    draft_of = models.OneToOneField(
        "self", models.CASCADE, null=True, editable=False, related_name="draft", verbose_name=_("draft of")
    )
    retire = models.BooleanField(
        _("take out of use"),
        default=False,
        help_text=_("Once published, runners no longer find it. What they logged stays."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    translations = models.JSONField(default=dict, blank=True, editable=False)  # {"de": {"name": "..."}}
    entry = models.JSONField(null=True, editable=False)

    history = HistoricalRecords(inherit=True, excluded_fields=["shipped"])

    desk = models.Manager()
    objects = RunnersManager.from_queryset(CuratedQuerySet)()

    class Meta:
        abstract = True
        default_permissions = ["add", "change", "delete", "view", "publish"]
        default_manager_name = "desk"  # what Django checks for uniqueness has to include drafts

    @property
    def is_draft(self) -> bool:
        return self.state in DRAFTS

    @property
    def is_retired(self) -> bool:
        return self.state == State.RETIRED

    @property
    def draft_under_way(self) -> "Curated | None":
        """Return the draft that would replace this row; a draft of something new is its own."""
        return self if self.is_draft else type(self).desk.filter(draft_of=self).first()

    def said(self, field: str) -> str:
        """Return a text in the reader's language, in English where it is not translated.

        What the body is told to do is shown in English too while its translation is older than the English.
        """
        text = getattr(self, field)
        if (language := other_language()) is None:
            return text
        words = self.translations.get(language, {})
        if field in WITH_CARE and words.get(OF, {}).get(field) != mark_of(text):
            return text
        return words.get(field) or text


def mark_of(english: str) -> str:
    """Return the mark of an English text, kept beside what is translated from it."""
    return hashlib.sha256(english.encode()).hexdigest()[:12]


def other_language() -> str | None:
    """Return the reader's language where it is not the one the catalogue is written in."""
    language = get_language()
    return None if language == settings.LANGUAGE_CODE else language


def translated(path: str) -> str | Expression:
    """Return what a query reads for a text ("name", "exercise__name") to get it in the reader's language."""
    if (language := other_language()) is None:
        return path
    row, between, field = path.rpartition("__")
    words = KeyTransform(language, F(f"{row}{between}translations"))
    return Coalesce(NullIf(KeyTextTransform(field, words), Value("")), F(path), output_field=TextField())


def one_in_use(field: str, name: str, message: Any) -> models.UniqueConstraint:
    """Return the constraint that a name or slug is used once; a draft shares it with what it is a draft of."""
    return models.UniqueConstraint(
        fields=[field], condition=Q(draft_of=None), name=name, violation_error_message=message
    )
