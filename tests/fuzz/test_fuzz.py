import pytest

from tests.fuzz.trial import FORMATS, readers, tried


@pytest.fixture(scope="module")
def pool():
    with readers(children=1) as pool:
        yield pool


@pytest.mark.parametrize("name", FORMATS)
def test_mutated_files_are_read_or_refused(name, pool):
    trial = tried(name, range(60), seed="suite", pool=pool)

    assert not trial.failures
    assert trial.outcomes["read"]
    assert trial.outcomes.total() == 60
