"""What exercises are for in a runner's week, and which belong there: the one mapping, with its sources.

Sources D (when to do what), B and E (stretches, yoga and the roller), C (breaks from sitting).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backpain.exercises.models import Category, Exercise


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """A use of exercises: those of its categories, or those that are also a warm-up move."""

    slug: str
    name: str | Promise
    text: str | Promise
    sources: str
    categories: tuple[Category, ...] = ()
    warm_up: bool = False

    @property
    def condition(self) -> Q:
        return Q(warm_up=True) if self.warm_up else Q(category__in=self.categories)

    def has(self, exercise: Exercise) -> bool:
        return exercise.warm_up if self.warm_up else exercise.category in self.categories


PURPOSES = (
    Purpose(
        slug="warm-up",
        name=_("Warm-up"),
        text=_("Lively moves to warm up with."),
        sources="D",
        warm_up=True,
    ),
    Purpose(
        slug="after-run",
        name=_("After an easy run"),
        text=_(
            "Ten to fifteen minutes of strength work. Stretches that make your back feel better fit here too."
        ),
        sources="B, D",
        categories=(Category.STRENGTH, Category.MOBILITY),
    ),
    Purpose(
        slug="cross-training",
        name=_("Cross-training day"),
        text=_("Twenty to thirty minutes of strength work on a day with other sport."),
        sources="D",
        categories=(Category.STRENGTH,),
    ),
    Purpose(
        slug="recovery",
        name=_("Recovery"),
        text=_("Gentle mobility, yoga, or a roller for muscles that feel tense."),
        sources="D, E",
        categories=(Category.MOBILITY, Category.RECOVERY),
    ),
    Purpose(
        slug="daily",
        name=_("Daily life"),
        text=_("Walking breaks while you sit a lot, and gentle stretches as often as you like."),
        sources="B, C, E",
        categories=(Category.LIFESTYLE, Category.MOBILITY),
    ),
)
