"""Warning signs by day: what the red-flag rules look at, today's and those of earlier days that still stand.

A lock (R-14) ends with care that clears and a complete full screen after it. Until then the day
that raised it stays among the standing days, so the rules see it again and need no memory.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from backpain.coach.chronicle import Chronicle, days_before
from backpain.coach.course import Course
from backpain.coach.history import Care, CheckIn, Run, Screening, Session
from backpain.coach.screening import (
    due_groups,
    is_complete,
    is_nerve_clear,
    is_worrying,
    questions,
)
from backpain.coach.thresholds import Thresholds

NUMB_FEEL = frozenset({"numb", "weak", "pins-and-needles"})
NUMB_SITES = ("buttock", "groin", "back-of-thigh", "front-of-thigh", "knee", "below-knee")
LEG_SITES = ("back-of-thigh", "front-of-thigh", "knee", "below-knee")
PROFILE_LIKE = ("cancer_ever", "past_stress_fracture")  # never lock one episode twice
WORST_LAST = ("no", "not_said", "unsure", "yes")
# Marks that mean nothing without an answer, a site or a condition beside them.
CIRCUMSTANCES = frozenset({"open", "unassessed", "fresh", "load-spike"})
OF_ONE_DAY = frozenset({"numb-leg", "both-legs", "unable-today"})

type Entry = CheckIn | Run | Session


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer that is not a no; `on` is the day it was given."""

    item: str
    answer: str
    on: dt.date


@dataclass(frozen=True, kw_only=True)
class Signs:
    """The warning signs of one day.

    Marks of the episode: open, unassessed (nor cleared), fresh (onset within 14 days). Of the last 7
    days: abdomen, groin-or-hip, mid-back, limp, cannot-walk, cannot-dress, cannot-sleep. Of that day:
    jump, load-spike (within six weeks), unable-today (cannot walk or dress), numb-leg, both-legs, and
    severe where the latest readings make W-6.
    """

    on: dt.date
    answers: tuple[Answer, ...] = ()
    marks: frozenset[str] = frozenset()
    pain: int | None = None
    pain_on: dt.date | None = None
    onset: dt.date | None = None

    def said(self, word: str, *items: str) -> tuple[Answer, ...]:
        """Return the answers to `items` that are `word`."""
        return tuple(answer for answer in self.answers if answer.answer == word and answer.item in items)

    def covers(self, other: Signs) -> bool:
        """Tell whether every sign of `other` is here too, so that no rule can be blind to it."""
        mine = {(answer.item, answer.answer) for answer in self.answers}
        return (
            mine >= {(answer.item, answer.answer) for answer in other.answers}
            and self.marks >= other.marks
            and (self.pain or 0) >= (other.pain or 0)
        )


@dataclass(frozen=True, kw_only=True)
class Screens:
    """When the questions were answered, and since when an answer is owed (R-0, G-3)."""

    full_on: dt.date | None = None  # the latest complete full screen
    nerve_on: dt.date | None = None  # the latest complete nerve set, in a full screen or alone
    nerve_clear_on: dt.date | None = None
    full_owed_since: dt.date | None = None
    nerve_owed_since: dt.date | None = None  # pain or a leg symptom: no running until answered
    nerve_due_since: dt.date | None = None  # as above, or a jump
    groups: frozenset[str] = frozenset()

    @property
    def nerve_is_owed(self) -> bool:
        """Tell whether high pain or a leg symptom still waits for the nerve questions."""
        return _is_unanswered(self.nerve_owed_since, self.nerve_on)

    @property
    def nerve_is_due(self) -> bool:
        """Tell whether to ask the nerve questions."""
        return _is_unanswered(self.nerve_due_since, self.nerve_on)


class SignBook:
    """Collects the signs of every day of a chronicle."""

    def __init__(
        self,
        chronicle: Chronicle,
        courses: Mapping[dt.date, Course],
        *,
        spikes: Iterable[dt.date],
        thresholds: Thresholds,
    ) -> None:
        self._chronicle = chronicle
        self._courses = courses
        self._spikes = tuple(spikes)
        self._thresholds = thresholds
        self._care: list[Care] = list(chronicle.care.entries)
        self._pain = chronicle.pain_by_day
        self._screens = list(zip(chronicle.screenings.days, chronicle.screenings.entries, strict=True))

    @cached_property
    def _entries(self) -> dict[dt.date, frozenset[str]]:
        return _by_day(self._chronicle)

    @cached_property
    def _lately(self) -> dict[dt.date, set[str]]:
        """The marks that an entry leaves on its day and the six after it."""
        lately: dict[dt.date, set[str]] = {}
        for told_on, marks in self._entries.items():
            if lasting := marks - OF_ONE_DAY - {"leg"}:
                for number in range(self._thresholds.site_days):
                    lately.setdefault(days_before(told_on, -number), set()).update(lasting)
        return lately

    @cached_property
    def _answered_days(self) -> list[dt.date]:
        return sorted({day for day, _ in self._screens})

    @cached_property
    def _answered(self) -> list[dict[str, Answer]]:
        return self._standing_answers()

    def today(self, on: dt.date) -> Signs:
        """Return the signs as they stand: the latest answer to each question, the newest fresh reading.

        An answer repeated is dated by its first day, so that an assessment after that day silences what
        it triggered (off-switch).
        """
        latest: dict[str, Answer] = {}
        before: dict[str, str] = {}
        for day, screening in self._screens:
            if screening.answers == before:  # as most screens are
                continue
            before = screening.answers
            for item, word in screening.answers.items():
                if (known := latest.get(item)) is None or known.answer != word:
                    latest[item] = Answer(item=item, answer=word, on=day)
        answers = [answer for answer in latest.values() if is_worrying(answer.item, answer.answer)]
        newest = max(self._pain, default=None)
        fresh = newest is not None and (on - newest).days <= self._thresholds.newest_days
        return self._signs(on, answers, pain_on=newest if fresh else None)

    def standing(self, on: dt.date) -> tuple[Signs, ...]:
        """Return the days whose signs may still lock, oldest first; a day another one covers is left out."""
        days = sorted({day for day in self._entries if day <= on} | {day for day, _ in self._screens})
        if self._chronicle.runner.conditions:
            days = sorted({*days, *(course.onset for course in self._courses.values() if course.onset)})
        kept: list[Signs] = []
        for day in reversed(days):
            answers = self._own_answers(day)
            if not (answers or self._shows_something(day)):
                continue
            signs = self._signs(day, answers, pain_on=day if day in self._pain else None)
            if not self._matters(signs) or self._cleared(day, on):
                continue
            if not any(later.covers(signs) for later in kept):
                kept.append(signs)
        return tuple(reversed(kept))

    def screens(self, on: dt.date) -> Screens:
        """Return what was answered and what is owed."""
        course, groups = self._courses[on], self._groups(on)
        asked, nerve = questions("full", groups), questions("nerve", groups)
        latest_first = self._screens[::-1]
        full = (day for day, s in latest_first if s.kind != "nerve" and is_complete(s.answers, asked))
        nerves = (day for day, s in latest_first if is_complete(s.answers, nerve))
        leg_on = max((day for day, marks in self._leg_days() if day <= on), default=None)
        owed = (course.onset, course.jump_on, course.flare_since, course.severe_since, course.worse_since)
        nerve_owed = _latest(course.nerve_pain_on, leg_on)
        return Screens(
            full_on=next(full, None),
            nerve_on=next(nerves, None),
            nerve_clear_on=next((day for day, s in latest_first if is_nerve_clear(s.answers)), None),
            full_owed_since=_latest(*owed),
            nerve_owed_since=nerve_owed,
            nerve_due_since=_latest(nerve_owed, course.nerve_jump_on),
            groups=groups,
        )

    def assessed_on(self, on: dt.date) -> dt.date | None:
        """Return the latest assessment of this episode that still counts."""
        onset = self._course(on).onset
        first = days_before(on, self._thresholds.assessed_days)
        days = [
            c.on
            for c in self._care
            if c.assessed and first <= c.on <= on and (onset is None or c.on >= onset)
        ]
        return max(days, default=None)

    def cleared_on(self, on: dt.date) -> dt.date | None:
        """Return the latest care of this episode that said training may resume."""
        onset = self._course(on).onset
        days = [c.on for c in self._care if c.clears and c.on <= on and (onset is None or c.on >= onset)]
        return max(days, default=None)

    def _course(self, day: dt.date) -> Course:
        """A screen older than the windows has no course any more; its answers stand by themselves."""
        return self._courses.get(day) or Course()

    def _groups(self, on: dt.date) -> frozenset[str]:
        return due_groups(
            on=on,
            birth_year=self._chronicle.runner.birth_year,
            onset=self._course(on).onset,
            thresholds=self._thresholds,
        )

    def _own_answers(self, day: dt.date) -> list[Answer]:
        """The worst answer of the day to each question, and earlier ones no care has cleared since."""
        cleared_on = max((c.on for c in self._care if c.clears and c.on <= day), default=dt.date.min)
        place = bisect_right(self._answered_days, day)
        answers = self._answered[place - 1].values() if place else ()
        return [answer for answer in answers if answer.on == day or answer.on > cleared_on]

    def _standing_answers(self) -> list[dict[str, Answer]]:
        """Return, for each day with a screen, the worrying answers as they stood at its end."""
        worst_of: dict[dt.date, dict[str, str]] = {day: {} for day in self._answered_days}
        for day, screening in self._screens:
            worst = worst_of[day]
            for item, word in screening.answers.items():
                if worst.setdefault(item, word) != word:
                    worst[item] = max(worst[item], word, key=WORST_LAST.index)
        standing: list[dict[str, Answer]] = []
        for day, worst in worst_of.items():
            before = standing[-1] if standing else {}
            kept = {item: answer for item, answer in before.items() if item not in worst}
            own = {
                item: Answer(item=item, answer=word, on=day)
                for item, word in worst.items()
                if is_worrying(item, word)
            }
            standing.append(kept | own)
        return standing

    def _signs(self, day: dt.date, answers: list[Answer], *, pain_on: dt.date | None) -> Signs:
        course = self._course(day)
        dated = (self._since_first(answer, course.onset) for answer in answers)
        cleared_on = self.cleared_on(day)
        fresh = (a for a in dated if not (a.item in PROFILE_LIKE and cleared_on and cleared_on >= a.on))
        return Signs(
            on=day,
            answers=tuple(sorted(fresh, key=lambda answer: answer.item)),
            marks=frozenset(self._marks(day, course, pain_on)),
            pain=None if pain_on is None else self._pain[pain_on],
            pain_on=pain_on,
            onset=course.onset,
        )

    def _since_first(self, answer: Answer, onset: dt.date | None) -> Answer:
        """A profile-like yes counts from its first report, or from the onset of a later episode."""
        if answer.item not in PROFILE_LIKE:
            return answer
        first = min(
            day for day, screening in self._screens if screening.answers.get(answer.item) == answer.answer
        )
        return Answer(item=answer.item, answer=answer.answer, on=max(first, onset or first))

    def _marks(self, day: dt.date, course: Course, pain_on: dt.date | None) -> Iterable[str]:
        thresholds = self._thresholds
        if course.onset is not None:
            yield "open"
            if self.assessed_on(day) is None and self.cleared_on(day) is None:
                yield "unassessed"
            if (day - course.onset).days <= thresholds.vascular_onset:
                yield "fresh"
        if course.jump >= thresholds.vascular_jump:
            yield "jump"
        if any(days_before(day, thresholds.bone_load_days) <= spike <= day for spike in self._spikes):
            yield "load-spike"
        yield from self._entries.get(day, frozenset()) & OF_ONE_DAY
        yield from self._lately.get(day, ())
        if course.severe and pain_on is not None:
            yield "severe"

    def _shows_something(self, day: dt.date) -> bool:
        """Tell at little cost whether a day can matter without an answer; most days cannot."""
        course = self._course(day)
        sore = course.severe or course.jump >= self._thresholds.vascular_jump
        return bool(
            sore or self._chronicle.runner.conditions or self._entries.get(day) or day in self._lately
        )

    def _matters(self, signs: Signs) -> bool:
        return bool(signs.answers or signs.marks - CIRCUMSTANCES or self._chronicle.runner.conditions)

    def _cleared(self, day: dt.date, on: dt.date) -> bool:
        clearing = [care.on for care in self._care if care.clears and day <= care.on <= on]
        if not clearing:
            return False
        worried_at = max((s.at for d, s in self._screens if d == day and _worries(s)), default=None)
        return any(
            screened_on >= min(clearing)
            and screening.kind != "nerve"
            and is_complete(screening.answers, questions("full", self._groups(screened_on)))
            and (screened_on > day or worried_at is None or screening.at > worried_at)
            for screened_on, screening in self._screens
        )

    def _leg_days(self) -> list[tuple[dt.date, frozenset[str]]]:
        return [
            (day, marks) for day, marks in self._entries.items() if marks & {"leg", "numb-leg", "both-legs"}
        ]


def _by_day(chronicle: Chronicle) -> dict[dt.date, frozenset[str]]:
    """Return the marks of each day that has an entry."""
    entries: dict[dt.date, list[Entry]] = {}
    for day, entry in chronicle.told():
        entries.setdefault(day, []).append(entry)
    return {day: frozenset(_entry_marks(of_day)) for day, of_day in entries.items()}


def _entry_marks(entries: list[Entry]) -> Iterable[str]:
    yield from _site_marks(frozenset().union(*(entry.sites for entry in entries)))
    if any(
        entry.feel & NUMB_FEEL and any(site.startswith(NUMB_SITES) for site in entry.sites)
        for entry in entries
    ):
        yield "numb-leg"
    for entry in entries:
        if isinstance(entry, CheckIn):
            yield from (f"cannot-{what}" for what in entry.cannot)
            if entry.cannot & {"walk", "dress"}:
                yield "unable-today"
        elif "limp" in entry.signs:
            yield "limp"


@lru_cache  # most days name the same few sites
def _site_marks(sites: frozenset[str]) -> frozenset[str]:
    marks = sites & {"abdomen", "mid-back"}
    if any(site.startswith(("groin", "hip")) for site in sites):
        marks |= {"groin-or-hip"}
    if any(site.startswith(LEG_SITES) for site in sites):
        marks |= {"leg"}
    if any({f"{place}-left", f"{place}-right"} <= sites for place in ("back-of-thigh", "below-knee")):
        marks |= {"both-legs"}
    return marks


def _worries(screening: Screening) -> bool:
    return any(is_worrying(item, word) for item, word in screening.answers.items())


def _latest(*days: dt.date | None) -> dt.date | None:
    return max((day for day in days if day is not None), default=None)


def _is_unanswered(since: dt.date | None, answered_on: dt.date | None) -> bool:
    return since is not None and (answered_on is None or answered_on < since)
