"""What the pages of the log read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from backpain.accounts.models import User
from backpain.coach.chronicle import last_days
from backpain.coach.facts import facts_from_data
from backpain.coach.history import SetDone
from backpain.coach.screening import Question, due_groups, questions
from backpain.coach.thresholds import SHIPPED
from backpain.exercises.curated import translated
from backpain.exercises.models import Exercise, Rung
from backpain.exercises.queries import with_least_dose
from backpain.plan.models import Advice, Placement
from backpain.plan.rulesets import in_force

from .choices import Activity
from .firsts import FirstScore, first_scores
from .kinds import KINDS, Kind
from .lines import EASIER, Line, stored_line
from .models import Bout, Profile, Run, Session
from .questionnaires import INSTRUMENTS, Instrument

MORNING_FROM = 4  # o'clock; earlier is still the night after the run
MORNING_UNTIL = 12  # afterwards other things come first
SCORES_ASKED_DAYS = 14  # the own days whose runs are asked for a pain score
NO_SCORE = Q(pain_before=None, pain_during=None, pain_after=None, pain_next_morning=None)
PER_PAGE = 50
HABITS_OF = 30  # runs
EXTRA_CATEGORIES = ("lifestyle", "mobility", "recovery")


@dataclass(frozen=True)
class Recent:
    """The bouts of this week and of the two days before today, newest last.

    Earlier runs that are asked for a pain score are among the runs.
    """

    today: dt.date
    hour: int
    runs: list[Run]
    sessions: list[Session]

    def week(self) -> dict[str, Any]:
        """Return what Today shows of the week, Monday to Sunday."""
        monday = self.today - dt.timedelta(days=self.today.weekday())
        runs = [run for run in self.runs if run.on >= monday]
        sessions = [done for done in self.sessions if done.on >= monday]
        return {
            "week": [_day(monday + dt.timedelta(days=n), self.today, runs, sessions) for n in range(7)],
            "week_m": sum(run.distance_m or 0 for run in runs if run.activity != "walk"),
            "week_sessions": len(sessions),
        }

    def morning(self) -> tuple[dt.date | None, list[Bout]]:
        """Return the morning to ask about and the bouts of the day before; None when none is due.

        Today's morning comes first; a missed one is asked on the next day, as yesterday's.
        """
        bouts: list[Bout] = [*self.runs, *self.sessions]
        mornings = [self.today] if self.hour >= MORNING_FROM else []
        for morning in (*mornings, self.today - dt.timedelta(days=1)):
            before = [bout for bout in bouts if bout.on == morning - dt.timedelta(days=1)]
            if not all(bout.morning_is_answered for bout in before):
                return morning, before
        return None, []

    @property
    def morning_comes_first(self) -> bool:
        return self.hour < MORNING_UNTIL

    def answered(self) -> dict[dt.date, int | None]:
        """Return the mornings that have their answer, with it; None is "skip"."""
        return {
            bout.on + dt.timedelta(days=1): bout.pain_next_morning
            for bout in (*self.runs, *self.sessions)
            if bout.morning_is_answered
        }

    def without_score(self) -> int:
        """Return how many runs are asked for a pain score."""
        return sum(run.lacks_score for run in self.runs)

    def this_morning(self) -> Bout | None:
        """Return a bout of yesterday that says how this morning was."""
        yesterday = self.today - dt.timedelta(days=1)
        bouts = (bout for bout in (*self.runs, *self.sessions) if bout.on == yesterday)
        return next((bout for bout in bouts if bout.pain_next_morning is not None), None)


def recent(runner: User, *, now: dt.datetime) -> Recent:
    """Return the runner's recent bouts, in two queries."""
    local = now.astimezone(runner.zone)
    today = local.date()
    first = min(today - dt.timedelta(days=today.weekday()), today - dt.timedelta(days=2))
    columns = ("uuid", "on", "pain_during", "pain_after", "pain_next_morning", "next_morning_retrospective")
    wanted = Q(on__gte=first) | asked_for_score(today=today)
    runs = runner.runs.filter(wanted, on__gte=scores_asked_since(today))
    return Recent(
        today=today,
        hour=local.hour,
        runs=list(runs.only(*columns, "pain_before", "distance_m", "activity").order_by("started_at")),
        sessions=list(runner.sessions.filter(on__gte=first).only(*columns).order_by("started_at")),
    )


def scores_asked_since(today: dt.date) -> dt.date:
    """Return the first day whose runs are asked for a pain score; what comes in of earlier ones never is."""
    return last_days(today, SCORES_ASKED_DAYS)


def asked_for_score(*, today: dt.date) -> Q:
    """Return the condition of a run that is asked for a pain score: run lately, none told, and not skipped."""
    return Q(on__gte=scores_asked_since(today)) & NO_SCORE & ~Q(next_morning_retrospective=False)


def first_morning_asked(today: dt.date) -> dt.date:
    """Return the first day the morning after which is still asked about (Recent.morning), or will be."""
    return today - dt.timedelta(days=2)


def runs_to_score(runner: User, *, today: dt.date, answered: Set[UUID]) -> list[Run]:
    """Return the runs that are asked for a pain score and those just answered, newest first."""
    runs = runner.runs.filter(asked_for_score(today=today) | Q(uuid__in=answered))
    return list(runs.order_by("-on", "-started_at"))


def latest_runs(runner: User) -> list[Run]:
    """Return the runs the habits of a runner are read off, newest first: walks are no habit of running."""
    runs = runner.runs.exclude(activity=Activity.WALK).select_related("shoe")
    return list(runs.order_by("-on", "-started_at")[:HABITS_OF])


def shoes_in_use(runner: User) -> list[str]:
    """Return the names of the shoes a run may be in."""
    return list(runner.shoes.filter(retired_on=None).order_by("name").values_list("name", flat=True))


def _day(day: dt.date, today: dt.date, runs: list[Run], sessions: list[Session]) -> dict[str, Any]:
    ran = [run for run in runs if run.on == day]
    scores = [score for run in ran for score in (run.pain_after, run.pain_during) if score is not None]
    return {
        "on": day,
        "is_today": day == today,
        "ran": bool(ran),
        "worst": max(scores, default=None),
        "zone": _zone(max(scores)) if scores else "",
        "trained": any(done.on == day for done in sessions),
    }


def _zone(score: int) -> str:
    return "ok" if score < SHIPPED.zone_acceptable else "care" if score < SHIPPED.zone_high else "stop"


def planned_lines(runner: User, *, plan: str, typed: Mapping[str, int] | None = None) -> list[Line]:
    """Return what a session asks for: the plan, then mobility and recovery to add.

    A form that was shown names what its lines were made from as its `plan`, placements by key and
    easier rungs by exercise and unit, so that what is typed into it stays in place when the plan has
    changed since. So does what the catalogue no longer has, or asks for less of: `typed` are the sets
    that were filled in (see lines.sets_typed).
    """
    typed = typed or {}
    origins = plan.split(",")[:PER_PAGE]
    keys = [int(key) for key in origins if key.isdecimal() and len(key) < 19]
    named = runner.placements.filter(pk__in=keys)
    lines = _lines(named if keys else runner.placements.in_force())
    lines += _easier_lines({origin for origin in origins if "." in origin})
    if gone := typed.keys() - {line.prefix for line in lines}:
        lines += _lines_gone(gone)
    return [replace(line, sets=max(line.sets, typed.get(line.prefix, 0))) for line in lines]


def lines_of_nobody() -> list[Line]:
    """Return what anybody's session may have: mobility and recovery."""
    return _lines(Placement.objects.none())


def stored_lines(stored: Session, *, plan: str) -> list[Line]:
    """Return the lines that show a stored session's sets, then what else the day's plan had."""
    by_exercise: dict[str, list[SetDone]] = {}
    for row in stored.sets.order_by("position"):
        by_exercise.setdefault(row.exercise, []).append(row.value)
    names = dict(Exercise.objects.filter(slug__in=by_exercise).values_list("slug", translated("name")))
    others = {line.exercise: line for line in _plan_of_day(stored, plan)}
    lines = []
    for slug, sets in by_exercise.items():
        planned = others.pop(slug, None)
        room = planned.sets if planned and planned.planned else 0
        line = stored_line(slug, names.get(slug, slug), sets, room=room)
        lines.append(replace(line, placement=planned.placement if planned else None))
    return lines + [replace(line, stored={}) for line in others.values()]


def _plan_of_day(stored: Session, plan: str) -> list[Line]:
    if plan:
        return planned_lines(stored.runner, plan=plan)
    ended_later = Q(ended_on=None) | Q(ended_on__gt=stored.on)
    return _lines(stored.runner.placements.filter(ended_later, from_on__lte=stored.on))


def _lines(placements: QuerySet[Any]) -> list[Line]:
    """Return a line for each exercise placed, then for those that may be added."""
    rows = placements.select_related("exercise").order_by("ladder__position", "pk")
    extra = with_least_dose(Exercise.objects.published().filter(category__in=EXTRA_CATEGORIES))
    in_order = extra.order_by("category", translated("name"))
    lines = {row.exercise.slug: planned_line(row) for row in rows}
    return [*lines.values(), *(line_beside(exercise) for exercise in in_order if exercise.slug not in lines)]


def _easier_lines(origins: set[str]) -> list[Line]:
    if not origins:
        return []
    exercises = {origin.partition(".")[0] for origin in origins}
    rungs = Rung.objects.filter(exercise__slug__in=exercises).select_related("exercise").order_by("pk")
    lines = {line.origin: line for line in map(easier_line, rungs)}
    return [line for origin, line in lines.items() if origin in origins]


def _lines_gone(prefixes: Set[str]) -> list[Line]:
    """Return the lines of exercises that were on offer when a form was shown."""
    named = {prefix: prefix.removeprefix(EASIER) for prefix in sorted(prefixes)}
    rows = {row.slug: row for row in with_least_dose(Exercise.objects.filter(slug__in=named.values()))}
    return [
        replace(line_beside(rows[slug]), easier=prefix != slug, target=None)
        for prefix, slug in named.items()
        if slug in rows
    ]


def planned_line(placement: Placement) -> Line:
    """Return the line of a rung the runner stands on."""
    return Line(
        exercise=placement.exercise.slug,
        name=str(placement.exercise),
        unit=placement.unit,
        sets=placement.sets,
        target=placement.target,
        sides=_sides(placement.exercise),
        hold_s=placement.hold_s,
        placement=placement.pk,
    )


def easier_line(rung: Rung) -> Line:
    """Return the line of a rung with its starting dose, for the day on which the one above it hurts."""
    return Line(
        exercise=rung.exercise.slug,
        name=str(rung.exercise),
        unit=rung.unit,
        sets=rung.sets,
        target=rung.start,
        sides=_sides(rung.exercise),
        hold_s=rung.hold_s,
        planned=False,
        easier=True,
    )


def line_beside(exercise: Any) -> Line:
    """Return the line of an exercise beside the plan; it comes with its least dose."""
    return Line(
        exercise=exercise.slug,
        name=str(exercise),
        unit=exercise.unit,
        sets=exercise.least_sets or 1,
        target=exercise.least,
        sides=_sides(exercise),
        planned=False,
    )


def _sides(exercise: Exercise) -> tuple[str | None, ...]:
    return ("left", "right") if exercise.per_side else (None,)


def first_exercises() -> list[Exercise]:
    """Return the exercise each ladder begins with, as far as it needs no equipment, easiest first."""
    first = Rung.objects.published().filter(position=1, exercise__equipment="")
    return [rung.exercise for rung in first.select_related("exercise").order_by("ladder__position")]


def questions_due(runner: User, *, screen: str, on: dt.date) -> tuple[Question, ...]:
    """Return the warning-sign questions to ask the runner on a day: those the coach counts as due."""
    newest = runner.advice.newest()
    onset = facts_from_data(newest.facts).onset if newest else None
    groups = due_groups(on=on, birth_year=runner.birth_year, onset=onset, thresholds=in_force().thresholds)
    return questions(screen, groups)


def owes_screen_after_care(runner: User, advice: Advice) -> bool:
    """Tell whether training is locked though a professional cleared it: a full screen ends that (R-14)."""
    flagged = [signs["on"] for signs in advice.facts.get("standing", [])]
    if not advice.locks or not flagged:
        return False
    return bool(runner.care.filter(clears=True, on__gte=max(flagged)).exists())


def questionnaires_answered(runner: User) -> list[tuple[Instrument, dt.date | None]]:
    """Return every questionnaire with the day it was answered last."""
    latest = dict(runner.questionnaires.values_list("form").annotate(Max("on")))
    return [(instrument, latest.get(form)) for form, instrument in INSTRUMENTS.items()]


def activities_named(runner: User, form: str) -> list[str]:
    """Return the answers' names of last time: the activities to ask about again."""
    latest = runner.questionnaires.filter(form=form).order_by("-on", "-pk").first()
    return sorted(latest.answers, key=str.casefold) if latest else []


def profile_of(runner: User) -> dict[str, Any]:
    """Return what the start page shows of an earlier visit."""
    profile = Profile.objects.filter(runner=runner).first()
    names = ("pain_began_on", "first_ever_episode", "episodes_last_12_months", "equipment", "conditions")
    return {name: getattr(profile, name) for name in names} if profile else {}


def first_scores_of(entry: Any) -> dict[str, FirstScore]:
    """Return the pain scores of an entry that were corrected since, as they were first logged."""
    scores = Q(field="score") | Q(field__startswith="pain_")
    corrections = entry.runner.corrections.filter(scores, entry=entry.uuid).order_by("at", "pk")
    runner = entry.runner
    return first_scores(corrections, logged_on=runner.day_of(entry.entered_at), zone=runner.zone)


def history_page(runner: User, *, before: dt.date | None) -> dict[str, Any]:
    """Return a page of entries of all kinds, newest day first, and the day the next page ends before.

    A page holds whole days: it stops where a kind has more entries than were read.
    """
    found: dict[dt.date, list[dict[str, Any]]] = {}
    floor = dt.date.min
    for kind in KINDS.values():
        rows = list(_newest_first(runner, kind, before)[:PER_PAGE])
        if len(rows) == PER_PAGE:
            floor = max(floor, rows[-1].on)
        for row in rows:
            found.setdefault(row.on, []).append({"kind": kind, "entry": row})
    if floor > dt.date.min and max(found) == floor:
        found[floor] = [
            {"kind": kind, "entry": row}
            for kind in KINDS.values()
            for row in _newest_first(runner, kind, before).filter(on=floor)
        ]
        floor -= dt.timedelta(days=1)
    days = {on: found[on] for on in sorted(found, reverse=True) if on > floor}
    return {"days": days, "earlier": min(days) if floor > dt.date.min else None}


def _newest_first(runner: User, kind: Kind, before: dt.date | None) -> QuerySet[Any]:
    rows: QuerySet[Any] = getattr(runner, kind.owned).order_by("-on", "-pk")
    return rows.filter(on__lt=before) if before else rows
