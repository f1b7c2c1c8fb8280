import subprocess
import sys
from pathlib import Path

import pytest

from backpain.activity_files import MAX_BYTES, NotReadable, isolated, read_isolated
from backpain.activity_files.reader import read

PROJECT = Path(__file__).parents[2]


def refusal_of(content, now):
    with pytest.raises(NotReadable) as refusal:
        read_isolated(content, now=now)
    return refusal.value


def test_gives_the_same_activity_as_the_parser_itself(real_file, now):
    content = real_file("compressed-speed-distance.fit")

    assert read_isolated(content, now=now) == read(content, now=now)


def test_passes_a_refusal_on_with_what_was_readable(real_file, now):
    refusal = refusal_of(real_file("invalid/activity-filecrc.fit"), now)

    assert refusal.code == "damaged"
    assert refusal.readable.distance_m == 5.7


def test_passes_a_refusal_without_anything_readable_on(now):
    refusal = refusal_of(b"no activity", now)

    assert refusal.code == "not_an_activity"
    assert refusal.readable is None


def test_refuses_a_large_file_without_starting_a_child(now, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a child was started"))

    assert refusal_of(b"<" * (MAX_BYTES + 1), now).code == "too_large"


def test_survives_a_file_that_needs_too_much_memory(now):
    deep = b"<a>" * (MAX_BYTES // 3)

    assert refusal_of(deep, now).code == "too_complex"


def test_stops_a_child_that_takes_too_long(now, monkeypatch):
    monkeypatch.setattr(isolated, "WALL_CLOCK_S", 0.001)

    assert refusal_of(b"<gpx/>", now).code == "too_complex"


@pytest.mark.parametrize(
    ("returncode", "code"), [(-24, "too_complex"), (-9, "too_complex"), (-11, "damaged"), (1, "damaged")]
)
def test_turns_the_end_of_a_child_into_a_refusal(returncode, code, now, monkeypatch):
    ended = subprocess.CompletedProcess([], returncode, stdout=b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ended)

    assert refusal_of(b"<gpx/>", now).code == code


def test_keeps_the_parent_free_of_parsers_and_the_child_free_of_django():
    assert not {"gpxpy", "garmin_fit_sdk", "fitdecode"} & modules_after("backpain.activity_files")
    assert "django" not in modules_after("backpain.activity_files.reader")


def modules_after(imported):
    code = f"import sys, {imported}; print(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", code], cwd=PROJECT, text=True).split())
