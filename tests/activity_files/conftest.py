import datetime as dt

import pytest
from garmin_fit_sdk import Encoder, Profile

from tests.shared import shared

START = dt.datetime(2026, 5, 3, 6, 30, tzinfo=dt.UTC)


@pytest.fixture
def now():
    return dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


@pytest.fixture
def real_file():
    def content(name):
        return shared(f"data/activities/{name}").read_bytes()

    return content


@pytest.fixture
def fit_file():
    """Write messages, as (name, fields), into a FIT file with a right checksum."""

    def write(*messages):
        encoder = Encoder()
        for name, fields in messages:
            encoder.write_mesg({"mesg_num": Profile["mesg_num"][name.upper()], **fields})
        return bytes(encoder.close())

    return write


@pytest.fixture
def fit_run(fit_file):
    """Write a run of 10 minutes, its summary after the samples as devices do; None leaves a field out."""

    def write(*, summary_first=False, **changes):
        summary = {
            "start_time": START,
            "sport": "running",
            "total_distance": 2000.0,
            "total_timer_time": 600.0,
            "total_elapsed_time": 660.0,
        } | changes
        session = ("session", {key: value for key, value in summary.items() if value is not None})
        records = fit_records(points=11)
        head = ("file_id", {"type": "activity", "manufacturer": "development"})
        return fit_file(head, session, *records) if summary_first else fit_file(head, *records, session)

    return write


def fit_records(*, points):
    """One sample a minute, 200 m apart."""
    return [
        ("record", {"timestamp": START + dt.timedelta(minutes=n), "distance": 200.0 * n})
        for n in range(points)
    ]
