"""Puts a decision into words: what a runner reads on Today, after saving and in `advise`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backpain.accounts.models import User
from backpain.coach.decision import Ask, Decision, Move, Running, Verdict
from backpain.coach.thresholds import SHIPPED, Thresholds
from backpain.exercises.curated import translated
from backpain.exercises.models import Exercise, Ladder, Rung
from backpain.exercises.numbers import Numbers, numbers_in
from backpain.ui.templatetags.ui import day, distance

from .models import Advice, Because, MoveAnswer, Placement
from .rulesets import thresholds_of
from .words.moves import MoveInForce, MoveUp, move_in_force, move_up
from .words.reasons import VERDICTS, ReasonInWords, reasons_in_words
from .words.red_flags import WORDS as RED_FLAGS
from .words.tips import TipInWords, tip_in_words
from .words.values import NAMES_AN_EXERCISE, Names, amount

ABROAD = Numbers(emergency="112")  # reaches help from a mobile phone in most countries

# Days until a professional should look (rules.md 3D, 3E): two weeks where nothing sooner is said. R-1u and
# R-5 are silent there, and a sign that would be urgent takes the shorter end of "one to two weeks".
WITHIN_DAYS = {"W-6": 3, "R-1u": 7, "R-3c": 7, "R-5": 7, "R-8": 7, "R-9": 7}
WITHIN_DAYS_ELSE = 14

LEADS = {
    Verdict.PROGRESS: gettext_lazy(
        "%(earned)s Step back if pain passes %(limit)s or is higher the next morning."
    ),
    Verdict.HOLD: gettext_lazy("%(held)s %(needed)s"),
    Verdict.REGRESS: gettext_lazy(
        "%(eased)s We look again with your next entry, and on %(day)s at the latest."
    ),
    Verdict.URGENT: gettext_lazy("%(advice)s Stop training until a professional has cleared you."),
    Verdict.EMERGENCY: gettext_lazy(
        "What you told us can be a sign of a problem that needs a hospital today. Stop training. Go to an "
        "emergency department now or call %(number)s. Do not drive yourself if your legs are weak. "
        "Show them this page."
    ),
}
WARNINGS = {
    "none": "",
    "info": gettext_lazy("Your running has gone up lately. That is for your information."),
    "small": gettext_lazy("A recent run was somewhat longer than your longest of the month before."),
    "moderate": gettext_lazy("A recent run was much longer than your longest of the month before."),
    "high": gettext_lazy("A recent run was more than twice your longest of the month before."),
}
EMERGENCY_SIGNS = (
    gettext_lazy("numbness or a changed feeling between your legs"),
    gettext_lazy("new trouble with bladder, bowel or sexual function"),
    gettext_lazy("pain, numbness or weakness in both legs"),
    gettext_lazy("a foot that drops, a leg that is getting weaker, or new unsteadiness"),
)
NEEDS_CARE = {"professional", "urgent", "emergency"}


@dataclass(frozen=True, kw_only=True)
class RunningInWords:
    may_run: bool
    cap: str
    warning: str


@dataclass(frozen=True, kw_only=True)
class AskInWords:
    what: str
    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Explained:
    """An advice in words. `verdict` is its code, for class names and icons."""

    uuid: UUID
    on: dt.date
    verdict: str
    verdict_words: str
    headline: str
    lead: str
    reasons: tuple[ReasonInWords, ...]
    moves_up: tuple[MoveUp, ...]
    moves_in_force: tuple[MoveInForce, ...]
    running: RunningInWords
    tips: tuple[TipInWords, ...]
    tip: TipInWords | None  # the one Today shows on its day
    tip_is_put_off: bool
    asks: tuple[AskInWords, ...]
    emergency_number: str
    emergency_signs: tuple[str, ...]
    ruleset: str
    entry_corrected: bool

    @property
    def needs_care(self) -> bool:
        return self.verdict in NEEDS_CARE

    @property
    def stops_training(self) -> bool:
        """Tell whether no advice on training stands beside it (A-2)."""
        return self.verdict in {"urgent", "emergency"}

    @property
    def main_reasons(self) -> tuple[ReasonInWords, ...]:
        """Return the reasons that give the verdict; those about one ladder only where no other does."""
        return _main(self.reasons, self.verdict)

    @property
    def other_reasons(self) -> tuple[ReasonInWords, ...]:
        """Return the reasons beside the main ones; those on training only where training may go on."""
        others = (reason for reason in self.reasons if reason not in self.main_reasons)
        return tuple(reason for reason in others if not self.stops_training or reason.verdict in NEEDS_CARE)


def _main(reasons: tuple[ReasonInWords, ...], verdict: str) -> tuple[ReasonInWords, ...]:
    deciding = [reason for reason in reasons if reason.verdict == verdict]
    return tuple([reason for reason in deciding if not reason.ladder] or deciding or reasons[:1])


def explain(advice: Advice) -> Explained:
    """Return an advice in words, in three queries at most."""
    return explain_all([advice])[0]


def explain_all(advices: Sequence[Advice]) -> list[Explained]:
    """Return pieces of one runner's advice in words, in as many queries as one of them takes."""
    if not advices:
        return []
    names = names_in(*(advice.decided for advice in advices), units=advices[0].runner.units)
    answers = _answers(advices)
    known = thresholds_of({advice.ruleset for advice in advices})
    return [
        _explained(advice, names, answers.get(advice.pk, {}), known.get(advice.ruleset, SHIPPED))
        for advice in advices
    ]


def _explained(
    advice: Advice, names: Names, answers: Mapping[str, MoveAnswer], thresholds: Thresholds
) -> Explained:
    decision, runner = advice.decided, advice.runner
    numbers = numbers_in(str(runner.country)) or ABROAD
    moves_up = tuple(
        _offered(move, names, answers.get(move.ladder)) for move in decision.moves if move.goes_up
    )
    moves_in_force = tuple(move_in_force(move, names) for move in decision.moves if not move.goes_up)
    reasons = tuple(reasons_in_words(decision, names, thresholds=thresholds))
    urgent = decision.verdict is Verdict.URGENT
    return Explained(
        uuid=advice.uuid,
        on=advice.on,
        verdict=advice.verdict,
        verdict_words=str(VERDICTS[decision.verdict]),
        headline=_headline(decision, moves_up, moves_in_force),
        lead=_lead(decision, reasons, moves_in_force, numbers, advice.on, thresholds),
        reasons=reasons,
        moves_up=moves_up,
        moves_in_force=moves_in_force,
        running=_running(decision.running, runner),
        tips=tuple(tip_in_words(tip, names, thresholds) for tip in decision.tips),
        tip=tip_in_words(advice.tip_of_the_day, names, thresholds) if advice.tip_of_the_day else None,
        tip_is_put_off=advice.tip_is_put_off,
        asks=tuple(_ask(ask, advice.on) for ask in decision.asks if ask.for_ <= advice.on),
        emergency_number=numbers.emergency,
        emergency_signs=tuple(map(str, EMERGENCY_SIGNS)) if urgent else (),
        ruleset=advice.ruleset,
        entry_corrected=advice.entry_corrected_at is not None,
    )


def _offered(move: Move, names: Names, answer: MoveAnswer | None) -> MoveUp:
    if answer is None:
        return move_up(move, names)
    because = str(Because(answer.because).label) if answer.because else ""
    return move_up(move, names, answered=answer.answer, because=because, note=answer.note)


def names_in(*decisions: Decision, units: str) -> Names:
    """Return the names and figures of the exercises and ladders that decisions speak of, mostly in one query."""
    moves = [move for decision in decisions for move in decision.moves]
    reasons = [reason for decision in decisions for reason in decision.reasons]
    doses = [dose for move in moves for dose in (move.from_, move.to) if dose]
    tips = [tip for decision in decisions for tip in decision.tips]
    values = [value for one in (*reasons, *tips) for value in one.evidence.values]
    exercises = {dose.exercise for dose in doses} | {v.value for v in values if v.what in NAMES_AN_EXERCISE}
    ladders = {move.ladder for move in moves} | {reason.ladder for reason in reasons if reason.ladder}
    ladder_name, exercise_name = translated("ladder__name"), translated("exercise__name")
    columns = ("ladder__slug", ladder_name, "exercise__slug", exercise_name, "exercise__figure")
    rungs = list(Rung.objects.filter(ladder__slug__in=ladders).values_list(*columns))
    on_rungs = {slug: name for _slug, _name, slug, name, _figure in rungs}
    with_rungs = {slug: name for slug, name, *_ in rungs}
    others = Exercise.objects.filter(slug__in=exercises - on_rungs.keys())
    empty = Ladder.objects.filter(slug__in=ladders - with_rungs.keys())
    return Names(
        exercises=on_rungs | dict(others.values_list("slug", translated("name"))),
        ladders=with_rungs | dict(empty.values_list("slug", translated("name"))),
        figures={slug: figure for *_, slug, _name, figure in rungs},
        units=units,
    )


def dose_of(placement: Placement) -> str:
    """Return "3 × 8 reps, each held 3 s"."""
    dose = f"{placement.sets} × {amount(placement.target, placement.unit)}"
    if not placement.hold_s:
        return dose
    return _("%(dose)s, each held %(hold)s s") % {"dose": dose, "hold": placement.hold_s}


def _headline(decision: Decision, up: tuple[MoveUp, ...], in_force: tuple[MoveInForce, ...]) -> str:
    verdict = decision.verdict
    if verdict is Verdict.PROGRESS and not up:
        return _("Run-walk stage %(stage)s is next") % {"stage": decision.running.stage}
    if verdict is Verdict.PROGRESS:
        if len(up) == 1:
            return up[0].title
        return ngettext("%(count)s step up is on offer", "%(count)s steps up are on offer", len(up)) % {
            "count": len(up)
        }
    if verdict is Verdict.REGRESS:
        return _("Take a step back") if in_force else _("Ease back for now")
    is_eased = in_force or not decision.running.may_run
    return {
        Verdict.HOLD: _("Add nothing for now") if is_eased else _("Keep your plan as it is"),
        Verdict.PROFESSIONAL: _("It is time to have this looked at"),
        Verdict.URGENT: _("Please get medical advice today"),
        Verdict.EMERGENCY: _("Go to an emergency department now"),
    }[verdict]


def _lead(
    decision: Decision,
    reasons: tuple[ReasonInWords, ...],
    in_force: tuple[MoveInForce, ...],
    numbers: Numbers,
    on: dt.date,
    thresholds: Thresholds,
) -> str:
    """Return the sentences under the headline (rules.md 5.3)."""
    if decision.verdict is Verdict.PROFESSIONAL:
        return _professional(decision)
    words = {
        "earned": _earned(decision),
        "limit": thresholds.zone_high - 1,
        "held": _held(decision, in_force),
        "needed": _needed(reasons),
        "eased": _eased(decision, in_force),
        "day": day(on + dt.timedelta(days=1)),
        "advice": _("Call %(line)s or your doctor.") % {"line": numbers.advice_line}
        if numbers.advice_line
        else _("Call your doctor or an advice line."),
        "number": numbers.emergency,
    }
    return str(LEADS[decision.verdict]) % words


def _earned(decision: Decision) -> str:
    if any(move.goes_up for move in decision.moves):
        return _("Two good sessions in a row.")
    return _("Good runs in a row at this stage.")


def _held(decision: Decision, in_force: tuple[MoveInForce, ...]) -> str:
    """Return what to do meanwhile: nothing is repeated that is eased or stopped."""
    if not decision.running.may_run:
        return _("No running for now; add nothing to your exercises.")
    if in_force:
        return _("%(moves)s Keep the rest as it is.") % {"moves": _sentences(in_force)}
    return _("Repeat what you do now.")


def _needed(reasons: tuple[ReasonInWords, ...]) -> str:
    """Return what would change a hold, with the ladder it is about."""
    first = _main(reasons, Verdict.HOLD.name.lower())[0]
    words = {"ladder": first.ladder, "needed": first.changes_if}
    if not first.ladder:
        return _("What would change this: %(needed)s") % words
    return _("What would change this on the ladder “%(ladder)s”: %(needed)s") % words


def _eased(decision: Decision, in_force: tuple[MoveInForce, ...]) -> str:
    """Return what to do less of; what is about the whole day comes first."""
    if not decision.running.may_run:
        day_long = _("No running for now. Do less than you planned, or only walk and move gently.")
    elif in_force and all(r.ladder for r in decision.reasons if r.verdict is Verdict.REGRESS):
        day_long = ""
    else:
        day_long = _("Make your next run or session easier than the last.")
    return " ".join(filter(None, (day_long, _sentences(in_force))))


def _sentences(moves: tuple[MoveInForce, ...]) -> str:
    return " ".join(f"{move.text}." for move in moves)


def _professional(decision: Decision) -> str:
    rules = [reason.rule for reason in decision.reasons if reason.verdict is Verdict.PROFESSIONAL]
    days = min((WITHIN_DAYS.get(rule, WITHIN_DAYS_ELSE) for rule in rules), default=WITHIN_DAYS_ELSE)
    easing = any(reason.verdict is Verdict.REGRESS for reason in decision.reasons)
    if not decision.running.may_run:
        until = _("Until then: no running, and nothing that hurts.")
    elif easing:
        until = _("Until then: do a little less than you did, and add nothing.")
    else:
        until = _("Until then: keep to what you do now, and add nothing.")
    words = {"within": amount(days, "days"), "until": until}
    if RED_FLAGS.keys() & set(rules):  # nothing that plays a warning sign down
        return (
            _(
                "See a physiotherapist or doctor within %(within)s. They can check what an app cannot. %(until)s"
            )
            % words
        )
    return (
        _(
            "See a physiotherapist or doctor within %(within)s. Most back pain is not dangerous, and they can "
            "check what an app cannot. %(until)s"
        )
        % words
    )


def _running(running: Running, runner: User) -> RunningInWords:
    if not running.may_run:
        cap = _("No running for now")
    elif running.cap_m is None:
        cap = _("No limit known yet: keep your next run short and easy")
    else:
        cap = _("Next run: up to %(cap)s") % {"cap": distance(running.cap_m, runner.units)}
    return RunningInWords(may_run=running.may_run, cap=cap, warning=str(WARNINGS[running.warning]))


def _ask(ask: Ask, on: dt.date) -> AskInWords:
    """Return a question with the page that takes its answer; an older morning is an entry to edit."""
    words = {"day": day(ask.for_)}
    recent = on - ask.for_ <= dt.timedelta(days=1)
    text, url = {
        "check_in": (_("How was your back over the last 24 hours?"), reverse("log_check_in")),
        "next_morning": (
            _("How was your back on the morning of %(day)s?") % words,
            reverse("today") + "#morning" if recent else reverse("history"),
        ),
        "full_screening": (_("Answer the warning-sign questions"), reverse("start_screening")),
        "nerve_screening": (
            _("Answer the short questions on legs and nerves"),
            reverse("start_screening", query={"kind": "nerve"}),
        ),
        "form": (_("Was your form good in every set on %(day)s?") % words, reverse("history")),
        "birth_year": (_("Which year were you born?"), reverse("settings")),
        "rest_pain": (
            _("How was the pain at the start and the end of your rest up to %(day)s?") % words,
            reverse("history"),
        ),
    }[ask.what]
    return AskInWords(what=ask.what, text=text, url=url)


def _answers(advices: Sequence[Advice]) -> dict[int, dict[str, MoveAnswer]]:
    """Return what the runner said to the moves of each advice, by key and ladder."""
    offering = [advice.pk for advice in advices if advice.upward_moves]
    if not offering:
        return {}
    said: dict[int, dict[str, MoveAnswer]] = {}
    for answer in MoveAnswer.objects.filter(advice__in=offering).annotate(slug=F("ladder__slug")):
        said.setdefault(answer.advice_id, {})[answer.slug] = answer
    return said
