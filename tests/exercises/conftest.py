import pytest
from django.contrib.auth.models import Group

from backpain.exercises.actions import CURATORS
from tests.catalogue import put_catalogue
from tests.conftest import signed_in
from tests.factories import UserFactory


@pytest.fixture
def catalogue(db):
    """The shipped catalogue, in the database."""
    put_catalogue()


@pytest.fixture
def as_curator(catalogue):
    """Carol with a curator's rights and no others."""
    carol = UserFactory(email="carol@example.org", is_staff=True)
    carol.groups.add(Group.objects.get(name=CURATORS))
    return signed_in(carol)
