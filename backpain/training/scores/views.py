from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from backpain.accounts.access import RunnerRequest, consent_required
from backpain.plan.models import Advice
from backpain.training import actions
from backpain.training.entry_page import go_to, warns
from backpain.training.models import Run
from backpain.training.queries import SCORES_ASKED_DAYS

from .actions import ask_for_scores_again, mark_unrecorded
from .forms import AfterForm, VersionForm
from .page import card_of, page_of

ANSWERED_SHOWN = 50  # runs named in an address


@consent_required
@require_GET
def scores_asked(request: RunnerRequest) -> HttpResponse:
    """Ask for the pain after each run of the last days that came without a score, one tap each.

    "No pain after any of them" is not on offer: a zero is the score that lets training go on, and one tap
    for many invites it unremembered.
    """
    return _page(request, status=200)


@consent_required
@require_POST
def score_after(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    run = _found(request, uuid)
    form = AfterForm(request.POST, run=run)
    if not form.is_valid():
        return _page(request, status=422, run=run, form=form)
    answer = {"pain_after": form.cleaned_data["pain_after"]}
    return _store(request, run, answer, version=form.cleaned_data["version"])


@consent_required
@require_POST
def forget_scores(request: RunnerRequest) -> HttpResponse:
    """Note that the pain around one run or many is not remembered."""
    named = _uuids(request.POST.getlist("run"))
    own = set(request.user.runs.filter(uuid__in=named).values_list("uuid", flat=True))
    if not own:
        raise Http404
    advice = mark_unrecorded(runner=request.user, uuids=own, now=timezone.now())
    return _answered(request, advice, own)


@consent_required
@require_POST
def ask_again(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Take back an answer of this page: the score, or that it is not remembered."""
    run = _found(request, uuid)
    form = VersionForm(request.POST, run=run)
    if not form.is_valid():
        raise BadRequest
    if run.pain_after is not None:
        return _store(request, run, {"pain_after": None}, version=form.cleaned_data["version"])
    advice = ask_for_scores_again(runner=request.user, uuids=[uuid], now=timezone.now())
    return _answered(request, advice, [uuid])


def _store(request: RunnerRequest, run: Run, answer: Mapping[str, Any], *, version: int) -> HttpResponse:
    """Store an answer; where the run was changed since it was shown, show what it says now."""
    try:
        advice = actions.edit(run, changes=answer, version=version, now=timezone.now())
    except actions.EditedMeanwhile as meanwhile:
        stored: Any = meanwhile.entry
        if any(getattr(stored, column) != value for column, value in answer.items()):
            return _page(request, status=422, run=stored, changed_elsewhere=True)
        return _shown_again(request, [stored.uuid])
    return _answered(request, advice, [run.uuid])


def _answered(request: RunnerRequest, advice: Advice, uuids: Iterable[UUID]) -> HttpResponse:
    """Lead back to the page with what was stored on it; a warning comes first."""
    return go_to(request, reverse("today")) if warns(advice) else _shown_again(request, uuids)


def _shown_again(request: RunnerRequest, uuids: Iterable[UUID]) -> HttpResponse:
    named = list(map(str, uuids))[:ANSWERED_SHOWN]
    page = reverse("scores_asked", query={"answered": named}, fragment=f"run-{named[0]}")
    return redirect(page, permanent=False, preserve_request=False)


def _page(request: RunnerRequest, *, status: int, run: Run | None = None, **about: Any) -> HttpResponse:
    """Show the page, with one run's card as it has to be shown."""
    today = request.user.day_of(timezone.now())
    instead = card_of(run, today=today, **about) if run else None
    answered = _uuids(request.GET.getlist("answered"))
    page = page_of(request.user, today=today, answered=answered, instead=instead)
    context = {"page": page, "answered": answered, "days": SCORES_ASKED_DAYS}
    return render(request, "training/scores_asked.html", context, status=status)


def _found(request: RunnerRequest, uuid: UUID) -> Run:
    found: Run = get_object_or_404(request.user.runs, uuid=uuid)
    return found


def _uuids(texts: Iterable[str]) -> set[UUID]:
    """Return what is an id of these texts."""
    found = set()
    for text in texts:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found
