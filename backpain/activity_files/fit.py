"""FIT: Garmin's binary format. The values come from the session message, the device's own summary."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import fitdecode  # type: ignore[import-untyped]
from garmin_fit_sdk import FIT_EPOCH_S, Decoder, Profile, Stream

from .activity import Activity, NotReadable, checked, sport_of
from .markup import steps_back

_NAMES = {Profile["mesg_num"][name.upper()]: name for name in ("file_id", "session", "record")}

_MAX_UINT32 = 2**32 - 1


class _Message(NamedTuple):
    name: str
    fields: Mapping[str, Any]


class _Decoded(NamedTuple):
    messages: list[_Message]  # in the file's order
    intact: bool  # decoded to the last byte, checksum right

    def named(self, name: str) -> list[Mapping[str, Any]]:
        return [message.fields for message in self.messages if message.name == name]


def is_fit(content: bytes) -> bool:
    return content[8:12] == b".FIT"


def activity_of(content: bytes, *, now: dt.datetime) -> Activity:
    """Return the activity; a damaged file gives one only when its summary stands before the damage."""
    decoded = _decode(content)
    if decoded.intact:
        return _activity(decoded, now=now)
    if _summary_comes_first(decoded):
        return _activity(decoded, now=now, warnings=["damaged_samples"])
    try:
        readable = _activity(decoded, now=now)
    except NotReadable:
        readable = None
    raise NotReadable("damaged", readable)


def _decode(content: bytes) -> _Decoded:
    """Decode with Garmin's SDK, with fitdecode where that fails: it knows compressed timestamps."""
    first = _with_garmin_sdk(content)
    if first.intact:
        return first
    second = _with_fitdecode(content)
    return second if second.intact or len(second.messages) > len(first.messages) else first


def _with_garmin_sdk(content: bytes) -> _Decoded:
    messages: list[_Message] = []

    def keep(number: int, fields: Mapping[str, Any]) -> None:
        if number in _NAMES:
            messages.append(_Message(_NAMES[number], fields))

    _, errors = Decoder(Stream.from_byte_array(bytearray(content))).read(
        expand_sub_fields=False, expand_components=False, merge_heart_rates=False, mesg_listener=keep
    )
    return _Decoded(messages, intact=not errors)


def _with_fitdecode(content: bytes) -> _Decoded:
    messages: list[_Message] = []
    try:
        with fitdecode.FitReader(
            content, check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.IGNORE
        ) as frames:
            for frame in frames:
                if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name in _NAMES.values():
                    messages.append(_Message(frame.name, {field.name: field.value for field in frame.fields}))
    except Exception:  # it leaks TypeError, ValueError and more on damaged files
        return _Decoded(messages, intact=False)
    return _Decoded(messages, intact=True)


def _summary_comes_first(decoded: _Decoded) -> bool:
    """Return whether the session precedes the samples, as Strava writes it: damage found later spares it."""
    names = [message.name for message in decoded.messages]
    return "session" in names and "record" in names and names.index("session") < names.index("record")


def _activity(decoded: _Decoded, *, now: dt.datetime, warnings: list[str] | None = None) -> Activity:
    warnings = warnings or []
    if any(file_id.get("type", "activity") != "activity" for file_id in decoded.named("file_id")):
        raise NotReadable("not_an_activity")
    sessions = decoded.named("session")
    if not sessions:
        return _from_records(decoded.named("record"), now=now, warnings=warnings)
    chosen = next((each for each in sessions if _sport(each) == "run"), sessions[0])
    elapsed_s = _number(chosen.get("total_elapsed_time"))
    duration_s = _number(chosen.get("total_timer_time"))
    return checked(
        sport=_sport(chosen),
        started_at=_instant(chosen.get("start_time")),
        distance_m=_number(chosen.get("total_distance")),
        duration_s=elapsed_s if duration_s is None else duration_s,
        elapsed_s=elapsed_s or 0.0,
        now=now,
        warnings=warnings + (["several_activities"] if len(sessions) > 1 else []),
    )


def _from_records(records: list[Mapping[str, Any]], *, now: dt.datetime, warnings: list[str]) -> Activity:
    """Return what the samples alone tell: the device stopped before it wrote its summary."""
    if not records:
        raise NotReadable("not_an_activity")
    instants = [at for record in records if (at := _instant(record.get("timestamp")))]
    distances = [distance for record in records if (distance := _number(record.get("distance"))) is not None]
    elapsed_s = (max(instants) - min(instants)).total_seconds() if instants else 0.0
    return checked(
        sport="unknown",
        started_at=min(instants, default=None),
        distance_m=max(distances, default=None),
        duration_s=elapsed_s,
        elapsed_s=elapsed_s,
        now=now,
        warnings=[*warnings, "no_summary"] + (["times_unordered"] if steps_back(instants) else []),
    )


def _sport(session: Mapping[str, Any]) -> str:
    return sport_of(str(session.get("sport") or "unknown"), otherwise="other")


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _instant(value: object) -> dt.datetime | None:
    """Return the instant; fitdecode leaves a clock that was never set as seconds since FIT's epoch."""
    if isinstance(value, int) and 0 <= value <= _MAX_UINT32:
        return dt.datetime.fromtimestamp(FIT_EPOCH_S + value, dt.UTC)
    return value if isinstance(value, dt.datetime) else None
