"""Finds out from the content, never from a name, which parser reads it. Sets no limits of time or memory."""

from __future__ import annotations

import datetime as dt

from . import fit, gpx, markup, tcx
from .activity import Activity, NotReadable


def read(content: bytes, *, now: dt.datetime) -> Activity:
    """Return the activity in a FIT, TCX or GPX file, or raise NotReadable and nothing else."""
    if not content:
        raise NotReadable("empty")
    if fit.is_fit(content):
        return fit.activity_of(content, now=now)
    root = markup.parse(content)
    match markup.local_name(root):
        case "gpx":
            return gpx.activity_of(root, now=now)
        case "TrainingCenterDatabase":
            return tcx.activity_of(root, now=now)
        case _:
            raise NotReadable("not_an_activity")
