from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from backpain.accounts.access import RunnerRequest, consent_required
from backpain.accounts.models import User
from backpain.plan.models import TIP_SILENT_DAYS
from backpain.plan.page import replaced_lately
from backpain.plan.rulesets import in_force
from backpain.plan.wording import explain

from . import actions, day_plans, entry_page, kinds, queries, returning, tasks
from .forms import (
    FORMS,
    HurtForm,
    MorningForm,
    OutingForm,
    RunForm,
    ScoresForm,
    SessionForm,
    StartForm,
)
from .guided import guided
from .habits import habits_of
from .kinds import KINDS, Kind
from .lines import sets_typed
from .models import Run
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
    context = {
        "advice": explained,
        "tip_silent_days": TIP_SILENT_DAYS,
        "replaced": replaced_lately(request.user, advice, today=recent.today),
        "asks": [ask for ask in explained.asks if ask.what != "next_morning"],  # it has its own card
        "saved": entry_page.named_entry(request, "saved"),
        "hour": recent.hour,
        "has_plan": bool(advice.facts.get("ladders")),
        "back": returning.way_back(request.user, advice),
        "screen_owed": screen_owed,
        "check_in": request.user.check_ins.filter(on=recent.today).only("uuid", "score", "flare").first(),
        "this_morning": recent.this_morning(),
        "morning_comes_first": recent.morning_comes_first,
        "without_score": recent.without_score(),
        **recent.week(),
        **_morning_asked(recent),
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
    return entry_page.go_to(request, reverse("today"))


@consent_required
@require_http_methods(["GET", "POST"])
def start(request: RunnerRequest) -> HttpResponse:
    now = timezone.now()
    form = StartForm(
        entry_page.sent(request),
        runner=request.user,
        now=now,
        initial=queries.profile_of(request.user),
        candidates=queries.first_exercises(),
        **entry_page.questions_asked(request, now, screen="full"),
    )
    if not form.is_valid():
        page = {"form": form, "thresholds": in_force().thresholds}
        return render(request, "training/start.html", page, status=422 if form.is_bound else 200)
    actions.begin(runner=request.user, now=now, **form.told())
    return entry_page.go_to(request, reverse("today"))


@consent_required
@require_http_methods(["GET", "POST"])
def log_entry(request: RunnerRequest, kind: str) -> HttpResponse:
    return entry_page.log(request, KINDS[kind], now=timezone.now())


@consent_required
@require_http_methods(["GET", "POST"])
def log_run(request: RunnerRequest) -> HttpResponse:
    """Log a run. The form shows what the runner usually does, or with `like` what another run was.

    With a file, show what that says in the form for the runner to check and complete.
    """
    now = timezone.now()
    if request.method == "GET":
        return entry_page.show(request, _usual_run(request, now), status=200)
    if "activity_file" not in request.FILES:
        return entry_page.log(request, kinds.RUN, now=now)
    filled = fill_from(request.FILES["activity_file"], runner=request.user, now=now)
    form = RunForm(runner=request.user, now=now, initial=_typed(request) | filled.values)
    context = {"form": form, "kind": kinds.RUN, "notes": filled.notes, "file_error": filled.error}
    return entry_page.show(request, context, status=422 if filled.error else 200)


def _usual_run(request: RunnerRequest, now: dt.datetime) -> dict[str, Any]:
    runner, runs = request.user, queries.latest_runs(request.user)
    if like := request.GET.get("like"):
        initial = RunForm.same_as(get_object_or_404(runner.runs, uuid=_uuid_or_404(like)), now=now)
    else:
        initial = RunForm.usual(habits_of(runs, now=now, zone=runner.zone), zone=runner.zone)
    form = RunForm(runner=runner, now=now, initial=initial)
    if not runs:
        return {"form": form, "kind": kinds.RUN}
    as_last = RunForm(runner=runner, now=now, initial=RunForm.same_as(runs[0], now=now)).to_fill()
    return {"form": form, "kind": kinds.RUN, "is_like": bool(like), "last": runs[0], "as_last": as_last}


@consent_required
@require_http_methods(["GET", "POST"])
def log_session(request: RunnerRequest) -> HttpResponse:
    plan, typed = request.POST.get("plan", ""), sets_typed(request.POST)
    lines = queries.planned_lines(request.user, plan=plan, typed=typed)
    return entry_page.log(request, kinds.SESSION, now=timezone.now(), lines=lines)


@consent_required
@require_GET
def guided_session(request: RunnerRequest) -> HttpResponse:
    """Lead through today's exercises; what was done is sent to `log_session`."""
    now = timezone.now()
    advice = todays_advice(runner=request.user, now=now)
    session_now = guided(request.user, advice, now=now, minutes=request.GET.get("minutes", ""))
    form = SessionForm(runner=request.user, now=now, lines=session_now.lines, initial=session_now.asked)
    context = {"guided": session_now, "form": form, "rows": session_now.rows(form), "hurt_form": HurtForm()}
    return render(request, "training/guided.html", context)


@login_not_required
@require_safe
def offline(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the form of an entry to nobody, for phones to keep and to show where there is no connection."""
    request.user = AnonymousUser()
    options = {"lines": queries.lines_of_nobody()} if kind == "session" else {}
    untold = {"uuid": None, "on": None, "started_at": None, "units": ""}  # the phone says
    form = FORMS[kind](runner=User(), now=timezone.now(), initial=untold, **options)
    context = {"form": form, "kind": KINDS[kind], "offline": True, "csrf_token": ""}
    return render(request, "training/offline.html", context)


@consent_required
@require_http_methods(["GET", "POST"])
def start_screening(request: RunnerRequest) -> HttpResponse:
    now, screen = timezone.now(), "nerve" if request.GET.get("kind") == "nerve" else "full"
    asked = entry_page.questions_asked(request, now, screen=screen)
    return entry_page.log(request, kinds.SCREENING, now=now, **asked)


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
    instrument = INSTRUMENTS[form]
    return entry_page.log(
        request, kinds.QUESTIONNAIRE, now=timezone.now(), instrument=instrument, named=named
    )


@consent_required
@require_GET
def run_walk(request: RunnerRequest) -> HttpResponse:
    """Show the run-walk stages, where the runner is, and what is missing for the next one."""
    return _run_walk_page(request)


@consent_required
@require_POST
def start_run_walk(request: RunnerRequest) -> HttpResponse:
    try:
        day_plans.start_run_walk(runner=request.user, now=timezone.now())
    except day_plans.MayNotRun:
        return _run_walk_page(request, status=422, refused=True)
    return entry_page.go_to(request, reverse("run_walk"))


@consent_required
@require_POST
def stop_run_walk(request: RunnerRequest) -> HttpResponse:
    day_plans.stop_run_walk(runner=request.user, now=timezone.now())
    return entry_page.go_to(request, reverse("run_walk"))


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
        return entry_page.go_to(request, reverse("run_walk"))
    return entry_page.go_to(request, reverse("run_scores", args=[id_], query={"saved": f"run.{id_}"}))


@consent_required
@require_http_methods(["GET", "POST"])
def run_scores(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Ask for the pain around an outing that is logged, and for nothing else."""
    found = get_object_or_404(request.user.runs, uuid=uuid)
    page = {"fields": "training/_scores_fields.html", "saved": entry_page.named_entry(request, "saved")}
    return entry_page.edit(request, kinds.RUN, found, now=timezone.now(), form_class=ScoresForm, page=page)


@consent_required
@require_http_methods(["GET", "POST"])
def session_scores(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    """Ask how a session done as prescribed went: good form and pain, and nothing else."""
    found = get_object_or_404(request.user.sessions, uuid=uuid)
    page = {
        "fields": "training/_session_scores_fields.html",
        "saved": entry_page.named_entry(request, "saved"),
    }
    return entry_page.edit(request, kinds.SESSION, found, now=timezone.now(), page=page)


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
    day_plans.begin_gentle_days(runner=request.user, now=timezone.now())
    return entry_page.go_to(request, reverse("gentle_days"))


@consent_required
@require_POST
def end_gentle_days(request: RunnerRequest) -> HttpResponse:
    day_plans.end_gentle_days(runner=request.user, now=timezone.now())
    return entry_page.go_to(request, reverse("gentle_days"))


@consent_required
@require_http_methods(["GET", "POST"])
def entry(request: RunnerRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Show an entry in its form and store what is corrected, with what it said before."""
    entries = getattr(request.user, KINDS[kind].owned)
    if request.method == "POST":  # what was typed is shown again where the entry was deleted meanwhile
        entries = entries(manager="with_deleted")
    found = get_object_or_404(entries, uuid=uuid)
    return entry_page.edit(request, KINDS[kind], found, now=timezone.now())


@consent_required
@require_POST
def delete_entry(request: RunnerRequest, kind: str, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(_kind(kind).table.with_deleted, runner=request.user, uuid=uuid)
    now = timezone.now()
    actions.delete(found, now=now)
    tasks.purge_later(now)
    return entry_page.go_to(request, reverse("history", query={"deleted": f"{kind}.{uuid}"}))


@consent_required
@require_POST
def restore_entry(request: RunnerRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Bring a deleted entry back, or show the check-in that took its day."""
    found = get_object_or_404(_kind(kind).table.with_deleted, runner=request.user, uuid=uuid)
    try:
        actions.restore(found, now=timezone.now())
    except actions.AlreadyLogged as taken:
        found = taken.entry
    return entry_page.go_to(request, reverse(kind, args=[found.uuid]))


@consent_required
@require_GET
def history(request: RunnerRequest) -> HttpResponse:
    page = queries.history_page(request.user, before=_day_or_none(request.GET.get("before", "")))
    return render(
        request, "training/history.html", page | {"deleted": entry_page.named_entry(request, "deleted")}
    )


def _morning_asked(recent: queries.Recent, data: Any = None) -> dict[str, Any]:
    """Return the morning question that is due, as the templates take it."""
    on, bouts = recent.morning()
    return {
        "morning": on,
        "morning_bouts": bouts,
        "morning_form": MorningForm(data, on=on, today=recent.today, answered=recent.answered()),
        "today": recent.today,
    }


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


def _uuid_or_404(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _kind(word: str) -> Kind:
    if word not in KINDS:
        raise Http404
    return KINDS[word]


def _day_or_none(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
