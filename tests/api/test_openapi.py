"""openapi.json: complete, right, and the same as it was unless somebody means it."""

import json
import os
from pathlib import Path

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from backpain.api.schemas import change_schema, entry_schema, new_schema
from backpain.api.v1 import document
from backpain.coach.history import as_data
from backpain.plan.contract import history_schema
from backpain.training.history import history_of
from tests.api.conftest import ADVICE, CHECK_INS, RUNS, SESSIONS
from tests.conftest import NOON
from tests.pages import fill_log

pytestmark = pytest.mark.any_database
GOLDEN = Path(__file__).parent / "golden" / "openapi.json"
TABLES = ("runs", "check_ins", "sessions")
OPERATIONS = [
    (f"{method.upper()} {path}", operation)
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
]


def test_is_the_one_a_person_looked_at():
    """UPDATE_GOLDEN=1 writes it anew, to be looked at again; within a version nothing changes or goes."""
    text = json.dumps(document(), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")

    assert text == GOLDEN.read_text(encoding="utf-8")


def test_is_handed_out_to_everybody():
    response = Client().get("/api/v1/openapi.json")

    assert response["Content-Type"] == "application/json"
    assert response.json() == json.loads(json.dumps(document()))


def test_names_whatever_it_refers_to():
    text = json.dumps(document())
    named = {f"#/components/schemas/{name}" for name in document()["components"]["schemas"]}

    referred = {part.split('"')[0] for part in text.split('"$ref": "')[1:]}

    assert referred <= named
    assert "#/$defs" not in text


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _operation in OPERATIONS])
def test_says_of_every_call_what_it_needs_and_what_may_go_wrong(name, operation):
    scope = "read" if name.startswith("GET") else "log"
    statuses = {str(status) for status in operation["responses"]}

    assert operation["security"] == [{"Bearer": []}]
    assert f"scope `{scope}`" in operation["description"]
    assert statuses >= {"401", "403", "429", "500"}
    assert ("404" in statuses) == ("{" in name)
    assert ("415" in statuses) == ("requestBody" in operation)
    assert operation["summary"] and operation["operationId"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("schema_of", [entry_schema, new_schema, change_schema])
def test_describes_every_field_and_gives_examples_that_hold(table, schema_of):
    schema = schema_of(table)
    fields = schema["properties"] | schema["properties"].get("sets", {}).get("items", {}).get(
        "properties", {}
    )

    assert [name for name, field in fields.items() if not field.get("description")] == []
    assert schema["examples"]
    for example in schema["examples"]:
        Draft202012Validator(schema).validate(example)


@pytest.mark.parametrize("table", TABLES)
def test_an_entry_has_the_fields_of_the_contract_and_no_others(table):
    contract = history_schema()["properties"][table]["items"]["properties"]

    assert entry_schema(table)["properties"].keys() == contract.keys()
    assert new_schema(table)["properties"].keys() - contract.keys() <= {
        "pain_before",
        "pain_during",
        "pain_after",
        "pain_next_morning",
    }


@pytest.mark.django_db
def test_an_entry_is_read_as_the_history_file_has_it(alice, by_alice, at_noon):
    fill_log(alice, now=NOON)
    history = as_data(history_of(alice, on=None))

    for table, url in (("runs", RUNS), ("check_ins", CHECK_INS), ("sessions", SESSIONS)):
        read = by_alice.get(f"{url}?limit=20")[1][table]
        assert read == history[table][:-21:-1]


@pytest.mark.django_db
def test_answers_say_nothing_that_is_not_described(alice, by_alice, a_run, at_noon):
    fill_log(alice, now=NOON)
    schemas = document()["components"]["schemas"]
    answers = {
        "RunStored": by_alice.post(RUNS, a_run)[1],
        "AdviceInFull": by_alice.get(ADVICE)[1],
        "AdviceList": by_alice.get(f"{ADVICE}log/")[1],
        "RunList": by_alice.get(RUNS)[1],
        "Problem": by_alice.post(RUNS, {"effort": 11})[1],
    }

    for name, answer in answers.items():
        assert answer.keys() <= schemas[name]["properties"].keys(), name
    assert answers["AdviceInFull"].keys() == schemas["AdviceInFull"]["properties"].keys()
    assert answers["RunStored"]["advice"].keys() == schemas["Advice"]["properties"].keys()


def test_descriptions_of_the_contract_do_not_change_with_ours():
    assert "description" not in history_schema()["properties"]["runs"]["items"]["properties"]["surface"]
