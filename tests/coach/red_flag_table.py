"""Reads red_flags.md, and the runners its lines are about."""

from __future__ import annotations

from pathlib import Path

from backpain.coach.decision import Decision, Verdict
from tests.coach.stories import Story, calm, day

FLAG_RULES = ("R-", "W-6")  # the rules of red_flags.py
FILE = Path(__file__).with_name("red_flags.md")

type Row = dict[str, str]


def rows(heading: str) -> list[Row]:
    """Return the lines of the tables under a heading, each by its column names."""
    _, _, after = FILE.read_text().partition(f"\n## {heading}\n")
    lines = [line for line in after.partition("\n## ")[0].splitlines() if line.startswith("|")]
    header, *body = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    kept = [cells for cells in body if cells != header and not cells[0].startswith("---")]
    return [dict(zip(header, cells, strict=True)) for cells in kept]


def rung(word: str) -> Verdict:
    """Return the verdict a cell names; "-" asks for nothing."""
    return Verdict.PROGRESS if word == "-" else Verdict[word.upper()]


def words(cell: str) -> frozenset[str]:
    return frozenset() if cell == "-" else frozenset(cell.split())


def flagged(decision: Decision) -> Verdict:
    """Return the highest rung that warning signs alone ask for."""
    fired = [reason.verdict for reason in decision.reasons if reason.rule.startswith(FLAG_RULES)]
    return max(fired, default=Verdict.PROGRESS)


def answered(told: Story, **answers: str) -> Story:
    """The only screen of a story, all no but for these."""
    return told.unscreened().screen("03-16", hour=6, **answers)


def quiet() -> Story:
    """No episode; every other question answered no."""
    return calm().pain("03-15", "0 0")


def in_episode() -> Story:
    return quiet().pain("03-12", "2 2 2 2 2")


def in_strong_pain() -> Story:
    return in_episode().pain("03-14", "4 5 6")


def seen() -> Story:
    return in_episode().care("03-15", "assessed", "clears")


def began(told: Story, on: str) -> Story:
    """The same runner, whose own date of the pain is `on`."""
    return told if on == "-" else told.pain("03-03", "2 " * 14).runner(pain_began_on=day(on))
