"""The runs and sessions that were done, as a calendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from uuid import uuid5

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from icalendar.enums import CLASS, TRANSP

from backpain.accounts.models import User
from backpain.training.models import Run, Session
from backpain.ui.templatetags.ui import distance


def calendar_of(runner: User, *, with_notes: bool) -> bytes:
    """Return every run and session as an event at its instant; the same log gives the same bytes."""
    calendar = Calendar.new(
        prodid=f"-//{settings.PRODUCT_NAME}//export//EN",
        uid=uuid5(runner.uuid, "done"),
        name=_("%(product)s, done") % {"product": settings.PRODUCT_NAME},
    )
    for run in runner.runs.order_by("started_at", "pk"):
        calendar.add_component(_event(run, _run_words(run, runner.units), with_notes))
    for done in runner.sessions.order_by("started_at", "pk"):
        calendar.add_component(_event(done, _("Core session"), with_notes))
    return calendar.to_ical()


def _run_words(run: Run, units: str) -> str:
    name = _("Walk") if run.activity == "walk" else _("Run")
    return f"{name}, {distance(run.distance_m, units)}" if run.distance_m else name


def _event(bout: Run | Session, words: str, with_notes: bool) -> Event:
    """Return a bout as an event in UTC; it ends when it began where nobody said how long it took."""
    began = bout.started_at.astimezone(dt.UTC).replace(microsecond=0)
    return Event.new(
        uid=bout.uuid,
        stamp=bout.entered_at.astimezone(dt.UTC).replace(microsecond=0),
        start=began,
        end=began + dt.timedelta(seconds=round(bout.duration_s)) if bout.duration_s else None,
        summary=words,
        description=(bout.note if with_notes else "") or None,
        classification=CLASS.PRIVATE,
        transparency=TRANSP.TRANSPARENT,
    )
