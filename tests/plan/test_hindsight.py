"""What all runners said of advice, looking back: totals by rule and verdict, and nothing of anybody."""

import pytest

from backpain.accounts.roles import Role
from backpain.plan.models import Advice
from backpain.plan.queries import what_runners_said
from tests.conftest import NOON, signed_in
from tests.factories import UserFactory, appointed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
URL = "/admin/hindsight/"


@pytest.fixture
def runners():
    return [UserFactory() for _ in range(3)]


def answer(runner, said, times=1, *, rules=" E-7 ", verdict="hold"):
    for _ in range(times):
        Advice.objects.create(
            runner=runner,
            on=NOON.date(),
            given_at=NOON,
            verdict=verdict,
            facts={},
            decision={},
            ruleset="2026.1",
            engine="1",
            decided_by=rules,
            was_right=said,
            was_right_note="a note nobody reads",
        )


def test_adds_up_the_answers_of_everybody_by_rule_and_verdict(runners):
    first, second, third = runners
    answer(first, "yes", 5)
    answer(second, "no", 3)
    answer(third, "unsure", 2)
    answer(third, "", 7)

    assert what_runners_said() == ([("E-7", "hold", 5, 3, 2)], 0)


def test_counts_an_advice_for_every_rule_that_decided_it_and_each_verdict_apart(runners):
    for runner in runners:
        answer(runner, "yes", 4, rules=" E-7 G-3 ")
        answer(runner, "no", 4, rules=" E-7 ", verdict="regress")

    said, left_out = what_runners_said()

    assert said == [("E-7", "hold", 12, 0, 0), ("E-7", "regress", 0, 12, 0), ("G-3", "hold", 12, 0, 0)]
    assert left_out == 0


def test_says_nothing_of_nine_answers(runners):
    for runner in runners:
        answer(runner, "yes", 3)

    assert what_runners_said() == ([], 1)


def test_says_nothing_of_many_answers_by_two_runners(runners):
    answer(runners[0], "no", 20)
    answer(runners[1], "yes", 20)

    assert what_runners_said() == ([], 1)


def test_costs_one_query_however_many_answered(runners, django_assert_num_queries):
    for runner in runners:
        answer(runner, "yes", 9)

    with django_assert_num_queries(1):
        what_runners_said()


@pytest.mark.parametrize("role", [Role.OWNER, Role.CURATOR, Role.REVIEWER])
def test_is_shown_to_owners_and_to_who_keeps_the_rules(role, runners):
    for runner in runners:
        answer(runner, "yes", 3)
    client = signed_in(appointed("olga", role))
    few = client.get(URL).text
    answer(runners[0], "no")
    enough = client.get(URL).text

    assert "There are not enough answers yet." in few
    assert "1 rule with answers is left out." in few
    assert 'href="/rules/#E-7">E-7</a></th><td>Hold</td><td>9</td><td>1</td><td>0</td><td>10</td>' in enough
    for private in [runners[0].email, "a note nobody reads", str(Advice.objects.first().uuid)]:
        assert private not in enough


def test_is_linked_where_its_readers_are():
    assert URL in signed_in(appointed("olga", Role.OWNER)).get("/admin/settings/").text
    assert URL in signed_in(appointed("rita", Role.CURATOR)).get("/admin/plan/ruleset/").text


def test_is_closed_to_everybody_else(as_alice, client):
    assert as_alice.get(URL).status_code == 302
    assert client.get(URL).status_code == 302
    plain = UserFactory(is_staff=True)
    assert signed_in(plain).get(URL).status_code == 403
