import pytest

from backpain.accounts.roles import Role
from tests.catalogue import put_catalogue
from tests.conftest import signed_in
from tests.factories import appointed


@pytest.fixture
def catalogue(db):
    """The shipped catalogue, in the database."""
    put_catalogue()


@pytest.fixture
def as_curator(catalogue):
    """Carol with a curator's rights and no others."""
    return signed_in(appointed("carol", Role.CURATOR))


@pytest.fixture
def as_reviewer(catalogue):
    """Rita with a reviewer's rights and no others."""
    return signed_in(appointed("rita", Role.REVIEWER))


@pytest.fixture
def as_owner(catalogue):
    """Olga with an owner's rights and no others."""
    return signed_in(appointed("olga", Role.OWNER))
