"""What was advised and what the runner did with it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from backpain.accounts.models import User
from backpain.coach.decision import Verdict
from backpain.insights.series import Period
from backpain.plan.models import Answer, Because
from backpain.plan.wording import Explained, explain_all
from backpain.plan.words.reasons import VERDICTS

from . import queries, words
from .contents import AdvicePart, Declined, Options, Some, Spell, newest
from .queries import AdviceRow, AnswerRow

MOST_SPELLS, MOST_DECLINED = 4, 3  # what fits on one page; it says how many there are
WARNING_SIGNS = "R-"  # the rules that go by what the runner answered (rules.md 3)


class Stood(NamedTuple):
    """Advice to get help: the first and the newest of it, and when something lesser followed, if anything did."""

    first: AdviceRow
    newest: AdviceRow
    until: dt.date | None


def advice_part(runner: User, period: Period, options: Options) -> AdvicePart:
    days = {"first": period.first, "last": period.last}
    before, rows = queries.advice_of(runner, **days)
    counts = Counter(row.verdict for row in rows)
    said = queries.answers_of(runner, **days)
    declined = [_declined(row, options) for row in said if row.answer == Answer.DECLINED]
    return AdvicePart(
        counts=[(str(VERDICTS[v]), n) for v in Verdict if (n := counts[v.name.lower()])],
        spells=_spells(runner, before, rows, period, options),
        accepted=sum(row.answer == Answer.ACCEPTED for row in said),
        later=sum(row.answer == Answer.LATER for row in said),
        declined=newest(declined, MOST_DECLINED),
        rulesets=words.rulesets(list(dict.fromkeys(row.ruleset for row in rows))),
    )


def _declined(row: AnswerRow, options: Options) -> Declined:
    because = str(Because(row.because).label) if row.because else ""
    return Declined(
        on=row.on, ladder=row.ladder, because=because, note=row.note if options.with_notes else ""
    )


def spells_of(before: AdviceRow | None, rows: Sequence[AdviceRow]) -> list[Stood]:
    """Return the times for which advice to get help stood, oldest first; another verdict begins another one.

    `before` is what was in force when the days of `rows` began.
    """
    found: list[Stood] = []
    standing: Stood | None = None
    for row in [before, *rows] if before else rows:
        if standing and row.verdict == standing.first.verdict:
            standing = standing._replace(newest=row)
            continue
        if standing:
            found.append(standing._replace(until=max(standing.first.on, row.on)))
        needs_help = Verdict[row.verdict.upper()] >= Verdict.PROFESSIONAL
        standing = Stood(row, row, None) if needs_help else None
    return [*found, standing] if standing else found


def _spells(
    runner: User, before: AdviceRow | None, rows: Sequence[AdviceRow], period: Period, options: Options
) -> Some[Spell]:
    found = [one for one in spells_of(before, rows) if one.until is None or one.until >= period.first]
    shown = found[: -MOST_SPELLS - 1 : -1]
    keys = {row.pk for one in shown for row in (one.first, one.newest)}
    given = queries.advice_in_full(runner, keys) if keys else []
    explained = dict(zip((advice.pk for advice in given), explain_all(given), strict=True))
    told = [
        Spell(
            verdict=one.first.verdict,
            verdict_words=str(VERDICTS[Verdict[one.first.verdict.upper()]]),
            days=words.spell(one.first.on, one.until, first=period.first, last=period.last),
            reasons=_reasons([explained[one.first.pk], explained[one.newest.pk]], options),
        )
        for one in shown
    ]
    return Some(rows=told, count=len(found))


def _reasons(given: Sequence[Explained], options: Options) -> list[str]:
    """Return why advice was given, in the words the runner read and when, the newest of each rule."""
    told = {
        reason.rule: words.told(reason.text, advice.on) for advice in given for reason in advice.main_reasons
    }
    shown = (
        str(words.LEFT_OUT) if rule.startswith(WARNING_SIGNS) and not options.with_screening else text
        for rule, text in told.items()
    )
    return list(dict.fromkeys(shown))
