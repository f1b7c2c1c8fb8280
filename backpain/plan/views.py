from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from backpain.accounts.access import RunnerRequest, consent_required
from backpain.coach.thresholds import RULESET

from . import actions
from .models import Placement
from .wording import dose_of, explain
from .words.book import order_of_rules, rule_book
from .words.moves import MoveUp
from .words.reasons import ReasonInWords


@consent_required
@require_safe
def plan(request: RunnerRequest) -> HttpResponse:
    """Show what the runner stands on, and what the newest advice says of each; only today's offers steps."""
    newest = request.user.advice.newest()
    advice = explain(newest) if newest else None
    today = request.user.day_of(timezone.now())
    moves = advice.moves_up if advice and advice.on == today else ()
    reasons = advice.reasons if advice else ()
    placements = request.user.placements.in_force().select_related("ladder", "exercise")
    rows = [_row(placement, moves, reasons) for placement in placements.order_by("ladder__position", "pk")]
    return render(request, "plan/plan.html", {"advice": advice, "rows": rows})


@consent_required
@require_POST
def accept_move(request: RunnerRequest, advice: UUID, ladder: str) -> HttpResponse:
    found = get_object_or_404(request.user.advice, uuid=advice)
    try:
        actions.accept_move(runner=request.user, advice=found, ladder=ladder, now=timezone.now())
    except actions.NotOffered:
        messages.warning(request, _("This step is no longer on offer. Today shows the newest advice."))
    return _to_today(request)


@consent_required
@require_POST
def postpone_move(request: RunnerRequest, advice: UUID, ladder: str) -> HttpResponse:
    found = get_object_or_404(request.user.advice, uuid=advice)
    try:
        actions.postpone_move(runner=request.user, advice=found, ladder=ladder, now=timezone.now())
    except actions.NotOffered:
        messages.warning(request, _("This step is no longer on offer. Today shows the newest advice."))
    return _to_today(request)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rule book, generated from the table of rules."""
    groups = [(words, list(rules)) for words, rules in groupby(rule_book(), attrgetter("verdict_words"))]
    return render(
        request, "plan/rules.html", {"groups": groups, "order": order_of_rules(), "ruleset": RULESET}
    )


def _row(
    placement: Placement, moves: tuple[MoveUp, ...], reasons: tuple[ReasonInWords, ...]
) -> dict[str, Any]:
    ladder = placement.ladder.slug
    return {
        "placement": placement,
        "dose": dose_of(placement),
        "move": next((move for move in moves if move.ladder == ladder), None),
        "reasons": [reason for reason in reasons if reason.ladder_slug == ladder],
    }


def _to_today(request: RunnerRequest) -> HttpResponse:
    if request.htmx:
        return HttpResponseClientRedirect(reverse("today"))
    return redirect("today")
