from __future__ import annotations

import datetime as dt

import pytest

from backpain.coach.decision import Dose, Value
from backpain.plan.words.missing import from_scratch, missing

DOSE = Dose(exercise="forearm-plank", sets=3, target=25, unit="s")
OLDER, NEWER = dt.date(2026, 3, 11), dt.date(2026, 3, 14)
ONE = "One more good session, with all 3 sets at 25 s."
TWO = "Two good sessions in a row, with all 3 sets at 25 s."
NONE = "Add what the entries below lack; nothing else is missing."


def value(what, value, on=None, unit=""):
    return Value(what=f"missing.{what}", value=value, unit=unit, on=on)


@pytest.mark.parametrize(
    ("values", "needed"),
    [
        ([value("sessions", 2)], TWO),
        ([value("sessions", 1)], ONE),
        ([value("sessions", 1), value("lowest_set", 24, NEWER, "s")], TWO),
        ([value("sessions", 1), value("form", "not said", NEWER)], ONE),
        ([value("lowest_set", 24, NEWER, "s")], TWO),
        ([value("lowest_set", 24, OLDER, "s")], ONE),
        ([value("recent", "forearm-plank", OLDER)], ONE),
        ([value("good", "unknown", NEWER)], NONE),
        ([value("form", "not said", OLDER), value("good", "okay", OLDER)], ONE),
    ],
)
def test_says_how_many_sessions_it_takes(values, needed):
    assert missing(values, DOSE, newest_on=NEWER).needed == needed


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (value("good", "bad", NEWER), "Sat 14 Mar was a bad session."),
        (value("good", "unknown", NEWER), "The session of Sat 14 Mar lacks a pain score."),
        (value("recent", "forearm-plank", NEWER), "The session of Sat 14 Mar is too long ago to count."),
        (value("target", 20, NEWER, "s"), "On Sat 14 Mar you trained at 20 s."),
        (value("lowest_set", 24, NEWER, "s"), "On Sat 14 Mar your lowest set was 24 s."),
        (value("sets", 2, NEWER, "sets"), "On Sat 14 Mar you did 2 sets."),
        (value("form", "lost", NEWER), "On Sat 14 Mar you lost your form."),
    ],
)
def test_says_what_a_session_lacked(fault, said):
    assert missing([fault], DOSE, newest_on=NEWER).faults == (said,)


def test_a_middling_session_says_what_a_good_one_is():
    (fault,) = missing([value("good", "okay", NEWER)], DOSE, newest_on=NEWER).faults

    assert "pain has to stay low and settle by the next morning" in fault


def test_off_its_ladder_no_step_follows():
    told = missing([value("rung", "forearm-plank"), value("sessions", 2)], DOSE, newest_on=None)

    assert told.needed == "This exercise is no longer on its ladder, so no step follows."
    assert told.faults == ()


def test_a_new_dose_takes_two_sessions():
    one_set = Dose(exercise="cat-cow", sets=1, target=8, unit="reps")

    assert from_scratch(one_set).needed == "Two good sessions in a row, with its set at 8 reps."
