"""From a draft to what runners see: edited by one, reviewed and published by another, never overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from backpain.accounts.models import User
from backpain.exercises.actions import write_entry
from backpain.exercises.checks import Problem, problems_of
from backpain.exercises.curated import Curated, State
from backpain.exercises.models import Exercise, Ladder
from backpain.exercises.queries import entry_of
from backpain.exercises.shipped import Entry


class NotAllowed(Exception):
    """It cannot be done now; says why, with what has to be mended first."""

    def __init__(self, text: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(text)
        self.problems = problems


@transaction.atomic
def start_draft(
    *, of: Curated, by: User, now: dt.datetime, entry: Entry | None = None, reason: str = ""
) -> Curated:
    """Return a draft of a row in use: the one under way, else a new one that reads like it.

    With `entry` the draft reads like that instead, which is how an earlier version comes back.
    """
    locked = type(of).desk.select_for_update().get(pk=of.pk)
    draft = locked.draft_under_way
    if draft is not None and entry is None:
        return draft
    row = draft or type(of)(draft_of=locked)
    reason = reason or (_("An earlier version was brought back.") if entry else _("Began to edit."))
    _write_draft(row, {**(entry or entry_of(locked)), "slug": locked.slug}, by, now, reason)
    return row


@transaction.atomic
def write_new(*, draft: Curated, entry: Entry, by: User, now: dt.datetime, reason: str) -> None:
    """Make the draft of something new read like an entry, stored or not yet; an earlier review is void."""
    _write_draft(_locked_draft(draft) if draft.pk else draft, entry, by, now, reason)


@transaction.atomic
def save_draft(*, draft: Curated, by: User, now: dt.datetime) -> None:
    """Take in what a form has written into a draft and what belongs to it; an earlier review is void."""
    row = _locked_draft(draft)
    _write_draft(row, entry_of(row), by, now, _("Edited."))


@transaction.atomic
def translate(*, row: Curated, translations: Entry, language: str, by: User, now: dt.datetime) -> Curated:
    """Store translations, of which those in one language are new, and return the draft that has them.

    The row may be in use, with no draft under way: then one begins.
    """
    entry = {**entry_of(row), "translations": translations}
    reason = _("Translated: %(language)s.") % {"language": language}
    if not row.is_draft:
        return start_draft(of=row, by=by, now=now, entry=entry, reason=reason)
    write_new(draft=row, entry=entry, by=by, now=now, reason=reason)
    return row


@transaction.atomic
def redraw(*, draft: Curated, figure: Entry | None, by: User, now: dt.datetime) -> None:
    """Give the draft of an exercise another figure, as data, or none; an earlier review is void."""
    row = _locked_draft(draft)
    _write_draft(row, {**entry_of(row), "figure": figure}, by, now, _("Redrawn."))


@transaction.atomic
def mark_reviewed(*, draft: Curated, by: User, now: dt.datetime, figure_looked_at: bool = False) -> None:
    """Note that somebody else has read a draft and, of an exercise, looked at its figure beside the steps."""
    row = _locked_draft(draft)
    _refuse_editor(row, by)
    if isinstance(row, Exercise) and figure_looked_at:
        row.figure_reviewed = True
    _refuse_problems(row)
    row.state, row.reviewed_by, row.reviewed_at = State.REVIEWED, by, now
    row.version += 1
    row._change_reason, row._history_user = _("Reviewed."), by
    row.save()


@transaction.atomic
def publish(*, draft: Curated, by: User, now: dt.datetime, reason: str) -> Curated:
    """Put a reviewed draft into use and return the row that runners see."""
    row = _locked_draft(draft)
    _refuse_editor(row, by)
    if row.state != State.REVIEWED:
        raise NotAllowed(_("It has not been reviewed since it was edited last."))
    _refuse_problems(row)
    entry, original = entry_of(row), row.draft_of or row
    values = {
        name: getattr(row, name) for name in ("edited_by", "edited_at", "reviewed_by", "reviewed_at")
    } | {
        "published_by": by,
        "published_at": now,
        "state": State.RETIRED if row.retire else State.PUBLISHED,
        "version": original.version + 1,
    }
    if isinstance(row, Exercise):
        values["figure_reviewed"] = row.figure_reviewed
    if row.draft_of:
        row.delete()
    write_entry(original, entry, reason=reason or _("Published."), by=by, **values)
    if isinstance(original, Exercise) and original.is_retired:
        _take_off_ladders(original, by)
    return original


@transaction.atomic
def discard(*, draft: Curated, by: User) -> None:
    """Throw a draft away; what is in use stays as it is. Raise ProtectedError where another draft needs it."""
    row = _locked_draft(draft)
    row._history_user = by
    row.delete()


def _write_draft(row: Curated, entry: Entry, by: User, now: dt.datetime, reason: str) -> None:
    values = {
        "state": State.DRAFT,
        "edited_by": by,
        "edited_at": now,
        "reviewed_by": None,
        "reviewed_at": None,
        "version": row.version + 1,
    }
    if isinstance(row, Exercise):
        known = row.draft_of
        values["figure_reviewed"] = bool(known and known.figure_reviewed and known.figure == entry["figure"])
    write_entry(row, entry, reason=reason, by=by, **values)


def _take_off_ladders(exercise: Exercise, by: User) -> None:
    """Leave no rung of an exercise that is out of use, and let its successor be the swap it was.

    A ladder that loses its last rung so goes out of use too.
    """
    reason = _("%(name)s was taken out of use.") % {"name": exercise.name}
    successor = exercise.successor.slug if exercise.successor else None
    for other in Exercise.desk.filter(swap=exercise):
        entry = {**entry_of(other), "swap": successor}
        write_entry(other, entry, reason=reason, by=by, version=other.version + 1)
    for ladder in Ladder.desk.filter(rungs__exercise=exercise).distinct():
        entry = entry_of(ladder)
        entry["rungs"] = [rung for rung in entry["rungs"] if rung["exercise"] != exercise.slug]
        values = {"version": ladder.version + 1}
        if not entry["rungs"] and not ladder.is_draft:
            entry["retire"], values["state"] = True, State.RETIRED
        write_entry(ladder, entry, reason=reason, by=by, **values)


def _locked_draft(draft: Curated) -> Curated:
    row = type(draft).desk.select_for_update(of=("self",)).select_related("draft_of").get(pk=draft.pk)
    if not row.is_draft:
        raise NotAllowed(_("It is no draft any more."))
    return row


def _refuse_editor(row: Curated, by: User) -> None:
    """Nobody reviews or publishes what they have had a hand in."""
    if row.history.filter(state=State.DRAFT, history_user=by).exists():
        raise NotAllowed(_("You have edited this draft. Somebody else has to look at it."))


def _refuse_problems(row: Curated) -> None:
    if problems := problems_of(row):
        raise NotAllowed(_("This has to be mended first."), problems)
