import json

import pytest
from django.test import Client

from backpain.api.actions import make_token
from backpain.api.models import Scope
from tests.catalogue import put_catalogue
from tests.conftest import NOON

RUNS, CHECK_INS, SESSIONS, ADVICE = (
    f"/api/v1/{what}/" for what in ("runs", "check-ins", "sessions", "advice")
)


class Caller:
    """A program with a token; answers are (status, JSON)."""

    def __init__(self, secret: str | None, language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Accept-Language": language}
        if secret:
            self.headers["Authorization"] = f"Bearer {secret}"

    def send(self, method, url, told=None, *, content_type="application/json"):
        body = told if isinstance(told, str | bytes) else json.dumps(told)
        return self.client.generic(
            method, url, body if told is not None else "", content_type, headers=self.headers
        )

    def ask(self, method, url, told=None):
        response = self.send(method, url, told)
        return response.status_code, json.loads(response.content) if response.content else None

    def get(self, url):
        return self.ask("GET", url)

    def post(self, url, told):
        return self.ask("POST", url, told)

    def patch(self, url, told):
        return self.ask("PATCH", url, told)

    def delete(self, url):
        return self.ask("DELETE", url)


@pytest.fixture
def catalogue(db):
    """The shipped exercises and ladders."""
    put_catalogue()


@pytest.fixture
def caller_of(catalogue):
    def caller_of(runner, *scopes, name="a watch"):
        made = make_token(runner=runner, name=name, scopes=scopes or Scope.values, expires_in=None, now=NOON)
        return Caller(made.secret)

    return caller_of


@pytest.fixture
def by_alice(alice, caller_of):
    """A program that may read and log for Alice."""
    return caller_of(alice)


@pytest.fixture
def by_bob(bob, caller_of):
    return caller_of(bob)


@pytest.fixture
def a_run():
    return {
        "id": "6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11",
        "started_at": "2026-03-14T08:00:00+00:00",
        "distance_m": 8200,
        "duration_s": 2832,
        "pain": {"before": 1, "during": 2, "after": 1},
        "sites": ["low-back-left"],
        "note": "windy",
    }


@pytest.fixture
def a_session():
    return {
        "id": "b8f1f0a2-6f1b-4f0e-9a55-3c1f4f0f7a03",
        "started_at": "2026-03-14T18:30:00+00:00",
        "sets": [
            {
                "exercise": "forearm-plank",
                "unit": "s",
                "target": 25,
                "done": 25,
                "pain": 1,
                "good_form": True,
            },
            {"exercise": "side-plank", "side": "left", "unit": "s", "target": 15, "done": 12},
        ],
    }
