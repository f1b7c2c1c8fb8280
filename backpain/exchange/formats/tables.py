"""The account as tables for a spreadsheet: one CSV file for each, with a header, in UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import decision_from
from backpain.plan.log import deciding_rules

from .archives import Account, in_json, in_text

# What a spreadsheet would take for a formula. A text that begins so gets an apostrophe before it.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001
PAIN = "pain_before pain_during pain_after pain_next_morning next_morning_retrospective".split()
BOUT = ["id", "on", "started_at", "duration_s", "effort"]
AFTER_BOUT = [*PAIN, "sites", "feel", "signs", "note", "entered_at"]

type Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table by its columns; `rows` reads it, and a row may leave columns out."""

    name: Promise
    columns: list[str]
    rows: Callable[[Account], Iterable[Row]]


def written(table: Table, account: Account) -> bytes:
    """Return a table as CSV."""
    made = io.StringIO(newline="")
    lines = csv.writer(made)
    lines.writerow(table.columns)
    lines.writerows([_cell(row.get(column)) for column in table.columns] for row in table.rows(account))
    return made.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, list):
        return ";".join(map(str, value))
    text = str(value) if isinstance(value, str | int) else in_text(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _entries(name: str) -> Callable[[Account], Iterator[Row]]:
    """Return a reader of entries of the contract, with what it has no place for."""

    def rows(account: Account) -> Iterator[Row]:
        beside = {str(row["id"]): row for row in account.log["entries"][name]}
        for entry in account.history.get(name, []):
            pain = entry.get("pain", {})
            scores = {key if key in PAIN else f"pain_{key}": score for key, score in pain.items()}
            yield {**beside.get(entry["id"], {}), **entry, **scores}

    return rows


def _sets(account: Account) -> Iterator[Row]:
    for entry in account.history.get("sessions", []):
        for number, done in enumerate(entry["sets"], start=1):
            yield {"session": entry["id"], "number": number, **done}


def _answered(name: str) -> Callable[[Account], Iterator[Row]]:
    """Return a reader of answers, each in a row of its own."""

    def rows(account: Account) -> Iterator[Row]:
        for entry in _entries(name)(account):
            for item, answer in entry["answers"].items():
                yield {**entry, "item": item, "answer": answer}

    return rows


def _advice(account: Account) -> Iterator[Row]:
    for row in account.plan["advice"]:
        decision = decision_from(row["decision"])
        rules = deciding_rules(decision).split()
        yield {**row, "verdict": decision.verdict.name.lower(), "decided_by": rules}


def _move_answers(account: Account) -> Iterator[Row]:
    given_at = [row["given_at"] for row in account.plan["advice"]]
    return ({**row, "advice_given_at": given_at[row["advice"]]} for row in account.plan["answers"])


def _corrections(account: Account) -> Iterator[Row]:
    for row in account.log["corrections"]:
        yield {**row, "old": in_json(row["old"]), "new": in_json(row["new"])}


def _day_plans(account: Account) -> Iterator[Row]:
    kinds = {"run-walk": "run_walk_plans", "gentle-days": "flare_plans"}
    plans = ([{"plan": kind, **row} for row in account.log[name]] for kind, name in kinds.items())
    return chain.from_iterable(plans)


TABLES = {
    "check_ins": Table(
        _("Check-ins"),
        "id on score sites feel cannot flare sat_long note retrospective entered_at".split(),
        _entries("check_ins"),
    ),
    "runs": Table(
        _("Runs and walks"),
        [*BOUT, "distance_m", "kind", "surface", "shoe", "activity", "stage", *AFTER_BOUT],
        _entries("runs"),
    ),
    "sessions": Table(_("Sessions"), [*BOUT, "ordinary_soreness", *AFTER_BOUT], _entries("sessions")),
    "sets": Table(
        _("Sets of the sessions"),
        "session number exercise side unit target done hold_s load_kg pain good_form trial".split(),
        _sets,
    ),
    "skipped_runs": Table(_("Skipped runs"), ["id", "on", "because", "entered_at"], _entries("skipped_runs")),
    "rests": Table(
        _("Rest days"), "id from to pain_at_start pain_at_end entered_at".split(), _entries("rests")
    ),
    "care": Table(_("Care"), "id on who assessed clears note entered_at".split(), _entries("care")),
    "screenings": Table(
        _("Answers to the warning-sign questions"),
        "id on at kind item answer entered_at".split(),
        _answered("screenings"),
    ),
    "questionnaires": Table(
        _("Answers to questionnaires"),
        "id on form item answer entered_at".split(),
        _answered("questionnaires"),
    ),
    "shoes": Table(
        _("Shoes"), "name started_on start_m retired_on".split(), lambda account: account.log["shoes"]
    ),
    "placements": Table(
        _("Your plan over time"),
        "ladder exercise sets target unit hold_s from_on ended_on follows".split(),
        lambda account: account.plan["placements"],
    ),
    "advice": Table(
        _("Advice"),
        "given_at on verdict decided_by ruleset engine tip entry_corrected_at was_right was_right_note".split(),
        _advice,
    ),
    "answers": Table(
        _("Your answers to steps on offer"),
        "advice_given_at ladder answer because note answered_at".split(),
        _move_answers,
    ),
    "tip_dismissals": Table(
        _("Tips put off"), ["rule", "on"], lambda account: account.plan["tip_dismissals"]
    ),
    "day_plans": Table(_("Run-walk plans and gentle days"), ["plan", "started_on", "ended_on"], _day_plans),
    "corrections": Table(
        _("What entries said before they were corrected"), "entry field old new at".split(), _corrections
    ),
    "consents": Table(
        _("Consents"), ["version", "given_at", "withdrawn_at"], lambda account: account.consents
    ),
}
