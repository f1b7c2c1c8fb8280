"""What a log keeps for the coach: the windows that `backpain.training.history` reads, and nothing later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from backpain.coach.chronicle import sets_start, window_start
from backpain.coach.history import History, Rest, Run, Session


def known(history: History, on: dt.date) -> History:
    """Return what could be read of a history on a day: no entry of later days, no older than the windows.

    A morning score, a soreness answer and the pain at a rest's end were not there yet.
    """
    day_of, first = history.runner.day_of_bout, window_start(on)
    runner = history.runner
    if runner.pain_began_on is not None and runner.pain_began_on > on:
        runner = replace(runner, pain_began_on=None)
    return replace(
        history,
        runner=runner,
        check_ins=tuple(c for c in history.check_ins if first <= c.on <= on),
        runs=tuple(_run(run, day, on) for run in history.runs if first <= (day := day_of(run)) <= on),
        skipped_runs=tuple(s for s in history.skipped_runs if first <= s.on <= on),
        sessions=tuple(_session(s, day, on) for s in history.sessions if first <= (day := day_of(s)) <= on),
        screenings=tuple(s for s in history.screenings if history.runner.day_of(s.at) <= on),
        rests=tuple(_rest(rest, on) for rest in history.rests if first <= rest.from_on <= on),
        care=tuple(care for care in history.care if care.on <= on),
        questionnaires=tuple(q for q in history.questionnaires if first <= q.on <= on),
    )


def _run(run: Run, day: dt.date, on: dt.date) -> Run:
    return run if day < on else replace(run, pain=replace(run.pain, next_morning=None))


def _session(session: Session, day: dt.date, on: dt.date) -> Session:
    if day < sets_start(on):
        return replace(session, sets=())
    if day < on:
        return session
    return replace(session, pain=replace(session.pain, next_morning=None), ordinary_soreness=None)


def _rest(rest: Rest, on: dt.date) -> Rest:
    return rest if rest.to_on <= on else replace(rest, pain_at_end=None)
