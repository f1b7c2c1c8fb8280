import datetime as dt

import pytest

from tests.activity_files.files import gpx, track
from tests.activity_files.reading import read, read_all, refusal_of

# A thousandth of a degree of latitude is 111 m.
FIRST = ("46.000", "14.0", "2026-05-03T06:30:00Z")
SECOND = ("46.001", "14.0", "2026-05-03T06:31:00Z")
THIRD = ("46.002", "14.0", "2026-05-03T06:32:00Z")


def at(time, *points):
    """Return the points in Slovenia as if recorded from a time on, a minute apart."""
    begin = dt.datetime.fromisoformat(time)
    return [
        (latitude, longitude, (begin + dt.timedelta(minutes=n)).isoformat())
        for n, (latitude, longitude, _) in enumerate(points)
    ]


def test_gives_distance_and_recorded_time(now):
    run = read(gpx(track([FIRST, SECOND, THIRD])), now=now)

    assert (run.sport, run.started_at) == ("run", dt.datetime(2026, 5, 3, 6, 30, tzinfo=dt.UTC))
    assert run.distance_m == pytest.approx(222, abs=1)
    assert (run.duration_s, run.elapsed_s) == (120.0, 120.0)
    assert run.warnings == ()


def test_leaves_the_pause_between_two_stretches_out(now):
    far_and_later = [("47.000", "14.0", "2026-05-03T07:30:00Z"), ("47.001", "14.0", "2026-05-03T07:31:00Z")]

    run = read(gpx(track([FIRST, SECOND], far_and_later)), now=now)

    assert run.distance_m == pytest.approx(222, abs=1)
    assert (run.duration_s, run.elapsed_s) == (120.0, 3660.0)


def test_of_several_tracks_is_one_activity_with_pauses(now):
    after_lunch = at("2026-05-03T12:30:00Z", FIRST, SECOND)

    run = read(gpx(track([FIRST, SECOND, THIRD]), track([], kind=""), track(after_lunch, kind="")), now=now)

    assert (run.duration_s, run.elapsed_s) == (180.0, 21_660.0)


def test_of_tracks_half_a_day_apart_is_several_activities(now):
    evening = at("2026-05-03T12:33:00Z", FIRST, SECOND)

    early, late = read_all(gpx(track([FIRST, SECOND, THIRD]), track(evening)), now=now)

    assert (early.duration_s, late.duration_s) == (120.0, 60.0)
    assert late.started_at == dt.datetime(2026, 5, 3, 12, 33, tzinfo=dt.UTC)


def test_of_tracks_of_different_sports_is_several_activities(now):
    cooling_down = at("2026-05-03T06:33:00Z", FIRST, SECOND)

    run, walk = read_all(gpx(track([FIRST, SECOND]), track(cooling_down, kind="walking")), now=now)

    assert (run.sport, walk.sport) == ("run", "walk")


def test_of_a_track_and_a_route_without_times_gives_the_track_and_mentions_the_other(now):
    untimed = [("46.000", "14.0", None), ("46.001", "14.0", None)]

    run = read(gpx(track([FIRST, SECOND]), track(untimed, kind="cycling")), now=now)

    assert (run.sport, run.warnings) == ("run", ("part_unreadable",))


@pytest.mark.parametrize(
    "kind", ["9", "Running", "trail_running", "RUNNING", "Run", "TrailRun", "street running", " jogging "]
)
def test_knows_the_words_for_a_run(kind, now):
    assert read(gpx(track([FIRST, SECOND], kind=kind)), now=now).sport == "run"


@pytest.mark.parametrize(
    ("kind", "sport"),
    [("Walking", "walk"), ("10", "walk"), ("hike", "walk"), ("touring cycling", "ride"), ("1", "ride")],
)
def test_knows_the_words_for_other_sports(kind, sport, now):
    assert read(gpx(track([FIRST, SECOND], kind=kind)), now=now).sport == sport


@pytest.mark.parametrize("kind", ["Sunday", "unknown", "", "Ski run"])
def test_offers_what_it_cannot_name(kind, now):
    activity = read(gpx(track([FIRST, SECOND], kind=kind, name="Running late")), now=now)

    assert activity.sport == "unknown"
    assert activity.warnings == ("sport_unknown",)


def test_of_runkeeper_has_its_sport_in_the_name(now):
    named = track([FIRST, SECOND], kind="", name="<![CDATA[Running 5/3/26 8:30 am]]>")

    assert read(gpx(named, creator="Runkeeper - http://www.runkeeper.com"), now=now).sport == "run"


def test_with_extensions_and_a_time_of_its_own_is_read_by_its_points(now):
    content = b"""<?xml version="1.0" encoding="UTF-8"?>
    <gpx version="1.1" creator="COROS Wearables" xmlns="http://www.topografix.com/GPX/1/1"
         xmlns:gpxdata="http://www.cluetrust.com/XML/GPXDATA/1/0"
         xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
      <metadata><time>2026-05-03T09:00:00Z</time></metadata>
      <trk><type>Run</type><trkseg>
        <trkpt lon="14.0" lat="46.000"><ele>11</ele><time>2026-05-03T06:30:00.000Z</time><extensions>
          <gpxdata:distance>0.0</gpxdata:distance></extensions></trkpt>
        <trkpt lon="14.0" lat="46.001"><ele>11</ele><time>2026-05-03T08:31:00.000+02:00</time><extensions>
          <ns3:TrackPointExtension><ns3:hr>140</ns3:hr></ns3:TrackPointExtension></extensions></trkpt>
      </trkseg></trk>
    </gpx>"""

    run = read(content, now=now)

    assert (run.sport, run.started_at) == ("run", dt.datetime(2026, 5, 3, 6, 30, tzinfo=dt.UTC))
    assert (run.distance_m, run.duration_s) == (pytest.approx(111, abs=1), 60.0)


def test_with_a_time_in_its_head_alone_has_no_times(now):
    head = "<metadata><time>2026-05-03T06:30:00Z</time></metadata>"
    untimed = [("46.000", "14.0", None), ("46.001", "14.0", None)]

    assert refusal_of(gpx(head, track(untimed)), now).code == "no_times"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
@pytest.mark.parametrize("declared", ["itself", "utf-8", "utf-16"])
def test_is_read_in_any_encoding_whatever_it_says(encoding, declared, now):
    if encoding == "iso-8859-1" or declared == "itself":
        declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>' + gpx(track([FIRST, SECOND], kind="Läufe")).decode()

    assert read(text.encode(encoding), now=now).duration_s == 60.0


@pytest.mark.parametrize("place", ["NaN 14", "14 NaN", "inf 14", "-1e999 14", "91 14", "north 14", "0.0 0.0"])
def test_leaves_impossible_positions_out(place, now):
    run = read(gpx(track([FIRST, (*place.split(), "2026-05-03T06:30:30Z"), SECOND])), now=now)

    assert run.distance_m == pytest.approx(111, abs=1)
    assert run.warnings == ("points_left_out",)


def test_with_no_usable_position_has_no_track(now):
    assert refusal_of(gpx(track([("NaN", "NaN", "2026-05-03T06:30:00Z")])), now).code == "no_track"


@pytest.mark.parametrize("tracks", [[], ["<trk/>"], [track([])], [track([], [])]])
def test_without_points_has_no_track(tracks, now):
    assert refusal_of(gpx(*tracks), now).code == "no_track"


def test_with_mostly_untimed_points_has_no_times(now):
    points = [FIRST, ("46.001", "14.0", None), ("46.002", "14.0", "noon")]

    assert refusal_of(gpx(track(points)), now).code == "no_times"


def test_with_some_untimed_points_says_so(now):
    run = read(gpx(track([FIRST, SECOND, ("46.002", "14.0", None)])), now=now)

    assert run.distance_m == pytest.approx(222, abs=1)
    assert (run.duration_s, run.warnings) == (60.0, ("points_untimed",))


def test_with_times_that_step_back_says_so(now):
    run = read(gpx(track([SECOND, FIRST])), now=now)

    assert (run.duration_s, run.warnings) == (60.0, ("times_unordered",))


@pytest.mark.parametrize(
    ("last", "code"),
    [
        (("49.0", "14.0", "2026-05-03T09:30:00Z"), "distance_impossible"),  # 333 km
        (("46.001", "14.0", "2026-05-04T06:30:01Z"), "duration_impossible"),
        (("46.001", "14.0", "1989-12-31T23:59:59Z"), "date_impossible"),
        (("46.001", "14.0", "0001-01-01T00:00:00Z"), "date_impossible"),
        (("46.001", "14.0", "2106-02-07T06:28:15Z"), "duration_impossible"),
    ],
)
def test_with_an_impossible_value_is_refused(last, code, now):
    assert refusal_of(gpx(track([FIRST, last])), now).code == code


@pytest.mark.parametrize("begin", ["2106-02-07T06:28:15Z", "1989-12-31T20:00:00Z"])
def test_of_another_age_is_refused(begin, now):
    assert refusal_of(gpx(track(at(begin, FIRST, SECOND))), now).code == "date_impossible"


def test_with_year_one_east_of_greenwich_has_no_times(now):
    before_year_one = (*FIRST[:2], "0001-01-01T00:00:00+01:00")

    assert refusal_of(gpx(track([before_year_one, before_year_one])), now).code == "no_times"
