"""The closed lists of the history contract, with their words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunKind(TextChoices):
    EASY = "easy", _("Easy")
    LONG = "long", _("Long")
    TEMPO = "tempo", _("Tempo")
    INTERVALS = "intervals", _("Intervals")
    RACE = "race", _("Race")
    RUN_WALK = "run-walk", _("Run-walk")
    OTHER = "other", _("Other")


class Surface(TextChoices):
    ROAD = "road", _("Road")
    TRAIL = "trail", _("Trail")
    TRACK = "track", _("Track")
    TREADMILL = "treadmill", _("Treadmill")
    MIXED = "mixed", _("Mixed")


class Activity(TextChoices):
    RUN = "run", _("Run")
    WALK = "walk", _("Walk")


class Site(TextChoices):
    LOW_BACK_LEFT = "low-back-left", _("Low back, left")
    LOW_BACK_MIDDLE = "low-back-middle", _("Low back, middle")
    LOW_BACK_RIGHT = "low-back-right", _("Low back, right")
    MID_BACK = "mid-back", _("Mid back")
    NECK = "neck", _("Neck")
    BUTTOCK_LEFT = "buttock-left", _("Buttock, left")
    BUTTOCK_RIGHT = "buttock-right", _("Buttock, right")
    HIP_LEFT = "hip-left", _("Outer hip, left")
    HIP_RIGHT = "hip-right", _("Outer hip, right")
    GROIN_LEFT = "groin-left", _("Groin, left")
    GROIN_RIGHT = "groin-right", _("Groin, right")
    BACK_OF_THIGH_LEFT = "back-of-thigh-left", _("Back of thigh, left")
    BACK_OF_THIGH_RIGHT = "back-of-thigh-right", _("Back of thigh, right")
    FRONT_OF_THIGH_LEFT = "front-of-thigh-left", _("Front of thigh, left")
    FRONT_OF_THIGH_RIGHT = "front-of-thigh-right", _("Front of thigh, right")
    KNEE_LEFT = "knee-left", _("Knee, left")
    KNEE_RIGHT = "knee-right", _("Knee, right")
    BELOW_KNEE_LEFT = "below-knee-left", _("Below the knee, left")
    BELOW_KNEE_RIGHT = "below-knee-right", _("Below the knee, right")
    ABDOMEN = "abdomen", _("Belly")
    OTHER = "other", _("Somewhere else")


class Feel(TextChoices):
    ONE_SIDED = "one-sided", _("On one side")
    SPASM = "spasm", _("Cramping")
    WORSE_ON_TWISTING = "worse-on-twisting", _("Worse when twisting")
    GENERAL_ACHE = "general-ache", _("An ache all over the low back")
    SHARP = "sharp", _("Sharp")
    BURNING = "burning", _("Burning")
    PINS_AND_NEEDLES = "pins-and-needles", _("Pins and needles")
    NUMB = "numb", _("Numb")
    WEAK = "weak", _("Weak")


class RunSign(TextChoices):
    STOPPED = "stopped", _("I stopped because of my back")
    SHORTENED = "shortened", _("I cut it short because of my back")
    LIMP = "limp", _("I limped or ran differently")
    SHARP = "sharp", _("An ache turned sharp")


class SessionSign(TextChoices):
    STOPPED = "stopped", _("I stopped because of my back")
    LIMP = "limp", _("I moved differently to spare my back")
    SHARP = "sharp", _("An ache turned sharp")


class Cannot(TextChoices):
    SLEEP = "sleep", _("Sleep")
    WALK = "walk", _("Walk")
    DRESS = "dress", _("Get dressed")


class SkippedBecause(TextChoices):
    BACK_PAIN = "back-pain", _("My back hurt")
    OTHER = "other", _("Something else")


class Unit(TextChoices):
    SECONDS = "s", _("s")
    REPETITIONS = "reps", _("reps")
    ROUNDS = "rounds", _("rounds")
    MINUTES = "min", _("min")


class Side(TextChoices):
    LEFT = "left", _("Left")
    RIGHT = "right", _("Right")


class ScreeningKind(TextChoices):
    FULL = "full", _("All questions")
    NERVE = "nerve", _("Nerve questions")


class ScreeningAnswer(TextChoices):
    NO = "no", _("No")
    YES = "yes", _("Yes")
    UNSURE = "unsure", _("Not sure")
    NOT_SAID = "not_said", _("Rather not say")


class QuestionnaireForm(TextChoices):
    PEG = "peg", _("PEG: pain, enjoyment, activity")
    PSFS = "psfs", _("PSFS: what your back keeps you from")


class Condition(TextChoices):
    OSTEOPOROSIS = "osteoporosis", _("Thin bones (osteoporosis)")
    STEROIDS = "steroids-3-months", _("Steroid tablets for 3 months or more")
    CANCER = "cancer-ever", _("Cancer at any time, other than non-melanoma skin cancer")
    IMMUNOSUPPRESSED = "immunosuppressed", _("A weakened immune system, by illness or medicine")
    INJECTING_DRUGS = "injecting-drugs", _("Injecting drugs")
    SPINAL_PROCEDURE = "recent-spinal-procedure", _("An operation or injection in the spine recently")
    ANEURYSM = "known-aneurysm", _("A known aneurysm")
    STRESS_FRACTURE = "past-stress-fracture", _("A stress fracture in the past")
    PREGNANT = "pregnant-or-6-months-postpartum", _("Pregnant, or gave birth in the last 6 months")
