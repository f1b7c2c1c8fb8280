"""How the site is set, for owners: nothing secret, nothing to change."""

import pytest

from backpain.accounts.roles import Role
from backpain.coach.thresholds import ENGINE, RULESET
from tests.conftest import signed_in
from tests.factories import appointed

URL = "/admin/settings/"

pytestmark = pytest.mark.usefixtures("db")


def test_shows_an_owner_how_the_site_is_set(settings):
    settings.ALLOWED_HOSTS = ["run.example.org", "testserver"]
    settings.LANGUAGES = [("en", "English"), ("de", "German")]
    settings.DEFAULT_FROM_EMAIL = "coach@example.org"

    page = signed_in(appointed("olga", Role.OWNER)).get(URL).content.decode()

    for value in ("run.example.org", "English, German", "coach@example.org", RULESET, ENGINE, "run tall"):
        assert f"{value}" in page
    assert "SQLite" in page or "PostgreSQL" in page


def test_shows_no_secret(settings):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "mail.example.org", "username": "mailer", "password": "mail-secret"},
        }
    }

    page = signed_in(appointed("olga", Role.OWNER)).get(URL).content.decode()

    for secret in ("mail-secret", "mailer", settings.SECRET_KEY, str(settings.DATABASES["default"]["NAME"])):
        assert secret not in page


@pytest.mark.parametrize("role", [Role.CURATOR, Role.REVIEWER])
def test_is_closed_to_the_other_roles(role):
    other = signed_in(appointed("carol", role))

    assert other.get(URL).status_code == 403
    assert URL not in other.get("/admin/").content.decode()


def test_is_linked_from_the_admin_for_owners():
    assert URL in signed_in(appointed("olga", Role.OWNER)).get("/admin/").content.decode()
