"""A runner's calendar: the days planned for core sessions, and those on which the coach looks again.

It plans ahead from what is stored and stores nothing itself. A warning has no place in it: where one stands,
nothing is planned.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from icalendar.enums import CLASS, TRANSP

from backpain.accounts.models import Consent, User
from backpain.accounts.tokens import hash_of, new_token
from backpain.coach.chronicle import last_days
from backpain.coach.decide import NOTHING_FIRED
from backpain.coach.decision import Decision, Reason, Verdict
from backpain.coach.thresholds import Thresholds
from backpain.exercises.models import Category, Exercise
from backpain.plan.models import Advice, Placement
from backpain.plan.rulesets import in_force
from backpain.plan.wording import dose_of, explain

from .models import CalendarFeed

AHEAD_DAYS = 14  # issue 6, part E
WEEK_DAYS = 7
READ_AGAIN_AFTER = dt.timedelta(hours=6)  # so that it is right by the next morning; the project's choice


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An event of a whole day, the runner's own; `kind` is "core" or "look"."""

    on: dt.date
    kind: str
    details: str = ""


@transaction.atomic
def make_feed(*, runner: User, with_details: bool, now: dt.datetime) -> str:
    """Give a runner a new calendar address and return its token; the old one stops working."""
    token = new_token()
    CalendarFeed.objects.update_or_create(
        runner=runner,
        defaults={
            "token_hash": hash_of(token),
            "with_details": with_details,
            "language": get_language() or settings.LANGUAGE_CODE,
            "made_at": now,
        },
    )
    return token


def remove_feed(*, runner: User) -> None:
    CalendarFeed.objects.filter(runner=runner).delete()


def open_feed(token: str) -> CalendarFeed | None:
    """Return the feed of a token. One query, whatever the reason for which there is none."""
    consented = Consent.objects.in_force().values("runner")
    feeds = CalendarFeed.objects.filter(runner__in=consented, runner__is_active=True)
    return feeds.select_related("runner").filter(token_hash=hash_of(token)).first()


def planned(runner: User, *, on: dt.date, with_details: bool) -> list[Planned]:
    """Return what is planned from a day on, in five queries; with details in nine at most."""
    advice = runner.advice.newest()
    if advice is None or advice.decided.verdict >= Verdict.URGENT:
        return []
    sessions = _sessions(runner, advice, on=on, with_details=with_details)
    return sorted([*sessions, *_looks(advice, on=on, with_details=with_details)], key=lambda one: one.on)


def _sessions(runner: User, advice: Advice, *, on: dt.date, with_details: bool) -> Iterator[Planned]:
    thresholds, decision = in_force().thresholds, advice.decided
    rows = runner.placements.in_force().select_related("exercise", "ladder")
    off_until = _off_until(decision)
    ordered = rows.order_by("ladder__position", "pk")
    plan = [(row, off_until.get(row.ladder.slug, on)) for row in ordered]
    due = [(row, until) for row, until in plan if until is not None]
    if not due:
        return
    first = max(on, min(until for _row, until in due))
    if advice.on == on and _began_in_pain(decision, thresholds):
        first = max(first, on + dt.timedelta(days=1))
    for day in session_days(_strength_days(runner, on), first=first, on=on, thresholds=thresholds):
        exercises = [row for row, until in due if until <= day]
        yield Planned(on=day, kind="core", details=_doses(exercises) if with_details else "")


def session_days(
    done: Iterable[dt.date], *, first: dt.date, on: dt.date, thresholds: Thresholds
) -> list[dt.date]:
    """Return the days from `first` on that E-7 leaves for sessions, up to two weeks from `on`.

    `done` are strength days up to `on`. Each session is taken to be done on its day, with the whole plan.
    """
    days = sorted(done)
    planned = []
    for day in _days(first, on + dt.timedelta(days=AHEAD_DAYS - 1)):
        has_rested = not days or (day - days[-1]).days >= thresholds.spacing_days
        week = [one for one in days if one >= last_days(day, WEEK_DAYS)]
        if has_rested and len(week) < thresholds.strength_days_week:
            planned.append(day)
            days.append(day)
    return planned


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=n) for n in range((last - first).days + 1))


def _off_until(decision: Decision) -> dict[str, dt.date | None]:
    """Return the ladders that have days off (E-6) with the first day after them; None = paused."""
    days: dict[str, dt.date | None] = {
        reason.ladder: reason.again_on
        for reason in decision.reasons
        if reason.ladder and any(value.what == "hours_off" for value in reason.evidence.values)
    }
    return days | {move.ladder: None for move in decision.moves if move.kind == "pause"}


def _began_in_pain(decision: Decision, thresholds: Thresholds) -> bool:
    """P-9: from a high pain before it on, nothing but mobility on that day."""
    reasons = (reason for reason in decision.reasons if reason.rule == "P-9")
    values = (value.value for reason in reasons for value in reason.evidence.values)
    return any(isinstance(value, int | float) and value >= thresholds.before_high for value in values)


def _strength_days(runner: User, on: dt.date) -> list[dt.date]:
    """Return the days of the last week with strength work, today's too."""
    strength = Exercise.objects.filter(category=Category.STRENGTH).values("slug")
    sets = runner.sets.filter(session__deleted_at=None, exercise__in=strength)
    lately = sets.filter(session__on__range=(last_days(on, WEEK_DAYS), on))
    return list(lately.values_list("session__on", flat=True).distinct())


def _doses(placements: Iterable[Placement]) -> str:
    return "\n".join(f"{row.exercise}: {dose_of(row)}" for row in placements)


def _looks(advice: Advice, *, on: dt.date, with_details: bool) -> Iterator[Planned]:
    """Yield the days to come on which something that holds the plan is looked at again."""
    last = on + dt.timedelta(days=AHEAD_DAYS - 1)
    reasons = [(n, reason) for n, reason in enumerate(advice.decided.reasons) if _holds(reason)]
    days = {reason.again_on for _n, reason in reasons if reason.again_on and on <= reason.again_on <= last}
    words = [reason.text for reason in explain(advice).reasons] if with_details and days else []
    for day in sorted(days):
        of_day = [words[n] for n, reason in reasons if words and reason.again_on == day]
        yield Planned(on=day, kind="look", details="\n".join(dict.fromkeys(of_day)))


def _holds(reason: Reason) -> bool:
    """Tell whether a reason holds more than one ladder, or eases back, as on the plan page."""
    return reason.rule != NOTHING_FIRED and reason.verdict >= (
        Verdict.REGRESS if reason.ladder else Verdict.HOLD
    )


def icalendar_of(events: Sequence[Planned], *, runner: uuid.UUID, stamp: dt.datetime) -> bytes:
    """Return events as a calendar (RFC 5545); the same ones at the same instant give the same bytes.

    The id of an event is made from the runner, the kind and the day, so that it stays when the plan is made anew.
    """
    names = {"core": _("Core session"), "look": _("Look at your back again")}
    calendar = Calendar.new(
        prodid=f"-//{settings.PRODUCT_NAME}//calendar//EN",
        uid=uuid.uuid5(runner, "calendar"),
        name=settings.PRODUCT_NAME,
        refresh_interval=READ_AGAIN_AFTER,
    )
    for event in events:
        calendar.add_component(
            Event.new(
                uid=uuid.uuid5(runner, f"{event.kind} {event.on}"),
                stamp=stamp,
                start=event.on,
                end=event.on + dt.timedelta(days=1),
                summary=names[event.kind],
                description=event.details or None,
                classification=CLASS.PRIVATE,
                transparency=TRANSP.TRANSPARENT,
            )
        )
    return calendar.to_ical()
