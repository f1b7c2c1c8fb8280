import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backpain.plan.models import MoveAnswer
from backpain.reports.advised import spells_of
from backpain.reports.contents import Options
from backpain.reports.queries import AdviceRow
from backpain.reports.report import report_of
from backpain.training.models import CheckIn, Run
from tests.benchmarks.long_log import write_long_log
from tests.coach.stories import Story, story
from tests.conftest import NOON
from tests.factories import CheckInFactory, RunFactory, SessionFactory
from tests.pages import fill_log

pytestmark = pytest.mark.usefixtures("at_noon")

FIRST, LAST = dt.date(2025, 12, 29), dt.date(2026, 3, 16)  # 12 weeks from a Monday
ALL = Options(with_name=True, with_screening=True, with_notes=True)
PAGE = "/report/page/"
QUERIES = 24


def report(runner, *, first=FIRST, last=LAST, options=ALL, today=LAST):
    return report_of(runner, first=first, last=last, options=options, today=today)


def shown(client, **chosen):
    response = client.get(PAGE, {"weeks": "12"} | chosen)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def queries(runner):
    with CaptureQueriesContext(connection) as captured:
        report(runner)
    return len(captured)


class TestContents:
    def test_is_empty_without_an_entry(self, alice):
        made = report(alice)

        assert made.is_empty
        assert made.pain.svg == made.load.svg == ""

    def test_tells_scores_with_number_mean_and_worst(self, alice, ran):
        ran((10, 5, 2), (8, 5, 5), (6, 5, None))

        after = next(row for row in report(alice).pain.scores if row.name == "After runs")

        assert (after.count, after.mean, after.worst) == (2, "3.5", 5)

    def test_leaves_out_what_lies_outside_the_days(self, alice, ran):
        ran((78, 5, 9), (77, 5, 2), (0, 5, 4))  # 77 days ago is the first day

        after = next(row for row in report(alice).pain.scores if row.name == "After runs")

        assert (after.count, after.worst) == (2, 4)
        assert report(alice).load.runs == 2

    def test_draws_a_mark_for_every_run_it_counts(self, alice, ran):
        ran(*[(days, 5, days % 4) for days in range(2, 40, 3)])

        made = report(alice)

        assert len(re.findall(r'class="pt ', made.pain.svg)) == 13
        assert next(row for row in made.pain.scores if row.name == "After runs").count == 13

    def test_draws_the_weekly_distances_it_sums(self, alice, ran):
        ran((1, 7.5, 1), (5, 6, 1), (9, 4.5, 1))

        made = report(alice)

        bars = map(float, re.findall(r'class="bar[^>]*><title>Week of [^:]+: ([\d.]+) km', made.load.svg))
        assert made.load.distance == "18 km"
        assert sum(bars) == 18

    def test_tells_nothing_of_the_days_before_a_first_day_within_a_week(self, alice, ran):
        ran((7, 20, 1), (5, 5, 1), (1, 6, 1))  # a Monday, the Wednesday after it, a Sunday

        made = report(alice, first=dt.date(2026, 3, 10))

        assert made.load.distance == "11 km"
        assert "20.0" not in made.load.svg

    def test_has_no_link_in_its_graphs(self, alice, ran):
        ran(*[(days, 5, 2) for days in range(1, 20, 2)])

        made = report(alice)

        assert "<a" not in made.pain.svg + made.load.svg
        assert str(alice.runs.first().uuid) not in made.pain.svg

    def test_sums_up_places_with_their_sides(self, alice):
        for days, score, sites in [(1, 4, ["low-back-left"]), (2, 2, ["low-back-left", "buttock-right"])]:
            CheckInFactory(runner=alice, on=LAST - dt.timedelta(days), score=score, sites=sites)
        CheckInFactory(runner=alice, on=LAST, score=3)

        pain = report(alice).pain

        assert [(row.name, row.count, row.mean, row.worst) for row in pain.sites.rows] == [
            ("Low back, left", 2, "3.0", 4),
            ("Buttock, right", 1, "2.0", 2),
        ]
        assert pain.unplaced == 1

    @pytest.mark.parametrize(("runs", "lines"), [(2, 0), (3, 1)])
    def test_draws_no_trend_of_two_runs(self, alice, ran, runs, lines):
        ran(*[(days, 5, 2) for days in range(1, runs + 1)])

        assert report(alice).pain.svg.count('class="trend"') == lines

    def test_counts_a_zero_as_a_score_and_not_as_pain(self, alice):
        CheckInFactory(runner=alice, on=LAST, score=0)

        made = report(alice)

        assert (made.pain.scores[0].count, made.pain.scores[0].mean, made.pain.unplaced) == (1, "0.0", 0)
        assert "NaN" not in made.pain.svg

    def test_gives_no_weekly_mean_of_less_than_a_week(self, alice, ran):
        ran((3, 5, 1), (1, 5, 1))

        load = report(alice).load

        assert (load.weekly, load.sessions_weekly) == ("", "")

    def test_takes_weekly_means_from_the_first_bout(self, alice, ran):
        ran((13, 10, 1), (6, 5, 1))  # 14 days with today
        SessionFactory(runner=alice)

        load = report(alice).load

        assert (load.weekly, load.sessions_weekly, load.since) == ("7.5 km", "0.5", dt.date(2026, 3, 3))

    @pytest.mark.parametrize(
        ("days", "said"),
        [
            ({}, "3 of 4 planned exercise days (2 a week, in 2 whole weeks with a plan)"),
            ({"first": "2026-03-04"}, "2 of 2 planned exercise days (2 a week, in 1 whole week with a plan)"),
            ({"last": "2026-03-15"}, "3 of 4 planned exercise days (2 a week, in 2 whole weeks with a plan)"),
            (
                {"last": "2026-03-15", "today": "2026-03-15"},  # a Sunday that is not over
                "1 of 2 planned exercise days (2 a week, in 1 whole week with a plan)",
            ),
            ({"first": "2026-03-10"}, ""),
        ],
    )
    def test_tells_how_many_of_the_planned_exercise_days_were_kept(self, alice, stood, days, said):
        stood("front-plank", (20, "knee-plank", 3, 20, "s"))
        for day in (3, 9, 11, 11, 13):
            SessionFactory(runner=alice, started_at=dt.datetime(2026, 3, day, 18, tzinfo=dt.UTC))

        made = report(alice, **{name: dt.date.fromisoformat(day) for name, day in days.items()})

        assert made.load.kept == said

    def test_tells_nothing_of_planned_days_without_a_plan(self, alice):
        SessionFactory(runner=alice)

        assert report(alice).load.kept == ""

    def test_tells_from_where_to_where_a_ladder_went(self, alice, stood):
        stood("front-plank", (90, "knee-plank", 3, 20, "s"), (30, "knee-plank", 3, 25, "s"))

        (climb,) = report(alice).ladders.rows

        assert (climb.start, climb.end, climb.steps) == (
            "Knee plank, 3 × 20 s",
            "Knee plank, 3 × 25 s",
            "1 up",
        )

    def test_compares_the_first_with_the_last_questionnaire(self, alice, answered):
        answered(60, "peg", {"pain": 6, "enjoyment": 6, "activity": 6})
        answered(30, "peg", {"pain": 5, "enjoyment": 5, "activity": 5})
        answered(2, "peg", {"pain": 3, "enjoyment": 3, "activity": 3})

        (peg,) = report(alice).forms

        assert (peg.first, peg.last, peg.change) == ("6.0", "3.0", "50% lower, a change that counts")

    def test_counts_twenty_runs_of_a_day(self, alice):
        for minute in range(20):
            RunFactory(
                runner=alice,
                started_at=dt.datetime(2026, 3, 14, 23, 39 + minute, tzinfo=dt.UTC),
                on=dt.date(2026, 3, 14),
                distance_m=1000,
                pain_after=minute % 3,
            )

        made = report(alice)

        assert (made.load.runs, made.load.distance, made.load.longest) == (20, "20 km", "1 km")
        assert len(re.findall(r'class="pt ', made.pain.svg)) == 20

    def test_stands_on_check_ins_alone(self, alice):
        CheckInFactory(runner=alice, on=LAST, score=4, sites=["neck"])

        made = report(alice)

        assert made.pain.finding == "Too few runs to compare yet"
        assert 'class="daily"' in made.pain.svg
        assert made.load.svg == ""

    def test_costs_no_more_for_three_years(self, alice):
        fill_log(alice, now=NOON)
        filled = queries(alice)
        write_long_log(runner=alice, runs=600, now=NOON)

        with CaptureQueriesContext(connection) as captured:
            report(alice, first=dt.date(2023, 3, 13))

        assert len(captured) <= QUERIES
        assert filled <= QUERIES


class TestAdvice:
    def rows(self, *told):
        return [
            AdviceRow(n, LAST - dt.timedelta(days), verdict, "2026.1")
            for n, (days, verdict) in enumerate(told)
        ]

    def test_a_flag_stands_until_something_lesser_is_advised(self):
        rows = self.rows((9, "hold"), (8, "urgent"), (7, "urgent"), (5, "hold"), (4, "professional"))

        found = [(stood.first.verdict, stood.first.on, stood.until) for stood in spells_of(None, rows)]

        assert found == [
            ("urgent", dt.date(2026, 3, 8), dt.date(2026, 3, 11)),
            ("professional", dt.date(2026, 3, 12), None),
        ]

    def test_a_flag_of_before_the_days_is_told(self, alice):
        told = story().screen("2025-12-06", fever="yes", very_unwell="yes")
        decision = Story(history=told.history, on="2025-12-06").decide()
        alice.advice.create(
            on=dt.date(2025, 12, 6),
            given_at=NOON,
            verdict="urgent",
            facts={},
            decision=decision.as_data(),
            ruleset="2026.1",
            engine="1",
        )

        (spell,) = report(alice).advice.spells.rows

        assert spell.days == "before 29 Dec 2025, still in force on 16 Mar 2026"

    def test_a_flag_that_ended_before_the_days_is_not(self, alice, advised):
        advised((100, "professional"), (95, "hold"))

        assert report(alice).advice.spells.count == 0

    def test_counts_what_was_advised(self, alice, advised):
        advised((9, "hold"), (8, "progress"), (5, "hold"), (100, "regress"))

        assert report(alice).advice.counts == [("Next step", 1), ("Hold", 2)]

    def test_tells_why_a_step_was_declined(self, alice, advised, catalogue):
        from backpain.exercises.models import Ladder

        advised((5, "progress"))
        answer = {"runner": alice, "advice": alice.advice.get(), "answered_at": NOON}
        ladder = Ladder.objects.get(slug="front-plank")
        MoveAnswer.objects.create(ladder=ladder, answer="declined", because="hurts", note="my hip", **answer)

        part = report(alice).advice

        assert [(row.because, row.note) for row in part.declined.rows] == [("It hurts", "my hip")]
        assert report(alice, options=Options()).advice.declined.rows[0].note == ""


class TestWhatTheRunnerTicks:
    @pytest.fixture
    def told(self, alice):
        fill_log(alice, now=NOON)
        alice.runs.filter(on__gte=FIRST).update(note="a note of mine")
        alice.screenings.create(
            at=NOON, on=LAST, entered_at=NOON, answers={"fever": "yes", "very_unwell": "no"}
        )

    def test_is_left_out_otherwise(self, as_alice, told):
        page = shown(as_alice)

        article = page.partition("<article")[2]
        for words in ("Alice", "a note of mine", "A temperature of", "Put on socks"):
            assert words not in article
        assert "left out notes and answers to the warning-sign questions" in article

    def test_is_in_it(self, as_alice, told):
        page = shown(as_alice, with_name="on", with_notes="on", with_screening="on")

        for words in ("Alice", "“a note of mine”", "A temperature of", "Yes on 16 Mar 2026", "Put on socks"):
            assert words in page
        assert "left out" not in page.partition("<article")[2]

    def test_calls_nothing_a_no_that_was_not_said(self, alice, told):
        alice.screenings.create(at=NOON, on=LAST, entered_at=NOON, answers={"sexual_change": "not_said"})

        assert "Rather not say on 16 Mar 2026" in str(report(alice).screening.worrying)

    def test_keeps_a_yes_that_became_a_no(self, alice, told):
        alice.screenings.create(
            at=NOON + dt.timedelta(hours=1), on=LAST, entered_at=NOON, answers={"fever": "no"}
        )

        worrying = dict(report(alice).screening.worrying)

        assert "Yes on 16 Mar 2026; No on 16 Mar 2026" in worrying.values()

    def test_hides_a_warning_sign_behind_an_advice_to_get_help(self, as_alice, alice):
        from backpain.training.review import lock, review

        RunFactory(runner=alice, pain_before=1, pain_after=1)
        alice.screenings.create(at=NOON, on=LAST, entered_at=NOON, answers={"saddle_numbness": "yes"})
        review(runner=lock(alice), now=NOON)

        hidden, told = shown(as_alice), shown(as_alice, with_screening="on")

        assert "<b>Emergency</b>, 16 Mar 2026, still in force" in hidden
        assert "the runner left the answers out" in hidden
        assert "between" not in hidden.partition("report__flags")[2].partition("</section>")[0]
        assert "You answered yes" in told


class TestPage:
    def test_the_legends_explain_only_what_is_drawn(self, as_alice, ran):
        marks = ("next morning", "check-in", "mean of the last", "plan up", "guard on the", "over the guard")

        def explained():
            legends = " ".join(re.findall(r'<p class="legend">.*?</p>', shown(as_alice)))
            return [mark for mark in marks if mark in legends]

        ran((60, 5, 3))
        assert explained() == ["next morning"]
        ran(*[(days, 5, 3) for days in (20, 18, 16)], (2, 9, 3))
        assert explained() == ["next morning", "mean of the last", "guard on the", "over the guard"]

    def test_asks_which_days(self, as_alice):
        assert as_alice.get("/report/").status_code == 200

    def test_takes_the_usual_days_where_none_are_chosen(self, as_alice):
        assert "29 Dec 2025 to 16 Mar 2026" in as_alice.get(PAGE).content.decode()

    def test_says_that_nothing_was_logged(self, as_alice):
        page = shown(as_alice)

        assert "Nothing was logged in these days." in page
        assert "<svg" not in page.partition("<article")[2].partition("</article>")[0]

    @pytest.mark.parametrize(
        "chosen",
        [
            {"weeks": "7"},
            {"weeks": "dates"},
            {"weeks": "dates", "first": "2026-03-10", "last": "2026-03-01"},
            {"weeks": "dates", "first": "2026-03-10", "last": "2026-03-17"},
            {"weeks": "dates", "first": "0001-01-01", "last": "2026-03-10"},
            {"weeks": "dates", "first": "NaN", "last": "2026-03-10"},
        ],
    )
    def test_refuses_days_that_cannot_be(self, as_alice, chosen):
        response = as_alice.get(PAGE, chosen)

        assert response.status_code == 422
        assert 'class="errorlist"' in response.content.decode()

    def test_takes_any_days_of_the_past(self, as_alice, ran):
        ran((20, 5, 1), (10, 5, 1))

        page = shown(as_alice, weeks="dates", first="2026-03-01", last="2026-03-10")

        assert "1 Mar 2026 to 10 Mar 2026" in page
        assert "1 run, 5 km" in page

    def test_does_not_let_dates_of_before_change_whole_weeks(self, as_alice):
        assert "29 Dec 2025 to 16 Mar 2026" in shown(as_alice, first="2026-05-01", last="2026-01-01")

    def test_writes_notes_as_text(self, as_alice, alice):
        RunFactory(runner=alice, note="<script>alert(1)</script>")

        page = as_alice.get(PAGE, {"weeks": "12", "with_notes": "on"}).content.decode()

        assert "<script>alert" not in page

    def test_shows_a_stranger_their_own_report_alone(self, as_bob, alice, ran):
        ran((5, 5, 3))

        assert "Nothing was logged in these days." in shown(as_bob)

    def test_leaves_deleted_entries_out(self, alice):
        RunFactory(runner=alice, pain_after=9, deleted_at=NOON)
        CheckInFactory(runner=alice, on=LAST, score=9, deleted_at=NOON)

        assert report(alice).is_empty
        assert Run.with_deleted.count() == CheckIn.with_deleted.count() == 1
