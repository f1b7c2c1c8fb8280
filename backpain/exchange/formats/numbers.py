"""Numbers, distances, durations and scores as tables write them: text in, a value or a refusal out."""

from __future__ import annotations

import re
from collections import Counter

METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344}
SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0}
UNIT_WORDS = {
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres", "metri", "metros", "metrów"), "m"),
    **dict.fromkeys(
        ("km", "kms", "k", "kilometer", "kilometers", "kilometre", "kilometres", "kilómetros", "chilometri"),
        "km",
    ),
    **dict.fromkeys(("mi", "mile", "miles", "meilen", "milles", "millas", "miglia", "mijl", "milhas"), "mi"),
    **dict.fromkeys(
        ("s", "sec", "secs", "second", "seconds", "sek", "sekunden", "secondes", "segundos"), "s"
    ),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "minuten", "minutos", "minuti"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std", "stunden", "heures", "horas", "ore"), "h"),
    **dict.fromkeys(("h:mm:ss", "hh:mm:ss", "h:m:s", "mm:ss"), "clock"),
}
EMPTY = {"", "-", "--", "—", "–", "n/a", "na", "nan", "none", "null"}

PROOFS_WANTED = 1000  # numbers of a column that tell its decimal mark; more would tell nothing new

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_ONCE_IN_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}(?!\d)")
_WITH_UNIT = re.compile(r"(.*?\d[.,]?)\s*([^\W\d_]+)\.?", re.DOTALL)
_SPACES = str.maketrans({"\u2212": "-", **dict.fromkeys(" \u00a0\u202f\u2009'’", "")})
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d+)?)")
_WORDED = re.compile(
    r"(?:(\d{1,4})\s*h[a-z]*\.?)?\s*(?:(\d{1,4})\s*(?:m|min|mins|minutes?|minuten|')\.?)?\s*(?:(\d{1,6})\s*(?:s[a-z]*|\"|'')\.?)?",
    re.IGNORECASE,
)
_SCORE = re.compile(r"(\d{1,2})(?:[.,]0+)?(?:\s*/\s*10)?")


class Unreadable(ValueError):
    """There is a text, and it is no such value."""


def is_empty(text: str) -> bool:
    return text.strip().casefold() in EMPTY


def number(text: str, mark: str = ".") -> float:
    """Return the number in a text whose decimals follow `mark`; the other one parts thousands."""
    digits = text.translate(_SPACES)
    digits = digits.replace(".", "").replace(",", ".") if mark == "," else digits.replace(",", "")
    if not _NUMBER.fullmatch(digits):
        raise Unreadable
    return float(digits)


class Marks:
    """Learns from the numbers of a column what stands before their decimals."""

    def __init__(self) -> None:
        self._proofs: Counter[str] = Counter()
        self._unproved = ""
        self._wanted = PROOFS_WANTED

    def add(self, text: str) -> None:
        if not self._wanted or not ("," in text or "." in text):
            return
        mark, is_proved = _mark_of(text.translate(_SPACES))
        if is_proved:
            self._proofs[mark] += 1
            self._wanted -= 1
        else:
            self._unproved = mark

    @property
    def mark(self) -> str:
        """Return the decimal mark, with "?" before it where three digits follow it each time.

        So "?," may be 5,123 km or 5,123 m: `settled` tells by the unit.
        """
        if self._proofs:
            return self._proofs.most_common(1)[0][0]
        return f"?{self._unproved}" if self._unproved else "."


def settled(mark: str, unit: str) -> str:
    """Return the decimal mark: nobody measures thousandths of a metre, and few run thousands of kilometres."""
    if not mark.startswith("?"):
        return mark
    return _other(mark[1]) if unit == "m" else mark[1]


def distance_m(text: str, unit: str, mark: str) -> float:
    """Return metres; a unit in the text itself counts more than the column's."""
    found = _WITH_UNIT.fullmatch(text.strip())
    if not found:
        return number(text, settled(mark, unit)) * METRES[unit]
    own = UNIT_WORDS.get(found[2].casefold(), "")
    if own not in METRES:
        raise Unreadable
    return number(found[1], settled(mark, own)) * METRES[own]


def duration_s(text: str, unit: str, mark: str) -> float:
    """Return seconds; `unit` is "clock" (h:mm:ss or mm:ss), "hm" (h:mm), "s", "min" or "h"."""
    text = text.strip()
    if found := _CLOCK.fullmatch(text):
        first, second, third = found.groups()
        if first is None and unit == "hm":
            return 3600.0 * int(second) + 60 * number(third, ",")
        return 3600.0 * int(first or 0) + 60 * int(second) + number(third.replace(",", "."))
    if unit in SECONDS and not text[-1:].isalpha():
        return number(text, settled(mark, unit)) * SECONDS[unit]
    found = _WORDED.fullmatch(text)
    if not found or not any(found.groups()):
        raise Unreadable
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return 3600.0 * hours + 60 * minutes + seconds


def score(text: str) -> int:
    """Return a whole number from 0 to 10."""
    found = _SCORE.fullmatch(text.strip())
    if not found or int(found[1]) > 10:
        raise Unreadable
    return int(found[1])


def _mark_of(text: str) -> tuple[str, bool]:
    """Return the decimal mark a number shows, and whether it proves it."""
    last = max(text.rfind(","), text.rfind("."))
    mark, before = text[last], text[:last]
    if mark in before:
        return _other(mark), True  # it parts thousands
    if _other(mark) in before:
        return mark, True
    return mark, not _ONCE_IN_THOUSANDS.match(text)


def _other(mark: str) -> str:
    return "." if mark == "," else ","
