from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.translation import override

from backpain.coach.decision import Decision, Dose, Move
from backpain.coach.rules import NOTES, RULES, TIPS
from backpain.coach.thresholds import SHIPPED
from backpain.exercises.models import Ladder
from backpain.plan.models import Answer, MoveAnswer
from backpain.plan.wording import Explained, explain
from backpain.plan.words.book import rule_book
from backpain.plan.words.chapters import CONFLICTS, chapters
from backpain.plan.words.labels import ANSWERS, CONDITIONS, LABELS
from backpain.plan.words.moves import move_in_force, move_up
from backpain.plan.words.notes import NOTES as NOTE_WORDS
from backpain.plan.words.reasons import WORDS, reasons_in_words, sentence
from backpain.plan.words.references import references
from backpain.plan.words.values import Names
from tests.coach.stories import calm, day, planking, sore, story
from tests.coach.test_exercise import BOTH, worked
from tests.coach.test_load import weekly
from tests.coach.test_programme import moved, rising, sided, stuck, trained
from tests.coach.test_returning import CLEARED, IDLE, STARTED
from tests.coach.test_tips_of_habits import EVERYTHING

pytestmark = pytest.mark.any_database

NAMES = Names(exercises={"forearm-plank": "Forearm plank", "superman": "Superman"}, ladders={})
QUIET = story().pain("2026-01-20", "0 " * 34)
USUAL = story().pain("2026-01-20", "2 " * 34)
LONG = sore(3).runner(pain_began_on=day("2025-12-01"))
INFLAMED = {"onset_before_35": "yes", "wakes_second_half": "yes", "better_with_movement": "yes"}
KNEE = frozenset({"knee-left"})
RUNS = (
    planking()
    .run("02-26 8000 m 0/0/0/0")
    .run("03-03 8000 m 0/0/0/0")
    .run("03-07 8000 m 0/0/0/0")
    .run("03-15 12000 m 0/1/1/0")
)


def busy(days: str):
    """The plank on each of these days."""
    told = calm().placed("front-plank forearm-plank 3x25 s")
    for on in days.split():
        told = told.session(f"{on} forearm-plank s @25 25 25 25 0/0/0/0")
    return told


def away(since: str):
    """The plank last done on a day."""
    return (
        calm()
        .placed("front-plank forearm-plank 3x40 s")
        .session(f"{since} forearm-plank s @40 40 40 40 0/0/0/0")
    )


# A story of each rule, and of each verdict that has words of its own.
STORIES = [
    (calm().screen("03-16", saddle_numbness="yes", both_legs="yes"), ["R-1"]),
    (calm().screen("03-16", foot_drop_or_weakness="yes"), ["R-2"]),
    (calm().screen("03-16", major_injury="yes"), ["R-3"]),
    (calm().screen("03-16", chest_or_tearing_pain="yes"), ["R-4"]),
    (sore(2, "03-12").runner(conditions=frozenset({"known-aneurysm"})), ["R-4"]),
    (calm().pain("03-16", "6", sites=frozenset({"abdomen"})).runner(birth_year=1960), ["R-4", "W-6b", "W-8"]),
    (calm().screen("03-16", fever="yes", very_unwell="yes"), ["R-5"]),
    (sore(3, "03-12").runner(conditions=frozenset({"injecting-drugs"})), ["R-5"]),
    (sore(3, "03-12").screen("03-16", cancer_ever="yes", band_pain="yes"), ["R-6"]),
    (calm().screen("03-16", saddle_numbness="unsure"), ["R-1u"]),
    (calm().screen("03-16", fever="not_said"), ["R-1u"]),
    (calm().screen("03-16", one_leg_nerve="yes"), ["R-2b"]),
    (calm().pain("03-16", "1", sites=frozenset({"buttock-left"}), feel=frozenset({"numb"})), ["R-2c"]),
    (calm().runner(birth_year=1950).screen("03-16", minor_injury="yes"), ["R-3b"]),
    (sore(6, "03-12").runner(conditions=frozenset({"osteoporosis"})), ["R-3c", "G-1", "G-2"]),
    (calm().screen("03-16", weight_loss="yes"), ["R-7"]),
    (calm().run("03-14 5000 m 0/1/0/0 limp", sites=frozenset({"groin-left"})), ["R-8c", "P-5"]),
    (calm().screen("03-16", flank_or_urine="yes"), ["R-13"]),
    (calm().pain("03-14", "8 8 8", cannot=frozenset({"walk"})), ["W-6", "W-6b"]),
    (calm().screen("03-16", impact_pain_one_spot="yes", past_stress_fracture="yes"), ["R-8"]),
    (sore(3, "03-02").runner(birth_year=2006).screen("03-16", lean_back_pain="yes"), ["R-9"]),
    (sore(3, "03-09").runner(birth_year=2006).screen("03-16", lean_back_pain="yes"), ["R-9"]),
    (calm().screen("03-16", periods_absent="yes", low_energy_intake="yes"), ["R-8b"]),
    (LONG.screen("03-16", **INFLAMED), ["R-10", "W-1c"]),
    (calm().runner(birth_year=2011), ["R-11"]),
    (calm().runner(birth_year=None), ["R-11"]),
    (sore(3, "03-12").runner(birth_year=1960, first_ever_episode=True), ["R-11"]),
    (sore(3, "03-12").screen("03-16", pregnant_or_postpartum="yes"), ["R-12"]),
    (calm().screen("03-05", saddle_numbness="yes"), ["R-1", "R-14"]),
    (replace(USUAL.pain("02-23", "5 5 5 5 5 5 5 5"), on="03-02"), ["W-3", "W-5"]),
    (replace(story().pain("02-27", "1 1 1 1 1 1 1 4 4 4 4 4 4 4"), on="03-12"), ["W-3c"]),
    (story().pain("2026-01-06", "1 " * 28 + "2 " * 28 + "3 " * 14), ["W-4"]),
    (calm().skipped("03-03").skipped("03-10"), ["W-2"]),
    (calm().run("03-10 5000 m 0/1/0/0 stopped"), ["W-2"]),
    (sore(3, "03-01"), ["W-1a", "W-1b"]),
    (sore(3, "03-08").skipped("03-12"), ["W-1a"]),
    (story().pain("02-23", "3 . . 3 . . . 3 . . 3 . . . 3 . . 3 . . . 3"), ["W-1d"]),
    (story().rest("03-10", "03-12", 5, 4), ["W-7"]),
    (calm().pain("03-10", "1", sites=KNEE), ["W-8"]),
    (
        calm().run("03-05 5000 m 1/6/2/1").run("03-09 5000 m 1/6/2/1").run("03-13 5000 m 1/6/2/1"),
        ["W-9", "P-4"],
    ),
    (sore(3, "03-14").runner(episodes_last_12_months=3), ["W-10"]),
    (calm().run("03-16 5000 m 5/5/5/-"), ["P-9", "M-3"]),
    (calm().run("03-14 5000 m 0/3/1/0"), ["P-4", "P-2"]),
    (calm().run("03-14 5000 m 0/1/1/4 sharp"), ["P-3", "P-5"]),
    (story().pain("03-03", "1 " * 7 + "4 " * 7), ["P-6"]),
    (story().pain("03-03", "1 " * 7 + "2 " * 7), ["P-6"]),
    (calm().runner(pain_began_on=day("03-12")), ["W-12"]),
    (replace(QUIET.pain("02-23", "3 3 3"), on="02-25"), ["W-12"]),
    (
        calm()
        .placed("front-plank forearm-plank 3x40 s")
        .session("03-11 forearm-plank s @40 40 40 40 0/6/1/0")
        .session("03-14 forearm-plank s @40 40 40 40 0/6/1/0"),
        ["E-6"],
    ),
    (worked("front-plank", "forearm-plank", "s", "3x30", good_form=False), ["E-6", "E-3"]),
    (
        calm()
        .placed("front-plank forearm-plank 3x40 s")
        .session("03-01 forearm-plank s @40 40 40 40 0/0/0/0"),
        ["E-9", "E-3", "E-7"],
    ),
    (
        calm()
        .placed("front-plank forearm-plank 3x40 s")
        .session("03-08 forearm-plank s @40 40 40 40 0/0/0/0"),
        ["E-9"],
    ),
    (worked("front-plank", "forearm-plank", "s", "3x25", good_form=None), ["E-3"]),
    (story(), ["M-2", "G-3"]),
    (story().pain("02-25", "3 " * 16), ["M-5", "M-2"]),
    (calm().session("03-14 superman reps @8 8 8 8 0/1/1/2", ordinary_soreness=True), ["P-7"]),
    (RUNS, ["L-1", "E-4"]),
    (
        worked("back-extension", "superman", "reps", "3x12")
        .session("03-06 beetle reps @12 12 12 12 0/0/0/0", sides=BOTH)
        .session("03-13 dead-bug reps @8 8 8 0/0/0/0", sides=BOTH),
        ["X-1", "E-5"],
    ),
    (
        worked("single-leg", "single-leg-deadlift", "reps", "3x10", sides=BOTH).run(
            "03-10 5 m 0/6/0/0", stage=3
        ),
        ["E-16"],
    ),
    (worked("quadruped", "bird-dog", "reps", "3x8", sides=BOTH, hold_s=30.0), ["E-8"]),
    (planking().session("03-15 forearm-plank s @25 25 25 25 0/1/1/0"), ["E-7"]),
    (
        calm()
        .placed("back-extension superman 3x8 reps")
        .session("03-11 superman reps @8 8 8 10 0/1/0/0", effort=6)
        .session("03-14 superman reps @8 8 8 10 0/1/0/0", effort=6),
        ["E-3f", "E-4"],
    ),
    (trained(4, 4).answered("psfs", "01-19", run=4).answered("psfs", "03-10", run=5), ["W-11"]),
    (trained(4, 4), ["W-11"]),
    (calm().gentle("03-14"), ["W-5"]),
    (calm().pain("03-16", "2", flare=True), ["W-5"]),
    (RUNS.run("03-16 5000 m 0/6/1/-"), ["L-7"]),
    (IDLE, ["L-5"]),
    (CLEARED, ["L-5"]),
    (calm().pain("02-10", "0"), ["L-5"]),
    (STARTED, ["L-6"]),
    (calm().staged("03-10 3 0/1/1/0", "03-12 3 0/1/1/0"), ["L-6"]),
    (calm().staged("03-10 3 0/1/1/0", "03-16 3 0/6/1/-"), ["L-6", "L-7"]),
    (stuck(6), ["E-14"]),
    (calm(), ["A-3"]),
    (calm().screen("03-16", minor_injury="unsure"), ["R-1u"]),
    (sore(3, "03-12").runner(conditions=frozenset({"osteoporosis"})), ["R-3c"]),
    (sore(3, "03-12").runner(conditions=frozenset({"immunosuppressed"})), ["R-5"]),
    (calm().screen("03-16", fever="yes"), ["R-5"]),
    (sore(3, "03-12").screen("03-16", cancer_ever="yes"), ["R-6"]),
    (calm().screen("03-16", impact_pain_one_spot="yes", bone_pain_at_rest="yes"), ["R-8"]),
    (calm().screen("03-05", weight_loss="yes").screen("03-15"), ["R-14"]),
    (calm().screen("03-05", impact_pain_one_spot="yes").screen("03-15"), ["R-14"]),
    (sore(3, "03-08").runner(birth_year=2009), ["W-1a"]),
    (calm().pain("03-14", "8 8 8"), ["W-6", "W-6b"]),
    (busy("03-10 03-12 03-14 03-16"), ["E-7"]),
    (away("01-10"), ["E-9"]),
    (away("02-10"), ["E-9"]),
    (calm().placed("front-plank forearm-plank 3x40 s"), ["E-3"]),
]
# A story of each tip.
TIP_STORIES = [
    (weekly(6501), "L-2"),
    (weekly(5500, last_effort=8), "L-3"),
    (sore(2, "03-12"), "L-9"),
    (rising(20, 25, 30, 35, 40, 45), "E-10"),
    (sided(10, 20), "E-11"),
    (moved("1/1/1/1", 3), "E-13"),
    (planking(), "E-15"),
    *((told, rule) for rule, told in EVERYTHING.items()),
    (sore(2, "03-12").answered("peg", "02-02", pain=4, enjoyment=3, activity=2), "Q-1"),
]
SAMPLES = [(told.decide(), rules) for told, rules in STORIES]
IDS = [f"{number} {' '.join(rules)}" for number, (_told, rules) in enumerate(STORIES)]
FORBIDDEN = re.compile(
    r"you are fine|you're fine|nothing serious|no need to see|nothing to worry|all good|well done|great|congrat"
    r"|your fault|you should have|muscular|slipped|disc\b|sciatica|stenosis|cauda|fracture of|tumou?r|infection"
    r"|hernia|x-?ray|\bMRI\b|\bscan|imaging|arthritis|osteoporosis|aneurysm|%\(|–\)|\bbout",
    re.IGNORECASE,
)
WORD_RULES = {
    "no illness named, nothing cheered": FORBIDDEN,
    "nothing played down, nothing promised": re.compile(
        r"\b(?:safe|safely|harmless|relax|guarantee\w*|certainly)\b|don.t worry|do not worry|will (?:heal|go away)"
        r"|it is nothing|only muscle",
        re.IGNORECASE,
    ),
    "no blame": re.compile(r"your own fault|you failed|you forgot|careless|you must have", re.IGNORECASE),
    "no words of the code": re.compile(
        r"\b(?:BAD|GOOD|OKAY|UNKNOWN|CUSUM|NRS|DOMS|EL|ref|med7|prev7|nm|bouts?)\b"
    ),
    "no blank left": re.compile(r"%|\{|\}|\bNone\b(?! of| in| before| on)|\bnan\b|_|\(\)|  "),
    "one is singular": re.compile(
        r"(?<![\d.,])1 (?:days|weeks|hours|minutes|sets|runs|sessions|walks|points|readings|years|times)\b"
    ),
    "a sentence ends once": re.compile(r"\.\.|,\.|:\.|\. ?\)|;\."),
}
PERCENT = re.compile(r"\d %")
ADDS = re.compile(
    r"\b(?:add|give|do) (?:\d|one|a) (?:more )?set|(?:hold it|do) .* from now on|next stage|step up", re.I
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def reasons_of(decision: Decision):
    return list(reasons_in_words(decision, NAMES))


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_every_rule_of_the_table_has_words_and_a_story(rule):
    assert rule in WORDS
    fired = {reason.rule for decision, _rules in SAMPLES for reason in decision.reasons}
    assert rule in fired


@pytest.mark.parametrize(("decision", "rules"), SAMPLES, ids=IDS)
def test_a_reason_speaks_to_the_runner_with_every_blank_filled(decision, rules):
    reasons = reasons_of(decision)

    assert set(rules) <= {reason.rule for reason in reasons}
    for reason in reasons:
        for words in (reason.text, reason.threshold, reason.changes_if, reason.waits):
            assert not FORBIDDEN.search(words), words
        assert re.search(r"\b[Yy]our?\b", reason.text) or reason.rule in {"R-14"}, reason.text
        assert (
            reason.text.endswith((".", "?"))
            and reason.threshold.endswith(".")
            and reason.changes_if.endswith(".")
        )
        for value in reason.values:
            assert value.label and value.value


@pytest.mark.parametrize(("decision", "rules"), SAMPLES, ids=IDS)
def test_every_number_in_a_reason_comes_from_its_evidence(decision, rules):
    for reason, words in zip(decision.reasons, reasons_of(decision), strict=True):
        days = [str(value.on.day) for value in reason.evidence.values if value.on]
        shown = NUMBER.findall(" ".join(value.value + value.label for value in words.values))
        limits = {str(round(n, 2)).removesuffix(".0") for _name, n in reason.evidence.limits}
        named = re.findall(r"%\((\w+)\)s", str(WORDS[reason.rule].text_of(reason)))
        own = {str(getattr(SHIPPED, name)) for name in named if hasattr(SHIPPED, name)}
        assert set(NUMBER.findall(words.text)) <= {*days, *shown, *limits, *own}, words.text
        numbers = [n for n in vars(SHIPPED).values() if not isinstance(n, tuple)]
        known = {f"{factor * n:.4g}" for n in numbers for factor in (1, 100)} | limits | {"10"}
        assert set(NUMBER.findall(words.threshold)) <= known, words.threshold


@pytest.mark.parametrize("rule", [*WORDS])
def test_no_sentence_of_a_rule_writes_a_number_itself(rule):
    words = WORDS[rule]
    said = (words.rule, words.text, words.threshold, words.changes_if)
    for text in (*said, *words.at.values(), *words.changes_at.values()):
        plain = re.sub(r"%\(\w+\)s|of 10\b", "", str(text))
        assert not NUMBER.search(plain), text
        assert not FORBIDDEN.search(plain), text


def test_every_key_a_rule_uses_has_a_label():
    used = {v.what for decision, _ in SAMPLES for reason in decision.reasons for v in reason.evidence.values}
    tables = {"answer": ANSWERS, "condition": CONDITIONS}
    for what in used:
        kind, _dot, name = what.partition(".")
        assert name in tables[kind] if kind in tables else kind == "sign" or what in LABELS, what


def test_every_source_of_a_rule_is_a_known_reference():
    named = {source for rule in (*RULES, *TIPS, *NOTES) for source in rule.sources}

    assert named <= set(references())


@pytest.mark.parametrize(("told", "rule"), TIP_STORIES, ids=[rule for _told, rule in TIP_STORIES])
def test_a_tip_speaks_to_the_runner_with_every_blank_filled(told, rule):
    tip = next(tip for tip in told.decide().tips if tip.rule == rule)

    words = sentence(tip.rule, tip.evidence, NAMES)

    assert not FORBIDDEN.search(words), words
    assert re.search(r"\b[Yy]our?\b", words), words
    assert words.endswith(".")
    assert all(value.what in LABELS for value in tip.evidence.values)


def test_every_tip_has_a_story():
    assert {tip.id for tip in TIPS} == {rule for _told, rule in TIP_STORIES}


def test_the_rule_book_has_every_rule_with_every_blank_filled():
    book = rule_book()

    assert [rule.id for rule in book] == [rule.id for rule in (*RULES, *TIPS, *NOTES)]
    assert len({rule.id for rule in book}) == len(book)
    assert {note.id for note in NOTES} == set(NOTE_WORDS)
    assert [rule.id for rule in book if not rule.verdict] == [rule.id for rule in (*TIPS, *NOTES)]
    for rule in book:
        assert not FORBIDDEN.search(rule.text + rule.threshold), rule
        assert rule.text.endswith(".") and rule.threshold.endswith(".")


def test_a_dose_moves_up_in_plain_words():
    to = Dose(exercise="forearm-plank", sets=3, target=30, unit="s")
    move = Move(
        ladder="front-plank", rule="E-4", kind="longer", to=to,
        from_=Dose(exercise="forearm-plank", sets=3, target=25, unit="s"),
    )  # fmt: skip

    up = move_up(move, NAMES)

    assert (up.title, up.before, up.after) == ("Hold your forearm plank 5 s longer", "25 s", "30 s")
    assert up.accept == "Hold it 30 s from now on"


@pytest.mark.parametrize(
    ("kind", "before", "after", "words"),
    [
        ("step_down", (3, 25, "s"), (3, 20, "s"), "Forearm plank: from 25 s back to 20 s"),
        ("step_down", (3, 15, "s"), (2, 15, "s"), "Forearm plank: from 3 sets back to 2 sets"),
        ("hold", (3, 25, "s"), (2, 25, "s"), "Forearm plank: only 2 sets the next time"),
        ("pause", (3, 25, "s"), None, "Forearm plank: left out for now"),
    ],
)
def test_a_dose_that_is_eased_is_stated(kind, before, after, words):
    from_, to = (
        dose and Dose(exercise="forearm-plank", sets=dose[0], target=dose[1], unit=dose[2])
        for dose in (before, after)
    )

    eased = move_in_force(Move(ladder="front-plank", rule="E-6", kind=kind, from_=from_, to=to), NAMES)

    assert eased.text == words


def test_explains_a_step_up_with_its_reasons(alice, give):
    words = explain(give(alice, planking()))

    assert words.headline == "Hold your forearm plank 5 s longer"
    assert "passes 5" in words.lead
    assert words.moves_up[0].answered is None
    assert words.reasons[0].ladder == "Front plank"
    assert "Sat 14 Mar: lowest set 25 s" in words.reasons[0].text
    assert not words.needs_care


def test_says_what_the_runner_answered(alice, give):
    advice = give(alice, planking())
    MoveAnswer.objects.create(
        runner=alice,
        advice=advice,
        ladder=Ladder.objects.get(slug="front-plank"),
        answer=Answer.LATER,
        answered_at="2026-03-16T12:00Z",
    )

    assert explain(advice).moves_up[0].answered == "later"


def test_takes_three_queries_at_most(alice, give, django_assert_max_num_queries):
    advice = give(alice, planking())

    with django_assert_max_num_queries(3):
        explain(advice)


def test_a_professional_is_wanted_within_days_and_most_pain_is_not_dangerous(alice, give):
    words = explain(give(alice, sore(4, "02-28")))

    assert words.needs_care
    assert "within 14 days" in words.lead
    assert "Most back pain is not dangerous" in words.lead


def test_severe_pain_shortens_the_days(alice, give):
    words = explain(give(alice, calm().pain("03-14", "8 8 8")))

    assert "within 3 days" in words.lead


@pytest.mark.parametrize(
    ("country", "number", "line"),
    [("GB", "999", "111"), ("DE", "112", ""), ("US", "911", ""), ("", "112", "")],
)
def test_an_urgent_advice_names_numbers_of_the_runners_country(alice, give, country, number, line):
    alice.country = country

    words = explain(give(alice, calm().screen("03-16", fever="yes")))

    assert words.emergency_number == number
    assert f"Call {line} or your doctor" in words.lead if line else "advice line" in words.lead
    assert len(words.emergency_signs) == 4


def test_an_emergency_says_where_to_go_and_nothing_of_training(alice, give):
    alice.country = "GB"

    words = explain(give(alice, planking().screen("03-16", saddle_numbness="yes")))

    assert words.verdict == "emergency"
    assert "call 999" in words.lead
    assert "Do not drive" in words.lead
    assert words.moves_up == ()
    assert words.running.cap == "No running for now"


def test_a_step_that_waits_says_why(alice, give):
    words = explain(give(alice, RUNS))

    step = next(reason for reason in words.reasons if reason.rule == "E-4")
    assert step.waits.startswith("Its step waits: Nothing that adds load")


def test_the_cap_is_in_the_runners_units(alice, give):
    alice.units = "mi"

    assert explain(give(alice, RUNS)).running.cap.endswith(" mi")


def test_every_question_leads_to_a_page(alice, give):
    asked = [ask for decision, _rules in SAMPLES for ask in decision.asks]
    kinds = {"check_in", "next_morning", "full_screening", "nerve_screening", "form", "birth_year"}
    assert kinds <= {ask.what for ask in asked}

    for told, _rules in STORIES:
        words = explain(give(alice, told))
        assert all(ask.text and ask.url.startswith("/") for ask in words.asks)


def test_words_of_a_language_we_do_not_have_are_english(alice, give):
    with override("de"):
        assert explain(give(alice, calm())).verdict_words


@pytest.fixture
def told_all(alice, give):
    """Every story and every story of a tip as it is told to a runner."""
    return [explain(give(alice, told)) for told, _rules in (*STORIES, *TIP_STORIES)]


def sentences_of(advice: Explained) -> Iterator[str]:
    """Yield everything an advice says, the rows behind "Why?" included."""
    yield from (advice.verdict_words, advice.headline, advice.lead, advice.running.cap)
    yield from (advice.running.warning, *advice.emergency_signs)
    yield from (words for tip in advice.tips for words in (tip.text, tip.article_words))
    yield from (ask.text for ask in advice.asks)
    for move in advice.moves_up:
        yield from (move.title, move.before, move.after, move.accept)
    yield from (move.text for move in advice.moves_in_force)
    for reason in advice.reasons:
        yield from (reason.text, reason.threshold, reason.changes_if, reason.waits, *reason.stopped)
        yield from (f"{value.label}: {value.value}" for value in reason.values)


def breaks(words: str, *, but: str = "") -> list[str]:
    plain = PERCENT.sub("", words)
    return [rule for rule, pattern in WORD_RULES.items() if rule != but and pattern.search(plain)]


def test_nothing_told_to_a_runner_breaks_a_rule_of_wording(told_all):
    said = {words for advice in told_all for words in sentences_of(advice)}

    assert {words: broken for words in said if (broken := breaks(words))} == {}


def test_nothing_in_the_rule_book_breaks_a_rule_of_wording():
    said = {
        words for chapter in chapters() for rule in chapter.rules for words in (rule.text, rule.threshold)
    }

    assert {words: broken for words in said if (broken := breaks(words))} == {}


def test_no_disagreement_of_the_sources_breaks_a_rule_of_wording():
    said = {words for conflict in CONFLICTS for words in (conflict.title, conflict.text)}

    # Why no scan is suggested has to name one.
    assert {words for words in said if breaks(words, but="no illness named, nothing cheered")} == set()


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("You are fine.", "no illness named, nothing cheered"),
        ("It is safe to run.", "nothing played down, nothing promised"),
        ("You forgot your check-in.", "no blame"),
        ("The run was BAD.", "no words of the code"),
        ("After %(days)s days.", "no blank left"),
        ("Rest for 1 days.", "one is singular"),
        ("Repeat it..", "a sentence ends once"),
    ],
)
def test_a_rule_of_wording_finds_what_breaks_it(words, rule):
    assert rule in breaks(words)


def test_every_text_of_a_limit_or_a_verdict_has_a_story():
    given = {
        (reason.rule, key)
        for decision, _rules in SAMPLES
        for reason in decision.reasons
        for key in (reason.verdict, *(name for name, _limit in reason.evidence.limits))
    }

    for rule, words in WORDS.items():
        assert {(rule, key) for key in (*words.at, *words.changes_at)} <= given


def test_beside_urgent_advice_no_reason_speaks_of_training(told_all):
    urgent = [advice for advice in told_all if advice.stops_training]

    assert urgent
    for advice in urgent:
        shown = (*advice.main_reasons, *advice.other_reasons)
        assert {reason.verdict for reason in shown} <= {"professional", "urgent", "emergency"}
        assert not advice.moves_up and not advice.moves_in_force


def test_beside_a_call_for_help_nothing_says_to_add(told_all):
    called = [advice for advice in told_all if advice.needs_care]

    assert called
    for advice in called:
        tips = [tip.text for tip in advice.tips]
        shown = [advice.lead, *tips, *(r.text for r in (*advice.main_reasons, *advice.other_reasons))]
        assert [words for words in shown if ADDS.search(words) and "That earns" not in words] == []
        assert not advice.moves_up


def test_what_stops_training_ends_with_a_professional(told_all):
    for advice in told_all:
        for reason in advice.reasons:
            if reason.verdict in {"urgent", "emergency"}:
                assert "professional" in reason.changes_if, reason


def test_a_warning_sign_is_not_played_down(alice, give):
    words = explain(give(alice, calm().screen("03-16", impact_pain_one_spot="yes")))

    assert words.verdict == "professional"
    assert "within 7 days" in words.lead
    assert "not dangerous" not in words.lead


def test_a_maybe_to_an_urgent_sign_is_settled_within_a_week(alice, give):
    assert "within 7 days" in explain(give(alice, calm().screen("03-16", fever="unsure"))).lead


def test_help_is_said_to_be_a_good_idea_with_any_back_pain(alice, give):
    words = explain(give(alice, sore(3, "03-08")))

    notice = next(reason.text for reason in words.reasons if reason.rule == "W-1a")
    assert "a good idea with any back pain, and reasonable from now on" in notice


def test_where_running_is_off_the_lead_does_not_speak_of_a_next_run(told_all):
    off = [advice for advice in told_all if not advice.running.may_run]

    assert {"hold", "regress"} <= {advice.verdict for advice in off}
    for advice in off:
        assert "next run" not in advice.lead
        assert "Repeat what you do now" not in advice.lead
        assert advice.headline != "Keep your plan as it is"


def test_where_an_exercise_is_eased_the_lead_repeats_only_the_rest(alice, give):
    words = explain(give(alice, away("03-08")))

    assert words.headline == "Add nothing for now"
    assert words.lead.startswith("Forearm plank: only 2 sets the next time. Keep the rest as it is.")
    assert "on the ladder “Front plank”" in words.lead


def test_an_unknown_year_of_birth_asks_for_it(alice, give):
    words = explain(give(alice, calm().runner(birth_year=None)))

    assert "Give your year of birth under Settings." in words.lead


def test_a_run_walk_stage_is_earned_by_runs(alice, give):
    told = calm().staged("03-10 3 0/1/1/0", "03-12 3 0/1/1/0")

    assert explain(give(alice, told)).lead.startswith("Good runs in a row at this stage.")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (busy("03-10 03-12 03-14 03-16"), "Your strength days are many"),
        (calm().placed("front-plank forearm-plank 3x25 s"), "Your strength days are few"),
        (busy("03-14 03-15"), "on days close together"),
    ],
)
def test_strength_days_are_told_by_what_is_wrong_with_them(told, words):
    assert words in next(reason.text for reason in reasons_of(told.decide()) if reason.rule == "E-7")


def test_only_a_professional_decides_on_a_scan():
    conflict = next(conflict for conflict in CONFLICTS if conflict.title == "Why no scan is suggested")

    assert "never suggest a scan" in conflict.text
    assert "whether a scan is needed is for the professional to decide" in conflict.text


def test_the_plan_says_nothing_of_training_beside_urgent_advice(as_alice, alice, give, place, at_noon):
    place(alice)
    told = away("03-01")
    give(alice, told)
    assert "You have been away from this exercise" in as_alice.get(reverse("plan")).content.decode()

    give(alice, told.screen("03-16", fever="yes"))

    assert "You have been away from this exercise" not in as_alice.get(reverse("plan")).content.decode()
