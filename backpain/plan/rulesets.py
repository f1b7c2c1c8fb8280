"""The thresholds in force, and those that older advice was given with."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from backpain.coach.ruleset import breaches, with_changes
from backpain.coach.thresholds import RULESET, SHIPPED, Thresholds

from .models import Ruleset


class Named(NamedTuple):
    """A ruleset that can be applied."""

    name: str
    thresholds: Thresholds


def in_force() -> Named:
    """Return the newest published ruleset, else the shipped one, in one query.

    One that was drafted beside another shipped ruleset, or that a release no longer calls safe, has
    ended: it has to be drafted and tried again.
    """
    newest = Ruleset.objects.exclude(published_at=None).order_by("-published_at", "-pk").first()
    if newest is not None and newest.base == RULESET:
        thresholds = with_changes(newest.changes)
        if not breaches(thresholds):
            return Named(newest.name, thresholds)
    return Named(RULESET, SHIPPED)


def thresholds_of(names: Collection[str]) -> dict[str, Thresholds]:
    """Return the thresholds of the rulesets of these names, as far as they are known.

    The shipped one costs no query, all others one together.
    """
    known = {RULESET: SHIPPED} if RULESET in names else {}
    if others := set(names) - {RULESET}:
        rows = Ruleset.objects.filter(name__in=others, base=RULESET).exclude(published_at=None)
        known |= {row.name: with_changes(row.changes) for row in rows}
    return known
