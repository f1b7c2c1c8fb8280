"""The report for a health professional: a runner's days as one page of values, ready for the template.

It has nothing the runner did not choose: name, warning-sign answers and own words only where they are ticked.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean

from backpain.accounts.models import User
from backpain.charts import weeks_per_mark
from backpain.coach.thresholds import SHIPPED
from backpain.insights import series, wording
from backpain.insights.log import Log, PlacementRow, RunRow
from backpain.insights.queries import log_of
from backpain.insights.series import DAY, LOOK_BACK, Period, longest_run
from backpain.training.questionnaires import INSTRUMENTS
from backpain.ui.templatetags.ui import distance

from . import queries, words
from .advised import advice_part
from .contents import (
    Climb,
    FormPart,
    LoadPart,
    Note,
    Options,
    PainPart,
    Report,
    Scored,
    ScreeningPart,
    Seen,
    Some,
    newest,
)
from .graphs import distance_svg, pain_svg, point_of
from .queries import CareRow, Entry

# What fits on one page beside the graphs; where there is more, the page says how many there are.
MOST_SITES, MOST_LADDERS, MOST_CARE, MOST_NOTES = 6, 8, 3, 4
MOST_EVENTS = 24  # above the graph


def report_of(runner: User, *, first: dt.date, last: dt.date, options: Options, today: dt.date) -> Report:
    """Return the runner's report of these days, in a number of queries that does not grow with the log."""
    days = {"first": first, "last": last}
    period = Period(**days)
    log = log_of(runner, since=first - LOOK_BACK, on=last)
    entries = queries.entries_of(runner, **days)
    care = queries.care_of(runner, **days)
    advice = advice_part(runner, period, options)
    forms = _forms(log, period, options)
    screening = _screening(queries.screenings_of(runner, **days)) if options.with_screening else None
    said = entries or care or forms or advice.counts or advice.spells.rows
    return Report(
        **days,
        name=runner.name if options.with_name else "",
        birth_year=runner.birth_year,
        is_empty=not (said or (screening and screening.last_on)),
        pain=_pain(runner, log, entries, period),
        load=_load(log, entries, period, units=runner.units, today=today),
        ladders=_ladders(log, period),
        advice=advice,
        forms=forms,
        care=newest([_seen(row) for row in care], MOST_CARE),
        screening=screening,
        notes=_notes(entries, care) if options.with_notes else None,
    )


def _pain(runner: User, log: Log, entries: Sequence[Entry], period: Period) -> PainPart:
    runs = [run for run in log.runs if run.on in period]
    compared = series.thirds(runs)
    points = [point_of(run) for run in runs]
    scored = [point for point in points if point.worst is not None]
    events = series.plan_events(log, period)[-MOST_EVENTS:]
    hurting = [entry for entry in entries if entry.worst]
    days = {"first": period.first, "last": period.last}
    return PainPart(
        finding=wording.finding(compared),
        basis=wording.basis(compared, scored=sum(run.after is not None for run in runs)),
        svg=pain_svg(log, points, scored, events, period),
        weeks_per_mark=weeks_per_mark(scored),
        zones=series.zones_of(SHIPPED),
        scores=_scores(runs, entries),
        sites=_sites(entries),
        unplaced=sum(not entry.sites for entry in hurting),
        signs=words.signs_of(
            Counter(sign for entry in entries if entry.kind == "run" for sign in entry.signs)
        ),
        rest_days=queries.rest_days_of(runner, **days),
        runs_skipped=queries.runs_skipped(runner, **days),
    )


def _scores(runs: Sequence[RunRow], entries: Sequence[Entry]) -> list[Scored]:
    """Return the pain scores by when they were given; what was never scored is left out."""
    given = {
        name: [getattr(run, name) for run in runs] for name in ("before", "during", "after", "next_morning")
    }
    given["sessions"] = [entry.worst for entry in entries if entry.kind == "session"]
    given["check_ins"] = [entry.worst for entry in entries if entry.kind == "check_in"]
    found = (_scored(str(words.SCORES[name]), scores) for name, scores in given.items())
    return [scored for scored in found if scored]


def _scored(name: str, scores: Iterable[int | None]) -> Scored | None:
    known = [score for score in scores if score is not None]
    if not known:
        return None
    return Scored(name=name, count=len(known), mean=words.decimal(fmean(known)), worst=max(known))


def _sites(entries: Sequence[Entry]) -> Some[Scored]:
    """Return the places with pain, the most frequent first."""
    by_site: dict[str, list[int]] = {}
    for entry in entries:
        for site in entry.sites if entry.worst is not None else ():
            by_site.setdefault(site, []).append(entry.worst or 0)
    ordered = sorted(by_site.items(), key=lambda one: (-len(one[1]), -max(one[1]), one[0]))
    rows = [scored for site, scores in ordered if (scored := _scored(words.place(site), scores))]
    return Some(rows=rows[:MOST_SITES], count=len(rows))


def _load(log: Log, entries: Sequence[Entry], period: Period, *, units: str, today: dt.date) -> LoadPart:
    runs = [run for run in log.runs if run.on in period]
    sessions = [entry for entry in entries if entry.kind == "session"]
    since = min((row.on for row in (*runs, *sessions)), default=None)
    weeks = ((period.last - since).days + 1) / 7 if since else 0
    metres, longest = sum(run.distance_m or 0 for run in runs), longest_run(runs, period.first, period.last)
    return LoadPart(
        svg=distance_svg(log, period, units),
        unit=wording.unit_name(units),
        runs=len(runs),
        distance=distance(metres, units),
        weekly=distance(round(metres / weeks, -2), units) if weeks >= 1 and metres else "",
        longest=distance(longest.distance_m, units) if longest else "",
        longest_on=longest.on if longest else None,
        sessions=len(sessions),
        sessions_weekly=words.decimal(len(sessions) / weeks) if weeks >= 1 else "",
        kept=words.kept(series.kept(log, _whole_weeks(period, today))),
        since=since,
    )


def _whole_weeks(period: Period, today: dt.date) -> Period:
    """Return a period from its first Monday on, with its last day counted as over unless it is today."""
    first = period.first + -period.first.weekday() % 7 * DAY
    return Period(first=first, last=period.last if period.last == today else period.last + DAY)


def _ladders(log: Log, period: Period) -> Some[Climb]:
    """Return from where to where each ladder of these days went, the ones still in the plan first."""
    stood: dict[int, list[PlacementRow]] = {}
    for row in log.placements:
        if row.from_on <= period.last and (row.ended_on is None or row.ended_on >= period.first):
            stood.setdefault(row.ladder, []).append(row)
    moved = Counter(
        (event.placement.ladder, event.kind)
        for event in series.plan_events(log, period)
        if event.placement is not None
    )
    climbs = [
        Climb(
            start=words.dose(rows[0]),
            end=words.dose(rows[-1]),
            steps=words.steps(moved[ladder, "up"], moved[ladder, "down"]),
            is_off=rows[-1].ended_on is not None and rows[-1].ended_on <= period.last,
        )
        for ladder, rows in stood.items()
    ]
    climbs.sort(key=lambda climb: climb.is_off)
    return Some(rows=climbs[:MOST_LADDERS], count=len(climbs))


def _forms(log: Log, period: Period, options: Options) -> list[FormPart]:
    forms = [row for row in log.forms if row.on in period]
    found = []
    for form, instrument in INSTRUMENTS.items():
        if scores := series.scores(forms, form, SHIPPED):
            found.append(_form(instrument.name, scores, options))
    return found


def _form(name: str, scores: Sequence[series.Score], options: Options) -> FormPart:
    first, last = scores[0], scores[-1]
    is_one = len(scores) == 1
    own = name == "PSFS" and options.with_notes
    return FormPart(
        name=name,
        first=words.decimal(first.score),
        first_on=first.row.on,
        last=None if is_one else words.decimal(last.score),
        last_on=last.row.on,
        change="" if is_one else wording.score_change(last),
        activities=_activities(first, last) if own else (),
    )


def _activities(first: series.Score, last: series.Score) -> list[tuple[str, int | None, int | None]]:
    """Return the runner's own activities with their first and last number."""
    names = dict.fromkeys((*first.row.answers, *last.row.answers))
    return [(name, first.row.answers.get(name), last.row.answers.get(name)) for name in names]


def _seen(row: CareRow) -> Seen:
    return Seen(on=row.on, text=words.seen(row.who, assessed=row.assessed, clears=row.clears))


def _screening(screenings: Sequence[tuple[dt.date, dict[str, str]]]) -> ScreeningPart:
    """Return, of each question, the last answer that was not a no and the newest one."""
    latest: dict[str, tuple[dt.date, str]] = {}
    worrying: dict[str, tuple[dt.date, str]] = {}
    for on, answers in screenings:
        for item, answer in answers.items():
            latest[item] = (on, answer)
            if answer != "no":
                worrying[item] = (on, answer)
    return ScreeningPart(
        worrying=[
            (words.question(item), words.answers(told, latest[item])) for item, told in worrying.items()
        ],
        clear=len(latest.keys() - worrying.keys()),
        last_on=screenings[-1][0] if screenings else None,
    )


def _notes(entries: Sequence[Entry], care: Sequence[CareRow]) -> Some[Note]:
    written = [(entry.on, entry.kind, entry.note) for entry in entries]
    written += [(row.on, "care", row.note) for row in care]
    told = [
        Note(on=on, kind=str(words.KINDS[kind]), text=words.shortened(text))
        for on, kind, text in sorted(written, key=lambda one: one[0])
        if text.strip()
    ]
    return newest(told, MOST_NOTES)
