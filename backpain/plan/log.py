"""The log of advice: what it can be narrowed to, and what of a decision it is found by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from backpain.coach.decision import Decision

UNANSWERED = "unanswered"  # may be looked back on, and was not yet
Filter = Literal["verdict", "about", "answer", "right"]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the log is narrowed to, "" = everything.

    `about` is a ladder's slug or a chapter's letter, `answer` what the runner said to a step, `right`
    what they said looking back, or UNANSWERED.
    """

    verdict: str = ""
    about: str = ""
    answer: str = ""
    right: str = ""


def deciding_rules(decision: Decision) -> str:
    """Return the ids of the rules that gave the verdict; those about one ladder only where no other did."""
    deciding = [reason for reason in decision.reasons if reason.verdict == decision.verdict]
    of_all = [reason for reason in deciding if not reason.ladder]
    return spaced(reason.rule for reason in of_all or deciding or decision.reasons[:1])


def moved_ladders(decision: Decision) -> str:
    """Return the slugs of the ladders a decision offers a step on, or eases."""
    return spaced(move.ladder for move in decision.moves)


def spaced(words: Iterable[str]) -> str:
    """Return each word once with a space on either side, so that a search for " word " finds whole words."""
    return "".join(f" {word}" for word in dict.fromkeys(words)) + " "
