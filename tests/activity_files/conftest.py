import datetime as dt

import pytest

from tests.shared import shared


@pytest.fixture(scope="session")
def now():
    return dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def real_file():
    def content(name):
        return shared(f"data/activities/{name}").read_bytes()

    return content
