"""Today's session step by step: what is due, in which order, and what fits the time there is (P3, P5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from backpain.accounts.models import User
from backpain.coach.chronicle import last_days
from backpain.coach.decision import Decision, Move, Verdict
from backpain.coach.thresholds import Thresholds
from backpain.exercises.models import Category, Exercise, Rung
from backpain.exercises.queries import coach_catalogue_and_successors, with_least_dose, with_sheet
from backpain.plan.models import Advice, Placement
from backpain.plan.rulesets import in_force
from backpain.ui.templatetags.ui import day

from . import queries
from .forms import SessionForm
from .lines import Line
from .turns import Step, minutes_of

SHORT_MIN, LONG_MIN = 15, 30  # P3: 10-15 minutes after an easy run, 20-30 on a cross-training day
LOOK_BACK_DAYS = 28  # as far back a weaker side is looked for; the project's choice
LAST_SESSIONS = 2  # of an exercise, in which the weaker side shows
SAVED_LATELY = dt.timedelta(days=7)  # what a device still keeps is looked for among these


class Done(NamedTuple):
    """A set as it was done, of the newest first."""

    exercise: str
    side: str
    done: float
    pain: int | None
    session: int
    on: dt.date


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Guided:
    """`waits`: a warning stands, so there is nothing to do. `ran`: the runner has run today.

    From a pain of `before_high` before it on, only what is gentle is done (P-9).
    """

    minutes: int
    ran: bool = False
    waits: bool = False
    has_plan: bool = False
    steps: tuple[Step, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    before_high: int | None = None
    saved: tuple[str, ...] = ()

    @property
    def is_short(self) -> bool:
        return self.minutes == SHORT_MIN

    @property
    def takes(self) -> int:
        """Return how many minutes it takes, rests included."""
        return minutes_of(sum(step.seconds for step in self.steps))

    @property
    def is_gentle(self) -> bool:
        """Tell whether only mobility is due."""
        return all(step.gentle for step in self.steps)

    @property
    def lines(self) -> list[Line]:
        easier = (step.easier.line for step in self.steps if step.easier)
        return [*(step.line for step in self.steps), *easier]

    @property
    def asked(self) -> dict[str, float]:
        return {name: number for step in self.steps for name, number in step.asked.items()}

    def as_data(self) -> dict[str, Any]:
        """Return what static/js/player.js reads: all turns, and those of the easier rungs by step."""
        turns, easier = [], {}
        for x, step in enumerate(self.steps):
            turns += step.as_data(x, len(self.steps))
            if below := step.easier:
                words = f"{below.line.name}, {below.dose}"
                easier[x] = {"words": words, "turns": below.as_data(x, len(self.steps), easy=True)}
        return {"turns": turns, "easier": easier}

    def rows(self, form: SessionForm) -> list[dict[str, Any]]:
        """Return the steps with their fields of the form, for the template."""
        return [
            {
                "step": step,
                "group": form.group(step.line),
                "easier": form.group(step.easier.line) if step.easier else None,
            }
            for step in self.steps
        ]


@dataclass(frozen=True, kw_only=True)
class _Rules:
    """What today's advice and the days of spacing leave out."""

    decision: Decision
    thresholds: Thresholds
    today: dt.date
    trained: Mapping[str, dt.date]  # the latest day of each exercise

    def against(self, placement: Placement) -> str:
        """Return why an exercise of the plan is not due today, "" where it is."""
        ladder, exercise = placement.ladder.slug, placement.exercise.slug
        if any(move.ladder == ladder and move.kind == "pause" for move in self.decision.moves):
            return _("left out for now, as Today says")
        if self._began_in_pain:
            return _("only mobility today: your back hurt too much before you trained")
        if (until := self._off_until(ladder)) and until > self.today:
            return _("has days off, until %(day)s") % {"day": day(until)}
        return self._spacing(exercise)

    def _spacing(self, exercise: str) -> str:
        """E-7: the same exercise at least two days apart."""
        trained_on = self.trained.get(exercise)
        if trained_on is None:
            return ""
        due_on = trained_on + dt.timedelta(days=self.thresholds.spacing_days)
        return (
            _("done on %(day)s, due again on %(due)s")
            % {
                "day": day(trained_on),
                "due": day(due_on),
            }
            if due_on > self.today
            else ""
        )

    @property
    def _began_in_pain(self) -> bool:
        """P-9: from a high pain before on, mobility or walking only."""
        reasons = (reason for reason in self.decision.reasons if reason.rule == "P-9")
        values = (value.value for reason in reasons for value in reason.evidence.values)
        return any(
            isinstance(value, int | float) and value >= self.thresholds.before_high for value in values
        )

    def _off_until(self, ladder: str) -> dt.date | None:
        """E-6: after two bad sessions in a row an exercise has hours off."""
        for reason in self.decision.reasons:
            if (reason.rule, reason.ladder) == ("E-6", ladder):
                hours = [v.value for v in reason.evidence.values if v.what == "hours_off"]
                bad = [v.on for v in reason.evidence.values if v.what == "bad_session" and v.on]
                if hours and bad:
                    return max(bad) + dt.timedelta(hours=float(hours[0]))
        return None

    @property
    def painful_movements(self) -> set[object]:
        """E-13: a mobility exercise that hurts is left out."""
        tips = (tip for tip in self.decision.tips if tip.rule == "E-13")
        return {value.value for tip in tips for value in tip.evidence.values if value.what == "movement"}

    def sets_of(self, placement: Placement) -> int:
        """E-9: after a gap one set fewer, the next time only."""
        fewer = (move for move in self.decision.moves if _is_about(move, placement))
        return next((move.to.sets for move in fewer if move.to), placement.sets)


def _is_about(move: Move, placement: Placement) -> bool:
    same = (move.ladder, move.from_.exercise) == (placement.ladder.slug, placement.exercise.slug)
    return same and move.kind == "hold"


def guided(runner: User, advice: Advice, *, now: dt.datetime, minutes: str) -> Guided:
    """Return the session for today; `minutes` is what the runner chose, "" before that."""
    today = runner.day_of(now)
    ran = runner.runs.filter(on=today).exclude(activity="walk").exists()
    chosen = int(minutes) if minutes in {str(SHORT_MIN), str(LONG_MIN)} else SHORT_MIN if ran else LONG_MIN
    if advice.decided.verdict >= Verdict.URGENT:
        return Guided(minutes=chosen, ran=ran, waits=True)
    placements = list(_placements(runner))
    if not placements:
        return Guided(minutes=chosen, ran=ran)
    done = _done_lately(runner, placements, today=today)
    rules = _Rules(
        decision=advice.decided,
        thresholds=in_force().thresholds,
        today=today,
        trained={one.exercise: one.on for one in reversed(done)},
    )
    steps, left_out = _due(placements, done, rules)
    if chosen == SHORT_MIN:
        steps, late = _fitting(steps, rules.trained)
        left_out += [LeftOut(name=step.line.name, why=_("no time for it today")) for step in late]
    return Guided(
        minutes=chosen,
        ran=ran,
        has_plan=True,
        steps=tuple(steps),
        left_out=tuple(left_out),
        before_high=rules.thresholds.before_high,
        saved=_saved_lately(runner, now=now),
    )


def _due(placements: list[Placement], done: list[Done], rules: _Rules) -> tuple[list[Step], list[LeftOut]]:
    """Return what is due: mobility first (P5), then the plan in its order."""
    steps, left_out = [], []
    for exercise in _mobility():
        if exercise.slug in rules.painful_movements:
            left_out.append(LeftOut(name=str(exercise), why=_("it hurt more than your back did before it")))
        else:
            steps.append(_gentle_step(exercise))
    below = _rungs_below(placements)
    for placement in placements:
        if why := rules.against(placement):
            left_out.append(LeftOut(name=str(placement.exercise), why=why))
        else:
            steps.append(_step(placement, done, rules, below.get(placement.pk)))
    return steps, left_out


def _step(placement: Any, done: list[Done], rules: _Rules, below: Any) -> Step:
    line = replace(queries.planned_line(placement), sets=rules.sets_of(placement))
    side = weaker_side([one for one in done if one.exercise == line.exercise])
    easier = None
    if below is not None:
        easier_line = queries.easier_line(below)
        easier = Step(
            line=easier_line,
            amount=below.start,
            first_side=side if below.exercise.per_side else None,
            sheet=below.sheet,
        )
    return Step(
        line=line,
        amount=placement.target,
        first_side=side if placement.exercise.per_side else None,
        sheet=placement.sheet,
        easier=easier,
    )


def _gentle_step(exercise: Any) -> Step:
    return Step(
        line=queries.line_beside(exercise),
        amount=exercise.least,
        first_side="left" if exercise.per_side else None,
        sheet=exercise.sheet,
        gentle=True,
    )


def weaker_side(done: Iterable[Done]) -> str:
    """Return the side that did less in the last sessions of an exercise, else the one that hurt more, else left."""
    newest_first = [one for one in done if one.side]
    last = list(dict.fromkeys(one.session for one in newest_first))[:LAST_SESSIONS]
    by_side: dict[str, list[Done]] = {"left": [], "right": []}
    for one in newest_first:
        if one.session in last:
            by_side[one.side].append(one)
    scores = {
        side: (sum(one.done for one in sets), -max((one.pain or 0 for one in sets), default=0))
        for side, sets in by_side.items()
    }
    return min(scores, key=lambda side: (scores[side], side))


def _fitting(steps: list[Step], trained: Mapping[str, dt.date]) -> tuple[list[Step], list[Step]]:
    """Part the steps into those that fit the short time, in their order, and those that do not.

    One mobility exercise comes first, then the plan, what was trained longest ago before the rest, so
    that everything gets its turn; a dose is never shortened. Something of the plan is always done.
    """
    gentle = [step for step in steps if step.gentle]
    plan = [step for step in steps if not step.gentle]
    oldest_first = sorted(plan, key=lambda step: trained.get(step.line.exercise, dt.date.min))
    left_s, taken = SHORT_MIN * 60.0, []
    for step in [*gentle[:1], *oldest_first, *gentle[1:]]:
        if step.seconds <= left_s or step in oldest_first[:1]:
            taken.append(step)
            left_s -= step.seconds
    return [step for step in steps if step in taken], [step for step in steps if step not in taken]


def _placements(runner: User) -> Any:
    rows = runner.placements.in_force().select_related("exercise", "ladder")
    return with_sheet(rows, exercise="exercise").order_by("ladder__position", "pk")


def _mobility() -> Any:
    """Return what loosens up, in an order that is the same in every language."""
    loosening = Exercise.objects.published().filter(category=Category.MOBILITY)
    return with_sheet(with_least_dose(loosening)).exclude(least=None).order_by("slug")


def _rungs_below(placements: Iterable[Placement]) -> dict[int, Any]:
    """Return the easier rung for each placement that has one, by the placement's key."""
    on_ladders: dict[int, list[Any]] = {}
    rungs = Rung.objects.published().filter(ladder__in=[each.ladder_id for each in placements])
    for rung in with_sheet(rungs.select_related("exercise"), exercise="exercise").order_by("position"):
        on_ladders.setdefault(rung.ladder_id, []).append(rung)
    below = {}
    for placement in placements:
        on_ladder = on_ladders.get(placement.ladder_id, [])
        here = (placement.exercise_id, placement.unit)
        pairs = pairwise(on_ladder)
        lower = next((low for low, high in pairs if (high.exercise_id, high.unit) == here), None)
        if lower:
            below[placement.pk] = lower
    return below


def _done_lately(runner: User, placements: Iterable[Placement], *, today: dt.date) -> list[Done]:
    """Return the sets of the plan's exercises of the last weeks, the newest session first.

    Those of an exercise that was merged into another since count as that one's.
    """
    _catalogue, successors = coach_catalogue_and_successors()
    placed = {placement.exercise.slug for placement in placements}
    called = {slug: slug for slug in placed} | {
        old: new for old, new in successors.names.items() if new in placed
    }
    rows = runner.sets.filter(
        session__deleted_at=None,
        session__on__gte=last_days(today, LOOK_BACK_DAYS),
        exercise__in=called,
    )
    columns = ("exercise", "side", "done", "pain", "session_id", "session__on")
    newest_first = rows.order_by("-session__on", "-session__started_at", "-session_id", "position")
    return [Done(called[slug], *row) for slug, *row in newest_first.values_list(*columns)]


def _saved_lately(runner: User, *, now: dt.datetime) -> tuple[str, ...]:
    rows = runner.sessions.filter(entered_at__gte=now - SAVED_LATELY).order_by("-pk")
    return tuple(str(uuid) for uuid in rows.values_list("uuid", flat=True))
