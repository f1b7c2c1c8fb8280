import datetime as dt
import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Max, OuterRef, Q, StringAgg, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import Decision, Move, Tip, Verdict, decision_from
from backpain.exercises.curated import State

HINDSIGHT_AFTER = dt.timedelta(days=7)  # a week shows how the back took it; the project's choice
TIP_SILENT_DAYS = 28  # a tip put off stays away from Today for four weeks; the project's choice
REASON_LENGTH = 2000  # characters; what a ruleset is published with
NOTE_LENGTH = 300  # characters; a few sentences
VERDICTS = [(verdict.name.lower(), verdict.name.lower()) for verdict in Verdict]


class AdviceQuerySet(models.QuerySet["Advice"]):
    def newest(self) -> "Advice | None":
        """Return the advice in force, the last one given; None before the first review.

        Not the one of the latest day: who flies west lives a day again.
        """
        # With the tips put off and what left the plan, so that neither Today nor a review asks for them.
        told = Concat("rule", Value(" "), Cast("on", models.CharField()))
        by_runner = TipDismissal.objects.filter(runner=OuterRef("runner")).values("runner")
        put_off = by_runner.annotate(told=StringAgg(told, Value(","))).values("told")
        ended = Placement.objects.filter(runner=OuterRef("runner"), exercise__state=State.RETIRED)
        left_on = ended.values("runner").annotate(newest=Max("ended_on")).values("newest")
        return self.annotate(put_off=Subquery(put_off), left_on=Subquery(left_on)).order_by("-pk").first()


class Hindsight(models.TextChoices):
    """What a runner says of an advice, looking back."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("Cannot say")


class Advice(models.Model):
    """A decision as it was given to a runner on a day. Append-only; never recomputed in place.

    What the runner says of it in hindsight is the only thing added later, and the coach never reads it.
    `tip` is the rule of the one tip that Today shows on this day, "" where there is none. The log finds an
    advice by `decided_by`, the rules that gave its verdict, and by the `ladders` it moved (log.py).
    """

    put_off: str | None = (
        None  # the runner's tips put off and when, "H-1 2026-03-16,...": `newest` fetches it
    )
    left_on: dt.date | None = None  # when an exercise out of use last left the plan: `newest` fetches it

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="advice")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    on = models.DateField()
    given_at = models.DateTimeField()
    verdict = models.CharField(max_length=12, choices=VERDICTS)
    facts = models.JSONField()
    decision = models.JSONField()
    ruleset = models.CharField(max_length=20)
    engine = models.CharField(max_length=20)
    tip = models.CharField(max_length=10, blank=True)
    decided_by = models.TextField(default="", editable=False)
    ladders = models.TextField(default="", editable=False)
    entry_corrected_at = models.DateTimeField(null=True, blank=True)
    was_right = models.CharField(max_length=6, choices=Hindsight, blank=True)
    was_right_note = models.CharField(max_length=NOTE_LENGTH, blank=True)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["runner", "-id"], name="advice_newest"),
            models.Index(fields=["runner", "-on"], name="advice_by_day"),
            models.Index(fields=["runner", "verdict", "-id"], name="advice_newest_of_verdict"),
        ]

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
    def tip_of_the_day(self) -> Tip | None:
        """Return the tip that Today shows, unless what it spoke of is over since."""
        return next((tip for tip in self.decided.tips if tip.rule == self.tip), None)

    @property
    def tip_is_put_off(self) -> bool:
        return (self.tip, self.on) in self.tips_put_off

    @property
    def tips_put_off(self) -> list[tuple[str, dt.date]]:
        """Return the tips the runner put off lately, by rule and day."""
        told = (one.split(" ") for one in (self.put_off or "").split(",") if one)
        return [(rule, dt.date.fromisoformat(on)) for rule, on in told]

    @property
    def asks_back_on(self) -> dt.date:
        """Return the first day on which the runner is asked whether this was right."""
        return self.on + HINDSIGHT_AFTER

    @property
    def locks(self) -> bool:
        """Tell whether training stops until something else is recorded (R-14, W-6b)."""
        return self.decided.verdict >= Verdict.URGENT or not self.decided.running.may_run


class TipDismissal(models.Model):
    """A tip a runner put off on a day: for a while it stays away from Today, and only from there."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tip_dismissals")
    rule = models.CharField(max_length=10)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["runner", "rule", "on"], name="one_dismissal_a_tip_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.rule} put off on {self.on}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def in_force(self) -> "PlacementQuerySet":
        """Return the open placements: the runner's plan today."""
        return self.filter(ended_on=None)


class Placement(models.Model):
    """A rung a runner stood on, with sets and target, from a day until it ended. Append-only.

    `follows` is the exercise out of use whose place it took.
    """

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="placements")
    ladder = models.ForeignKey("exercises.Ladder", models.PROTECT, related_name="placements")
    exercise = models.ForeignKey("exercises.Exercise", models.PROTECT, related_name="placements")
    sets = models.PositiveSmallIntegerField()
    target = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=6)
    hold_s = models.PositiveSmallIntegerField(null=True, blank=True)
    from_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    advice = models.ForeignKey(Advice, models.SET_NULL, null=True, blank=True, related_name="placements")
    follows = models.ForeignKey("exercises.Exercise", models.PROTECT, null=True, blank=True, related_name="+")

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
    DECLINED = "declined", _("Declined")


class Because(models.TextChoices):
    """Why a runner declines a move."""

    TOO_HARD = "too_hard", _("It is too hard for now")
    HURTS = "hurts", _("It hurts")
    NO_TIME = "no_time", _("I have no time for it")
    NO_EQUIPMENT = "no_equipment", _("I do not have what it needs")
    OTHER = "other", _("Another reason")


class MoveAnswer(models.Model):
    """What a runner said to an offered move; `because` and `note` belong to a declined one."""

    runner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="move_answers")
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="answers")
    ladder = models.ForeignKey("exercises.Ladder", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    because = models.CharField(max_length=12, choices=Because, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["runner", "advice", "ladder"], name="one_answer_a_move"),
            models.CheckConstraint(
                condition=Q(answer="declined", because__gt="")
                | ~Q(answer="declined") & Q(because="", note=""),
                name="a_reason_belongs_to_a_declined_move",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} to {self.ladder_id}"


class BenchState(models.TextChoices):
    NEVER = "", _("not tried")
    WAITING = "waiting", _("waiting for the background worker")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Ruleset(models.Model):
    """Thresholds that differ from the shipped ones. A draft until published, then never changed again.

    `changes` maps a threshold's name to its value, and means something only beside the shipped ruleset
    `base`. `bench` is what the bench measured: `of` says of which thresholds, the rest is its result.
    """

    name = models.CharField(
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9.-]*\Z", _("Begin with a letter; then a-z, 0-9, - and ."))],
        help_text=_("Stored with every advice, for ever. Names like 2026.1 belong to shipped rulesets."),
    )
    base = models.CharField(max_length=20, editable=False)
    changes = models.JSONField(default=dict, editable=False)
    reason = models.TextField(max_length=REASON_LENGTH, blank=True, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(null=True, editable=False)
    bench_state = models.CharField(max_length=10, choices=BenchState, blank=True, editable=False)
    bench_asked_at = models.DateTimeField(null=True, editable=False)
    bench_percent = models.PositiveSmallIntegerField(default=0, editable=False)
    bench = models.JSONField(null=True, editable=False)

    class Meta:
        permissions = [("publish_ruleset", "Can publish a ruleset")]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(reason__gt=""), name="a_published_ruleset_says_why"
            ),
            models.CheckConstraint(
                condition=Q(bench_percent__range=(0, 100)), name="bench_percent_is_possible"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
