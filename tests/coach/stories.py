"""Histories in one readable line each. Every date is a day of 2026, written "03-16".

    story().pain("03-01", "4 4 3 . 4").run("03-11 6000 m 0/1/1/0").verdict("03-16")

Bouts give pain as before/during/after/next morning, "-" where nothing was recorded.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from backpain.coach.decide import decide
from backpain.coach.decision import Decision, Move, Verdict
from backpain.coach.facts import Facts, facts_from
from backpain.coach.history import (
    Care,
    CheckIn,
    History,
    Pain,
    Placement,
    Questionnaire,
    Rest,
    Run,
    Runner,
    Screening,
    Session,
    SetDone,
    SkippedRun,
)
from backpain.coach.screening import NERVE_ITEMS, QUESTIONS
from backpain.coach.thresholds import SHIPPED, Thresholds
from tests.coach.conftest import CATALOGUE

ALICE = Runner(id="alice", time_zone="Europe/London", birth_year=1990, first_ever_episode=False)
BASE_ITEMS = [question.item for question in QUESTIONS if question.when != "inflammatory"]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def at(text: str, hour: int) -> dt.datetime:
    return dt.datetime.combine(day(text), dt.time(hour), tzinfo=dt.UTC)


@dataclass(frozen=True)
class Story:
    history: History = field(default_factory=lambda: History(runner=ALICE))
    on: str = "03-16"
    thresholds: Thresholds = SHIPPED

    def runner(self, **changes: Any) -> Story:
        return self._with(runner=replace(self.history.runner, **changes))

    def pain(self, first: str, values: str, **more: Any) -> Story:
        """Check-ins day by day; "." is a day without one. Later calls replace earlier days."""
        scores = {day(first) + dt.timedelta(days=i): v for i, v in enumerate(values.split())}
        kept = [entry for entry in self.history.check_ins if entry.on not in scores]
        told = [CheckIn(on=on, score=int(v), **more) for on, v in scores.items() if v != "."]
        return self._with(check_ins=(*kept, *told))

    def run(self, text: str, **more: Any) -> Story:
        """ "03-11 6000 m 0/1/1/0 limp": the day, the metres, pain, signs."""
        on, metres, _, pain, *signs = text.split()
        distance = None if metres == "-" else float(metres)
        run = Run(
            started_at=at(on, 18), distance_m=distance, pain=_pain(pain), signs=frozenset(signs), **more
        )
        return self._with(runs=(*self.history.runs, run))

    def walk(self, text: str, minutes: int = 30) -> Story:
        """ "03-11 0/1/1/0": a brisk walk."""
        on, pain = text.split()
        return self.run(f"{on} - m {pain}", activity="walk", duration_s=60.0 * minutes)

    def staged(self, *texts: str) -> Story:
        """ "03-11 2 0/1/1/0": the day, the run-walk stage done, pain."""
        told = self
        for text in texts:
            on, stage, pain = text.split()
            told = told.run(f"{on} 4000 m {pain}", stage=int(stage))
        return told

    def session(self, text: str, **more: Any) -> Story:
        """ "03-11 forearm-plank s @25 25 25 26 0/1/1/1": the day, exercise, unit, target, sets, pain."""
        on, exercise, unit, target, *done, pain = text.split()
        wanted = None if target == "@-" else float(target[1:])
        about = {"good_form": more.pop("good_form", True), "pain": more.pop("set_pain", None)}
        about |= {key: more.pop(key) for key in ("hold_s", "trial") if key in more}
        sides = more.pop("sides", (None,))
        sets = tuple(
            SetDone(exercise=exercise, unit=unit, target=wanted, done=float(count), side=side, **about)
            for count in done
            for side in sides
        )
        session = Session(started_at=at(on, 7), sets=sets, pain=_pain(pain), **more)
        return self._with(sessions=(*self.history.sessions, session))

    def screen(self, on: str, hour: int = 20, kind: str = "full", **answers: str) -> Story:
        """A complete screen, all no but for the given answers."""
        items = NERVE_ITEMS if kind == "nerve" else BASE_ITEMS
        screening = Screening(at=at(on, hour), kind=kind, answers=dict.fromkeys(items, "no") | answers)
        return self._with(screenings=(*self.history.screenings, screening))

    def answered(self, form: str, on: str, **answers: int) -> Story:
        """A questionnaire."""
        filled = Questionnaire(form=form, on=day(on), answers=answers)
        return self._with(questionnaires=(*self.history.questionnaires, filled))

    def gentle(self, since: str, ended_on: str | None = None) -> Story:
        return self._with(gentle_since=day(since), gentle_ended_on=day(ended_on) if ended_on else None)

    def chose_run_walk(self, on: str) -> Story:
        return self._with(run_walk_since=day(on))

    def unscreened(self) -> Story:
        return self._with(screenings=())

    def care(self, on: str, *what: str) -> Story:
        care = Care(on=day(on), assessed="assessed" in what, clears="clears" in what)
        return self._with(care=(*self.history.care, care))

    def rest(self, first: str, last: str, start: int | None = None, end: int | None = None) -> Story:
        rest = Rest(from_on=day(first), to_on=day(last), pain_at_start=start, pain_at_end=end)
        return self._with(rests=(*self.history.rests, rest))

    def skipped(self, on: str, because: str = "back-pain") -> Story:
        return self._with(skipped_runs=(*self.history.skipped_runs, SkippedRun(on=day(on), because=because)))

    def placed(self, text: str, since: str | None = None) -> Story:
        """ "front-plank forearm-plank 3x25 s"."""
        ladder, exercise, dose, unit = text.split()
        sets, target = dose.split("x")
        placement = Placement(
            ladder=ladder,
            exercise=exercise,
            sets=int(sets),
            target=float(target),
            unit=unit,
            since=day(since) if since else None,
        )
        return self._with(placements=(*self.history.placements, placement))

    def under(self, **changes: Any) -> Story:
        return replace(self, thresholds=replace(self.thresholds, **changes))

    def facts(self, on: str | None = None) -> Facts:
        return facts_from(self.history, day(on or self.on), catalogue=CATALOGUE, thresholds=self.thresholds)

    def decide(self, on: str | None = None) -> Decision:
        return decide(self.facts(on), thresholds=self.thresholds)

    def verdict(self, on: str | None = None) -> Verdict:
        return self.decide(on).verdict

    def rules(self, on: str | None = None) -> dict[str, Verdict]:
        """The rules that fired, each with the highest verdict it gave."""
        fired: dict[str, Verdict] = {}
        for reason in self.decide(on).reasons:
            fired[reason.rule] = max(reason.verdict, fired.get(reason.rule, Verdict.PROGRESS))
        return fired

    def tips(self, on: str | None = None) -> list[str]:
        return [tip.rule for tip in self.decide(on).tips]

    def move(self, on: str | None = None) -> Move | None:
        moves = self.decide(on).moves
        return moves[0] if moves else None

    def _with(self, **changes: Any) -> Story:
        return replace(self, history=replace(self.history, **changes))


def story() -> Story:
    return Story()


def calm() -> Story:
    """Two weeks of hardly any pain before 16 March, and a full screen the evening before."""
    return story().pain("03-03", "1 0 1 1 0 1 1 0 1 0 1 0 1 0").screen("03-15")


def sore(value: int = 4, since: str = "03-01") -> Story:
    """The same pain every day up to 16 March."""
    days = (day("03-16") - day(since)).days + 1
    return story().pain(since, f"{value} " * days).screen("03-16", hour=6)


def planking() -> Story:
    """Two good sessions of the forearm plank, 3 x 25 s, all met."""
    return (
        calm()
        .placed("front-plank forearm-plank 3x25 s")
        .session("03-11 forearm-plank s @25 25 25 26 0/1/1/1")
        .session("03-14 forearm-plank s @25 25 26 27 1/1/1/0")
    )


def _pain(text: str) -> Pain:
    scores = [None if score == "-" else int(score) for score in text.split("/")]
    before, during, after, next_morning = scores
    return Pain(before=before, during=during, after=after, next_morning=next_morning)
