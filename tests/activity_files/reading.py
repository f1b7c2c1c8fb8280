"""Reading in this process, as the children do."""

import datetime as dt

import pytest

from backpain.activity_files import Activity, NotReadable, reader

ZONE = "America/New_York"  # nowhere near what the files hold


def read_all(content: bytes, *, now: dt.datetime) -> list[Activity]:
    return reader.read(content, now=now, zone=ZONE)


def read(content: bytes, *, now: dt.datetime) -> Activity:
    """Return the only activity of the file."""
    [activity] = read_all(content, now=now)
    return activity


def refusal_of(content: bytes, now: dt.datetime) -> NotReadable:
    with pytest.raises(NotReadable) as refusal:
        read_all(content, now=now)
    return refusal.value
