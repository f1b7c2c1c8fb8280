"""An activity file on the run form: read, then shown in the form for the runner to check and complete."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from backpain.accounts.models import User
from backpain.activity_files import MAX_BYTES, SENTENCES, Activity, NotReadable, read_isolated

RUNS = {"run", "walk", "unknown"}


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What a file gave: values for the form, what the runner should know, and what was wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    error: str = ""


def fill_from(upload: UploadedFile, *, runner: User, now: dt.datetime) -> Filled:
    """Return what the uploaded file says about a run; stores nothing."""
    if (upload.size or 0) > MAX_BYTES:
        return Filled(error=gettext(SENTENCES["too_large"]))
    try:
        activity = read_isolated(upload.read(), now=now, zone=runner.time_zone)
    except NotReadable as refused:
        if refused.readable is None:
            return Filled(error=gettext(SENTENCES[refused.code]))
        return _filled(refused.readable, runner, [refused.code])
    return _filled(activity, runner, [])


def _filled(activity: Activity, runner: User, codes: list[str]) -> Filled:
    notes = [gettext(SENTENCES[code]) for code in (*codes, *activity.warnings)]
    if activity.sport not in RUNS:
        return Filled(error=" ".join(notes))
    return Filled(
        values={
            "started_at": activity.started_at.astimezone(runner.zone).replace(tzinfo=None, microsecond=0),
            "distance": activity.distance_m,
            "duration": activity.duration_s,
            "walk": activity.sport == "walk",
        },
        notes=notes,
    )
