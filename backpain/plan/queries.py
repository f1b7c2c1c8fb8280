import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from backpain.accounts.models import User
from backpain.coach import history as values
from backpain.exercises.curated import translated
from backpain.exercises.models import Ladder

from .log import UNANSWERED, Chosen, Filter
from .models import HINDSIGHT_AFTER, Advice, Hindsight, MoveAnswer
from .words.chapters import TITLES

PER_PAGE = 20
LEAST_ANSWERS = 10  # fewer say more about a runner than about a rule
LEAST_RUNNERS = 3  # the same, of many answers of few; the project's choice
ALL = ("", "")  # the count of the whole log


class Said(NamedTuple):
    """What all runners together said, looking back, of advice that a rule decided."""

    rule: str
    verdict: str
    yes: int
    no: int
    unsure: int

    @property
    def answers(self) -> int:
        return self.yes + self.no + self.unsure


def placements_since(runner: User, since: dt.date | None) -> Iterator[values.Placement]:
    """Return the rungs the runner stood on from `since` on, as contract values.

    A placement that was replaced on its first day never held for a day and is left out. So are those of a
    ladder that is no longer in the plan: in a history a placement lasts until the next one on its ladder.
    """
    stood = runner.placements.exclude(ended_on=F("from_on"))
    if since:
        stood = stood.filter(Q(ended_on=None) | Q(ended_on__gte=since))
    columns = ("ladder__slug", "exercise__slug", "sets", "target", "unit", "hold_s", "from_on", "ended_on")
    rows = list(stood.order_by("from_on", "pk").values(*columns))
    in_plan = {row["ladder__slug"] for row in rows if row.pop("ended_on") is None}
    for row in rows:
        ladder = row.pop("ladder__slug")
        if ladder in in_plan:
            exercise, from_on = row.pop("exercise__slug"), row.pop("from_on")
            yield values.Placement(ladder=ladder, exercise=exercise, since=from_on, **row)


def advice_page(
    runner: User, *, chosen: Chosen, before: Advice | None, today: dt.date
) -> tuple[list[Advice], bool]:
    """Return a page of a runner's advice, newest first, and whether there is more before it."""
    rows = newest_first(runner.advice.filter(_matching(chosen, today)), before=before)
    page = list(rows[: PER_PAGE + 1])
    return page[:PER_PAGE], len(page) > PER_PAGE


def newest_first(rows: QuerySet[Advice], *, before: Advice | None = None) -> QuerySet[Advice]:
    """Return advice, newest first, without its facts, by far the largest column; only what stands after `before`.

    By the instant: advice of another account, brought in later, was given before.
    """
    if before:
        earlier = Q(given_at__lt=before.given_at) | Q(given_at=before.given_at, pk__lt=before.pk)
        rows = rows.filter(earlier)
    return rows.defer("facts").order_by("-given_at", "-pk")


def advice_counts(
    runner: User, *, chosen: Chosen, choices: Mapping[Filter, Iterable[str]], today: dt.date
) -> dict[tuple[str, str], int]:
    """Return how much advice each choice of a filter would show beside what is chosen of the others.

    Keys are (filter, value); ALL is the whole log. One query.
    """
    keys = [(name, value) for name, values in choices.items() for value in values]
    counted = runner.advice.aggregate(
        whole=Count("pk"),
        **{
            f"n{n}": Count("pk", filter=_matching(replace(chosen, **{name: value}), today))
            for n, (name, value) in enumerate(keys)
        },
    )
    return {ALL: counted["whole"]} | {key: counted[f"n{n}"] for n, key in enumerate(keys)}


def ladder_names() -> dict[str, str]:
    """Return the ladders a log may speak of, those out of use too, by slug."""
    rows = Ladder.objects.order_by("position", "pk")
    return dict(rows.values_list("slug", translated("name")))


def _matching(chosen: Chosen, today: dt.date) -> Q:
    """Return what finds the advice that is chosen; an answer is one to a step of the chosen ladder."""
    found = Q(verdict=chosen.verdict) if chosen.verdict else Q()
    if chosen.about in TITLES:
        found &= Q(decided_by__contains=f" {chosen.about}-")
    elif chosen.about:
        found &= Q(ladders__contains=f" {chosen.about} ")
    if chosen.answer:
        answers = MoveAnswer.objects.filter(
            runner=OuterRef("runner"), advice=OuterRef("pk"), answer=chosen.answer
        )
        on_ladder = chosen.about and chosen.about not in TITLES
        found &= Q(Exists(answers.filter(ladder__slug=chosen.about) if on_ladder else answers))
    if chosen.right == UNANSWERED:
        found &= Q(was_right="", on__lte=today - HINDSIGHT_AFTER)
    elif chosen.right:
        found &= Q(was_right=chosen.right)
    return found


def what_runners_said() -> tuple[list[Said], int]:
    """Return what all runners said by rule and verdict, and how many of these are left out: too few answered.

    Advice that several rules decided together counts for each of them.
    """
    answers: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    runners: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    looked_back = Advice.objects.exclude(was_right="").order_by()
    columns = ("decided_by", "verdict", "was_right", "runner")
    for rules, verdict, was_right, runner, count in looked_back.values_list(*columns).annotate(n=Count("pk")):
        for rule in rules.split():
            answers[rule, verdict][was_right] += count
            runners[rule, verdict].add(runner)
    said = [Said(*key, *(each[one] for one in Hindsight.values)) for key, each in sorted(answers.items())]
    enough = [
        one
        for one in said
        if one.answers >= LEAST_ANSWERS and len(runners[one.rule, one.verdict]) >= LEAST_RUNNERS
    ]
    return enough, len(said) - len(enough)
