from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from backpain.exercises.curated import (
    DRAFTS,
    Curated,
    CuratedQuerySet,
    RunnersManager,
    Shipped,
    State,
    one_in_use,
    other_language,
)

MOST_STEPS = 6
MOST_MISTAKES = 4
MOST_SECONDS, MOST_REPS = 60, 30  # the cap of a rung
MOST_SETS, MOST_HELD = 5, 10  # seconds that a repetition is held
NO_EQUIPMENT = "none"
SEARCHED = ["name", "muscles", "purpose"]
PROJECT = "P"  # the source of what no article gives


class Unit(models.TextChoices):
    SECONDS = "s", _("seconds")
    REPS = "reps", _("repetitions")
    ROUNDS = "rounds", _("rounds")
    MINUTES = "min", _("minutes")


class Kind(models.TextChoices):
    HOLD = "hold", _("hold")
    REPS = "reps", _("repetitions")
    FLOW = "flow", _("slow flow")


class Category(models.TextChoices):
    STRENGTH = "strength", _("Strength")
    MOBILITY = "mobility", _("Mobility")
    RECOVERY = "recovery", _("Recovery")
    LIFESTYLE = "lifestyle", _("Daily life")


class Equipment(models.TextChoices):
    STABILITY_BALL = "stability-ball", _("Stability ball")
    WEIGHTS = "weights", _("Weights")
    BACK_ROLLER = "back-roller", _("Back roller")


class Family(models.TextChoices):
    FRONT_PLANK = "front-plank", _("Front plank")
    SIDE_PLANK = "side-plank", _("Side plank")
    QUADRUPED = "quadruped", _("On hands and knees")
    ANTI_EXTENSION = "anti-extension", _("Front of the trunk")
    BRIDGE = "bridge", _("Bridge")
    BACK_EXTENSION = "back-extension", _("Back of the trunk")
    SINGLE_LEG = "single-leg", _("Single leg")
    HIP_ABDUCTOR = "hip-abductor", _("Side of the hip")
    LUNGE = "lunge", _("Lunge")
    MOBILITY = "mobility", _("Mobility")
    RECOVERY = "recovery", _("Recovery")
    LIFESTYLE = "lifestyle", _("Daily life")


def validate_steps(text: str) -> None:
    """Refuse more steps than fit on a phone beside the figure."""
    if len(text.splitlines()) > MOST_STEPS:
        raise ValidationError(
            _("Use at most %(most)s steps, one a line."), params={"most": MOST_STEPS}, code="steps"
        )


def validate_mistakes(text: str) -> None:
    """Refuse a list of mistakes too long to keep in mind."""
    if len(text.splitlines()) > MOST_MISTAKES:
        raise ValidationError(
            _("Name at most %(most)s mistakes, one a line."), params={"most": MOST_MISTAKES}, code="mistakes"
        )


# A check that comes out as NULL passes, so every pair says whether its columns are null.
def _neither(one: str, other: str) -> Q:
    return Q(**{f"{one}__isnull": True, f"{other}__isnull": True})


def _both(one: str, other: str) -> Q:
    return Q(**{f"{one}__isnull": False, f"{other}__isnull": False})


def _range(low: str, high: str) -> Q:
    return _both(low, high) & Q(**{f"{low}__gte": 1, f"{high}__gte": F(low)})


class Source(Shipped):
    slug = models.SlugField(_("letter"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("author or publisher"), max_length=200, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    url = models.URLField(_("address"), blank=True)

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta:
        verbose_name = _("source")

    def __str__(self) -> str:
        return f"{self.slug}: {self.title}"


class ExerciseQuerySet(CuratedQuerySet):
    def needing(self, equipment: str) -> "ExerciseQuerySet":
        """Return the exercises that need this equipment ("none": nothing), or all of them."""
        if equipment == NO_EQUIPMENT:
            return self.filter(equipment="")
        return self.filter(equipment=equipment) if equipment in Equipment.values else self

    def matching(self, words: str) -> "ExerciseQuerySet":
        """Return the exercises that have each of the words somewhere, also in what a source calls them."""
        found, language = self, other_language()
        for word in words.split():
            families = [family for family in Family if word.casefold() in str(family.label).casefold()]
            in_a_source = Exists(Dose.objects.filter(exercise=OuterRef("pk"), name__icontains=word))
            own = [*SEARCHED, *(f"translations__{language}__{name}" for name in SEARCHED if language)]
            said = reduce(or_, (Q(**{f"{name}__icontains": word}) for name in own))
            found = found.filter(said | Q(family__in=families) | in_a_source)
        return found


class Exercise(Curated):
    """One exercise. `figure` is its drawing as figures.data reads it; `successor` what took its place.

    With `merged` the successor is the same exercise under another name, and its sets count as the successor's.
    """

    slug = models.SlugField(
        _("name in the address"), max_length=60, help_text=_("Runners' logs refer to it. Keep it.")
    )
    name = models.CharField(_("name"), max_length=80)
    family = models.CharField(_("family"), max_length=20, choices=Family)
    category = models.CharField(_("category"), max_length=20, choices=Category)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    unit = models.CharField(_("counted in"), max_length=10, choices=Unit)
    per_side = models.BooleanField(_("each side in turn"), default=False)
    impact = models.BooleanField(_("has jumps or landings"), default=False)
    warm_up = models.BooleanField(_("also a warm-up move"), default=False)
    equipment = models.CharField(_("needs"), max_length=20, choices=Equipment, blank=True)
    purpose = models.TextField(_("why it helps"))
    how_to = models.TextField(
        _("how to do it"), validators=[validate_steps], help_text=_("One step a line, at most six.")
    )
    mistakes = models.TextField(
        _("common mistakes"),
        blank=True,
        validators=[validate_mistakes],
        help_text=_("One mistake a line, at most four."),
    )
    stop_note = models.TextField(_("when to stop"))
    muscles = models.CharField(
        _("muscles"), max_length=200, blank=True, help_text=_("Separated by commas, the main one first.")
    )
    swap = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("swap"),
        help_text=_("What to do instead without the equipment."),
    )
    figure = models.JSONField(_("figure"), null=True, blank=True)
    figure_reviewed = models.BooleanField(_("figure looked at"), default=False, editable=False)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("What takes its place in runners' plans once it is taken out of use."),
    )
    merged = models.BooleanField(
        _("the successor is the same exercise"),
        default=False,
        help_text=_("Then what runners did under this name counts as the successor's."),
    )

    objects = RunnersManager.from_queryset(ExerciseQuerySet)()

    class Meta(Curated.Meta):
        abstract = False
        verbose_name = _("exercise")
        constraints = [
            one_in_use(
                "slug", "one_exercise_a_slug", _("There is an exercise with this name in the address.")
            ),
            one_in_use("name", "one_exercise_a_name", _("There is an exercise with this name.")),
            models.CheckConstraint(
                condition=Q(retire=True) | Q(successor=None, merged=False),
                name="only_a_retired_exercise_has_a_successor",
                violation_error_message=_("A successor belongs to an exercise that is taken out of use."),
            ),
            models.CheckConstraint(
                condition=Q(merged=False) | Q(successor__isnull=False),
                name="a_merged_exercise_has_a_successor",
                violation_error_message=_("Say which exercise it is the same as."),
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="exercise_kind_is_known"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="exercise_unit_is_known"),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="exercise_category_is_known"
            ),
            models.CheckConstraint(
                condition=Q(equipment__in=["", *Equipment.values]), name="exercise_equipment_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.said("name")

    def get_absolute_url(self) -> str:
        return reverse("exercise", args=[self.slug])

    @property
    def steps(self) -> list[str]:
        return self.said("how_to").splitlines()

    @property
    def common_mistakes(self) -> list[str]:
        return self.said("mistakes").splitlines()


class Dose(models.Model):
    """How much of an exercise one source gives, and what it calls it; blank where it gives no number."""

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="doses", verbose_name=_("exercise"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="doses", verbose_name=_("source"))
    name = models.CharField(_("name there"), max_length=80)
    number = models.PositiveSmallIntegerField(
        _("number there"),
        null=True,
        blank=True,
        help_text=_("Where the source numbers its list, easiest first."),
    )
    sets_min = models.PositiveSmallIntegerField(_("sets, from"), null=True, blank=True)
    sets_max = models.PositiveSmallIntegerField(_("sets, to"), null=True, blank=True)
    low = models.PositiveSmallIntegerField(_("from"), null=True, blank=True)
    high = models.PositiveSmallIntegerField(_("to"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit, blank=True)
    hold_s_min = models.PositiveSmallIntegerField(_("held, from (s)"), null=True, blank=True)
    hold_s_max = models.PositiveSmallIntegerField(_("held, to (s)"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("dose")
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "source"],
                name="one_dose_a_source",
                violation_error_message=_("This source already has a dose for this exercise."),
            ),
            models.CheckConstraint(
                condition=_neither("sets_min", "sets_max") | _range("sets_min", "sets_max"),
                name="dose_sets_are_a_range",
                violation_error_message=_("Give sets from and to, the lower first, or neither."),
            ),
            models.CheckConstraint(
                condition=(
                    (_neither("low", "high") & Q(unit="")) | (_range("low", "high") & Q(unit__in=Unit.values))
                ),
                name="dose_amount_is_a_range_with_a_unit",
                violation_error_message=_("Give from, to (the lower first) and a unit, or none of them."),
            ),
            models.CheckConstraint(
                condition=_neither("hold_s_min", "hold_s_max") | _range("hold_s_min", "hold_s_max"),
                name="dose_hold_is_a_range",
                violation_error_message=_("Give the seconds held from and to, the lower first, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.source.slug})"

    def clean(self) -> None:
        """Refuse what no rung may ask for either: sources are quoted only as far as it is safe."""
        most = {Unit.SECONDS: MOST_SECONDS, Unit.REPS: MOST_REPS}
        if (self.sets_max or 0) > MOST_SETS:
            raise ValidationError({"sets_max": _("Use one to five sets.")})
        if self.unit in most and (self.high or 0) > most[self.unit]:
            raise ValidationError({"high": _("A dose is at most 60 seconds or 30 repetitions.")})
        if (self.hold_s_max or 0) > MOST_HELD:
            raise ValidationError({"hold_s_max": _("A repetition is held for 1 to 10 seconds.")})

    @property
    def amount(self) -> str:
        """Return "2-3 x 8-12 repetitions, held 3-5 s", or as much of it as the source gives."""
        amount = f"{_span(self.low, self.high)} {self.get_unit_display()}" if self.low else ""
        if self.sets_min:
            amount = f"{_span(self.sets_min, self.sets_max)} × {amount}"
        if not self.hold_s_min:
            return amount
        held = _held(self.hold_s_min, self.hold_s_max)
        return f"{amount}, {held}" if amount else held


class Topic(models.TextChoices):
    PAIN = "pain", _("The pain itself")
    CAUSE = "cause", _("What may lie behind it")
    HABIT = "habit", _("Habits of a day")
    RUNNING = "running", _("Running itself")
    TRAINING = "training", _("Strength and movement")


class Grade(models.TextChoices):
    """How much stands behind what an article says, as the rules are graded (rules.md section 0)."""

    STRONG = "strong", _("strong: a guideline or several trials")
    MODERATE = "moderate", _("moderate: one trial or a large group of people followed")
    LIMITED = "limited", _("limited: small studies, other parts of the body, or agreement of experts")
    ARTICLE = "article", _("article: an article for runners")


class Article(Curated):
    """A short text to learn from. `body` is paragraphs, one a line."""

    slug = models.SlugField(
        _("name in the address"), max_length=60, help_text=_("Links refer to it. Keep it.")
    )
    title = models.CharField(_("title"), max_length=80)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    summary = models.CharField(_("in one sentence"), max_length=200)
    body = models.TextField(_("text"), help_text=_("One paragraph a line."))
    grade = models.CharField(_("evidence"), max_length=10, choices=Grade)
    limits = models.TextField(_("what is not known"), blank=True)
    sources = models.ManyToManyField(Source, related_name="articles", verbose_name=_("sources"))
    exercises = models.ManyToManyField(
        Exercise, blank=True, related_name="articles", verbose_name=_("exercises that belong to it")
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta(Curated.Meta):
        abstract = False
        verbose_name = _("article")
        constraints = [
            one_in_use("slug", "one_article_a_slug", _("There is an article with this name in the address.")),
            one_in_use("title", "one_article_a_title", _("There is an article with this title.")),
        ]

    def __str__(self) -> str:
        return self.said("title")

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def paragraphs(self) -> list[str]:
        return self.said("body").splitlines()


class Ladder(Curated):
    slug = models.SlugField(
        _("short name"), max_length=60, help_text=_("Runners' plans refer to it. Keep it.")
    )
    name = models.CharField(_("name"), max_length=80)
    family = models.CharField(_("family"), max_length=20, choices=Family)
    legs = models.BooleanField(_("trains hip or knee strength"), default=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta(Curated.Meta):
        abstract = False
        verbose_name = _("ladder")
        constraints = [
            one_in_use("slug", "one_ladder_a_slug", _("There is a ladder with this short name.")),
            one_in_use("name", "one_ladder_a_name", _("There is a ladder with this name.")),
        ]

    def __str__(self) -> str:
        return self.said("name")


class RungQuerySet(models.QuerySet["Rung"]):
    def published(self) -> "RungQuerySet":
        """Return the rungs a runner may step on."""
        return self.filter(ladder__state=State.PUBLISHED)


class RungsOfRunners(models.Manager["Rung"]):
    """The rungs runners may meet: those of drafts are left out."""

    def get_queryset(self) -> models.QuerySet["Rung"]:
        return super().get_queryset().exclude(ladder__state__in=DRAFTS)


class Rung(models.Model):
    """One step of a ladder: an exercise in one unit. Start, step and cap are for one set (and one side)."""

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="rungs", verbose_name=_("ladder"))
    position = models.PositiveSmallIntegerField(_("place"), help_text=_("1 is the easiest."))
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="rungs", verbose_name=_("exercise"))
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    sets = models.PositiveSmallIntegerField(_("sets"))
    start = models.PositiveSmallIntegerField(_("start"))
    step = models.PositiveSmallIntegerField(_("step"))
    cap = models.PositiveSmallIntegerField(_("cap"))
    late_from = models.PositiveSmallIntegerField(
        _("late from"), null=True, blank=True, help_text=_("From this target on, the late step is used.")
    )
    late_step = models.PositiveSmallIntegerField(_("late step"), null=True, blank=True)
    hold_s = models.PositiveSmallIntegerField(_("held (s)"), null=True, blank=True)

    desk = models.Manager()
    objects = RungsOfRunners.from_queryset(RungQuerySet)()

    class Meta:
        default_manager_name = "desk"
        verbose_name = _("rung")
        constraints = [
            models.UniqueConstraint(
                fields=["ladder", "position"],
                name="one_rung_a_place",
                violation_error_message=_("Two rungs have the same place."),
            ),
            models.UniqueConstraint(
                fields=["ladder", "exercise", "unit"],
                name="one_rung_an_exercise_and_unit",
                violation_error_message=_("This ladder already has this exercise in this unit."),
            ),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="rung_unit_is_known"),
            models.CheckConstraint(
                condition=Q(sets__range=(1, MOST_SETS)),
                name="rung_sets_are_few",
                violation_error_message=_("Use one to five sets."),
            ),
            models.CheckConstraint(
                condition=Q(start__gte=1, step__gte=1),
                name="rung_start_and_step_are_positive",
                violation_error_message=_("Start and step must be at least 1."),
            ),
            models.CheckConstraint(
                condition=Q(start__lte=F("cap")),
                name="rung_start_is_at_most_the_cap",
                violation_error_message=_("The start is above the cap."),
            ),
            models.CheckConstraint(
                condition=(
                    _neither("late_from", "late_step")
                    | (
                        _both("late_from", "late_step")
                        & Q(late_from__gte=F("start"), late_from__lt=F("cap"), late_step__gte=1)
                    )
                ),
                name="rung_late_step_begins_on_the_rung",
                violation_error_message=_(
                    "Give late from (between start and cap) and late step, or neither."
                ),
            ),
            # No level needs more: a plank of 60 s is within what backs without pain hold (rules.md section 4).
            models.CheckConstraint(
                condition=(
                    ~Q(unit__in=[Unit.SECONDS, Unit.REPS])
                    | Q(unit=Unit.SECONDS, cap__lte=MOST_SECONDS)
                    | Q(unit=Unit.REPS, cap__lte=MOST_REPS)
                ),
                name="rung_cap_is_safe",
                violation_error_message=_("The cap is at most 60 seconds or 30 repetitions."),
            ),
            # Longer endurance by more repetitions, never by longer holds (rules.md E-8).
            models.CheckConstraint(
                condition=Q(hold_s__isnull=True) | Q(hold_s__range=(1, MOST_HELD)),
                name="rung_hold_is_at_most_ten_seconds",
                violation_error_message=_("A repetition is held for 1 to 10 seconds."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.exercise}"

    @property
    def amount(self) -> str:
        """Return "3 x 15 seconds, up to 30", and how long each repetition is held."""
        words = {"sets": self.sets, "start": self.start, "unit": self.get_unit_display(), "cap": self.cap}
        amount = gettext("%(sets)s × %(start)s %(unit)s, up to %(cap)s") % words
        return f"{amount}, {_held(self.hold_s, self.hold_s)}" if self.hold_s else amount


def _held(low: int, high: int | None) -> str:
    return gettext("held %(seconds)s seconds") % {"seconds": _span(low, high)}


def _span(low: int | None, high: int | None) -> str:
    return f"{low}" if low == high else f"{low}–{high}"
