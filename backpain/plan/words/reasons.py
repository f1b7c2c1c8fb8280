"""Reasons in words: a rule that fired, with the runner's values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backpain.coach.decision import Decision, Evidence, Reason, Verdict
from backpain.coach.thresholds import SHIPPED, Thresholds
from backpain.ui.templatetags.ui import METRES_PER_UNIT

from .course import WORDS as COURSE
from .habits import WORDS as HABITS
from .red_flags import WORDS as RED_FLAGS
from .references import Reference, references
from .response import WORDS as RESPONSE
from .rule import RuleWords
from .stopped import stopped_by
from .strength import WORDS as STRENGTH
from .values import Names, Said, listed, plain, said

KM_PER_MILE = METRES_PER_UNIT["mi"] / METRES_PER_UNIT["km"]
WORDS: Mapping[str, RuleWords] = {**RED_FLAGS, **COURSE, **RESPONSE, **STRENGTH, **HABITS}

VERDICTS = {
    Verdict.PROGRESS: gettext_lazy("Next step"),
    Verdict.HOLD: gettext_lazy("Hold"),
    Verdict.REGRESS: gettext_lazy("Ease back"),
    Verdict.PROFESSIONAL: gettext_lazy("See a professional"),
    Verdict.URGENT: gettext_lazy("Medical advice today"),
    Verdict.EMERGENCY: gettext_lazy("Emergency"),
}
GRADES = {
    "strong": gettext_lazy("strong: a guideline or several trials"),
    "moderate": gettext_lazy("moderate: one trial or a large group of people followed"),
    "limited": gettext_lazy("limited: small studies, other parts of the body, or agreement of experts"),
    "article": gettext_lazy("article: an article for runners"),
    "engineering": gettext_lazy("project: our own choice, on the cautious side"),
}


@dataclass(frozen=True, kw_only=True)
class ReasonInWords:
    """`waits` says why the step of this reason is not on offer; empty where it is or has none. `stopped`
    names what this reason keeps from being offered, `again_on` the day it is looked at again.
    """

    rule: str
    verdict: str
    verdict_words: str
    ladder: str
    ladder_slug: str | None
    grade: str
    text: str
    values: tuple[Said, ...]
    threshold: str
    sources: tuple[Reference, ...]
    changes_if: str
    waits: str = ""
    stopped: tuple[str, ...] = ()
    again_on: dt.date | None = None


def reasons_in_words(
    decision: Decision, names: Names, *, thresholds: Thresholds = SHIPPED
) -> Iterable[ReasonInWords]:
    """Yield every reason of a decision in words, most cautious first."""
    waits = {(dropped.rule, dropped.ladder): dropped.because for dropped in decision.suppressed}
    for reason in decision.reasons:
        because = waits.get((reason.rule, reason.ladder))
        stopped = stopped_by(reason, decision, names)
        yield _reason(reason, names, thresholds, because, stopped)


def sentence(rule: str, evidence: Evidence, names: Names, *, thresholds: Thresholds = SHIPPED) -> str:
    """Return what a rule says to a runner, with the runner's values."""
    return str(WORDS[rule].text) % _filled(evidence, names, thresholds)


def general(rule: str, thresholds: Thresholds) -> str:
    return str(WORDS[rule].rule) % numbers_of(thresholds)


def general_threshold(rule: str, thresholds: Thresholds) -> str:
    return str(WORDS[rule].threshold) % numbers_of(thresholds)


def numbers_of(thresholds: Thresholds) -> _Numbers:
    """Return the thresholds as a sentence for everybody may name them."""
    return _Numbers(thresholds, {}, target=_("the target"))


def sources_of(ids: Iterable[str]) -> tuple[Reference, ...]:
    known = references()
    return tuple(known[id_] for id_ in ids if id_ in known)


def _reason(
    reason: Reason, names: Names, thresholds: Thresholds, because: str | None, stopped: tuple[str, ...]
) -> ReasonInWords:
    words = WORDS[reason.rule]
    filled = _filled(reason.evidence, names, thresholds)
    return ReasonInWords(
        rule=reason.rule,
        verdict=reason.verdict.name.lower(),
        verdict_words=str(VERDICTS[reason.verdict]),
        ladder=names.ladder(reason.ladder),
        ladder_slug=reason.ladder,
        grade=str(GRADES[reason.grade]),
        text=str(words.text_of(reason)) % filled,
        values=tuple(said(value, names) for value in reason.evidence.values),
        threshold=str(words.threshold) % filled,
        sources=sources_of(reason.sources),
        changes_if=str(words.changes_of(reason)) % filled,
        waits=_waits(because, thresholds) if because else "",
        stopped=stopped,
        again_on=reason.again_on,
    )


def _waits(because: str, thresholds: Thresholds) -> str:
    """Return why the step of a reason is not on offer; two steps on one family are E-4's limit."""
    if because == "E-4":
        return _("Its step waits: of similar exercises, one moves at a time.")
    return _("Its step waits: %(why)s") % {"why": general(because, thresholds)}


def _filled(evidence: Evidence, names: Names, thresholds: Thresholds) -> _Numbers:
    return _Numbers(thresholds, dict(evidence.limits), facts=listed(evidence.values, names))


class _Numbers(dict[str, str]):
    """The thresholds a sentence may name, written out when it does: of 170, most name one or two."""

    def __init__(self, thresholds: Thresholds, limits: Mapping[str, Any], **words: str) -> None:
        super().__init__(words)
        self._numbers = vars(thresholds) | dict(limits)

    def __missing__(self, name: str) -> str:
        of, _dot, unit = name.rpartition("_")
        if unit == "percent":
            return plain(100 * self._numbers[of])
        if unit == "miles":
            return plain(round(self._numbers[of] / KM_PER_MILE))
        return plain(self._numbers[name])
