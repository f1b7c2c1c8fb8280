from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from backpain.accounts.access import RunnerRequest, consent_required
from backpain.coach.history import as_data
from backpain.plan.models import TIP_SILENT_DAYS, Advice
from backpain.plan.page import replaced_lately
from backpain.plan.rulesets import in_force
from backpain.plan.wording import explain

from . import actions, kinds, queries, returning, tasks
from .forms import FORMS, EntryForm, MorningForm, OutingForm, RunForm, ScoresForm, StartForm
from .history import history_of
from .kinds import KINDS, Kind
from .models import Entry, Run
from .questionnaires import INSTRUMENTS
from .review import todays_advice
from .upload import fill_from


@login_not_required
@require_GET
def today(request: RunnerRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return _today(request)
    return render(request, "training/landing.html")


@consent_required
def _today(request: RunnerRequest) -> HttpResponse:
    now = timezone.now()
    advice = todays_advice(runner=request.user, now=now)
    explained = explain(advice)
    screen_owed = queries.owes_screen_after_care(request.user, advice)
    if advice.verdict == "emergency":
        context = {"advice": explained, "screen_owed": screen_owed}
        return render(request, "training/emergency.html", context)
    recent = queries.recent(request.user, now=now)
    morning = _morning_asked(recent)
    context = {
        "advice": explained,
        "tip_silent_days": TIP_SILENT_DAYS,
        "replaced": replaced_lately(request.user, advice, today=recent.today),
        "asks": [ask for ask in explained.asks if ask.what != "next_morning" or not morning["morning"]],
        "saved": _named_entry(request, "saved"),
        "hour": recent.hour,
        "has_plan": bool(advice.facts.get("ladders")),
        "back": returning.way_back(request.user, advice),
        "screen_owed": screen_owed,
        "check_in": request.user.check_ins.filter(on=recent.today).only("uuid", "score", "flare").first(),
        **recent.week(),
        **morning,
    }
    return render(request, "training/today.html", context)


@consent_required
@require_POST
def morning(request: RunnerRequest) -> HttpResponse:
    now = timezone.now()
    asked = _morning_asked(queries.recent(request.user, now=now), data=request.POST)
    form = asked["morning_form"]
    if not form.is_valid():
        return render(request, "training/morning.html", asked, status=422)
    actions.answer_morning(runner=request.user, now=now, **form.cleaned_data)
    return _go_to(request, reverse("today"))


@consent_required
@require_http_methods(["GET", "POST"])
def start(request: RunnerRequest) -> HttpResponse:
    now = timezone.now()
    form = StartForm(
        _sent(request),
        runner=request.user,
        now=now,
        initial=queries.profile_of(request.user),
        candidates=queries.first_exercises(),
        **_asked(request, now, screen="full"),
    )
    if not form.is_valid():
        page = {"form": form, "thresholds": in_force().thresholds}
        return render(request, "training/start.html", page, status=422 if form.is_bound else 200)
    actions.begin(runner=request.user, now=now, **form.told())
    return _go_to(request, reverse("today"))


@consent_required
@require_http_methods(["GET", "POST"])
def log_entry(request: RunnerRequest, kind: str) -> HttpResponse:
    return _log(request, KINDS[kind])


@consent_required
@require_http_methods(["GET", "POST"])
def log_run(request: RunnerRequest) -> HttpResponse:
    """Log a run; with a file, show what it says in the form for the runner to check and complete."""
    if "activity_file" not in request.FILES:
        return _log(request, kinds.RUN)
    now = timezone.now()
    filled = fill_from(request.FILES["activity_file"], runner=request.user, now=now)
    form = RunForm(runner=request.user, now=now, initial=_typed(request) | filled.values)
    context = {"form": form, "kind": kinds.RUN, "notes": filled.notes, "file_error": filled.error}
    return _form_page(request, context, status=422 if filled.error else 200)


@consent_required
@require_http_methods(["GET", "POST"])
def log_session(request: RunnerRequest) -> HttpResponse:
    return _log(
        request,
        kinds.SESSION,
        lines=queries.planned_lines(request.user, plan=request.POST.get("plan", "")),
    )


@consent_required
@require_http_methods(["GET", "POST"])
def start_screening(request: RunnerRequest) -> HttpResponse:
    screen = "nerve" if request.GET.get("kind") == "nerve" else "full"
    return _log(request, kinds.SCREENING, **_asked(request, timezone.now(), screen=screen))


@consent_required
@require_GET
def questionnaires(request: RunnerRequest) -> HttpResponse:
    """List the questionnaires with the day each was answered last."""
    rows = queries.questionnaires_answered(request.user)
    page = {"rows": rows, "thresholds": in_force().thresholds}
    return render(request, "training/questionnaires.html", page)


@consent_required
@require_http_methods(["GET", "POST"])
def log_questionnaire(request: RunnerRequest, form: str) -> HttpResponse:
    if form not in INSTRUMENTS:
        raise Http404
    named = queries.activities_named(request.user, form)
    return _log(request, kinds.QUESTIONNAIRE, instrument=INSTRUMENTS[form], named=named)


@consent_required
@require_GET
def run_walk(request: RunnerRequest) -> HttpResponse:
    """Show the run-walk stages, where the runner is, and what is missing for the next one."""
    return _run_walk_page(request)


@consent_required
@require_POST
def start_run_walk(request: RunnerRequest) -> HttpResponse:
    try:
        actions.start_run_walk(runner=request.user, now=timezone.now())
    except actions.MayNotRun:
        return _run_walk_page(request, status=422, refused=True)
    return _go_to(request, reverse("run_walk"))


@consent_required
@require_POST
def stop_run_walk(request: RunnerRequest) -> HttpResponse:
    actions.stop_run_walk(runner=request.user, now=timezone.now())
    return _go_to(request, reverse("run_walk"))


@consent_required
@require_POST
def log_outing(request: RunnerRequest) -> HttpResponse:
    """Log the run of a stage or a walk that ends now, with one tap; its pain scores are asked next."""
    now, form = timezone.now(), OutingForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    id_, what = form.cleaned_data["uuid"], form.cleaned_data["what"]
    columns = returning.outing(what, runner=request.user, now=now)
    logged = actions.log_once(Run, runner=request.user, uuid=id_, values=columns, now=now)
    if logged.deleted_at:
        return _go_to(request, reverse("run_walk"))
    return _go_to(request, reverse("run_scores", args=[id_], query={"saved": f"run.{id_}"}))


@consent_required
@require_http_methods(["GET", "POST"])
def run_scores(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Ask for the pain around an outing that is logged, and for nothing else."""
    found = get_object_or_404(request.user.runs, uuid=uuid)
    page = {"fields": "training/_scores_fields.html", "saved": _named_entry(request, "saved")}
    return _edit(request, kinds.RUN, found, form_class=ScoresForm, page=page)


@consent_required
@require_GET
def gentle_days(request: RunnerRequest) -> HttpResponse:
    """Say what gentle days are, and let them begin or end."""
    advice = todays_advice(runner=request.user, now=timezone.now())
    context = {"advice": explain(advice), "back": returning.way_back(request.user, advice)}
    return render(request, "training/gentle_days.html", context)


@consent_required
@require_POST
def begin_gentle_days(request: RunnerRequest) -> HttpResponse:
    actions.begin_gentle_days(runner=request.user, now=timezone.now())
    return _go_to(request, reverse("gentle_days"))


@consent_required
@require_POST
def end_gentle_days(request: RunnerRequest) -> HttpResponse:
    actions.end_gentle_days(runner=request.user, now=timezone.now())
    return _go_to(request, reverse("gentle_days"))


@consent_required
@require_http_methods(["GET", "POST"])
def entry(request: RunnerRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Show an entry in its form and store what is corrected, with what it said before."""
    found = get_object_or_404(getattr(request.user, KINDS[kind].owned), uuid=uuid)
    return _edit(request, KINDS[kind], found)


@consent_required
@require_POST
def delete_entry(request: RunnerRequest, kind: str, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(_kind(kind).table.with_deleted, runner=request.user, uuid=uuid)
    now = timezone.now()
    actions.delete(found, now=now)
    tasks.purge_deleted.using(run_after=now + dt.timedelta(days=actions.UNDO_DAYS + 1)).enqueue()
    return _go_to(request, reverse("history", query={"deleted": f"{kind}.{uuid}"}))


@consent_required
@require_POST
def restore_entry(request: RunnerRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Bring a deleted entry back, or show the check-in that took its day."""
    found = get_object_or_404(_kind(kind).table.with_deleted, runner=request.user, uuid=uuid)
    try:
        actions.restore(found, now=timezone.now())
    except actions.AlreadyLogged as taken:
        found = taken.entry
    return _go_to(request, reverse(kind, args=[found.uuid]))


@consent_required
@require_GET
def history(request: RunnerRequest) -> HttpResponse:
    page = queries.history_page(request.user, before=_day_or_none(request.GET.get("before", "")))
    return render(request, "training/history.html", page | {"deleted": _named_entry(request, "deleted")})


@require_GET
def export_history(request: RunnerRequest) -> HttpResponse:
    """Hand out the runner's entries as a file of the history contract."""
    data = as_data(history_of(request.user, on=None))
    response = HttpResponse(json.dumps(data, indent=1), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="history.json"'
    return response


def _log(request: RunnerRequest, kind: Kind, **options: Any) -> HttpResponse:
    now = timezone.now()
    form = FORMS[kind.word](_sent(request), runner=request.user, now=now, **options)
    context = {"form": form, "kind": kind}
    if not form.is_valid():
        return _form_page(request, context, status=422 if form.is_bound else 200)
    try:
        logged, advice = actions.log(
            kind.table,
            runner=request.user,
            uuid=form.cleaned_data["uuid"],
            values=form.values(),
            sets=form.sets(),
            now=now,
        )
    except actions.AlreadyLogged as taken:
        form.use(uuid=uuid4())
        return _form_page(request, context | {"taken": taken.entry}, status=422)
    return _saved(request, kind, logged, advice)


def _edit(
    request: RunnerRequest,
    kind: Kind,
    found: Entry,
    *,
    form_class: type[EntryForm] | None = None,
    page: dict[str, Any] | None = None,
) -> HttpResponse:
    """Correct an entry in its form, or in one that asks for a part of it."""
    now = timezone.now()
    options = _options_of(request, kind, found, now)
    make = form_class or FORMS[kind.word]
    form = make(_sent(request), runner=request.user, now=now, entry=found, **options)
    context = {"form": form, "kind": kind, "entry": found, **(page or {})}
    if not form.is_valid():
        return _form_page(request, context, status=422 if form.is_bound else 200)
    try:
        advice = actions.edit(
            found,
            changes=form.changes(),
            sets=form.changed_sets(),
            version=form.cleaned_data["version"] or 0,
            now=now,
        )
    except actions.EditedMeanwhile:
        form.add_error(
            None, _("This was changed elsewhere since you opened it. Save again to keep what is here.")
        )
        form.use(version=found.version)
        return _form_page(request, context, status=422)
    except actions.AlreadyLogged as taken:
        return _form_page(request, context | {"taken": taken.entry}, status=422)
    return _saved(request, kind, found, advice)


def _sent(request: RunnerRequest) -> QueryDict | None:
    """Return what was sent, also when that is nothing; None when the page is only shown."""
    return request.POST if request.method == "POST" else None


def _form_page(request: RunnerRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    template = "training/entry_form.html" + ("#entry" if request.htmx else "")
    return render(request, template, context, status=status)


def _saved(request: RunnerRequest, kind: Kind, saved: Entry, advice: Advice) -> HttpResponse:
    """Answer with the advice in place, or on Today without JavaScript; a warning always gets its own page."""
    if not request.htmx or advice.verdict in {"urgent", "emergency"}:
        return _go_to(request, reverse("today", query={"saved": f"{kind.word}.{saved.uuid}"}))
    context = {"kind": kind, "saved": (kind, saved), "advice": explain(advice)}
    return render(request, "training/saved.html", context)


def _go_to(request: RunnerRequest, url: str) -> HttpResponse:
    if request.htmx:
        return HttpResponseClientRedirect(url)
    return redirect(url, permanent=False, preserve_request=False)


def _morning_asked(recent: queries.Recent, data: Any = None) -> dict[str, Any]:
    """Return the morning question that is due, as the templates take it."""
    on, bouts = recent.morning()
    return {
        "morning": on,
        "morning_bouts": bouts,
        "morning_form": MorningForm(data, on=on, answered=recent.answered()),
        "today": recent.today,
    }


def _asked(request: RunnerRequest, now: dt.datetime, *, screen: str) -> dict[str, Any]:
    on = request.user.day_of(now)
    return {"screen": screen, "asked": queries.questions_due(request.user, screen=screen, on=on)}


def _options_of(request: RunnerRequest, kind: Kind, found: Any, now: dt.datetime) -> dict[str, Any]:
    """Return what the form of a stored entry asks besides its fields."""
    if kind is kinds.SESSION:
        return {"lines": queries.stored_lines(found, plan=request.POST.get("plan", ""))}
    if kind is kinds.SCREENING:
        return _asked(request, now, screen=found.kind or "full")
    if kind is kinds.QUESTIONNAIRE:
        return {"instrument": INSTRUMENTS[found.form]}
    return {}


def _run_walk_page(request: RunnerRequest, *, status: int = 200, refused: bool = False) -> HttpResponse:
    advice = todays_advice(runner=request.user, now=timezone.now())
    explained = explain(advice)
    page = returning.run_walk_page(request.user, advice, explained)
    context = {"advice": explained, "refused": refused, "new_uuid": uuid4(), **page}
    return render(request, "training/run_walk.html", context, status=status)


def _typed(request: RunnerRequest) -> dict[str, Any]:
    """Return what was typed into the run form beside a file, to be shown again."""
    lists = {"sites", "feel", "signs"}
    return {
        name: request.POST.getlist(name) if name in lists else request.POST[name]
        for name in RunForm.base_fields
        if request.POST.get(name)
    }


def _named_entry(request: RunnerRequest, parameter: str) -> tuple[Kind, Entry] | None:
    """Return the entry a `?saved=run.<uuid>` names, for its Undo, if it is the runner's."""
    word, _dot, uuid = request.GET.get(parameter, "").partition(".")
    if word not in KINDS:
        return None
    try:
        found = KINDS[word].table.with_deleted.filter(runner=request.user, uuid=UUID(uuid)).first()
    except ValueError:
        return None
    return (KINDS[word], found) if found else None


def _kind(word: str) -> Kind:
    if word not in KINDS:
        raise Http404
    return KINDS[word]


def _day_or_none(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
