"""Small files as trackers write them, made here: the real ones lie beside the project and are not part of it."""

import datetime as dt

from garmin_fit_sdk import Encoder, Profile

START = dt.datetime(2026, 5, 3, 6, 30, tzinfo=dt.UTC)
HEAD = ("file_id", {"type": "activity", "manufacturer": "development"})
TCX_NAMESPACE = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"


def fit(*messages):
    """Write messages, as (name, fields), into a FIT file with a right checksum; None leaves a field out."""
    encoder = Encoder()
    for name, fields in messages:
        said = {key: value for key, value in fields.items() if value is not None}
        encoder.write_mesg({"mesg_num": Profile["mesg_num"][name.upper()], **said})
    return bytes(encoder.close())


def fit_run(*, summary_first=False, **changes):
    """Write a run of 10 minutes, its summary after the samples as devices do."""
    samples = fit_records(11)
    return (
        fit(HEAD, session(**changes), *samples) if summary_first else fit(HEAD, *samples, session(**changes))
    )


def session(**changes):
    return "session", {
        "start_time": START,
        "sport": "running",
        "total_distance": 2000.0,
        "total_timer_time": 600.0,
        "total_elapsed_time": 660.0,
    } | changes


def fit_records(count):
    """One sample a minute, 200 m apart."""
    return [("record", {"timestamp": minutes(n), "distance": 200.0 * n}) for n in range(count)]


def minutes(count):
    return START + dt.timedelta(minutes=count)


def gpx(*tracks, creator="Test"):
    inside = "".join(tracks)
    return f'<gpx version="1.1" creator="{creator}" xmlns="http://www.topografix.com/GPX/1/1">{inside}</gpx>'.encode()


def track(*segments, kind="running", name=""):
    inside = "".join(f"<trkseg>{''.join(map(point, segment))}</trkseg>" for segment in segments)
    return f"<trk><name>{name}</name>{f'<type>{kind}</type>' if kind else ''}{inside}</trk>"


def point(values):
    latitude, longitude, time = values
    return f'<trkpt lat="{latitude}" lon="{longitude}">{f"<time>{time}</time>" if time else ""}</trkpt>'


def tcx(*activities):
    return (
        f'<TrainingCenterDatabase xmlns="{TCX_NAMESPACE}">'
        f"<Activities>{''.join(activities)}</Activities></TrainingCenterDatabase>"
    ).encode()


def activity(*laps, sport="Running"):
    return f'<Activity Sport="{sport}"><Id>2026-05-03T06:30:00Z</Id>{"".join(laps)}</Activity>'


def lap(start="2026-05-03T06:30:00Z", *, seconds="600", metres="2000", points=()):
    total = f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds>" if seconds is not None else ""
    distance = f"<DistanceMeters>{metres}</DistanceMeters>" if metres is not None else ""
    return f'<Lap StartTime="{start}">{total}{distance}<Track>{"".join(points)}</Track></Lap>'


def trackpoint(time, *, metres=None, place=None):
    counted = f"<DistanceMeters>{metres}</DistanceMeters>" if metres is not None else ""
    position = (
        f"<Position><LatitudeDegrees>{place[0]}</LatitudeDegrees>"
        f"<LongitudeDegrees>{place[1]}</LongitudeDegrees></Position>"
        if place
        else ""
    )
    return f"<Trackpoint><Time>{time}</Time>{position}{counted}</Trackpoint>"
