import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from backpain.exercises.actions import CURATORS
from tests.conftest import signed_in
from tests.factories import UserFactory


@pytest.fixture
def catalogue(db, capsys):
    """The shipped catalogue, loaded."""
    call_command("load_catalogue")
    return capsys.readouterr().out


@pytest.fixture
def as_curator(catalogue):
    """Carol with a curator's rights and no others."""
    carol = UserFactory(email="carol@example.org", is_staff=True)
    carol.groups.add(Group.objects.get(name=CURATORS))
    return signed_in(carol)
