import pytest

from backpain.exchange import working
from tests.catalogue import put_catalogue
from tests.exchange.imports import HereReaders


@pytest.fixture
def here(monkeypatch):
    """Read files in this process."""
    monkeypatch.setattr(working, "Readers", HereReaders)


@pytest.fixture
def catalogue(db):
    """The shipped exercises and ladders."""
    put_catalogue()
