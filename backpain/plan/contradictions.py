"""Finds what contradicts itself in a history that keeps the contract: it is reported, never repaired."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from backpain.coach.chronicle import Chronicle
from backpain.coach.history import History, Placement, Run, Session
from backpain.coach.ladders import Catalogue, place_of

MOST = 20  # lines of one history
PEG = {"pain", "enjoyment", "activity"}  # the contract
PSFS_ACTIVITIES = 5  # the contract
PROFILE_ANSWERS = {"cancer_ever": "cancer-ever", "past_stress_fracture": "past-stress-fracture"}

type Found = Iterator[tuple[str, str]]
type Bouts = Sequence[Run] | Sequence[Session]


def warnings(
    history: History, *, catalogue: Catalogue, exercises: Collection[str], told_on: dt.date | None = None
) -> list[str]:
    """Return a line for each contradiction, such as "runs[3].stage: A walk has no stage.", the first ones.

    `exercises` are the slugs that are known. Nothing can have been told after `told_on`, if that is known.
    """
    found = _found(history, catalogue, exercises, told_on)
    lines = [f"{path}: {sentence}" for path, sentence in islice(found, MOST)]
    more = sum(1 for _line in found)
    return [*lines, _("%(n)s more of this kind.") % {"n": more}] if more else lines


def _found(
    history: History, catalogue: Catalogue, exercises: Collection[str], told_on: dt.date | None
) -> Found:
    chronicle = Chronicle(history)
    yield from _in_profile(history, chronicle, told_on)
    if told_on is not None:
        yield from _dated_later(history, told_on)
        yield from _told_early(history, told_on)
    for name, bouts in (("runs", history.runs), ("sessions", history.sessions)):
        yield from _at_once(name, bouts)
        yield from _mornings(name, bouts, history)
    yield from _walks(history.runs)
    yield from _in_rests(history, catalogue)
    yield from _in_screens(history)
    yield from _in_questionnaires(history)
    yield from _unknown_sets(history.sessions, exercises)
    yield from _unknown_rungs(history.placements, catalogue)


def _in_profile(history: History, chronicle: Chronicle, told_on: dt.date | None) -> Found:
    runner, first, last = history.runner, chronicle.first_day, told_on or chronicle.last_day
    if runner.birth_year is not None and first is not None and first.year < runner.birth_year:
        yield "runner.birth_year", _("There are entries from before this year.")
    began_on = runner.pain_began_on
    if began_on is not None and last is not None and began_on > last:
        yield "runner.pain_began_on", _("This is later than anything the history can know of.")
    if runner.first_ever_episode and (runner.episodes_last_12_months or 0) > 1:
        yield "runner.episodes_last_12_months", _("The runner also says that this is the first episode ever.")


def _dated_later(history: History, told_on: dt.date) -> Found:
    day_of = history.runner.day_of
    dated = chain(
        ((f"check_ins[{n}].on", entry.on) for n, entry in enumerate(history.check_ins)),
        ((f"runs[{n}].started_at", day_of(entry.started_at)) for n, entry in enumerate(history.runs)),
        ((f"skipped_runs[{n}].on", entry.on) for n, entry in enumerate(history.skipped_runs)),
        ((f"sessions[{n}].started_at", day_of(entry.started_at)) for n, entry in enumerate(history.sessions)),
        ((f"screenings[{n}].at", day_of(entry.at)) for n, entry in enumerate(history.screenings)),
        ((f"rests[{n}].from", entry.from_on) for n, entry in enumerate(history.rests)),
        ((f"care[{n}].on", entry.on) for n, entry in enumerate(history.care)),
        ((f"placements[{n}].since", entry.since) for n, entry in enumerate(history.placements)),
        ((f"questionnaires[{n}].on", entry.on) for n, entry in enumerate(history.questionnaires)),
    )
    for path, on in dated:
        if on is not None and on > told_on:
            yield path, _("This is later than %(on)s.") % {"on": told_on.isoformat()}


def _told_early(history: History, told_on: dt.date) -> Found:
    """What belongs to the morning after a bout, or to the end of a rest, before that has come."""
    for name, bouts in (("runs", history.runs), ("sessions", history.sessions)):
        for number, bout in enumerate(bouts):
            if history.runner.day_of(bout.started_at) < told_on:
                continue
            if bout.pain.next_morning is not None:
                yield f"{name}[{number}].pain.next_morning", _("This morning has not come yet.")
            if isinstance(bout, Session) and bout.ordinary_soreness is not None:
                yield f"{name}[{number}].ordinary_soreness", _("This morning has not come yet.")
    for number, rest in enumerate(history.rests):
        if rest.pain_at_end is not None and rest.to_on > told_on:
            yield f"rests[{number}].pain_at_end", _("This rest is not over yet.")


def _at_once(name: str, bouts: Bouts) -> Found:
    """Two runs, or two sessions, at one time."""
    latest: dt.datetime | None = None
    over: dt.datetime | None = None
    for number, bout in sorted(enumerate(bouts), key=lambda pair: pair[1].started_at):
        began, ended = bout.started_at, _end(bout)
        if over is not None and (began < over or began == latest):
            yield f"{name}[{number}].started_at", _("This begins before the one before it is over.")
        latest, over = began, ended if over is None else max(over, ended)


def _mornings(name: str, bouts: Bouts, history: History) -> Found:
    zone = ZoneInfo(history.runner.time_zone)
    for number, bout in enumerate(bouts):
        pain = bout.pain
        if pain.next_morning is None:
            if pain.next_morning_retrospective:
                yield (
                    f"{name}[{number}].pain.next_morning_retrospective",
                    _("There is no score for the next morning."),
                )
        elif (bout.duration_s or 0) > 43_200:  # only so long a bout can go on past the next morning
            next_day = history.runner.day_of(bout.started_at) + dt.timedelta(days=1)
            if _end(bout) > dt.datetime.combine(next_day, dt.time(12), tzinfo=zone):
                yield f"{name}[{number}].pain.next_morning", _("This morning is before the end.")


def _end(bout: Run | Session) -> dt.datetime:
    return bout.started_at + dt.timedelta(seconds=bout.duration_s or 0)


def _walks(runs: Sequence[Run]) -> Found:
    for number, run in enumerate(runs):
        if run.activity == "walk" and run.stage is not None:
            yield f"runs[{number}].stage", _("A walk has no stage.")


def _in_rests(history: History, catalogue: Catalogue) -> Found:
    """Rests that overlap, and running or strength work on their days."""
    begins: list[dt.date] = []
    ends: list[dt.date] = []  # the last day of this rest or of any before it
    for number, rest in sorted(enumerate(history.rests), key=lambda pair: (pair[1].from_on, pair[1].to_on)):
        if ends and rest.from_on <= ends[-1]:
            yield f"rests[{number}].from", _("Another rest has this day too.")
        begins.append(rest.from_on)
        ends.append(max([rest.to_on, *ends[-1:]]))
    for path, bout in _work(history, catalogue):
        day = history.runner.day_of(bout.started_at)
        place = bisect_right(begins, day) - 1
        if place >= 0 and day <= ends[place]:
            yield path, _("This is on a day of rest.")


def _work(history: History, catalogue: Catalogue) -> Iterator[tuple[str, Run | Session]]:
    """Return what no full day of rest has: runs and strength work, with their paths."""
    for number, run in enumerate(history.runs):
        if run.activity != "walk":
            yield f"runs[{number}].started_at", run
    for number, session in enumerate(history.sessions):
        if any(done.exercise in catalogue.strength for done in session.sets):
            yield f"sessions[{number}].started_at", session


def _in_screens(history: History) -> Found:
    seen: set[dt.datetime] = set()
    for number, screening in enumerate(history.screenings):
        if screening.at in seen:
            yield f"screenings[{number}].at", _("Another screening has this moment.")
        seen.add(screening.at)
        for question, condition in PROFILE_ANSWERS.items():
            if condition in history.runner.conditions and screening.answers.get(question) == "no":
                yield f"screenings[{number}].answers.{question}", _("The profile says otherwise.")


def _in_questionnaires(history: History) -> Found:
    seen: set[tuple[str, dt.date]] = set()
    for number, filled in enumerate(history.questionnaires):
        if (filled.form, filled.on) in seen:
            yield f"questionnaires[{number}].on", _("The same form was filled in on this day already.")
        seen.add((filled.form, filled.on))
        if filled.form == "peg" and set(filled.answers) != PEG:
            yield f"questionnaires[{number}].answers", _("These are not the three answers of this form.")
        if filled.form == "psfs" and not 1 <= len(filled.answers) <= PSFS_ACTIVITIES:
            yield f"questionnaires[{number}].answers", _("This form has one to five activities.")


def _unknown_sets(sessions: Iterable[Session], exercises: Collection[str]) -> Found:
    """Each exercise that is not known, where it first stands."""
    named: set[str] = set()
    for number, session in enumerate(sessions):
        for place, done in enumerate(session.sets):
            if done.exercise not in exercises and done.exercise not in named:
                named.add(done.exercise)
                yield (
                    f"sessions[{number}].sets[{place}].exercise",
                    _("“%(slug)s” is no exercise of the catalogue. It takes no part in moves.")
                    % {"slug": done.exercise},
                )


def _unknown_rungs(placements: Sequence[Placement], catalogue: Catalogue) -> Found:
    rungs = {ladder.slug: ladder.rungs for ladder in catalogue.ladders}
    for number, placement in enumerate(placements):
        if placement.ladder not in rungs:
            yield (
                f"placements[{number}].ladder",
                _("“%(slug)s” is no ladder of the catalogue. It takes no part in moves.")
                % {"slug": placement.ladder},
            )
        elif place_of(rungs[placement.ladder], placement.exercise, placement.unit) is None:
            yield (
                f"placements[{number}].exercise",
                _("“%(slug)s” in this unit is no step of this ladder. It takes no part in moves.")
                % {"slug": placement.exercise},
            )
