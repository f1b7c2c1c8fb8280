"""The FHIR bundle: as many scores as the log has, with codes of rules.md 13 and no others."""

import datetime as dt
import json
from collections import Counter

import pytest
from fhir.resources.R4B.bundle import Bundle

from backpain.training.choices import Site
from tests.conftest import NOON
from tests.exchange.archives import A_RUN, lived
from tests.factories import CheckInFactory, RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SCORES = ("pain_before", "pain_during", "pain_after", "pain_next_morning")
LOINC = {"72514-3", "55411-3", "73985-4", "LA11836-6"}
SNOMED = {"1141985005", "1017210004", "1017211000", "1141986006"}


def resources(client, **options):
    content = client.get("/export/fhir.json", options).content
    Bundle.model_validate_json(content)
    bundle = json.loads(content)
    assert all(entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}" for entry in bundle["entry"])
    return [entry["resource"] for entry in bundle["entry"]]


def codes(value, system):
    """Return every code of a system, wherever it stands."""
    if isinstance(value, list):
        return set().union(*(codes(item, system) for item in value))
    if not isinstance(value, dict):
        return set()
    own = {value["code"]} if value.get("system") == system else set()
    return own | codes(list(value.values()), system)


def pains(found):
    return [one for one in found if "72514-3" in codes(one.get("code", {}), "http://loinc.org")]


def moment(observation):
    return observation["component"][0]["valueCodeableConcept"]["coding"][0]["code"]


def test_there_are_as_many_of_each_as_in_the_log(alice, as_alice):
    lived(alice)
    bouts = [*alice.runs.all(), *alice.sessions.all()]
    scored = [getattr(bout, name) for bout in bouts for name in SCORES]

    found = resources(as_alice)

    assert len(pains(found)) == alice.check_ins.count() + sum(score is not None for score in scored)
    assert Counter(map(moment, pains(found)))["last-24-hours"] == alice.check_ins.count()
    kinds = Counter(one["resourceType"] for one in found)
    assert kinds["QuestionnaireResponse"] == alice.questionnaires.count() == 1
    activities = [one for one in found if "73985-4" in codes(one.get("code", {}), "http://loinc.org")]
    assert len(activities) == alice.runs.count()
    lasted = [one for one in found if "55411-3" in codes(one.get("code", {}), "http://loinc.org")]
    assert len(lasted) == alice.runs.exclude(duration_s=None).count()
    assert len({one["id"] for one in found}) == len(found)


def test_only_codes_of_the_rules_are_used(alice, as_alice):
    RunFactory(runner=alice, duration_s=60, pain_after=1, sites=[site.value for site in Site])

    assert codes(resources(as_alice), "http://loinc.org") == LOINC
    assert codes(resources(as_alice), "http://snomed.info/sct") == set()
    assert codes(resources(as_alice, with_snomed="on"), "http://snomed.info/sct") == SNOMED


def test_the_runner_has_a_year_of_birth_and_no_name(alice, as_alice):
    found = resources(as_alice)

    patient = next(one for one in found if one["resourceType"] == "Patient")
    assert patient == {"resourceType": "Patient", "id": patient["id"], "birthDate": "1990"}
    assert "Alice" not in json.dumps(found) and str(alice.uuid) not in json.dumps(found)


def test_a_score_says_how_much_when_and_where(alice, as_alice):
    RunFactory(
        runner=alice,
        uuid=A_RUN,
        started_at=dt.datetime(2026, 3, 14, 23, 30, tzinfo=dt.UTC),
        duration_s=3600,
        pain_after=3,
        pain_next_morning=0,
        sites=["low-back-left", "neck"],
    )

    found = resources(as_alice, with_snomed="on")

    after, morning = pains(found)
    assert after["valueQuantity"]["value"] == 3 and morning["valueQuantity"]["value"] == 0
    assert after["effectiveDateTime"] == "2026-03-15T00:30:00+00:00"
    assert morning["effectiveDateTime"] == "2026-03-15"
    assert (moment(after), moment(morning)) == ("after", "next-morning")
    assert after["bodySite"] == {"text": "Low back, left, Neck"}
    places = [part["valueCodeableConcept"] for part in after["component"][1:]]
    assert [place["coding"][0]["code"] for place in places] == ["low-back-left", "neck"]
    assert codes(places, "http://snomed.info/sct") == {"1017210004"}
    run = next(one for one in found if one.get("id") == str(A_RUN))
    named = {member["reference"] for member in run["hasMember"]}
    assert {f"urn:uuid:{after['id']}", f"urn:uuid:{morning['id']}"} < named


def test_one_place_is_the_body_site_itself(alice, as_alice):
    CheckInFactory(runner=alice, score=4, sites=["mid-back"])

    (score,) = pains(resources(as_alice, with_snomed="on"))

    assert score["bodySite"]["text"] == "Mid back"
    assert codes(score["bodySite"], "http://snomed.info/sct") == {"1141986006"}
    assert score["effectiveDateTime"] == "2026-03-14"


def test_a_walk_has_no_code_that_says_running(alice, as_alice):
    RunFactory(runner=alice, activity="walk")

    assert codes(resources(as_alice), "http://loinc.org") == {"73985-4"}


def test_any_words_of_a_runner_can_stand_in_it(alice, as_alice):
    answers = {"": 1, " \x0b ": 2, "Put on\n socks": 3, "x" * 5000: 4}
    alice.questionnaires.create(form="psfs", on=NOON.date(), answers=answers, entered_at=NOON)

    (response,) = [one for one in resources(as_alice) if one["resourceType"] == "QuestionnaireResponse"]

    assert [item["answer"][0]["valueInteger"] for item in response["item"]] == [1, 2, 3, 4]
    assert [item.get("text", "")[:12] for item in response["item"]] == ["", "", "Put on socks", "x" * 12]
    assert response["authored"] == "2026-03-16"
