"""Finds out from the content, never from a name, which parser reads it. Sets no limits of time or memory."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zlib

from . import fit, gpx, markup, tcx
from .activity import MAX_BYTES, Activity, NotReadable

_GZIP = b"\x1f\x8b"
# The densest real file, a track that stands still, shrinks to a fiftieth.
MAX_RATIO = 200


def read(content: bytes, *, now: dt.datetime, zone: str) -> list[Activity]:
    """Return the activities in a FIT, TCX or GPX file, packed with gzip or not; raise NotReadable and nothing else.

    `zone` (IANA name) is where a time without an offset is taken to be when the file has no place either.
    """
    if content.startswith(_GZIP):
        content = _unpacked(content)
    if not content or content.isspace():
        raise NotReadable("empty")
    if fit.is_fit(content):
        return fit.activities_of(content, now=now)
    root = markup.parse(content)
    match root.tag:
        case "gpx":
            return gpx.activities_of(root, now=now, zone=zone)
        case "TrainingCenterDatabase":
            return tcx.activities_of(root, now=now, zone=zone)
        case _:
            raise NotReadable("not_an_activity")


def _unpacked(content: bytes) -> bytes:
    limit = min(MAX_BYTES, MAX_RATIO * len(content))
    try:
        unpacked = gzip.GzipFile(fileobj=io.BytesIO(content)).read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotReadable("damaged") from error
    if len(unpacked) > limit:
        raise NotReadable("too_large" if limit == MAX_BYTES else "overpacked")
    return unpacked
