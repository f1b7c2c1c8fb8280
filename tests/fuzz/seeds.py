"""Files that are right, to be made wrong: small ones made here, and the real ones where they lie beside the project."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from backpain.activity_files import MAX_BYTES
from backpain.activity_files.fit_frames import checksum
from tests.activity_files.files import (
    HEAD,
    activity,
    fit,
    fit_records,
    fit_run,
    gpx,
    lap,
    minutes,
    session,
    tcx,
    track,
    trackpoint,
)
from tests.shared import FOLDER

REAL = FOLDER / "data" / "activities"
POINTS = [(f"46.{n:03}", "14.5", f"2026-05-03T06:{30 + n}:00Z") for n in range(10)]
LOCAL = [(latitude, longitude, time.removesuffix("Z")) for latitude, longitude, time in POINTS]
TRACKPOINTS = [
    trackpoint(time, metres=100 * n, place=(latitude, longitude))
    for n, (latitude, longitude, time) in enumerate(POINTS)
]


def fits() -> list[bytes]:
    triathlon = [
        session(sport="swimming"),
        session(start_time=minutes(20), sport="transition"),
        session(start_time=minutes(30)),
    ]
    laps = [("lap", dict(session()[1], timestamp=minutes(11)))]
    return [
        fit_run(),
        fit_run(summary_first=True),
        fit(HEAD, *fit_records(11)),
        fit(HEAD, *fit_records(11), *laps),
        fit(HEAD, *triathlon),
        fit_run() + fit_run(start_time=minutes(90)),
        *_real("fit"),
    ]


def gpxes() -> list[bytes]:
    return [
        gpx(track(POINTS)),
        gpx(track(POINTS[:3], POINTS[4:]), track(LOCAL, kind="walking")),
        b"\xff\xfe" + gpx(track(LOCAL)).decode().encode("utf-16-le"),
        *_real("gpx"),
    ]


def tcxes() -> list[bytes]:
    return [
        tcx(activity(lap(points=TRACKPOINTS))),
        tcx(activity(lap(seconds=None, metres=None, points=TRACKPOINTS), lap())),
        tcx(activity(lap(), sport="Biking"), activity(lap("2026-05-03T08:30:00", points=TRACKPOINTS))),
        *_real("tcx"),
    ]


def tables() -> list[bytes]:
    runs = [f"2026-05-{day:02}T06:30:00Z,{day}.25,0:{day + 10}:30,Running,note {day}" for day in range(1, 15)]
    comma = "\n".join(["Date,Distance,Duration,Type,Notes", *runs])
    semicolon = (
        "Datum;Strecke (km);Dauer;Bemerkung\n16.03.2026 07:15;8,25;0:48:10;über Stock\n17.03.2026;10;55:00;\n"
    )
    strava = (
        "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename\n"
        '1,"Mar 16, 2026, 7:15:00 AM",Morning Run,Run,2890,8.25,activities/1.fit.gz\n'
        '2,"Mar 17, 2026, 7:15:00 AM",Treadmill,Run,2890,8.25,\n'
    )
    return [
        comma.encode(),
        comma.encode("utf-16"),
        semicolon.encode("cp1252"),
        strava.encode(),
        b'[{"sport_id": 1, "workout_date": "2026-03-16", "distance": 8.25, "duration": "0:48:10"}]',
    ]


def zips() -> list[bytes]:
    files = {"run.fit": fit_run(), "a/walk.gpx": gpx(track(POINTS)), "b/run.tcx": tcx(activity(lap()))}
    return [_zip(files, zipfile.ZIP_DEFLATED), _zip(files, zipfile.ZIP_STORED), _zip({}, zipfile.ZIP_STORED)]


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield files that mean harm, by what they try, one after the other: most are as large as may be."""
    head = fit(HEAD)[14:-2]
    entities = "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise("abcdefghij"))
    yield "XML all depth", b"<a>" * (MAX_BYTES // 3)
    yield "XML all width", b"<gpx>" + b"<trk/>" * (MAX_BYTES // 6 - 2) + b"</gpx>"
    yield "XML of one attribute", b'<gpx a="' + b"a" * (MAX_BYTES - 12) + b'"/>'
    yield "XML of entities", f"<!DOCTYPE gpx [<!ENTITY a 'a'>{entities}]><gpx>&j;</gpx>".encode()
    yield "TCX of empty activities", tcx("<Activity/>" * (MAX_BYTES // 11 - 20))
    yield "FIT of empty messages", _sealed(head + b"\x41\0\0\x14\0\0" + b"\x01" * (MAX_BYTES - 200))
    yield "FIT of definitions", _sealed((b"\x41\0\0\x14\0\xff" + b"\x05\x04\x86" * 255) * 26_000)
    yield "FIT of files", fit(HEAD) * 500_000
    yield "CSV of commas", b"a,b\n1,2\n" + b"," * (MAX_BYTES - 20)
    yield "JSON of empty objects", b"[{}" + b",{}" * (MAX_BYTES // 3 - 2) + b"]"
    yield "JSON all depth", b"[" * MAX_BYTES
    yield "gzip of blanks", gzip.compress(b" " * MAX_BYTES)
    yield "gzip of gzips", gzip.compress(gzip.compress(b" " * MAX_BYTES))


def _sealed(messages: bytes) -> bytes:
    content = b"\x0c\x10\x00\x00" + len(messages).to_bytes(4, "little") + b".FIT" + messages
    return content + checksum(content).to_bytes(2, "little")


def _zip(files: dict[str, bytes], method: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 5, 3, 6, 30, 0)), content, method)
    return packed.getvalue()


def _real(ending: str) -> list[bytes]:
    paths: list[Path] = sorted(REAL.rglob(f"*.{ending}"))
    return [path.read_bytes() for path in paths]
