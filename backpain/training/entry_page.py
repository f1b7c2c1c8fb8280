"""The page of an entry of any kind: logged, corrected, shown again with what is wrong, answered with advice."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from backpain.accounts.access import RunnerRequest
from backpain.plan.models import Advice
from backpain.plan.wording import explain
from backpain.ui.outbox import acknowledged, clock_off, from_outbox

from . import actions, kinds, queries
from .forms import FORMS, EntryForm
from .kinds import KINDS, Kind
from .models import Entry
from .questionnaires import INSTRUMENTS
from .review import todays_advice

AS_PRESCRIBED = "as_prescribed"  # the button of the guided session that saves every target


def log(request: RunnerRequest, kind: Kind, *, now: dt.datetime, **options: Any) -> HttpResponse:
    """Show the form of a new entry, or store what was sent and answer with the advice that follows."""
    if kind.is_kept_by_phones:
        options["clock_off"] = clock_off(request, now=now)
    form = FORMS[kind.word](sent(request), runner=request.user, now=now, **options)
    if not form.is_valid():
        return show(request, {"form": form, "kind": kind}, status=422 if form.is_bound else 200)
    uuid, payload_hash = form.cleaned_data["uuid"], form.payload_hash()
    try:
        logged = actions.log(
            kind.table,
            runner=request.user,
            uuid=uuid,
            values=form.values(),
            sets=form.sets(),
            payload_hash=payload_hash,
            now=now,
        )
    except actions.AlreadyLogged as taken:
        if from_outbox(request) and actions.sent_before(taken.entry, payload_hash):
            return acknowledged(go_to(request, reverse("today")), uuid)  # and deleted since
        return _taken(request, kind, form, taken.entry)
    return acknowledged(_saved(request, kind, logged.entry, logged.advice), uuid)


def _taken(request: RunnerRequest, kind: Kind, form: EntryForm, taken: Entry) -> HttpResponse:
    """Show the form again with what stands in its place; a phone is told that the id itself is taken (409)."""
    is_own_id = taken.uuid == form.cleaned_data["uuid"]
    form.use(uuid=uuid4())
    context = {"form": form, "kind": kind, "taken": taken}
    return show(request, context, status=409 if is_own_id and from_outbox(request) else 422)


def edit(
    request: RunnerRequest,
    kind: Kind,
    found: Entry,
    *,
    now: dt.datetime,
    form_class: type[EntryForm] | None = None,
    page: dict[str, Any] | None = None,
) -> HttpResponse:
    """Correct an entry in its form, or in one that asks for a part of it."""
    options = _options_of(request, kind, found, now)
    make = form_class or FORMS[kind.word]
    form = make(sent(request), runner=request.user, now=now, entry=found, **options)
    form.recall(queries.first_scores_of(found))
    context = {"form": form, "kind": kind, "entry": found, **(page or {})}
    if not form.is_valid():
        return show(request, context, status=422 if form.is_bound else 200)
    if form.cleaned_data["version"] != found.version:
        return _both_versions(request, context, now)
    try:
        advice = actions.edit(
            found,
            changes=form.changes(),
            sets=form.changed_sets(),
            version=found.version,
            now=now,
        )
    except actions.EditedMeanwhile as meanwhile:
        return edit(request, kind, meanwhile.entry, now=now, form_class=form_class, page=page)
    except actions.AlreadyLogged as taken:
        return show(request, context | {"taken": taken.entry}, status=422)
    return acknowledged(_saved(request, kind, found, advice), form.cleaned_data["uuid"])


def _both_versions(request: RunnerRequest, context: dict[str, Any], now: dt.datetime) -> HttpResponse:
    """Show what is stored now beside what was typed into a page opened before; saved again, that is kept."""
    form, kind, stored = context["form"], context["kind"], context["entry"]
    differences = form.differences()
    if not differences and not stored.deleted_at:
        advice = todays_advice(runner=request.user, now=now)
        return acknowledged(_saved(request, kind, stored, advice), form.cleaned_data["uuid"])
    form.use(version=stored.version)
    return show(request, context | {"meanwhile": True, "differences": differences}, status=422)


def sent(request: RunnerRequest) -> QueryDict | None:
    """Return what was sent, also when that is nothing; None when the page is only shown."""
    return request.POST if request.method == "POST" else None


def show(request: RunnerRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    """Answer with the form, in place or as a page."""
    if "shoe" in context["form"].fields:
        context["shoes"] = queries.shoes_in_use(request.user)
    template = "training/entry_form.html" + ("#entry" if request.htmx else "")
    return render(request, template, context, status=status)


def _saved(request: RunnerRequest, kind: Kind, saved: Entry, advice: Advice) -> HttpResponse:
    """Answer with the advice in place, or on Today without JavaScript; a warning always gets its own page.

    After a session logged as prescribed, with one tap, its pain scores are asked next.
    """
    saved_as = {"saved": f"{kind.word}.{saved.uuid}"}
    if AS_PRESCRIBED in request.POST and not warns(advice):
        return go_to(request, reverse("session_scores", args=[saved.uuid], query=saved_as))
    if not request.htmx or warns(advice):
        return go_to(request, reverse("today", query=saved_as))
    context = {"kind": kind, "saved": (kind, saved), "advice": explain(advice)}
    return render(request, "training/saved.html", context)


def warns(advice: Advice) -> bool:
    """Tell whether an advice is a warning that nothing else may stand beside: Today shows it."""
    return advice.verdict in {"urgent", "emergency"}


def go_to(request: RunnerRequest, url: str) -> HttpResponse:
    """Lead to another page, also a browser that asked for a part of one."""
    if request.htmx:
        return HttpResponseClientRedirect(url)
    return redirect(url, permanent=False, preserve_request=False)


def named_entry(request: RunnerRequest, parameter: str) -> tuple[Kind, Entry] | None:
    """Return the entry a `?saved=run.<uuid>` names, for its Undo, if it is the runner's."""
    word, _dot, uuid = request.GET.get(parameter, "").partition(".")
    if word not in KINDS:
        return None
    try:
        found = KINDS[word].table.with_deleted.filter(runner=request.user, uuid=UUID(uuid)).first()
    except ValueError:
        return None
    return (KINDS[word], found) if found else None


def questions_asked(request: RunnerRequest, now: dt.datetime, *, screen: str) -> dict[str, Any]:
    """Return the questions of a screen that are due, as its form takes them."""
    on = request.user.day_of(now)
    return {"screen": screen, "asked": queries.questions_due(request.user, screen=screen, on=on)}


def _options_of(request: RunnerRequest, kind: Kind, found: Any, now: dt.datetime) -> dict[str, Any]:
    """Return what the form of a stored entry asks besides its fields."""
    if kind is kinds.SESSION:
        return {"lines": queries.stored_lines(found, plan=request.POST.get("plan", ""))}
    if kind is kinds.SCREENING:
        return questions_asked(request, now, screen=found.kind or "full")
    if kind is kinds.QUESTIONNAIRE:
        return {"instrument": INSTRUMENTS[found.form]}
    return {}
