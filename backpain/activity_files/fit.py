"""FIT: Garmin's binary format. The values come from the session messages, the device's own summaries."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Self

import fitdecode  # type: ignore[import-untyped]
from fitdecode.profile import MESSAGE_TYPES  # type: ignore[import-untyped]

from .activity import Activity, NotReadable, all_of, checked, main_of, sport_of
from .fit_frames import CompressedTimestamps, Wanted, cut_down, files_in, is_fit
from .markup import steps_back

__all__ = ["activities_of", "is_fit"]

_TOTALS = ("timestamp", "start_time", "total_elapsed_time", "total_timer_time", "total_distance", "sport")
_FIELDS = {
    "file_id": ("type",),
    "sport": ("sport", "sub_sport"),
    "session": (*_TOTALS, "sub_sport"),
    "lap": _TOTALS,
    "record": ("timestamp", "distance"),
}


def _wanted(*names: str) -> Wanted:
    """Return the numbers behind names of messages and of their fields."""
    return {
        kind.mesg_num: {number for number, field in kind.fields.items() if field.name in _FIELDS[kind.name]}
        for kind in MESSAGE_TYPES.values()
        if kind.name in names
    }


_SUMMARIES = _wanted("file_id", "sport", "session")
_EVERYTHING = _wanted(*_FIELDS)
# Said where the sport is none, or is the machine.
_RUNNING_ON = {"treadmill", "indoor_running", "street", "trail", "track", "ultra"}
_NO_SPORT = {"generic", "all", "fitness_equipment"}

# Between the last lap's end and the last sample of a file that was closed in order.
_LAST_SAMPLE = dt.timedelta(seconds=5)
_MAX_UINT32 = 2**32 - 1


class _Message(NamedTuple):
    name: str
    fields: Mapping[str, Any]


class _Decoded(NamedTuple):
    messages: list[_Message]  # in the file's order
    intact: bool  # decoded to the last byte, checksum right

    def named(self, name: str) -> list[Mapping[str, Any]]:
        return [message.fields for message in self.messages if message.name == name]


def activities_of(content: bytes, *, now: dt.datetime) -> list[Activity]:
    """Return the activities: one for each session of a multisport file and for each file chained in one."""
    return all_of(files_in(content), lambda file: _activities_of_file(file, now=now))


def _activities_of_file(content: bytes, *, now: dt.datetime) -> list[Activity]:
    """Return the activities; a damaged file gives some only when its summary stands before the damage."""
    decoded = _read(content, _SUMMARIES)
    if not (decoded.intact and _tells_all(decoded)):
        decoded = _read(content, _EVERYTHING)
    if decoded.intact:
        return _activities(decoded, now=now)
    if _summary_comes_first(decoded):
        return _activities(decoded, now=now, warnings=["damaged_samples"])
    try:
        readable = main_of(_activities(decoded, now=now))
    except NotReadable:
        readable = None
    raise NotReadable("damaged", readable)


def _tells_all(decoded: _Decoded) -> bool:
    """Return whether the summaries are enough, so that nobody needs the samples."""
    needed = ("start_time", "total_timer_time", "total_distance")
    sessions = decoded.named("session")
    return bool(sessions) and all(session.get(name) for session in sessions for name in needed)


def _read(content: bytes, wanted: Wanted) -> _Decoded:
    """Return what the file says in these messages, as far as it can be followed."""
    try:
        cut = cut_down(content, wanted)
    except CompressedTimestamps:
        return _decode(content, fitdecode.CrcCheck.RAISE)
    messages, understood = _decode(cut.content, fitdecode.CrcCheck.DISABLED)
    return _Decoded(messages, intact=cut.intact and understood)


def _decode(content: bytes, check: fitdecode.CrcCheck) -> _Decoded:
    messages: list[_Message] = []
    try:
        with fitdecode.FitReader(
            content, check_crc=check, error_handling=fitdecode.ErrorHandling.IGNORE
        ) as frames:
            for frame in frames:
                if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name in _FIELDS:
                    messages.append(_Message(frame.name, {field.name: field.value for field in frame.fields}))
    except MemoryError:
        raise
    except Exception:  # it leaks TypeError, ValueError and more on damaged files
        return _Decoded(messages, intact=False)
    return _Decoded(messages, intact=True)


def _summary_comes_first(decoded: _Decoded) -> bool:
    """Return whether the session precedes the samples, as Strava writes it: damage found later spares it."""
    names = [message.name for message in decoded.messages]
    return "session" in names and "record" in names and names.index("session") < names.index("record")


def _activities(decoded: _Decoded, *, now: dt.datetime, warnings: Iterable[str] = ()) -> list[Activity]:
    if any((file_id.get("type") or "activity") != "activity" for file_id in decoded.named("file_id")):
        raise NotReadable("not_an_activity")
    # Of a summary written twice the later one holds; the change of clothes in a triathlon is no sport.
    last = {session.get("start_time"): session for session in decoded.named("session")}
    sessions = [session for session in last.values() if session.get("sport") != "transition"]
    samples = _Samples.of(decoded.named("record"))
    if not sessions:
        return [_without_session(decoded, samples, now=now, warnings=warnings)]
    if len(sessions) > 1:
        samples = _Samples([], [])  # of all of them together
    return all_of(
        sessions, lambda session: [_activity(session, samples, decoded, now=now, warnings=warnings)]
    )


class _Samples(NamedTuple):
    instants: list[dt.datetime]
    distances: list[float]

    @classmethod
    def of(cls, records: list[Mapping[str, Any]]) -> Self:
        instants = [at for record in records if (at := _instant(record.get("timestamp")))]
        distances = [metres for record in records if (metres := _number(record.get("distance"))) is not None]
        return cls(instants, distances)

    def as_session(self) -> dict[str, Any]:
        """Return what the samples alone tell, in the words of a session."""
        return {
            "start_time": min(self.instants, default=None),
            "timestamp": max(self.instants, default=None),
            "total_distance": max(self.distances, default=None),
        }


def _without_session(
    decoded: _Decoded, samples: _Samples, *, now: dt.datetime, warnings: Iterable[str]
) -> Activity:
    """Return what laps or samples tell: the device stopped before it wrote its summary, or writes none."""
    laps = decoded.named("lap")
    if not laps and not samples.instants and not samples.distances:
        raise NotReadable("not_an_activity")
    unordered = ["times_unordered"] if steps_back(samples.instants) else []
    told = _laps_as_session(laps, samples) or samples.as_session()
    return _activity(told, samples, decoded, now=now, warnings=[*warnings, "no_summary", *unordered])


def _laps_as_session(laps: list[Mapping[str, Any]], samples: _Samples) -> dict[str, Any] | None:
    """Return what the laps add up to, in the words of a session; None unless they go on to the last sample."""
    ended_at = _instant(laps[-1].get("timestamp")) if laps else None
    if ended_at is None or any(at - ended_at > _LAST_SAMPLE for at in samples.instants):
        return None
    summed = ("total_timer_time", "total_elapsed_time", "total_distance")
    return {
        "start_time": laps[0].get("start_time"),
        "timestamp": ended_at,
        "sport": laps[0].get("sport"),
        **{name: sum(_number(lap.get(name)) or 0.0 for lap in laps) for name in summed},
    }


def _activity(
    session: Mapping[str, Any],
    samples: _Samples,
    decoded: _Decoded,
    *,
    now: dt.datetime,
    warnings: Iterable[str],
) -> Activity:
    """Return the session's activity; what it leaves out is taken from its other fields or the samples."""
    started_at = _instant(session.get("start_time")) or min(samples.instants, default=None)
    ended_at = _instant(session.get("timestamp"))
    elapsed_s = _number(session.get("total_elapsed_time"))
    if elapsed_s is None and started_at and ended_at and ended_at > started_at:
        elapsed_s = (ended_at - started_at).total_seconds()
    return checked(
        sport=_sport(session) if _says_sport(session) else _sport(next(iter(decoded.named("sport")), {})),
        started_at=started_at,
        distance_m=_number(session.get("total_distance")) or max(samples.distances, default=None),
        duration_s=_number(session.get("total_timer_time")) or elapsed_s,
        elapsed_s=elapsed_s or 0.0,
        now=now,
        warnings=warnings,
    )


def _says_sport(fields: Mapping[str, Any]) -> bool:
    return _sport(fields) != "unknown"


def _sport(fields: Mapping[str, Any]) -> str:
    name, detail = str(fields.get("sport") or "unknown"), str(fields.get("sub_sport") or "")
    if name in _NO_SPORT and detail in _RUNNING_ON:
        return "run"
    return sport_of(name, otherwise="other")


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _instant(value: object) -> dt.datetime | None:
    """Return the instant; fitdecode leaves a clock that was never set as seconds since FIT's epoch."""
    if isinstance(value, int) and 0 <= value <= _MAX_UINT32:
        return dt.datetime.fromtimestamp(fitdecode.FIT_UTC_REFERENCE + value, dt.UTC)
    return value if isinstance(value, dt.datetime) else None
