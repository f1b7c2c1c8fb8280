"""The words for what made a rule fire: values with their labels, units and days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from backpain.coach.decision import Dose, Value
from backpain.ui.templatetags.ui import day, distance, duration

from .labels import ANSWERS, CONDITIONS, LABELS, PHRASES, PLACES, SHOWN, SIDES, SIGNS, UNITS

AGO = {"episode_days", "gap_days", "walking", "last_strength"}
COUNTS = {"", "days", "years"}
RUN_AMOUNTS = {"run", "longest", "run_to_go_by", "week_total", "usual_week", "shoe_distance"}
OWN_WORDS = {"shoe"}  # what the runner called it
RATIOS = {"load_ratio", "week_ratio"}
NAMES_AN_EXERCISE = {"session", "missing.rung", "missing.recent", "uneven", "movement"}
LACKING = {"never", "unknown", "missing"}
APART = {"missing.rung", "missing.good", "missing.form"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """A value in words: as the row of a table, and as a phrase inside a sentence."""

    label: str
    value: str
    on: dt.date | None
    phrase: str


@dataclass(frozen=True, kw_only=True)
class Names:
    """Slugs to the names runners read, exercises' figures as data, and the units runners run in."""

    exercises: Mapping[str, str]
    ladders: Mapping[str, str]
    figures: Mapping[str, Any] = field(default_factory=dict)
    units: str = "km"

    def exercise(self, slug: str) -> str:
        return self.exercises.get(slug, slug)

    def ladder(self, slug: str | None) -> str:
        return self.ladders.get(slug, slug) if slug else ""


def said(value: Value, names: Names) -> Said:
    """Return a value in words; the date of a value that is one is no second column."""
    as_date = _date(value)
    label = _label(value.what)
    shown = day(as_date) if as_date else _shown(value, names)
    return Said(
        label=label, value=shown, on=None if as_date else value.on, phrase=_phrase(value, label, shown)
    )


def _phrase(value: Value, label: str, shown: str) -> str:
    if value.what in OWN_WORDS:
        return f"{label} {shown}"
    if value.value == "yes":
        return label
    if isinstance(value.value, str):
        is_apart = value.value in LACKING or value.what in APART or value.what.startswith("answer.")
        word = in_sentence(shown) if value.what in NAMES_AN_EXERCISE else shown
        return f"{label}: {word}" if is_apart else f"{label} {word}"
    if phrase := PHRASES.get(value.what):
        return str(phrase) % {"n": plain(value.value), "amount": shown}
    if value.unit == "/10":
        return f"{label} {plain(value.value)}"
    is_count = value.on is None and value.unit in COUNTS
    return f"{label}: {shown}" if is_count else f"{label} {shown}"


def _label(what: str) -> str:
    kind, _dot, name = what.partition(".")
    table = {"answer": ANSWERS, "sign": SIGNS, "condition": CONDITIONS}.get(kind)
    return str(LABELS.get(what, what) if table is None else table.get(name, name))


def listed(values: Iterable[Value], names: Names) -> str:
    """Return values as one phrase, by day: "Sat 14 Mar: pain 1 before the run, pain 3 after the run"."""
    phrases = []
    in_order = sorted((said(value, names) for value in values), key=lambda one: one.on or dt.date.max)
    for on, group in groupby(in_order, key=lambda one: one.on):
        words = ", ".join(one.phrase for one in group)
        phrases.append(f"{day(on)}: {words}" if on else words)
    return "; ".join(phrases)


def amount(number: float, unit: str) -> str:
    """Return "25 s", "4 of 10" or "3 days"."""
    if unit == "days":
        return ngettext("%(n)s day", "%(n)s days", round(number)) % {"n": plain(number)}
    if unit == "sets":
        return ngettext("%(n)s set", "%(n)s sets", round(number)) % {"n": plain(number)}
    return str(UNITS.get(unit, "%(n)s")) % {"n": plain(number)}


def in_sentence(name: str) -> str:
    """Return a name as it stands within a sentence; languages that keep capitals say so."""
    # Translators: "no" where names of exercises keep their capital inside a sentence.
    keeps = pgettext("small letter for exercise names inside a sentence", "yes") == "no"
    return name if keeps or name[1:2] == "-" else name[:1].lower() + name[1:]


def dose_words(dose: Dose) -> str:
    """Return "3 × 25 s"."""
    return f"{dose.sets} × {amount(dose.target, dose.unit)}"


def plain(number: float) -> str:
    """Return a number with no more places than it needs, two at most."""
    rounded = round(number, 2)
    places = 0 if rounded == int(rounded) else 1 if rounded * 10 == int(rounded * 10) else 2
    return number_format(rounded, places)


def _shown(value: Value, names: Names) -> str:
    if value.what in OWN_WORDS:
        return _("“%(name)s”") % {"name": value.value}
    if value.what == "site":
        return _place(str(value.value))
    if value.what in NAMES_AN_EXERCISE:
        return names.exercise(str(value.value))
    if value.what == "missing.good" and value.value == "unknown":
        return _word("unknown_grade")
    if isinstance(value.value, str):
        return _word(value.value)
    if value.what in RUN_AMOUNTS:
        return distance(value.value, names.units) if value.unit == "m" else duration(value.value)
    if value.what in RATIOS:
        return _("%(n)s times") % {"n": plain(value.value)}
    if value.what in AGO:
        return _("%(days)s ago") % {"days": amount(value.value, "days")}
    return amount(value.value, value.unit)


def _word(word: object) -> str:
    return str(SHOWN.get(str(word), word))


def _date(value: Value) -> dt.date | None:
    same = value.on is not None and str(value.value) == value.on.isoformat() and value.what not in OWN_WORDS
    return value.on if same else None


def _place(site: str) -> str:
    place, _dash, side = site.rpartition("-")
    if side not in SIDES:
        return str(PLACES.get(site.removesuffix("-middle"), site))
    return _("%(place)s, %(side)s") % {"place": PLACES.get(place, place), "side": SIDES[side]}
