"""What runners enter. Every row belongs to a runner and leaves the log by `deleted_at` first.

Pain scores are whole numbers 0-10, None where nothing was said. The instant of a bout and the
runner's own day of it are both stored, so that a later change of time zone moves nothing.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backpain.coach import history as values

from . import choices

MS_TO_SAVE_AT_MOST = 3_600_000  # an hour; a form open for longer was forgotten

MOST_START_M = 5_000_000  # on a shoe before its first run; more was typed by mistake


def owned_by_runner(related_name: str) -> Any:
    """Return the foreign key every table here leads with; `runner.<related_name>` are the rows that stand."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name=related_name)


def pain_score() -> Any:
    """Return a column for a pain score nobody has to give."""
    return models.PositiveSmallIntegerField(null=True, blank=True)


def within(low: float, high: float, *fields: str) -> Q:
    """Return the condition that each field is empty or within the limits."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (low, high)})
    return condition


def entry_constraints(table: str) -> list[models.BaseConstraint]:
    """Return what holds for every entry: its uuid is given once a runner, deleted or not."""
    return [models.UniqueConstraint(fields=["runner", "uuid"], name=f"{table}_uuid_once_a_runner")]


class StandingManager(models.Manager[Any]):
    def get_queryset(self) -> models.QuerySet[Any]:
        """Return the entries the runner has not deleted."""
        return super().get_queryset().filter(deleted_at=None)


class Entry(models.Model):
    """One thing a runner entered. `uuid` is its id in URLs, on devices and in the history contract."""

    uuid = models.UUIDField(default=uuid.uuid4)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    payload_hash = models.CharField(max_length=64, blank=True)  # of the form it was first sent with

    objects = StandingManager()
    with_deleted: models.Manager[Any] = models.Manager()

    class Meta:
        abstract = True


class Bout(Entry):
    """A run or a session: an instant, a day, and pain around it."""

    started_at = models.DateTimeField()
    on = models.DateField()
    duration_s = models.FloatField(null=True, blank=True)
    effort = models.PositiveSmallIntegerField(null=True, blank=True)
    pain_before = pain_score()
    pain_during = pain_score()
    pain_after = pain_score()
    pain_next_morning = pain_score()
    next_morning_retrospective = models.BooleanField(null=True, blank=True)  # False without a score: skipped
    sites = models.JSONField(default=list, blank=True)
    feel = models.JSONField(default=list, blank=True)
    signs = models.JSONField(default=list, blank=True)
    note = models.TextField(max_length=2000, blank=True)

    class Meta:
        abstract = True

    @property
    def morning_is_answered(self) -> bool:
        """Tell whether the morning after was asked about and answered, be it with "skip"."""
        return self.pain_next_morning is not None or self.next_morning_retrospective is not None

    @property
    def has_score(self) -> bool:
        """Tell whether any pain around it was told; without one it is not known, and never none."""
        scores = (self.pain_before, self.pain_during, self.pain_after, self.pain_next_morning)
        return any(score is not None for score in scores)

    @property
    def lacks_score(self) -> bool:
        """Tell whether no pain around it was told, nor said that it is not remembered."""
        return not self.has_score and self.next_morning_retrospective is not False


def bout_constraints(table: str) -> list[models.BaseConstraint]:
    """Return what holds for runs and sessions alike (M-6)."""
    scores = ("pain_before", "pain_during", "pain_after", "pain_next_morning")
    return [
        *entry_constraints(table),
        models.CheckConstraint(condition=within(0, 10, *scores), name=f"{table}_pain_is_0_to_10"),
        models.CheckConstraint(condition=within(0, 10, "effort"), name=f"{table}_effort_is_0_to_10"),
        models.CheckConstraint(
            condition=within(0, 86_400, "duration_s"), name=f"{table}_lasts_a_day_at_most"
        ),
    ]


class Shoe(models.Model):
    """A pair of shoes. `start_m` is what it had gone before the first run that names it."""

    runner = owned_by_runner("shoes")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.CharField(max_length=80)
    started_on = models.DateField(null=True, blank=True)
    start_m = models.FloatField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["runner", "name"], name="shoe_name_once_a_runner"),
            models.CheckConstraint(
                condition=within(0, MOST_START_M, "start_m"), name="shoe_start_is_possible"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Run(Bout):
    runner = owned_by_runner("runs")
    ran = True  # tells a run from a session in templates
    distance_m = models.FloatField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=choices.RunKind, blank=True)
    surface = models.CharField(max_length=10, choices=choices.Surface, blank=True)
    shoe = models.ForeignKey(Shoe, models.SET_NULL, null=True, blank=True, related_name="runs")
    activity = models.CharField(max_length=4, choices=choices.Activity, blank=True)
    stage = models.PositiveSmallIntegerField(null=True, blank=True)
    ms_to_save = models.PositiveIntegerField(null=True, blank=True)  # on the device; no part of the history

    class Meta:
        constraints = [
            *bout_constraints("run"),
            models.CheckConstraint(condition=within(0, 200_000, "distance_m"), name="run_is_200_km_at_most"),
            models.CheckConstraint(condition=within(1, 7, "stage"), name="run_stage_is_1_to_7"),
            models.CheckConstraint(
                condition=within(0, MS_TO_SAVE_AT_MOST, "ms_to_save"),
                name="run_ms_to_save_is_an_hour_at_most",
            ),
        ]
        indexes = [models.Index(fields=["runner", "-on", "-started_at"], name="run_by_day")]

    def __str__(self) -> str:
        return f"run on {self.on}"


class Session(Bout):
    """A bout of exercises."""

    runner = owned_by_runner("sessions")
    ordinary_soreness = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = bout_constraints("session")
        indexes = [models.Index(fields=["runner", "-on", "-started_at"], name="session_by_day")]

    def __str__(self) -> str:
        return f"session on {self.on}"


class SetDone(models.Model):
    """One set as it was done. The exercise is named by slug, so that an unknown one is kept too."""

    runner = owned_by_runner("sets")
    session = models.ForeignKey(Session, models.CASCADE, related_name="sets")
    position = models.PositiveSmallIntegerField()
    exercise = models.SlugField(max_length=64, db_index=False)
    side = models.CharField(max_length=5, choices=choices.Side, blank=True)
    unit = models.CharField(max_length=6, choices=choices.Unit)
    target = models.FloatField(null=True, blank=True)
    done = models.FloatField()
    load_kg = models.FloatField(null=True, blank=True)
    pain = pain_score()
    good_form = models.BooleanField(null=True, blank=True)
    hold_s = models.FloatField(null=True, blank=True)
    trial = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "session", "position"], name="set_position_once_a_session"
            ),
            models.CheckConstraint(condition=within(0, 10, "pain"), name="set_pain_is_0_to_10"),
            models.CheckConstraint(condition=within(0, 3600, "done", "target"), name="set_is_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise}: {self.done:g} {self.unit}"

    @property
    def value(self) -> values.SetDone:
        """Return the set as the history contract has it."""
        return values.SetDone(
            exercise=self.exercise,
            side=self.side or None,
            unit=self.unit,
            target=self.target,
            done=self.done,
            load_kg=self.load_kg,
            pain=self.pain,
            good_form=self.good_form,
            hold_s=self.hold_s,
            trial=self.trial,
        )


class CheckIn(Entry):
    """Average back pain over the last 24 h."""

    runner = owned_by_runner("check_ins")
    on = models.DateField()
    score = models.PositiveSmallIntegerField()
    sites = models.JSONField(default=list, blank=True)
    feel = models.JSONField(default=list, blank=True)
    cannot = models.JSONField(default=list, blank=True)
    flare = models.BooleanField(null=True, blank=True)
    sat_long = models.BooleanField(null=True, blank=True)  # H-4; a history file has no place for it
    note = models.TextField(max_length=2000, blank=True)
    retrospective = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            *entry_constraints("check_in"),
            models.UniqueConstraint(
                fields=["runner", "on"], condition=Q(deleted_at=None), name="one_check_in_a_day"
            ),
            models.CheckConstraint(condition=within(0, 10, "score"), name="check_in_score_is_0_to_10"),
        ]
        indexes = [models.Index(fields=["runner", "-on"], name="check_in_by_day")]

    def __str__(self) -> str:
        return f"check-in on {self.on}"


class SkippedRun(Entry):
    runner = owned_by_runner("skipped_runs")
    on = models.DateField()
    because = models.CharField(max_length=10, choices=choices.SkippedBecause)

    class Meta:
        constraints = entry_constraints("skipped_run")
        indexes = [models.Index(fields=["runner", "-on"], name="skipped_run_by_day")]

    def __str__(self) -> str:
        return f"skipped run on {self.on}"


class Rest(Entry):
    """Full days without running or strength work because of pain."""

    runner = owned_by_runner("rests")
    on = models.DateField()
    to_on = models.DateField()
    pain_at_start = pain_score()
    pain_at_end = pain_score()

    class Meta:
        constraints = [
            *entry_constraints("rest"),
            models.CheckConstraint(condition=Q(to_on__gte=F("on")), name="rest_ends_after_it_began"),
            models.CheckConstraint(
                condition=within(0, 10, "pain_at_start", "pain_at_end"), name="rest_pain_is_0_to_10"
            ),
        ]
        indexes = [models.Index(fields=["runner", "-on"], name="rest_by_day")]

    def __str__(self) -> str:
        return f"rest from {self.on} to {self.to_on}"


class Screening(Entry):
    """Answers to the warning-sign questions; a question that was not asked is absent."""

    runner = owned_by_runner("screenings")
    at = models.DateTimeField()
    on = models.DateField()
    kind = models.CharField(max_length=5, choices=choices.ScreeningKind, blank=True)
    answers = models.JSONField()

    class Meta:
        constraints = entry_constraints("screening")
        indexes = [models.Index(fields=["runner", "-on"], name="screening_by_day")]

    def __str__(self) -> str:
        return f"screening on {self.on}"


class Care(Entry):
    """A contact with a health professional, as the runner reports it."""

    runner = owned_by_runner("care")
    on = models.DateField()
    who = models.CharField(max_length=80, blank=True)
    assessed = models.BooleanField(default=False)
    clears = models.BooleanField(default=False)
    note = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = entry_constraints("care")
        indexes = [models.Index(fields=["runner", "-on"], name="care_by_day")]

    def __str__(self) -> str:
        return f"care on {self.on}"


class Questionnaire(Entry):
    """A questionnaire as it was answered: the contract's answers, 0-10 by item or own activity (Q-1)."""

    runner = owned_by_runner("questionnaires")
    on = models.DateField()
    form = models.CharField(max_length=4, choices=choices.QuestionnaireForm)
    answers = models.JSONField()

    class Meta:
        constraints = entry_constraints("questionnaire")
        indexes = [models.Index(fields=["runner", "-on"], name="questionnaire_by_day")]

    def __str__(self) -> str:
        return f"{self.form} on {self.on}"


class DayPlan(models.Model):
    """Days a runner began with a tap and ends with another; one row is open at a time."""

    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # the first day on which it no longer holds

    class Meta:
        abstract = True


def day_plan_constraints(table: str) -> list[models.BaseConstraint]:
    """Return what holds for both plans."""
    return [
        models.UniqueConstraint(fields=["runner"], condition=Q(ended_on=None), name=f"one_open_{table}"),
        models.CheckConstraint(
            condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name=f"{table}_ends_after_it_began"
        ),
    ]


class RunWalkPlan(DayPlan):
    """The runner chose to come back to running by the run-walk stages (L-6)."""

    runner = owned_by_runner("run_walk_plans")

    class Meta:
        constraints = day_plan_constraints("run_walk_plan")

    def __str__(self) -> str:
        return f"run-walk plan from {self.started_on}"


class FlarePlan(DayPlan):
    """Gentle days: the runner's own answer to a flare (W-5)."""

    runner = owned_by_runner("flare_plans")

    class Meta:
        constraints = day_plan_constraints("flare_plan")
        indexes = [models.Index(fields=["runner", "-started_on"], name="flare_plan_by_day")]

    def __str__(self) -> str:
        return f"gentle days from {self.started_on}"


class Profile(models.Model):
    """What the runner told at the start and keeps up to date: the contract's `runner` but for the account."""

    runner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="profile"
    )
    equipment = models.JSONField(default=list, blank=True)
    conditions = models.JSONField(default=list, blank=True)
    pain_began_on = models.DateField(null=True, blank=True)
    first_ever_episode = models.BooleanField(null=True, blank=True)
    episodes_last_12_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=within(0, 50, "episodes_last_12_months"), name="profile_episodes_are_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"profile of runner {self.runner_id}"


class Correction(models.Model):
    """A value an entry had before it was edited. Append-only."""

    runner = owned_by_runner("corrections")
    entry = models.UUIDField()
    field = models.CharField(max_length=30)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["runner", "entry"], name="correction_by_entry")]

    def __str__(self) -> str:
        return f"{self.field} of {self.entry}"
