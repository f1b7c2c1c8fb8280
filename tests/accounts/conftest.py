import pytest

from tests.factories import UserFactory

PASSWORD = "slow-easy-miles"


def sign_in(client, *, password=PASSWORD):
    """Sign Alice in as a person does, through the form."""
    return client.post("/accounts/login/", {"login": "Alice@Example.org", "password": password})


@pytest.fixture
def alice(alice):
    """A runner who has consented and can sign in."""
    alice.set_password(PASSWORD)
    alice.save()
    return alice


@pytest.fixture
def newcomer(db):
    """A runner who has signed up and not agreed to anything yet."""
    return UserFactory(email="newcomer@example.org", time_zone="Europe/Berlin")
