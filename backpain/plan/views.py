from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from backpain.accounts.access import RunnerRequest, consent_required

from . import actions
from .forms import DeclineForm, HindsightForm, LogForm
from .log import Chosen
from .models import TIP_SILENT_DAYS, Advice
from .page import plan_page
from .queries import ALL, advice_counts, advice_page, ladder_names
from .rulesets import in_force
from .wording import explain, explain_all
from .words.chapters import CONFLICTS, chapters

PAGES = ("today", "plan")  # where a move is answered


@consent_required
@require_safe
def plan(request: RunnerRequest) -> HttpResponse:
    """Show what the runner stands on, the step after it and what that still needs."""
    page = plan_page(request.user, today=request.user.day_of(timezone.now()))
    return render(request, "plan/plan.html", {"plan": page, "advice": page.advice, "page": "plan"})


@consent_required
@require_POST
def accept_move(request: RunnerRequest, advice: UUID, ladder: str) -> HttpResponse:
    return _answered(request, advice, ladder, actions.accept_move)


@consent_required
@require_POST
def postpone_move(request: RunnerRequest, advice: UUID, ladder: str) -> HttpResponse:
    return _answered(request, advice, ladder, actions.postpone_move)


@consent_required
@require_POST
def decline_move(request: RunnerRequest, advice: UUID, ladder: str) -> HttpResponse:
    found = get_object_or_404(request.user.advice, uuid=advice)
    form = DeclineForm(request.POST, ladder=ladder)
    if form.is_valid():
        return _answered(request, advice, ladder, actions.decline_move, **form.cleaned_data)
    if any(move.ladder == ladder for move in found.upward_moves):
        return _move(request, found, ladder, declining=form, status=422)
    return _not_offered(request)


def _answered(request: RunnerRequest, advice: UUID, ladder: str, answer: Any, **said: str) -> HttpResponse:
    """Give the runner's answer to a move, and show the move with it where it stood."""
    found = get_object_or_404(request.user.advice, uuid=advice)
    try:
        answer(runner=request.user, advice=found, ladder=ladder, now=timezone.now(), **said)
    except actions.NotOffered:
        return _not_offered(request)
    if request.htmx:
        return _move(request, found, ladder)
    return redirect(_page(request))


def _not_offered(request: RunnerRequest) -> HttpResponse:
    messages.warning(request, _("This step is no longer on offer. Today shows the newest advice."))
    return _go_to(request, reverse("today"))


def _move(
    request: RunnerRequest,
    advice: Advice,
    ladder: str,
    *,
    declining: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show one move again: in place for htmx, with its row on the plan page, else on a page of its own."""
    context: dict[str, Any] = {"declining": declining, "page": _page(request), "is_swapped": True}
    if request.htmx and context["page"] == "plan":
        page = plan_page(request.user, today=request.user.day_of(timezone.now()))
        row = next((row for row in page.rows if row.slug == ladder), None)
        return render(
            request, "plan/plan.html#row", context | {"advice": page.advice, "row": row}, status=status
        )
    words = explain(advice)
    context |= {"advice": words, "move": next(move for move in words.moves_up if move.ladder == ladder)}
    return render(request, "plan/_move.html" if request.htmx else "plan/move.html", context, status=status)


@consent_required
@require_safe
def advice_log(request: RunnerRequest) -> HttpResponse:
    """List the advice the runner was given, newest first, with what came of it."""
    form, before = LogForm(request.GET, ladders=ladder_names()), request.GET.get("before")
    if not form.is_valid():
        raise Http404
    chosen, today = form.chosen, request.user.day_of(timezone.now())
    rows, has_more = advice_page(
        request.user, chosen=chosen, before=_advice(request, before) if before else None, today=today
    )
    counts = advice_counts(request.user, chosen=chosen, choices=form.choices, today=today)
    form.count(counts)
    context = {
        "months": _by_month(rows, today),
        "form": form,
        "narrows": chosen != Chosen(),
        "found": counts["verdict", chosen.verdict],
        "all": counts[ALL],
        "before": before,
        "earlier": rows[-1].uuid if has_more else None,
    }
    return render(request, "plan/advice_log.html", context)


def _by_month(rows: Sequence[Advice], today: dt.date) -> list[tuple[dt.date, list[Any]]]:
    """Return the first of each month with its advice, each in words and whether it may be looked back on."""
    told = [(row, words, _asks_back(row, today)) for row, words in zip(rows, explain_all(rows), strict=True)]
    by_month = groupby(told, key=lambda each: each[0].on.replace(day=1))
    return [(month, list(some)) for month, some in by_month]


@consent_required
@require_safe
def advice(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Show one advice as it was given, with every reason, and what the runner says of it now."""
    return _advice_page(request, get_object_or_404(request.user.advice, uuid=uuid))


@consent_required
@require_POST
def look_back(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(request.user.advice, uuid=uuid)
    form = HindsightForm(request.POST)
    if not form.is_valid():
        return _advice_page(request, found, form=form, status=422)
    try:
        actions.look_back(advice=found, on=request.user.day_of(timezone.now()), **form.cleaned_data)
    except actions.TooEarly:
        messages.warning(request, _("It is too early to look back on this advice."))
    return _go_to(request, reverse("advice", args=[uuid]))


@consent_required
@require_POST
def put_off_tip(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(request.user.advice, uuid=uuid)
    actions.put_off_tip(runner=request.user, advice=found, now=timezone.now())
    return _tip(request)


@consent_required
@require_POST
def bring_back_tip(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(request.user.advice, uuid=uuid)
    actions.bring_back_tip(runner=request.user, advice=found, now=timezone.now())
    return _tip(request)


def _tip(request: RunnerRequest) -> HttpResponse:
    """Show the tip of the newest advice again: in place for htmx, else on Today."""
    newest = request.user.advice.newest()
    if not request.htmx or newest.tip_of_the_day is None or newest.on != request.user.day_of(timezone.now()):
        return _go_to(request, reverse("today"))
    context = {"advice": explain(newest), "tip_silent_days": TIP_SILENT_DAYS, "is_swapped": True}
    return render(request, "plan/_tip.html", context)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rule book, generated from the table of rules, with the thresholds in force."""
    name, thresholds = in_force()
    context = {"chapters": chapters(thresholds), "conflicts": CONFLICTS, "ruleset": name}
    return render(request, "plan/rules.html", context)


def _advice_page(
    request: RunnerRequest, row: Advice, *, form: HindsightForm | None = None, status: int = 200
) -> HttpResponse:
    kept = {"was_right": row.was_right, "note": row.was_right_note}
    context = {
        "row": row,
        "advice": explain(row),
        "is_newest": row == request.user.advice.newest(),
        "asks_back": _asks_back(row, request.user.day_of(timezone.now())),
        "form": form or HindsightForm(initial=kept),
    }
    return render(request, "plan/advice.html", context, status=status)


def _asks_back(row: Advice, today: dt.date) -> bool:
    return row.asks_back_on <= today


def _advice(request: RunnerRequest, uuid: str) -> Advice:
    try:
        return get_object_or_404(request.user.advice, uuid=UUID(uuid))
    except ValueError:
        raise Http404 from None


def _page(request: RunnerRequest) -> str:
    """Return the name of the page a move was answered on."""
    page = request.POST.get("page", "")
    return page if page in PAGES else PAGES[0]


def _go_to(request: RunnerRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
