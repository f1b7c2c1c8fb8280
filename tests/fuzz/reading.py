"""What a child of `Readers` does with a mutated file: the whole way that the import goes."""

import datetime as dt
import io
from dataclasses import replace

from backpain.activity_files import SENTENCES, Activity, NotReadable, reader
from backpain.exchange import zips
from backpain.exchange.formats.csv import Table
from backpain.exchange.formats.found import Found
from backpain.exchange.formats.guesses import guess, known, left_open
from backpain.exchange.formats.listings import is_list, look_at
from backpain.exchange.formats.mapping import ColumnMapping
from backpain.exchange.formats.rows import found_in

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
ZONE = "Europe/London"
LIMITS = {"distance_m": 200_000, "duration_s": 86_400, "elapsed_s": 86_400}


def read_activities(content: bytes) -> int:
    """Return how many activities a file holds, all of them possible."""
    activities = reader.read(content, now=NOW, zone=ZONE)
    assert all(SENTENCES.keys() >= set(activity.warnings) for activity in activities), activities
    return _checked(activities)


def read_table(content: bytes) -> int:
    """Return how many runs a table or a tracker's list holds, all of them possible."""
    look = look_at(content, NOW)
    if isinstance(look, Table):
        mapping = known(look) or _answered(guess(look))
        if left_open(look, mapping):
            raise NotReadable("not_a_table")
        rows = found_in(content, look, mapping, NOW, ZONE, 0, look.row_count)
    else:
        rows = [*look.manual, *look.files.values()]
    return _checked([row.activity for row in rows if isinstance(row, Found)])


def _answered(mapping: ColumnMapping) -> ColumnMapping:
    """Return the mapping as if the runner had said what it leaves open."""
    return replace(
        mapping,
        day_first=True if mapping.day_first is None else mapping.day_first,
        distance_unit=mapping.distance_unit or "km",
        duration_unit=mapping.duration_unit or "clock",
    )


def read_zip(content: bytes) -> int:
    """Return how many activities the files of a ZIP hold, leaving out those that cannot be read."""
    count = 0
    with zips.opened(io.BytesIO(content)) as archive:
        contents = zips.contents_of(archive, is_nested=False, is_list=is_list)
        for member in contents.files:
            zips.name_of(member)
            try:
                count += read_activities(zips.content_of(archive, member))
            except NotReadable:
                continue
    return count


def _checked(activities: list[Activity]) -> int:
    for activity in activities:
        assert 1990 <= activity.started_at.year <= 2026, activity
        assert activity.started_at.utcoffset() == dt.timedelta(0), activity
        for name, limit in LIMITS.items():
            value = getattr(activity, name)
            assert value is None or 0 <= value <= limit, activity
    return len(activities)
