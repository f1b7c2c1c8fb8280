"""Warning signs by day: what the red-flag rules look at, today's and those of earlier days that still stand.

A lock (R-14) ends with care that clears and a complete full screen after it. Until then the day
that raised it stays among the standing days, so the rules see it again and need no memory.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from backpain.coach.chronicle import Chronicle, days_before, last_days
from backpain.coach.course import Walk
from backpain.coach.history import Care, Screening
from backpain.coach.marks import marks_by_day
from backpain.coach.screening import (
    NERVE_SET,
    due_groups,
    full_set,
    is_complete,
    is_nerve_clear,
    is_worrying,
)
from backpain.coach.thresholds import Thresholds

PROFILE_LIKE = ("cancer_ever", "past_stress_fracture")  # never lock one episode twice
# Marks that mean nothing without an answer, a site or a condition beside them.
CIRCUMSTANCES = frozenset({"open", "unassessed", "fresh", "jump", "load-spike"})
BESIDE_HIP = frozenset({"limp", "cannot-walk"})  # R-8c: with groin or hip they lock, whatever the pain
OF_ONE_DAY = frozenset({"numb-leg", "both-legs", "unable-today"})
ABOUT_LEGS = frozenset({"leg", "numb-leg", "both-legs"})


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

    def tells(self, conditions: Collection[str], thresholds: Thresholds) -> bool:
        """Tell whether a rule on signs can fire: on an answer, a mark, a condition or strong pain."""
        return bool(
            self.answers or conditions or (self.pain or 0) >= thresholds.strong or self.marks - CIRCUMSTANCES
        )

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
    """Collects the signs of a chronicle, day by day in step with its walk.

    The signs of a day do not change once the day is over, so a pass over many days adds one a day.
    `spikes` are the days of moderate and high jumps of load known so far, oldest first.
    """

    def __init__(
        self, chronicle: Chronicle, walk: Walk, *, spikes: Sequence[dt.date], thresholds: Thresholds
    ) -> None:
        self._runner = chronicle.runner
        self._walk = walk
        self._spikes = spikes
        self._thresholds = thresholds
        self._care: list[Care] = chronicle.care.entries
        self._pain = chronicle.pain_by_day
        self._screens = chronicle.screenings
        self._marks_of = marks_by_day(chronicle)
        lasting = ((day, marks - OF_ONE_DAY - {"leg"}) for day, marks in self._marks_of.items())
        self._lasting = {day: marks for day, marks in lasting if marks}
        self._leg_days = sorted(day for day, marks in self._marks_of.items() if marks & ABOUT_LEGS)
        self._days = _days_told(chronicle)
        self._passed = 0  # of these days are among the standing, as far as they matter
        self._standing: list[Signs] = []
        self._released: list[tuple[Signs, dt.date]] = []
        self._when: dict[tuple[int, frozenset[str]], tuple[dt.date | None, ...]] = {}

    @cached_property
    def _answered_days(self) -> list[dt.date]:
        return sorted(set(self._screens.days))

    @cached_property
    def _answered(self) -> list[dict[str, Answer]]:
        """For each day with a screen, the worrying answers as they stood at its end."""
        worst_of: dict[dt.date, dict[str, str]] = {}
        for day, screening in zip(self._screens.days, self._screens.entries, strict=True):
            worst_of[day] = _worse(worst_of[day], screening.answers) if day in worst_of else screening.answers
        standing: list[dict[str, Answer]] = []
        for day, worst in worst_of.items():
            before = standing[-1] if standing else {}
            kept = {item: answer for item, answer in before.items() if item not in worst}
            standing.append(kept | _worrying(worst, day))
        return standing

    @cached_property
    def _latest(self) -> list[dict[str, Answer]]:
        """The latest answer to each question, before the first screen and after each; the first day counts."""
        latest: list[dict[str, Answer]] = [{}]
        for day, screening in zip(self._screens.days, self._screens.entries, strict=True):
            known = latest[-1]
            said = {
                item: Answer(item=item, answer=word, on=day)
                for item, word in screening.answers.items()
                if item not in known or known[item].answer != word
            }
            latest.append(known | said)
        return latest

    @cached_property
    def _first_said(self) -> dict[tuple[str, str], dt.date]:
        """The day on which each answer was first given to each question."""
        said: dict[tuple[str, str], dt.date] = {}
        for day, screening in zip(self._screens.days, self._screens.entries, strict=True):
            for item in PROFILE_LIKE:
                if item in screening.answers:
                    said.setdefault((item, screening.answers[item]), day)
        return said

    def today(self, on: dt.date) -> Signs:
        """Return the signs as they stand: the latest answer to each question, the newest fresh reading.

        An answer repeated is dated by its first day, so that an assessment after that day silences what
        it triggered (off-switch).
        """
        latest = self._latest[self._screens.until(on)].values()
        answers = [answer for answer in latest if is_worrying(answer.item, answer.answer)]
        newest = self._walk.newest()
        fresh = newest is not None and (on - newest.on).days <= self._thresholds.newest_days
        return self._signs(on, answers, pain_on=newest.on if newest is not None and fresh else None)

    def standing(self, on: dt.date) -> tuple[Signs, ...]:
        """Return the days whose signs may still lock, oldest first; a day a later one covers is left out.

        What clears a day clears every day before it, so nothing left out is missed later.
        """
        while self._passed < len(self._days) and self._days[self._passed] <= on:
            day = self._days[self._passed]
            self._passed += 1
            answers = self._own_answers(day)
            if answers or self._shows_something(day):
                self._let_stand(self._signs(day, answers, pain_on=day if day in self._pain else None))
        self._standing = self._still_standing(self._standing, on)
        return tuple(self._standing)

    def released(self, on: dt.date, days: int) -> Iterator[tuple[Signs, dt.date]]:
        """Yield what ceased to stand in the last `days` days, the latest first, with the day it did."""
        first = last_days(on, days)
        return ((signs, ended_on) for signs, ended_on in reversed(self._released) if ended_on >= first)

    def screens(self, on: dt.date) -> Screens:
        """Return what was answered and what is owed."""
        course, groups = self._walk.course, self._groups(on)
        asked = (self._screens.until(on), groups)
        if asked not in self._when:
            self._when[asked] = self._when_answered(*asked)
        full_on, nerve_on, nerve_clear_on = self._when[asked]
        legs = bisect_right(self._leg_days, on)
        nerve_owed = _latest(course.nerve_pain_on, self._leg_days[legs - 1] if legs else None)
        owed = (course.onset, course.jump_on, course.flare_since, course.severe_since, course.worse_since)
        return Screens(
            full_on=full_on,
            nerve_on=nerve_on,
            nerve_clear_on=nerve_clear_on,
            full_owed_since=_latest(*owed),
            nerve_owed_since=nerve_owed,
            nerve_due_since=_latest(nerve_owed, course.nerve_jump_on),
            groups=groups,
        )

    def _when_answered(self, count: int, groups: frozenset[str]) -> tuple[dt.date | None, ...]:
        """Return the days of the latest complete full screen, nerve set and clear nerve set."""
        asked = full_set(groups)
        tests: tuple[Callable[[Screening], bool], ...] = (
            lambda screen: screen.kind != "nerve" and is_complete(screen.answers, asked),
            lambda screen: is_complete(screen.answers, NERVE_SET),
            lambda screen: is_nerve_clear(screen.answers),
        )
        return tuple(self._latest_screen(count, is_so) for is_so in tests)

    def assessed_on(self, on: dt.date) -> dt.date | None:
        """Return the latest assessment of this episode that still counts."""
        onset = self._walk.onset_on(on)
        first = days_before(on, self._thresholds.assessed_days)
        days = [
            c.on
            for c in self._care
            if c.assessed and first <= c.on <= on and (onset is None or c.on >= onset)
        ]
        return max(days, default=None)

    def cleared_on(self, on: dt.date) -> dt.date | None:
        """Return the latest care of this episode that said training may resume."""
        onset = self._walk.onset_on(on)
        days = [c.on for c in self._care if c.clears and c.on <= on and (onset is None or c.on >= onset)]
        return max(days, default=None)

    def _latest_screen(self, count: int, is_so: Callable[[Screening], bool]) -> dt.date | None:
        screens = self._screens
        return next((screens.days[i] for i in range(count - 1, -1, -1) if is_so(screens.entries[i])), None)

    def _groups(self, on: dt.date) -> frozenset[str]:
        return due_groups(
            on=on,
            birth_year=self._runner.birth_year,
            onset=self._walk.onset_on(on),
            thresholds=self._thresholds,
        )

    def _own_answers(self, day: dt.date) -> list[Answer]:
        """The worst answer of the day to each question, and earlier ones no care has cleared since."""
        place = bisect_right(self._answered_days, day)
        answers = self._answered[place - 1] if place else {}
        if not answers:
            return []
        return [answer for answer in answers.values() if self._counts(answer.on, day)]

    def _counts(self, told_on: dt.date, day: dt.date) -> bool:
        """Tell whether what was told still counts on a day: its own, or since the latest care that cleared."""
        return told_on == day or not any(c.clears and told_on <= c.on <= day for c in self._care)

    def _let_stand(self, signs: Signs) -> None:
        if signs.answers or signs.marks - CIRCUMSTANCES or self._runner.conditions:
            standing = self._still_standing(self._standing, signs.on)
            self._standing = [*(other for other in standing if not signs.covers(other)), signs]

    def _still_standing(self, standing: list[Signs], on: dt.date) -> list[Signs]:
        """Return what nothing has cleared up to a day, and note what was cleared."""
        still: list[Signs] = []
        for signs in standing:
            if (ended_on := self._ended_on(signs.on, on)) is None:
                still.append(signs)
            else:
                self._released.append((signs, ended_on))
        return still

    def _signs(self, day: dt.date, answers: list[Answer], *, pain_on: dt.date | None) -> Signs:
        onset = self._walk.onset_on(day)
        dated = (self._since_first(answer, onset) for answer in answers)
        cleared_on = self.cleared_on(day)
        fresh = (a for a in dated if not (_is_spent(a) and cleared_on and cleared_on >= a.on))
        return Signs(
            on=day,
            answers=tuple(sorted(fresh, key=lambda answer: answer.item)),
            marks=frozenset(self._marks(day, onset, pain_on)),
            pain=None if pain_on is None else self._pain[pain_on],
            pain_on=pain_on,
            onset=onset,
        )

    def _since_first(self, answer: Answer, onset: dt.date | None) -> Answer:
        """A profile-like yes counts from its first report, or from the onset of a later episode."""
        if answer.item not in PROFILE_LIKE:
            return answer
        first = self._first_said[answer.item, answer.answer]
        return Answer(item=answer.item, answer=answer.answer, on=max(first, onset or first))

    def _marks(self, day: dt.date, onset: dt.date | None, pain_on: dt.date | None) -> Iterator[str]:
        thresholds = self._thresholds
        if onset is not None:
            yield "open"
            if self.assessed_on(day) is None and self.cleared_on(day) is None:
                yield "unassessed"
            if (day - onset).days <= thresholds.vascular_onset:
                yield "fresh"
        if day in self._walk.jump_days:
            yield "jump"
        if self._has_spike(day):
            yield "load-spike"
        if pain_on in self._walk.severe_days:
            yield "severe"
        yield from self._marks_of.get(day, frozenset()) & OF_ONE_DAY
        yield from self._lately(day)

    def _has_spike(self, day: dt.date) -> bool:
        place = bisect_right(self._spikes, day)
        return place > 0 and self._spikes[place - 1] >= days_before(day, self._thresholds.bone_load_days)

    def _lately(self, day: dt.date) -> Iterator[str]:
        """Yield the marks that an entry leaves on its day and the six after it.

        What care has cleared does not lock again by itself (R-14): a cleared groin or hip needs a new mark beside it.
        """
        if not self._lasting:
            return
        marks: set[str] = set()
        cleared: set[str] = set()
        for back in range(self._thresholds.site_days):
            told_on = days_before(day, back)
            if told_on in self._lasting:
                (marks if self._counts(told_on, day) else cleared).update(self._lasting[told_on])
        yield from marks | (cleared if marks & BESIDE_HIP else cleared - {"groin-or-hip"})

    def _shows_something(self, day: dt.date) -> bool:
        """Tell at little cost whether a day can matter without an answer; most days cannot."""
        return bool(self._runner.conditions or day in self._marks_of or any(self._lately(day)))

    def _ended_on(self, day: dt.date, on: dt.date) -> dt.date | None:
        """Return the day of the screen that, after care had cleared it, ended what a day raised (R-14)."""
        cleared_on = min((c.on for c in self._care if c.clears and day <= c.on <= on), default=None)
        if cleared_on is None:
            return None
        worried_at = max((s.at for _, s in self._screens.between(day, day) if _worries(s)), default=None)
        for screened_on, screening in self._screens.between(cleared_on, on):
            is_later = screened_on > day or worried_at is None or screening.at > worried_at
            asked = full_set(self._groups(screened_on))
            if is_later and screening.kind != "nerve" and is_complete(screening.answers, asked):
                return screened_on
        return None


def _worse(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Return the worse of two answers of one day to each question; no, not_said, unsure, yes sort so."""
    return {**other, **one, **{item: max(one[item], other[item]) for item in one.keys() & other.keys()}}


def _is_spent(answer: Answer) -> bool:
    """R-14: profile-like answers never lock an episode twice; past cancer still raises a new sign (R-6)."""
    return answer.item in PROFILE_LIKE and (answer.item, answer.answer) != ("cancer_ever", "yes")


def _worrying(answers: Mapping[str, str], day: dt.date) -> dict[str, Answer]:
    return {
        item: Answer(item=item, answer=word, on=day)
        for item, word in answers.items()
        if is_worrying(item, word)
    }


def _days_told(chronicle: Chronicle) -> list[dt.date]:
    """Return the days something was entered for, and the runner's own onset."""
    days = {*chronicle.check_ins.days, *chronicle.runs.days, *chronicle.sessions.days}
    days |= {*chronicle.screenings.days, *chronicle.pain_by_day}
    if chronicle.runner.pain_began_on is not None:
        days.add(chronicle.runner.pain_began_on)
    return sorted(days)


def _worries(screening: Screening) -> bool:
    return any(is_worrying(item, word) for item, word in screening.answers.items())


def _latest(*days: dt.date | None) -> dt.date | None:
    return max((day for day in days if day is not None), default=None)


def _is_unanswered(since: dt.date | None, answered_on: dt.date | None) -> bool:
    return since is not None and (answered_on is None or answered_on < since)
