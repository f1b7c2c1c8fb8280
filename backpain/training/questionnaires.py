"""The questionnaires as data: what is asked, how it is scored, whose it is (Q-1, rules.md 10).

A new one is a new instrument here, its form in the contract, and its scoring in coach/questionnaires.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backpain.coach.thresholds import SHIPPED
from backpain.plan.words.references import Reference, references

from .choices import QuestionnaireForm


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The ends of a scale from 0 to 10, in words."""

    lowest: Promise
    highest: Promise


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question. `key` is the answer's name in the history contract."""

    key: str
    words: Promise
    scale: Scale


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A questionnaire: either `items` as they stand, or up to `own` activities the runner names.

    The instructions are our own words. The score is the mean of the answers (coach/questionnaires.py).
    """

    form: str
    about: Promise
    instruction: Promise
    items: tuple[Item, ...] = ()
    own: int = 0
    own_shown: int = 0  # of these, how many rows stand open
    own_scale: Scale | None = None
    scoring: Promise
    sources: tuple[str, ...]  # ids of rules.md 15
    licence: Promise

    @property
    def name(self) -> str:
        """Return its short name, the same in every language."""
        return self.form.upper()

    @property
    def cited(self) -> list[Reference]:
        """Return its sources with their titles and addresses."""
        return [references()[id_] for id_ in self.sources]

    @property
    def scored(self) -> str:
        """Return how it is scored, with what counts as a change."""
        points = f"{SHIPPED.psfs_points:g}"
        return str(self.scoring) % {"share": round(SHIPPED.peg_share * 100), "points": points}


_IN_THE_WAY = Scale(lowest=_("0 = not at all"), highest=_("10 = completely"))
PEG = Instrument(
    form=QuestionnaireForm.PEG,
    about=_("Three questions about pain and what it takes from you. Under a minute."),
    instruction=_("Think of the past week. For each question, choose the number that fits best."),
    items=(
        Item(
            key="pain",
            words=_("How strong was your pain on average, in the past week?"),
            scale=Scale(lowest=_("0 = no pain"), highest=_("10 = as bad as you can imagine")),
        ),
        Item(
            key="enjoyment",
            words=_("How much did pain get in the way of enjoying life, in the past week?"),
            scale=_IN_THE_WAY,
        ),
        Item(
            key="activity",
            words=_("How much did pain get in the way of your general activity, in the past week?"),
            scale=_IN_THE_WAY,
        ),
    ),
    scoring=_("The score is the mean of the three numbers: lower is better. A change of %(share)s%% counts."),
    sources=("C61", "C01"),
    licence=_("PEG scale, Krebs and others 2009, published with open access. The wording here is ours."),
)
PSFS = Instrument(
    form=QuestionnaireForm.PSFS,
    about=_("Things that are hard because of your back, in your own words. About two minutes."),
    instruction=_(
        "Name three things, five at most, that you cannot do or find hard because of your back. For example "
        "putting on socks, or running for half an hour. Then choose how well you can do each one today."
    ),
    own=5,
    own_shown=3,
    own_scale=Scale(lowest=_("0 = unable to do it"), highest=_("10 = able to do it as before")),
    scoring=_(
        "The score is the mean of the numbers: higher is better. A change of %(points)s points counts; it is "
        "taken over the activities you named both times."
    ),
    sources=("C60",),
    licence=_(
        "Patient-Specific Functional Scale, Stratford and others 1995, with permission of the authors. The "
        "instructions here are ours."
    ),
)
INSTRUMENTS: dict[str, Instrument] = {instrument.form: instrument for instrument in (PEG, PSFS)}
