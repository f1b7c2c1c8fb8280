import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import Decision, Move, Verdict, decision_from

VERDICTS = [(verdict.name.lower(), verdict.name.lower()) for verdict in Verdict]


class AdviceQuerySet(models.QuerySet["Advice"]):
    def newest(self) -> "Advice | None":
        """Return the advice in force, the last one given; None before the first review.

        Not the one of the latest day: who flies west lives a day again.
        """
        return self.order_by("-pk").first()


class Advice(models.Model):
    """A decision as it was given to a runner on a day. Append-only; never recomputed in place."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="advice")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    on = models.DateField()
    given_at = models.DateTimeField()
    verdict = models.CharField(max_length=12, choices=VERDICTS)
    facts = models.JSONField()
    decision = models.JSONField()
    ruleset = models.CharField(max_length=20)
    engine = models.CharField(max_length=20)
    entry_corrected_at = models.DateTimeField(null=True, blank=True)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["runner", "-id"], name="advice_newest")]

    def __str__(self) -> str:
        return f"{self.verdict} on {self.on}"

    @cached_property
    def decided(self) -> Decision:
        """Return the decision as the value it was stored from."""
        return decision_from(self.decision)

    @property
    def upward_moves(self) -> list[Move]:
        return [move for move in self.decided.moves if move.goes_up]

    @property
    def locks(self) -> bool:
        """Tell whether training stops until something else is recorded (R-14, W-6b)."""
        return self.decided.verdict >= Verdict.URGENT or not self.decided.running.may_run


class PlacementQuerySet(models.QuerySet["Placement"]):
    def in_force(self) -> "PlacementQuerySet":
        """Return the open placements: the runner's plan today."""
        return self.filter(ended_on=None)


class Placement(models.Model):
    """A rung a runner stood on, with sets and target, from a day until it ended. Append-only."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="placements")
    ladder = models.ForeignKey("exercises.Ladder", models.PROTECT, related_name="+")
    exercise = models.ForeignKey("exercises.Exercise", models.PROTECT, related_name="+")
    sets = models.PositiveSmallIntegerField()
    target = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=6)
    hold_s = models.PositiveSmallIntegerField(null=True, blank=True)
    from_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    advice = models.ForeignKey(Advice, models.SET_NULL, null=True, blank=True, related_name="placements")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["runner", "ladder"], condition=Q(ended_on=None), name="one_open_placement_a_ladder"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("from_on")),
                name="placement_ends_after_it_began",
            ),
            models.CheckConstraint(condition=Q(sets__range=(1, 10)), name="placement_sets_are_possible"),
            models.CheckConstraint(condition=Q(target__range=(1, 3600)), name="placement_target_is_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} {self.sets} x {self.target} {self.unit} from {self.from_on}"


class Answer(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    LATER = "later", _("Not yet")


class MoveAnswer(models.Model):
    """What a runner said to an offered move."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="move_answers")
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="answers")
    ladder = models.ForeignKey("exercises.Ladder", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["runner", "advice", "ladder"], name="one_answer_a_move"),
        ]

    def __str__(self) -> str:
        return f"{self.answer} to {self.ladder_id}"
