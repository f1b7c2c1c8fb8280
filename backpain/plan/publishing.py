"""The way of a ruleset: drafted, tried on the bench, published. The only writer of what is not drafted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backpain.accounts.models import User
from backpain.coach.ruleset import breaches, with_changes
from backpain.coach.thresholds import ENGINE, RULESET

from .models import REASON_LENGTH, BenchState, Ruleset
from .rulesets import Named, in_force


class NotAllowed(Exception):
    """The step is not open to this ruleset; the sentence says why."""


class Superseded(Exception):
    """The bench was asked for again, or the draft is gone: nobody waits for this run."""


@transaction.atomic
def save_draft(*, ruleset: Ruleset, by: User) -> None:
    """Store a draft as it was entered; raise NotAllowed for one that has been published meanwhile."""
    ruleset.base = RULESET
    if ruleset.pk is None:
        ruleset.drafted_by = by
        ruleset.save()
    else:
        _locked_draft(ruleset.pk)
        ruleset.save(update_fields=["name", "base", "changes"])  # the bench may be writing the others


@transaction.atomic
def discard(*, ruleset: Ruleset) -> None:
    """Delete a draft; raise NotAllowed for a published one, which advice may have been given with."""
    _locked_draft(ruleset.pk).delete()


@transaction.atomic
def ask_for_bench(*, ruleset: Ruleset, now: dt.datetime) -> Ruleset:
    """Note that the bench was asked for. A run under way ends unheard."""
    draft = _current_draft(ruleset.pk)
    draft.bench_state, draft.bench_asked_at, draft.bench_percent = BenchState.WAITING, now, 0
    draft.save(update_fields=["bench_state", "bench_asked_at", "bench_percent"])
    return draft


def note_progress(*, pk: int, asked_at: dt.datetime, percent: int) -> None:
    """Note how far a run is; raise Superseded when nobody waits for it."""
    _of_this_run(pk, asked_at, bench_state=BenchState.RUNNING, bench_percent=percent)


def keep_result(*, pk: int, asked_at: dt.datetime, of: dict[str, Any], result: dict[str, Any]) -> None:
    """Store what the bench measured; raise Superseded when nobody waits for it."""
    _of_this_run(
        pk, asked_at, bench_state=BenchState.DONE, bench_percent=100, bench={"of": of, "result": result}
    )


def note_failure(*, pk: int, asked_at: dt.datetime) -> None:
    """Note that a run broke off; raise Superseded when nobody waits for it."""
    _of_this_run(pk, asked_at, bench_state=BenchState.FAILED)


def measured_on(*, changes: dict[str, Any], beside: Named) -> dict[str, Any]:
    """Return what a result of the bench is about: it is void as soon as any of this changes."""
    return {"changes": changes, "base": RULESET, "engine": ENGINE, "beside": beside.name}


def is_tried(ruleset: Ruleset) -> bool:
    """Tell whether the bench measured exactly these thresholds beside those in force."""
    measured = ruleset.bench and ruleset.bench["of"]
    return measured == measured_on(changes=ruleset.changes, beside=in_force())


@transaction.atomic
def publish(*, ruleset: Ruleset, by: User, reason: str, now: dt.datetime) -> None:
    """Put a draft into force for every review from now on; raise NotAllowed with the reason against it."""
    list(Ruleset.objects.select_for_update().order_by("pk"))  # of two at once, one was tried too early
    draft, why = _current_draft(ruleset.pk), reason.strip()
    if breaches(with_changes(draft.changes)):
        raise NotAllowed(_("A threshold is outside its safe range."))
    if not is_tried(draft):
        raise NotAllowed(
            _("Try exactly these thresholds on the bench first, beside the ruleset now in force.")
        )
    if not 0 < len(why) <= REASON_LENGTH:
        raise NotAllowed(_("Say why it is published, in at most %(n)s characters.") % {"n": REASON_LENGTH})
    draft.reason, draft.published_by, draft.published_at = why, by, now
    draft.save(update_fields=["reason", "published_by", "published_at"])


def _locked_draft(pk: int) -> Ruleset:
    ruleset = Ruleset.objects.select_for_update().get(pk=pk)
    if ruleset.is_published:
        raise NotAllowed(_("%(name)s is published and cannot be changed any more.") % {"name": ruleset.name})
    return ruleset


def _current_draft(pk: int) -> Ruleset:
    draft = _locked_draft(pk)
    if draft.base != RULESET:
        raise NotAllowed(
            _("It was drafted beside the ruleset %(base)s. Save it again first.") % {"base": draft.base}
        )
    return draft


def _of_this_run(pk: int, asked_at: dt.datetime, **fields: Any) -> None:
    if not Ruleset.objects.filter(pk=pk, bench_asked_at=asked_at, published_at=None).update(**fields):
        raise Superseded
