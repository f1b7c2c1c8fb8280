"""Whatever is sent: an answer in JSON that says what is wrong, nothing stored, never a 500."""

import json

import pytest

from backpain.training import review
from backpain.training.models import CheckIn, Correction, Run, Session
from tests.api.conftest import CHECK_INS, RUNS, SESSIONS, Caller

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("at_noon")]
A_SET = {"exercise": "forearm-plank", "unit": "s", "done": 25}
PLANK = {"sets": [A_SET]}


def nothing_is_stored():
    return not any(table.with_deleted.exists() for table in (Run, CheckIn, Session))


NO_JSON = [
    " ",
    "score=3",
    "{",
    '{"score": 3,}',
    '{"score": NaN}',
    '{"score": Infinity}',
    '{"score": -Infinity}',
    '{"score": 1e999}',
    '{"score": ' + "9" * 5000 + "}",
    '{"score": 3, "score": 4}',
    b'{"note": "\xff"}',
    "[" * 30_000,
    "{" * 60_000,
]


def test_what_is_no_json_is_refused(by_alice):
    answers = [by_alice.send("POST", CHECK_INS, body) for body in NO_JSON]

    assert [answer.status_code for answer in answers] == [400] * len(NO_JSON)
    assert all(json.loads(answer.content)["detail"] for answer in answers)
    assert nothing_is_stored()


def test_what_is_nested_too_deeply_is_refused(by_alice):
    deep = '{"score": 3, "note": ' + '{"a":' * 5_000 + "1" + "}" * 5_001

    assert by_alice.send("POST", CHECK_INS, deep).status_code in {400, 422}
    assert nothing_is_stored()


def test_what_is_no_object_is_refused(by_alice):
    for body in ("null", "3", '"score"', "[]", '[{"score": 3}]', "true"):
        response = by_alice.send("POST", CHECK_INS, body)

        assert response.status_code == 422, body
        wrong = [{"path": "", "sentence": "This is of the wrong type."}]
        assert json.loads(response.content)["errors"] == wrong


def test_what_says_to_be_no_json_is_refused(by_alice):
    types = "application/x-www-form-urlencoded", "text/plain", "", "multipart/form-data; boundary=x"
    for content_type in types:
        response = by_alice.send("POST", CHECK_INS, '{"score": 3}', content_type=content_type)

        assert response.status_code == 415, content_type
        assert "application/json" in json.loads(response.content)["detail"]


def test_what_is_too_long_is_refused(by_alice):
    for size in (64 * 1024 + 1, 3 * 1024 * 1024):
        response = by_alice.send("POST", CHECK_INS, json.dumps({"score": 3, "note": "x" * size}))

        assert response.status_code == 413
        assert "64 KB" in json.loads(response.content)["detail"]


NO_DATE = "This is no date, or no time with an offset."
NO_TEXT = "This has characters that are no text."
NO_UUID = "This is no UUID, such as 6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11."
WRONG_TYPE = "This is of the wrong type."
REFUSED = [
    (CHECK_INS, {}, "score", "This is missing."),
    (CHECK_INS, {"score": None}, "score", WRONG_TYPE),
    (CHECK_INS, {"score": "3"}, "score", WRONG_TYPE),
    (CHECK_INS, {"score": True}, "score", WRONG_TYPE),
    (CHECK_INS, {"score": 3.5}, "score", WRONG_TYPE),
    (CHECK_INS, {"score": -1}, "score", "This is too small."),
    (CHECK_INS, {"score": 11}, "score", "This is too large."),
    (CHECK_INS, {"score": 10**4000}, "score", "This is too large."),
    (CHECK_INS, {"score": 3, "on": "2026-03-17"}, "on", "This day is still to come."),
    (CHECK_INS, {"score": 3, "on": "1989-12-31"}, "on", "Give a day after 1990."),
    (CHECK_INS, {"score": 3, "on": "0001-01-01"}, "on", "This is too far away in time."),
    (CHECK_INS, {"score": 3, "on": "16.3.2026"}, "on", NO_DATE),
    (CHECK_INS, {"score": 3, "sites": ["toe"]}, "sites[0]", "This is none of the words allowed here."),
    (CHECK_INS, {"score": 3, "sites": ["neck", "neck"]}, "sites", "The same stands here twice."),
    (CHECK_INS, {"score": 3, "sites": None}, "sites", WRONG_TYPE),
    (CHECK_INS, {"score": 3, "note": "x" * 2001}, "note", "This is too long."),
    (CHECK_INS, {"score": 3, "note": "a\0b"}, "note", NO_TEXT),
    (CHECK_INS, {"score": 3, "note": "\ud800"}, "note", NO_TEXT),
    (CHECK_INS, {"score": 3, "pain": 4}, "pain", "There is no such field."),
    (CHECK_INS, {"score": 3, "\ud800": 4}, "\\ud800", NO_TEXT),
    (CHECK_INS, {"score": 3, "id": "mine"}, "id", NO_UUID),
    (CHECK_INS, {"score": 3, "retrospective": True}, "retrospective", "There is no such field."),
    (RUNS, {"pain": {"after": 11}}, "pain.after", "This is too large."),
    (RUNS, {"pain_after": 11}, "pain_after", "This is too large."),
    (RUNS, {"pain_after": 1, "pain": {"after": 1}}, "pain_after", "This is said twice."),
    (RUNS, {"distance_m": -1}, "distance_m", "This is too small."),
    (RUNS, {"distance_m": 200_001}, "distance_m", "This is too large."),
    (RUNS, {"started_at": "2026-03-16T07:30:00"}, "started_at", NO_DATE),
    (RUNS, {"started_at": "2026-03-16T12:00:01Z"}, "started_at", "This time is still to come."),
    (RUNS, {"started_at": "1989-12-31T12:00:00Z"}, "started_at", "Give a day after 1990."),
    (RUNS, {"started_at": "0001-01-01T00:00:00+14:00"}, "started_at", NO_DATE),
    (RUNS, {"started_at": "2026-03-16T12:00:60Z"}, "started_at", NO_DATE),
    (
        RUNS,
        {"distance_m": 42_000, "duration_s": 60},
        "duration_s",
        "Nobody runs that far in this time. Check distance and time.",
    ),
    (SESSIONS, {}, "sets", "This is missing."),
    (SESSIONS, {"sets": []}, "sets", "This is too short."),
    (SESSIONS, {"sets": [A_SET] * 201}, "sets", "This is too long."),
    (
        SESSIONS,
        {"sets": [A_SET, A_SET | {"exercise": "planke"}]},
        "sets[1].exercise",
        "There is no such exercise.",
    ),
    (
        SESSIONS,
        {"sets": [A_SET | {"exercise": "Plank!"}]},
        "sets[0].exercise",
        "This is not written as it should be.",
    ),
    (SESSIONS, {"sets": [A_SET | {"done": 601}]}, "sets[0].done", "At most 600."),
    (SESSIONS, {"sets": [A_SET | {"done": 3601, "unit": "reps"}]}, "sets[0].done", "This is too large."),
    (SESSIONS, PLANK | {"signs": ["shortened"]}, "signs[0]", "This is none of the words allowed here."),
]


@pytest.mark.parametrize("url", [CHECK_INS, RUNS, SESSIONS])
def test_what_makes_no_sense_is_refused_field_by_field(by_alice, url):
    cases = [case[1:] for case in REFUSED if case[0] == url]

    answers = [by_alice.post(url, told) for told, _path, _sentence in cases]

    assert {status for status, _answer in answers} == {422}
    errors = [answer["errors"] for _status, answer in answers]
    assert errors == [[{"path": path, "sentence": sentence}] for _told, path, sentence in cases]
    assert answers[0][1]["detail"] == f"{cases[0][1]}: {cases[0][2]}"
    assert nothing_is_stored()


def test_every_field_to_mend_is_named(by_alice):
    _status, answer = by_alice.post(
        RUNS, {"effort": 11, "pain": {"before": -1, "after": "2"}, "colour": "red"}
    )

    assert {error["path"] for error in answer["errors"]} == {"effort", "pain.before", "pain.after", "colour"}


def test_a_correction_that_makes_no_sense_changes_nothing(alice, by_alice, a_run):
    by_alice.post(RUNS, a_run)
    url = f"{RUNS}{a_run['id']}/"

    refused = [
        by_alice.patch(url, {"note": "x", "effort": 11}),
        by_alice.patch(url, {"note": "x", "duration_s": 60}),
        by_alice.patch(url, {"id": a_run["id"]}),
        by_alice.patch(url, {"started_at": None}),
        by_alice.patch(url, []),
    ]

    assert [status for status, _answer in refused] == [422] * 5
    assert alice.runs.get().note == "windy"
    assert not Correction.objects.exists()


def test_a_method_there_is_not_is_refused(by_alice):
    one = f"{RUNS}6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11/"
    for method, url, allowed in (
        ("PUT", RUNS, "GET, POST"),
        ("POST", one, "DELETE, GET, PATCH"),
        ("OPTIONS", "/api/v1/advice/2026-03-16/", "GET"),
    ):
        response = by_alice.send(method, url)

        assert (response.status_code, response["Allow"]) == (405, allowed)
        assert allowed in json.loads(response.content)["detail"]


def test_an_address_there_is_not_says_so_in_json(by_alice):
    for url in ("runs", "runs/7/", "walks/", "", "advice/log", "docs", "runs/a%0Ab/"):
        status, answer = by_alice.post(f"/api/v1/{url}", {"score": 3})

        assert status == 404, url
        assert "end with a slash" in answer["detail"]


def test_whatever_is_refused_is_said_where_advice_stands(by_alice):
    """A shortcut that speaks `text` must not stay silent when nothing was stored."""
    by_alice.post(CHECK_INS, {"score": 3})
    refused = [
        by_alice.post(CHECK_INS, {"score": 4}),
        by_alice.post(CHECK_INS, {"score": 11}),
        by_alice.get(f"{CHECK_INS}no/"),
        by_alice.delete(CHECK_INS),
        Caller(None).post(CHECK_INS, {"score": 3}),
    ]

    assert [status for status, _answer in refused] == [409, 422, 404, 405, 401]
    assert all(answer["text"] == answer["detail"] for _status, answer in refused)


def test_what_goes_wrong_here_is_said_in_json_and_logged(alice, as_alice, by_alice, monkeypatch, caplog):
    monkeypatch.setattr(review, "decide", lambda *args, **options: {}["secret"])
    by_alice.client.raise_request_exception = as_alice.raise_request_exception = False

    status, answer = by_alice.post(CHECK_INS, {"score": 3})
    page = as_alice.get("/")

    assert (status, answer.keys()) == (500, {"detail", "text"})
    assert "secret" not in str(answer)
    assert not alice.check_ins.exists()
    assert [record.exc_info[0] for record in caplog.records] == [KeyError, KeyError]
    assert (page.status_code, page["Content-Type"]) == (500, "text/html; charset=utf-8")


def test_an_answer_says_which_language_it_is_in(by_alice):
    response = by_alice.send("POST", CHECK_INS, {"score": 11})

    assert response["Content-Language"] == "en"
    assert "Accept-Language" in response["Vary"]
