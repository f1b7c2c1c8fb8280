"""Accounts in the admin: owners let people in and appoint them, and see nothing of what they log."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry

from backpain.accounts.models import User
from backpain.accounts.roles import Role
from tests.accounts.conftest import sign_in
from tests.conftest import signed_in
from tests.factories import UserFactory, appointed

LIST = "/admin/accounts/user/"


@pytest.fixture
def olga(db):
    """An owner."""
    return appointed("olga", Role.OWNER)


@pytest.fixture
def as_olga(olga):
    return signed_in(olga)


@pytest.fixture
def boss(db):
    """A superuser, kept with commands."""
    return UserFactory(email="boss@example.org", is_staff=True, is_superuser=True)


def change(user):
    return f"{LIST}{user.pk}/change/"


def fresh(user):
    return User.objects.get(pk=user.pk)


def text(response):
    return response.content.decode()


def test_lists_everybody_with_their_roles(as_olga, alice):
    appointed("rita", Role.REVIEWER)

    page = text(as_olga.get(LIST))

    assert "alice@example.org" in page
    assert "Reviewer" in page


def test_finds_by_e_mail_and_by_role(as_olga, alice):
    appointed("rita", Role.REVIEWER)

    found, reviewers = text(as_olga.get(f"{LIST}?q=alice")), text(as_olga.get(f"{LIST}?role=Reviewers"))

    assert "alice@example.org" in found and "rita@example.org" not in found
    assert "rita@example.org" in reviewers and "alice@example.org" not in reviewers


def test_lists_without_a_query_each(as_olga, django_assert_num_queries):
    for name in "abcdef":
        appointed(name, Role.CURATOR)
    as_olga.get(LIST)  # the first request of a day also renews the sign-in

    with django_assert_num_queries(7):
        as_olga.get(LIST)


@pytest.mark.parametrize("private", ["1987", "Iceland", "Reykjavik", "pbkdf2", "argon2", "md5$", "password"])
def test_shows_nothing_private(as_olga, private):
    ivy = UserFactory(email="ivy@example.org", birth_year=1987, country="IS", time_zone="Atlantic/Reykjavik")
    ivy.set_password("slow-easy-miles")
    ivy.save()

    shown = (
        text(as_olga.get(LIST))
        + text(as_olga.get(change(ivy)))
        + text(as_olga.get(f"{LIST}{ivy.pk}/history/"))
    )

    without_menu = shown.replace("/admin/password_change/", "").replace("Change password", "")
    assert private not in without_menu


@pytest.mark.parametrize(
    "asked", ["birth_year=1990", "password__startswith=md5", "country=GB", "runs__pain_after=7"]
)
def test_answers_no_question_about_what_it_does_not_show(as_olga, alice, asked):
    response = as_olga.get(f"{LIST}?{asked}")

    assert response.status_code in {302, 400}
    assert "alice@example.org" not in text(response)


def test_appoints_and_notes_it(as_olga, olga, alice):
    page = as_olga.post(change(alice), {"roles": ["Curators", "Reviewers"], "is_active": "on"})

    assert page.status_code == 302
    alice = fresh(alice)
    assert alice.roles == [Role.CURATOR, Role.REVIEWER]
    assert alice.is_staff and not alice.is_superuser
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (olga, str(alice.pk))
    assert entry.change_message == "Appointed: Curator. Appointed: Reviewer."


def test_dismisses(as_olga, olga):
    rita = appointed("rita", Role.REVIEWER)

    as_olga.post(change(rita), {"is_active": "on"})

    assert fresh(rita).roles == []
    assert not fresh(rita).is_staff
    assert LogEntry.objects.get().change_message == "Dismissed: Reviewer."


def test_lets_somebody_in_no_more_and_again(as_olga, alice, client):
    sign_in(client)
    assert client.get("/settings/").status_code == 200

    as_olga.post(change(alice), {})

    assert not fresh(alice).is_active
    assert client.get("/settings/").status_code == 302
    assert not UserSession.objects.filter(user=alice).exists()
    as_olga.post(change(alice), {"is_active": "on"})
    assert client.get("/settings/").status_code == 302  # the old sign-in stays ended
    assert sign_in(client).status_code == 302
    assert client.get("/settings/").status_code == 200
    messages = [entry.change_message for entry in LogEntry.objects.order_by("pk")]
    assert messages == ["May not sign in any more.", "May sign in again."]


@pytest.mark.parametrize(
    "forged",
    [
        {"is_superuser": "on", "is_staff": "on"},
        {"password": "known", "password1": "known", "password2": "known"},
        {"email": "mine@example.org", "name": "Mine"},
        {"groups": "1", "user_permissions": "1"},
    ],
)
def test_changes_nothing_else(as_olga, alice, forged):
    kept = User.objects.filter(pk=alice.pk).values().get()

    as_olga.post(change(alice), {"is_active": "on", **forged})

    assert User.objects.filter(pk=alice.pk).values().get() == kept
    assert not alice.groups.exists() and not alice.user_permissions.exists()


def test_refuses_a_role_there_is_not(as_olga, alice):
    page = as_olga.post(change(alice), {"roles": ["Gods"], "is_active": "on"})

    assert "Gods is not one of the available choices" in text(page)
    assert fresh(alice).roles == []


def test_nobody_changes_themselves(as_olga, olga):
    page, posted = as_olga.get(change(olga)), as_olga.post(change(olga), {"roles": ["Curators", "Owners"]})

    assert "This is you. Another owner can change your roles." in text(page)
    assert 'name="roles"' not in text(page)
    assert posted.status_code == 403
    assert fresh(olga).roles == [Role.OWNER]
    assert fresh(olga).is_active


def test_superusers_are_out_of_reach(as_olga, boss):
    page, posted = as_olga.get(change(boss)), as_olga.post(change(boss), {})

    assert "Superusers are kept on the server, with commands." in text(page)
    assert posted.status_code == 403
    assert fresh(boss).is_active and fresh(boss).is_superuser


@pytest.mark.parametrize("address", ["add/", "{pk}/delete/", "{pk}/password/"])
def test_accounts_are_neither_made_nor_erased_here(as_olga, alice, address):
    url = LIST + address.format(pk=alice.pk)

    answers = {as_olga.get(url).status_code, as_olga.post(url, {"post": "yes"}).status_code}

    assert answers <= {302, 403, 404}
    assert fresh(alice).is_active
    assert User.objects.count() == 2


@pytest.mark.parametrize("role", [Role.CURATOR, Role.REVIEWER])
def test_is_closed_to_the_other_roles(role, alice):
    other = signed_in(appointed("carol", role))

    assert other.get(LIST).status_code == 403
    assert other.post(change(alice), {"roles": ["Curators"]}).status_code == 403
