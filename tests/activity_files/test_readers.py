import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from itertools import count
from multiprocessing import active_children
from pathlib import Path

import pytest

from backpain.activity_files import MAX_BYTES, NotReadable, Readers, read_isolated, readers
from tests.activity_files import probes
from tests.activity_files.files import activity, gpx, lap, tcx, track
from tests.activity_files.reading import ZONE, read

PROJECT = Path(__file__).parents[2]
ROUTE = b"<gpx/>"


@pytest.fixture(scope="module")
def pool(now):
    """One child for all tests; those that end it get a fresh one."""
    with Readers(now=now, zone=ZONE, functions=[probes.pid], children=1) as pool:
        yield pool


def refusal_of(call, *arguments):
    with pytest.raises(NotReadable) as refusal:
        call(*arguments)
    return refusal.value


def test_give_the_same_activity_as_the_parser_itself(real_file, now, pool):
    content = real_file("compressed-speed-distance.fit")

    assert list(pool.read_all([content])) == [[read(content, now=now)]]


def test_keep_the_order_and_go_on_after_a_refusal(real_file, pool):
    files = [ROUTE, real_file("no_hr.tcx"), b"", b"<" * (MAX_BYTES + 1), real_file("cerknicko-jezero.gpx")]

    route, run, empty, large, walk = pool.read_all(files)

    assert [refusal.code for refusal in (route, empty, large)] == ["no_track", "empty", "too_large"]
    assert [run[0].distance_m, walk[0].distance_m] == [4689.2, 4580.1]


def test_pass_on_what_was_readable_of_a_damaged_file(real_file, pool):
    [refusal] = pool.read_all([real_file("invalid/activity-filecrc.fit")])

    assert refusal.code == "damaged"
    assert refusal.readable.distance_m == 5.7


def test_take_a_few_files_at_a_time(pool):
    taken = count()

    next(pool.read_all(ROUTE for _ in taken))

    assert next(taken) <= 4


def test_begin_the_next_call_before_the_last_one_is_answered(pool):
    begun = []

    def calls():
        for number in (-1, -2, -3):
            begun.append(number)
            yield (number,)

    assert [(number, len(begun)) for number in pool.call_each(abs, calls())] == [(1, 2), (2, 3), (3, 3)]


@pytest.mark.parametrize("open_something", [probes.open_socket, probes.open_file, probes.open_database])
def test_open_nothing_in_a_child(open_something, pool):
    assert refusal_of(pool.call, open_something).code == "unreadable"


def test_give_a_child_neither_environment_nor_django(pool):
    assert pool.call(probes.environment) == {}
    assert not {"django", "psycopg", "backpain.settings"} & pool.call(probes.modules)


def test_set_the_limits_of_a_file_anew_for_each(pool):
    for _ in range(2):
        cpu_s, addresses, own_memory, descriptors = pool.call(probes.limits)

        assert cpu_s == pytest.approx(10, abs=0.1)
        assert addresses == (512 * 1024 * 1024,) * 2
        assert own_memory == (320 * 1024 * 1024,) * 2
        assert descriptors == (1, 1)


@pytest.mark.parametrize(
    ("probe", "code"),
    [(probes.burn, "too_complex"), (probes.eat, "too_complex"), (probes.crash, "unreadable")],
)
def test_end_a_child_that_goes_too_far_and_read_on_with_a_fresh_one(probe, code, pool):
    before = pool.call(probes.pid)

    assert refusal_of(pool.call, probe).code == code
    assert pool.call(probes.pid) != before


def test_leave_the_next_file_all_of_the_memory(pool):
    before = pool.call(probes.pid)

    assert [refusal_of(pool.call, probes.eat_and_refuse).code for _ in range(2)] == ["damaged", "damaged"]
    assert pool.call(probes.pid) == before


def test_go_on_after_a_child_was_ended_before_it_said_which_file_it_had(now):
    def contents():
        yield ROUTE
        for child in active_children():  # of all readers: none may mind
            child.kill()
        yield ROUTE

    with Readers(now=now, zone=ZONE, children=1) as pool:
        assert [reading.code for reading in pool.read_all(contents())] == ["no_track", "no_track"]


def test_go_on_after_a_child_that_did_nothing_was_ended(pool):
    before = pool.call(probes.pid)
    os.kill(before, signal.SIGKILL)

    assert pool.call(probes.pid) != before


def test_refuse_a_file_that_ends_every_child_without_a_word(pool, monkeypatch):
    monkeypatch.setattr(readers, "_result", broken)

    assert refusal_of(pool.call, probes.pid).code == "unreadable"


def broken(future):
    raise BrokenProcessPool


def test_end_a_child_that_does_nothing_for_too_long(pool, monkeypatch):
    monkeypatch.setattr(readers, "WALL_CLOCK_S", 0.3)

    assert refusal_of(pool.call, probes.sleep).code == "too_complex"


def test_turn_an_error_of_a_parser_into_a_refusal_that_says_where_it_came_from(pool):
    refusal = refusal_of(pool.call, probes.err)

    assert refusal.code == "unreadable"
    assert "KeyError: 'from a parser'" in str(refusal.__cause__)


def test_know_every_time_zone_before_the_door_closes(pool):
    times = "2026-05-03T06:30:00", "2026-05-03T06:31:00"
    files = [
        gpx(track([(latitude, longitude, time) for time in times]))
        for latitude, longitude in (("46.05", "14.5"), ("-45.87", "170.5"), ("35.68", "139.69"))
    ]

    readings = pool.read_all([*files, tcx(activity(lap(times[0])))])

    assert [run.started_at.isoformat() for [run] in readings] == [
        "2026-05-03T04:30:00+00:00",
        "2026-05-02T18:30:00+00:00",
        "2026-05-02T21:30:00+00:00",
        "2026-05-03T10:30:00+00:00",  # the runner's own
    ]


def test_know_every_encoding_before_the_door_closes(real_file, pool):
    text = '<?xml version="1.0" encoding="windows-1250"?><gpx><trk><name>Škofja Loka</name></trk></gpx>'

    [refusal] = pool.read_all([text.encode("windows-1250")])

    assert refusal.code == "no_track"


def test_replace_a_child_after_so_many_files(now, monkeypatch):
    monkeypatch.setattr(readers, "FILES_A_CHILD", 1)

    with Readers(now=now, zone=ZONE, functions=[probes.pid], children=1) as pool:
        assert pool.call(probes.pid) != pool.call(probes.pid)


def test_give_one_activity_of_one_file(real_file, now):
    content = real_file("garmin-fenix-5-walk.fit")

    assert read_isolated(content, now=now, zone=ZONE) == read(content, now=now)


def test_refuse_a_large_file_without_starting_a_child(now, monkeypatch):
    monkeypatch.setattr(readers.ProcessPool, "schedule", lambda *_, **__: pytest.fail("a child was started"))
    large = b"<" * (MAX_BYTES + 1)

    with pytest.raises(NotReadable, match="too_large"):
        read_isolated(large, now=now, zone=ZONE)


def test_keep_the_parent_free_of_parsers_and_a_child_free_of_django():
    assert not {"gpxpy", "fitdecode", "tzfpy"} & modules_after("import backpain.activity_files")
    # A child imports the program that started its parent, under another name.
    assert "django" not in modules_after(f"import runpy; runpy.run_path({str(PROJECT / 'manage.py')!r})")


def modules_after(code):
    asked = [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"]
    return set(subprocess.check_output(asked, cwd=PROJECT, text=True).split())
