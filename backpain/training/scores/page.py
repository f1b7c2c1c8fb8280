"""What the page shows that asks for the pain after runs that came without a score: a card for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from backpain.accounts.models import User
from backpain.training.models import Run
from backpain.training.queries import first_morning_asked, runs_to_score

from .forms import AfterForm, VersionForm


@dataclass(frozen=True, kw_only=True)
class Card:
    """A run and what is asked of it; `form` is None once nothing is.

    `may_forget`: the runner may say that it is not remembered, because no morning is asked about any more.
    `changed_elsewhere`: the answer was not taken, for the run says something else by now.
    """

    run: Run
    form: AfterForm | None
    may_forget: bool
    changed_elsewhere: bool = False

    @property
    def undo(self) -> VersionForm | None:
        """Return the form that takes the answer back, where this page gave it and nothing was added since."""
        run = self.run
        more = run.pain_before, run.pain_during, run.pain_next_morning
        if self.form or self.changed_elsewhere or any(score is not None for score in more):
            return None
        return VersionForm(run=run)


@dataclass(frozen=True, kw_only=True)
class Page:
    cards: Sequence[Card]

    @property
    def open(self) -> int:
        """Return how many runs are still asked about."""
        return sum(card.form is not None for card in self.cards)

    @property
    def forgettable(self) -> list[UUID]:
        """Return the runs that "I do not remember any of them" is about."""
        return [card.run.uuid for card in self.cards if card.may_forget]


def page_of(runner: User, *, today: dt.date, answered: Set[UUID], instead: Card | None) -> Page:
    """Return the page with the runs just answered still on it, and one card as it has to be shown."""
    known = {instead.run.uuid: instead} if instead else {}
    runs = runs_to_score(runner, today=today, answered=answered | known.keys())
    return Page(cards=[known.get(run.uuid) or card_of(run, today=today) for run in runs])


def card_of(
    run: Run, *, today: dt.date, form: AfterForm | None = None, changed_elsewhere: bool = False
) -> Card:
    """Return the card of a run as it is stored, with a form that was refused or a new one."""
    return Card(
        run=run,
        form=form or (AfterForm(run=run) if run.lacks_score else None),
        may_forget=run.lacks_score and run.on < first_morning_asked(today),
        changed_elsewhere=changed_elsewhere,
    )
