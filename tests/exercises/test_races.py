"""What two people at the desk must not do at the same moment. Runs on both databases, on real connections."""

import pytest

from backpain.accounts.roles import Role
from backpain.exercises import publishing
from backpain.exercises.models import Article, Exercise
from tests.catalogue import put_catalogue
from tests.conftest import NOON, signed_in
from tests.exercises.forms import fields_of
from tests.factories import appointed
from tests.training.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ARTICLE = {"title": "Sleep", "slug": "sleep", "topic": "habit", "summary": "Rest well.", "body": "Sleep."} | {
    "grade": "limited",
    "position": "7",
}


@pytest.fixture
def carol(transactional_db):
    put_catalogue()
    return appointed("carol", Role.CURATOR)


@pytest.fixture
def rita(carol):
    return appointed("rita", Role.REVIEWER)


def test_one_draft_is_begun(carol):
    row = Exercise.objects.get(slug="yoga")

    statuses = at_once(
        lambda client: client.post(f"/admin/exercises/exercise/{row.pk}/edit/"), lambda: signed_in(carol)
    )

    assert statuses == [302] * 4
    assert Exercise.desk.filter(draft_of=row).count() == 1


def test_one_of_those_who_save_a_draft_is_first_and_the_others_see_both_versions(carol):
    draft = publishing.start_draft(of=Exercise.objects.get(slug="yoga"), by=carol, now=NOON)
    address = f"/admin/exercises/exercise/{draft.pk}/change/"
    form = fields_of(signed_in(carol).get(address), "exercise_form")

    statuses = at_once(lambda client: client.post(address, form), lambda: signed_in(carol))

    assert sorted(statuses) == [200, 200, 200, 302]
    assert draft.history.count() == 2


def test_something_new_is_stored_once_and_the_others_are_told(carol):
    typed = ARTICLE | {"sources": str(Article.objects.first().sources.first().pk)}

    statuses = at_once(
        lambda client: client.post("/admin/exercises/article/add/", typed), lambda: signed_in(carol)
    )

    assert sorted(statuses) == [200, 200, 200, 302]
    assert Article.desk.filter(slug="sleep").count() == 1


def test_a_draft_is_published_once(carol, rita):
    draft = publishing.start_draft(of=Exercise.objects.get(slug="yoga"), by=carol, now=NOON)
    publishing.mark_reviewed(draft=draft, by=rita, now=NOON)
    draft.refresh_from_db()
    address, seen = f"/admin/exercises/exercise/{draft.pk}/publish/", {"seen": draft.version}

    statuses = at_once(lambda client: client.post(address, seen), lambda: signed_in(rita))

    assert statuses.count(302) == 1
    assert set(statuses) <= {302, 404, 422}  # the draft is gone, or just going
    assert Exercise.objects.get(slug="yoga").history.count() == 2
