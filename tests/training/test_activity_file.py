import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]


def upload(client, name, **typed):
    content = shared(f"data/activities/{name}").read_bytes()
    return client.post("/runs/new/", {"activity_file": SimpleUploadedFile(name, content), **typed})


def test_fills_in_date_distance_and_duration(as_alice, alice):
    response = upload(as_alice, "activity-small-fenix2-run.fit", note="typed before", pain_after="1")

    form = response.context["form"]
    assert response.status_code == 200
    assert 'value="2015-08-15T15:45:08"' in response.text
    assert 'value="9.01"' in response.text
    assert 'value="47:12"' in response.text
    assert form["note"].value() == "typed before"
    assert form["pain_after"].value() == "1"
    assert not alice.runs.exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("garmin-edge-820-bike.fit", "This is a ride"),
        ("route.gpx", "no recorded track"),
        ("invalid/WeightScaleSingleUser.fit", "holds no activity"),
    ],
)
def test_says_in_one_sentence_why_a_file_is_not_taken(as_alice, alice, name, says):
    response = upload(as_alice, name)

    assert response.status_code == 422
    assert says in response.text
    assert "Nothing was stored." in response.text
    assert not alice.runs.exists()


def test_warns_of_a_clock_that_was_never_set(as_alice):
    response = upload(as_alice, "compressed-speed-distance.fit")

    assert response.status_code == 200
    assert "The date looks wrong" in response.text


def test_a_walk_is_offered_as_a_walk(as_alice):
    response = upload(as_alice, "garmin-fenix-5-walk.fit")

    assert response.status_code == 200
    assert response.context["form"]["walk"].value() is True


def test_a_file_that_is_too_large_is_not_read(as_alice):
    large = SimpleUploadedFile("long.fit", b"0" * (20 * 1024 * 1024 + 1))

    response = as_alice.post("/runs/new/", {"activity_file": large})

    assert response.status_code == 422
    assert "larger than 20 MB" in response.text
