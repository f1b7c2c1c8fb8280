"""The places on the body: as rows of a form, and as areas of a figure seen from behind and from the front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_LEFT, _RIGHT = pgettext_lazy("side of the body", "Left"), pgettext_lazy("side of the body", "Right")

SITE_ROWS = [
    (
        _("Low back"),
        [("low-back-left", _LEFT), ("low-back-middle", _("Middle")), ("low-back-right", _RIGHT)],
    ),
    (_("Higher up"), [("mid-back", _("Mid back")), ("neck", _("Neck"))]),
    (_("Buttock"), [("buttock-left", _LEFT), ("buttock-right", _RIGHT)]),
    (_("Outer hip"), [("hip-left", _LEFT), ("hip-right", _RIGHT)]),
    (_("Groin"), [("groin-left", _LEFT), ("groin-right", _RIGHT)]),
    (_("Back of thigh"), [("back-of-thigh-left", _LEFT), ("back-of-thigh-right", _RIGHT)]),
    (_("Front of thigh"), [("front-of-thigh-left", _LEFT), ("front-of-thigh-right", _RIGHT)]),
    (_("Knee"), [("knee-left", _LEFT), ("knee-right", _RIGHT)]),
    (_("Below the knee"), [("below-knee-left", _LEFT), ("below-knee-right", _RIGHT)]),
    (_("Elsewhere"), [("abdomen", _("Belly")), ("other", _("Another place"))]),
]

MIDDLE = 60  # of the figure, which is 120 wide and 300 high


@dataclass(frozen=True, kw_only=True)
class Area:
    """Where a place is tapped; the figure shows as much of it as lies on the body."""

    site: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class View:
    """The figure from one side. `sides` are the words beside it, as a reader sees them from left to right."""

    name: str
    sides: tuple[str, str]
    caption: str
    areas: Sequence[Area]


def _both(place: str, x: float, y: float, width: float, height: float, *, near: str) -> list[Area]:
    """Return an area left of the middle, which is the body's `near` side, and its mirror image."""
    far = {"left": "right", "right": "left"}[near]
    area = Area(site=f"{place}-{near}", x=x, y=y, width=width, height=height)
    return [area, replace(area, site=f"{place}-{far}", x=2 * MIDDLE - x - width)]


def _legs(front_or_back: str, *, near: str) -> list[Area]:
    return [
        *_both(f"{front_or_back}-of-thigh", 27, 163.2, 32.2, 45, near=near),
        *_both("knee", 35, 209.8, 24.2, 22, near=near),
        *_both("below-knee", 33, 233.4, 26.2, 66.6, near=near),
    ]


BODY_VIEWS = [
    View(
        name="back",
        sides=(_("your left"), _("your right")),
        caption=_("Your back"),
        areas=[
            Area(site="neck", x=46, y=33.6, width=28, height=16),
            Area(site="mid-back", x=34, y=51.2, width=52, height=47),
            Area(site="low-back-middle", x=52.4, y=100, width=15.2, height=30),
            *_both("low-back", 33.8, 100, 17, 30, near="left"),
            *_both("buttock", 27, 131.6, 32.2, 30, near="left"),
            *_legs("back", near="left"),
        ],
    ),
    View(
        name="front",
        sides=(_("your right"), _("your left")),
        caption=_("Your front"),
        areas=[
            Area(site="abdomen", x=34, y=100, width=52, height=31),
            *_both("hip", 26.6, 132.6, 16, 29, near="right"),
            *_both("groin", 44.2, 138.4, 15, 23.2, near="right"),
            *_legs("front", near="right"),
        ],
    ),
]
