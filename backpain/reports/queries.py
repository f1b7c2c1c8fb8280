"""Reads what the report says beyond Progress: a runner's rows of some days, as values, oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Manager, QuerySet

from backpain.accounts.models import User
from backpain.exercises.curated import translated
from backpain.plan.models import Advice, MoveAnswer
from backpain.training.choices import Activity, SkippedBecause

PAIN = ("pain_before", "pain_during", "pain_after", "pain_next_morning")


class Entry(NamedTuple):
    """A run, walk, session or check-in. `worst` is the highest of its scores, 0 to 10, None without one."""

    on: dt.date
    kind: str  # run, walk, session, check_in
    worst: int | None
    sites: list[str]
    signs: list[str]
    note: str


class AdviceRow(NamedTuple):
    pk: int
    on: dt.date
    verdict: str
    ruleset: str


class AnswerRow(NamedTuple):
    """What the runner said to a step that was on offer; `because` and `note` belong to a declined one."""

    on: dt.date
    ladder: str
    answer: str
    because: str
    note: str


class CareRow(NamedTuple):
    on: dt.date
    who: str
    assessed: bool
    clears: bool
    note: str


def entries_of(runner: User, *, first: dt.date, last: dt.date) -> list[Entry]:
    """Return the entries of these days, in three queries."""
    days = (first, last)
    runs = _rows(runner.runs, days, "on", "activity", *PAIN, "sites", "signs", "note")
    sessions = _rows(runner.sessions, days, "on", *PAIN, "sites", "signs", "note")
    check_ins = _rows(runner.check_ins, days, "on", "score", "sites", "note")
    found = [_bout(on, "walk" if kind == Activity.WALK else "run", *rest) for on, kind, *rest in runs]
    found += [_bout(on, "session", *rest) for on, *rest in sessions]
    found += [Entry(on, "check_in", score, sites, [], note) for on, score, sites, note in check_ins]
    return sorted(found, key=lambda entry: entry.on)


def _bout(on: dt.date, kind: str, *columns: Any) -> Entry:
    *scores, sites, signs, note = columns
    worst = max((score for score in scores if score is not None), default=None)
    return Entry(on, kind, worst, sites, signs, note)


def advice_of(runner: User, *, first: dt.date, last: dt.date) -> tuple[AdviceRow | None, list[AdviceRow]]:
    """Return the advice in force when these days began, and the advice of these days, in two queries."""
    before = runner.advice.filter(on__lt=first).order_by("-on", "-pk")
    earlier = before.values_list(*AdviceRow._fields).first()
    rows = _rows(runner.advice, (first, last), *AdviceRow._fields)
    return AdviceRow._make(earlier) if earlier else None, [AdviceRow._make(row) for row in rows]


def advice_in_full(runner: User, keys: Iterable[int]) -> list[Advice]:
    """Return pieces of the runner's advice, without the facts, by far the largest column."""
    return list(runner.advice.filter(pk__in=list(keys)).defer("facts").select_related("runner"))


def answers_of(runner: User, *, first: dt.date, last: dt.date) -> list[AnswerRow]:
    """Return the answers to steps that advice of these days had on offer."""
    rows = MoveAnswer.objects.filter(runner=runner, advice__on__range=(first, last)).order_by(
        "advice__on", "pk"
    )
    columns = ("advice__on", translated("ladder__name"), "answer", "because", "note")
    return [AnswerRow._make(row) for row in rows.values_list(*columns)]


def screenings_of(runner: User, *, first: dt.date, last: dt.date) -> list[tuple[dt.date, dict[str, str]]]:
    rows = runner.screenings.filter(on__range=(first, last)).order_by("at", "pk")
    return list(rows.values_list("on", "answers"))


def care_of(runner: User, *, first: dt.date, last: dt.date) -> list[CareRow]:
    return [CareRow._make(row) for row in _rows(runner.care, (first, last), *CareRow._fields)]


def rest_days_of(runner: User, *, first: dt.date, last: dt.date) -> int:
    """Return on how many of these days the runner rested because of pain."""
    rows = runner.rests.filter(on__lte=last, to_on__gte=first).values_list("on", "to_on")
    days = {max(on, first) + dt.timedelta(n) for on, to in rows for n in range(_days(on, to, first, last))}
    return len(days)


def _days(on: dt.date, to: dt.date, first: dt.date, last: dt.date) -> int:
    return (min(to, last) - max(on, first)).days + 1


def runs_skipped(runner: User, *, first: dt.date, last: dt.date) -> int:
    """Return how many runs of these days were skipped because the back hurt."""
    skipped = runner.skipped_runs.filter(on__range=(first, last), because=SkippedBecause.BACK_PAIN)
    return skipped.count()


def _rows(table: Manager[Any], days: tuple[dt.date, dt.date], *columns: str) -> QuerySet[Any]:
    return table.filter(on__range=days).order_by("on", "pk").values_list(*columns)
