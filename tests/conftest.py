import datetime as dt

import pytest
from django.db import connections
from django.test import Client

from tests.factories import ConsentFactory, UserFactory

DATABASES = {"db", "transactional_db"}  # fixtures of pytest-django
NOON = dt.datetime(2026, 3, 16, 12, 0, tzinfo=dt.UTC)  # a Monday


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out tests that know no database, or do with any",
    )


def pytest_collection_modifyitems(config, items):
    """Run the tests of what no database changes once, whichever databases the suite runs on."""
    if config.getoption("database_only"):
        others = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item) -> bool:
    """Tell whether pytest-django lets a test touch the database, and whether it matters which."""
    if item.get_closest_marker("any_database"):
        return False
    return bool(item.get_closest_marker("django_db") or DATABASES & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Let SQLite not wait for the disk, as scripts/postgres does: nothing in it survives."""
    for connection in connections.all():
        if connection.vendor == "sqlite":
            connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Have the shipped catalogue in the database once, instead of before every test that asks for it."""
    from tests.catalogue import put_catalogue

    with django_db_blocker.unblock():
        put_catalogue()


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.SECURE_SSL_REDIRECT = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def alice(db):
    """A runner who has consented."""
    user = UserFactory(email="alice@example.org", name="Alice", time_zone="Europe/London", birth_year=1990)
    ConsentFactory(runner=user)
    return user


@pytest.fixture
def bob(db):
    """A stranger: a runner with rights to nothing of Alice's."""
    user = UserFactory(email="bob@example.org", name="Bob", time_zone="Europe/London", birth_year=1985)
    ConsentFactory(runner=user)
    return user


@pytest.fixture
def carol(db):
    """A curator."""
    return UserFactory(email="carol@example.org", name="Carol", is_staff=True, is_superuser=True)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def as_alice(alice):
    return signed_in(alice)


@pytest.fixture
def as_bob(bob):
    return signed_in(bob)


@pytest.fixture
def as_carol(carol):
    return signed_in(carol)


@pytest.fixture
def at_noon():
    """Set every clock to Monday 16 March 2026, noon UTC."""
    import time_machine

    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
