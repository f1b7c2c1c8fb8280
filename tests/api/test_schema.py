"""Schemathesis: what openapi.json says is what the API does, whatever is sent. `make fuzz` sends more."""

import os
from uuid import UUID

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from backpain.api import actions
from backpain.api.v1 import document

IS_DEEP = "SCHEMATHESIS" in os.environ
EXAMPLES = int(os.environ.get("SCHEMATHESIS", "5"))  # of each operation
CONFIG = SchemathesisConfig.from_dict(
    {
        "phases": {"coverage": {"enabled": IS_DEEP}},  # every edge of every limit: a minute
        "checks": {
            # What no JSON Schema can say is refused with 422 too: a day to come, an exercise there is not.
            "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422"]},
        },
    }
)
pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def one_connection(stands):
    """Keep the connection of the test's transaction open between requests, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def stands(by_alice, a_run, a_session):
    """One entry of each kind, by the word of its address."""
    told = {"runs": a_run, "check-ins": {"score": 3}, "sessions": a_session}
    answers = {path: by_alice.post(f"/api/v1/{path}/", entry) for path, entry in told.items()}
    return {path: answer["entry"]["id"] for path, (_status, answer) in answers.items()}


@pytest.fixture
def authorization(by_alice, monkeypatch):
    monkeypatch.setattr(actions, "MOST_CALLS", 10**9)
    return {"Authorization": by_alice.headers["Authorization"], "Accept-Encoding": "identity"}


schema = schemathesis.openapi.from_dict(document(), config=CONFIG)
schema.app = lambda environ, start_response: WSGIHandler()(environ, start_response)


@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=not IS_DEEP,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_api_does_what_it_says(case, stands, authorization):
    if is_uuid(case.path_parameters.get("id")):  # else it is one on purpose that is none
        case.path_parameters["id"] = stands[case.path.split("/")[3]]

    case.call_and_validate(headers=authorization)


def is_uuid(text):
    try:
        return bool(UUID(text))
    except (TypeError, ValueError, AttributeError):
        return False
