import datetime as dt

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_a_day_lived_again_after_flying_west_has_one_advice(as_alice, alice, at_noon):
    alice.time_zone = "Pacific/Apia"
    alice.save()
    as_alice.get("/")
    alice.time_zone = "Pacific/Honolulu"
    alice.save()

    as_alice.get("/")
    as_alice.get("/")

    assert [advice.on for advice in alice.advice.order_by("pk")] == [
        dt.date(2026, 3, 17),
        dt.date(2026, 3, 16),
    ]


def test_a_second_look_on_the_same_day_stores_nothing(as_alice, alice, at_noon):
    as_alice.get("/")
    as_alice.get("/")

    assert alice.advice.count() == 1


def test_silence_is_reviewed_on_the_next_day(as_alice, alice, at_noon):
    as_alice.get("/")
    at_noon.shift(dt.timedelta(days=1))
    as_alice.get("/")

    assert [advice.on.day for advice in alice.advice.order_by("pk")] == [16, 17]


def test_shows_a_visitor_what_this_is(client):
    page = client.get("/")

    assert page.status_code == 200
    assert "does not diagnose" in page.text
