"""What goes in and out as JSON: the history contract's own entries, and the little that is around them.

Whatever an entry may say, and within which limits, comes from the contract; here are only words for it.
"""

from __future__ import annotations

import copy
import functools
import json
from typing import Any

from backpain.coach.decision import Verdict
from backpain.plan.contract import history_schema

MOST_SETS = 200  # of a session; more was not trained in one
MOST_LISTED = 100  # entries in an answer
USUALLY_LISTED = 50

SCORES = ("before", "during", "after", "next_morning")
SHORT = {f"pain_{score}": f"Short for `pain.{score}`, for programs that cannot nest." for score in SCORES}

type Schema = dict[str, Any]

ID = {"type": "string", "format": "uuid"}
TITLES = {"runs": "Run", "check_ins": "CheckIn", "sessions": "Session"}
ABOUT = {
    "runs": "A run or a walk. What was never said is absent.",
    "check_ins": "Average back pain over the last 24 hours; a day has one. What was never said is absent.",
    "sessions": "A bout of exercises with its sets. What was never said is absent.",
}
DEFAULTED = {  # what a new entry need not say
    "runs": {"started_at": "Without it: now, less `duration_s`."},
    "check_ins": {"on": "Without it: today."},
    "sessions": {"started_at": "Without it: now, less `duration_s`."},
}
OF_BOUTS = {
    "started_at": "When it began, with an offset from UTC; kept to the second. Not in the future.",
    "duration_s": "Seconds.",
    "effort": "0 = rest, 10 = as hard as you can.",
    "pain": "Back pain around it, each 0 (none) to 10 (the worst). `next_morning` is the morning after.",
    "sites": "Where it hurt.",
    "feel": "How it felt.",
    "note": "A note of the runner's own.",
}
WORDS = {
    "runs": {
        **OF_BOUTS,
        "distance_m": "Metres; kept to 0.1 m.",
        "kind": "What kind of run it was.",
        "surface": "What it was on.",
        "shoe": "The name of a pair of shoes; a new name makes a new pair.",
        "signs": "What the back did to the run: `stopped` and `shortened` mean because of back pain.",
        "activity": "A walk never counts as running. `run` and null are the same.",
        "stage": "The stage of the run-walk plan that this was.",
    },
    "check_ins": {
        "on": "The runner's own day. Not in the future.",
        "score": "0 = no pain, 10 = the worst.",
        "sites": OF_BOUTS["sites"],
        "feel": OF_BOUTS["feel"],
        "cannot": "What the back keeps the runner from.",
        "flare": "Whether it is clearly worse than usual.",
        "note": OF_BOUTS["note"],
        "retrospective": "Whether it was said on a later day.",
    },
    "sessions": {
        **OF_BOUTS,
        "sets": "What was done, set by set and side by side.",
        "signs": "What the back did to the session: `stopped` means because of back pain.",
        "ordinary_soreness": "Whether the ache of the next day is ordinary muscle soreness.",
    },
}
OF_SETS = {
    "exercise": "The exercise, as its address on the site names it: `forearm-plank`.",
    "side": "The side, of exercises that have two.",
    "unit": "Seconds, repetitions, rounds or minutes.",
    "target": "What it was meant to be, in `unit`.",
    "done": "What it was, in `unit`.",
    "load_kg": "Kilograms added.",
    "pain": "Pain in this set, 0 to 10.",
    "good_form": "Whether the form was good.",
    "hold_s": "Seconds held in each repetition.",
    "trial": "Whether it was the first slow try of the exercise.",
}
EXAMPLES: dict[str, Schema] = {
    "runs": {
        "id": "6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11",
        "started_at": "2026-03-14T08:00:00+00:00",
        "distance_m": 8200,
        "duration_s": 2832,
        "pain": {"before": 1, "during": 2, "after": 1},
        "sites": ["low-back-left"],
        "surface": "road",
    },
    "check_ins": {"id": "0c7c3b1e-52a1-4a66-8c43-0a1c5d8d9f02", "on": "2026-03-14", "score": 3},
    "sessions": {
        "id": "b8f1f0a2-6f1b-4f0e-9a55-3c1f4f0f7a03",
        "started_at": "2026-03-14T18:30:00+00:00",
        "pain": {"before": 1, "after": 1},
        "sets": [
            {"exercise": "forearm-plank", "unit": "s", "target": 25, "done": 25, "good_form": True},
            {"exercise": "side-plank", "side": "left", "unit": "s", "target": 15, "done": 15},
        ],
    },
}
SHORTEST: dict[str, Schema] = {
    "runs": {"distance_m": 8200, "duration_s": 2832, "pain_after": 2},
    "check_ins": {"score": 3},
    "sessions": {"sets": [{"exercise": "forearm-plank", "unit": "s", "done": 25}]},
}


@functools.cache
def entry_schema(table: str) -> Schema:
    """Return what an entry of a table of the contract looks like when it is read."""
    schema = _described(table)
    schema["properties"]["id"] = ID | {"description": "Its id."}
    schema["required"] = ["id", *schema["required"]]
    del schema["additionalProperties"]  # it may gain some
    return schema | {"examples": [EXAMPLES[table]]}


@functools.cache
def new_schema(table: str) -> Schema:
    """Return what may be said of a new entry."""
    schema = _told(table)
    own = "Made by the sender: sent again with the same id, it is stored once. Without it: a new one."
    schema["properties"] = {"id": ID | {"description": own}, **schema["properties"]}
    for name, instead in DEFAULTED[table].items():
        described = schema["properties"][name]
        described["description"] = f"{described['description']} {instead}"
    required = [name for name in schema.pop("required") if name not in DEFAULTED[table]]
    if required:
        schema["required"] = required
    return schema | {"examples": [SHORTEST[table], EXAMPLES[table]]}


@functools.cache
def change_schema(table: str) -> Schema:
    """Return what may be said to correct an entry: what is not said stays, null takes back."""
    schema = _told(table)
    del schema["required"]
    about = f"{schema['description'].split('.')[0]}: what is not said stays, null takes back what was said."
    return schema | {"description": about, "examples": [{"note": "Windy."}]}


def _described(table: str) -> Schema:
    """Return the contract's schema of an entry, with words."""
    contract = history_schema()
    schema = copy.deepcopy(contract["properties"][table]["items"])
    for name, words in WORDS[table].items():
        schema["properties"][name]["description"] = words
    if "sets" in schema["properties"]:
        for name, words in OF_SETS.items():
            schema["properties"]["sets"]["items"]["properties"][name]["description"] = words
    return {**schema, "description": ABOUT[table], "$defs": contract["$defs"]}


def _told(table: str) -> Schema:
    """Return the schema of an entry without what nobody says, with short names for the pain scores."""
    schema = _described(table)
    properties = schema["properties"]
    del properties["id"]
    properties.pop("retrospective", None)
    if "pain" in properties:
        pain = copy.deepcopy(schema["$defs"]["pain"])
        pain["properties"] = {name: pain["properties"][name] for name in SCORES}
        properties["pain"] = {"description": properties["pain"]["description"], **pain}
        score = schema["$defs"]["score0"]
        properties |= {name: {**score, "description": words} for name, words in SHORT.items()}
    if "sets" in properties:
        properties["sets"] |= {"minItems": 1, "maxItems": MOST_SETS}
    return schema


def _answer(description: str, optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """Return the schema of an object of ours. It may gain fields; who reads it has to expect that."""
    return {
        "type": "object",
        "description": description,
        "required": [name for name in properties if name not in optional],
        "properties": properties,
    }


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(schema: Schema, description: str) -> Schema:
    return {"anyOf": [schema, {"type": "null"}], "description": description}


def _listed(description: str, optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    return {"type": "array", "items": _answer(description, optional, **properties)}


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _of(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


NEXT = _or_null({"type": "string", "format": "uri"}, "Where the earlier ones are; null where there are none.")
NUMBER, WHOLE, DAY = {"type": "number"}, {"type": "integer"}, {"type": "string", "format": "date"}
RULE = _text("The rule's number in the rule book.")
LADDER = _text("The ladder of exercises it is about.")
PROBLEM = _answer(
    "What went wrong, in a sentence that can be shown.",
    optional=("errors", "id"),
    detail=_text("What went wrong."),
    text=_text("The same, where other answers say what to show or speak."),
    errors=_listed(
        "A field to mend.",
        path=_text("The field, such as `pain.after` or `sets[0].done`; empty for the whole."),
        sentence=_text("What is wrong with it."),
    ),
    id=_of(ID, "The entry that stands in the way."),
) | {"examples": [{"detail": "There is no such entry.", "text": "There is no such entry."}]}
TEXT = _text("What the coach says and what to do, to be shown or spoken as it is.")
VERDICT = {
    "enum": [verdict.name.lower() for verdict in Verdict],
    "description": "From least to most cautious. `professional`: see a physiotherapist or doctor within one "
    "to two weeks. `urgent`: medical advice the same day. `emergency`: an emergency department, now.",
}
ADVICE = {
    "id": _of(ID, "Its id."),
    "on": _of(DAY, "The runner's day it is for."),
    "verdict": VERDICT,
    "headline": _text("The verdict in a few words."),
    "text": TEXT,
}
DOSE = _answer(
    "How much of an exercise.",
    optional=("hold_s",),
    exercise=_text("The exercise, as its address on the site names it."),
    sets=_of(WHOLE, "How many sets."),
    target=_of(NUMBER, "How much in each set, in `unit`."),
    unit=_text("s, reps, rounds or min."),
    hold_s=_of(NUMBER, "Seconds held in each repetition."),
)
REASONS = _listed(
    "A rule that fired, with the runner's values.",
    rule=RULE,
    verdict=VERDICT,
    ladder=_or_null({"type": "string"}, LADDER["description"]),
    grade=_text("How good the evidence is: strong, moderate, limited, article or engineering."),
    text=_text("The reason in words."),
    values=_listed(
        "A value that made it fire.",
        what=_text("What it is."),
        value={"type": ["number", "string"], "description": "The value, in `unit`."},
        unit=_text("/10, s, reps, rounds, min, sets, days, m, kg or %; empty where it has none."),
        on=_or_null(DAY, "The day of this value."),
    ),
    threshold=_text("What the values were compared with."),
    sources={"type": "array", "items": _text("A source's id."), "description": "What it rests on."},
    changes_if=_text("What would change this."),
)
MOVES = _listed(
    "A change to one exercise of the plan.",
    ladder=LADDER,
    rule=RULE,
    kind=_text("longer, more_reps, more_sets and level_up are on offer; the others are in force."),
    **{"from": ref("Dose"), "to": _or_null(ref("Dose"), "Null for a pause.")},
)
SUPPRESSED = _listed(
    "What a rule kept from being offered.",
    optional=("ladder",),
    rule=RULE,
    because=_text("The rule that kept it back."),
    ladder=LADDER,
)
RUNNING = _answer(
    "What holds for running.",
    may_run=_of({"type": "boolean"}, "Whether running is on."),
    cap_m=_or_null(NUMBER, "Metres: the longest next run; null where no limit is known."),
    warning=_text("How much running has gone up: none, info, small, moderate or high."),
    stage=_or_null(WHOLE, "The stage of the run-walk plan that is next."),
)
ASKED = "check_in, next_morning, full_screening, nerve_screening, form, birth_year or rest_pain."
IN_FULL = {
    "ruleset": _text("The thresholds it was given with."),
    "engine": _text("The version of the rules."),
    "reasons": _of(REASONS, "Every rule that fired with a verdict, most cautious first."),
    "suppressed": _of(SUPPRESSED, "What waits, and why."),
    "moves": _of(MOVES, "Changes to the plan."),
    "running": ref("Running"),
    "tips": _of(_listed("A tip.", rule=RULE, text=_text("What it says.")), "Tips, without a verdict."),
    "asks": _of(
        _listed("A question.", what=_text(ASKED), **{"for": _of(DAY, "The day it is about.")}),
        "What the runner is asked.",
    ),
}


def components() -> Schema:
    """Return every schema of openapi.json by its name."""
    found = {
        "Problem": PROBLEM,
        "Advice": _answer("What the coach says on a day.", **ADVICE),
        "AdviceInFull": _answer("What the coach says on a day, with every reason.", **ADVICE, **IN_FULL),
        "AdviceList": _answer(
            "Advice, newest first.", advice={"type": "array", "items": ref("Advice")}, next=NEXT
        ),
        "Dose": DOSE,
        "Running": RUNNING,
        **history_schema()["$defs"],
    }
    for table, name in TITLES.items():
        stored = _or_null(
            ref(name),
            "The entry as it stands; null where it was deleted since, and for a token without the scope `read` "
            "that has not added it by this very call.",
        )
        found |= {
            name: entry_schema(table),
            f"New{name}": new_schema(table),
            f"{name}Change": change_schema(table),
            f"{name}List": _answer(
                "Entries, newest first.",
                **{table: {"type": "array", "maxItems": MOST_LISTED, "items": ref(name)}, "next": NEXT},
            ),
            f"{name}Stored": _answer(
                "An entry and the advice after it.",
                id=_of(ID, "The entry's id."),
                entry=stored,
                text=TEXT,
                advice=ref("Advice"),
            ),
        }
    plain = {name: {k: v for k, v in schema.items() if k != "$defs"} for name, schema in found.items()}
    referring: Schema = json.loads(json.dumps(plain).replace('"#/$defs/', '"#/components/schemas/'))
    return referring
