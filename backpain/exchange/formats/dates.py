"""Dates and times of day as people and programs write them, in many languages."""

from __future__ import annotations

import datetime as dt
import re
from itertools import islice
from typing import NamedTuple

from .months import MONTHS

_NUMERIC = re.compile(
    r"\D{0,12}?(\d{1,4})([\s./\-年년]+)(\d{1,2})[\s./\-月월]+(\d{1,4})(?!\d)(.*)", re.DOTALL
)
_OFFSET = re.compile(r"(?<=[\dMm])\s*(?:(?:UTC|GMT)?([+-])([01]\d):?(00|30|45)|UTC|GMT|Z)$")
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBERS = re.compile(r"\d+")
_DOTTED_HALF = re.compile(r"\b([ap])\.?\s?m\b\.?", re.IGNORECASE)
_FORENOON = {"am", "上午", "午前", "오전"}
_AFTERNOON = {"pm", "下午", "午後", "오후"}
_ISO_DAY_LENGTH = 10
_CENTURY_TURNS = 69  # two digits: 69 is 1969, 68 is 2068, as POSIX reads them


class Moment(NamedTuple):
    day: dt.date
    clock: dt.time | None  # with a zone where the text gives one


class _Numeric(NamedTuple):
    """The three numbers of a date, and what follows them."""

    first: str
    second: str
    third: str
    is_dotted: bool
    rest: str


def moment_of(text: str, *, day_first: bool | None = None) -> Moment | None:
    """Return the day and, where the text has one, the time of day; None where it is no date.

    `day_first` tells what 3/4/2026 means; without it such a date is none.
    """
    text = text.strip()
    try:
        return _iso(text)
    except (ValueError, OverflowError, OSError):
        pass
    text, zone = _without_offset(text)
    numeric = _numeric(text)
    ordered, rest = (_ordered(numeric, day_first), numeric.rest) if numeric else _worded(text)
    if ordered is None:
        return None
    try:
        return Moment(dt.date(*ordered), _clock(rest, zone) if _NUMBERS.search(rest) else None)
    except ValueError:
        return None


def _ordered(date: _Numeric, day_first: bool | None) -> tuple[int, int, int] | None:
    """Return year, month and day."""
    if len(date.first) == 4:
        return int(date.first), int(date.second), int(date.third)
    if date.is_dotted:  # nobody writes the month first and dots
        day_first = True
    elif day_first is None:
        day_first = _told_by(date)
    if day_first is None or len(date.third) not in (2, 4):
        return None
    month, day = (date.second, date.first) if day_first else (date.first, date.second)
    return _year(date.third), int(month), int(day)


def _worded(text: str) -> tuple[tuple[int, int, int] | None, str]:
    """Return year, month and day of a date whose month is a word, and what follows the date."""
    words = (word.casefold() for word in _WORDS.findall(text))
    month = next((MONTHS[word] for word in words if word in MONTHS), None)
    numbers = list(islice(_NUMBERS.finditer(text), 2))
    if month is None or len(numbers) < 2:
        return None, ""
    day, year = sorted((each.group() for each in numbers), key=lambda number: len(number) > 2)
    if len(day) > 2 or len(year) not in (2, 4):
        return None, ""
    return (_year(year), month, int(day)), text[numbers[1].end() :]


def clock_of(text: str) -> dt.time | None:
    """Return a time of day that stands alone, None where the text is none."""
    text, zone = _without_offset(text.strip())
    try:
        return _clock(text, zone)
    except ValueError:
        return None


def day_order(text: str) -> str:
    """Return which order a date's numbers prove: "day" or "month" first, "either", or "" where none is asked."""
    date = _numeric(text.strip())
    if not date or len(date.first) == 4 or date.is_dotted:
        return ""
    day_first = _told_by(date)
    return "either" if day_first is None else "day" if day_first else "month"


def _iso(text: str) -> Moment:
    if text.isdecimal() and len(text) in (10, 13):  # seconds or milliseconds since 1970
        at = dt.datetime.fromtimestamp(int(text[:10]), dt.UTC)
        return Moment(at.date(), at.timetz())
    if not text[:4].isdecimal():
        raise ValueError
    at = dt.datetime.fromisoformat(text)
    return Moment(at.date(), None if len(text) <= _ISO_DAY_LENGTH else at.timetz())


def _without_offset(text: str) -> tuple[str, dt.tzinfo | None]:
    found = _OFFSET.search(text) if ":" in text else None
    if not found:
        return text, None
    sign, hours, minutes = found.groups()
    offset = dt.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return text[: found.start()], dt.timezone(-offset if sign == "-" else offset)


def _numeric(text: str) -> _Numeric | None:
    found = _NUMERIC.match(text)
    if not found:
        return None
    first, separator, second, third, rest = found.groups()
    return _Numeric(first, second, third, "." in separator, rest)


def _told_by(date: _Numeric) -> bool | None:
    """Return whether the day stands first, where only one order gives a month."""
    if int(date.first) > 12:
        return True
    return False if int(date.second) > 12 else None


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= _CENTURY_TURNS else 2000)


def _clock(text: str, zone: dt.tzinfo | None) -> dt.time:
    """Return the time of day, without parts of a second."""
    numbers = _NUMBERS.findall(text)
    words = {word.casefold() for word in _WORDS.findall(_DOTTED_HALF.sub(r" \1m ", text))}
    halved = bool(words & (_FORENOON | _AFTERNOON))
    if not (1 if halved else 2) <= len(numbers) <= 4 or max(map(len, numbers[:3])) > 2:
        raise ValueError(text)
    hour, minute, second = [*map(int, numbers[:3]), 0, 0][:3]
    if halved:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if words & _AFTERNOON else 0)
    return dt.time(hour, minute, second, tzinfo=zone)
