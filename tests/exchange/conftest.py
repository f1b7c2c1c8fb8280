import datetime as dt

import pytest

from backpain.exchange import working
from tests.catalogue import put_catalogue
from tests.exchange.archives import archive_of_a_life
from tests.exchange.imports import MORNING, HereReaders, days_before, run_fit, run_gpx, run_tcx, zipped
from tests.factories import RunFactory


@pytest.fixture
def here(monkeypatch):
    """Read files in this process."""
    monkeypatch.setattr(working, "Readers", HereReaders)


@pytest.fixture
def catalogue(db):
    """The shipped exercises and ladders."""
    put_catalogue()


@pytest.fixture
def mixed(alice):
    """A ZIP as people have them: runs in three formats, one twice, one logged, and much else."""
    RunFactory(runner=alice, started_at=days_before(1), distance_m=8050)
    return zipped(
        {
            "morning.fit": run_fit(),
            "morning.gpx": run_gpx(MORNING + dt.timedelta(seconds=1)),
            "copy of morning.fit": run_fit(),
            "logged.tcx": run_tcx(days_before(1)),
            "treadmill.fit": run_fit(days_before(2), metres=None),
            "walk.fit": run_fit(days_before(3), sport="walking"),
            "ride.tcx": run_tcx(days_before(4), sport="Biking"),
            "nothing said.gpx": run_gpx(days_before(5), kind=""),
            "damaged.fit": run_fit(days_before(20))[:-2],
            "notes.fit": b"not a watch file",
            "photo.jpg": b"\xff\xd8",
            "profile.json": b"{}",
            "__MACOSX/._morning.fit": b"\0",
            "folder/": b"",
        }
    )


@pytest.fixture
def archive(alice):
    """The archive of an account with something in every table."""
    return archive_of_a_life(alice)
